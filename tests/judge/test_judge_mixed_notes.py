# ruff: noqa: E501 - a row per note reads better than wrapped notes
"""Notes from many fields: true lines that once were flagged, false ones that passed unseen, displays that went unread."""

from __future__ import annotations

import pytest

from derivcheck import check_text
from derivcheck.verdict import Verdict

PASSES = {Verdict.PROVED, Verdict.VERIFIED}


def verdicts(text: str) -> list[Verdict]:
    report = check_text(text, path="note.md")
    assert report.error is None
    return [link.verdict for equation in report.equations for link in equation.links]


SIZE = "Let $A \\in \\mathbb R^{d \\times r}$ be the weights.\n\n"
LAYER = "## Model\n\n$$Z = X(W + cPQ)$$\n\n## Loss\n\n$$H = \\nabla_Z \\ell$$\n\n## Steps\n\n"
ENERGY = "Let $M(q)$ be symmetric and $r \\in \\mathbb R^n$. Define\n\n$$ V = \\frac12 r^T M(q) r $$\n\nTake the time derivative:\n\n"
SLIDING = "Let $s = \\dot e + \\Lambda e$ and\n\n$$V(s, e) = \\frac12 s^T B(q) s + \\frac12 e^T M e$$\n\nwith $M > 0$ and $B(q) > 0$.\n\n"

HOLD = {
    "d is a size and a differential": SIZE
    + "$$d\\ell = \\operatorname{tr}\\left(\\left(\\frac{\\partial \\ell}{\\partial A}\\right)^T dA\\right)$$\n",
    "orders of digits": "Let $B \\in M_{33}(\\mathbb R)$ and let $\\epsilon$ be the Levi-Civita symbol.\n\n$$\\det(B) = \\epsilon_{ijk}b_{i1}b_{j2}b_{k3}$$\n",
    "a gradient as a definition": "Let $Y\\in\\mathbb R^{n\\times k}$ and $\\Gamma = \\nabla_Y \\ell$.\n\n$$d\\ell = \\langle \\Gamma, dY\\rangle = \\operatorname{tr}(\\Gamma^T dY)$$\n",
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
