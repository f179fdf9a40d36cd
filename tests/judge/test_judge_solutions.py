"""Values of symbols that solve the equation before them, and values stated in words."""

from __future__ import annotations

import pytest

from derivcheck.pipeline import check_text

NORMAL = """Let $X \\in \\mathbb R^{n\\times p}$ and $y \\in \\mathbb R^n$. Setting the gradient to zero,

$$
X^\\top (X\\beta - y) = 0
$$

%s

$$
%s
$$
"""
VALUE = "(X^\\top X)^{-1} X^\\top y"


def verdicts(note: str) -> list[str]:
    return [link.verdict.value for e in check_text(note, path="note.md").equations for link in e.links]


@pytest.mark.parametrize(
    ("words", "latex", "expected"),
    [
        ("and so", f"\\beta = {VALUE}", "verified"),
        ("The solution is", f"\\beta = {VALUE}", "verified"),
        ("and so", f"\\beta = 2{VALUE}", "refuted"),
        ("We let", f"\\beta = {VALUE}", "definition"),
        ("and so", f"\\gamma = {VALUE}", "definition"),
    ],
)
def test_a_value_is_put_into_the_equation(words: str, latex: str, expected: str) -> None:
    assert verdicts(NORMAL % (words, latex)) == ["assumption", expected]


@pytest.mark.parametrize(
    ("words", "latex", "expected"),
    [
        ("If $x = 2$ then", "x^2 + 1 = 5", "proved"),
        ("If $x = 2$ then", "x^2 + 1 = 6", "assumption"),
        ("When $n = 3$,", "\\sum_{k=1}^n k = 6", "verified"),
        ("Some numbers:", "x^2 + 1 = 5", "assumption"),
    ],
)
def test_a_value_stated_in_words_may_verify(words: str, latex: str, expected: str) -> None:
    assert verdicts(f"{words}\n\n$$\n{latex}\n$$\n") == [expected]


def test_a_solution_of_another_kind_is_no_slip() -> None:
    said = "Let $A \\in \\mathbb R^{m\\times n}$ have full column rank and $b \\in \\mathbb R^m$. We want to solve"
    words = "In general there is none. The least squares solution is"
    note = f"{said}\n\n$$\nAx = b\n$$\n\n{words}\n\n$$\nx = (A^\\top A)^{{-1}} A^\\top b\n$$\n"
    assert verdicts(note) == ["assumption", "definition"]
