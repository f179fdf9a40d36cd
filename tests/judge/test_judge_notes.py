# ruff: noqa: E501 - a row per case reads better than wrapped notes
"""Short notes in the manner of lecture notes: what is written before a display decides how it is read."""

from __future__ import annotations

import pytest

from derivcheck import check_text
from derivcheck.verdict import Verdict

PASSES = {Verdict.PROVED, Verdict.VERIFIED}
FINDINGS = {Verdict.REFUTED, Verdict.ILL_SHAPED}


def last_verdicts(text: str) -> list[Verdict]:
    """The verdicts of the last display."""
    report = check_text(text, path="note.tex")
    assert report.error is None
    return [link.verdict for link in report.equations[-1].links]


# (what is said before, a true display, a display that is one edit away)
PAIRS = [
    (
        "The fit is $$y = Xb + e.$$",
        r"y'y = b'X'Xb + 2b'X'e + e'e",
        r"y'y = b'X'Xb + b'X'e + e'e",
    ),
    (
        r"Let $$r = y - B'WA, \qquad J = \frac12\text{tr}(r'r), \qquad g = AA'.$$",
        r"dJ = \text{tr}(r'dr)",
        r"dJ = 2\text{tr}(r'dr)",
    ),
    (
        "",
        r"(X^{\prime}X)^{-1}X^{\prime}(Xb + e) = b + (X^{\prime}X)^{-1}X^{\prime}e",
        r"(X^{\prime}X)^{-1}X^{\prime}(Xb + e) = b - (X^{\prime}X)^{-1}X^{\prime}e",
    ),
    (
        "Let $X$ and $Y$ be invertible. We define $$P*Q := P(P+Q)^{-1}Q.$$",
        r"(XPY)*(XQY) = X(P*Q)Y",
        r"(XPY)*(XQY) = Y(P*Q)X",
    ),
    (
        r"Let $x, y \in \mathbb{R}$ and $$f(x,y) := x - 2y.$$",
        r"f(y,x) = y - 2x",
        r"f(y,x) = x - 2y",
    ),
    (
        r"Let $A$ be $m\times n$, $x\in\mathbb{R}^n$ and $$q(x) := x^Tx.$$",
        r"q(Ax) = x^TA^TAx",
        r"q(Ax) = x^TAA^Tx",
    ),
    (
        r"Let $P_t \succeq 0$, let $A$ be $n\times n$, $x\in\mathbb{R}^n$, and $$V_t(x) = x^TP_tx.$$",
        r"V_{t+1}(Ax) = x^TA^TP_{t+1}Ax",
        r"V_{t+1}(Ax) = x^TAP_{t+1}A^Tx",
    ),
    (
        r"Let $A_i$ be $m_i\times n$ and $S_1$, $S_2$ symmetric. Put $$S_i' := A_i^TS_iA_i.$$",
        r"x^T(S_1' + S_2')x = x^TA_1^TS_1A_1x + x^TA_2^TS_2A_2x",
        r"x^T(S_1' + S_2')x = x^TA_1^TS_1A_1x - x^TA_2^TS_2A_2x",
    ),
    (
        r"Let $A_i$ be $m_i\times n$ and $b_i\in\mathbb{R}^{m_i}$. Suppose that both of the $A_i$ are invertible.",
        r"(A_1x-b_1)^T(A_1x-b_1) = (x-A_1^{-1}b_1)^TA_1^TA_1(x-A_1^{-1}b_1)",
        r"(A_1x-b_1)^T(A_1x-b_1) = (x-A_1^{-1}b_1)^TA_1A_1^T(x-A_1^{-1}b_1)",
    ),
    (
        r"Let $X$ be $m\times n$ and $y\in\mathbb{R}^n$.",
        r"\frac{\parallel Xy\parallel^2}{\parallel y\parallel^2} = \frac{y^TX^TXy}{y^Ty}",
        r"\frac{\parallel Xy\parallel^2}{\parallel y\parallel^2} = \frac{y^TXX^Ty}{y^Ty}",
    ),
    (
        r"Let $x_k\in\mathbb{R}^p$.",
        r"\sum_{k=1}^{n} x_kx_k^T = \sum_{k=1}^{n-1} x_kx_k^T + x_nx_n^T",
        r"\sum_{k=1}^{n} x_kx_k^T = \sum_{k=1}^{n-1} x_kx_k^T - x_nx_n^T",
    ),
    (
        "",
        r"\sum_{k=1}^{n}(a_{k+1} - a_k) = a_{n+1} - a_1",
        r"\sum_{k=1}^{n}(a_{k+1} - a_k) = a_{n+1} - a_2",
    ),
    (
        "",
        r"\sum_{i=1}^{3}\mathbf{a}_i = \mathbf{a}_1 + \mathbf{a}_2 + \mathbf{a}_3",
        r"\sum_{i=1}^{3}\mathbf{a}_i = \mathbf{a}_1 + \mathbf{a}_2 - \mathbf{a}_3",
    ),
    (
        r"Let $x_t, h_t\in\mathbb{R}^n$ and $u_t\in\mathbb{R}^m$.",
        r"(x_t+h_t)^TQ^{xu}u_t = x_t^TQ^{xu}u_t + h_t^TQ^{xu}u_t",
        r"(x_t+h_t)^TQ^{xu}u_t = x_t^TQ^{xu}u_t - h_t^TQ^{xu}u_t",
    ),
    (
        "",
        r"\partial(XYZ) = (\partial X)YZ + X(\partial Y)Z + XY(\partial Z)",
        r"\partial(XYZ) = (\partial X)YZ + X(\partial Y)Z + XZ(\partial Y)",
    ),
    (
        "",
        r"\int_{V_1}^{V_2} \frac{k}{V}\,dV = k\ln\frac{V_2}{V_1}",
        r"\int_{V_1}^{V_2} \frac{k}{V}\,dV = k\ln\frac{V_1}{V_2}",
    ),
    (
        "",
        r"\frac{\partial^{}}{\partial x}(x^2 + 3x) = 2x + 3",
        r"\frac{\partial^{}}{\partial x}(x^2 + 3x) = x + 3",
    ),
    (
        "",
        r"\begin{pmatrix} I \\ B \end{pmatrix}Q\begin{pmatrix} I & B^T \end{pmatrix} + \begin{pmatrix} O & O \\ O & S \end{pmatrix} = \begin{pmatrix} Q & QB^T \\ BQ & BQB^T + S \end{pmatrix}",
        r"\begin{pmatrix} I \\ B \end{pmatrix}Q\begin{pmatrix} I & B^T \end{pmatrix} + \begin{pmatrix} O & O \\ O & S \end{pmatrix} = \begin{pmatrix} Q & B^TQ \\ BQ & BQB^T + S \end{pmatrix}",
    ),
    (
        r"Let $G$ be $m\times n$ and $x\in\mathbb{R}^n$. By columns, $$G = \begin{bmatrix} g_1 & g_2 & \dots & g_n \end{bmatrix}.$$",
        r"Gx = x_1g_1 + x_2g_2 + \dots + x_ng_n",
        r"Gx = 2x_1g_1 + 2x_2g_2 + \dots + 2x_ng_n",
    ),
    (
        r"Let $G$ be $m\times n$ and $y\in\mathbb{R}^m$. By rows, $$G = \begin{bmatrix} g_1^T \\ g_2^T \\ \vdots \\ g_m^T \end{bmatrix}.$$",
        r"G^Ty = \sum_{i=1}^m y_ig_i",
        r"G^Ty = 2\sum_{i=1}^m y_ig_i",
    ),
]


