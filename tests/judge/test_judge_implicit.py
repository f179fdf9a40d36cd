# ruff: noqa: E501 - a row per case reads better than wrapped notes
"""Equations that a text differentiates."""

from __future__ import annotations

import pytest

from derivcheck import check_text
from derivcheck.report.model import LinkReport
from derivcheck.verdict import Verdict


def last(note: str) -> LinkReport:
    report = check_text(note + "\n", path="note.md")
    assert report.error is None
    return report.equations[-1].links[-1]


STEIN = """The matrices $F$, $M$ and $W$ are $n\\times n$; $W$ is constant. A dot is the derivative by $t$.

Suppose that $M$ solves the Stein equation

$$M - F M F^\\top = W$$

%s

$$%s$$"""

CIRCLE = """A bead moves on the ellipse

$$a x^2 + b y^2 = c$$

with constants $a,b,c$. %s

$$%s$$"""

RATES = "\\dot M - \\dot F M F^\\top - F\\dot MF^\\top - FM%s = 0"


@pytest.mark.parametrize(
    ("note", "words", "formula"),
    [
        (STEIN, "Differentiating gives", RATES % "\\dot F^\\top"),
        (STEIN, "Differentiating gives", "\\dot M - F\\dot MF^\\top = \\dot FMF^\\top + FM\\dot F^\\top"),
        (STEIN, "With a constant $F$ the derivative is", "0 = \\dot M - F\\dot MF^\\top"),
        (STEIN, "For a constant $F$ take differentials:", "dM - F\\,dM\\,F^\\top = 0"),
        (CIRCLE, "Differentiating both sides by $x$,", "2ax + 2by\\frac{dy}{dx} = 0"),
        (CIRCLE, "两边对时间求导,", "ax\\dot x + by\\dot y = 0"),
    ],
)
def test_the_derivative_of_an_assumed_equation_holds(note: str, words: str, formula: str) -> None:
    assert last(note % (words, formula)).verdict is Verdict.VERIFIED


@pytest.mark.parametrize(
    ("note", "formula", "rule"),
    [(STEIN, RATES % "\\dot F", "DC102"), (CIRCLE, "ax\\dot x - by\\dot y = 0", "DC103")],
)
def test_a_slip_in_the_derivative_of_an_equation_is_found_where_the_words_say_what_it_is(
    note: str, formula: str, rule: str
) -> None:
    found = last(note % ("Differentiating,", formula))
    assert found.verdict.is_finding and found.rule == rule and found.repair is not None
    assert not last(note % ("Suppose that", formula)).verdict.is_finding


@pytest.mark.parametrize("formula", ["ax\\dot x + by\\dot y = 1", "ax^2\\dot x + by\\dot y = 0", "\\dot x + \\dot y = 0"])
def test_other_equations_with_rates_are_left_alone(formula: str) -> None:
    assert last(CIRCLE % ("Moreover,", formula)).verdict in (Verdict.ASSUMPTION, Verdict.UNKNOWN)


NAMED = """Let $F$ be $n\\times n$, $W=W^\\top$ and $L = I\\otimes I - F\\otimes F$. %s

$$M - FMF^\\top = W$$

has a unique solution. In vectors,

$$\\operatorname{vec}M = %sL^{-1}\\operatorname{vec}W$$"""


def test_an_equation_that_is_named_is_assumed() -> None:
    assert last(NAMED % ("The discrete-time Lyapunov equation", "")).verdict is Verdict.VERIFIED
    assert last(NAMED % ("离散李雅普诺夫方程", "")).verdict is Verdict.VERIFIED
    assert last(NAMED % ("The discrete-time Lyapunov equation", "-")).verdict is not Verdict.VERIFIED
    assert last(NAMED % ("Hence we obtain the following equation", "")).verdict is not Verdict.VERIFIED
