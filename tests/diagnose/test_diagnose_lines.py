"""Derivatives along lines: taken at the parameter of the line."""

from __future__ import annotations

import pytest

from derivcheck import check_text
from derivcheck.verdict import Verdict

SAID = "Let $M \\in \\mathbb R^{p\\times q}$, $x \\in \\mathbb R^q$ and $f : \\mathbb R^q \\to \\mathbb R$ be smooth%s.\n\n"


@pytest.mark.parametrize("more", ["", ", $v \\in \\mathbb R^q$"])
@pytest.mark.parametrize(
    "formula",
    [
        r"\left. \frac{d}{d%s} M(x + \epsilon v) \right|_{\epsilon = 0} = M v",
        r"\left. \frac{\mathrm d}{\mathrm d %s} (x + \epsilon v)^\top (x + \epsilon v) \right|_{\epsilon = 0} = 2 x^\top v",
    ],
)
def test_the_variable_is_put_right(formula: str, more: str) -> None:
    good = check_text(SAID % more + "$$\n" + formula % r"\epsilon" + "\n$$\n", path="n.md").equations[-1].links[0]
    assert good.verdict in (Verdict.VERIFIED, Verdict.PROVED)
    bad = check_text(SAID % more + "$$\n" + formula % "x" + "\n$$\n", path="n.md").equations[-1].links[0]
    assert bad.verdict.is_finding
    assert bad.repair is not None and (bad.repair.old, bad.repair.new) == ("x", r"\epsilon")
