"""Derivatives by the members of a sequence, ∂L/∂x_k for an L that sums over x_i and x_{i+1}: such an equation is meant
where x_k stands in every one of these terms. At the ends, x_0 and x_N, some are missing and other equations hold.
"""

from __future__ import annotations

from collections.abc import Iterator
from fractions import Fraction
from typing import TYPE_CHECKING

from derivcheck.terms.dim import SCALAR
from derivcheck.terms.term import Apply, Condition, Derivative, Fold, Index, Number, Term, Variable
from derivcheck.terms.walk import subterms

if TYPE_CHECKING:
    from derivcheck.readings.elaborator import Elaborator


def interior(e: Elaborator, sides: tuple[Term, ...]) -> tuple[Condition, ...]:
    """a + max c ≤ k ≤ b + min c for ∂/∂x_k of sums from a to b over terms with x_{i+c}, of several c."""
    out: dict[Condition, None] = {}
    for derivative in (t for side in sides for t in subterms(side) if isinstance(t, Derivative)):
        match derivative.variable:
            case Variable(key=key, indices=(Index() as place,)):
                for fold in _sums(e, derivative.operand):
                    steps = sorted(_steps(fold, key))
                    if len(steps) > 1:
                        out[Condition(_moved(fold.lower, steps[-1]), "<=", place)] = None
                        out[Condition(place, "<=", _moved(fold.upper, steps[0]))] = None
            case _:
                pass
    return tuple(out)


def _sums(e: Elaborator, term: Term) -> Iterator[Fold]:
    """The sums in a term and in the values of its symbols."""
    seen: set[str] = set()
    stack = [term]
    while stack:
        for t in subterms(stack.pop()):
            if isinstance(t, Fold) and t.kind == "sum":
                yield t
            elif isinstance(t, Variable) and t.key not in seen:
                seen.add(t.key)
                symbol = e.symbols.get(t.key)
                if symbol is not None and symbol.definition is not None:
                    stack.append(symbol.definition)


def _steps(fold: Fold, key: str) -> set[Fraction]:
    """The c of the x_{i+c} in the body of a sum over i."""
    members = (t for t in subterms(fold.body) if isinstance(t, Variable) and t.key == key and len(t.indices) == 1)
    return {step for t in members if (step := _step(t.indices[0], fold.index)) is not None}


def _step(index: Term, name: str) -> Fraction | None:
    match index:
        case Index(name=n) if n == name:
            return Fraction(0)
        case Apply(operator="add", args=(Index(name=n), Number(value=value))) if n == name:
            return value
        case Apply(operator="add", args=(Index(name=n), Apply(operator="negate", args=(Number(value=value),)))) if (
            n == name
        ):
            return -value
        case _:
            return None


def _moved(bound: Term, by: Fraction) -> Term:
    return bound if by == 0 else Apply("add", (bound, Number(by, shape=SCALAR)), shape=SCALAR)
