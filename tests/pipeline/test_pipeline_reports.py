"""The whole flow: determinism, isolation of failures, included files, exact positions, the JSON of a note."""

from __future__ import annotations

import json
from pathlib import Path

import pytest

from derivcheck import pipeline
from derivcheck.config import Options
from derivcheck.judge import course
from derivcheck.pipeline import check_paths, check_text, explain
from derivcheck.report.formats.json import json as as_json
from derivcheck.report.model import FileReport, LinkReport, Place
from derivcheck.report.view import View

TRUE = "$$\n(AB)^\\top = B^\\top A^\\top\n$$\n"
FALSE = "$$\n(AB)^\\top = A^\\top B^\\top\n$$\n"


def links(report: FileReport) -> list[LinkReport]:
    return [link for equation in report.equations for link in equation.links]


def source(text: str, place: Place | None) -> str:
    """The characters that a place on one line covers."""
    assert place is not None and place.line == place.end_line
    return text.splitlines()[place.line - 1][place.column - 1 : place.end_column - 1]


def written(folder: Path, **notes: str) -> list[Path]:
    paths = []
    for name, text in notes.items():
        path = folder / f"{name}.md"
        path.write_text(text, encoding="utf-8")
        paths.append(path)
    return paths


# -- determinism and isolation --------------------------------------------------------------------------------


def test_the_same_report_for_any_number_of_jobs(tmp_path: Path) -> None:
    paths = written(tmp_path, one=TRUE + FALSE, two=FALSE, three="No mathematics.\n")
    options = Options(root=tmp_path)
    alone, together = (check_paths(paths, options=options, jobs=jobs) for jobs in (1, 2))
    assert alone == together
    assert [file.path for file in alone.files] == [str(p) for p in paths]


def test_a_note_is_judged_alike_every_time() -> None:
    assert check_text(TRUE + FALSE, path="note.md") == check_text(TRUE + FALSE, path="note.md")


