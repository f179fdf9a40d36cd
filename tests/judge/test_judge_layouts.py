# ruff: noqa: E501 - a row per case reads better than wrapped notes
"""The layout of a document: declared by words or by an equation, or the one that its equations have in common."""

from __future__ import annotations

import pytest

from derivcheck import check_text
from derivcheck.report.model import FileReport, LinkReport, Note
from derivcheck.verdict import Verdict

SHAPES = "Let $A$ be $m\\times n$, $B$ be $k\\times n$, $a, x\\in\\mathbb R^n$, $y\\in\\mathbb R^m$ and $X$ be $p\\times q$, $C$ be $q\\times p$."
PASSES = (Verdict.PROVED, Verdict.VERIFIED)


def checked(*parts: str) -> FileReport:
    """A note with a paragraph for each part; what is no prose stands as a display."""
    blocks = (f"$$\n{p}\n$$" if p.startswith(("\\", "(")) or "= " in p else p for p in parts)
    return check_text("\n\n".join((SHAPES, *blocks)) + "\n", path="note.md")


def links(report: FileReport) -> list[LinkReport]:
    assert report.error is None
    return [link for equation in report.equations for link in equation.links]


def notes(report: FileReport) -> list[tuple[int, Note]]:
    return [(i, n) for i, link in enumerate(links(report)) for n in link.notes if n.rule == "DC302"]


def d(of: str, by: str) -> str:
    return f"\\frac{{\\partial {of}}}{{\\partial {by}}}"


ROWS, COLUMNS = d("Ax", "x") + " = A", d("Bx", "x") + " = B^\\top"
ROW, COLUMN = d("a^\\top x", "x") + " = a^\\top", d("x^\\top x", "x") + " = 2x"
LIKE, UNLIKE = (d("\\operatorname{tr}(CX)", "X") + right for right in (" = C^\\top", " = C"))
NEUTRAL = d("Ax", "x^\\top") + " = A"


@pytest.mark.parametrize(
    "equations",
    [
        (ROWS, ROW, UNLIKE),  # numerator layout
        (COLUMNS, COLUMN, LIKE),  # denominator layout
        (ROWS, COLUMN, LIKE),  # a gradient is a column, a Jacobian has one row per output
        (NEUTRAL, COLUMNS, NEUTRAL),
        (ROWS, "\\nabla_x (a^\\top x) = a", ROW),  # ∇ has a convention of its own
        (d("f(x)", "x") + " = \\left(" + d("f(x)", "x^\\top") + "\\right)^\\top", COLUMN),
    ],
)
def test_a_coherent_text_has_nothing_to_remark(equations: tuple[str, ...]) -> None:
    report = checked(*equations)
    assert all(link.verdict in PASSES for link in links(report))
    assert not notes(report)


@pytest.mark.parametrize(
    ("equations", "odd", "other"),
    [
        ((ROWS, COLUMNS), 1, 0),
        ((COLUMNS, ROWS, NEUTRAL, ROWS), 0, 1),  # the majority is right
        ((ROW, COLUMN, ROWS, UNLIKE), 1, 0),
        ((COLUMN, COLUMNS, UNLIKE), 2, 0),
        ((COLUMN, ROWS, "\\nabla_x (x^\\top x) = 2x", "\\nabla_x (a^\\top x) = a^\\top"), 3, 2),
    ],
)
def test_a_text_that_mixes_layouts_is_told_both_places(equations: tuple[str, ...], odd: int, other: int) -> None:
    report = checked(*equations)
    found = links(report)
    assert all(link.verdict in PASSES for link in found)
    ((at, note),) = notes(report)
    assert at == odd
    assert note.place is not None
    assert note.place.line == found[other].place.line


def test_a_link_that_alone_wants_another_shape_is_doubted() -> None:
    report = checked("Let $Y$ be an invertible $p\\times p$ matrix.", LIKE, d("\\log|\\det Y|", "Y") + " = Y^{-1}", LIKE)
    first, odd, third = links(report)
    ((at, note),) = notes(report)
    assert at == 1 and note.place is not None and note.place.line == first.place.line
    assert (odd.verdict, odd.reason) == (Verdict.UNKNOWN, "ambiguous")
    assert first.verdict in PASSES and third.verdict in PASSES


def test_a_text_that_compares_layouts_is_not_told_that_it_mixes_them() -> None:
    assert notes(checked("Here:", ROWS, COLUMNS))
    assert not notes(checked("In numerator layout:", ROWS, "In denominator layout:", COLUMNS))


