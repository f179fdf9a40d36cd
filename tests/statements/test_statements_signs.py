# ruff: noqa: E501 - a row per formula reads better than wrapped ones
"""Signs and words typed in ways of their own: angles, enumerators, quantities named by acronyms."""

from __future__ import annotations

import pytest

from derivcheck.pipeline import check_text
from derivcheck.verdict import Verdict

SAID = "Let $S$ be a symmetric matrix and $u, v, h \\in \\mathbb{R}^n$, $M \\in \\mathbb{R}^{n\\times n}$.\n\n"
HOLD = (
    "<Mu, v> = <u, M^Tv>",
    "<u, S h> + <h, S u> = 2 \\left<S u, h \\right>",
    "\\frac{<u,v>}{<v,v>} v = \\frac{u^Tv}{v^Tv} v",
    "\\text{(a) } u^Tv = v^Tu",
    "\\text{2. } u^Tv = v^Tu",
    "\\half u^T u = \\frac12 <u, u>",
    "\\deriv{(t^2)}{t} = 2t",
    "\\nabla_{\\theta} \\pi(a|s, \\theta) = \\pi(a|s, \\theta) \\nabla_{\\theta} \\ln \\pi(a|s, \\theta)",
)
COMPARED = ("0 < x, y > 1", "a < b, c > d")


def verdicts(formula: str) -> list[Verdict]:
    report = check_text(f"{SAID}$$\n{formula}\n$$\n", path="n.md")
    return [link.verdict for equation in report.equations for link in equation.links]


@pytest.mark.parametrize("formula", HOLD)
def test_they_are_read(formula: str) -> None:
    found = verdicts(formula)
    assert found and all(v in (Verdict.PROVED, Verdict.VERIFIED) for v in found)


@pytest.mark.parametrize("formula", COMPARED)
def test_comparisons_stay(formula: str) -> None:
    assert verdicts(formula) == [Verdict.UNKNOWN, Verdict.UNKNOWN]


def test_an_acronym_is_a_quantity() -> None:
    text = "Let $Z\\in\\mathbb{R}^{n\\times p}$ and $Y\\in\\mathbb{R}^n$.\n\n$$\n\\text{SSE}(\\beta) = (Y - Z\\beta)^T(Y - Z\\beta)\n$$\n\n$$\n\\frac{\\partial \\text{SSE}}{\\partial \\beta} = 2Z^TZ\\beta - 2Z^TY\n$$\n"
    links = [link for e in check_text(text, path="n.md").equations for link in e.links]
    assert [link.verdict for link in links] == [Verdict.DEFINITION, Verdict.PROVED]


@pytest.mark.parametrize("right", ["v^T M u", "u^T M v"])
def test_a_colon_is_what_the_text_says(right: str) -> None:
    inner = "\\operatorname{tr}(AB)" if right == "v^T M u" else "\\operatorname{tr}(A^TB)"
    text = f"With $A : B = {inner}$ and $u, v \\in \\mathbb{{R}}^n$:\n\n$$\nM : (u v^T) = {right}\n$$\n"
    (equation,) = check_text(text, path="n.md").equations
    assert equation.links[0].verdict is Verdict.PROVED