def test_a_crash_in_one_file_leaves_the_others(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    paths = written(tmp_path, broken="CRASH\n", sound=FALSE)
    check = pipeline.check_document

    def failing(text: str, **rest: object) -> FileReport:
        if "CRASH" in text:
            raise ZeroDivisionError("on purpose")
        return check(text, **rest)  # type: ignore[arg-type]

    monkeypatch.setattr(pipeline, "check_document", failing)
    broken, sound = check_paths(paths, options=Options(root=tmp_path)).files
    assert broken.error is not None and broken.error.kind == "ZeroDivisionError" and not broken.equations
    assert sound.error is None and [link.verdict.value for link in links(sound)] == ["refuted"]


def test_a_crash_in_one_link_leaves_the_others(monkeypatch: pytest.MonkeyPatch) -> None:
    judge = course.judge
    calls: list[int] = []

    def failing(*arguments: object) -> object:
        calls.append(1)
        if len(calls) == 1:
            raise ZeroDivisionError("on purpose")
        return judge(*arguments)  # type: ignore[arg-type]

    monkeypatch.setattr(course, "judge", failing)
    report = check_text("$$\n2 + 2 = 4\n$$\n\n" + FALSE, path="note.md")
    first, second = links(report)
    assert (first.verdict.value, first.reason) == ("unknown", "internal error")
    assert second.verdict.value == "refuted"


def test_a_missing_file_is_told(tmp_path: Path) -> None:
    (file,) = check_paths([tmp_path / "none.md"]).files
    assert not file.equations and (file.error is not None or file.problems)


def test_a_file_that_is_too_large_is_told(tmp_path: Path) -> None:
    (path,) = written(tmp_path, big=FALSE * 10)
    (file,) = check_paths([path], options=Options(max_bytes=20)).files
    assert not file.equations and (file.error is not None or file.problems)


def test_past_the_deadline_links_are_unknown() -> None:
    report = check_text(TRUE + FALSE, path="note.md", options=Options(deadline=1e-9))
    assert {(link.verdict.value, link.reason) for link in links(report)} == {("unknown", "timeout")}


# -- included files -------------------------------------------------------------------------------------------


def test_an_included_file_is_checked_under_its_own_name(tmp_path: Path) -> None:
    (tmp_path / "part.tex").write_text("Text.\n\n\\[ (AB)^\\top = A^\\top B^\\top \\]\n", encoding="utf-8")
    main = tmp_path / "main.tex"
    body = "\\begin{document}\n\\input{part}\n\\[ 2 + 2 = 4 \\]\n\\end{document}\n"
    main.write_text("\\documentclass{article}\n" + body, encoding="utf-8")
    (file,) = check_paths([main], options=Options(root=tmp_path)).files
    inner, outer = file.equations
    assert inner.path is not None and inner.path.endswith("part.tex") and inner.place.line == 3
    assert outer.path is None and outer.place.line == 4
    assert [link.verdict.is_finding for link in links(file)] == [True, False]


def test_nothing_outside_the_root_is_read(tmp_path: Path) -> None:
    (tmp_path / "secret.tex").write_text("\\[ 1 = 2 \\]\n", encoding="utf-8")
    inside = tmp_path / "inside"
    inside.mkdir()
    main = inside / "main.tex"
    main.write_text("\\input{../secret}\n\\[ 2 + 2 = 4 \\]\n", encoding="utf-8")
    (file,) = check_paths([main], options=Options(root=inside)).files
    assert len(file.equations) == 1


# -- positions ------------------------------------------------------------------------------------------------

PREFIXED = [
    ("note.md", "Text.\n\n$$\n(AB)^\\top = A^\\top B^\\top\n$$\n"),
    ("note.md", "日本語の文。\n\n$$ (AB)^\\top = A^\\top B^\\top $$\n"),
    ("note.md", "> Quoted.\n>\n> $$\n> (AB)^\\top = A^\\top B^\\top\n> $$\n"),
    ("note.md", "- An item\n\n  $$\n  (AB)^\\top = A^\\top B^\\top\n  $$\n"),
    ("note.md", "```{math}\n(AB)^\\top = A^\\top B^\\top\n```\n"),
    ("note.tex", "\\[ (AB)^\\top = A^\\top B^\\top \\] % a comment\n"),
    ("note.tex", "\\begin{align}\n  (AB)^\\top &= A^\\top B^\\top\n\\end{align}\n"),
]


@pytest.mark.parametrize(("path", "text"), PREFIXED)
def test_places_are_exact(path: str, text: str) -> None:
    (found,) = links(check_text(text, path=path))
    assert source(text, found.place).strip("&") == "="
    assert source(text, found.lhs_place).strip() == "(AB)^\\top"
    assert source(text, found.rhs_place).strip() == "A^\\top B^\\top"
    assert found.repair is not None and source(text, found.repair.place) == found.repair.old


def test_places_through_macros_are_those_of_the_call() -> None:
    text = "\\newcommand{\\tp}{^\\top}\n\\[ (AB)\\tp = A\\tp B\\tp \\]\n"
    (found,) = links(check_text(text, path="note.tex"))
    assert found.verdict.value == "refuted"
    assert source(text, found.rhs_place).strip() == found.rhs == "A\\tp B\\tp"


def test_the_place_of_a_display_holds_its_delimiters() -> None:
    report = check_text("One.\n\n$$\n1 + 1 = 2\n$$\n", path="note.md")
    assert report.equations[0].place == Place(3, 1, 5, 3)


# -- the report -----------------------------------------------------------------------------------------------


def test_relations_are_counted_over_the_display_and_the_chain() -> None:
    (equation,) = check_text("$$\n1 + 1 = 2 = 3 - 1, \\qquad 2 + 2 = 4\n$$\n", path="note.md").equations
    assert [(link.index, link.chain, link.chain_link) for link in equation.links] == [(0, 0, 0), (1, 0, 1), (2, 1, 0)]


def test_the_json_of_a_note(tmp_path: Path) -> None:
    (path,) = written(tmp_path, note="Let $A, B$ be $n\\times n$.\n\n" + TRUE + "\n" + FALSE)
    found = json.loads(as_json(check_paths([path], options=Options(root=tmp_path)), View()))
    assert found["schema"] == "derivcheck/1"
    first, second = found["files"][0]["equations"]
    assert (first["index"], first["line"], first["end_line"]) == (1, 3, 5)
    assert first["links"][0]["verdict"] == "proved"
    wrong = second["links"][0]
    assert (wrong["verdict"], wrong["rule"], wrong["line"], wrong["column"]) == ("refuted", "DC104", 8, 11)
    assert (wrong["lhs"], wrong["rhs"], wrong["relation"]) == ("(AB)^\\top", "A^\\top B^\\top", "=")
    assert wrong["repair"]["new"] == "B^\\top A^\\top"


def test_explain_tells_how_a_display_was_read() -> None:
    told = explain("Let $A \\in \\mathbb R^{m\\times n}$.\n\n$$\nA + A = 3A\n$$\n", path="note.md", line=4)
    assert "A" in told and "m×n" in told.replace(" ", "") and "refuted" in told
