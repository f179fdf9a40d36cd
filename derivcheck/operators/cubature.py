"""A rule that integrates polynomials of degree 5 exactly against the standard normal density of n variables.

2n² + 1 points: the origin, ±√(n+2) e_i, and √((n+2)/2) (±e_i ± e_j) for i < j; weights 2/(n+2), (4−n)/(2(n+2)²) and
1/(n+2)². Stroud, Approximate Calculation of Multiple Integrals, 1971, E_n^{r²} 5-2.
"""

from __future__ import annotations

from fractions import Fraction
from itertools import combinations, product

from flint import fmpq

from derivcheck.algebra import matrix
from derivcheck.algebra.matrix import Matrix, Undefined
from derivcheck.operators.evaluation import signatures
from derivcheck.operators.record import Operator

_SOURCE = "Stroud, Approximate Calculation of Multiple Integrals, 1971, 8.9"


def _directions(n: int) -> tuple[tuple[int, ...], ...]:
    """The points up to their lengths: each coordinate is 0, 1 or −1, and at most two are not 0."""
    axes = [tuple(s if k == i else 0 for k in range(n)) for i in range(n) for s in (1, -1)]
    pairs = [
        tuple(s if k == i else t if k == j else 0 for k in range(n))
        for i, j in combinations(range(n), 2)
        for s, t in product((1, -1), repeat=2)
    ]
    return ((0,) * n, *axes, *pairs)


def _direction(k: int | None, n: int) -> tuple[int, ...]:
    directions = _directions(n)
    if k is None or not 1 <= k <= len(directions):
        raise Undefined("no such point of the rule")
    return directions[k - 1]


def _integer(a: Matrix) -> int | None:
    return matrix.to_integer(matrix.base(a))


def _point(args: tuple[Matrix, ...], dims: tuple[int, ...]) -> Matrix:
    """The k-th point, k counted from 1."""
    direction = _direction(_integer(args[0]), dims[0])
    square = Fraction(dims[0] + 2, max(1, sum(map(abs, direction))))
    length = matrix.elementwise("sqrt", matrix.scalar(square))
    return matrix.scale(length, matrix.from_entries(dims[0], 1, [fmpq(x) for x in direction]))


def _weight(args: tuple[Matrix, ...], dims: tuple[int, ...]) -> Matrix:
    """The weight of the k-th point among those of n variables."""
    n = _integer(args[1])
    if n is None or n < 1:
        raise Undefined("a number of variables")
    moved = sum(map(abs, _direction(_integer(args[0]), n)))
    weights = (Fraction(2, n + 2), Fraction(4 - n, 2 * (n + 2) ** 2), Fraction(1, (n + 2) ** 2))
    return matrix.scalar(weights[moved])


CUBATURE = (
    Operator(
        name="normal_point",
        signatures=signatures("()->(n,1)"),
        evaluate=_point,
        smooth=False,
        domain=(frozenset({"natural"}),),
        source=_SOURCE,
    ),
    Operator(
        name="normal_weight",
        signatures=signatures("(),()->()"),
        evaluate=_weight,
        smooth=False,
        domain=(frozenset({"natural"}), frozenset({"natural"})),
        source=_SOURCE,
    ),
)
