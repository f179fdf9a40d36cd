"""Matrices written with dots: the rows x_1ᵀ, …, x_nᵀ, the columns a_1 ⋯ a_n, the entries a_11 … a_mn.

A line of such a matrix is Σ_k e_k g(k) or Σ_k g(k) e_kᵀ with unit vectors e_k; the rules drawn above, below and beside
its members are dropped. What is no progression in one index per direction has no reading.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

from derivcheck.notation import tree
from derivcheck.notation.progression import HOLE, Progression, progression
from derivcheck.notation.ruled import Rows, is_ruled, without_rules
from derivcheck.notation.walk import rewrite
from derivcheck.readings import dots, numbers, products
from derivcheck.readings.errors import Clash, Unread
from derivcheck.terms.dim import ONE, Dim
from derivcheck.terms.term import Apply, Fold, Index, Size, Term

if TYPE_CHECKING:
    from derivcheck.readings.elaborator import Elaborator

_OTHER = tree.Sym("\\otherhole")


def has_dots(rows: Rows) -> bool:
    return any(isinstance(cell, tree.Dots) for row in rows for cell in row)


def matrix(e: Elaborator, rows: Rows, node: tree.Node) -> Term:
    """The matrix that rows with dots stand for."""
    kept = without_rules(rows)
    cells = tuple(tuple(_spelled(c) for c in row) for row in kept)
    if cells and len(cells[0]) == 1:
        line = _line(e, tuple(row[0] for row in cells), node, stacked=True)
    elif len(cells) == 1:
        line = _line(e, cells[0], node, stacked=False)
    else:
        return _entries(e, cells, node)
    if (is_ruled(rows) or e.defining) and e.is_row(line) and len(cells) == 1:
        raise Clash("a row of numbers drawn as columns", node.start, node.end)  # U = [u_1 ⋯ u_n]: hardly numbers
    return line


def _spelled(cell: tree.Node) -> tree.Node:
    """x_{11} with its two indices apart, as in x_{1n}."""

    def change(node: tree.Node) -> tree.Node | None:
        match node:
            case tree.Script(base=base, sub=tree.Num(text=text) as sub, sup=sup, primes=primes) if len(text) == 2:
                digits = tuple(tree.Num(digit, start=sub.start, end=sub.end) for digit in text)
                both = tree.Juxt(digits, (False,), start=sub.start, end=sub.end)
                return tree.Script(rewrite(base, change), both, sup, primes, start=node.start, end=node.end)
            case _:
                return None

    return rewrite(cell, change)


def _line(e: Elaborator, cells: tuple[tree.Node, ...], node: tree.Node, *, stacked: bool) -> Term:
    """Members below each other: numbers or rows; side by side: numbers or columns."""
    pattern = _from_one(progression(cells), node)
    name = f"k@{node.start}"
    with e.binding(name):
        body = e.read(pattern.member(tree.Sym(name, start=node.start, end=node.end)))
        unit, size = _unit(e, name, pattern)
        if not (e.is_scalar(body) or (e.is_row(body) if stacked else e.is_column(body))):
            raise Unread("dots", "members of this shape", node.start, node.end)
        along = unit if stacked else _row(unit)
        first, second = (unit, body) if stacked and not e.is_scalar(body) else (body, along)
        return _sum(name, size, products.multiply(e, first, second, node), node)


def _entries(e: Elaborator, cells: Rows, node: tree.Node) -> Term:
    """a_ij with both indices running: the pattern of the first row and of the last one, generalised."""
    full = [row for row in cells if not isinstance(row[0], tree.Dots | tree.Empty)]
    if len(full) < 2 or not any(isinstance(row[0], tree.Dots) for row in cells):
        raise Unread("dots", "", node.start, node.end)
    lines = [_from_one(progression(row), node) for row in full]
    if any(line.last != lines[0].last for line in lines):
        raise Unread("dots", "", node.start, node.end, broken=True)
    templates = tuple(rewrite(line.template, lambda n: _OTHER if n == HOLE else None) for line in lines)
    down = _from_one(progression((*templates[:-1], tree.Dots("vdots"), templates[-1])), node)
    i, j = f"i@{node.start}", f"j@{node.start}"
    with e.binding(i, j):
        inner = down.member(tree.Sym(i, start=node.start, end=node.end))
        entry = rewrite(inner, lambda n: tree.Sym(j, start=node.start, end=node.end) if n == _OTHER else None)
        body = e.read(entry)
        if not e.is_scalar(body):
            raise Unread("dots", "blocks", node.start, node.end)
        unit_i, rows = _unit(e, i, down)
        unit_j, columns = _unit(e, j, lines[0])
        outer = Apply("matmul", (unit_i, _row(unit_j)), shape=(rows, columns))
        term = Apply("scale", (body, outer), shape=(rows, columns))
        return _sum(i, rows, _sum(j, columns, term, node), node)


def _from_one(pattern: Progression | None, node: tree.Node) -> Progression:
    if pattern is None or pattern.first != tree.Num("1"):
        raise Unread("dots", "", node.start, node.end, broken=True)
    return pattern


def _unit(e: Elaborator, name: str, pattern: Progression) -> tuple[Term, Dim]:
    """e_k, and how many there are."""
    size = dots.size(e, pattern.last)
    e.unifier.unify(e.index_range(name), size)
    return Apply("basis", (Index(name),), dims=(size,), shape=(size, ONE)), size


def _row(unit: Term) -> Term:
    return Apply("transpose", (unit,), shape=(unit.shape[1], unit.shape[0]))


def _sum(name: str, size: Dim, term: Term, node: tree.Node) -> Term:
    return Fold("sum", name, numbers.number(1), Size(size), term, shape=term.shape, start=node.start, end=node.end)
