"""Integrals of polynomials, of any shape and exact: the closed Newton–Cotes rule with enough nodes."""

from __future__ import annotations

from fractions import Fraction
from functools import lru_cache

from derivcheck.algebra.matrix import Matrix, add, neg, scalar, scale
from derivcheck.terms.term import Integral
from derivcheck.verify.environment import Environment, Evaluator


def newton_cotes(
    term: Integral, lower: Matrix, upper: Matrix, degree: int, env: Environment, evaluate: Evaluator
) -> Matrix:
    """∫_a^b p(t) dt = (b − a) Σ_k w_k p(a + (b − a) k/n), exact for every p of degree ≤ n (Abramowitz & Stegun 25.4).

    All that the integrand and the bounds depend on may vary: the rule is differentiated as it stands.
    """
    width = add(upper, neg(lower))
    total: Matrix | None = None
    for k, weight in enumerate(weights(max(1, degree))):
        node = add(lower, scale(scalar(Fraction(k, max(1, degree))), width))
        value = evaluate(term.body, env.with_value((term.key, ()), node, env.level))
        part = scale(scalar(weight), value)
        total = part if total is None else add(total, part)
    assert total is not None
    return scale(width, total)


@lru_cache(maxsize=32)
def weights(n: int) -> tuple[Fraction, ...]:
    """∫_0^1 ℓ_k(s) ds of the Lagrange polynomials ℓ_k at the nodes 0, 1/n, …, 1."""
    return tuple(_integrated(_lagrange(k, n)) for k in range(n + 1))


def _lagrange(k: int, n: int) -> list[Fraction]:
    """Coefficients of Π_{j≠k} (ns − j)/(k − j), lowest power first."""
    out = [Fraction(1)]
    for j in range(n + 1):
        if j == k:
            continue
        shifted = [Fraction(0), *(n * c for c in out)]
        lowered = [*(-j * c for c in out), Fraction(0)]
        out = [(a + b) / (k - j) for a, b in zip(shifted, lowered, strict=True)]
    return out


def _integrated(coefficients: list[Fraction]) -> Fraction:
    return sum((c / (p + 1) for p, c in enumerate(coefficients)), Fraction(0))
