"""Functions of one real variable, applied entry by entry; matrices of numbers are their usual arguments."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

from derivcheck.algebra import matrix
from derivcheck.algebra.matrix import Matrix
from derivcheck.operators.evaluation import Evaluate, signatures, sympy_function
from derivcheck.operators.record import Operator

_DLMF = "NIST Digital Library of Mathematical Functions, "
_GOODFELLOW = "Goodfellow, Bengio & Courville, Deep Learning, 2016, "


def _entrywise(name: str) -> Evaluate:
    def evaluate(args: tuple[Matrix, ...], dims: tuple[int, ...]) -> Matrix:
        return matrix.elementwise(name, args[0])

    return evaluate


def _function(
    name: str,
    source: str,
    *,
    notations: tuple[str, ...] = (),
    latex: str | None = None,
    domain: str = "",
    sympy: str | Callable[..., Any] | None = None,
    smooth: bool = True,
    piecewise: bool = False,
) -> Operator:
    """The record of a scalar function of the algebra's table (m,n)->(m,n); `domain` is one property word."""
    return Operator(
        name=name,
        signatures=signatures("(m,n)->(m,n)"),
        evaluate=_entrywise(name),
        notations=notations or (name,),
        latex=latex if latex is not None else f"\\operatorname{{{{{name}}}}}({{0}})",
        domain=(frozenset({domain}) if domain else frozenset(),),
        elementwise=True,
        smooth=smooth,
        piecewise=piecewise,
        sympy=sympy_function(sympy) if isinstance(sympy, str) else sympy,
        source=source,
    )


def _log_base(base: int) -> Callable[[Any], Any]:
    def lower(x: Any) -> Any:
        import sympy

        return sympy.log(x, base)

    return lower


def _sigmoid(x: Any) -> Any:
    import sympy

    return 1 / (1 + sympy.exp(-x))


def _softplus(x: Any) -> Any:
    import sympy

    return sympy.log(1 + sympy.exp(x))


def _relu(x: Any) -> Any:
    import sympy

    return sympy.Max(0, x)


