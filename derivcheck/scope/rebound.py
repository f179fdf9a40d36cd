"""DC215: two nested sums or integrals over one variable."""

from __future__ import annotations

from collections.abc import Iterator

from derivcheck.notation.tree import Big, Fence, Juxt, Node
from derivcheck.scope.binders import Binder, read_binder
from derivcheck.scope.occurrences import Role
from derivcheck.scope.sheet import Place, Sheet
from derivcheck.scope.slip import Slip


def index_bound_twice(sheet: Sheet) -> Iterator[Slip]:
    """`\\sum_i \\sum_i a_{ij}`, `\\int_0^1 \\left( \\int_0^x f(x, y) \\, dy \\right) dy`.

    `\\sum_i a_i \\sum_i b_i` is a usual way to write a product of two sums.
    """
    for place in sheet.places():
        inner = _first(place.binder.node.body)
        if inner is None or len(place.binder.variables) != 1:
            continue
        letter = place.binder.variables[0].name
        again = [v for v in inner.variables if v.name == letter]
        if again and _has_range(place.binder) and _has_range(inner) and not _is_used(sheet, place, inner):
            yield Slip("DC215", f"`{letter}` is bound here and once more around it", again[0], sheet.links(place))


def _first(body: Node | None) -> Binder | None:
    """The big operator that the body starts with."""
    match body:
        case Big():
            return read_binder(body)
        case Juxt((first, *_)) | Fence(_, _, first):
            return _first(first)
    return None


def _has_range(binder: Binder) -> bool:
    """`\\iint a \\, dt \\, dt` integrates twice."""
    return not binder.is_integral or (binder.node.sub is not None and binder.node.sup is not None)


def _is_used(sheet: Sheet, place: Place, inner: Binder) -> bool:
    """Does the outer variable occur where the inner one does not reach?"""
    letter = place.binder.variables[0].name
    own = [o for o in sheet.inside(place) if not any(b.node is inner.node for b in o.place.binders)]
    beyond = [o for o in sheet.around(place).occurrences if o.role is not Role.LIMIT and not o.bound]
    return any(o.letter == letter for o in (*own, *beyond))
