# ruff: noqa: E501 - a row per note reads better than wrapped notes
"""Notes from many fields: true lines that once were flagged, false ones that passed unseen, displays that went unread."""

from __future__ import annotations

import pytest
from checked import PASSES, verdicts

from derivcheck.verdict import Verdict

SIZE = "Let $A \\in \\mathbb R^{d \\times r}$ be the weights.\n\n"
LAYER = "## Model\n\n$$Z = X(W + cPQ)$$\n\n## Loss\n\n$$H = \\nabla_Z \\ell$$\n\n## Steps\n\n"
ENERGY = "Let $M(q)$ be symmetric and $r \\in \\mathbb R^n$. Define\n\n$$ V = \\frac12 r^T M(q) r $$\n\nTake the time derivative:\n\n"
SLIDING = "Let $s = \\dot e + \\Lambda e$ and\n\n$$V(s, e) = \\frac12 s^T B(q) s + \\frac12 e^T M e$$\n\nwith $M > 0$ and $B(q) > 0$.\n\n"

HOLD = {
    "d is a size and a differential": SIZE
    + "$$d\\ell = \\operatorname{tr}\\left(\\left(\\frac{\\partial \\ell}{\\partial A}\\right)^T dA\\right)$$\n",
    "orders of digits": "Let $B \\in M_{33}(\\mathbb R)$ and let $\\epsilon$ be the Levi-Civita symbol.\n\n$$\\det(B) = \\epsilon_{ijk}b_{i1}b_{j2}b_{k3}$$\n",
    "a gradient as a definition": "Let $Y\\in\\mathbb R^{n\\times k}$ and $\\Gamma = \\nabla_Y \\ell$.\n\n$$d\\ell = \\langle \\Gamma, dY\\rangle = \\operatorname{tr}(\\Gamma^T dY)$$\n",
    "sums without index": "Let $u, v\\in\\mathbb R^n$.\n\n$$\\sum u_i v_i = u^Tv$$\n\n$$\\sum (u_i - v_i)^2 = \\sum u_i^2 - 2\\sum u_i v_i + \\sum v_i^2$$\n",
    "columns kept apart": "$$\\begin{bmatrix} c & & s \\\\ -s & & c \\end{bmatrix}^{-1} = \\frac{1}{c^2+s^2}\\begin{bmatrix} c & & -s \\\\ s & & c \\end{bmatrix}$$\n",
    "velocities": "Let $L = \\frac12 m \\dot q^2 - \\frac12 k q^2$.\n\n$$\\frac{d}{dt}\\frac{\\partial L}{\\partial \\dot q} - \\frac{\\partial L}{\\partial q} = m \\ddot q + kq$$\n",
    "extreme values": "Let $A\\in\\mathbb R^{m\\times n}$ and let $S\\in\\mathbb R^{n\\times n}$ be symmetric.\n\n$$\\|A\\|_{\\mathrm{op}} = \\sqrt{\\lambda_{\\max}(A^TA)} = \\sigma_{\\max}(A) = \\|A\\|_2$$\n\n$$\\lambda_{\\min}(S + cI) = c - \\lambda_{\\max}(-S)$$\n",
    "a 2 at a Frobenius norm": "Let $A\\in\\mathbb R^{m\\times n}$.\n\n$$\\|A\\|_2^2 = \\operatorname{tr}(A^TA)$$\n",
    "expectations": "$$\\mathbb{E}[(X - \\mathbb{E}[X])^2] = \\mathbb{E}[X^2] - \\mathbb{E}[X]^2$$\n\n$$\\mathbb{E}[aX + b] = a\\mathbb{E}[X] + b$$\n",
    "covariances": "Let $x\\in\\mathbb R^n$, $A\\in\\mathbb R^{m\\times n}$ and $\\Sigma = \\mathbb{E}[(x - \\mathbb{E}[x])(x - \\mathbb{E}[x])^T]$.\n\n$$\\mathbb{E}[(Ax - \\mathbb{E}[Ax])(Ax - \\mathbb{E}[Ax])^T] = A\\Sigma A^T$$\n\n$$\\mathbb{E}[x^TBx] = \\operatorname{tr}(B\\mathbb{E}[xx^T])$$\n",
    "double dollars within a line": "For $t$ a number: then $$(P+tQ)^T(P+tQ) = P^TP + t(P^TQ + Q^TP) + t^2Q^TQ,$$ a polynomial in $t$.\n",
    "words between control spaces": "$$ (a+b)^2 = a^2+2ab+b^2 \\ for\\ all\\ a \\quad and \\quad (a-b)^2 = a^2-2ab+b^2 $$\n",
}  # fmt: skip


@pytest.mark.parametrize("name", HOLD)
def test_every_link_holds(name: str) -> None:
    found = verdicts(HOLD[name])
    assert found and set(found) <= PASSES


