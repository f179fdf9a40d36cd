"""What moves with time by the words of the text, and what does not."""

from __future__ import annotations

import pytest

from derivcheck import check_text

_RULE = r"\frac{d}{dt}(a^\top b) = \dot a^\top b"


def verdict(words: str, formula: str) -> str:
    report = check_text(f"{words}\n\n$$\n{formula}\n$$\n", path="note.md")
    return report.equations[-1].links[-1].verdict.value


@pytest.mark.parametrize(
    "words",
    [
        "For $a, b \\in \\mathbb R^3$ that depend on time,",
        "Let $a, b \\in \\mathbb R^n$ vary with time.",
        "设 $a,b\\in\\mathbb R^n$ 是时间 $t$ 的函数。",
    ],
)
def test_functions_of_time_move(words: str) -> None:
    assert verdict(words, _RULE) == "refuted"
    assert verdict(words, _RULE + r" + a^\top\dot b") == "verified"


def test_what_is_called_constant_is_no_function_any_more() -> None:
    before = "Let $F(t)$ be a matrix that depends on $t$.\n\n$$\n\\frac{d}{dt} F^2 = \\dot F F + F \\dot F\n$$\n\n"
    assert verdict(before + "Let $y(t)$ solve $\\dot y = F y$ with constant $F$. Then", r"\ddot y = F \dot y") == "verified"


@pytest.mark.parametrize(("right", "said"), [("p - y", "verified"), ("p + y", "unknown")])
def test_softmax_is_of_a_vector(right: str, said: str) -> None:
    words = "Let $p = \\operatorname{softmax}(z)$ and $L = -\\sum_i y_i\\log p_i$ with $\\sum_i y_i=1$."
    assert verdict(words, rf"\frac{{\partial L}}{{\partial z}} = {right}") == said
