"""Functions of one real variable that are composed of others."""

from __future__ import annotations

from collections.abc import Callable
from fractions import Fraction
from typing import Any

from derivcheck.algebra import matrix
from derivcheck.algebra.matrix import Matrix
from derivcheck.operators.evaluation import of, signatures, sympy_function
from derivcheck.operators.record import Operator

_DLMF = "NIST Digital Library of Mathematical Functions, "
_UNIT_INTERVAL = (frozenset({"unit_interval"}),)


def _ones(a: Matrix) -> Matrix:
    return matrix.ones(*matrix.shape(a))


def erfc(a: Matrix) -> Matrix:
    """1 − erf x."""
    return matrix.sub(_ones(a), matrix.elementwise("erf", a))


def logit(a: Matrix) -> Matrix:
    """log(x/(1 − x))."""
    return matrix.sub(matrix.elementwise("log", a), matrix.elementwise("log", matrix.sub(_ones(a), a)))


def normal_cdf(a: Matrix) -> Matrix:
    """(1 + erf(x/√2))/2."""
    scaled = matrix.divide(a, matrix.elementwise("sqrt", matrix.scalar(2)))
    both = matrix.add(_ones(a), matrix.elementwise("erf", scaled))
    return matrix.scale(matrix.scalar(Fraction(1, 2)), both)


def gelu(a: Matrix) -> Matrix:
    """x Φ(x) with the normal distribution function Φ."""
    return matrix.hadamard(a, normal_cdf(a))


def silu(a: Matrix) -> Matrix:
    """x/(1 + exp(−x))."""
    return matrix.hadamard(a, matrix.elementwise("sigmoid", a))


def sinc(a: Matrix) -> Matrix:
    """sin(x)/x for x ≠ 0."""
    return matrix.hadamard(matrix.elementwise("sin", a), matrix.reciprocal(a))


def _logit(x: Any) -> Any:
    import sympy

    return sympy.log(x / (1 - x))


def _silu(x: Any) -> Any:
    import sympy

    return x / (1 + sympy.exp(-x))


def _gelu(x: Any) -> Any:
    import sympy

    return x * (1 + sympy.erf(x / sympy.sqrt(2))) / 2


def _composition(
    name: str,
    f: Callable[[Matrix], Matrix],
    notations: tuple[str, ...],
    source: str,
    *,
    domain: tuple[frozenset[str], ...] = (),
    sympy: Callable[..., Any] | None = None,
) -> Operator:
    return Operator(
        name=name,
        signatures=signatures("(m,n)->(m,n)"),
        evaluate=of(f),
        notations=notations,
        latex=f"\\operatorname{{{{{notations[0]}}}}}({{0}})",
        domain=domain,
        elementwise=True,
        sympy=sympy,
        source=source,
    )


COMPOSITIONS = (
    _composition("erfc", erfc, ("erfc",), _DLMF + "7.2.2", sympy=sympy_function("erfc")),
    _composition(
        "logit", logit, ("logit",), "McCullagh & Nelder 1989, 4.3.1", domain=_UNIT_INTERVAL, sympy=_logit
    ),
    _composition("gelu", gelu, ("GELU", "gelu"), "Hendrycks & Gimpel 2016", sympy=_gelu),
    _composition("silu", silu, ("SiLU", "silu", "swish"), "Elfwing, Uchibe & Doya 2018", sympy=_silu),
    _composition(
        "sinc",
        sinc,
        ("sinc",),
        "sin x / x; " + _DLMF + "3.3(vi)",
        domain=(frozenset({"nonzero"}),),
        sympy=sympy_function("sinc"),
    ),
)
