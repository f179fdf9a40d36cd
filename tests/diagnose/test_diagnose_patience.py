"""Searches for repairs get shorter in a document in which they find nothing."""

from __future__ import annotations

import pytest

from derivcheck import check_text
from derivcheck.diagnose import patience
from derivcheck.diagnose.patience import Patience
from derivcheck.diagnose.repair import Limits

LONG = Limits().seconds


def test_it_wears_out_and_comes_back() -> None:
    worn = Patience()
    assert worn.allowed(LONG) == LONG
    worn.learn(2.0, found=False)
    assert worn.allowed(LONG) == LONG
    worn.learn(1.0, found=False)
    shorter = worn.allowed(LONG)
    assert shorter < LONG
    worn.learn(0.1, found=True)
    assert shorter < worn.allowed(LONG)


def test_it_never_ends() -> None:
    worn = Patience()
    worn.learn(1000.0, found=False)
    assert 0 < worn.allowed(LONG) < LONG / 10
    assert worn.allowed(0.001) == 0.001


def test_searches_of_a_document_share_it(monkeypatch: pytest.MonkeyPatch) -> None:
    """Claims that are false, and that no single edit mends."""
    seen: list[float] = []
    allowed = Patience.allowed

    def recorded(self: Patience, seconds: float) -> float:
        seen.append(allowed(self, seconds))
        return seen[-1]

    monkeypatch.setattr(Patience, "allowed", recorded)
    monkeypatch.setattr(patience, "_FREE", 0.0)
    false = "$$\n(A x + B y)^\\top (C x - B A y) = x^\\top A x + y^\\top B B x - y^\\top C A x\n$$\n\n"
    check_text("Let $A, B, C \\in \\mathbb R^{n\\times n}$, $x, y \\in \\mathbb R^n$.\n\n" + 3 * false, path="n.md")
    assert len(seen) > 1
    assert seen[-1] < seen[0]
