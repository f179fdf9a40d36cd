"""Scalar factors that get lost: the determinant of cofactor laws, the number of equal terms, an exponent."""

from __future__ import annotations

import re
from collections.abc import Iterator

from derivcheck.diagnose.places import Part, Place, is_mark
from derivcheck.diagnose.variant import Scene, Variant, whole
from derivcheck.notation import tree
from derivcheck.notation.keys import symbol_key
from derivcheck.notation.walk import subtrees
from derivcheck.readings.known import plain

_MOST = 8
_OF_MATRICES = re.compile(r"\\?(?:det|adj)")


def lost_scalars(place: Place, scene: Scene) -> Iterator[Variant]:
    """A → det(A) A, N A, k A for a side or a term: A a square matrix, N a size or a bound, k an exponent of the
    equation."""
    node = place.node
    if place.part not in (Part.WHOLE, Part.TERM) or isinstance(
        node, tree.Add | tree.Sequence | tree.Empty | tree.Words | tree.Num | tree.Rel
    ):
        return
    items = node.items if isinstance(node, tree.Juxt) else (node,)
    for factor in (*_determinants(scene), *_numbers(node, scene)):
        if factor in items:
            continue
        factors = factor.items if isinstance(factor, tree.Juxt) else (factor,)
        new = tree.Juxt((*factors, *items), start=node.start, end=node.end)
        yield Variant(new, "a factor is missing", whole(items[0], factor, "\\,", items[0]))


def _determinants(scene: Scene) -> Iterator[tree.Node]:
    """The determinants of the matrices of the equation, and the scalars that are defined as one."""
    for symbol in scene.symbols[:_MOST]:
        key = symbol_key(symbol) or ""
        shape = scene.known.shape(key)
        spoken_of = plain(key).isupper() and _OF_MATRICES.search(scene.text) is not None
        if spoken_of if shape is None else shape.kind in ("matrix", "square"):
            yield tree.Juxt((tree.Name("det"), tree.Fence("(", ")", symbol)))
    for symbol, meaning in scene.definitions:
        if tree.Name("det") in subtrees(meaning) and isinstance(meaning, tree.Juxt) and len(meaning.items) == 2:
            yield symbol


def _numbers(node: tree.Node, scene: Scene) -> Iterator[tree.Node]:
    """Sizes, bounds of sums, and letters in the exponents of the term."""
    found: list[tree.Node] = [*scene.sizes, *(s.sup for s in scene.sums if isinstance(s.sup, tree.Sym))]
    for part in subtrees(node):
        if isinstance(part, tree.Script) and part.sup is not None and not is_mark(part.sup):
            found += [n for n in subtrees(part.sup) if isinstance(n, tree.Sym) and len(symbol_key(n) or "") == 1]
    yield from dict.fromkeys(found)
