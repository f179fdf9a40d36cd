# ruff: noqa: E501 - a row per note reads better than wrapped notes
"""Ways of writing met in lecture notes: each true form passes or stays silent, a slip in it does not pass."""

from __future__ import annotations

import pytest
from checked import PASSES, verdicts

from derivcheck import check_text
from derivcheck.verdict import Verdict

HOLDS = [
    # the sizes of M_{mn} are two sizes
    "Let $B \\in M_{pq}(\\mathbb R)$, $u\\in\\mathbb R^p$, $v\\in\\mathbb R^q$.\n\n$$u^TBv = v^TB^Tu$$",
    "Let $S \\in M_{nn}(\\mathbb R)$ and $v \\in \\mathbb R^n$.\n\n$$\\nabla_v (v^TSv) = (S+S^T)v$$",
    # a dagger is the adjoint where both readings are open, and where the text speaks of adjoints
    "$$\\operatorname{tr}(U^\\dagger V)^* = \\operatorname{tr}(V^\\dagger U)$$",
    "The Hermitian adjoint reverses products.\n\n$$(UV)^\\dagger = V^\\dagger U^\\dagger$$",
    # index notation with capitals; entries of a vector with an arrow
    "$$P_iQ_kR_k - Q_iP_kR_k = P_i(R_kQ_k) - Q_i(R_kP_k)$$",
    "$$[\\vec P \\times \\vec Q]_k = \\epsilon_{klm}P_lQ_m$$",
    "$$\\vec p(\\vec r\\cdot\\vec r) - \\vec r(\\vec r\\cdot\\vec p) = \\vec p\\,r^2 - \\vec r(\\vec p\\cdot\\vec r)$$",
    # fields by entries
    "$$\\frac{\\partial}{\\partial x_k}(p_i q_k) = \\frac{\\partial p_i}{\\partial x_k}q_k + p_i\\frac{\\partial q_k}{\\partial x_k}$$",
    # sums over one family run equally far
    "We know that $w=\\sum_{k=1}^n c_k u^{(k)}$.\n\n$$\\|w\\|^2 = \\sum_{k,l} c_kc_l (u^{(k)})^\\top u^{(l)}$$",
    # a value in the terms of the chain rule
    "When $\\mathbf p = \\mathbf h(\\mathbf k(\\mathbf t))$:\n\n$$\\frac{\\partial \\mathbf p}{\\partial \\mathbf t} = \\frac{\\partial \\mathbf p}{\\partial \\mathbf s}\\frac{\\partial \\mathbf s}{\\partial \\mathbf t}$$\n\nwhere $\\mathbf s = \\mathbf k(\\mathbf t)$.",
    # σ where the text speaks of the sigmoid
    "The logistic function $\\sigma$ squashes.\n\n$$\\log(1-\\sigma(c)) = -\\log(1+e^{c})$$",
    "With a sigmoid output,\n\n$$\\frac{d}{dc}\\log\\sigma(c) = 1-\\sigma(c)$$",
    # layout of the source
    "<center>$$(p-q)^2 = p^2-2pq+q^2$$</center>",
    "$$\\begin{aligned}(p+q)^2 &= (p+q)(p+q) \\\\ \\text{(multiplied out)} &= p^2+2pq+q^2\\end{aligned}$$",
    "$$(p-q)(p+q) = p^2-q^2 \\text{ ; } (p+q)q = pq+q^2$$",
    "$$p(q+r) = pq+pr$$\n\nThe order does not matter,\n\n$$= rp+qp$$",
]
SLIPS = [
    "Let $B \\in M_{pq}(\\mathbb R)$, $u\\in\\mathbb R^p$, $v\\in\\mathbb R^q$.\n\n$$u^TBv = v^TBu$$",
    "$$\\operatorname{tr}(U^\\dagger V)^* = \\operatorname{tr}(V^\\dagger V)$$",
    "The Hermitian adjoint reverses products.\n\n$$(UV)^\\dagger = U^\\dagger V^\\dagger$$",
    "$$P_iQ_kR_k - Q_iP_kR_k = P_i(R_kQ_k) - Q_k(R_kP_i)$$",
    "$$[\\vec P \\times \\vec Q]_k = \\epsilon_{klm}P_mQ_l$$",
    "$$\\frac{\\partial}{\\partial x_k}(p_i q_k) = \\frac{\\partial p_i}{\\partial x_k}q_k - p_i\\frac{\\partial q_k}{\\partial x_k}$$",
    "We know that $w=\\sum_{k=1}^n c_k u^{(k)}$.\n\n$$\\|w\\|^2 = \\sum_{k,l} c_kc_k (u^{(k)})^\\top u^{(l)}$$",
    "The logistic function $\\sigma$ squashes.\n\n$$\\log(1-\\sigma(c)) = \\log(1+e^{c})$$",
    "<center>$$(p-q)^2 = p^2-2pq-q^2$$</center>",
]


