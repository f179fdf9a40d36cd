# ruff: noqa: E501 - a row per case reads better than wrapped notes
"""Verdicts that once were wrong, one row each: false findings, passes of something false, equations that vanished."""

from __future__ import annotations

import pytest
from checked import PASSES, verdicts

from derivcheck import check_text
from derivcheck.verdict import Verdict

HOLDS = [
    ("", r"e^{-t}e^{t} = 1"),
    ("", r"\sin 30^\circ = \tfrac12"),
    ("", r"1+2+\dots+n = \frac{n(n+1)}2"),
    ("", r"\sum_{i\neq j}x_ix_j = \Bigl(\sum_ix_i\Bigr)^2-\sum_ix_i^2"),
    ("", r"\frac{\mathrm d^{2}}{\mathrm dt^{2}} t^3 = 6t"),
    ("", r"\int_0^1 xe^x\,dx = \Bigl[xe^x\Bigr]_0^1 - \int_0^1 e^x\,dx"),
    ("Let $x$ be a real number.", r"|x| = \begin{cases} x & \text{if } x \ge 0 \\ -x & \text{otherwise} \end{cases}"),
    ("Let $x$ be a real number.", r"|x| = \begin{cases} x, & x \ge 0, \\ -x, & x<0. \end{cases}"),
    ("$A$ and $B$ are diagonal of order $n$.", r"AB - BA = 0"),
    ("Let $M, N$ be invertible.", r"\det MN = \det M \det N"),
    ("Let $J$ be $p\\times n$.", r"J^\top(JJ^\top+\mu^2I_p)^{-1} = (J^\top J+\mu^2I_n)^{-1}J^\top"),
    ("Let $\\mathbf x,\\mathbf y\\in\\mathbb R^n$.", r"\sum_i x_i y_i = \mathbf x^T\mathbf y"),
    (
        "Let $\\mathbf A$, $\\mathbf B$ be $m\\times n$.",
        r"\sum_{i,j}A_{ij}B_{ij} = \operatorname{tr}(\mathbf A^T\mathbf B)",
    ),
    ("Let $A$ be $n\\times n$ and $x\\in\\mathbb R^n$.", r"\sum_{i \neq k} A_{ik}x_i = \sum_i A_{ik}x_i - A_{kk}x_k"),
    ("Let $A\\in\\mathbb R^{m\\times n}$ and $I\\in\\mathbb R^{n\\times n}$ be the identity.", r"AI = IA"),
    (
        "Let $U\\in\\mathbb R^{m\\times m}$, $V\\in\\mathbb R^{n\\times n}$ be orthogonal and $S\\in\\mathbb R^{m\\times n}$ diagonal.",
        r"USV^\top VS^\top U^\top = USS^\top U^\top",
    ),
    ("Suppose $\\langle x,y\\rangle=0$.", r"\|x+y\|^2 = \|x\|^2+\|y\|^2"),
    (
        "$X$ is the $N\\times D$ matrix whose rows are $x_n^\\top$, and $y\\in\\mathbb R^N$.",
        r"X^\top y = \sum_n y_nx_n",
    ),
    ("Let $x = (x_1,\\dots,x_n)^\\top$.", r"x^\top x = x_1^2 + \cdots + x_n^2"),
    ("", r"d(z(\mathbf y(\mathbf x))) = \frac{dz}{d\mathbf y}\frac{d\mathbf y}{d\mathbf x}d\mathbf x"),
    ("Let $x\\in\\mathbb R^n$.", r"\frac{\partial x^T \cdot x}{\partial x} = 2x"),
    ("Let $A$ be a square matrix.", r"\sin(A)^2 + \cos(A)^2 = I"),
    ("Let $e, x\\in\\mathbb R^n$ and $t$ be a scalar.", r"\frac{d}{dt}e^{t}x = e^{t}x"),
    ("Let $c\\in\\mathbb R^m$ be a constant vector and $x\\in\\mathbb R^n$.", r"\frac{\partial c}{\partial x^\top} = 0"),
    (
        "Let $k:\\mathbb R\\to\\mathbb R$ and let $s = s(x)$ be a scalar function of $x\\in\\mathbb R^n$.",
        r"\frac{\partial k(s)}{\partial x^\top} = k'(s)\frac{\partial s}{\partial x^\top}",
    ),
    (
        "Let $Z = AXB$ and let $f = f(Z)$ be a scalar function. Gradients have the shape of the variable.",
        r"\frac{\partial f}{\partial X} = A^\top\frac{\partial f}{\partial Z}B^\top",
    ),
]


