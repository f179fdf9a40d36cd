# ruff: noqa: E501 - a row per case reads better than wrapped notes
"""A finding without an edit needs a text that was understood."""

from __future__ import annotations

import pytest

from derivcheck import check_text
from derivcheck.report.model import LinkReport
from derivcheck.verdict import Verdict

UNREAD = "".join(f"$$\n\\mathcal{{Q}}_{{{k}}}[\\psi] = \\langle \\psi | {k} \\rangle_{{\\Xi}}\n$$\n\n" for k in range(14))
SHOWN = "Clearly\n\n$$\n\\operatorname{tr}(F G) = \\operatorname{tr}(G F)\n$$\n\n"
TOLD = "Let $F, G \\in \\mathbb R^{n\\times n}$.\n\n"
FALSE = "Hence\n\n$$\n\\operatorname{tr}(F G F) = \\operatorname{tr}(F)\\operatorname{tr}(G)\n$$\n"
CLASH = "Let $Q \\in \\mathbb{R}^{n \\times n}$ be symmetric.\n\n$$\nQ = \\min_{u \\ne 0} \\frac{u^\\top Q u}{u^\\top u}\n$$\n"


def last(note: str) -> LinkReport:
    report = check_text(note, path="note.md")
    assert report.error is None
    return report.equations[-1].links[-1]


def test_what_nothing_supports_is_undecided_and_told_on_request() -> None:
    link = last(UNREAD + FALSE)
    assert link.verdict is Verdict.UNKNOWN
    assert link.suspect


@pytest.mark.parametrize("before", ["", TOLD, SHOWN, UNREAD + TOLD, UNREAD + SHOWN, SHOWN + UNREAD])
def test_a_short_note_shapes_and_what_holds_are_support(before: str) -> None:
    assert last(before + FALSE).verdict is Verdict.REFUTED


def test_an_edit_needs_no_support() -> None:
    link = last(UNREAD + "Hence\n\n$$\n(F G)^\\top = F^\\top G^\\top\n$$\n")
    assert link.verdict is Verdict.REFUTED
    assert link.repair is not None


def test_what_holds_later_supports_as_well() -> None:
    links = [x for e in check_text(UNREAD + FALSE + "\n" + SHOWN, path="note.md").equations for x in e.links]
    assert links[-2].verdict is Verdict.REFUTED


def test_what_is_said_without_being_claimed_needs_an_edit() -> None:
    assert last(CLASH).verdict is Verdict.ILL_SHAPED
    assert last(UNREAD + SHOWN + CLASH).verdict is not Verdict.ILL_SHAPED