LAST = {
    "a loss of a layer in sections before": (LAYER, "\\frac{\\partial \\ell}{\\partial P} = cX^T H Q^T", Verdict.VERIFIED),
    "its sign": (LAYER, "d\\ell = c\\operatorname{tr}(H^T X(dP)Q) - c\\operatorname{tr}(H^T XP(dQ))", Verdict.REFUTED),
    "a rate of a defined function": (ENERGY, "\\dot V = \\frac12 r^T\\dot M r + r^T M(q)\\dot r", Verdict.VERIFIED),
    "its sign, too": (ENERGY, "\\dot V = \\frac12 r^T\\dot M r - r^T M(q)\\dot r", Verdict.REFUTED),
    "a rate with the dynamics put in": (ENERGY, "\\dot V = \\frac12 r^T\\dot M r - r^T K \\dot r", Verdict.DEFINITION),
    "matrices greater than zero": (SLIDING, "\\dot V = s^T B(q)\\dot s + \\frac12 s^T\\dot B(q) s + e^T M\\dot e", Verdict.VERIFIED),
    "an equation for a rate": ("", "\\frac{\\partial a}{\\partial z} = a(1-a)", Verdict.ASSUMPTION),
    "a rate of what is given": ("Let $a = \\frac{1}{1+e^{-z}}$.\n\n", "\\frac{\\partial a}{\\partial z} = a(1+a)", Verdict.REFUTED),
    "a factor in a section after the definitions": (LAYER, "\\frac{\\partial \\ell}{\\partial P} = cX H Q^T", Verdict.REFUTED),
    "at a value that was not put in": ("Its derivative at $t=0$ is this.\n\n", "(P+tQ)^T(P+tQ) = P^TP - t(P^TQ + Q^TP) + t^2Q^TQ", Verdict.REFUTED),
    "at a value that was put in": ("Now let $t = 0$.\n\n", "(P+tQ)^T(P+tQ) = P^TP", Verdict.VERIFIED),
    "going on behind words": ("$$\\operatorname{tr}(A^T B C)$$\n\nBy cyclic permutation this is\n\n", "= \\operatorname{tr}(B C A)", Verdict.REFUTED),
    "a factor in sums without index": ("Let $u, v\\in\\mathbb R^n$.\n\n", "\\sum (u_i - v_i)^2 = \\sum u_i^2 - \\sum u_i v_i + \\sum v_i^2", Verdict.REFUTED),
    "two indices and a sum without": ("", "\\sum a_{ij} = s", Verdict.UNKNOWN),
    "a momentum": ("Let $L = \\frac12 m l^2\\dot\\theta^2 + mgl\\cos\\theta$.\n\n", "\\frac{\\partial L}{\\partial\\dot\\theta} = 2ml^2\\dot\\theta", Verdict.REFUTED),
    "a mass that depends on the state": ("$$T = \\frac12 m(q)\\dot q^2$$\n\n", "\\frac{\\partial T}{\\partial q} = \\frac12 m'(q)\\dot q^2", Verdict.UNKNOWN),
    "a sign in a variance": ("Let $\\mu = \\mathbb{E}[\\hat\\theta]$.\n\n", "\\mathbb{E}[(\\hat\\theta - \\theta)^2] = \\mathbb{E}[(\\hat\\theta - \\mu)^2] - (\\mu-\\theta)^2", Verdict.REFUTED),
    "independence": ("", "\\mathbb{E}[XY] = \\mathbb{E}[X]\\mathbb{E}[Y]", Verdict.UNKNOWN),
    "nothing random": ("", "X - \\mathbb{E}[X] = 0", Verdict.UNKNOWN),
    "conditional expectations": ("", "\\mathbb{E}[X \\mid Y] = \\mathbb{E}[X]", Verdict.UNKNOWN),
    "eigenvalues of what may not be symmetric": ("", "\\lambda_{\\max}(M^2) = \\lambda_{\\max}(M)^2", Verdict.UNKNOWN),
    "lengths under roots": ("", "\\frac{(w^2 + h^2)^{\\frac12}}{w} = (w^2+h^2)^{\\frac12}(w^{-2})^{\\frac12}", Verdict.UNKNOWN),
    "signs under roots": ("", "\\frac{(w^2 + h^2)^{\\frac12}}{w} = (1 - h^2/w^2)^{\\frac12}", Verdict.REFUTED),
}  # fmt: skip


@pytest.mark.parametrize("name", LAST)
def test_the_last_display(name: str) -> None:
    before, formula, expected = LAST[name]
    found = verdicts(f"{before}$${formula}$$\n")[-1]
    assert found is expected or {found, expected} <= PASSES


def test_kramdown_writes_formulas_between_double_dollars() -> None:
    note = "A kernel with $$k = 3$$ taps, and $$k^2 = 9$$ in the plane.\n"
    assert verdicts(note) == []
