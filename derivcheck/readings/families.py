"""Families: x_i as the i-th of like-shaped things, as an entry of a vector, or as a line of a matrix."""

from __future__ import annotations

from typing import TYPE_CHECKING

from derivcheck.notation import tree
from derivcheck.notation.printer import to_latex
from derivcheck.readings import entries, symbols
from derivcheck.readings.known import plain
from derivcheck.terms.dim import ONE, SCALAR
from derivcheck.terms.term import Apply, Index, Symbol, Term, Variable

if TYPE_CHECKING:
    from derivcheck.readings.elaborator import Elaborator


def line(e: Elaborator, base_key: str, items: tuple[tree.Node, ...], node: tree.Script) -> Term | None:
    """x_n where the text says that the x_n are the rows or columns of X: a column vector either way."""
    meaning = e.known.meaning(base_key) or e.known.special(base_key)
    if meaning is None or meaning.word not in ("rows", "columns") or len(meaning.of) != 1 or len(items) != 1:
        return None
    matrix = symbols.named(e, meaning.of[0], node)
    if not e.is_matrix(matrix):
        return None
    if meaning.word == "rows":
        matrix = e.apply("transpose", (matrix,), node)
    index = entries.index_term(e, items[0])
    size = matrix.shape[1]
    if isinstance(index, Index):
        e.unifier.unify(e.index_range(index.name), size)
    unit = Apply("basis", (index,), dims=(size,), shape=(size, ONE))
    return Apply("matmul", (matrix, unit), shape=(matrix.shape[0], ONE), start=node.start, end=node.end)


def is_column_family(e: Elaborator, base_key: str) -> bool:
    return "indexed nonscalar" in e.known.usage.of(base_key)


def member(e: Elaborator, base_key: str, items: tuple[tree.Node, ...], node: tree.Script) -> Term:
    """x_i as the i-th member of a family of like-shaped things."""
    indices = tuple(entries.index_term(e, i) for i in items)
    key = f"{base_key}_·"
    if key not in e.symbols:
        fact = e.known.shape(key)
        properties = e.known.properties(key) - {"constant", "variable", "random", "real"}
        if fact is not None:
            shape, origin = symbols.shape_of(e, key, properties)
        else:
            bold_or_vector = base_key.startswith("bf:") or "indexed nonscalar" in e.known.usage.of(base_key)
            upper = plain(base_key)[:1].isupper()
            usual = "matrix" if upper else "column" if bold_or_vector else "scalar"
            kind = dict(e.choice.kinds).get(key, usual)
            if kind != usual:
                e.flipped[key] = usual
            shape, origin = symbols.shape_of_kind(e, kind), "convention"
            e.typographic.setdefault(key, kind)
        e.symbols[key] = Symbol(key, shape, properties, None, (), to_latex(node.base))
        e.origins[key] = origin
    return Variable(key, indices, shape=e.symbols[key].shape, start=node.start, end=node.end)


def scalar_sequence(
    e: Elaborator, base_key: str, base: tree.Node, items: tuple[tree.Node, ...], node: tree.Script
) -> Term:
    """x_i with x undeclared: the entries of a vector x (scalars), so that bare x agrees with it."""
    plain_index = isinstance(items[0], tree.Sym)
    hints = e.known.usage.of(base_key)
    if base_key in e.symbols and e.unifier.is_scalar(e.symbols[base_key].shape):
        return _member_scalar(e, base_key, items, node)
    if base_key in e.chain.moved and "bare" not in hints:
        return _member_scalar(e, base_key, items, node)  # a_{n+1} is no entry of (a_1, …, a_n)
    if not plain_index or ("bare" in hints and not hints & {"vector", "nonscalar"}):
        return _member_scalar(e, base_key, items, node)
    if base_key not in e.symbols:
        properties = e.known.properties(f"{base_key}_·") - {"constant", "variable", "random", "real"}
        properties |= e.known.properties(base_key) - {"constant", "variable", "random", "real", "integer", "natural"}
        e.symbols[base_key] = Symbol(base_key, symbols.shape_of_kind(e, "column"), properties, None, (), to_latex(base))
        e.origins[base_key] = "indices"
    return entries.entry(e, symbols.variable(e, base_key, base), (entries.index_term(e, items[0]),), node)


def _member_scalar(e: Elaborator, base_key: str, items: tuple[tree.Node, ...], node: tree.Script) -> Term:
    key = f"{base_key}_·"
    if key not in e.symbols:
        properties = e.known.properties(key) - {"constant", "variable", "random", "real"}
        e.symbols[key] = Symbol(key, SCALAR, properties, None, (), to_latex(node.base))
        e.origins[key] = "indices"
    return Variable(
        key, tuple(entries.index_term(e, i) for i in items), shape=e.symbols[key].shape, start=node.start, end=node.end
    )
