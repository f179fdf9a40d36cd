"""A second opinion on derivatives, by difference quotients modulo a prime, which share no rule with dual numbers.

For a function f that is rational, with coefficients and arguments without p in a denominator,
f(x + p h) = f(x) + p Df(x)[h] + O(p²), so that (f(x + p h) − f(x))/p, computed without rounding over the rationals,
is Df(x)[h] modulo p (Gouvêa, p-adic Numbers, 2020, 5.7). The differential of a derivative is had the same way: the
function is then a derivative by dual numbers, itself confirmed at both ends of the step.

Roots, exponentials and logarithms leave the rationals and have no second opinion at run time; the contract tests
hold their derivatives against the mean value theorem. Neither has what is made of pieces: x and x + p h lie far
apart among the real numbers.
"""

from __future__ import annotations

from collections.abc import Callable, Sequence

from flint import fmpq_mat

from derivcheck.algebra.exact import PRIME, quotient, reduce_mod
from derivcheck.algebra.matrix import Imprecise, Matrix, Undefined, add, scalar, scale, zeros
from derivcheck.operators.table import OPERATORS
from derivcheck.terms.term import Apply, Cases, Condition, Derivative, Differential, Fold, Term
from derivcheck.verify.environment import Environment
from derivcheck.verify.errors import CannotDecide, TimedOut, Unsamplable
from derivcheck.verify.structure import Structure


class Disagreement(Exception):
    """Dual numbers and the difference quotient give different derivatives: one of them has a bug."""


def confirm(
    term: Derivative | Differential, env: Environment, tangent: Matrix, along: Callable[[int], Matrix]
) -> None:
    """Raise Disagreement unless the tangent is the derivative at 0 of the curve t ↦ along(t) modulo the prime.

    Says nothing where the tangent or the curve is not rational, or has no value.
    """
    if type(tangent) is not fmpq_mat or not _is_rational(term.operand, env.point.structure):
        return
    try:
        before, after = along(0), along(PRIME)
        if type(before) is not fmpq_mat or type(after) is not fmpq_mat:
            return
        agree = reduce_mod(tangent) == quotient(before, after)
    except TimedOut:
        raise
    except (Undefined, Imprecise, Unsamplable, CannotDecide):
        return
    if not agree:
        raise Disagreement(f"two ways to differentiate disagree on a {type(term).__name__.lower()}")


def weighted(
    size: tuple[int, int], positions: Sequence[tuple[int, int]], slopes: Sequence[Matrix]
) -> tuple[fmpq_mat, Matrix]:
    """A step h with a weight at each position, no two the same, and Σ weight · slope, the derivative along h.

    A wrong partial derivative shows in the sum of all. The first slope that is not exact instead of the sum.
    """
    step = fmpq_mat(*size)
    total: Matrix | None = None
    for k, (position, slope) in enumerate(zip(positions, slopes, strict=True), 1):
        if type(slope) is not fmpq_mat:
            return step, slope
        weight = k * k + 1
        step[position] += weight
        part = scale(scalar(weight), slope)
        total = part if total is None else add(total, part)
    return step, zeros(1, 1) if total is None else total


def _is_rational(term: Term, structure: Structure) -> bool:
    """Whether the term is a rational function of the symbols in it as far as its operators tell."""
    return not any(_has_pieces(t) and _has_symbols(t, structure) for t in structure.subterms(term))


def _has_pieces(term: Term) -> bool:
    match term:
        case Apply(operator=name):
            operator = OPERATORS.get(name)
            return operator is None or operator.piecewise or not operator.smooth
        case Cases() | Condition() | Fold(kind="max" | "min"):
            return True
        case _:
            return False


def _has_symbols(term: Term, structure: Structure) -> bool:
    return not all(name.startswith("#") for name in structure.names(term))
