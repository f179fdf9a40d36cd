"""Values of densities: the normal one by its formula, others as quotients of unspecified joint ones.

p(x | θ) = p(x, θ)/p(θ) makes Bayes' rule and the chain rule identities; whatever else is known of a law (independence,
a Markov property) is not used, so that such a reading refutes nothing.
"""

from __future__ import annotations

from dataclasses import replace
from fractions import Fraction
from typing import TYPE_CHECKING

from derivcheck.notation import tree
from derivcheck.notation.densities import is_density
from derivcheck.readings import numbers
from derivcheck.readings.errors import Unread
from derivcheck.terms.dim import SCALAR
from derivcheck.terms.term import Apply, Call, Constant, Number, Term, Variable

if TYPE_CHECKING:
    from derivcheck.readings.elaborator import Elaborator

_SYMMETRIC = frozenset({"symmetric", "spd", "psd", "diagonal", "identity"})


def normal(e: Elaborator, arguments: tuple[tree.Node, ...], node: tree.Node) -> Term:
    """𝒩(x; μ, Σ) = det(2πΣ)^{-1/2} exp(−½ (x − μ)ᵀ Σ⁻¹ (x − μ)); of a number x the third argument is the variance, as
    far as can be told: some write the deviation there. Anderson, Multivariate Statistical Analysis, 2003, 2.3."""
    point, mean, covariance = (e.read(argument) for argument in arguments)
    _match(e, point, mean, covariance, node)
    _make_symmetric(e, covariance)
    if isinstance(covariance, Variable) and e.is_scalar(covariance):
        e.weakened = e.weakened or "whether a variance or a deviation is meant"

    mean = e.apply("zeros", (), node, point.shape) if _is_zero(mean) else mean
    away = e.add([point, e.apply("negate", (mean,), node)], node)
    scaled = e.apply("matmul", (e.apply("inverse", (covariance,), node), away), node)
    distance = e.apply("matmul", (e.apply("transpose", (away,), node), scaled), node)
    bell = e.apply("exp", (_times(e, Number(Fraction(-1, 2)), distance, node),), node)
    area = e.apply("det", (_times(e, Number(Fraction(2)), _times(e, Constant("pi"), covariance, node), node),), node)
    return e.apply("divide", (bell, e.apply("sqrt", (area,), node)), node)


def _times(e: Elaborator, factor: Term, term: Term, node: tree.Node) -> Term:
    return e.apply("scale", (factor, term), node)


def _is_zero(term: Term) -> bool:
    return isinstance(term, Number) and term.value == 0


def _match(e: Elaborator, point: Term, mean: Term, covariance: Term, node: tree.Node) -> None:
    """The mean has the size of the point, and the covariance as many rows and columns."""
    if not _is_zero(mean):
        e.fit(mean, point.shape)
    if e.is_scalar(covariance) and not e.is_scalar(point):
        raise Unread("unsupported operator", "a number for a covariance matrix", node.start, node.end)
    e.fit(covariance, (point.shape[0], point.shape[0]))


def _make_symmetric(e: Elaborator, covariance: Term) -> None:
    """A covariance, or its inverse, of which nothing is said is positive definite."""
    inner = covariance.args[0] if isinstance(covariance, Apply) and covariance.operator == "inverse" else covariance
    if isinstance(inner, Variable) and not inner.indices and not e.is_scalar(inner):
        symbol = e.symbols[inner.key]
        if symbol.definition is None and not symbol.properties & _SYMMETRIC:
            e.symbols[inner.key] = replace(symbol, properties=symbol.properties | {"spd"})


def unspecified(e: Elaborator, key: str, args: tuple[Term, ...], node: tree.Node) -> Term:
    """`p(x|\\theta)` at its arguments, of which no formula is known."""
    e.weakened = e.weakened or "a conditional"
    if not is_density(key):
        return Call(key, args, shape=SCALAR, start=node.start, end=node.end)
    head, _, letters = key.partition("(")
    before = letters.partition("|")[0] if "|" in letters else letters
    count = len(before.rstrip(")").split(","))
    joint = _joint(e, head, args, node)
    if "|" not in letters:
        return joint
    return e.apply("divide", (joint, _joint(e, head, args[count:], node)), node)


def _joint(e: Elaborator, head: str, args: tuple[Term, ...], node: tree.Node) -> Term:
    """1 + g² for a function g of its own for these symbols, in whatever order they are written."""
    keyed = sorted(((a.key, a) for a in args if isinstance(a, Variable)), key=lambda pair: pair[0])
    if len(keyed) < len(args):
        raise Unread("undefined function", f"{head} of several laws", node.start, node.end)
    name = f"{head}({','.join(key for key, _ in keyed)})"
    call = Call(name, tuple(arg for _, arg in keyed), shape=SCALAR, start=node.start, end=node.end)
    return e.add([numbers.number(1), numbers.power(e, call, numbers.number(2), node)], node)
