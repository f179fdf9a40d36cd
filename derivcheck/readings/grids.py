"""Explicit matrices, block matrices, determinants in bars, case distinctions."""

from __future__ import annotations

import re
from dataclasses import replace
from fractions import Fraction
from typing import TYPE_CHECKING

from derivcheck.notation import tree
from derivcheck.readings import dotted
from derivcheck.readings.errors import Clash, Unread
from derivcheck.readings.folds import RELATIONS
from derivcheck.terms.dim import Dim
from derivcheck.terms.term import Apply, Block, Cases, Condition, Number, Term

if TYPE_CHECKING:
    from derivcheck.readings.elaborator import Elaborator

_MAX_SIDE = 24


def grid(e: Elaborator, node: tree.Grid) -> Term:
    """matrix, pmatrix, …: a block matrix; vmatrix its determinant, Vmatrix a norm."""
    if node.env in ("cases", "dcases", "rcases") or node.open == "{":
        return _cases(e, node)
    if node.env == "substack":
        raise Unread("unsupported operator", "substack", node.start, node.end)
    if node.env in ("aligned", "split", "gathered", "align", "gather"):
        raise Unread("unsupported operator", "several rows", node.start, node.end)
    rows = _filled([row for row in node.rows if not (len(row) == 1 and isinstance(row[0], tree.Empty))])
    if not rows or len(rows) > _MAX_SIDE or any(len(r) > _MAX_SIDE for r in rows):
        raise Unread("too large", "a matrix", node.start, node.end)
    if len({len(r) for r in rows}) != 1 and not dotted.has_dots(tuple(rows)):
        raise Unread("unparsed", "rows of different length", node.start, node.end)
    if dotted.has_dots(tuple(rows)):
        value = dotted.matrix(e, tuple(rows), node)
    else:
        value = block(e, tuple(tuple(_cell(e, c) for c in row) for row in rows), node)
    if (node.open, node.close) == ("|", "|"):
        return e.apply("det", (value,), node)
    if node.open == "\\|":
        raise Unread("unsupported operator", "norm", node.start, node.end)
    return value


def _filled(rows: list[tuple[tree.Node, ...]]) -> list[tuple[tree.Node, ...]]:
    """The rows without columns in which nothing stands: `a & & b` keeps its entries apart."""
    if len({len(row) for row in rows}) != 1:
        return rows
    kept = [k for k in range(len(rows[0])) if not all(isinstance(row[k], tree.Empty) for row in rows)]
    return [tuple(row[k] for k in kept) for row in rows]


_OTHERWISE = re.compile(r"otherwise|else|其他|其它|否则", re.IGNORECASE)


def _cases(e: Elaborator, node: tree.Grid) -> Term:
    """A distinction of cases: value & condition in every row; a row without a readable condition has no meaning."""
    branches: list[tuple[Term, Condition | None]] = []
    for row in node.rows:
        if len(row) == 1 and isinstance(row[0], tree.Empty):
            continue
        if len(row) != 2:
            raise Unread("unsupported operator", "cases", node.start, node.end)
        branches.append((e.read(_unpunctuated(row[0])), _case(e, _unpunctuated(row[1]))))
    if not branches:
        raise Unread("unparsed", "cases", node.start, node.end)
    shape = next((b.shape for b, _ in branches if not e.is_scalar(b)), branches[0][0].shape)
    fitted = tuple((e.fit(value, shape), condition) for value, condition in branches)
    return Cases(fitted, shape=shape, start=node.start, end=node.end)


def _unpunctuated(cell: tree.Node) -> tree.Node:
    """The cell without the comma or full stop that ends it."""
    match cell:
        case tree.Sequence(items=(inner, tree.Empty())) | tree.Infix(op=".", left=inner, right=tree.Empty()):
            return _unpunctuated(inner)
        case tree.Rel(items=(*first, last)):
            return replace(cell, items=(*first, _unpunctuated(last)))
        case tree.Juxt(items=(*first, last)):
            return replace(cell, items=(*first, _unpunctuated(last)))
        case _:
            return cell


def _case(e: Elaborator, cell: tree.Node) -> Condition | None:
    """The condition of a row; None for `otherwise`."""
    parts = cell.items if isinstance(cell, tree.Juxt | tree.Sequence) else (cell,)
    words = " ".join(p.text for p in parts if isinstance(p, tree.Words | tree.Name))
    relations = [p for p in parts if isinstance(p, tree.Rel)]
    if not relations and _OTHERWISE.search(words):
        return None
    if len(relations) != 1 or len(relations[0].items) != 2 or relations[0].ops[0] not in RELATIONS:
        raise Unread("unsupported operator", "the condition of a case", cell.start, cell.end)
    left, right = (e.read(i) for i in relations[0].items)
    if not (e.is_scalar(left) and e.is_scalar(right)):
        raise Unread("unsupported operator", "the condition of a case", cell.start, cell.end)
    return Condition(left, RELATIONS[relations[0].ops[0]], right)


def _cell(e: Elaborator, node: tree.Node) -> Term:
    if isinstance(node, tree.Empty):
        return Number(Fraction(0))
    return e.read(node)


def block(e: Elaborator, rows: tuple[tuple[Term, ...], ...], node: tree.Node) -> Term:
    """Blocks of a row share their height, blocks of a column their width; 0, 1 and I take the size that fits."""
    if all(e.is_scalar(c) for row in rows for c in row):
        shape = (Dim.of(len(rows)), Dim.of(len(rows[0])))
        return Block(rows, shape=shape, start=node.start, end=node.end)
    heights = [_extent(e, row, 0) for row in rows]
    widths = [_extent(e, tuple(row[j] for row in rows), 1) for j in range(len(rows[0]))]
    fitted = []
    for row, height in zip(rows, heights, strict=True):
        cells = []
        for cell, width in zip(row, widths, strict=True):
            try:
                cells.append(_fit(e, cell, (height, width)))
            except Clash as clash:
                raise Clash(f"block {clash.message}", cell.start or node.start, cell.end or node.end) from None
        fitted.append(tuple(cells))
    total = (_total(heights), _total(widths))
    return Block(tuple(fitted), shape=total, start=node.start, end=node.end)


def _fit(e: Elaborator, cell: Term, shape: tuple[Dim, Dim]) -> Term:
    if isinstance(cell, Number) and cell.value == 0:
        return Apply("zeros", (), dims=shape, shape=shape, start=cell.start, end=cell.end)
    e.unifier.unify_shapes(cell.shape, shape)
    return cell


def _extent(e: Elaborator, cells: tuple[Term, ...], axis: int) -> Dim:
    """The common height (axis 0) or width (axis 1); literal zeros have none of their own."""
    sized = [c for c in cells if not (isinstance(c, Number) and c.value == 0)]
    if not sized:
        return e.unifier.fresh()
    return e.unifier.resolve(sized[0].shape[axis])


def _total(parts: list[Dim]) -> Dim:
    total = Dim.of(0)
    for p in parts:
        total = total + p
    return total
