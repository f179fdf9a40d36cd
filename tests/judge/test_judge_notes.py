"""Whole short notes: what a text says in one place holds, or does not hold, in another."""

from __future__ import annotations

import pytest

from derivcheck.pipeline import check_text
from derivcheck.report.model import LinkReport

NUMERATOR = (
    "In numerator layout the derivative of a column $\\mathbf y\\in\\mathbb R^m$ by a column $\\mathbf x\\in\\mathbb R^n$ is"
    " $m\\times n$, that of a scalar by a $p\\times q$ matrix $\\mathbf X$ is $q\\times p$; we use it throughout."
)
TWO_SECTIONS = (
    "# One\n\nLet $S$ be a symmetric matrix.\n\n# Two\n\nFor $x\\in\\mathbb R^d$ let $f(x) = x^\\top S x$."
)
LAGRANGIAN = "We maximise $w^\\top S w$ subject to $w^\\top w=1$. Let $L(w,\\lambda)=w^\\top Sw-\\lambda(w^\\top w-1)$."
PRIMES = "A prime denotes transposition. $X$ is $n\\times k$ of full column rank, $y$ is $n\\times1$ and $b$ is $k\\times1$."
SVD = "Let $A=U_1DV_1'$ with $U_1'U_1=I_n$, $V_1'V_1=V_1V_1'=I_n$ and $D$ diagonal and invertible; primes are transposes."
COFACTORS = "$A$ is an $n\\times n$ matrix, $\\operatorname{adj}(A)$ its adjugate, $C_{ij}$ the $(i,j)$ cofactor of $A$."
MOTION = "Let $\\mathbf F$ be invertible. With $J=\\det\\mathbf F$ and $\\mathbf L=\\dot{\\mathbf F}\\mathbf F^{-1}$ one has the following."
HESSIAN = "The gradient and Hessian of $\\psi(x)=-\\sum_{i=1}^m\\log(d_i-c_i^\\top x)$, $c_i\\in\\mathbb R^n$, are as follows."
CENTRING = "For $x\\in\\mathbb R^n$ let $\\mu=\\frac1n\\sum_{k=1}^n x_k$ and $P=I-\\frac1n\\mathbf 1\\mathbf 1^\\top$."
SOFTMAX = "Let $p_i=\\frac{e^{z_i}}{\\sum_k e^{z_k}}$, or $p=\\operatorname{softmax}(z)$ in short."
HYPER = "Let $K_\\theta=K+\\sigma^2I$, where $K\\in\\mathbb R^{n\\times n}$ is symmetric positive definite; $K_\\theta$ depends on $\\theta$."
STRAIN = (
    "Derivatives by $\\mathbf C=\\mathbf F^\\top\\mathbf F$ have its shape. Let $I_1=\\operatorname{tr}\\mathbf C$ and"
    " $I_2=\\frac12\\left(I_1^2-\\operatorname{tr}(\\mathbf C^2)\\right)$ with $\\mathbf C$ symmetric."
)
SPACE = (
    "Repeated indices are summed over $1,2,3$."
    " Let $\\mathbf s=\\mathbf T-\\frac13\\operatorname{tr}(\\mathbf T)\\mathbf I$."
)
TRUE = [
    (NUMERATOR, r"\frac{\partial\operatorname{tr}(\mathbf A\mathbf X^{-1}\mathbf B)}{\partial\mathbf X}"
     r"=-\mathbf X^{-1}\mathbf B\mathbf A\mathbf X^{-1}"),
    (NUMERATOR, r"\frac{\partial\mathbf x^\top\mathbf A}{\partial\mathbf x}=\mathbf A^\top"),
    (TWO_SECTIONS, r"\nabla f(x) = 2Sx"),
    (LAGRANGIAN, r"\frac{\partial L}{\partial\lambda}=1-w^\top w"),
    (SVD, r"AV_1=U_1D"),
    (SVD, r"A'A=V_1D^2V_1'"),
    (COFACTORS, r"\det A=\sum_{j=1}^n A_{ij}C_{ij}"),
    (COFACTORS, r"C_{ij}=[\operatorname{adj}(A)]_{ji}"),
    (MOTION, r"\dot{\mathbf F}=\mathbf L\mathbf F"),
    (MOTION, r"\dot J=J\operatorname{tr}\mathbf L"),
    (HESSIAN, r"\nabla^2\psi(x)=\sum_{i=1}^m\frac{c_ic_i^\top}{(d_i-c_i^\top x)^2}"),
    (CENTRING, r"P^2=P"),
    (CENTRING, r"P\mathbf 1=0"),
    (SOFTMAX, r"\frac{\partial p_i}{\partial z_j}=p_i(\delta_{ij}-p_j)"),
    (HYPER, r"\frac{\partial K_\theta^{-1}}{\partial\theta}=-K_\theta^{-1}\frac{\partial K_\theta}{\partial\theta}K_\theta^{-1}"),
    (STRAIN, r"\frac{\partial I_2}{\partial\mathbf C}=I_1\mathbf I-\mathbf C"),
    (SPACE, r"\operatorname{tr}\mathbf s=0"),
    ("Let $S_{xx}\\in\\mathbb R^{p\\times p}$ be symmetric positive definite.", r"S_{xx}^{-1}S_{xx}^{1/2}=S_{xx}^{-1/2}"),
    ("", r"\operatorname{tr}(AB)=\operatorname{tr}(BA)\qquad(A, B\text{ of any size})"),
]  # fmt: skip
FALSE = [
    (NUMERATOR, r"\frac{\partial\mathbf x^\top\mathbf A}{\partial\mathbf x}=\mathbf A", r"\mathbf A^\top"),
    (NUMERATOR, r"\frac{\partial\mathbf x^\top\mathbf a}{\partial\mathbf x}=\mathbf a", r"\mathbf a^\top"),
    (LAGRANGIAN, r"\frac{\partial L}{\partial\lambda}=w^\top w-1", r"1-w^\top w"),
    (TWO_SECTIONS, r"\nabla f(x) = -2Sx", "2Sx"),
    (PRIMES, r"(y-Xb)'(y-Xb)=y'y-2b'Xy+b'X'Xb", "X'"),
    (COFACTORS, r"A\operatorname{adj}(A)=I_n", r"\det (A)\,I_n"),
    (COFACTORS, r"C_{ij}=[\operatorname{adj}(A)]_{ij}", "j i"),
    (SOFTMAX, r"\frac{\partial p_i}{\partial z_j}=p_i(\delta_{ij}-p_i)", "j"),
    (HYPER, r"\frac{\partial\log\det K_\theta}{\partial\theta}=\operatorname{tr}\left(K_\theta\frac{\partial K_\theta}"
     r"{\partial\theta}\right)", r"K_\theta^{-1}"),
    (STRAIN, r"\frac{\partial I_2}{\partial\mathbf C}=I_1\mathbf I+\mathbf C", "-"),
    (HESSIAN, r"\nabla^2\psi(x)=\sum_{i=1}^m\frac{c_i^\top c_i}{(d_i-c_i^\top x)^2}", ""),
    ("For invertible $Y$,", r"\frac{\partial\det(Y^k)}{\partial Y}=\det(Y^k)(Y^{-1})^\top", r"k\,\det"),
    ("Let $S\\in\\mathbb R^{m\\times m}$ and $T\\in\\mathbb R^{n\\times n}$.",
     r"\det(S\otimes T)=\det(S)^{m}\det(T)^{m}", "n"),
    ("A map $\\rho:\\mathbb R^n\\to\\mathbb R^m$ has the Jacobian $J(x)=\\frac{\\partial\\rho}{\\partial x}\\in\\mathbb R^{m\\times n}$;"
     " let $\\phi(x)=\\frac12\\|\\rho(x)\\|^2$.", r"\nabla\phi(x)=J(x)\rho(x)", r"J^\top"),
]  # fmt: skip


