"""Vectors whose components are matrices: `a⃗·σ⃗ = a_xσ_x + a_yσ_y + a_zσ_z`, where the text gives σ_x, σ_y and σ_z."""

from __future__ import annotations

from typing import TYPE_CHECKING

from derivcheck.notation import tree
from derivcheck.notation.keys import symbol_key
from derivcheck.readings.errors import Unread
from derivcheck.terms.dim import Dim
from derivcheck.terms.term import Term

if TYPE_CHECKING:
    from derivcheck.readings.elaborator import Elaborator

_SUBSCRIPTS: tuple[tuple[tree.Node, ...], ...] = (
    tuple(tree.Sym(axis) for axis in "xyz"),
    tuple(tree.Num(place) for place in "123"),
)


def refuse(e: Elaborator, key: str, node: tree.Node) -> None:
    """Such a vector has no shape of its own."""
    if key.startswith(("vec(", "bf:")) and not e.known.declared(key) and _members(e, key) is not None:
        raise Unread("unsupported operator", "a vector of matrices", node.start, node.end)


def dot(e: Elaborator, node: tree.Infix) -> Term | None:
    """The sum of the components of one side times the matrices of the other."""
    if node.op != "\\cdot":
        return None
    for vector, triple in ((node.left, node.right), (node.right, node.left)):
        key = symbol_key(triple)
        matrices = _members(e, key) if key is not None and not e.known.declared(key) else None
        if matrices is not None:
            inner = tree.Fence("(", ")", vector, start=vector.start, end=vector.end)
            e.unifier.unify(e.read(vector).shape[0], Dim.of(len(matrices)))
            products = tuple(_product(inner, k, matrix) for k, matrix in enumerate(matrices, 1))
            return e.read(tree.Add(("+",) * len(matrices), products, start=node.start, end=node.end))
    return None


def _product(vector: tree.Node, place: int, matrix: tree.Node) -> tree.Node:
    entry = tree.Script(vector, tree.Num(str(place)), start=vector.start, end=vector.end)
    return tree.Juxt((entry, matrix), start=vector.start, end=vector.end)


def _members(e: Elaborator, key: str) -> tuple[tree.Node, ...] | None:
    letter = tree.Sym(key.removeprefix("bf:").removeprefix("vec(").removesuffix(")"))
    for subscripts in _SUBSCRIPTS:
        members = tuple(tree.Script(letter, sub) for sub in subscripts)
        if all(_is_matrix(e, symbol_key(member) or "") for member in members):
            return members
    return None


def _is_matrix(e: Elaborator, key: str) -> bool:
    """Whether the text gives the symbol as a matrix, in force or not: what a vector is made of stays the same."""
    known, shape = e.known, e.known.shape(key)
    told = (known.definition(key), known.at.definition_of(key), known.ended_definition(key))
    grids = (d.right for d in told if d is not None and isinstance(d.right, tree.Grid))
    return any(len(g.rows) > 1 < len(g.rows[0]) for g in grids) or (shape is not None and shape.kind in _MATRICES)


_MATRICES = frozenset({"matrix", "square"})
