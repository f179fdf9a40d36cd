# ruff: noqa: E501 - a row per note reads better than wrapped notes
"""Linear systems that the text states, functions called δ, laws and parts told before: each true form passes, a slip in
it does not."""

from __future__ import annotations

import pytest
from checked import PASSES, verdicts

from derivcheck.verdict import Verdict

SYSTEM = "Let $K(\\alpha)\\,w = f(\\alpha)$ with $K\\in\\mathbb{R}^{m\\times m}$ invertible and a scalar parameter $\\alpha$.\n\n"
ADJOINT = "Let $K\\in\\mathbb{R}^{m\\times m}$ be invertible, $Kw=f$ and $K^\\top\\nu=c$ for fixed vectors.\n\n"
DAMPED = "Let $H$ be symmetric positive definite and $v$ a vector. With damping $\\tau>0$, $\\delta(\\tau) = -(H+\\tau I)^{-1}v$.\n\n"
BLOCKS = "Write $Z = [Z_1\\; Z_2]$ and put $N_1 = I-Z_1(Z_1'Z_1)^{-1}Z_1'$.\n\n"
FITTED = "Let $B$ be $m\\times r$ of full column rank. Put\n\n$$\nH := B(B^\\top B)^{-1}B^\\top.\n$$\n\nClearly $HB=B$ and $(I-H)B=0$.\n\n"
NOISE = "# Model\n\nThe errors $u\\in\\mathbb R^n$ have $\\mathbb E[u]=0$ and $\\mathbb E[uu^\\top] = \\tau^2 I_n$.\n\n# Later\n\nLet $G$ be $n\\times n$.\n\n"

HOLDS = [
    (SYSTEM, r"\frac{dK}{d\alpha}w + K\frac{dw}{d\alpha} = \frac{df}{d\alpha}", r"\frac{dK}{d\alpha}w - K\frac{dw}{d\alpha} = \frac{df}{d\alpha}"),
    (SYSTEM, r"\frac{dw}{d\alpha} = K^{-1}\left(\frac{df}{d\alpha}-\frac{dK}{d\alpha}w\right)", r"\frac{dw}{d\alpha} = K^{-1}\left(\frac{df}{d\alpha}+\frac{dK}{d\alpha}w\right)"),
    (ADJOINT, r"c^\top w = \nu^\top f", r"c^\top w = \nu^\top K f"),
    (DAMPED, r"\frac{d\delta}{d\tau} = (H+\tau I)^{-2}v", r"\frac{d\delta}{d\tau} = -(H+\tau I)^{-2}v"),
    (BLOCKS, r"(Z_2'N_1'N_1Z_2)^{-1}Z_2'N_1 = (Z_2'N_1Z_2)^{-1}Z_2'N_1", r"(Z_2'N_1'N_1Z_2)^{-1}Z_2'N_1 = (Z_2'N_1Z_2)^{-1}Z_2'"),
    (FITTED, r"d(HB) = dB", r"d(HB) = H\,dB"),
    (NOISE, r"\mathbb E[\operatorname{tr}(Guu^\top)] = \tau^2\operatorname{tr}(G)", r"\mathbb E[\operatorname{tr}(Guu^\top)] = \tau\operatorname{tr}(G)"),
]  # fmt: skip


@pytest.mark.parametrize("said, right, wrong", HOLDS)
def test_true_forms_pass_and_slips_do_not(said: str, right: str, wrong: str) -> None:
    assert set(verdicts(said + f"$$\n{right}\n$$")[-1:]) <= PASSES
    assert not set(verdicts(said + f"$$\n{wrong}\n$$")[-1:]) & PASSES


def test_what_displays_made_an_identity_of_constrains_nothing() -> None:
    assert verdicts(FITTED + "$$\ndH = H\\,dH + H\\,dH\\,H\n$$")[-1] is Verdict.REFUTED
