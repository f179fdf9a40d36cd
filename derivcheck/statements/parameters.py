"""`\\ell(\\mu, \\sigma^2) = …` tells a function of μ and σ.

Where a document puts the square of one and the same letter at a place of all calls of a function that an equation
gives, the letter is the parameter there."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping
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
    """The displays with σ for σ² among the arguments of such functions. A function that is told once more, of other
    arguments, is another one from there on."""
    lives = dict(_lives(displays))
    given: dict[tuple[_Place, int], set[tree.Node]] = {}
    for item, display in displays.items():
        for place, argument in _arguments(display):
            given.setdefault((place, lives[item].get(place[0], 0)), set()).add(argument)
    said = {key for d in displays.values() for key, _ in _definitions(d)}
    single = {p: found for p, found in given.items() if p[0][0] in said and len(found) == 1}
    squared = {p for p, found in single.items() if square_root(*found) is not None}
    if not squared:
        return displays
    return {item: display.rewritten(_change(_now(squared, lives[item]))) for item, display in displays.items()}


def _now(squared: set[tuple[_Place, int]], lives: Mapping[str, int]) -> set[_Place]:
    return {place for place, life in squared if life == lives.get(place[0], 0)}


def _change(squared: set[_Place]) -> Callable[[tree.Node], tree.Node | None]:
    def change(node: tree.Node) -> tree.Node | None:
        if not isinstance(node, tree.Juxt) or not any(p in squared for h, b in _calls(node) for p, _ in _places(h, b)):
            return None
        items = [rewrite(item, change) for item in node.items]
        for i, (head, after) in enumerate(pairwise(items)):
            items[i + 1] = _with_roots(head, after, squared)
        return replace(node, items=tuple(items))

    return change


def _arguments(display: Display) -> Iterator[tuple[_Place, tree.Node]]:
    """What stands at the places of all calls in a display."""
    for node in (n for c in display.chains for m in c.members for n in subtrees(m.node)):
        for head, body in _calls(node):
            yield from _places(head, body)


def _lives(displays: Mapping[int, Display]) -> Iterator[tuple[int, Mapping[str, int]]]:
    """For each display how often each function has been told of other arguments than before."""
    lives: dict[str, int] = {}
    last: dict[str, tree.Sequence] = {}
    for item in sorted(displays):
        for key, body in _definitions(displays[item]):
            if last.setdefault(key, body) != body:
                lives[key] = lives.get(key, 0) + 1
                last[key] = body
        yield item, dict(lives)


def _definitions(display: Display) -> Iterator[tuple[str, tree.Sequence]]:
    for chain in display.chains:
        if chain.relations:
            yield from _told(chain.members[0].node)


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


def _told(left: tree.Node) -> Iterator[tuple[str, tree.Sequence]]:
    """f of a left side f(x, σ²) or log f(x, σ²)."""
    match left:
        case tree.Juxt(items=(tree.Name(), *rest)):
            yield from _told(tree.Juxt(tuple(rest)))
        case tree.Juxt(items=(_, _)):
            yield from _calls(left)
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
