# ruff: noqa: E501 - a row per note reads better than wrapped notes
"""What a noun in the singular, a component, a divisor and the ends of a sequence say: each true form passes, a slip in
it does not, and what is no claim stays silent."""

from __future__ import annotations

import pytest
from checked import FINDINGS, PASSES, verdicts

LIST = "Take $G\\in\\mathbb{R}^{r\\times s}$, $h\\in\\mathbb{R}^s$, and $e\\in\\mathbb{R}^r$ the vector of ones.\n\n"
COMPONENTS = "Repeated indices are summed from 1 to 3. Let $w_i$ be a vector.\n\n"
SPLICED = "重复指标表示求和,从 1 到 3(爱因斯坦求和约定)。设 $\\boldsymbol r$ 的分量为 $x_i$,$\\boldsymbol a$ 为常矢量。\n\n"
SIZE = "Let $u\\in\\mathbb{R}^d$ and\n\n$$\\rho^2 = \\frac{1}{d}u^\\top u.$$\n\n"
ACTION = "The states are $q_k\\in\\mathbb{R}^n$, the multipliers $\\mu_k\\in\\mathbb{R}^n$, gradients are rows, $S$ is symmetric. Let\n\n$$\nH = \\frac12\\sum_{k=0}^{M-1}q_k^\\top Sq_k + \\sum_{k=0}^{M-1}\\mu_{k+1}^\\top(F_kq_k-q_{k+1}).\n$$\n\n"
STEP = "Let $D\\in\\mathbb R^{q\\times p}$ and $e\\in\\mathbb R^q$. The step is\n\n$$\ns = -(D^\\top D)^{-1}D^\\top e\n$$\n\nThe model is $g(s)=\\frac12\\|e+Ds\\|^2$.\n\n"
SPINS = "For skew $K$ the matrix $I+K$ is regular because $K$ has imaginary eigenvalues.\n\n"

HOLDS = [
    (LIST, r"d(Gh) = dG\,h + G\,dh", r"d(Gh) = dG\,h - G\,dh"),
    (LIST, r"e^\top e = r", r"e^\top e = s"),
    (COMPONENTS, r"\delta_{ij}w_iw_j = w_kw_k", r"\delta_{ij}w_iw_j = 3w_kw_k"),
    (SPLICED, r"\partial_i(x_ix_j) = 4x_j", r"\partial_i(x_ix_j) = 3x_j"),
    (SPLICED, r"\partial_i(a_jx_j) = a_i", r"\partial_i(a_jx_j) = 3a_i"),
    (SIZE, r"d\rho = \frac{1}{2\rho}d(\rho^2)", r"d\rho = \frac{1}{\rho}d(\rho^2)"),
    (SIZE, r"\frac{1}{2\rho}d(\rho^2) = \frac{1}{d\rho}u^\top du", r"\frac{1}{2\rho}d(\rho^2) = \frac{1}{2d\rho}u^\top du"),
    (ACTION, r"\frac{\partial H}{\partial q_k} = q_k^\top S + \mu_{k+1}^\top F_k - \mu_k^\top", r"\frac{\partial H}{\partial q_k} = q_k^\top S + \mu_{k+1}^\top F_k + \mu_k^\top"),
    (STEP, r"g(0)-g(s) = -e^\top Ds - \frac12 s^\top D^\top Ds", r"g(0)-g(s) = -e^\top Ds + \frac12 s^\top D^\top Ds"),
    (SPINS, r"(I-K)(I+K)^{-1}(I-K)^{-1}(I+K) = I", r"(I-K)(I-K)^{-1}(I-K)^{-1}(I+K) = I"),
]  # fmt: skip


@pytest.mark.parametrize("said, right, wrong", HOLDS)
def test_true_forms_pass_and_slips_do_not(said: str, right: str, wrong: str) -> None:
    assert set(verdicts(said + f"$$\n{right}\n$$")[-1:]) <= PASSES
    assert not set(verdicts(said + f"$$\n{wrong}\n$$")[-1:]) & PASSES


def test_a_model_with_the_ones_last_is_no_finding() -> None:
    assert not set(verdicts(LIST + "$$\nC = G + e h^\\top\n$$")) & FINDINGS


def test_matrices_of_a_text_about_definite_ones_may_be_symmetric() -> None:
    said = "We work on the cone of SPD matrices. For symmetric $N$ let $k(Y)=\\operatorname{tr}(Y^{-1}N)$.\n\n"
    assert not set(verdicts(said + "$$\n\\nabla k(Y) = -Y^{-1}NY^{-1}\n$$")) & FINDINGS


def test_full_column_rank_is_not_read_as_regular() -> None:
    said = "Let $B$ have full column rank.\n\n"
    assert set(verdicts(said + "$$\nB^+B = I\n$$")) <= PASSES
    assert not set(verdicts(said + "$$\n(BB^+)^\\top = B^+B\n$$")) & PASSES