@pytest.mark.parametrize("note", HOLDS)
def test_it_passes(note: str) -> None:
    found = verdicts(note + "\n")
    assert found and set(found) <= PASSES


@pytest.mark.parametrize("note", SLIPS)
def test_a_slip_does_not_pass(note: str) -> None:
    assert not PASSES & set(verdicts(note + "\n"))


SILENT = [
    # an equation that follows from one before it
    "We have\n\n$$Q Q^\\top = I$$\n\nDifferentiating,\n\n$$\\dot Q Q^\\top + (\\dot Q Q^\\top)^\\top = 0$$\n\nHence\n\n$$\\dot Q Q^\\top = -(\\dot Q Q^\\top)^\\top$$",
    # constants drop out of a differential
    "$$d(UVW) = dU\\,VW + U\\,dV\\,W + UV\\,dW = dU\\,VW + UV\\,dW$$",
    # one component for all
    "$$\\nabla f = \\frac{\\partial f}{\\partial x_i}$$",
    # tensors of the fourth order, and an inner product of rates
    "$$\\boldsymbol{\\tau} = \\mathbf D : \\boldsymbol{\\eta}$$",
    "$$\\mathbf D = k\\,\\mathbf 1\\otimes\\mathbf 1 + 2g\\,\\mathbf I$$",
    "$$\\langle P,\\dot Q\\rangle_F = \\langle\\bar R,\\dot R\\rangle_F + \\bar c^\\top\\dot c$$",
    # a display that goes on with something else
    "$$pq = qp$$\n\nThe value is\n\n$$= 7$$",
]


@pytest.mark.parametrize("note", SILENT)
def test_it_is_no_finding(note: str) -> None:
    assert not {Verdict.REFUTED, Verdict.ILL_SHAPED} & set(verdicts(note + "\n"))


def test_a_parameter_is_no_solution_of_a_law_that_holds_it() -> None:
    found = verdicts("The control is\n\n$$u = -k(E-F)\\,\\theta,\\quad k = 0.5$$\n")
    assert found == [Verdict.DEFINITION, Verdict.DEFINITION]


def test_products_of_undeclared_capitals_do_not_crash() -> None:
    note = "$$M=\\prod_{i=1}^{N}\\pi(x_i)^{y_i}$$\n\n$$M(w)=\\sum_i y_i(w\\cdot x_i)$$\n"
    report = check_text(note, path="note.md")
    assert all(link.reason != "internal error" for e in report.equations for link in e.links)


@pytest.mark.parametrize("stated", ["We write $\\log t = \\frac{\\ln t}{\\ln 10}$.", "$$\\log t = \\frac{\\ln t}{\\ln 10}$$"])
def test_a_logarithm_is_what_the_note_says(stated: str) -> None:
    assert verdicts(f"{stated}\n\n$$\\frac{{d}}{{dt}}\\log t = \\frac1{{t\\ln 10}}$$\n")[-1] in PASSES
    assert verdicts(f"{stated}\n\n$$\\log 1000 = 3$$\n")[-1] in PASSES
    assert verdicts(f"{stated}\n\n$$\\frac{{d}}{{dt}}\\log t = \\frac1t$$\n")[-1] is Verdict.REFUTED


def test_a_value_in_passing_that_makes_both_sides_zero_proves_nothing() -> None:
    note = "Put $c = a - b$. The case $a = b = 0$ is included.\n\n$$a(g^2-g)+b(1-g) = (g-1)(ag%sb)$$\n"
    assert verdicts(note % "-")[0] in PASSES
    assert verdicts(note % "+")[0] not in PASSES
