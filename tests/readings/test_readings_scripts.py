"""Superscripts: transposes, inverses and adjoints in every notation; powers; names."""

from __future__ import annotations

import pytest
from readings_builders import same, shape, verdict

from derivcheck import check_text

MATRIX = "Let $A \\in \\mathbb R^{m\\times n}$ and $x \\in \\mathbb R^n$, $y \\in \\mathbb R^m$."
SQUARE = "Let $A$ and $B$ be invertible $n\\times n$ matrices."

TRANSPOSES = [
    "A^T", "A^{T}", "A^{\\top}", "A^\\intercal", "A^{\\mathsf T}", "A^{\\mathsf{T}}", "A^{\\mathrm T}", "A^{\\rm T}",
    "A^{\\text T}", "{A}^\\top", "(A)^\\top", "\\mathbf{A^\\top}", "\\mathbf{A^{\\mathsf T}}", "A^{\\mathbf T}",
    "A^t", "{}^t A", "A^{\\mathrm t}", "A^{\\mathsf H}",
]  # fmt: skip


@pytest.mark.parametrize("transpose", TRANSPOSES)
def test_transposes(transpose: str) -> None:
    assert same(MATRIX, transpose, "A^\\top")


@pytest.mark.parametrize("transpose", TRANSPOSES)
def test_a_transpose_is_not_ignored(transpose: str) -> None:
    assert verdict(MATRIX, f"(Ax)^\\top = x^\\top {transpose}") == "holds"
    assert verdict(MATRIX, f"A x = {transpose} y") == "false"


def test_a_star_on_a_matrix_may_be_its_adjoint() -> None:
    assert verdict(MATRIX, "(Ax)^\\top = x^\\top A^*") == "holds"
    assert verdict(MATRIX, "Ax = A^* y") != "holds"


def test_a_prime_is_a_transpose_where_the_document_says_so() -> None:
    said = MATRIX + " A prime denotes the transpose."
    assert verdict(said, "(Ax)' = x'A'") == "holds"
    assert verdict(said, "Ax = A'y") == "false"


def test_a_star_is_the_adjoint_of_a_matrix() -> None:
    assert verdict(MATRIX, "(Ax)^\\top = x^\\top A^*") == "holds"
    assert verdict(MATRIX, "Ax = A^*y") != "holds"


@pytest.mark.parametrize(
    "form", ["A^{-T}", "A^{-\\top}", "A^{-\\mathsf T}", "A^{-\\mathrm T}", "(A^{-1})^\\top", "{A^{-1}}^\\top"]
)
def test_inverse_transposes(form: str) -> None:
    assert same(SQUARE, form, "(A^{-1})^\\top")
    assert verdict(SQUARE, f"{form} = (A^\\top)^{{-1}}") == "holds"
    assert verdict(SQUARE, f"{form} = A^{{-1}}") == "false"


def test_an_inverse_transpose_of_a_product() -> None:
    assert verdict(SQUARE, "(AB)^{-\\top} = A^{-\\top}B^{-\\top}") == "holds"
    assert verdict(SQUARE, "(AB)^{-\\top} = B^{-\\top}A^{-\\top}") == "false"


@pytest.mark.parametrize("form", ["X^+", "X^{+}", "X^\\dagger", "X^{\\dagger}"])
def test_pseudo_inverses(form: str) -> None:
    said = "Let $X \\in \\mathbb R^{m\\times n}$."
    assert shape(said, f"{form} = {form} X {form}") == "n×m"
    assert verdict(said, f"X {form} X = X") == "holds"
    assert verdict(said, f"X {form} = {form} X") == "false"


@pytest.mark.parametrize(
    "said, latex, expected",
    [
        (SQUARE, "A^2 = AA", "holds"),
        (SQUARE, "A^3 = A A^2", "holds"),
        (SQUARE, "(AB)^2 = A^2B^2", "false"),
        (SQUARE, "(AB)^2 = ABAB", "holds"),
        (SQUARE, "(A^{-1})^{-1} = A", "holds"),
        (SQUARE, "(A^2)^{-1} = (A^{-1})^2", "holds"),
        (SQUARE, "A^{-2} = (A^2)^{-1}", "holds"),
        (SQUARE, "A^0 = I", "holds"),
        ("Let $S$ be symmetric positive definite.", "S^{1/2}S^{1/2} = S", "holds"),
        ("Let $S$ be symmetric positive definite.", "S^{-1/2}S^{-1/2} = S^{-1}", "holds"),
        ("Let $S$ be symmetric positive definite.", "S^{-1/2}S^{1/2} = S", "false"),
        ("Let $a, b > 0$ be real numbers.", "(ab)^2 = a^2b^2", "holds"),
        ("Let $a, b > 0$ be real numbers.", "\\sqrt{ab} = \\sqrt a\\sqrt b", "holds"),
        ("Let $a, b > 0$ be real numbers.", "\\sqrt{a+b} = \\sqrt a+\\sqrt b", "false"),
        ("Let $a > 0$ be a real number.", "\\sqrt[3]{a^6} = a^2", "holds"),
        ("Let $a > 0$ be a real number.", "a^{1/2} = \\sqrt a", "holds"),
        ("Let $a > 0$ be a real number.", "a^{-1} = \\frac1a", "holds"),
    ],
)
def test_powers(said: str, latex: str, expected: str) -> None:
    assert verdict(said, latex) == expected


@pytest.mark.parametrize("name", ["x^*", "\\hat x", "x'", "x^{(1)}", "\\tilde x", "\\bar x", "x^{\\mathrm{opt}}"])
def test_marked_letters_are_names_of_their_own(name: str) -> None:
    assert (
        verdict(
            f"Let $x, {name}$ be real numbers.",
            f"({name} + x)^2 = {name}^2 + 2x{name} + x^2".replace("'^2", "'\\cdot x'").replace(
                f"{name}^2", f"({name})^2"
            ),
        )
        == "holds"
    )
    assert verdict(f"Let $x, {name}$ be real numbers.", f"{name} + x = 2x") != "holds"


@pytest.mark.parametrize("mark", ["^*", "^t", "^+", "^{-1}"])
def test_superscripts_may_be_nested_deeply(mark: str) -> None:
    nested = "A"
    for _ in range(24):
        nested = f"({nested}){mark}"
    assert verdict(SQUARE, f"{nested}B = B{nested}") != "holds"


PRIOR = "Let $x \\in \\mathbb R^n$, $z \\in \\mathbb R^m$, $G$ be $m \\times n$, $P$ symmetric and the prior mean $\\bar x$."


@pytest.mark.parametrize(
    ("words", "formula"),
    [
        (PRIOR, r"\nabla_x \tfrac12 (x - \bar x)^\top P (x - \bar x) = P (x - \bar x)"),
        (PRIOR, r"(G^\top G + P) \bar x + G^\top (z - G \bar x) = G^\top z + P \bar x"),
        ("Let $x \\in \\mathbb R^n$ with mean $\\bar x$.", r"\sum_{i=1}^n (x_i - \bar x)^2 = \sum_{i=1}^n x_i^2 - n \bar x^2"),
    ],
)
def test_a_mean_is_a_vector_where_no_entry_is_written(words: str, formula: str) -> None:
    note = f"{words}\n\n$$\n(x - \\bar x)^\\top (x - \\bar x) \\ge 0\n$$\n\n$$\n{formula}\n$$\n"
    link = check_text(note, path="note.md").equations[-1].links[-1]
    assert link.verdict.value in ("proved", "verified"), link.message
