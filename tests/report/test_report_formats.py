"""The text formats, compared with what a reader should see."""

from __future__ import annotations

from dataclasses import replace

import pytest

from derivcheck.report.formats import FORMATS
from derivcheck.report.formats.concise import concise
from derivcheck.report.formats.full import full
from derivcheck.report.model import Place, Report, SlipReport, Verdict
from derivcheck.report.view import View

SUMMARY = (
    "Checked 1 file, 3 displays, 3 links: 1 proved, 1 refuted, 1 unknown (1 unsupported operator); "
    "1 display not read (1 unclosed group); 1 file could not be checked.\n"
)


def test_full_shows_the_line_the_carets_and_the_grounds(report: Report) -> None:
    assert full(report, View()) == (
        "error[DC102]: a transpose is missing\n"
        " --> notes/梯度.md:4:31\n"
        "  |\n"
        "4 | \\nabla_x\\, x^\\top A x = A x + A x\n"
        "  |                               ^\n"
        "  |                       -\n"
        "  |\n"
        "  = shapes: A: n × n (line 1); x: n × 1 (inferred)\n"
        "  = counterexample: n = 2, A = [[0, 1], [0, 0]], x = [1, 2], left = [2, 1], right = [4, 0] "
        "(they differ at row 1, column 1)\n"
        "  = did you mean: `A^\\top` instead of `A` (1 other edit also passes)\n"
        "  = assuming: denominator layout\n"
        "  = note: the shape of A comes from here (line 1)\n"
        "\n"
        "notes/梯度.md:9:1: note: unclosed `$$`\n" + SUMMARY
    )


def test_concise_is_one_line_per_finding(report: Report) -> None:
    assert concise(report, View()) == (
        "notes/梯度.md:4:31: DC102 a transpose is missing; did you mean `A^\\top` instead of `A`?\n"
        "notes/梯度.md:9:1: note: unclosed `$$`\n" + SUMMARY
    )


@pytest.mark.parametrize("name", ["full", "concise"])
def test_quiet_prints_findings_only(report: Report, name: str) -> None:
    text = FORMATS[name](report, View(quiet=True))
    assert "DC102" in text
    assert "Checked" not in text
    assert "unclosed" not in text


@pytest.mark.parametrize("name", ["full", "concise"])
def test_a_quiet_view_of_nothing_is_empty(name: str) -> None:
    assert FORMATS[name](Report(()), View(quiet=True)) == ""


def test_unknown_links_are_listed_on_request(report: Report) -> None:
    assert "8:12: unknown" not in full(report, View())
    text = full(report, View(show_unknown=True))
    assert "notes/梯度.md:8:12: unknown: unsupported operator: `\\aleph`\n" in text
    assert "notes/梯度.md:9:1: not read: unclosed group\n" in text


def test_statistics_count_by_rule_and_by_reason(report: Report) -> None:
    text = full(report, View(statistics=True))
    assert "Findings:\n  1  DC102 a transpose is missing or one too many\n" in text
    assert "Not decided:\n  1  unsupported operator\nNot read:\n  1  unclosed group\n" in text


def test_a_rule_that_is_not_selected_is_counted_but_not_shown(report: Report) -> None:
    text = full(report, View(ignore=("DC1",)))
    assert "error[" not in text
    assert "1 refuted" in text
    assert "1 finding of rules not selected" in text


def test_a_slip_is_a_finding_of_its_own(report: Report) -> None:
    file = report.files[0]
    slip = SlipReport("DC211", "the sum runs over `i`", Place(8, 4, 8, 5))
    slipped = Report((replace(file, equations=(replace(file.equations[1], slips=(slip,)),)),))
    assert "error[DC211]: the sum runs over `i`\n --> notes/梯度.md:8:4\n" in full(slipped, View())
    assert "notes/梯度.md:8:4: DC211 the sum runs over `i`\n" in concise(slipped, View())
    assert "; 1 slip" in full(slipped, View())
    assert "1  DC211" in full(slipped, View(statistics=True))
    assert "1 finding of rules not selected" in full(slipped, View(ignore=("DC21",)))


def with_link(report: Report, **changes: object) -> Report:
    file = report.files[0]
    equation = file.equations[0]
    link = replace(equation.links[0], **changes)  # type: ignore[arg-type]
    return Report((replace(file, equations=(replace(equation, links=(link,)),)),))


def test_a_suspect_is_shown_only_on_request(report: Report) -> None:
    suspicious = with_link(
        report, verdict=Verdict.UNKNOWN, suspect=True, rule=None, reason="hypothesis not used"
    )
    assert "counterexample" not in full(suspicious, View())
    shown = full(suspicious, View(suspects=True, show_unknown=True))
    assert shown.startswith("suspect: a transpose is missing\n")
    assert "counterexample" in shown
    assert "unknown: hypothesis not used" not in shown  # not twice
    assert concise(suspicious, View(suspects=True)).startswith("notes/梯度.md:4:31: suspect a transpose")


def test_carets_take_the_width_of_wide_characters(report: Report) -> None:
    file = replace(report.files[0], source="\n" * 7 + "梯度 = 矩阵 + A\n")
    link = replace(
        report.files[0].equations[0].links[0], place=Place(8, 4, 8, 5), caret=Place(8, 6, 8, 8), notes=()
    )
    wide = Report((replace(file, equations=(replace(file.equations[0], links=(link,)),)),))
    assert "8 | 梯度 = 矩阵 + A\n  |        ^^^^\n  |      -\n" in full(wide, View())


def test_colour_changes_nothing_but_colour(report: Report) -> None:
    import re

    colored = full(report, View(color=True))
    assert "\x1b[1;31merror[DC102]\x1b[0m" in colored
    assert re.sub(r"\x1b\[[\d;]*m", "", colored) == full(report, View())


def test_a_document_cannot_command_the_terminal(report: Report) -> None:
    evil = with_link(report, message="see \x1b[2J\u202ehere\x9b", lhs="\x1b]0;x\x07")
    evil = Report((replace(evil.files[0], path="a\x1b[31m.md", source="\n\n\n\x1b[2J = A x \u202e\r\n"),))
    for render in (full, concise):
        text = render(evil, View(show_unknown=True, statistics=True))
        assert not any(c in text for c in "\x1b\x9b\u202e\x07\r")


@pytest.mark.parametrize(
    "place", [Place(99, 1, 99, 5), Place(4, 900, 4, 905), Place(1, 1, 10**9, 3), Place(4, 5, 4, 5)]
)
def test_places_outside_the_source_do_no_harm(report: Report, place: Place) -> None:
    odd = with_link(report, caret=place, place=place, lhs_place=None, rhs_place=None)
    assert len(full(odd, View()).splitlines()) < 60
