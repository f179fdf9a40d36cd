# ruff: noqa: E501 - a row per note reads better than wrapped notes
"""Models with laws, functions that have the names of operators, ranks told with sizes: each true form passes, a slip in
it does not."""

from __future__ import annotations

import pytest
from checked import PASSES, verdicts

MODEL = "The signal $\\mathbf{y}\\in\\mathbb{R}^p$ has sources $\\mathbf{s}\\in\\mathbb{R}^q$,\n\n$$\n\\mathbf{s}\\sim\\mathcal{N}(\\mathbf{0},\\mathbf{I}), \\qquad \\mathbf{y} = \\mathbf{H}\\mathbf{s}+\\mathbf{c}+\\mathbf{e}, \\qquad \\mathbf{e}\\sim\\mathcal{N}(\\mathbf{0},\\mathbf{R})\n$$\n\nwhere $\\mathbf{H}$ is $p\\times q$.\n\n"
PARTS = "We write $\\operatorname{sym}(A)=\\frac12(A+A^T)$ and $\\operatorname{skew}(A)=\\frac12(A-A^T)$ for the two parts of a square matrix.\n\n"
BESIDE = PARTS + "Let $A$ be symmetric of order $n$ and let $Y\\in\\mathbb{R}^{n\\times p}$.\n\n"
DESIGN = "Let $D$ ($m\\times r$, rank $r$) be the design.\n\n"
WEIGHTS = "The weights $K$ known and positive definite, $z$ a vector.\n\n"

HOLDS = [
    (MODEL, r"\mathbb{E}[\mathbf{y}] = \mathbf{c}", r"\mathbb{E}[\mathbf{y}] = \mathbf{c}+\mathbf{e}"),
    (MODEL, r"\mathbf{H}\,\mathbb{E}[\mathbf{s}\mathbf{s}^\top]\,\mathbf{H}^\top = \mathbf{H}\mathbf{H}^\top", r"\mathbf{H}\,\mathbb{E}[\mathbf{s}\mathbf{s}^\top]\,\mathbf{H}^\top = 2\mathbf{H}\mathbf{H}^\top"),
    (MODEL, r"\operatorname{Cov}[\mathbf{y},\mathbf{s}] = \mathbb{E}[(\mathbf{y}-\mathbf{c})\mathbf{s}^\top]", r"\operatorname{Cov}[\mathbf{y},\mathbf{s}] = \mathbb{E}[(\mathbf{y}+\mathbf{c})(\mathbf{s}-\mathbf{s})^\top]"),
    (PARTS, r"\operatorname{sym}(B^TC) = \frac12(B^TC+C^TB)", r"\operatorname{sym}(B^TC) = \frac12(B^TC-C^TB)"),
    (PARTS, r"\operatorname{skew}(uv^T) = \frac12(uv^T-vu^T)", r"\operatorname{skew}(uv^T) = \frac12(uv^T+vu^T)"),
    (BESIDE, r"Y\operatorname{sym}(Y^TAY) = YY^TAY", r"Y\operatorname{sym}(Y^TAY) = 2YY^TAY"),
    (DESIGN, r"D^+D = I_r", r"D^+D = 2I_r"),
    (DESIGN, r"\operatorname{tr}(D(D^TD)^{-1}D^T) = r", r"\operatorname{tr}(D(D^TD)^{-1}D^T) = m"),
    (WEIGHTS, r"\frac{\partial}{\partial z}z^TK^{-1}z = 2K^{-1}z", r"\frac{\partial}{\partial z}z^TK^{-1}z = K^{-1}z"),
]  # fmt: skip


@pytest.mark.parametrize("said, right, wrong", HOLDS)
def test_true_forms_pass_and_slips_do_not(said: str, right: str, wrong: str) -> None:
    assert set(verdicts(said + f"$$\n{right}\n$$")[-1:]) <= PASSES
    assert not set(verdicts(said + f"$$\n{wrong}\n$$")[-1:]) & PASSES
