"""The search for a repair, seen from the judge."""

from __future__ import annotations

import pytest

from derivcheck.diagnose import repair
from derivcheck.pipeline import check_text
from derivcheck.verify.errors import TimedOut

FALSE = "Let $A$ and $B$ be $n\\times n$ matrices.\n\n$$\n(A B)^\\top = A^\\top B^\\top\n$$\n"


def test_a_search_that_takes_too_long_leaves_the_finding(monkeypatch: pytest.MonkeyPatch) -> None:
    def late(*_: object) -> None:
        raise TimedOut("the deadline of the claim passed")

    monkeypatch.setattr(repair, "diagnose", late)
    (found,) = check_text(FALSE, path="note.md").equations[0].links
    assert found.verdict.value == "refuted" and found.repair is None