@pytest.mark.parametrize(("said", "latex"), HOLDS)
def test_what_holds_passes(said: str, latex: str) -> None:
    assert set(verdicts(f"{said}\n\n$$\n{latex}\n$$\n")) <= PASSES


FALSE = [
    ("Let $x$ be a real number.", r"|x| = \begin{cases} x, & x \ge 0, \\ x, & x<0. \end{cases}"),
    ("Let $A$ be $n\\times n$ and $x\\in\\mathbb R^n$.", r"\nabla_x\, x^\top A x = 2Ax"),
    ("Let $x\\in\\mathbb R^n$.", r"\nabla_x\, x^\top x = x"),
    ("", r"\frac{\partial \|Xw-y\|^2}{\partial w} = 2X(Xw-y)"),
    ("Let $A$ be $n\\times n$ and $F$ $r\\times r$.", r"\det(F\otimes A) = \det(-F)^n\det(A)^r"),
    ("Let $A$ be $n\\times n$.", r"\det(A^k) = \det(-A)^k"),
    ("Let $p,q,r$ be numbers. We use the summation convention; $A$ is a matrix, $x$ a vector.", r"[Ax]_i = A_{ij} x_k"),
    ("Let $A\\in\\mathbb R^{m\\times n}$, $B\\in\\mathbb R^{n\\times p}$.", r"(AB)^\top = A^\top B^\top"),
    ("Let $a, b$ be vectors.", r"\|a - tb\|^2 = \|a\|^2 + 2t\langle a, b\rangle + t^2\|b\|^2"),
]


@pytest.mark.parametrize(("said", "latex"), FALSE)
def test_what_is_false_is_found(said: str, latex: str) -> None:
    assert any(v.is_finding for v in verdicts(f"{said}\n\n$$\n{latex}\n$$\n"))


QUIET = [
    ("Divide: $f(t) = (t-a)g(t) + r(t)$. Evaluated at $a$:", r"f(a) = (a - a)g(a) + r(a)"),
    ("A function is odd if", r"f(-x) = -f(x)"),
    ("", r"k(x, y) = k(y, x)"),
    ("", r"n + S(m) = S(n + m)"),
    ("", r"x^2 + x = 1"),
    ("", r"e^{i\theta} = \cos\theta - i\sin\theta"),
    ("", r"\mathbb E[UV] = \mathbb E[U]\,\mathbb E[V]"),
    ("", r"p(x|y) = \frac{p(x,y)}{p(y)}"),
    ("", r"I_1 + I_2 + I_3 = 0"),
    ("Consider the field $L = \\mathbb{F}_3[t]/(g(t))$.", r"|L| = |\mathbb{F}_3|^2"),
    ("Let $A$ be a square matrix.", r"\operatorname{tr}(A) = \sum_i \lambda_i(A)"),
    ("It stops where", r"\frac{\partial f}{\partial x} = 0"),
    ("", r"Ax = b"),
    ("", r"x_{k+1} = Fx_k + Gu_k"),
    ("to three decimals,", r"\frac13 = 0.333"),
    ("", r"y = \{y_1, \ldots, y_n\}"),
    ("Let $A$ be a matrix.", r"|kA| = k^n|A|"),
    ("We model", r"y = X\beta + \varepsilon, \; \varepsilon \sim \mathcal N(0, \sigma^2 V)"),
    ("", r"\Sigma^{-1} = \begin{bmatrix} \Sigma^{11} & \Sigma^{12} \\ \Sigma^{21} & \Sigma^{22} \end{bmatrix}"),
    ("Let $f$ and $g$ be maps with $f(x)$ and $g(x)$.", r"(f\circ g)(x) = f(g(x))"),
]


