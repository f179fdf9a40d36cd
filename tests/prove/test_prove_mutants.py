from __future__ import annotations

import random
from collections.abc import Iterator
from itertools import islice

import pytest
from prove_identities import ALGEBRA, CALCULUS
from prove_mutants import mutants
from prove_numbers import Singular, gap

from derivcheck.prove.network import prove_network
from derivcheck.terms.term import Claim

SIZES = ({"m": 3, "n": 2, "p": 2, "q": 1, "r": 2}, {"m": 2, "n": 3, "p": 1, "q": 2, "r": 1})
DIFFERENT, SAME = 1e-3, 1e-5


def gaps(claim: Claim, points: int) -> Iterator[float]:
    for seed in range(points):
        try:
            yield gap(claim, random.Random(seed), SIZES[seed % len(SIZES)])
        except Singular:
            continue


@pytest.mark.parametrize("name", [*ALGEBRA, *CALCULUS])
def test_identities_hold_by_the_independent_evaluator(name: str) -> None:
    found = list(gaps({**ALGEBRA, **CALCULUS}[name], 6))
    assert found
    assert max(found) < SAME


def test_no_false_mutant_is_proved() -> None:
    false = 0
    for original in [*ALGEBRA.values(), *CALCULUS.values()]:
        for mutant in islice(mutants(original), 0, None, 4):
            proof = prove_network(mutant)
            if proof is None:
                false += 1
                continue
            found = list(gaps(mutant, 6))
            assert not found or max(found) < SAME, mutant
    assert false > 150
