# ruff: noqa: E501 - a row per case reads better than wrapped notes
"""Habits of notes on geometry and statistics: units, parities, cases named once, sizes in brackets, kernels."""

from __future__ import annotations

import pytest
from checked import FINDINGS, PASSES

from derivcheck import check_text
from derivcheck.verdict import Verdict


def verdicts(note: str, path: str = "note.md") -> list[Verdict]:
    report = check_text(note + "\n", path=path)
    assert report.error is None
    return [link.verdict for equation in report.equations for link in equation.links]


def last(note: str) -> Verdict:
    return verdicts(note)[-1]


PARITIES = [
    "Let $S$ be an $n\\times n$ matrix, $n$ odd.",
    "If $n$ is odd and $S$ is $n\\times n$, then",
    "设 $n$ 为奇数，$S$ 为 $n$ 阶方阵，则",
]


@pytest.mark.parametrize("said", PARITIES)
def test_sizes_are_as_odd_as_the_text_says(said: str) -> None:
    assert last(f"{said}\n\n$$\\det(-S) = -\\det S$$") in PASSES
    assert last(f"{said}\n\n$$\\det(-2S) = 2^n\\det S$$") not in PASSES


def test_the_last_parity_counts() -> None:
    note = "Let $n$ be odd and $S$ an $n\\times n$ matrix.\n\n$$\\det(-S) = -\\det S$$\n\nNow let $n$ be an even integer.\n\n$$\\det(-S) = %s\\det S$$"
    assert verdicts(note % "")[-1] in PASSES
    assert verdicts(note % "-")[-1] is Verdict.REFUTED


@pytest.mark.parametrize("said", ["a unit axis $m$", "a unit normal $m$", "a unit direction $m$", "a unit $m$"])
def test_directions_have_length_one(said: str) -> None:
    note = f"Take {said} in three dimensions.\n\n$$(I-mm^\\top)^2 = I-%smm^\\top$$"
    assert last(note % "") in PASSES
    assert last(note % "2") not in PASSES


TUPLES = ["$p = (a, c)$", "$p = (a, c)^\\top$", "$p = \\begin{pmatrix} a\\\\ c\\end{pmatrix}$"]


@pytest.mark.parametrize("written", TUPLES)
def test_the_parts_of_a_unit_are_bound(written: str) -> None:
    note = f"Write {written} with a scalar $a$ and $c\\in\\mathbb R^3$. For a unit quaternion $p$ we have\n\n$$(a^2+c^\\top c)I + cc^\\top = I + %scc^\\top$$"
    assert last(note % "") in PASSES
    assert last(note % "3") not in PASSES
    assert last(note.replace("a unit quaternion", "every") % "") not in PASSES


def test_a_condition_with_squares_of_norms_is_met() -> None:
    note = "Let $a$ be a scalar and $c\\in\\mathbb R^3$ with $a^2+\\|c\\|^2=1$. Then\n\n$$a^2I + (c^\\top c)I = %sI$$"
    assert last(note % "") in PASSES
    assert last(note % "2") not in PASSES


def test_what_a_letter_was_once_speaks_against_a_finding() -> None:
    note = "# Turns\n\nFor a rotation $Q$ we have\n\n$$Q^\\top Q = I$$\n\n# Later\n\nPut $F=[s]_\\times Q$ with $s\\in\\mathbb R^3$.\n\n$$FF^\\top = %s(s^\\top s)I - ss^\\top$$"
    assert last(note % "") not in FINDINGS
    assert last(note.replace("For a rotation $Q$", "If $Q$ is symmetric then with some luck") % "") in FINDINGS


def test_the_size_of_a_list_is_not_that_of_who_has_one() -> None:
    note = "We have $G$ ($r\\times s$), $H$ ($s\\times t$) and $K$ of size $t\\times r$.\n\n$$(GHK)^\\top = %s$$"
    assert last(note % "K^\\top H^\\top G^\\top") in PASSES
    assert last(note % "G^\\top H^\\top K^\\top") in FINDINGS


def test_a_letter_before_one_bracketed_symbol_is_a_function() -> None:
    note = "Let $m\\in\\mathbb R^3$ be a unit vector. The reflection is\n\n$$P(m) = I - 2mm^\\top$$"
    assert last(note) is Verdict.DEFINITION
    loss = "The scalar loss $L$ is\n\n$$L(W) = \\tfrac12\\|XW - Y\\|_F^2$$\n\nThe norm $\\|W\\|_F^2$ is added. In entries\n\n$$\\frac{\\partial L}{\\partial W_{ab}} = \\sum_i E_{ib}X_{ia}$$"
    assert verdicts(loss)[0] is Verdict.DEFINITION


def test_kernel_matrices_are_symmetric() -> None:
    note = "Let $G$ be the kernel matrix of $n$ points.\n\n$$x^\\top Gy = %s$$"
    assert last(note % "y^\\top Gx") in PASSES
    assert last(note % "y^\\top x") not in PASSES


def test_what_is_told_of_the_derivatives_of_fields_is_no_point_of_a_sample() -> None:
    note = "Repeated indices are summed and run over $1,2,3$. For a field without curl ($\\partial_iE_j=\\partial_jE_i$) we have\n\n$$E_j(\\partial_jE_i-\\partial_iE_j)+\\rho E_i = \\rho E_i$$"
    assert last(note) not in FINDINGS


DIAGONALS = [
    ("Let $x,s\\in\\mathbb R^n$ and $X=\\operatorname{diag}(x_i)$.", "Xs = x\\odot s", "Xs = x\\odot x"),
    ("Let $x\\in\\mathbb R^n$ be positive and $D=\\operatorname{diag}(x_j/(1+x_j))$.", "D + D\\operatorname{diag}(x)^{-1} = I", "D + \\operatorname{diag}(x)^{-1} = I"),
    ("Put $p_i=\\sigma(f_i)$ with $\\sigma(z)=1/(1+e^{-z})$ and $W=\\operatorname{diag}(p_i(1-p_i))$; $K$ is positive definite.", "(K^{-1}+W)^{-1} = K - KW(W+WKW)^{-1}WK", "(K^{-1}+W)^{-1} = K + KW(W+WKW)^{-1}WK"),
]


@pytest.mark.parametrize(("said", "right", "wrong"), DIAGONALS)
def test_a_letter_inside_a_diagonal_runs(said: str, right: str, wrong: str) -> None:
    assert last(f"{said}\n\n$${right}$$") in PASSES
    assert last(f"{said}\n\n$${wrong}$$") not in PASSES


def test_what_is_differentiated_by_a_parameter_varies() -> None:
    note = "Let $V=ZGZ^\\top+R$ be invertible. For a parameter $\\theta_j$\n\n$$\\frac{\\partial V^{-1}}{\\partial\\theta_j} = %sV^{-1}\\frac{\\partial V}{\\partial\\theta_j}V^{-1}$$"
    assert last(note % "-") in PASSES
    assert last(note % "") is Verdict.REFUTED
