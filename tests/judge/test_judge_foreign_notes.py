# ruff: noqa: E501 - a row per note reads better than wrapped notes
"""Ways of writing met in notes of many authors, where a correct equation looked false or a false one was let pass."""

from __future__ import annotations

import pytest
from checked import PASSES

from derivcheck.pipeline import check_text
from derivcheck.verdict import Verdict


def verdicts(text: str) -> list[Verdict]:
    return [link.verdict for e in check_text(text, path="n.md").equations for link in e.links]


def test_numbers_below_i_may_count() -> None:
    text = r"""The energy of a foam is
$$
U(\mathbf{F}) = \frac{c}{2}(I_{1} - 3) - c \log J
$$
with $I_1 = \mathbf{F}:\mathbf{F}$ and $J=\det \mathbf{F}$, so that
$$
\frac{\partial U}{\partial \mathbf{F}} = c \mathbf{F} - c \mathbf{F}^{-\mathsf{T}}
$$
"""
    assert verdicts(text)[-1] is Verdict.PROVED


def test_moments_of_inertia_are_no_identities() -> None:
    text = "A steady spin asks for\n$$\n(I_2 - I_3) s_2 s_3 = 0, \\quad (I_3 - I_1) s_3 s_1 = 0\n$$\n"
    assert not any(v in PASSES for v in verdicts(text))


def test_a_rotation_left_unsaid() -> None:
    text = "Moving the arm by $R$ turns its cross matrix:\n$$\n[Ra]_\\times = R [a]_\\times R^T\n$$\n"
    assert verdicts(text) == [Verdict.UNKNOWN]


@pytest.mark.parametrize(("right", "expected"), [("120\\pi", Verdict.VERIFIED), ("130\\pi", Verdict.REFUTED)])
def test_what_a_rounded_number_equals_is_rounded(right: str, expected: Verdict) -> None:
    assert verdicts(f"$$\nZ \\approx 377 \\quad (= {right})\n$$\n")[-1] is expected


def test_units_of_a_rounded_number() -> None:
    assert verdicts("$$\nZ \\approx 377\\ \\Omega \\quad (= 120\\pi\\ \\Omega)\n$$\n")[-1] is not Verdict.REFUTED


def test_words_between_operands_are_a_sentence() -> None:
    text = "$$\n\\text{the range of } B \\text{ has } k \\text{ basis vectors, } k = \\text{rank}(B)\n$$\n"
    assert not any(v.is_finding for v in verdicts(text))


def test_no_value_solves_what_holds_anyway() -> None:
    text = r"""With $\hat c = (Z^TZ)^{-1} Z^T w$ we have
$$
Z^T(w - Z\hat c) = 0
$$
and therefore
$$
Z = PDQ^T
$$
"""
    assert verdicts(text)[-1] not in PASSES


REMARKS = (
    r"\text{ (if $S$ is symmetric)}",
    r"\text{ (if } S \text{ is symmetric)}",
    r"\quad\text{since } S \text{ is symmetric}",
    r"\text{ (since S is symmetric)}",
    r"\qquad (S = S^T)",
    r"\text{ (by symmetry of $S$)}",
)


@pytest.mark.parametrize("remark", REMARKS)
def test_remarks_hold_of_entries_too(remark: str) -> None:
    body = r"\frac{\partial h}{\partial u_m} &= \sum_{i=1}^{n} S_{im} u_i + \sum_{j=1}^{n} S_{mj} u_j \\ &= 2\sum_{i=1}^{n} S_{mi} u_i"
    text = f"Let $h(u)=u^TSu$.\n$$\n\\begin{{aligned}}\n{body}{remark}\n\\end{{aligned}}\n$$\n"
    assert not any(v.is_finding for v in verdicts(text))
    assert verdicts(text.replace(remark, ""))[1].is_finding


def test_an_entry_that_stands_for_the_whole() -> None:
    text = "For symmetric $S$ the Hessian of $\\tfrac12 u^T S u$ is\n$$\nH = \\frac{\\partial^2 h}{\\partial u_k \\partial u_l} = S_{kl} = S\n$$\n"
    assert not any(v.is_finding for v in verdicts(text))


def test_a_side_is_no_multiple_of_the_identity_by_itself() -> None:
    text = "For a function $f$ of matrices\n$$\n\\frac{\\partial}{\\partial \\mathbf{Y}} \\det(f(\\mathbf{Y})) = \\det(f(\\mathbf{Y}))\\, \\mathrm{tr}\\left(f(\\mathbf{Y})^{-1} \\frac{\\partial f(\\mathbf{Y})}{\\partial \\mathbf{Y}}\\right)\n$$\n"
    assert not any(v.is_finding for v in verdicts(text))
