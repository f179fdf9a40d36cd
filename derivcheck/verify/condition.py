"""Relations between scalars, decided with certainty or not at all."""

from __future__ import annotations

from collections.abc import Callable
from typing import TypeAlias

from flint import arb, fmpq

from derivcheck.algebra.matrix import Imprecise, base, shape
from derivcheck.terms.term import Condition
from derivcheck.verify.environment import Environment, Evaluator
from derivcheck.verify.errors import Unsupported

Real: TypeAlias = arb | fmpq


def _nonzero(d: Real) -> bool:
    return 0 not in d if isinstance(d, arb) else d != 0


# relation: (certainly true of left − right, certainly false of it); a ball compares true only as a whole
_RELATIONS: dict[str, tuple[Callable[[Real], bool], Callable[[Real], bool]]] = {
    "=": (lambda d: bool(d == 0), _nonzero),
    "!=": (_nonzero, lambda d: bool(d == 0)),
    "<": (lambda d: bool(d < 0), lambda d: bool(d >= 0)),
    "<=": (lambda d: bool(d <= 0), lambda d: bool(d > 0)),
    ">": (lambda d: bool(d > 0), lambda d: bool(d <= 0)),
    ">=": (lambda d: bool(d >= 0), lambda d: bool(d < 0)),
}


def compare(difference: Real, relation: str) -> bool | None:
    """Does `difference relation 0` hold? None when the ball does not tell."""
    found = _RELATIONS.get(relation)
    if found is None:
        raise Unsupported(f"the relation {relation}")
    certainly, certainly_not = found
    if certainly(difference):
        return True
    return False if certainly_not(difference) else None


def holds(condition: Condition, env: Environment, evaluate: Evaluator) -> bool:
    """Does the condition hold in every entry? Imprecise when the balls do not tell."""
    left, right = base(evaluate(condition.left, env)), base(evaluate(condition.right, env))
    if shape(left) != shape(right) and (1, 1) not in (shape(left), shape(right)):
        raise Unsupported("a condition between different shapes")
    ls, rs = left.entries(), right.entries()
    count = max(len(ls), len(rs))
    ls, rs = ls if len(ls) == count else ls * count, rs if len(rs) == count else rs * count
    verdicts = [compare(p - q, condition.relation) for p, q in zip(ls, rs, strict=True)]
    if condition.relation == "!=":
        verdict = True if True in verdicts else None if None in verdicts else False
    else:
        verdict = False if False in verdicts else None if None in verdicts else True
    if verdict is None:
        raise Imprecise("the condition cannot be decided")
    return verdict