def last(said: str, latex: str) -> LinkReport:
    return check_text(f"{said}\n\n$$\n{latex}\n$$\n", path="note.md").equations[-1].links[-1]


@pytest.mark.parametrize(("said", "latex"), TRUE)
def test_what_follows_from_what_was_said_passes(said: str, latex: str) -> None:
    assert last(said, latex).verdict.value in ("proved", "verified")


@pytest.mark.parametrize(("said", "latex", "repair"), FALSE)
def test_what_contradicts_what_was_said_is_found(said: str, latex: str, repair: str) -> None:
    link = last(said, latex)
    if not repair:
        assert link.verdict.value not in ("proved", "verified")
        return
    assert link.verdict.is_finding
    assert link.repair is not None and link.repair.new == repair


def test_a_bold_capital_is_no_number() -> None:
    assert last(MOTION, r"\dot J=J\mathbf L").verdict.value not in ("proved", "verified")


def test_a_second_value_is_no_solution() -> None:
    said = "Let $R(s)=(1-s)I_3+2sM$.\n\n$$R(s)v=v$$\n\nThen"
    assert last(said, "R(s)=I_3").verdict.value not in ("proved", "verified")


def test_a_model_gives_the_data_no_value() -> None:
    said = "The model is\n\n$$y=Xb+u,$$\n\nwhere $y$ is $n\\times1$, $X$ is $n\\times k$ and $b$ is $k\\times1$. Let $S(b)=(y-Xb)^\\top(y-Xb)$."
    link = last(said, r"\frac{\partial S}{\partial b}=-2X^\top y-2X^\top Xb")
    assert link.repair is not None and (link.repair.old, link.repair.new) == ("-", "+")