@pytest.mark.parametrize(("said", "true", "false"), PAIRS)
def test_what_is_said_before_decides(said: str, true: str, false: str) -> None:
    assert set(last_verdicts(f"{said}\n$$ {true} $$\n")) <= PASSES
    assert not set(last_verdicts(f"{said}\n$$ {false} $$\n")) & PASSES


@pytest.mark.parametrize(
    ("said", "false"),
    [(said, false) for said, _, false in PAIRS if "*" not in said],
)
def test_the_mistake_is_found(said: str, false: str) -> None:
    assert set(last_verdicts(f"{said}\n$$ {false} $$\n")) & FINDINGS


def test_a_value_said_after_a_display_does_not_make_it_hold() -> None:
    text = "We look for a gain $L$ that minimises the expression $$ x^T(L^TL - 2L^TM + M^TM)x = x^T(L-M)^2x $$ this occurs at $L=M$.\n"
    assert not set(last_verdicts(text)) & PASSES


def test_an_example_has_values_of_its_own() -> None:
    text = "Letting $R = 1$ the cost is $$c = x^TRx.$$ In the example $$ R = \\begin{bmatrix} 1 & 0 \\\\ 0 & 1 \\end{bmatrix} $$"
    assert not set(last_verdicts(text)) & FINDINGS


def test_an_index_that_runs_over_values_is_not_defined_by_them() -> None:
    text = r"Let $A_i$ be $m\times n$ ($i = 1,2$) and $x\in\mathbb{R}^n$. $$ \|A_ix\|^2 = x^TA_i^TA_ix \quad (i = 1,2) $$"
    assert last_verdicts(text)[0] in PASSES


def test_a_prime_that_is_a_name_or_a_derivative_is_no_transpose() -> None:
    named = r"Let $x'$ and $x$ be two points in $\mathbb{R}^n$. $$ (x - x')^T(x - x') = x^Tx - 2x^Tx' + x'^Tx' $$"
    assert set(last_verdicts(named)) <= PASSES
    derived = r"Let $y$ and $z$ be functions of $t$. $$ \frac{d}{dt}(yz) = y'z + yz' $$"
    assert not set(last_verdicts(derived)) & FINDINGS


def test_increments_are_symbols_of_their_own() -> None:
    true = r"$$ \frac{(x + v\Delta t)^2 - x^2}{\Delta t} = 2xv + v^2\Delta t $$"
    assert set(last_verdicts(true)) <= PASSES
    assert not set(last_verdicts(true.replace("= 2xv", "= xv"))) & PASSES


def test_the_value_at_one_argument_does_not_make_a_function_constant() -> None:
    text = r"We know that $E(\hat\beta) = \beta$. Then $$ E(Wy) = E(yW + z) $$"
    assert not set(last_verdicts(text)) & (PASSES | FINDINGS)
