"""What no edit mends is a finding only where nothing else explains it."""

from __future__ import annotations

import pytest

from derivcheck import check_text
from derivcheck.verdict import Verdict

FINDINGS = (Verdict.REFUTED, Verdict.ILL_SHAPED)


def last(text: str) -> Verdict:
    report = check_text(text, path="note.md")
    assert report.error is None
    return report.equations[-1].links[-1].verdict


RATES = (
    "Let $u(x, y)$ and $v(x, y)$ be differentiable.\n\n$$\n\\frac{\\partial (uv)}{\\partial x} = v\\frac{\\partial u}"
    "{\\partial x} + u\\frac{\\partial v}{\\partial x}\n$$\n\nSimilarly\n\n$$\n\\frac{\\partial (uv)}{\\partial y} = "
    "v\\frac{\\partial u}{\\partial y} + u\\frac{\\partial v}{\\partial y}\n$$\n\n"
)


def test_rates_of_other_functions_are_an_equation_to_solve() -> None:
    text = RATES + "$$\n\\frac{\\partial u}{\\partial x} + 3\\frac{\\partial v}{\\partial x} = \\frac{\\partial v}{\\partial y}\n$$\n"
    assert last(text) not in FINDINGS
    mistaken = "$$\n\\frac{\\partial (uv)}{\\partial x} = v\\frac{\\partial u}{\\partial x} - u\\frac{\\partial v}{\\partial x}\n$$\n"
    assert last(RATES + mistaken) in FINDINGS


def test_a_rate_put_in_is_no_mistake() -> None:
    text = (
        "Let $P(t)$ and $N$ be $n\\times n$ matrices.\n\n$$\n\\operatorname{tr}(P(NP - PN)) = \\operatorname{tr}(PNP) - "
        "\\operatorname{tr}(P^2N) = 0\n$$\n\nso that with $\\dot P = [N, P]$\n\n"
        "$$\n\\operatorname{tr}\\left(P\\frac{dP}{dt}\\right) = \\operatorname{tr}(P(NP - PN))\n$$\n"
    )
    assert last(text) not in FINDINGS


@pytest.mark.parametrize("word", ["the vector of ones", "the zero vector"])
def test_a_word_that_belongs_to_another_symbol(word: str) -> None:
    """Whatever the words are taken to say of W: its product holds for matrices."""
    said = f"With $W$ and $e$ {word}.\n\n"
    assert last(said + "$$\n\\operatorname{tr}(WW^\\top) = \\operatorname{tr}(W^\\top W)\n$$\n") not in FINDINGS
    assert last(said + "$$\n(WA + B)^{-1}(WA + B) = I\n$$\n") not in FINDINGS


def test_sizes_of_a_later_example_clash_with_nothing() -> None:
    text = (
        "Let $Z$ be a matrix.\n\n$$\n\\operatorname{tr}(Z^{-1} (dZ) Z^{-1}) = \\operatorname{tr}(Z^{-2} dZ)\n$$\n\n"
        "$$\nc^\\top (c + e) = c^\\top c + c^\\top e\n$$\n\n"
        "Put $J(w) = \\|Zw - y\\|^2$, where $Z \\in \\mathbb R^{N\\times d}$,\n\n"
        "$$\n\\frac{\\partial J}{\\partial w} = 2Z^\\top(Zw - y)\n$$\n"
    )
    links = [link for e in check_text(text, path="n.md").equations for link in e.links]
    assert len(links) == 3 and not any(link.verdict.is_finding for link in links)


def test_a_letter_that_is_called_may_be_any_function() -> None:
    said = "Let $A \\in \\mathbb R^{m\\times n}$ and $b \\in \\mathbb R^m$. Squaring the condition number $\\kappa$:\n\n"
    text = said + "$$\n\\kappa(A^\\top A) = \\frac{\\sigma_1^2}{\\sigma_n^2} = \\kappa(A)^{2}\n$$\n"
    assert not any(link.verdict.is_finding for e in check_text(text, path="n.md").equations for link in e.links)


FIRM = (
    "A firm sells $z(q, w) = \\frac{cw}{q}$ at the cost\n\n$$\ng(q, y) = y q^c\n$$\n\n"
    "with the input\n\n$$\nk(q, y) = \\frac{\\partial g}{\\partial q} = \\frac{c\\, g(q, y)}{q}\n$$\n\n"
)
LEAST = (
    "For $s:\\mathbb R^n\\to\\mathbb R^m$ put $f(x) = \\frac12\\|s(x)\\|^2$. Its Jacobian is $S(x)$.\n\n"
    "$$\n\\nabla f(x) = \\sum_i s_i(x)\\nabla s_i(x)\n$$\n\nThe step is $h = -(S^\\top S)^{-1}S^\\top s$.\n\n"
)


def test_arguments_that_are_left_out_refute_nothing() -> None:
    """What is held fixed, and where it is taken, stands in the brackets."""
    slutsky = "$$\n\\frac{\\partial z}{\\partial q} = \\frac{\\partial k}{\\partial q} - z\\frac{\\partial z}{\\partial w}\n$$\n"
    assert last(FIRM + slutsky) not in FINDINGS
    assert last(FIRM + "$$\n\\frac{\\partial z}{\\partial q} = -\\frac{cw}{q^2}\n$$\n") not in FINDINGS
    assert last(FIRM + "$$\n\\frac{\\partial z}{\\partial q} = -\\frac{cw}{q^3} + c\n$$\n") in FINDINGS
    assert last(LEAST + "$$\n\\nabla f(x)^\\top h = -s^\\top S(S^\\top S)^{-1}S^\\top s\n$$\n") not in FINDINGS
