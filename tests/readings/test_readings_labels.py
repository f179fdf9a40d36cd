"""Superscripts that number things, members of sets counted, calls under a bar."""

from __future__ import annotations

import pytest
from checked import PASSES
from readings_builders import verdicts

from derivcheck.verdict import Verdict

HOLDS = [
    r"\sum_{i=1}^m (x^{(i)} + 1) = \sum_{i=1}^m x^{(i)} + m",
    r"\sum_{i=1}^m\sum_{j=1}^m z^{(i)} z^{(j)} = \left(\sum_{i=1}^m z^{(i)}\right)^2",
    r"\sum_{i=1}^m (x_j^{(i)} + 1) = \sum_{i=1}^m x_j^{(i)} + m",
    r"(\mathbf p^k + \mathbf p^{k+1})^\top \mathbf p^k = \|\mathbf p^k\|^2 + (\mathbf p^{k+1})^\top\mathbf p^k",
    r"\frac{1}{|V|}\sum_{j=1}^{|V|} c = c",
    r"f'\left.\left(\frac{a}{b}\right)\right|_{b=1} = f'(a)",
]
FALSE = [
    r"\sum_{i=1}^m (u^{(i)})^2 = \left(\sum_{i=1}^m u^{(i)}\right)^2",
    r"\sum_{i=1}^m (x_j^{(i)} + 1) = \sum_{i=1}^m x_j^{(i)} + 2m",
    r"(\mathbf p^k + \mathbf p^{k+1})^\top \mathbf p^k = \|\mathbf p^k\|^2 - (\mathbf p^{k+1})^\top\mathbf p^k",
    r"\frac{1}{|V|}\sum_{j=1}^{|V|} c = 2c",
]


@pytest.mark.parametrize("latex", HOLDS)
def test_holds(latex: str) -> None:
    assert set(verdicts(f"$$\n{latex}\n$$\n")) <= PASSES


@pytest.mark.parametrize("latex", FALSE)
def test_false(latex: str) -> None:
    assert verdicts(f"$$\n{latex}\n$$\n") == [Verdict.REFUTED]


def test_a_label_bound_on_one_side_is_no_name_on_the_other() -> None:
    """It once was: the sum of m equal names, proved."""
    assert verdicts("$$\n\\sum_{i=1}^m x^{(i)} = m x^{(i)}\n$$\n") == [Verdict.UNKNOWN]


def test_a_definition_by_label_is_followed() -> None:
    text = (
        "The loss of step $t$ is\n\n$$\nJ^{(t)}(\\theta) = -\\sum_{j=1}^V y_{t,j}\\log z_{t,j}\n$$\n\nand in all\n\n"
        "$$\n%s\\frac1T\\sum_{t=1}^T J^{(t)}(\\theta) = -\\frac1T\\sum_{t=1}^T\\sum_{j=1}^V y_{t,j}\\log z_{t,j}\n$$\n"
    )
    assert verdicts(text % "")[-1] in PASSES
    assert verdicts(text % "-")[-1] is Verdict.REFUTED


@pytest.mark.parametrize(
    "latex",
    [
        r"\frac{d}{dx} \int_0^{b(x)} y\,dy = b(x)\,b'(x)",
        r"\frac{d}{dx} \int_0^{b(x)} f(y, x)\,dy = f(b(x), x)\,b'(x) + \int_0^{b(x)} \frac{\partial f(y,x)}{\partial x}\,dy",
    ],
)
def test_what_is_primed_is_a_function(latex: str) -> None:
    assert set(verdicts(f"$$\n{latex}\n$$\n")) <= PASSES


def test_integrals_of_unspecified_functions_are_not_refuted() -> None:
    text = (
        "$$\n\\frac{d}{dx} \\int_0^{b(x)} f(y, c(x))\\,dy"
        " = f(b, c)\\,b'(x) + c'(x)\\int_0^b \\frac{\\partial f}{\\partial c}\\,dy\n$$\n"
    )
    assert not any(v.is_finding for v in verdicts(text))


def test_a_subscript_that_is_no_index_makes_another_symbol() -> None:
    text = (
        "We split\n\n$$\n\\mathbf x = \\mathbf x_\\perp + r\\mathbf u\n$$\n\nand then\n\n"
        "$$\n\\mathbf u^T\\mathbf x = \\mathbf u^T\\mathbf x_\\perp + r\\mathbf u^T\\mathbf u\n$$\n"
    )
    assert verdicts(text)[0] is Verdict.DEFINITION
    assert verdicts(text)[1] in PASSES
