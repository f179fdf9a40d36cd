"""Members that are made of members: c_t = ∏ a_s with a_t = 1 − b_t."""

from __future__ import annotations

import pytest
from checked import FINDINGS, PASSES

from derivcheck import check_text
from derivcheck.verdict import Verdict

NOISE = "Let $b_1,\\dots,b_N\\in(0,1)$, $a_t=1-b_t$ and $c_t=\\prod_{s=1}^t a_s$."
BARRED = "Put $u_k=3w_k$. Put $\\bar u_k=\\sum_{j=1}^k u_j$."


def verdict(prose: str, formula: str) -> Verdict:
    report = check_text(f"{prose}\n\n$$\n{formula}\n$$\n", path="note.md")
    assert report.error is None
    return report.equations[-1].links[-1].verdict


@pytest.mark.parametrize(
    ("prose", "right", "wrong"),
    [
        (NOISE, "c_t = a_t c_{t-1}", "2c_t = a_t c_{t-1}"),
        (NOISE, "\\frac{a_t(1-c_{t-1})+b_t}{b_t} = \\frac{1-c_t}{b_t}", "\\frac{a_t(1-c_{t-1})-b_t}{b_t} = \\frac{1-c_t}{b_t}"),
        (NOISE, "c_{t-1}-c_t = b_tc_{t-1}", "c_{t-1}-c_t = b_tc_t"),
        (BARRED, "\\bar u_k - \\bar u_{k-1} = 3w_k", "\\bar u_k - \\bar u_{k-1} = -3w_k"),
    ],
)  # fmt: skip
def test_members_of_members(prose: str, right: str, wrong: str) -> None:
    assert verdict(prose, right) in PASSES
    assert verdict(prose, wrong) not in PASSES
    assert verdict(f"{prose} Moreover", f"{wrong} + c_1") not in PASSES


def test_a_symmetric_multiplier_beside_a_definition() -> None:
    said = (
        "$$\nJ(F, M) = \\operatorname{tr}(F^\\top BF) - \\operatorname{tr}(M(F^\\top F - I_k)), \\qquad M = M^\\top,\n$$\n\n"
        "where $B$ is symmetric. Then"
    )
    assert verdict(said, "\\frac{\\partial J}{\\partial F} = 2BF - 2FM") in PASSES
    assert verdict(said, "\\frac{\\partial J}{\\partial F} = 2BF - FM") in FINDINGS
    assert verdict(said.replace(", \\qquad M = M^\\top,", ""), "\\frac{\\partial J}{\\partial F} = 2BF - 2FM") not in PASSES


@pytest.mark.parametrize("k", ["k", "n", "t"])
def test_the_last_member_of_a_partial_sum(k: str) -> None:
    said = f"The partial sums are $S_{k}=\\sum_{{j=1}}^{k} u_j$."
    assert verdict(said, f"S_{k} - S_{{{k}-1}} = u_{k}") in PASSES
    assert verdict(said, f"S_{k} - S_{{{k}-1}} = -u_{k}") in FINDINGS
    assert verdict(said, f"u_{k} S_{{{k}-1}} + u_{k}^2 = u_{k} S_{k}") in PASSES