def test_other_kinds_save_nothing_from_what_was_said_before() -> None:
    said = (
        "# One\n\nA random vector $\\mathbf x\\in\\mathbb R^d$.\n\n# Two\n\nFor data $\\mathbf x_1,\\dots,\\mathbf x_N$ put"
        " $\\bar{\\mathbf x}=\\frac1N\\sum_{i=1}^N\\mathbf x_i$ and"
        " $S=\\frac1N\\sum_{i=1}^N(\\mathbf x_i-\\bar{\\mathbf x})(\\mathbf x_i-\\bar{\\mathbf x})^\\top$."
    )
    mean = r"\bar{\mathbf x}^\top\bar{\mathbf x}"
    link = last(said, rf"S=\frac1N\sum_{{i=1}}^N\mathbf x_i\mathbf x_i^\top-{mean}")
    assert link.verdict.is_finding
    assert link.repair is not None and link.repair.new == r"\bar{\mathbf x} \bar{\mathbf x}^\top"


def test_a_symbol_that_is_constant_only_may_be_square() -> None:
    said = "$X$ is square and invertible; $A$ and $B$ are constant."
    assert not last(said, r"\frac{\partial|AXB|}{\partial X}=|AXB|(X^{-1})^\top").verdict.is_finding


def test_what_a_display_defines_is_meant_before() -> None:
    said = "Let $X\\in\\mathbb R^{N\\times p}$, $J=I_N-\\frac1N\\mathbf 1\\mathbf 1^\\top$ and $\\mathbf 1\\in\\mathbb R^N$.\n\n$$"
    mean = "\\qquad \\bar x=\\frac1NX^\\top\\mathbf 1$$\n"
    for sign, verdict in (("-", ("proved", "verified")), ("+", ("refuted",))):
        claim = rf"\frac1NX^\top JX=\frac1NX^\top X{sign}\bar x\bar x^\top,"
        first = check_text(said + claim + mean, path="note.md").equations[-1].links[0]
        assert first.verdict.value in verdict


def test_a_second_value_explains_nothing_said_of_the_first() -> None:
    text = "Let $R(s)=(1-s)I_3+2sM$.\n\n$$R(s)v=v,\\qquad R(s)=I_3.$$\n"
    assert check_text(text, path="note.md").equations[-1].links[0].verdict.value not in ("proved", "verified")
