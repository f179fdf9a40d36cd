"""Equations of complex numbers: their real parts and their imaginary parts."""

from __future__ import annotations

import pytest
from checked import PASSES

from derivcheck import check_text
from derivcheck.verdict import Verdict

SAID = "We compute with complex numbers. Let $p = a + ib$ and $q = c + id$.\n\n"


def verdict(formula: str, said: str = SAID) -> Verdict:
    report = check_text(f"{said}$$\n{formula}\n$$\n", path="note.md")
    assert report.error is None
    return report.equations[-1].links[-1].verdict


@pytest.mark.parametrize(
    ("right", "wrong"),
    [
        (r"(a + ib)(c + id) = ac - bd + i(ad + bc)", r"(a + ib)(c + id) = ac + bd + i(ad + bc)"),
        (r"\frac{a + ib}{c - id} = \frac{(a + ib)(c + id)}{c^2 + d^2}", r"\frac{a + ib}{c - id} = \frac{(a + ib)(c - id)}{c^2 + d^2}"),
        (r"|pq| = |p||q|", r"|pq| = 2|p||q|"),
        (r"p\bar p = a^2 + b^2", r"p\bar p = a^2 - b^2"),
        (r"(\cos t + i\sin t)^n = \cos nt + i\sin nt", r"(\cos t + i\sin t)^n = \cos nt - i\sin nt"),
        (r"e^{a + ib} = e^a(\cos b + i\sin b)", r"e^{a + ib} = e^b(\cos a + i\sin a)"),
        (r"\sum_{k=0}^{n-1} e^{ikt} = \frac{e^{int} - 1}{e^{it} - 1}", r"\sum_{k=0}^{n-1} e^{ikt} = \frac{e^{int} + 1}{e^{it} - 1}"),
        (r"\frac{d}{dt}e^{ict} = ic\,e^{ict}", r"\frac{d}{dt}e^{ict} = c\,e^{ict}"),
    ],
)  # fmt: skip
def test_both_parts_are_compared(right: str, wrong: str) -> None:
    assert verdict(right) in PASSES
    assert verdict(wrong) is Verdict.REFUTED


def test_an_upright_unit_needs_no_words() -> None:
    assert verdict(r"\mathrm{i}^3 = -\mathrm{i}", "Note.\n\n") in PASSES


@pytest.mark.parametrize("formula", [r"\ln(1 + i) = 2i", r"\sqrt{p^2} = -p", r"\ln(e^{ib}) = 2ib"])
def test_what_has_no_rule_is_not_read(formula: str) -> None:
    assert verdict(formula) not in (*PASSES, Verdict.REFUTED)


def test_a_letter_that_counts_is_no_unit() -> None:
    assert verdict(r"x_i = i^2 + 1", SAID + "Let $x_i = i^2 + 1$.\n\n") is not Verdict.REFUTED
    assert verdict(r"(2i + 1)^2 = 4i^2 + 4i + 1", "A sum of odd numbers.\n\n") is Verdict.UNKNOWN


COMPLEX = (
    "Let $A, B \\in \\mathbb{C}^{n\\times n}$ and $x, y \\in \\mathbb{C}^n$, let $U$ be unitary and $H$ Hermitian, both complex "
    "matrices of order $n$, $z, w \\in \\mathbb{C}$ and $P \\in \\mathbb{R}^{n\\times n}$.\n\n"
)


