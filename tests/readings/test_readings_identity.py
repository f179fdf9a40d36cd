"""Which symbol a letter is: one matrix in two fonts, functions by entry, symbols declared with the value they take."""

from __future__ import annotations

import pytest
from readings_builders import links, word

TWO_FONTS = """# Notes

Let $A$ be a matrix.

## Determinants

Let $\\mathbf A$ be a nonsingular matrix.

$$
\\mathrm d \\det \\mathbf A = \\sum_{i,j} \\frac{\\partial \\det\\mathbf A}{\\partial A_{ij}} \\mathrm d A_{ij}
$$

$$
%s
$$
"""
JACOBI = "\\mathrm d \\det \\mathbf A = \\operatorname{tr}(\\operatorname{adj}(A) \\, \\mathrm d \\mathbf A)"


@pytest.mark.parametrize(
    ("latex", "expected"), [(JACOBI, "holds"), (JACOBI.replace("adj}(A)", "adj}(A)^\\top"), "false")]
)
def test_a_matrix_in_two_fonts_is_one_where_the_document_differentiates_it_so(latex: str, expected: str) -> None:
    assert [word(link) for link in links(TWO_FONTS % latex)] == ["holds", expected]


def test_a_matrix_whose_declaration_has_ended_varies_in_either_font() -> None:
    note = """# Notes

Let $A$ be a matrix.

## Products

Let $\\mathbf C = \\mathbf A \\odot \\mathbf B$.

$$
\\mathrm d \\mathbf C = \\mathrm d \\mathbf A \\odot \\mathbf B %s \\mathbf A \\odot \\mathrm d \\mathbf B
$$
"""
    assert [word(links(note % sign)[-1]) for sign in "+-"] == ["holds", "false"]


@pytest.mark.parametrize("words", ["When $f$ is applied elementwise,", "If $f$ acts entry by entry, then"])
def test_a_function_by_entry_is_one_without_primes_too(words: str) -> None:
    note = f"""Derivatives are in denominator layout. Let $x \\in \\mathbb R^n$. {words}

$$
\\frac{{\\partial f(x)}}{{\\partial x}} = \\operatorname{{diag}}(f(x))
$$

Let now $f$ be a scalar function of $X \\in \\mathbb R^{{m \\times n}}$.

$$
df = \\operatorname{{tr}}\\left(\\left(\\frac{{\\partial f}}{{\\partial X}}\\right)^\\top dX\\right)
$$
"""
    assert [word(link) for link in links(note)] == ["false", "holds"]


def test_a_scalar_value_of_a_function_that_elsewhere_acts_by_entry() -> None:
    note = """Derivatives are in denominator layout.

$$
d f(X) = f'(X) \\odot dX
$$

Let $z$ be a scalar. If $z = f(Y)$ and $Y = AX + B$, then

$$
\\frac{\\partial z}{\\partial X} = A^\\top \\frac{\\partial z}{\\partial Y}
$$
"""
    assert word(links(note)[-1]) == "holds"


IDENTIFIED = "Derivatives are in %s layout.\n\n$$\n%s \\implies %s\n$$\n"
TRACE = "df = \\operatorname{tr}(A^\\top dX)"


@pytest.mark.parametrize(
    ("layout", "differential", "derivative", "expected"),
    [
        ("denominator", TRACE, "\\frac{\\partial f}{\\partial X} = A", "holds"),
        ("denominator", TRACE, "\\frac{\\partial f}{\\partial X} = A^\\top", "false"),
        ("denominator", TRACE, "\\frac{\\partial f}{\\partial X} = 2A", "false"),
        ("numerator", TRACE, "\\frac{\\partial f}{\\partial X} = A^\\top", "holds"),
        ("numerator", TRACE, "\\frac{\\partial f}{\\partial X} = A", "false"),
        ("numerator", "dy = A\\,dx", "\\frac{\\partial y}{\\partial x^\\top} = A", "holds"),
        ("denominator", "df = a^\\top dx + b^\\top dy", "\\frac{\\partial f}{\\partial y} = b", "holds"),
        # what varies with X is no coefficient
        ("denominator", "df = \\operatorname{tr}(X^\\top dX)", "\\frac{\\partial f}{\\partial X} = 2X", "unknown"),
    ],
)
def test_a_differential_tells_the_derivative(layout: str, differential: str, derivative: str, expected: str) -> None:
    first, second = links(IDENTIFIED % (layout, differential, derivative))
    assert word(first) in ("assumption", "unknown")
    assert word(second) == expected


def test_a_function_of_a_defined_matrix_varies_through_it() -> None:
    note = """Denominator layout. Let $f$ be a scalar function of $X \\in \\mathbb R^{m\\times n}$.

$$
df = \\operatorname{tr}\\left(\\left(\\frac{\\partial f}{\\partial X}\\right)^\\top dX\\right)
$$

Now let $Y = AX$ and let $f$ be a scalar function of $Y$. Then

$$
\\frac{\\partial f}{\\partial X} = A^\\top\\frac{\\partial f}{\\partial Y}
$$
"""
    assert [word(link) for link in links(note)] == ["holds", "holds"]
