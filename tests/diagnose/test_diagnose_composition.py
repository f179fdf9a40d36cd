"""The chain rule: where the outer derivative is taken, and the inner derivative."""

from __future__ import annotations

import pytest

from derivcheck import check_text

_SAID = "Let $r(s) = p(q(s))$ with scalar functions $p$ and $q$.\n\n$$\n{}\n$$\n"


@pytest.mark.parametrize(
    ("formula", "rule", "old", "new"),
    [
        (r"r'(s) = p'(s)\,q'(s)", "DC110", "s", "q (s)"),
        (r"r'(s) = p'(q(s))", "DC106", "p'(q(s))", "p'(q(s))q'(s)"),
        (r"\frac{dr}{ds} = q'(s)\,p'(s)", "DC110", "s", "q (s)"),
    ],
)
def test_what_the_chain_rule_lacks(formula: str, rule: str, old: str, new: str) -> None:
    link = check_text(_SAID.format(formula), path="note.md").equations[-1].links[-1]
    assert link.rule == rule
    assert link.repair is not None
    assert (link.repair.old, link.repair.new) == (old, new)


@pytest.mark.parametrize("formula", [r"r'(s) = p'(q(s))\,q'(s)", r"r''(s) = p''(q(s))\,q'(s)^2 + p'(q(s))\,q''(s)"])
def test_the_chain_rule_holds(formula: str) -> None:
    link = check_text(_SAID.format(formula), path="note.md").equations[-1].links[-1]
    assert link.verdict.value == "proved"