@pytest.mark.parametrize(
    ("right", "wrong"),
    [
        (r"|z|^2 = z\bar z", r"|z|^2 = z^2"),
        (r"\overline{z w} = \bar z\,\bar w", r"\overline{z w} = z\,\bar w"),
        (r"|z + w|^2 = |z|^2 + 2\operatorname{Re}(z\bar w) + |w|^2", r"|z + w|^2 = |z|^2 + 2zw + |w|^2"),
        (r"(ABP)^* = P^* B^* A^*", r"(ABP)^* = P^\top B^\top A^\top"),
        (r"x^* y = \overline{y^* x}", r"x^* y = y^* x"),
        (r"\operatorname{tr}(A^* A) = \|A\|_F^2", r"\operatorname{tr}(A^\top A) = \|A\|_F^2"),
        (r"(A + zI)^* = A^* + \bar z I", r"(A + zI)^* = A^* + z I"),
        (r"\|Ux\|^2 = \|x\|^2", r"\|Ux\|^2 = x^\top x"),
        (r"\overline{x^* H x} = x^* H x", r"\overline{x^\top H x} = x^\top H x"),
        (r"(A^*)^{-1} = (A^{-1})^*", r"(A^*)^{-1} = (A^{-1})^\top"),
        (r"P^* P = P^\top P", r"P^* P = P P"),
        (r"(z w)^2 = z^2 w^2", r"(z w)^2 = z^2 w"),
        (r"\operatorname{tr}(AB) = \operatorname{tr}(BA)", r"\operatorname{tr}(AB) = \operatorname{tr}(A)B"),
    ],
)
def test_complex_symbols_are_not_taken_for_real_ones(right: str, wrong: str) -> None:
    assert verdict(right, COMPLEX) in PASSES
    assert verdict(wrong, COMPLEX) not in PASSES


@pytest.mark.parametrize("formula", [r"|e^{iz}| = 1", r"\det(A^*) = \det A", r"\overline{\det A} = \det A"])
def test_what_holds_for_real_values_alone_does_not_pass(formula: str) -> None:
    assert verdict(formula, "On complex numbers.\n\n" + COMPLEX) not in PASSES


def test_what_may_be_real_is_not_refuted() -> None:
    said = "Here $Q$ is a unitary and $K$ a Hermitian matrix, both $n\\times n$, and $v$ is a vector.\n\n"
    assert verdict(r"Q^\top Q = I", said) in PASSES  # an author who writes transposes
    assert verdict(r"\|Kv\|^2 = v^H K^2 v", said) in PASSES
    assert verdict(r"v^H Q v = v^H Q^H v", said) is not Verdict.REFUTED


def test_matrices_with_complex_entries() -> None:
    said = (
        "The Pauli matrices are Hermitian:\n\n$$\nX = \\begin{pmatrix}0 & 1\\\\ 1 & 0\\end{pmatrix}, \\quad "
        "Y = \\begin{pmatrix}0 & -i\\\\ i & 0\\end{pmatrix}, \\quad "
        "Z = \\begin{pmatrix}1 & 0\\\\ 0 & -1\\end{pmatrix}.\n$$\n\nThen\n\n"
    )
    assert verdict("XY - YX = 2iZ", said) in PASSES
    assert verdict("XY - YX = -2iZ", said) is Verdict.REFUTED
    assert verdict(r"e^{iXt} = \cos t\, I + i\sin t\, X", said) is not Verdict.REFUTED
    assert verdict(r"\operatorname{tr}(X \otimes Y) = 0", said) in PASSES


def test_a_matrix_called_h_is_no_exponent() -> None:
    said = "Let $H = X(X^\\top X)^{-1}X^\\top$, $s \\in \\mathbb C^m$ and $U$ be a unitary matrix of order $m$.\n\n"
    assert verdict(r"s^H U^H U s = s^H s", said) in PASSES
    assert verdict(r"s^H U^H U s = s^\top s", said) not in PASSES
    assert verdict(r"\|s\|^2 = s^\top s", said) is Verdict.REFUTED


@pytest.mark.parametrize("condition", [r"z \\bar z = 1", "|z| = 1"])
def test_conditions_on_complex_numbers_decide_nothing(condition: str) -> None:
    """Real numbers of modulus 1 are ±1."""
    said = f"Let $z \\in \\mathbb C$ with ${condition}$.\n\n"
    assert verdict("z^2 = 1", said) not in PASSES
    assert verdict(r"z^{-1} = \bar z", said) is not Verdict.REFUTED
    assert verdict("(z + 1)^2 = z^2 + 2z + 1", said) in PASSES
