"""What a note is checked to: for tests that ask for verdicts only."""

from __future__ import annotations

from derivcheck import check_text
from derivcheck.report.model import LinkReport
from derivcheck.verdict import Verdict

PASSES = frozenset({Verdict.PROVED, Verdict.VERIFIED})
FINDINGS = frozenset({Verdict.REFUTED, Verdict.ILL_SHAPED})


def links(text: str, path: str = "note.md") -> list[LinkReport]:
    """All links of a note, in order."""
    report = check_text(text, path=path)
    assert report.error is None
    return [link for equation in report.equations for link in equation.links]


def verdicts(text: str, path: str = "note.md") -> list[Verdict]:
    return [link.verdict for link in links(text, path)]


def last_verdicts(text: str, path: str = "note.md") -> list[Verdict]:
    """The verdicts of the last display."""
    report = check_text(text, path=path)
    assert report.error is None
    return [link.verdict for link in report.equations[-1].links]


def last(words: str, formula: str) -> LinkReport:
    """The last link of a note that ends with a formula."""
    return links(f"{words}\n\n$$\n{formula}\n$$\n")[-1]
