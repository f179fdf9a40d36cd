"""Expectations under a condition: what is given is held fixed, and is the same in all of a link."""

from __future__ import annotations

import pytest
from checked import PASSES

from derivcheck import check_text
from derivcheck.verdict import Verdict

NOISE = (
    "Let $Z\\in\\mathbb R^{n\\times k}$ and let $e\\in\\mathbb R^n$ be random with $\\mathrm E[e\\mid Z]=0$ and "
    "$\\operatorname{Var}(e\\mid Z)=\\tau^2I_n$. Let $B\\in\\mathbb R^{n\\times n}$.\n\n"
)
PAIR = "Let $v$ and $w$ be random variables.\n\n"


def last(text: str) -> Verdict:
    report = check_text(text, path="note.md")
    return [link.verdict for equation in report.equations for link in equation.links][-1]


@pytest.mark.parametrize(
    ("said", "right", "wrong"),
    [
        (
            NOISE,
            r"\mathrm E[e^\top Be\mid Z] = \operatorname{tr}(B\,\mathrm E[ee^\top\mid Z])",
            r"\mathrm E[e^\top Be\mid Z] = \operatorname{tr}(B)\,\mathrm E[e^\top e\mid Z]",
        ),
        (NOISE, r"\mathrm E[e^\top Be\mid Z] = \tau^2\operatorname{tr}B", r"\mathrm E[e^\top Be\mid Z] = \tau^2\det B"),
        (
            NOISE,
            r"\operatorname{Var}(Z^\top e\mid Z) = \tau^2Z^\top Z",
            r"\operatorname{Var}(Z^\top e\mid Z) = \tau^2ZZ^\top",
        ),
        (PAIR, r"\mathrm E[wv\mid w] = w\,\mathrm E[v\mid w]", r"\mathrm E[wv\mid w] = w+\mathrm E[v\mid w]"),
    ],
)
def test_under_one_condition(said: str, right: str, wrong: str) -> None:
    assert last(f"{said}$$\n{right}\n$$") in PASSES
    assert last(f"{said}$$\n{wrong}\n$$") not in PASSES


@pytest.mark.parametrize(
    "latex",
    [
        r"\mathrm E[\mathrm E[v\mid w]] = \mathrm E[v]",
        r"\mathrm E[v\mid w] = \mathrm E[v]",
        r"\mathrm E[v\mid w>0] = \mathrm E[v\mid w]",
    ],
)
def test_several_conditions_are_not_read(latex: str) -> None:
    assert last(f"{PAIR}$$\n{latex}\n$$") in (Verdict.UNKNOWN, Verdict.ASSUMPTION)
