r"""`\partial_i`: the derivative by the i-th entry of x."""

from __future__ import annotations

import pytest
from readings_builders import verdicts

from derivcheck.verdict import Verdict

SAID = "Let $A\\in\\mathbb R^{{n\\times n}}$, $b, x\\in\\mathbb R^n$, $f(x)=x^\\top A x$.\n\n$${}$$\n"


@pytest.mark.parametrize(
    ("right", "wrong"),
    [
        (r"\partial_k (x_i x_i) = 2 x_k", r"\partial_k (x_i x_i) = x_k"),
        (r"\partial_k (A_{ij} x_j) = A_{ik}", r"\partial_k (A_{ij} x_j) = A_{ki}"),
        (r"\partial_i\partial_j (A_{kl} x_k x_l) = A_{ij} + A_{ji}", r"\partial_i\partial_j (A_{kl} x_k x_l) = A_{ij}"),
        (r"\partial_i f = [(A+A^\top)x]_i", r"\partial_i f = 2[Ax]_i"),
        (r"\partial_i x_i = n", r"\partial_i x_i = n^2"),
    ],
)
def test_a_coordinate_is_an_entry_of_x(right: str, wrong: str) -> None:
    assert verdicts(SAID.format(right))[0] in (Verdict.VERIFIED, Verdict.PROVED)
    assert verdicts(SAID.format(wrong)) == [Verdict.REFUTED]


def test_what_is_not_declared_may_be_a_field() -> None:
    assert verdicts(SAID.format(r"\partial_i(x_j u_j) = u_i")) == [Verdict.UNKNOWN]
    assert verdicts(SAID.format(r"\partial_i(x_j u_j) = u_i + x_j\partial_i u_j")) == [Verdict.VERIFIED]
