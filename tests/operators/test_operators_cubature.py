"""The rule for the standard normal density: moments up to degree 5."""

from itertools import product
from math import prod

import pytest
from flint import arb

from derivcheck.algebra.matrix import scalar, to_ball
from derivcheck.operators.table import OPERATORS

_MOMENTS = (1, 0, 1, 0, 3, 0)  # E ξ^k


@pytest.mark.parametrize("n", [1, 2, 3, 4])
def test_moments(n: int) -> None:
    point, weight = OPERATORS["normal_point"].evaluate, OPERATORS["normal_weight"].evaluate
    rule = []
    for k in range(1, 2 * n * n + 2):
        place = to_ball(point((scalar(k),), (n,)))
        rule.append((to_ball(weight((scalar(k), scalar(n)), ()))[0, 0], [place[i, 0] for i in range(n)]))
    for powers in product(range(6), repeat=n):
        if sum(powers) <= 5:
            found = sum(
                (w * prod((x**p for x, p in zip(place, powers, strict=True)), start=arb(1)) for w, place in rule),
                arb(0),
            )
            assert found.overlaps(arb(prod(_MOMENTS[p] for p in powers))), powers
            assert found.rad() < 1e-12
