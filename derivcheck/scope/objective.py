"""DC216: the variable of a minimum or maximum does not occur in the objective."""

from __future__ import annotations

from collections.abc import Iterator

from derivcheck.notation.tree import Fence, Juxt, Sym
from derivcheck.scope.binders import EXTREMA
from derivcheck.scope.sheet import Place, Sheet, applications
from derivcheck.scope.slip import Slip


def variable_not_in_objective(sheet: Sheet) -> Iterator[Slip]:
    """`\\arg\\min_w L(v)` where L is a function of w elsewhere, and nothing else has v.

    An objective written without its arguments may depend on anything.
    """
    for place in sheet.places():
        if place.binder.node.op not in EXTREMA or len(place.binder.variables) != 1:
            continue
        variable = place.binder.variables[0]
        argument = _other_argument(sheet, place)
        if argument:
            message = f"`{variable.name}` does not occur in the objective, a function of `{argument}`"
            yield Slip("DC216", message, variable, sheet.links(place))


def _other_argument(sheet: Sheet, place: Place) -> str:
    letter = place.binder.variables[0].name
    match place.binder.node.body:
        case Juxt((_, Fence("(", ")", Sym()))) as body:
            for function, argument in applications(body):
                known = letter in sheet.habits().arguments.get(function, ())
                if known and argument != letter and not any(o.letter == argument for o in sheet.outside(place)):
                    return argument
    return ""
