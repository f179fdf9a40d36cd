"""Sizes of blocks: what a sum of sizes says of its parts."""

from __future__ import annotations

from derivcheck import check_text
from derivcheck.verdict import Verdict

SAID = "Let $B$ be symmetric, $c = \\beta - h^\\top B^{-1}h$ and $w = B^{-1}h$.\n\n"
INVERSE = r"\begin{pmatrix} B & h\\ h^\top & \beta\end{pmatrix}^{-1} = \begin{pmatrix} B^{-1} + \frac1c %s & -\frac1c w\\ -\frac1c w^\top & \frac1c\end{pmatrix}"


def test_a_number_beside_a_block_makes_the_block_no_number() -> None:
    right, wrong = (check_text(f"{SAID}$${INVERSE % part}$$\n") for part in (r"ww^\top", r"w^\top w"))
    assert right.equations[0].links[0].verdict in (Verdict.VERIFIED, Verdict.PROVED)
    assert wrong.equations[0].links[0].verdict not in (Verdict.VERIFIED, Verdict.PROVED)
