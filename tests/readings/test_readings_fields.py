# ruff: noqa: E501 - a row per identity reads better than wrapped ones
r"""Fields over space: ∇·, ∇×, (w·∇), ∂_i where the text names no variable."""

from __future__ import annotations

import pytest
from checked import PASSES

from derivcheck import check_text
from derivcheck.verdict import Verdict


def verdict(formula: str) -> Verdict:
    report = check_text(f"$${formula}$$\n", path="note.md")
    return [link.verdict for equation in report.equations for link in equation.links][-1]


@pytest.mark.parametrize(
    ("right", "wrong"),
    [
        (r"\nabla\cdot(\psi w) = \psi\nabla\cdot w + w\cdot\nabla\psi", r"\nabla\cdot(\psi w) = \psi\nabla\cdot w - w\cdot\nabla\psi"),
        (r"\nabla\cdot(P\times Q) = Q\cdot(\nabla\times P) - P\cdot(\nabla\times Q)", r"\nabla\cdot(P\times Q) = Q\cdot(\nabla\times P) + P\cdot(\nabla\times Q)"),
        (r"\nabla\times(\nabla\times w) = \nabla(\nabla\cdot w) - \nabla^2w", r"\nabla\times(\nabla\times w) = \nabla(\nabla\cdot w) + \nabla^2w"),
        (r"(\vec w\cdot\nabla)\vec w = \nabla(\tfrac12 w^2) - \vec w\times(\nabla\times\vec w)", r"(\vec w\cdot\nabla)\vec w = \nabla(\tfrac12 w^2) + \vec w\times(\nabla\times\vec w)"),
        (r"\partial_k(p_i q_k) = q_k\partial_k p_i + p_i\partial_k q_k", r"\partial_k(p_i q_k) = q_k\partial_k p_i - p_i\partial_k q_k"),
    ],
)  # fmt: skip
def test_identities(right: str, wrong: str) -> None:
    assert verdict(right) in PASSES
    assert verdict(wrong) is Verdict.REFUTED


@pytest.mark.parametrize("identity", [
    r"\nabla\times(P\times Q) = P(\nabla\cdot Q) - Q(\nabla\cdot P) + (Q\cdot\nabla)P - (P\cdot\nabla)Q",
    r"\nabla\cdot(\nabla\times w) = 0", r"\nabla\times\nabla\psi = 0", r"\nabla\cdot\nabla\psi = \nabla^2\psi",
    r"[\nabla\times w]_i = \epsilon_{ijk}\partial_j w_k", r"\nabla\cdot w = \partial_i w_i",
    r"\epsilon_{ijk}\partial_j(\epsilon_{klm}\partial_l w_m) = \partial_i\partial_j w_j - \partial_j\partial_j w_i",
])  # fmt: skip
def test_more_identities(identity: str) -> None:
    assert verdict(identity) in PASSES


@pytest.mark.parametrize("law", [
    r"\nabla\cdot w = 0", r"\nabla\times w = 0", r"\partial_i w_j = \partial_j w_i", r"\nabla\cdot D = \rho",
    r"\partial_j(w_iw_j) = w_j\partial_j w_i", r"\partial_t w + (w\cdot\nabla)w = -\nabla p", r"q = -k\nabla T",
])  # fmt: skip
def test_laws_are_no_findings(law: str) -> None:
    assert verdict(law) not in (Verdict.REFUTED, Verdict.ILL_SHAPED)
