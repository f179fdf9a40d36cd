"""Signals: x(t) is x where the document differentiates x by time (ẋ, dx/dt) and never takes it at another time. So is
M(q) the matrix M, and C(q, q̇) the matrix C, where states stand in the bracket that show what it depends on: it moves
with them."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import replace
from itertools import pairwise

from derivcheck.notation import tree
from derivcheck.notation.derivatives import split_derivative
from derivcheck.notation.keys import symbol_key
from derivcheck.notation.walk import rewrite, subtrees
from derivcheck.statements.model import Chain, Display

_TIME = tree.Sym("t")


def with_signals(displays: Mapping[int, Display]) -> tuple[Mapping[int, Display], frozenset[str]]:
    """The displays with x for x(t), ẋ for ẋ(t), for every signal x of the document; the symbols that move with the
    states in their brackets."""
    roots = [m.node for d in displays.values() for c in d.chains for m in c.members]
    of_time = _signals(roots)
    of_states = _of_states(displays, roots) - of_time
    changed = _rewritten(displays, of_time | of_states) if of_time | of_states else displays
    firsts = [c.members[0].node for d in changed.values() for c in d.chains if c.relations]
    if any(isinstance(first, tree.Frac) for first in firsts):
        changed = _with_rates(changed, frozenset(key for n in firsts if (key := _signal_key(n)) is not None))
    return changed, of_states


def _rewritten(displays: Mapping[int, Display], signals: frozenset[str]) -> Mapping[int, Display]:
    def change(node: tree.Node) -> tree.Node | None:
        joined = _without_time(node, signals) if isinstance(node, tree.Juxt) else None
        return None if joined is None else rewrite(joined, change)

    return {item: display.rewritten(change) for item, display in displays.items()}


def _with_rates(displays: Mapping[int, Display], given: frozenset[str]) -> Mapping[int, Display]:
    """`dx/dt = …` as `ẋ = …` for an x that no other equation gives: a differential equation."""
    out = {}
    for item, display in displays.items():
        chains = tuple(_with_rate(c, given) if c.relations else c for c in display.chains)
        out[item] = replace(display, chains=chains)
    return out


def _with_rate(chain: Chain, given: frozenset[str]) -> Chain:
    first = chain.members[0]
    match first.node:
        case tree.Frac(num=num, den=den):
            split = split_derivative(num, den)
            body = split[0] if split is not None and split[1] == (_TIME,) else None
        case _:
            return chain
    if not isinstance(body, tree.Sym | tree.Accent) or symbol_key(body) in given:
        return chain
    rate = tree.Accent("dot", body, start=first.node.start, end=first.node.end)
    return replace(chain, members=(replace(first, node=rate), *chain.members[1:]))


def _signals(roots: list[tree.Node]) -> frozenset[str]:
    nodes = [n for root in roots for n in subtrees(root)]
    moving = {key for n in nodes for key in _differentiated(n)}
    if not moving:
        return frozenset()
    calls = [(key, f) for n in nodes for key, f in _calls(n) if key in moving]
    elsewhere = {key for key, fence in calls if fence.body != _TIME}
    return frozenset(key for key, _ in calls) - elsewhere


def _of_states(displays: Mapping[int, Display], roots: list[tree.Node]) -> frozenset[str]:
    """M of M(q), where q̇ or Ṁ stand, no other argument is ever given, and nothing is differentiated by q."""
    nodes = [n for root in roots for n in subtrees(root)]
    moving = {key for n in nodes for key in _differentiated(n)}
    firsts = {_given(c.members[0].node) for d in displays.values() for c in d.chains}
    if not moving or any(_is_differentiated_by(n, moving, firsts) for n in nodes):
        return frozenset()
    arguments: dict[str, set[tree.Node]] = {}
    for node in nodes:
        for key, fence in _calls(node):
            arguments.setdefault(key, set()).add(fence.body)
    alike = {key: _named(next(iter(bodies))) for key, bodies in arguments.items() if len(bodies) == 1}
    return frozenset(
        key
        for key, named in alike.items()
        if named and (key in moving or (named <= moving and key.rpartition(":")[2][:1].isupper()))
    )


def _given(node: tree.Node) -> str | None:
    """P of a left side P or P(q)."""
    match node:
        case tree.Juxt(items=(head, tree.Fence(open="("))):
            return symbol_key(head)
        case _:
            return symbol_key(node)


def _named(body: tree.Node) -> frozenset[str]:
    """q of the arguments q and q̇; nothing where one is no symbol."""
    parts = body.items if isinstance(body, tree.Sequence) else (body,)
    states = [p.body if isinstance(p, tree.Accent) and p.accent == "dot" else p for p in parts]
    keys = [symbol_key(state) for state in states]
    return frozenset() if None in keys else frozenset(key for key in keys if key is not None)


def _is_differentiated_by(node: tree.Node, moving: set[str], firsts: set[str | None]) -> bool:
    """∂T/∂q, ∇_q T, ∇T; but not the force ∇_q P of a potential of which nothing is said."""
    match node:
        case tree.Frac(num=num, den=den):
            split = split_derivative(num, den)
            return split is not None and any(_signal_key(v) in moving for v in split[1])
        case tree.Juxt(items=items):
            return _NABLA in items or any(
                isinstance(a, tree.Script) and a.base == _NABLA and (a.sub is None or symbol_key(b) in firsts | {None})
                for a, b in pairwise(items)
            )
        case _:
            return False


_NABLA = tree.Sym("\\nabla")


def _differentiated(node: tree.Node) -> Iterator[str]:
    """x of ẋ, ẍ and dx/dt."""
    match node:
        case tree.Accent(accent="dot" | "ddot", body=body):
            key = symbol_key(body)
        case tree.Frac(num=num, den=den):
            split = split_derivative(num, den)
            bare = split is not None and split[0] is not None and split[1] == (_TIME,)
            key = _signal_key(split[0]) if split is not None and split[0] is not None and bare else None
        case _:
            return
    if key is not None:
        yield key


def _calls(node: tree.Node) -> Iterator[tuple[str, tree.Fence]]:
    """What stands before a bracket, and the bracket."""
    if isinstance(node, tree.Juxt):
        for head, following in pairwise(node.items):
            fence, key = _bracket(following), _signal_key(head)
            if fence is not None and key is not None:
                yield key, fence


def _bracket(node: tree.Node) -> tree.Fence | None:
    fence = node.base if isinstance(node, tree.Script) and node.sub is None else node
    return fence if isinstance(fence, tree.Fence) and fence.open == "(" else None


def _signal_key(node: tree.Node) -> str | None:
    """x of x, ẋ, x(t)."""
    match node:
        case tree.Accent(accent="dot" | "ddot", body=body):
            return symbol_key(body)
        case tree.Juxt(items=(head, tree.Fence(open="(", body=body))) if body == _TIME:
            return symbol_key(head)
        case tree.Sym() | tree.Accent() | tree.Script(sup=None):
            return symbol_key(node)
        case _:
            return None


def _without_time(node: tree.Juxt, signals: frozenset[str]) -> tree.Node | None:
    """A product without the (t) behind its signals; None when there is none."""
    items: list[tree.Node] = []
    for item in node.items:
        if items and _bracket(item) is not None and _signal_key(items[-1]) in signals:
            items[-1] = _joined(items[-1], item)
        else:
            items.append(item)
    if len(items) == len(node.items):
        return None
    return items[0] if len(items) == 1 else tree.Juxt(tuple(items), start=node.start, end=node.end)


def _joined(signal: tree.Node, bracket: tree.Node) -> tree.Node:
    """x of (t), xᵀ of (t)ᵀ."""
    if isinstance(bracket, tree.Script):
        return replace(bracket, base=replace(signal, end=bracket.base.end), start=signal.start)
    return replace(signal, end=bracket.end)
