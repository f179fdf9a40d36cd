"""False in general, true under one usual hypothesis."""

from __future__ import annotations

import pytest
from diagnose_cases import case

from derivcheck.diagnose.hypotheses import missing_hypothesis

CLAIMS = [
    (r"\nabla_x\, x^\top A x = 2Ax", ("A",), "symmetric"),
    (r"(A+B)(A-B) = A^2 - B^2", ("A", "B"), "commuting"),
    (r"(I - uu^\top)^2 = I - uu^\top", ("u",), "unit"),
    (r"\det(PP^\top) = \det(P^\top P)", ("P",), "square"),
    (r"\sqrt{s^2} = s", ("s",), "positive"),
    (r"(AB)^2 = A^2B^2", ("A", "B"), "commuting"),
    (r"(AB)^\top = BA", ("A", "B"), "symmetric"),
    (r"(I - A)^2 = I - A", ("A",), "idempotent"),
    (r"B^\top A^{-1}B = B^{-1}A^{-1}B", ("B",), "orthogonal"),
]
GENERAL = r"""Let $A, B$ be $n\times n$ matrices, $P$ an $m\times n$ matrix,
$u, x \in \mathbb{R}^n$ and $s \in \mathbb{R}$."""


@pytest.mark.parametrize(("equation", "keys", "words"), CLAIMS)
def test_the_hypothesis_is_named(equation: str, keys: tuple[str, ...], words: str) -> None:
    found = case(equation, GENERAL)
    hypothesis = missing_hypothesis(found.question, found.settled)
    assert hypothesis is not None
    assert (hypothesis.keys, hypothesis.words, hypothesis.stated) == (keys, words, False)


@pytest.mark.parametrize("condition", [r"A^\top = A", r"AB = BA", r"A^2 = A", r"A^\top A = I"])
def test_a_condition_states_its_own_hypothesis(condition: str) -> None:
    found = case(condition, GENERAL)
    hypothesis = missing_hypothesis(found.question, found.settled)
    assert hypothesis is not None and hypothesis.stated


@pytest.mark.parametrize("false", [r"\operatorname{tr}(AB) = \operatorname{tr}(A) + 1", r"A + B = 2A"])
def test_no_hypothesis_helps(false: str) -> None:
    found = case(false, GENERAL)
    assert missing_hypothesis(found.question, found.settled) is None


def test_a_true_claim_misses_none() -> None:
    found = case(r"\operatorname{tr}(AB) = \operatorname{tr}(BA)", GENERAL)
    assert missing_hypothesis(found.question, found.settled) is None
