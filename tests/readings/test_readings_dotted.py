# ruff: noqa: E501 - a row per case reads better than wrapped matrices
"""Matrices written with dots, their rules dropped; functions run together with the letter before them."""

from __future__ import annotations

import pytest
from checked import PASSES
from readings_builders import verdicts

from derivcheck.verdict import Verdict

HOLDS = [
    r"\begin{bmatrix} z_1^T \\ z_2^T \\ \vdots \\ z_n^T \end{bmatrix} q = \begin{bmatrix} z_1^T q \\ z_2^T q \\ \vdots \\ z_n^T q \end{bmatrix}",
    r"\begin{bmatrix} a_1 & a_2 & \cdots & a_n\end{bmatrix}\begin{bmatrix} b_1 \\ b_2 \\ \vdots \\ b_n\end{bmatrix} = \sum_{i=1}^n a_i b_i",
    r"\begin{pmatrix} u_1 \\ \vdots \\ u_m\end{pmatrix}\begin{pmatrix} v_1 & \cdots & v_n\end{pmatrix} = \begin{pmatrix} u_1 v_1 & \cdots & u_1 v_n \\ \vdots & \ddots & \vdots \\ u_m v_1 & \cdots & u_m v_n\end{pmatrix}",
    r"\begin{pmatrix} c_{11} & \cdots & c_{1n} \\ \vdots & \ddots & \vdots \\ c_{m1} & \cdots & c_{mn}\end{pmatrix}^T = \begin{pmatrix} c_{11} & \cdots & c_{m1} \\ \vdots & \ddots & \vdots \\ c_{1n} & \cdots & c_{mn}\end{pmatrix}",
    r"\left[\begin{array}{ccc} - & z_1^T & - \\ & \vdots & \\ - & z_m^T & - \end{array}\right] q = \begin{bmatrix} z_1^T q \\ \vdots \\ z_m^T q \end{bmatrix}",
    r"\frac{\partial}{\partial x} vsin(x) = vcos(x)",
]
FALSE = [
    r"\begin{bmatrix} a_1 & \cdots & a_n\end{bmatrix}\begin{bmatrix} b_1 \\ \vdots \\ b_n\end{bmatrix} = 2\sum_{i=1}^n a_i b_i",
    r"\begin{bmatrix} z_1^T \\ \vdots \\ z_n^T \end{bmatrix} q = \begin{bmatrix} 2 z_1^T q \\ \vdots \\ 2 z_n^T q \end{bmatrix}",
    r"\frac{\partial}{\partial x} vsin(x) = -vcos(x)",
]
UNREAD = [
    r"\begin{bmatrix} a_1 \\ a_2 \\ \vdots \\ 2 a_n\end{bmatrix} = \begin{bmatrix} a_1 \\ a_2 \\ \vdots \\ a_n\end{bmatrix}",
    r"\begin{pmatrix} u_1 & \cdots & u_n \\ \vdots & \ddots & \vdots \\ v_1 & \cdots & w_n\end{pmatrix} = 2\begin{pmatrix} u_1 & \cdots & u_n \\ \vdots & \ddots & \vdots \\ v_1 & \cdots & w_n\end{pmatrix}",
]


@pytest.mark.parametrize("latex", HOLDS)
def test_holds(latex: str) -> None:
    assert set(verdicts(f"$$\n{latex}\n$$\n")) <= PASSES


@pytest.mark.parametrize("latex", FALSE)
def test_false(latex: str) -> None:
    assert verdicts(f"$$\n{latex}\n$$\n") == [Verdict.REFUTED]


@pytest.mark.parametrize("latex", UNREAD)
def test_without_a_pattern_there_is_no_reading(latex: str) -> None:
    assert verdicts(f"$$\n{latex}\n$$\n") == [Verdict.UNKNOWN]


def test_members_named_by_a_matrix_clash_with_nothing() -> None:
    said = "Let $A\\in\\mathbb R^{m\\times n}$, $B\\in\\mathbb R^{n\\times p}$ and $a_i\\in\\mathbb R^n$.\n\n"
    columns = r"A B = \begin{bmatrix} a_1 & a_2 & \cdots & a_n \end{bmatrix} B"
    assert not any(v.is_finding for v in verdicts(f"{said}$$\n{columns}\n$$\n"))
