"""DC212: the range of a sum, a product or an integral is none."""

from __future__ import annotations

from collections.abc import Iterator

from derivcheck.notation.tree import Node, Num, Rel, Sym
from derivcheck.scope.binders import Binder
from derivcheck.scope.occurrences import Role, survey
from derivcheck.scope.sheet import Sheet
from derivcheck.scope.slip import Slip


def wrong_range(sheet: Sheet) -> Iterator[Slip]:
    """`\\prod_{2=1}^n`, `\\sum_{i=i}^n`, `\\sum_{i=1}^i`, `\\sum_{n=\\infty}^\\infty`, `\\int_\\infty^\\infty`."""
    for place in sheet.places():
        for message, node in _faults(place.binder):
            yield Slip("DC212", message, node, sheet.links(place))


def _faults(binder: Binder) -> Iterator[tuple[str, Node]]:
    """What is wrong with a range, and where; one fault at most."""
    sub, last = binder.node.sub, binder.node.sup
    match sub:
        case Rel((Num(text) as index, Num()), ("=",)) if binder.is_sum:
            yield f"`{text}` is no index", index
        case Rel((Sym() as index, first), ("=",)) if binder.is_sum and index == first:
            yield f"the range of `{index.name}` starts at `{index.name}`", first
        case Rel((Sym() as index, _), ("=",)) if binder.is_sum and last is not None and _contains(last, index):
            yield f"the range of `{index.name}` ends at `{index.name}`", last
        case Rel((_, first), ("=",)) if _is_infinity(first) and first == last:
            yield "the range starts and ends at infinity", first
        case Sym() if binder.is_integral and _is_infinity(sub) and sub == last:
            yield "the range starts and ends at infinity", sub


def _contains(last: Node, index: Sym) -> bool:
    """But `\\sum_{n=0}^{n=M}`, `\\sum_{i=1}^{n_i}`."""
    if isinstance(last, Rel):
        return False
    own = (Role.FACTOR, Role.EXPONENT)
    return any(o.symbol == index and o.role in own and o.free for o in survey(last).occurrences)


def _is_infinity(node: Node) -> bool:
    return isinstance(node, Sym) and node.name == "\\infty"
