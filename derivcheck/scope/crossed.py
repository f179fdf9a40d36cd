"""DC213: an index that one side of an equation sums over is free on the other side."""

from __future__ import annotations

from collections.abc import Iterator

from derivcheck.notation.tree import Script, Sym
from derivcheck.scope.binders import Range, letters_of
from derivcheck.scope.occurrences import Occurrence, Role, Survey
from derivcheck.scope.sheet import Place, Sheet
from derivcheck.scope.slip import Slip


def summed_index_free(sheet: Sheet) -> Iterator[Slip]:
    """`n_x = \\sum_{x \\in X} \\mu_{xy}`: x is free on the left and summed on the right, y is free on the right only.
    `V_{pqr} = \\sum_r L_{pq} M_r`: an entry with several indices is a sum over one of them.
    `\\sum_{k=m}^\\infty 2^{-k} = 2 \\cdot 2^{-k}`: the power is one of the terms.

    That one letter is summed and free elsewhere is not enough: `E_k = \\sum_k \\frac12 m_k v_k^2`, where k is a label.
    """
    for place in sheet.places():
        binder = place.binder
        if not binder.is_sum or binder.range is Range.OTHER or len(binder.variables) != 1:
            continue
        variable = binder.variables[0]
        if any(o.letter == variable.name and not o.bound for o in sheet.around(place).occurrences):
            continue
        for other in sheet.equals(place):
            index = _is_free_index(variable.name, other) and _is_wrong(sheet, place, other)
            if index or _is_free_power(sheet, place, other):
                message = f"the {binder.noun} runs over `{variable.name}`, which is free on the other side"
                yield Slip("DC213", message, variable, sheet.links(place))
                break


def _is_free_index(letter: str, side: Survey) -> bool:
    """Does it occur once, as an index, outside of all brackets? Repeated indices may be summed by convention."""
    found = [o for o in side.occurrences if o.letter == letter]
    return len(found) == 1 and all(o.free and o.bare and o.lone and o.role is Role.INDEX for o in found)


def _is_free_power(sheet: Sheet, place: Place, side: Survey) -> bool:
    """Does a power of a number or a bracket have it as exponent here, free, and in the sum?"""
    letter = place.binder.variables[0].name
    inside = (o for o in sheet.inside(place) if o.letter == letter)
    there = [o for o in side.occurrences if o.letter == letter]
    return any(map(_is_power, inside)) and bool(there) and all(o.free and _is_power(o) for o in there)


def _is_power(o: Occurrence) -> bool:
    return o.role is Role.EXPONENT and o.owner == ""


def _is_wrong(sheet: Sheet, place: Place, other: Survey) -> bool:
    return _has_crossing(sheet, place, other) or _is_entry(sheet, place, other)


def _has_crossing(sheet: Sheet, place: Place, other: Survey) -> bool:
    """Does something carry the summed index and one that is free on this side only?"""
    letter = place.binder.variables[0].name
    inside = [o for o in sheet.inside(place) if _is_index(o)]
    carriers = {o.owner for o in inside if o.letter == letter}
    missing = [o for o in inside if o.owner in carriers and o.free and o.is_variable]
    there = {o.letter for o in other.occurrences} | _limits(sheet, place)
    return any(o.letter not in there for o in missing)


def _limits(sheet: Sheet, place: Place) -> set[str]:
    return {o.letter for o in sheet.outside(place) if o.role is Role.LIMIT}


def _is_index(o: Occurrence) -> bool:
    return o.lone and o.owner != "" and o.role in (Role.INDEX, Role.ARGUMENT)


def _is_entry(sheet: Sheet, place: Place, other: Survey) -> bool:
    """Is the other side an entry whose other indices are free here?"""
    match other.node:
        case Script(Sym(), sub, None, 0) if sub is not None:
            rest = letters_of(sub) - place.binder.letters
            here = {o.letter for o in sheet.around(place).occurrences if o.role is Role.INDEX and o.free}
            return bool(rest) and rest <= here
    return False
