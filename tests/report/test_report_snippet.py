from __future__ import annotations

from derivcheck.report.model import Place
from derivcheck.report.snippet import MAX_COLUMNS, MAX_LINES, Mark, snippet


def test_a_mark_over_several_lines_skips_the_indentation() -> None:
    lines = ["a", "\\begin{align}", "  x &= y \\\\", "    &= z", "\\end{align}"]
    assert snippet(lines, [Mark(Place(3, 6, 4, 9))], color=False) == [
        "  |",
        "3 |   x &= y \\\\",
        "  |      ^^^^^^",
        "4 |     &= z",
        "  |     ^^^^",
        "  |",
    ]


def test_a_long_mark_is_shown_by_its_ends() -> None:
    lines = [f"row {n}" for n in range(1, 101)]
    shown = snippet(lines, [Mark(Place(1, 1, 100, 4))], color=False)
    numbers = [row.split("|")[0].strip() for row in shown if "row" in row]
    assert len(numbers) == MAX_LINES
    assert numbers[0] == "1"
    assert numbers[-1] == "100"
    assert "  …" in shown


def test_a_long_line_is_cut_around_its_mark() -> None:
    line = "x" * 3000 + "WRONG" + "y" * 3000
    _, text, carets, _ = snippet([line], [Mark(Place(1, 3001, 1, 3006))], color=False)
    assert len(text) <= MAX_COLUMNS + 10
    at = text.index("WRONG")
    assert carets[at : at + 5] == "^^^^^"
    assert carets.count("^") == 5


def test_a_mark_too_far_from_the_first_in_a_long_line_is_left_out() -> None:
    line = "x" * 300 + "WRONG" + "y" * 300 + "=" + "z" * 3000
    far = [Mark(Place(1, 301, 1, 306)), Mark(Place(1, 606, 1, 607), "-")]
    _, text, carets, _ = snippet([line], far, color=False)
    at = text.index("WRONG")
    assert carets[at : at + 5] == "^^^^^"
    earlier = [Mark(Place(1, 606, 1, 607)), Mark(Place(1, 301, 1, 306), "-")]
    _, text, carets, _ = snippet([line], earlier, color=False)
    assert text.index("=") == carets.index("^")


def test_tabs_take_one_cell_so_that_carets_stay_below() -> None:
    _, text, carets, _ = snippet(["\tA = B"], [Mark(Place(1, 4, 1, 5))], color=False)
    assert text.index("=") == carets.index("^")


def test_combining_marks_take_no_cell() -> None:
    _, _, carets, _ = snippet(["e\u0301 = 2"], [Mark(Place(1, 4, 1, 5))], color=False)
    assert carets == "  |   ^"
