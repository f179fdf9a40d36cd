"""DC211: what a sum, a product, a union or an extremum runs over does not occur in its body."""

from __future__ import annotations

from collections.abc import Iterator

from derivcheck.notation.tree import Name, Num, Script, Sym
from derivcheck.notation.walk import subtrees
from derivcheck.scope.binders import EXTREMA, Binder, Range
from derivcheck.scope.occurrences import Occurrence, Role, Survey
from derivcheck.scope.sheet import Place, Sheet, is_legible
from derivcheck.scope.slip import Slip

_INDICES = frozenset({"i", "j"})  # hardly ever labels


def unused_index(sheet: Sheet) -> Iterator[Slip]:
    """`\\sum_{i=1}^n x_j`: i is unused, and j stands where it should. `\\sum_{j=0}^\\infty \\frac{1}{1!}`.

    That the variable is unused is not enough, for a constant may well be summed: another index must stand there and
    be bound by nothing, or the series must diverge.
    """
    for place in sheet.places():
        if not _is_unused(sheet, place):
            continue
        variable = place.binder.variables[0]
        runs = f"the {place.binder.noun} runs over `{variable.name}`, which does not occur in it"
        rival = next((o for o in sheet.inside(place) if _takes_its_place(o, sheet, place)), None)
        if rival is not None:
            yield Slip("DC211", f"{runs}; nothing binds `{rival.letter}`", variable, sheet.links(place))
        elif _diverges(sheet, place):
            yield Slip("DC211", f"{runs}: it has no finite value", variable, sheet.links(place))


def _is_unused(sheet: Sheet, place: Place) -> bool:
    """Is it certain that nothing in reach of the big operator contains what it runs over?"""
    binder = place.binder
    if not (binder.is_sum or binder.node.op in EXTREMA) or not binder.variables or binder.node.body is None:
        return False
    if not is_legible(binder.node.body) or (binder.range is Range.ALONE and _may_count(place)):
        return False
    letters = binder.letters
    reach = [o for o in sheet.around(place).occurrences if o.within(binder) or not o.bound]
    return not (
        any(o.letter in letters for o in reach if o.role is not Role.LIMIT)
        or any(o.letter in letters and not o.bound and o.role is not Role.BASE for o in sheet.outside(place))
        or any(sheet.says(letter) for letter in letters)
    )


def _may_count(place: Place) -> bool:
    """`\\sum_n x_i`, `\\sum_N x_i`: a sum of n terms."""
    binder = place.binder
    return binder.node.sup is None and any(v.name in ("n", "m") or v.name.isupper() for v in binder.variables)


def _takes_its_place(o: Occurrence, sheet: Sheet, place: Place) -> bool:
    """Is it an index that only the big operator could have bound?"""
    binder = place.binder
    is_index = o.role is Role.INDEX or (binder.runs_to_infinity and _looks_run(o, binder))
    if not is_index or o.word or not o.is_variable or not o.free or not _alike(o.symbol, binder.variables[0]):
        return False
    if sheet.says(o.letter):
        return False
    if any(_bounds(o, side) for side in sheet.compared(place)):
        return False
    elsewhere = [x for x in sheet.outside(place) if x.letter == o.letter and not x.bound]
    if isinstance(binder.node.sup, Sym) and binder.node.sup.name == o.letter:
        return o.role is Role.INDEX and _repeats_the_limit(o, elsewhere, sheet, place)
    return not elsewhere and _is_no_label(o, sheet, place)


def _looks_run(o: Occurrence, binder: Binder) -> bool:
    """`h[n]`, `x^n` in an infinite series, which a constant never is."""
    return (o.role is Role.ARGUMENT and o.lone) or (o.role is Role.EXPONENT and binder.node.op == "sum")


def _bounds(o: Occurrence, side: Survey) -> bool:
    """`\\sum_{k=1}^n a_k \\le \\sum_{k=1}^n a_m`: the largest term; a bound index does not name one."""
    return any(x.owner == o.owner for x in side.occurrences) and not any(o.letter in b.letters for b in side.binders)


def _repeats_the_limit(o: Occurrence, elsewhere: list[Occurrence], sheet: Sheet, place: Place) -> bool:
    """`\\frac1n \\sum_{i=1}^n x_n` beside other `x_i`; `S_n = \\sum_{i=1}^n x_n`. But `= n x_n` sums a constant."""
    if any(x.owner == o.owner for x in elsewhere):
        return False
    relations = sheet.display.chains[place.chain].relations
    totals = [s.node for s in sheet.equals(place) if isinstance(s.node, Script) and s.node.sub == o.symbol]
    return _is_family(o, sheet, place) or (bool(totals) and len(relations) == 1)


def _is_no_label(o: Occurrence, sheet: Sheet, place: Place) -> bool:
    """Is it an index, unlike the x of F_x? It is when the document runs over it, or when it looks like one."""
    return (
        not o.lone
        or o.role is not Role.INDEX
        or o.letter in sheet.habits().summed.get(o.owner, ())
        or _is_family(o, sheet, place)
        or (o.letter in _INDICES and place.binder.range is Range.FROM)
        or len({x.owner for x in sheet.inside(place) if x.letter == o.letter}) > 1
    )


def _is_family(o: Occurrence, sheet: Sheet, place: Place) -> bool:
    """Does the document write the same base with the index that is bound here?"""
    return place.binder.variables[0].name in sheet.habits().indices.get(o.owner, ())


def _alike(one: Sym, other: Sym) -> bool:
    """Lower case for lower case, capital for capital, Greek for Greek, coordinates for coordinates."""
    return _class(one.name) == _class(other.name)


def _class(name: str) -> tuple[bool, bool, bool]:
    return name.startswith("\\"), name.isupper(), name in ("x", "y", "z")


def _diverges(sheet: Sheet, place: Place) -> bool:
    """Is it an infinite series of one and the same number, and said to be equal to something finite?"""
    node = place.binder.node
    if node.op != "sum" or not place.binder.runs_to_infinity or node.body is None:
        return False
    parts = list(subtrees(node.body))
    if any(isinstance(n, Sym | Name) or n == Num("0") for n in parts):
        return False
    sides = list(sheet.equals(place))
    infinite = any(o.letter == "\\infty" and o.role is Role.FACTOR for s in sides for o in s.occurrences)
    return bool(sides) and not infinite