FUNCTIONS = (
    _function("exp", _DLMF + "4.2(iii)", latex="\\exp({0})", sympy="exp"),
    _function(
        "log", _DLMF + "4.2(i)", notations=("log", "ln"), latex="\\log({0})", domain="positive", sympy="log"
    ),
    _function(
        "log10",
        _DLMF + "4.2(ii)",
        notations=("lg",),
        latex="\\lg({0})",
        domain="positive",
        sympy=_log_base(10),
    ),
    _function(
        "log2",
        _DLMF + "4.2(ii)",
        notations=("lb", "lg"),
        latex="\\log_2({0})",
        domain="positive",
        sympy=_log_base(2),
    ),
    _function("sqrt", _DLMF + "4.2(iv)", latex="\\sqrt{{{0}}}", domain="positive", sympy="sqrt"),
    _function("sin", _DLMF + "4.14", latex="\\sin({0})", sympy="sin"),
    _function("cos", _DLMF + "4.14", latex="\\cos({0})", sympy="cos"),
    _function("tan", _DLMF + "4.14", notations=("tan", "tg"), latex="\\tan({0})", sympy="tan"),
    _function(
        "cot",
        _DLMF + "4.14",
        notations=("cot", "ctg", "cotg"),
        latex="\\cot({0})",
        domain="nonzero",
        sympy="cot",
    ),
    _function("sec", _DLMF + "4.14", latex="\\sec({0})", sympy="sec"),
    _function(
        "csc", _DLMF + "4.14", notations=("csc", "cosec"), latex="\\csc({0})", domain="nonzero", sympy="csc"
    ),
    _function(
        "arcsin",
        _DLMF + "4.23",
        notations=("arcsin", "asin"),
        latex="\\arcsin({0})",
        domain="unit_interval",
        sympy="asin",
    ),
    _function(
        "arccos",
        _DLMF + "4.23",
        notations=("arccos", "acos"),
        latex="\\arccos({0})",
        domain="unit_interval",
        sympy="acos",
    ),
    _function(
        "arctan",
        _DLMF + "4.23",
        notations=("arctan", "atan", "arctg"),
        latex="\\arctan({0})",
        sympy="atan",
    ),
    _function(
        "arccot",
        "π/2 − arctan x, continuous on the line; Abramowitz & Stegun 1964, 4.4 (other branch for x < 0)",
        notations=("arccot", "acot", "arcctg"),
    ),
    _function("sinh", _DLMF + "4.28", notations=("sinh", "sh"), latex="\\sinh({0})", sympy="sinh"),
    _function("cosh", _DLMF + "4.28", notations=("cosh", "ch"), latex="\\cosh({0})", sympy="cosh"),
    _function("tanh", _DLMF + "4.28", notations=("tanh", "th"), latex="\\tanh({0})", sympy="tanh"),
    _function(
        "coth", _DLMF + "4.28", notations=("coth", "cth"), latex="\\coth({0})", domain="nonzero", sympy="coth"
    ),
    _function("sech", _DLMF + "4.28", sympy="sech"),
    _function("csch", _DLMF + "4.28", domain="nonzero", sympy="csch"),
    _function("arcsinh", _DLMF + "4.37", notations=("arcsinh", "asinh", "arsinh"), sympy="asinh"),
    _function(
        "arccosh",
        _DLMF + "4.37",
        notations=("arccosh", "acosh", "arcosh"),
        domain="greater_one",
        sympy="acosh",
    ),
    _function(
        "arctanh",
        _DLMF + "4.37",
        notations=("arctanh", "atanh", "artanh"),
        domain="unit_interval",
        sympy="atanh",
    ),
    _function(
        "sigmoid",
        _GOODFELLOW + "3.10",
        notations=("sigmoid", "sigm", "logistic", "expit", "Sigmoid"),
        sympy=_sigmoid,
    ),
    _function("softplus", _GOODFELLOW + "3.10", notations=("softplus", "Softplus"), sympy=_softplus),
    _function(
        "relu",
        _GOODFELLOW + "6.1",
        notations=("ReLU", "relu", "RELU", "Relu"),
        domain="nonzero",
        sympy=_relu,
        piecewise=True,
    ),
    _function(
        "step",
        "1 for x > 0, 0 for x < 0; " + _DLMF + "1.16(iv)",
        notations=("step",),
        domain="nonzero",
        piecewise=True,
    ),
    _function(
        "sign",
        _DLMF + "front matter",
        notations=("sign", "sgn", "sg"),
        domain="nonzero",
        sympy="sign",
        piecewise=True,
    ),
    _function(
        "abs",
        _DLMF + "1.9",
        notations=("abs",),
        latex="|{0}|",
        domain="nonzero",
        sympy="Abs",
        piecewise=True,
    ),
    _function(
        "floor",
        _DLMF + "front matter",
        latex="\\lfloor {0} \\rfloor",
        sympy="floor",
        smooth=False,
        piecewise=True,
    ),
    _function(
        "ceil",
        _DLMF + "front matter",
        latex="\\lceil {0} \\rceil",
        sympy="ceiling",
        smooth=False,
        piecewise=True,
    ),
    _function("erf", _DLMF + "7.2", sympy="erf"),
    _function(
        "gamma",
        _DLMF + "5.2",
        notations=("Gamma", "\\Gamma"),
        latex="\\Gamma({0})",
        domain="positive",
        sympy="gamma",
    ),
    _function(
        "log_gamma",
        _DLMF + "5.2",
        notations=("lgamma", "gammaln", "loggamma"),
        latex="\\log\\Gamma({0})",
        domain="positive",
        sympy="loggamma",
    ),
    _function("digamma", _DLMF + "5.2", notations=("digamma",), domain="positive", sympy="digamma"),
)
