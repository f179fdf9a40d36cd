"""σ² among the arguments of a function that the text gives."""

from __future__ import annotations

import pytest

from derivcheck.pipeline import check_text

GIVEN = """Let $y_1, \\dots, y_m$ be real numbers, $a$ real and $\\tau > 0$.

$$
h(a, \\tau^2) = -m \\log\\tau - \\frac{1}{2\\tau^2} \\sum_{j=1}^m (y_j - a)^2
$$

%s
"""


def verdicts(formula: str) -> list[str]:
    text = GIVEN % f"$$\n{formula}\n$$"
    return [link.verdict.value for e in check_text(text, path="note.md").equations for link in e.links]


@pytest.mark.parametrize(
    ("formula", "holds"),
    [
        ("\\frac{\\partial h}{\\partial a} = \\frac{1}{\\tau^2} \\sum_{j=1}^m (y_j - a)", True),
        ("\\frac{\\partial h}{\\partial a} = \\frac{1}{\\tau} \\sum_{j=1}^m (y_j - a)", False),
        (
            "\\frac{\\partial h(a, \\tau^2)}{\\partial\\tau^2} = "
            "-\\frac{m}{2\\tau^2} + \\frac{1}{2\\tau^4}\\sum_{j=1}^m (y_j - a)^2",
            True,
        ),
        (
            "\\frac{\\partial h(a, \\tau^2)}{\\partial\\tau^2} = "
            "-\\frac{m}{\\tau^2} + \\frac{1}{2\\tau^4}\\sum_{j=1}^m (y_j - a)^2",
            False,
        ),
    ],
)
def test_the_letter_is_the_parameter(formula: str, holds: bool) -> None:
    first, second = verdicts(formula)
    assert first == "definition"
    assert second in ("proved", "verified") if holds else second == "refuted"


def test_other_arguments_are_as_they_are() -> None:
    first, second = verdicts("h(a, b) = -m \\log b - \\frac{1}{2b^2} \\sum_{j=1}^m (y_j - a)^2")
    assert "refuted" not in (first, second)  # h has τ² for an argument here, and b there


def test_a_function_that_no_equation_gives_keeps_its_argument() -> None:
    note = "Let $g$ be smooth.\n\n$$ s^2 = s g(s, t^2) $$\n"
    found = [link.verdict.value for e in check_text(note, path="note.md").equations for link in e.links]
    assert "refuted" not in found
