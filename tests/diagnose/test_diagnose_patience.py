"""Searches for repairs get shorter in a document in which they find nothing."""

from __future__ import annotations

import pytest

from derivcheck import check_text
from derivcheck.diagnose.patience import Patience
from derivcheck.diagnose.repair import Limits

LONG = Limits().seconds


def test_it_wears_out_and_comes_back() -> None:
    patience = Patience()
    assert patience.allowed(LONG) == LONG
    patience.learn(0.5, found=False)
    shorter = patience.allowed(LONG)
    assert shorter < LONG
    patience.learn(0.1, found=True)
    assert shorter < patience.allowed(LONG) < LONG


def test_it_never_ends() -> None:
    patience = Patience()
    patience.learn(1000.0, found=False)
    assert 0 < patience.allowed(LONG) < LONG / 10
    assert patience.allowed(0.001) == 0.001


def test_searches_of_a_document_share_it(monkeypatch: pytest.MonkeyPatch) -> None:
    """Claims that are false, and that no single edit mends."""
    seen: list[float] = []
    allowed = Patience.allowed

    def recorded(self: Patience, seconds: float) -> float:
        seen.append(allowed(self, seconds))
        return seen[-1]

    monkeypatch.setattr(Patience, "allowed", recorded)
    false = "$$\n(A x + B y)^\\top (C x - B A y) = x^\\top A x + y^\\top B B x - y^\\top C A x\n$$\n\n"
    check_text("Let $A, B, C \\in \\mathbb R^{n\\times n}$, $x, y \\in \\mathbb R^n$.\n\n" + 3 * false, path="n.md")
    assert len(seen) > 1
    assert seen[-1] < seen[0]