@pytest.mark.parametrize(("said", "latex"), QUIET)
def test_what_is_no_claim_is_left_alone(said: str, latex: str) -> None:
    assert not any(v.is_finding for v in verdicts(f"{said}\n\n$$\n{latex}\n$$\n"))


def test_a_value_mentioned_in_passing_defines_nothing() -> None:
    """`a minimum at t = 0` once made every power of t vanish, and a wrong sign was proved."""
    text = "Let $x, v$ be vectors.\n\n$$\\|x+tv\\|^2 = \\|x\\|^2 - 2t\\langle x, v\\rangle + t^2\\|v\\|^2$$\n\nhas a minimum at $t = 0$.\n"
    assert verdicts(text) == [Verdict.REFUTED]


def test_a_redefinition_is_no_contradiction() -> None:
    text = "A first example is\n\n$$f = \\begin{pmatrix}1&2\\\\3&4\\end{pmatrix}$$\n\nA second one is\n\n$$f = \\begin{pmatrix}0&2\\\\3&4\\end{pmatrix}$$\n"
    assert verdicts(text) == [Verdict.DEFINITION, Verdict.DEFINITION]


def test_a_solution_is_not_the_meaning_of_the_unknown() -> None:
    text = "$$3x + 5 = 11 \\Rightarrow 3x = 6 \\Rightarrow x = 2$$\n\nFor $x<0$ however\n\n$$\\sqrt{x^2} = -x$$\n"
    assert not any(v.is_finding for v in verdicts(text))


def test_an_identity_quoted_in_prose_taints_nothing() -> None:
    text = "As $\\cosh^2x-\\sinh^2x=1$, and for $x>1$,\n\n$$\\ln(x^2-1)-\\ln(x+1)=\\ln(x+1)$$\n"
    assert verdicts(text) == [Verdict.REFUTED]


def test_definitions_by_members_and_by_effect() -> None:
    text = (
        "Let $p\\in\\mathbb R^K$ with $p_k=e^{a_k}/\\sum_je^{a_j}$ and $a\\in\\mathbb R^K$.\n\n"
        "$$\\frac{\\partial\\log p_k}{\\partial a_j} = \\delta_{kj}-p_j$$\n\n$$\\mathbf 1^\\top p = 1$$\n"
    )
    assert set(verdicts(text)) <= PASSES


def test_one_bad_link_does_not_stop_the_rest(monkeypatch: pytest.MonkeyPatch) -> None:
    from derivcheck.judge import course

    judge = course.judge

    def failing(question: object, *rest: object) -> object:
        if "boom" in repr(question):
            raise ZeroDivisionError("boom")
        return judge(question, *rest)  # type: ignore[arg-type]

    monkeypatch.setattr(course, "judge", failing)
    report = check_text("$$\\operatorname{boom} = 1$$\n\n$$1+1=2$$\n", path="note.md")
    assert [link.verdict for e in report.equations for link in e.links] == [Verdict.UNKNOWN, Verdict.PROVED]
    assert report.error is not None and report.error.kind == "ZeroDivisionError"


def test_signs_of_two_numbers_do_not_agree_by_chance() -> None:
    assert verdicts("Let $a, b$ be real numbers.\n\n$$|a + b| = |a| + |b|$$\n") == [Verdict.REFUTED]
    assert set(verdicts("Let $a, b$ be real numbers.\n\n$$|ab| = |a||b|$$\n")) <= PASSES


