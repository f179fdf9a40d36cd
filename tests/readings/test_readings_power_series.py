# ruff: noqa: E501 - a row per case reads better than wrapped formulas
"""Infinite sums of powers and sums that go on with dots are compared by their coefficients."""

from __future__ import annotations

import pytest
from checked import FINDINGS, PASSES

from derivcheck import check_text
from derivcheck.verdict import Verdict


def last(formula: str, words: str = "") -> Verdict:
    report = check_text(f"{words}\n\n$$\n{formula}\n$$\n", path="note.md")
    assert report.error is None
    return report.equations[-1].links[-1].verdict


TRUE = [
    r"\sum_{m=0}^\infty \frac{(-1)^m u^{2m+1}}{(2m+1)!} = \sin u",
    r"\sum_{m=1}^\infty m^2 u^m = \frac{u(1+u)}{(1-u)^3}",
    r"e^{-\mu} \sum_{m=0}^\infty \frac{\mu^m}{m!} = 1",
    r"\sum_{m=2}^\infty m(m-1) u^{m-2} = \frac{d^2}{du^2} \sum_{m=0}^\infty u^m",
    r"\sum_{m=0}^\infty M^m = (I - M)^{-1}",
    r"\sum_{m=0}^\infty \beta^m M^m = (I - \beta M)^{-1}",
    r"\sqrt{1+u} = 1 + \frac{u}{2} - \frac{u^2}{8} + \cdots",
    r"\cosh u = 1 + \frac{u^2}{2!} + \frac{u^4}{4!} + \dots",
    r"(I + M)^{-1} = I - M + M^2 - \dots",
]
FALSE = [
    r"\sum_{m=0}^\infty \frac{(-1)^m u^{2m+1}}{(2m)!} = \sin u",
    r"\sum_{m=1}^\infty m^2 u^m = \frac{u(1-u)}{(1-u)^3}",
    r"e^{-\mu} \sum_{m=1}^\infty \frac{\mu^m}{m!} = 1",
    r"\sum_{m=0}^\infty M^m = (I + M)^{-1}",
    r"\sqrt{1+u} = 1 + \frac{u}{2} + \frac{u^2}{8} + \cdots",
    r"\cosh u = 1 - \frac{u^2}{2!} + \frac{u^4}{4!} + \dots",
]


@pytest.mark.parametrize("formula", TRUE)
def test_equal_coefficients_verify(formula: str) -> None:
    assert last(formula) in PASSES


@pytest.mark.parametrize("formula", FALSE)
def test_different_coefficients_refute(formula: str) -> None:
    assert last(formula) in FINDINGS


@pytest.mark.parametrize(
    "formula",
    [
        r"\sum_{m=0}^\infty u^m = \frac{1-u^{m+1}}{1-u}",
        r"\sum_{m=0}^\infty u^m = \frac{1-u^{N}}{1-u}",
        r"\sum_{m=0}^\infty u^m = \sum_{m=0}^N u^m",
        r"\sum_{m=0}^\infty u^m = \frac{1-u^{9}}{1-u}",
        r"\sum_{m=1}^\infty \frac{1}{m^2} = \frac{\pi^2}{6}",
        r"s = a^2 + b^2 + c^2 + \dots",
    ],
)
def test_coefficients_out_of_reach_verify_nothing(formula: str) -> None:
    assert last(formula) not in PASSES


@pytest.mark.parametrize("formula", [r"\sum_{m=0}^\infty u^m = 5", r"3 = \sum_{m=1}^\infty m u^m"])
def test_a_series_with_a_given_sum_is_an_equation_to_solve(formula: str) -> None:
    assert last(formula) not in FINDINGS


@pytest.mark.parametrize("formula", [r"G(1/3) = \frac{3}{2}", r"G(1/3) = 5", r"G(1-s) = \frac1s", r"G(1+s) = G(s)"])
def test_a_series_is_cut_at_no_other_point_than_zero(formula: str) -> None:
    assert last(formula, "Let $G(s) = \\sum_{m=0}^\\infty s^m$.") not in FINDINGS


def test_a_generating_function_has_the_probabilities_as_coefficients() -> None:
    said = "Let $a_m = \\nu^m e^{-\\nu}/m!$."
    assert last(r"\sum_{m=0}^\infty a_m s^m = e^{\nu(s-1)}", said) in PASSES
    assert last(r"\sum_{m=0}^\infty a_m s^m = e^{\nu(s+1)}", said) in FINDINGS
