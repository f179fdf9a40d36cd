"""Sums and products over an index, and integers in terms."""

from __future__ import annotations

from collections.abc import Callable

from derivcheck.algebra.matrix import Matrix, Undefined, add, base, identity, mul, scalar, to_integer, zeros
from derivcheck.operators.extremes import maximum, minimum
from derivcheck.terms.term import Fold, Index, Number, Size, Term
from derivcheck.verify.condition import holds
from derivcheck.verify.environment import Environment, Evaluator
from derivcheck.verify.errors import TooLarge, Unsupported

MAX_ITERATIONS = 400
_COMBINE: dict[str, Callable[[Matrix, Matrix], Matrix]] = {
    "sum": add,
    "product": mul,
    "max": maximum,
    "min": minimum,
}


def integer(term: Term, env: Environment, evaluate: Evaluator) -> int:
    """The integer value of a scalar term; Undefined when it is none."""
    match term:
        case Number() if term.value.denominator == 1:
            return term.value.numerator
        case Index():
            return env.index(term.name)
        case Size():
            return term.dim.value(env.point.dims)
        case _:
            value = to_integer(base(evaluate(term, env)))
            if value is None:
                raise Undefined("an index or bound that is no integer")
            return value


def fold(term: Fold, env: Environment, evaluate: Evaluator) -> Matrix:
    """Σ, Π, max or min of the body over lower ≤ index ≤ upper where the condition holds; empty: 0, 1, undefined.

    Products multiply from left to right. Raises TooLarge over the cap on iterations.
    """
    lower, upper = integer(term.lower, env, evaluate), integer(term.upper, env, evaluate)
    if upper - lower >= MAX_ITERATIONS:
        raise TooLarge(f"{upper - lower + 1} iterations")
    combine = _COMBINE.get(term.kind)
    if combine is None:
        raise Unsupported(f"a {term.kind} over an index")
    total: Matrix | None = None
    for value in range(lower, upper + 1):
        bound = env.with_index(term.index, value)
        if term.condition is not None and not holds(term.condition, bound, evaluate):
            continue
        item = evaluate(term.body, bound)
        total = item if total is None else combine(total, item)
    return _empty(term, env) if total is None else total


def _empty(term: Fold, env: Environment) -> Matrix:
    rows, columns = (d.value(env.point.dims) for d in term.shape)
    if term.kind in ("max", "min"):
        raise Undefined(f"the {term.kind} of nothing")
    if term.kind == "sum":
        return zeros(rows, columns)
    return identity(rows) if rows > 1 else scalar(1)
