"""A second opinion on derivatives of rational functions that shares no rule with the dual numbers.

Over the p-adic integers f(X + pE) = f(X) + p Df(X)[E] + O(p²), so the quotient (f(X + pE) − f(X))/p, computed
without rounding over the rationals, is the derivative modulo p.
"""

from __future__ import annotations

from collections.abc import Callable

from flint import arb_mat, fmpq_mat, nmod_mat

from derivcheck.algebra.dual import Dual, Matrix
from derivcheck.algebra.errors import Imprecise, Undefined
from derivcheck.algebra.plain import to_exact

PRIME = 2**61 - 1


def reduce_mod(a: Matrix, p: int = PRIME) -> nmod_mat:
    """The entries modulo p; Undefined when p divides a denominator, Imprecise for balls with a radius."""
    exact = _exact(a)
    entries = []
    for x in exact.entries():
        numerator, denominator = int(x.p), int(x.q)
        if denominator % p == 0:
            raise Undefined("the prime divides a denominator")
        entries.append(numerator * pow(denominator, -1, p) % p)
    return nmod_mat(exact.nrows(), exact.ncols(), entries, p)


def quotient(before: Matrix, after: Matrix, p: int = PRIME) -> nmod_mat:
    """(after − before)/p modulo p: the derivative where the argument moved by p times the direction."""
    return reduce_mod((_exact(after) - _exact(before)) / p, p)


def difference_quotient(
    f: Callable[[fmpq_mat], Matrix], X: fmpq_mat, E: fmpq_mat, p: int = PRIME
) -> nmod_mat:
    """Df(X)[E] modulo p for a rational f and X, E without p in a denominator."""
    return quotient(f(X), f(X + E * p), p)


def second_difference_quotient(
    f: Callable[[fmpq_mat], Matrix], X: fmpq_mat, E: fmpq_mat, F: fmpq_mat, p: int = PRIME
) -> nmod_mat:
    """D²f(X)[E, F] modulo p: (f(X+pE+pF) − f(X+pE) − f(X+pF) + f(X))/p²."""
    corners = _exact(f(X + E * p + F * p)) - _exact(f(X + E * p)) - _exact(f(X + F * p)) + _exact(f(X))
    return reduce_mod(corners / p**2, p)


def _exact(a: Matrix) -> fmpq_mat:
    if isinstance(a, Dual):
        raise TypeError("the difference quotient is for plain matrices")
    exact = to_exact(a)
    if exact is None:
        assert type(a) is arb_mat
        raise Imprecise("not a rational value")
    return exact