def test_what_a_link_asks_of_the_layout_is_part_of_its_reading() -> None:
    (link,) = links(checked(COLUMNS))
    assert link.reading == ("∂y/∂x has one row per entry of x (denominator layout)",)
    (link,) = links(checked(NEUTRAL))
    assert link.reading == ()


ENTRIES = "\\left[" + d("y", "x") + "\\right]_{ij} = "
DEFINED = [
    (ENTRIES + d("y_i", "x_j"), ROWS, COLUMNS),
    (ENTRIES + d("y_j", "x_i"), COLUMNS, ROWS),
    ("\\left(" + d("f", "X") + "\\right)_{ij} = " + d("f", "X_{ij}"), LIKE, UNLIKE),
    ("\\left(" + d("f", "X") + "\\right)_{ij} = " + d("f", "x_{ji}"), UNLIKE, LIKE),
    (f"{d('f', 'x')} = \\begin{{bmatrix}} {d('f', 'x_1')} & \\cdots & {d('f', 'x_n')} \\end{{bmatrix}}", ROW, COLUMN),
    (f"{d('f', 'x')} = \\left({d('f', 'x_1')}, \\ldots, {d('f', 'x_n')}\\right)^\\top", COLUMN, ROW),
    (
        f"{d('y', 'x')} = \\begin{{pmatrix}} {d('y_1', 'x_1')} & \\cdots & {d('y_m', 'x_1')} \\\\ \\vdots & & \\vdots \\\\ {d('y_1', 'x_n')} & \\cdots & {d('y_m', 'x_n')} \\end{{pmatrix}}",
        COLUMNS,
        ROWS,
    ),
]


@pytest.mark.parametrize(("definition", "right", "wrong"), DEFINED)
def test_an_equation_can_declare_a_layout(definition: str, right: str, wrong: str) -> None:
    first, holds, fails = links(checked(definition, right, wrong))
    assert not first.verdict.is_finding
    assert holds.verdict in PASSES
    assert (fails.verdict.is_finding, fails.rule) == (True, "DC301")
    assert fails.notes[0].place is not None  # where it was declared


def test_definitions_that_contradict_each_other_declare_nothing() -> None:
    report = checked(*(definition for definition, _, _ in DEFINED[:2]), ROWS, COLUMNS)
    assert not any(link.verdict.is_finding for link in links(report))


@pytest.mark.parametrize("said", ["We use the numerator layout.", "本文采用分子布局。", "我们用分子布局，而不是分母布局。"])
@pytest.mark.parametrize("definition", [DEFINED[k][0] for k in (1, 2, 5, 6)])
def test_the_definition_of_another_layout_is_no_mistake(said: str, definition: str) -> None:
    (link,) = links(checked(said, definition))
    assert link.verdict is Verdict.DEFINITION


DECLARED = [
    ("We use numerator layout.", ROWS, COLUMNS),
    ("Layout: denominator.", COLUMNS, ROWS),
    ("We use numerator layout rather than denominator layout.", ROWS, COLUMNS),
    ("There are numerator layout and denominator layout; we use the latter.", COLUMNS, ROWS),
    ("求导按分母布局进行。", COLUMNS, ROWS),
    ("分子布局与分母布局是两种常见约定，本文采用前者。", ROWS, COLUMNS),
    ("We use a mixed layout.", COLUMN, ROW),
    ("Here we use *numerator layout*, while a well-known tool seems to use mixed layout.", ROW, COLUMN),
    ("采用混合布局：梯度为列向量，向量对向量求导用分子布局。", COLUMN, ROW),
    ("We use denominator layout.\n\n## Later\n\nFrom here on we use numerator layout.", ROWS, COLUMNS),
]


@pytest.mark.parametrize(("said", "right", "wrong"), DECLARED)
def test_words_declare_a_layout(said: str, right: str, wrong: str) -> None:
    holds, fails = links(checked(said, right, wrong))
    assert holds.verdict in PASSES
    assert (fails.verdict.is_finding, fails.rule) == (True, "DC301")
    assert fails.repair is not None


def test_a_jacobian_by_name_is_laid_out_as_its_definition() -> None:
    first, second = links(checked(f"J := {d('Ax', 'x')}", "J = A^\\top"))
    assert (first.verdict, second.verdict) == (Verdict.DEFINITION, Verdict.PROVED)
