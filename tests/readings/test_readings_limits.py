"""Limits that have a value, and lists of columns between bars."""

from __future__ import annotations

import pytest
from checked import PASSES

from derivcheck import check_text
from derivcheck.verdict import Verdict

COLUMNS = "Let $A\\in\\mathbb{R}^{m\\times n}$ and $V\\in\\mathbb{R}^{n\\times p}$ with columns $v_1,\\dots,v_p$.\n\n"

HOLDS = [
    r"\lim_{n\to\infty} [c + b_0 - b_{n-1}] = c + b_0 - \lim_{n\to\infty} b_n",
    r"\lim_{n\to\infty} (u_n + 2 v_{n+1}) = \lim_{n\to\infty} u_n + 2\lim_{n\to\infty} v_n",
    r"\lim_{x\to 2} (x^2 + 3x) = 10",
    r"\lim_{h\to 0} (2x + h) = 2x",
    r"A V = [ A v_1 \mid A v_2 \mid \cdots \mid A v_p ]",
    r"V V^\top = \sum_{i=1}^p v_i v_i^\top",
]
FALSE = [
    r"\lim_{n\to\infty} [c + b_0 - b_{n-1}] = c + b_0 + \lim_{n\to\infty} b_n",
    r"\lim_{x\to 2} (x^2 + 3x) = 12",
    r"V V^\top = \sum_{i=1}^p v_i^\top v_i",
]
OPEN = [  # nothing to put in, no value there, or a function of which nothing is known
    r"\lim_{n\to\infty} \left(1 + \frac1n\right)^n = 2",
    r"\lim_{x\to 0} \frac{\sin x}{x} = 2",
    r"\lim_{x\to 0} f(x) \neq f(0)",
    r"\lim_{\boldsymbol\phi\to 0} \boldsymbol\phi^{\wedge} p = -p^{\wedge} \boldsymbol\phi",
    r"\lim_{x\to 1^-} \lfloor x \rfloor = 0",
    r"\lim_{n\to\infty} a_n = 0",
    r"\lim_{n\to\infty} \sum_{k=1}^n a_{kn} = 1",
]


def verdicts(formula: str) -> list[Verdict]:
    report = check_text(f"{COLUMNS}$$\n{formula}\n$$\n", path="note.md")
    assert report.error is None
    return [link.verdict for equation in report.equations for link in equation.links]


@pytest.mark.parametrize("formula", HOLDS)
def test_it_holds(formula: str) -> None:
    assert all(v in PASSES for v in verdicts(formula))


@pytest.mark.parametrize("formula", FALSE)
def test_it_is_false(formula: str) -> None:
    assert all(v.is_finding for v in verdicts(formula))


@pytest.mark.parametrize("formula", OPEN)
def test_it_is_left_open(formula: str) -> None:
    assert not any(v.is_finding or v in PASSES for v in verdicts(formula))
