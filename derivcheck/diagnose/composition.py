"""Slips in compositions: the outer function taken at the wrong place."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from dataclasses import replace
from itertools import pairwise

from derivcheck.diagnose.places import Part, Place
from derivcheck.diagnose.variant import Scene, Variant, whole
from derivcheck.notation import tree
from derivcheck.notation.keys import symbol_keys
from derivcheck.notation.walk import subtrees
from derivcheck.readings.known import Known

_MAX_VALUES = 4


def inner_functions(place: Place, scene: Scene) -> Iterator[Variant]:
    """g'(x) → g'(h(x)): the inner function of a composition is missing."""
    if place.part is Part.ARGUMENT:
        for value in scene.inner_values:
            if symbol_keys(place.node) <= symbol_keys(value):
                yield Variant(value, "the inner function is missing", whole(place.node, value))


def inner_slopes(place: Place, scene: Scene) -> Iterator[Variant]:
    """g'(h(x)) → g'(h(x)) h'(x): the derivative of the inner function is missing."""
    node = place.node
    if place.part not in (Part.WHOLE, Part.TERM) or not isinstance(node, tree.Juxt):
        return
    for head, value in _calls(node):
        if isinstance(head, tree.Script) and head.primes and isinstance(value, tree.Juxt) and _is_call(value):
            inner, bracket = value.items
            primed = replace(inner, primes=inner.primes + 1) if isinstance(inner, tree.Script) else None
            slope = (primed or tree.Script(inner, None, None, 1), bracket)
            new = replace(node, items=(*node.items, *slope))
            yield Variant(new, "an inner derivative is missing", whole(node, node, *slope))


def inner_values(roots: tuple[tree.Node, ...], known: Known) -> tuple[tree.Node, ...]:
    """h(x) of every g(h(x)) in these formulas and in what their symbols are defined to be."""
    definitions = (known.definition(key) for key in sorted(symbol_keys(*roots)))
    meant = [d.right for d in definitions if d is not None]
    return tuple(dict.fromkeys(_composed((*roots, *meant))))[:_MAX_VALUES]


def _composed(roots: Iterable[tree.Node]) -> Iterator[tree.Node]:
    for node in (n for root in roots for n in subtrees(root) if isinstance(n, tree.Juxt)):
        yield from (value for _, value in _calls(node) if _is_call(value))


def _calls(node: tree.Juxt) -> Iterator[tuple[tree.Node, tree.Node]]:
    """(g, u) for every g(u) in a product."""
    for head, bracket in pairwise(node.items):
        if isinstance(head, tree.Sym | tree.Script) and isinstance(bracket, tree.Fence) and bracket.open == "(":
            yield head, bracket.body


def _is_call(node: tree.Node) -> bool:
    match node:
        case tree.Juxt(items=(tree.Sym() | tree.Script(), tree.Fence(open="("))):
            return True
        case _:
            return False
