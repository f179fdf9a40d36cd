from __future__ import annotations

import pytest
from prove_identities import ALGEBRA, CALCULUS

from derivcheck.prove.network import prove_network


@pytest.mark.parametrize("name", [*ALGEBRA, *CALCULUS])
def test_true_identities_are_proved(name: str) -> None:
    proof = prove_network({**ALGEBRA, **CALCULUS}[name])
    assert proof is not None
    assert proof.method == "tensor network"
