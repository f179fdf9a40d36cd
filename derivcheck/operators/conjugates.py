"""Conjugate, real and imaginary part: of real operands here. Where operands may be complex, `readings/parts.py` writes
an equation as its real and imaginary parts before anything is evaluated."""

from __future__ import annotations

from derivcheck.algebra import matrix
from derivcheck.algebra.matrix import Matrix
from derivcheck.operators.evaluation import of, signatures
from derivcheck.operators.record import Operator

_SOURCE = "Horn & Johnson, Matrix Analysis, 2013, 0.2.5"


def _itself(a: Matrix) -> Matrix:
    return a


def _nothing(a: Matrix) -> Matrix:
    return matrix.sub(a, a)


CONJUGATES = (
    Operator(
        name="conjugate",
        signatures=signatures("(m,n)->(m,n)"),
        evaluate=of(_itself),
        notations=("conj",),
        latex="\\operatorname{{conj}}({0})",
        source=_SOURCE,
    ),
    Operator(
        name="real_part",
        signatures=signatures("()->()"),
        evaluate=of(_itself),
        notations=("Re",),
        latex="\\operatorname{{Re}}({0})",
        source=_SOURCE,
    ),
    Operator(
        name="imaginary_part",
        signatures=signatures("()->()"),
        evaluate=of(_nothing),
        notations=("Im",),
        latex="\\operatorname{{Im}}({0})",
        source=_SOURCE,
    ),
)
