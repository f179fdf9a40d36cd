"""`\\ell(\\mu, \\sigma^2) = …` tells a function of μ and σ.

Where a document puts the square of one and the same letter at a place of all calls of a function that an equation
gives, the letter is the parameter there."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import replace
from itertools import pairwise

from derivcheck.notation import tree
from derivcheck.notation.densities import NORMALS
from derivcheck.notation.keys import symbol_key
from derivcheck.notation.moments import may_be_moment
from derivcheck.notation.walk import rewrite, subtrees
from derivcheck.statements.model import Display

_Place = tuple[str, int, int]  # the function's key, how many arguments it has, which one


def with_parameters(displays: Mapping[int, Display]) -> Mapping[int, Display]:
    """The displays with σ for σ² among the arguments of such functions."""
    roots = [m.node for d in displays.values() for c in d.chains for m in c.members]
    given: dict[_Place, set[tree.Node]] = {}
    for root in roots:
        for node in subtrees(root):
            for head, body in _calls(node):
                for place, argument in _places(head, body):
                    given.setdefault(place, set()).add(argument)
    said = {key for d in displays.values() for c in d.chains if c.relations for key in _told(c.members[0].node)}
    squared = {p for p, found in given.items() if p[0] in said and len(found) == 1 and square_root(*found) is not None}
    if not squared:
        return displays

    def change(node: tree.Node) -> tree.Node | None:
        if not isinstance(node, tree.Juxt) or not any(p in squared for h, b in _calls(node) for p, _ in _places(h, b)):
            return None
        items = [rewrite(item, change) for item in node.items]
        for i, (head, after) in enumerate(pairwise(items)):
            items[i + 1] = _with_roots(head, after, squared)
        return replace(node, items=tuple(items))

    return {item: display.rewritten(change) for item, display in displays.items()}


def square_root(argument: tree.Node) -> tree.Node | None:
    """σ of σ²."""
    match argument:
        case tree.Script(base=tree.Sym() | tree.Accent() as base, sub=sub, sup=tree.Num("2"), primes=0):
            return base if sub is None else replace(argument, sup=None)
        case _:
            return None


def _calls(node: tree.Node) -> Iterator[tuple[str, tree.Sequence]]:
    """The functions of several arguments that are called in a row of factors."""
    for head, after in pairwise(node.items) if isinstance(node, tree.Juxt) else ():
        base = after.base if isinstance(after, tree.Script) else after
        key = symbol_key(head)
        if key is None or key in NORMALS | {"N"} or may_be_moment(head) or isinstance(head, tree.Name):
            continue
        if isinstance(base, tree.Fence) and base.open == "(" and isinstance(base.body, tree.Sequence):
            yield key, base.body


def _told(left: tree.Node) -> Iterator[str]:
    """f of a left side f(x, σ²) or log f(x, σ²)."""
    match left:
        case tree.Juxt(items=(tree.Name(), *rest)):
            yield from _told(tree.Juxt(tuple(rest)))
        case tree.Juxt(items=(_, _)):
            yield from (key for key, _ in _calls(left))
        case _:
            pass


def _places(key: str, body: tree.Sequence) -> Iterator[tuple[_Place, tree.Node]]:
    for i, argument in enumerate(body.items):
        yield (key, len(body.items), i), argument


def _with_roots(head: tree.Node, after: tree.Node, squared: set[_Place]) -> tree.Node:
    match after:
        case tree.Script(base=base):
            return replace(after, base=_with_roots(head, base, squared))
        case tree.Fence(open="(", body=tree.Sequence() as body) if (key := symbol_key(head)) is not None:
            items = tuple(
                (square_root(argument) or argument) if place in squared else argument
                for place, argument in _places(key, body)
            )
            return replace(after, body=replace(body, items=items))
        case _:
            return after
