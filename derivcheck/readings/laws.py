"""Random symbols with the mean and the covariance that the text gives them, made of symbols of any law."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import replace
from typing import TYPE_CHECKING

from derivcheck.context.facts import LawFact
from derivcheck.notation import tree
from derivcheck.notation.keys import symbol_keys
from derivcheck.readings.errors import Clash, Unread
from derivcheck.readings.expectations import expectation
from derivcheck.terms.dim import Shape
from derivcheck.terms.term import Apply, Term, Variable

if TYPE_CHECKING:
    from derivcheck.readings.elaborator import Elaborator

_IDENTITIES = frozenset({"I", "bf:I", "rm:I", "sf:I"})

Value = Callable[[Variable], Term]


def centred(x: Variable) -> Term:
    """x − E x."""
    return _difference(x, expectation(x))


def normal(e: Elaborator, key: str, law: LawFact, shape: Shape) -> Value:
    """x = μ + Σ^{1/2} ξ with ξ standard normal. Unread where μ or Σ is not known."""
    x = Variable(key, shape=shape)
    mean, square = _read(e, law.mean, shape), (shape[0], shape[0])
    covariance = _read(e, law.covariance, square)
    if mean is None or covariance is None:
        raise Unread("unsupported operator", "a normal law without its moments", 0, 0)
    operator = "sqrt" if e.is_scalar(x) else "matrix_sqrt"
    moved = _times(e, Apply(operator, (covariance,), shape=square), x)
    return lambda _: Apply("add", (mean, moved), shape=shape)


def with_moments(e: Elaborator, key: str, law: LawFact, met: set[str]) -> Value | None:
    """x = μ + (x̃ − E x̃) for x̃ of any law; Σ is then the covariance of x̃, or x̃ is scaled to have it. None where the
    text gives nothing that a claim in which these symbols were `met` speaks of."""
    drawn = Variable(key, shape=e.symbols[key].shape)
    mean = _read(e, law.mean, drawn.shape)
    own = centred(drawn)
    spread = expectation(_outer(e, own, own))
    scale = None
    told = law.covariance or (law.square if law.mean == tree.Num("0") else None)
    if told is not None and (met & symbol_keys(told) or symbol_keys(told) <= _IDENTITIES):
        covariance = _read(e, told, spread.shape)
        if isinstance(covariance, Variable) and e.symbols[covariance.key].definition is None:
            symbol = e.symbols[covariance.key]
            e.symbols[covariance.key] = replace(symbol, definition=spread, properties=frozenset())
        elif covariance is not None:
            scale = _root(e, covariance, spread)
    if mean is None and scale is None:
        return None

    def value(x: Variable) -> Term:
        deviation = centred(x) if scale is None else _times(e, scale, centred(x))
        return Apply("add", (expectation(x) if mean is None else mean, deviation), shape=x.shape)

    return value


def _read(e: Elaborator, node: tree.Node | None, shape: Shape) -> Term | None:
    """A parameter of a law; None where it has no reading of that shape."""
    if node is None:
        return None
    mark, before = e.unifier.mark(), dict(e.symbols)
    try:
        return e.fit(e.read(node), shape)
    except (Unread, Clash):
        e.unifier.reset(mark)
        e.symbols = before
        return None


def _difference(a: Term, b: Term) -> Term:
    return Apply("add", (a, Apply("negate", (b,), shape=b.shape)), shape=a.shape)


def _outer(e: Elaborator, a: Term, b: Term) -> Term:
    """a bᵀ."""
    row = b if e.is_scalar(b) else Apply("transpose", (b,), shape=(b.shape[1], b.shape[0]))
    return _times(e, a, row)


def _times(e: Elaborator, a: Term, b: Term) -> Term:
    operator = "scale" if e.is_scalar(a) else "matmul"
    return Apply(operator, (a, b), shape=(a.shape[0], b.shape[1]))


def _root(e: Elaborator, covariance: Term, spread: Term) -> Term:
    """Σ^{1/2} S^{-1/2}: times it, what has covariance S has covariance Σ."""
    if e.is_scalar(spread):
        return Apply("sqrt", (Apply("divide", (covariance, spread)),))
    root = Apply("matrix_sqrt", (covariance,), shape=covariance.shape)
    whitening = Apply("matrix_inverse_sqrt", (spread,), shape=spread.shape)
    return Apply("matmul", (root, whitening), shape=covariance.shape)
