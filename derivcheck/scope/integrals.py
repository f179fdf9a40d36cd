"""DC214: an integral over the wrong variable."""

from __future__ import annotations

from collections.abc import Iterator

from derivcheck.notation.tree import Big, Fence, Infix, Juxt, Script, Sym
from derivcheck.scope.occurrences import Occurrence, Role, Survey, survey
from derivcheck.scope.sheet import Place, Sheet, applications, is_legible
from derivcheck.scope.slip import Slip


def wrong_integration_variable(sheet: Sheet) -> Iterator[Slip]:
    """`h(x) = \\int_0^1 f(x - t) g(x) \\, dx`: the left side depends on x, and t is free on the right only.
    `F(x) = \\int_0^y p(y) \\, dy`. `\\int_a^b f(y) \\, dx` where f is a function of x.

    `\\int_0^x f(x) \\, dx` alone is common practice, and `\\int_a^b c \\, dx` is no mistake.
    """
    for place in sheet.places():
        node = place.binder.node
        if not place.binder.is_integral or node.sub is None or node.sup is None or len(place.binder.variables) != 1:
            continue
        if node.body is None or not is_legible(node.body):
            continue
        fault = _exchanged(sheet, place) or _own_limit(sheet, place) or _other_argument(sheet, place)
        if fault:
            variable = place.binder.variables[0]
            message = f"the integral is taken over `{variable.name}`, {fault}"
            yield Slip("DC214", message, variable, sheet.links(place))


def _exchanged(sheet: Sheet, place: Place) -> str:
    """The other side is a function of the variable, and a variable of the integrand is free on this side only."""
    letter = place.binder.variables[0].name
    if any(o.letter == letter and not o.bound for o in sheet.around(place).occurrences):
        return ""
    for other in sheet.equals(place):
        if letter not in _parameters(other) or not _is_function(other):
            continue
        there = {o.letter for o in other.occurrences}
        for o in sheet.inside(place):
            if _is_argument(o) and o.letter not in there:
                return f"on which the other side depends; nothing binds `{o.letter}`"
    return ""


def _own_limit(sheet: Sheet, place: Place) -> str:
    """`F(x) = \\int_0^y p(y) \\, dy`, where x is lost; `F(t) = \\int_0^t f(x, t) \\, dt`, where nothing binds x."""
    letter = place.binder.variables[0].name
    limits = (o for o in _limits(place.binder.node) if o.role not in (Role.INDEX, Role.BASE))  # t_0 is another than t
    if not any(o.letter == letter for o in limits):
        return ""
    here = {o.letter for o in sheet.around(place).occurrences}
    for other in sheet.others(place):
        parameters = _parameters(other)
        if parameters and letter not in {o.letter for o in other.occurrences} and not parameters & here:
            return f"which is its own limit; `{min(parameters)}` does not occur"
        if letter in parameters:
            for o in sheet.inside(place):
                if _is_beside(o, letter, sheet, place) and not any(x.letter == o.letter for x in sheet.outside(place)):
                    return f"which is its own limit; nothing binds `{o.letter}`"
    return ""


def _limits(node: Big) -> Iterator[Occurrence]:
    for limit in (node.sub, node.sup):
        if limit is not None:
            yield from survey(limit).occurrences


def _is_argument(o: Occurrence) -> bool:
    """Does it stand, bound by nothing, in an argument that is no parameter?"""
    return o.role is Role.ARGUMENT and not o.given and o.free and o.is_variable


def _is_beside(o: Occurrence, letter: str, sheet: Sheet, place: Place) -> bool:
    """Is it another argument of what `letter` is an argument of?"""
    if not _is_argument(o) or not o.lone:
        return False
    arguments = [x for x in sheet.inside(place) if x.role is Role.ARGUMENT and x.lone and x.letter == letter]
    return any(x.owner == o.owner for x in arguments)


def _other_argument(sheet: Sheet, place: Place) -> str:
    """`\\int_a^b f(y) \\, dx`: f is a function of x elsewhere, and nothing else has y."""
    letter = place.binder.variables[0].name
    if place.binder.node.body is None or any(o.letter == letter for o in sheet.inside(place)):
        return ""
    for function, argument in applications(place.binder.node.body):
        known = letter in sheet.habits().arguments.get(function, ())
        if known and not any(o.letter == argument and not o.bound for o in sheet.outside(place)):
            return f"which `{function}({argument})` does not contain"
    return ""


def _parameters(side: Survey) -> frozenset[str]:
    """The arguments of `f(x)`, `f'(x)`, `f * g(x)` or `f(x, y)` when that is the whole side."""
    match _application(side):
        case Juxt((Sym() | Script(), Fence("(", ")"))):
            arguments = [o for o in side.occurrences if o.role is Role.ARGUMENT]
            if all(o.lone and o.free and not o.given for o in arguments):
                return frozenset([o.letter for o in arguments])
    return frozenset()


def _is_function(side: Survey) -> bool:
    """Is what is applied a function of numbers, unlike the E of E(x)?"""
    match _application(side):
        case Juxt((Sym(name), _)):
            return name.islower()
    return False


def _application(side: Survey) -> object:
    return side.node.right if isinstance(side.node, Infix) else side.node
