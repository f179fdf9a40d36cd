"""Ways of lecture notes that once led to false findings or to silence, in notes of our own."""

from __future__ import annotations

import pytest

from derivcheck import check_text
from derivcheck.verdict import Verdict

DATA = (
    "Let $\\mathbf x_1,\\dots,\\mathbf x_N\\in\\mathbb R^d$ be centred and "
    "$S = \\frac1N\\sum_{i=1}^N \\mathbf x_i\\mathbf x_i^\\top$. A projection is $WW^\\top$ with $W^\\top W = I$.\n\n"
)
LAYER = "Consider $z = W_1 x + b_1$, $h = \\sigma(z)$, $\\hat y = W_2 h + b_2$ and $\\ell = \\frac12\\|\\hat y - y\\|^2$.\n\n"
STRESS = (
    "With the summation convention, for a stress $\\sigma_{ij}$ and a strain $\\varepsilon_{kl}$,\n\n"
    "$$\\sigma_{ij} = \\lambda\\varepsilon_{kk}\\delta_{ij} + 2\\mu\\varepsilon_{ij}.$$\n\n"
)
DENSITY = (
    "Let $X\\in\\mathbb R^{n\\times p}$ and $x\\sim\\mathcal N(\\mu,\\Sigma)$, with\n\n"
    "$$\\log p(x) = -\\frac d2\\log 2\\pi - \\frac12\\log\\det\\Sigma - \\frac12(x-\\mu)^\\top\\Sigma^{-1}(x-\\mu)$$\n\n"
)


def last(text: str) -> list[Verdict]:
    report = check_text(text, path="note.md")
    assert report.error is None
    return [link.verdict for link in report.equations[-1].links]


@pytest.mark.parametrize(
    ("said", "right", "wrong"),
    [
        (DATA, r"\frac1N\sum_i\|\mathbf x_i - WW^\top\mathbf x_i\|^2 = \operatorname{tr}(S) - \operatorname{tr}(W^\top S W)",
         r"\frac1N\sum_i\|\mathbf x_i - WW^\top\mathbf x_i\|^2 = \operatorname{tr}(S) + \operatorname{tr}(W^\top S W)"),
        (DATA + "A bare $\\mathbf x$ is drawn too: $$\\mathbf x^\\top\\mathbf x \\ge 0$$\n\n",
         r"\operatorname{tr}(S) - \operatorname{tr}(W^\top S W) = \operatorname{tr}((I - WW^\top)S)",
         r"\operatorname{tr}(S) - \operatorname{tr}(W^\top S W) = \operatorname{tr}((I + WW^\top)S)"),
        (LAYER, r"\frac{\partial\ell}{\partial b_2} = \hat y - y", r"\frac{\partial\ell}{\partial b_2} = 2(\hat y - y)"),
        (LAYER, r"\frac{\partial\ell}{\partial W_2} = (\hat y - y)h^\top", r"\frac{\partial\ell}{\partial W_2} = (\hat y + y)h^\top"),
        (STRESS, r"\sigma_{ij}\varepsilon_{ij} = \lambda\varepsilon_{kk}^2 + 2\mu\varepsilon_{ij}\varepsilon_{ij}",
         r"\sigma_{ij}\varepsilon_{ij} = \lambda\varepsilon_{kk}^2 + \mu\varepsilon_{ij}\varepsilon_{ij}"),
        (STRESS, r"\sigma_{kk} = (3\lambda+2\mu)\varepsilon_{kk}", r"\sigma_{kk} = (3\lambda-2\mu)\varepsilon_{kk}"),
        (DENSITY, r"\nabla_x\log p(x) = -\Sigma^{-1}(x-\mu)", r"\nabla_x\log p(x) = \Sigma^{-1}(x-\mu)"),
        ("Let $\\omega\\in\\mathbb R^3$.\n\n", r"[\omega]_\times^2 = \omega\omega^\top - \|\omega\|^2 I",
         r"[\omega]_\times^2 = \omega\omega^\top + \|\omega\|^2 I"),
    ],
)  # fmt: skip
def test_lecture_notes(said: str, right: str, wrong: str) -> None:
    assert last(f"{said}$${right}$$\n")[0] in (Verdict.VERIFIED, Verdict.PROVED)
    assert last(f"{said}$${wrong}$$\n") == [Verdict.REFUTED]


@pytest.mark.parametrize(
    ("right", "wrong"),
    [
        (r"d(v^\top X v) = v^\top dX v", r"d(v^\top X^{-1} v) = v^\top dX v"),
        (r"d(X^{-1}) = -X^{-1}\,dX\,X^{-1}", r"d(X^{-1}) = X^{-1}\,dX\,X^{-1}"),
    ],
)
def test_a_size_d_beside_differentials(right: str, wrong: str) -> None:
    said = "Let $v\\in\\mathbb R^d$.\n\n$$d^2\\log\\det X = -\\operatorname{tr}(X^{-1}dX\\,X^{-1}dX)$$\n\n"
    assert last(f"{said}$${right}$$\n")[0] in (Verdict.VERIFIED, Verdict.PROVED)
    assert last(f"{said}$${wrong}$$\n") == [Verdict.REFUTED]


def test_values_given_by_equations_that_are_not_understood() -> None:
    """y_1 is made of x_1, whose value only the chain tells."""
    said = "Plug in:\n\n$$y_1 = mx_1 = m\\cdot(-1) = -m, \\qquad y_2 = mx_2 = m\\cdot 2 = 2m$$\n\nThe error becomes\n\n"
    assert last(f"{said}$$(1 - y_1)^2 + y_2^2 = (1 + m)^2 + 4m^2$$\n") != [Verdict.REFUTED]


def test_what_an_if_says_may_remove_a_symbol() -> None:
    said = "Let $\\eta=\\cos\\frac\\alpha2$ and $\\vec e = \\vec v\\sin\\frac\\alpha2$. If $||v||=1$ then\n\n"
    assert last(f"{said}$$\\eta^2+\\vec e^T\\vec e = \\cos^2\\frac\\alpha2+\\sin^2\\frac\\alpha2$$\n") != [Verdict.REFUTED]


def test_a_point_between_two_others_is_no_finding() -> None:
    said = "Let $f:\\mathbb R^n\\to\\mathbb R$ be twice differentiable. For some $\\xi$ between $x$ and $y$,\n\n"
    assert last(f"{said}$$\\nabla f(y) = \\nabla f(x) + \\nabla^2 f(\\xi)(y-x)$$\n") != [Verdict.REFUTED]