def test_marks_nested_deeply_are_read_once() -> None:
    nested = "(" * 25 + "A" + ")^*" * 25
    assert len(verdicts(f"$${nested} = A$$\n")) == 1


def test_members_are_not_compared_across_a_macro_that_may_be_an_arrow() -> None:
    found = verdicts("$$\n1 = 2 + \\someSeries \\someArrow \\someSeries = 5\n$$\n")
    assert found == [Verdict.UNKNOWN, Verdict.UNKNOWN]


def test_a_letter_that_stands_alone_beside_is_no_index() -> None:
    said = "Let $R$ be a rotation matrix.\n\n"
    right = r"\cos\alpha I + \sin\alpha\, (v)^\times + (1 - \cos\alpha) vv^T"
    assert not any(v.is_finding for v in verdicts(said + f"$$R_{{v,\\alpha}} = {right}$$\n"))


def test_capitals_under_a_primed_function_may_be_numbers() -> None:
    right = r"f\left(\frac{K_t}{N_t}\right) + N_t f'\left(\frac{K_t}{N_t}\right) \frac{-K_t}{N_t^2}"
    assert not any(v.is_finding for v in verdicts(rf"$$\frac{{\partial N_t f(K_t/N_t)}}{{\partial N_t}} = {right}$$" + "\n"))


def test_nabla_squared_of_a_bare_symbol_may_be_the_laplacian() -> None:
    said = r"Let $\omega = \frac{\partial v}{\partial x} - \frac{\partial u}{\partial y}$."
    text = said + r" Let $u = \frac{\partial \psi}{\partial y}$ and $v = -\frac{\partial \psi}{\partial x}$."
    assert not any(v.is_finding for v in verdicts(text + "\n\n$$\\nabla^2 \\psi = -\\omega$$\n"))


def test_the_bound_of_a_sum_counts_whatever_its_letter_is_elsewhere() -> None:
    text = r"$$\sum_{i=1}^{I} (a_i + b_i) = \sum_{i=1}^{I} a_i + \sum_{i=1}^{I} b_i$$" + "\n"
    assert verdicts(text)[0] in PASSES
    assert not any(v.is_finding for v in verdicts(r"$$\sum_{i=0}^{I-1} f_{ij} = \nu_j$$" + "\n"))


def test_a_derivative_in_a_definition_is_no_zero() -> None:
    said = r"Let $M$ and $N$ be square and let $\Phi(M)=\hat\Phi(N)$ be an energy,"
    given = "\n\n$$Y=\\frac{\\partial\\Phi}{\\partial M},\\qquad Z=\\frac{\\partial\\hat\\Phi}{\\partial N}.$$\n\n"
    assert not any(v.is_finding for v in verdicts(said + given + "Then\n\n$$Y=2MZ$$\n"))


@pytest.mark.parametrize(
    "condition",
    ["If $H$ is solenoidal, then", "For $H$ Metzler we have", "If $H$ is a Metzler matrix, then", "若 $H$ 为循环矩阵，则"],
)
def test_a_condition_in_unknown_words_is_a_doubt(condition: str) -> None:
    said = "Let $H$ be an $n\\times n$ matrix and $z\\in\\mathbb R^n$. "
    assert verdicts(f"{said}\n\n$$\\|Hz\\|^2=z^THz$$\n") == [Verdict.REFUTED]
    assert verdicts(f"{said}{condition}\n\n$$\\|Hz\\|^2=z^THz$$\n") == [Verdict.UNKNOWN]


def test_ones_that_are_transposed_are_no_identity() -> None:
    said = "Let $W$ be $n\\times n$.\n\n$$\\mathbf 1^TW\\mathbf 1=\\sum_{ij}W_{ij}$$\n\n"
    assert verdicts(said + "$$W\\mathbf 1=W$$\n")[-1] not in PASSES
    assert verdicts("Let $B$ be $n\\times n$.\n\n$$\\operatorname{tr}(B+I)=\\operatorname{tr}B+3$$\n") == [Verdict.REFUTED]
