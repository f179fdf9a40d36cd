# ruff: noqa: E501 - a row per case reads better than wrapped notes
"""Values by cases, steps of iterations counted above, values at a point: conditions of a text, no claims."""

from __future__ import annotations

import pytest
from checked import PASSES, verdicts

from derivcheck.verdict import Verdict

NO_FINDING = [
    pytest.param(r"$$ v^0 = 0, \qquad v^{m+1} = 3v^m + 2 $$", id="a step counted above, and where it begins"),
    pytest.param(r"$$ (\delta q)^{0} = 0, \qquad (\delta q)^{k+1} = p^{k+1} - p^k $$", id="increments"),
    pytest.param(
        "We solve\n\n" r"$$ \frac{dP}{ds} = aP + QR, \quad \frac{dQ}{ds} = b(Q - R), \quad \frac{dR}{ds} = -PQ $$"
        "\n\nwith the initial conditions\n\n" r"$$ P(0) = Q(0) = R(0) = 1. $$",
        id="initial values",
    ),
    pytest.param("The levels are coded by\n\n" r"$$ 1 \equiv (0,0,0), \quad 2 \equiv (0,1,0). $$", id="codes of numbers"),
    pytest.param(r"$$ \mathrm{expm1}(s) = \exp(s) - 1 $$", id="a name that ends with a digit"),
    pytest.param(r"$$ \hat c = \frac{1}{I - 1}\sum_{i=1}^I w_i (Y_{iv} - Y_{wv})^2 $$", id="an I that ends a sum"),
    pytest.param(
        "If the slope is set to $-1$, one has\n\n$$ q = 2g + h. $$\n\nHere however, we restrict ourselves to $g = 2k$, $h = 3k$ and $q = 9k$.",
        id="here, however, says nothing of the display before",
    ),
    pytest.param(
        "An approximation of the variance is\n\n" r"$$ s^2 = \frac{g(g-1)}{2} + \frac{g}{h + 1}. $$" "\n\nHere, the following form is taken:\n\n"
        r"$$ s^2 = \frac{g^3 h + 4g^2}{4(h+1)^4}. $$",
        id="another value of a square",
    ),
    pytest.param(
        r"Let $\mathcal G$ define the map; the usual one is obtained by taking $\mathcal G$ to be an identity matrix. Another one is" "\n\n"
        r"$$ \mathcal G_{\mathrm{even}} = \begin{bmatrix} 0 & 1 & 1 \\ 1 & 0 & 2 \end{bmatrix}. $$",
        id="a labelled letter is no identity of that size",
    ),
    pytest.param(
        r"The motion is" "\n\n" r"$$ f(t) = \exp(1i\cdot t) $$" "\n\nand\n\n" r"$$ g(t) = 1/(f(t) + 2). $$",
        id="made of complex numbers",
    ),
    pytest.param(
        "Let $q = 3u$. The ratio is\n\n"
        r"$$\left\{\begin{array}{rcll} \dfrac{q}{u} &=& 1 & \textrm{if } q < 5, \\ \dfrac{q}{u} &=& \dfrac{q}{\ln q} & \textrm{otherwise}. \end{array}\right.$$",
        id="values by cases",
    ),
]


@pytest.mark.parametrize("text", NO_FINDING)
def test_no_claims(text: str) -> None:
    assert not any(v.is_finding for v in verdicts(text))


def test_values_at_a_point_are_no_zero_products() -> None:
    assert not set(verdicts("$$ P(0) = Q(0) $$")) & PASSES


@pytest.mark.parametrize(
    "formula",
    [r"a^{k+1} = a\,a^k", r"\nabla f(x) = \begin{array}[t]{c} 2x_1 \\ 6x_2 \end{array}"],
)
def test_what_holds_still_passes(formula: str) -> None:
    said = "Put $f(x) = x_1^2 + 3x_2^2$.\n\n" if "nabla" in formula else ""
    assert set(verdicts(f"{said}$${formula}$$\n")) <= PASSES


def test_arrays_with_a_position() -> None:
    said = "$$ f(x) = x_1^2 + 3x_2^2 $$\n\nThe gradient is\n\n"
    right = r"$$ \nabla f(x) = \left(\begin{array}[1]{c} 2x_1 \\ 6x_2 \end{array}\right) $$"
    assert verdicts(said + right)[-1] in PASSES
    assert verdicts(said + right.replace("6x_2", "3x_2"))[-1] is Verdict.REFUTED
