"""Sizes and kinds as texts tell them: digits of ones, functions with a prime, sizes of another occasion."""

from __future__ import annotations

import pytest
from checked import FINDINGS, PASSES

from derivcheck import check_text
from derivcheck.verdict import Verdict


def last(text: str) -> Verdict:
    report = check_text(text, path="note.md")
    assert report.error is None
    return report.equations[-1].links[-1].verdict


def shown(prose: str, formula: str) -> Verdict:
    return last(f"{prose}\n\n$$\n{formula}\n$$\n")


@pytest.mark.parametrize(
    ("prose", "formula"),
    [
        ("Here $\\mathbf 1\\in\\mathbb R^k$ is all ones.", "\\mathbf 1^T\\mathbf 1 = k"),
        ("Here $\\mathbf 1\\in\\mathbb R^k$.", "\\frac1k(\\mathbf 1\\mathbf 1^T)^2 = \\mathbf 1\\mathbf 1^T"),
        ("Let $z\\in\\mathbb R^k$ and $\\mathbf 0\\in\\mathbb R^k$.", "z + \\mathbf 0 = z"),
        ("Let $u\\in\\mathbb R^k$ be all ones.", "(uu^T)^2 = k uu^T"),
        ("Let $N$ be the matrix of ones in $\\mathbb R^{k\\times k}$.", "N^T = N"),
        ("Let $N\\in\\mathbb R^{k\\times k}$ be the matrix of ones.", "N^2 = kN"),
        ("Let $N$ be the $k\\times k$ matrix whose entries are all one.", "N^3 = k^2 N"),
    ],
)
def test_ones_are_known_however_they_are_told(prose: str, formula: str) -> None:
    assert shown(prose, formula) in PASSES


def test_ones_are_no_arbitrary_matrix() -> None:
    said = "Let $N\\in\\mathbb R^{k\\times k}$ be the matrix of ones."
    assert shown(said, "(N + N)N = 3kN") in FINDINGS
    assert shown("Here $\\mathbf 1\\in\\mathbb R^k$.", "\\mathbf 1\\mathbf 1^T\\mathbf 1 = \\mathbf 1") not in PASSES


BEAD = (
    "A bead slides on a spoke in a potential $W(s)$. Its Lagrangian is\n\n"
    "$$\nL = \\frac12 c(\\dot s^2 + s^2\\dot\\beta^2) - W(s)\n$$\n\nand therefore\n\n"
)


@pytest.mark.parametrize(
    ("right", "wrong"),
    [
        ("\\frac{\\partial L}{\\partial s} = cs\\dot\\beta^2 - W'(s)", "\\frac{\\partial L}{\\partial s} = cs\\dot\\beta - W'(s)"),
        ("\\frac{\\partial L}{\\partial\\dot\\beta} = cs^2\\dot\\beta", "\\frac{\\partial L}{\\partial\\dot\\beta} = cs\\dot\\beta"),
        (
            "\\frac{d}{dt}\\frac{\\partial L}{\\partial\\dot s} - \\frac{\\partial L}{\\partial s} = c\\ddot s - cs\\dot\\beta^2 + W'(s)",
            "\\frac{d}{dt}\\frac{\\partial L}{\\partial\\dot s} - \\frac{\\partial L}{\\partial s} = c\\ddot s - cs\\dot\\beta^2 - W'(s)",
        ),
    ],
)  # fmt: skip
def test_a_letter_with_a_prime_and_a_bracket_is_a_function(right: str, wrong: str) -> None:
    later = "\n\nThe rate of the potential is $W'(s)$:\n\n$$\n\\frac{d}{dt}W(s) = W'(s)\\dot s\n$$\n"
    verdicts = [
        check_text(f"{BEAD}$$\n{one}\n$$\n{later}", path="note.md").equations[1].links[-1].verdict for one in (right, wrong)
    ]
    assert verdicts[0] in PASSES and verdicts[1] not in PASSES


def test_where_of_an_inline_definition_is_said_of_what_follows() -> None:
    text = (
        "The trace form is\n\n$$\n\\operatorname{tr}(Z^{-1}CZ) = \\operatorname{tr}(C)\n$$\n\n"
        "Let $g(w) = \\|Zw\\|^2$, where $Z\\in\\mathbb R^{k\\times m}$; then\n\n$$\n\\nabla g(w) = 2Z^TZw\n$$\n"
    )
    assert [e.links[-1].verdict in PASSES for e in check_text(text, path="note.md").equations] == [True, True]
    after = "$$\n\\operatorname{tr}(Z^{-1}CZ) = \\operatorname{tr}(C)\n$$\n\nwhere $Z\\in\\mathbb R^{k\\times m}$.\n"
    assert last(after) in FINDINGS


def test_sizes_of_another_occasion_clash_with_nothing() -> None:
    """The y of the convention is no y of the example; two sizes told together do clash."""
    text = (
        "Let $y\\in\\mathbb R^p$ and $z\\in\\mathbb R^q$.\n\n$$\ny^Ty\\,z = zy^Ty\n$$\n\n"
        "Example: fit $w$ by a matrix $X\\in\\mathbb R^{N\\times d}$, that is, solve\n\n$$\nX^TXw = X^Ty\n$$\n"
    )
    assert last(text) not in FINDINGS
    assert shown("Let $y\\in\\mathbb R^p$ and $X\\in\\mathbb R^{N\\times d}$.", "(X + X)^Ty = 2X^Ty") in FINDINGS
