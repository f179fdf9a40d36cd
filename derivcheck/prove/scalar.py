"""Child side: JSON lists to SymPy expressions, node by node, and simplifications that prove lhs − rhs = 0."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Sequence
from typing import Any

import sympy
from sympy.matrices import MatrixBase

from derivcheck.operators.table import OPERATORS
from derivcheck.prove.explicit import MATRIX_OPERATORS, SIZED, Unsupported, matrix, reduced

MAX_OPS = 600  # SymPy operations in a difference that is worth simplifying

ASSUMPTIONS: dict[str, dict[str, bool]] = {
    "positive": {"positive": True},
    "negative": {"negative": True},
    "nonnegative": {"nonnegative": True},
    "nonzero": {"nonzero": True},
    "integer": {"integer": True},
    "natural": {"integer": True, "nonnegative": True},
    "unit_interval": {"positive": True},
    "greater_one": {"positive": True},
}
CONSTANTS = {"pi": sympy.pi, "e": sympy.E, "euler_gamma": sympy.EulerGamma, "infinity": sympy.oo}


class Builder:
    """SymPy objects for the encoded terms of one claim. `words[k]`: what is known of symbol number k."""

    def __init__(self, words: Sequence[Sequence[str]]) -> None:
        self.symbols = [self.symbol(k, known) for k, known in enumerate(words)]

    @staticmethod
    def symbol(k: int, words: Sequence[str]) -> Any:
        known: dict[str, bool] = {}
        for word in words:
            known.update(ASSUMPTIONS.get(word, {}))
        return sympy.Symbol(f"s{k}", **({"real": True} | known))

    def built(self, node: Any) -> Any:
        kind, *rest = node
        build: Callable[..., Any] | None = getattr(self, f"_{kind}", None) if kind in KINDS else None
        if build is None:
            raise Unsupported(str(kind))
        return reduced(build(*rest))

    def _number(self, numerator: str, denominator: str) -> Any:
        return sympy.Rational(int(numerator), int(denominator))

    def _constant(self, name: str) -> Any:
        if name not in CONSTANTS:
            raise Unsupported(name)
        return CONSTANTS[name]

    def _symbol(self, k: int) -> Any:
        return self.symbols[k]

    _index = _symbol

    def _matrix(self, k: int, rows: int, cols: int) -> Any:
        return sympy.ImmutableMatrix(rows, cols, lambda i, j: sympy.Symbol(f"s{k}_{i}_{j}", real=True))

    def _apply(self, name: str, dims: list[int], *args: Any) -> Any:
        values = [self.built(a) for a in args]
        if name in SIZED:
            if max(dims) ** 2 > 16:
                raise Unsupported("too large a matrix")
            return SIZED[name](*dims)
        if name in MATRIX_OPERATORS:
            return MATRIX_OPERATORS[name](*values)
        operator = OPERATORS.get(name)
        if operator is None or operator.sympy is None or any(isinstance(v, MatrixBase) for v in values):
            raise Unsupported(name)
        return operator.sympy(*values)

    def _entry(self, base: Any, row: Any, column: Any) -> Any:
        A, i, j = matrix(self.built(base)), self.built(row), self.built(column)
        if not (i.is_Integer and j.is_Integer and 1 <= i <= A.rows and 1 <= j <= A.cols):
            raise Unsupported("index")
        return A[int(i) - 1, int(j) - 1]

    def _block(self, *rows: Any) -> Any:
        values = [[self.built(e) for e in row] for row in rows]
        if any(isinstance(e, MatrixBase) for row in values for e in row):
            raise Unsupported("block matrix")
        return sympy.ImmutableMatrix(values)

    def scalar(self, node: Any) -> Any:
        value = self.built(node)
        if isinstance(value, MatrixBase):
            raise Unsupported("matrix under a binder")
        return value

    def _fold(self, kind: str, index: int, lower: Any, upper: Any, body: Any) -> Any:
        bound = (self.symbols[index], self.scalar(lower), self.scalar(upper))
        return (sympy.Sum if kind == "sum" else sympy.Product)(self.scalar(body), bound)

    def _integral(self, body: Any, symbol: Any, lower: Any, upper: Any) -> Any:
        return sympy.Integral(
            self.scalar(body), (self.scalar(symbol), self.scalar(lower), self.scalar(upper))
        )

    def _limit(self, body: Any, symbol: Any, point: Any, side: str) -> Any:
        return sympy.Limit(self.scalar(body), self.scalar(symbol), self.scalar(point), side or "+-")

    def _derivative(self, operand: Any, symbol: Any) -> Any:
        return sympy.Derivative(self.scalar(operand), self.scalar(symbol)).doit()

    def _substitute(self, body: Any, symbol: Any, value: Any) -> Any:
        return self.scalar(body).doit().subs(self.scalar(symbol), self.scalar(value))


KINDS = frozenset(
    {"number", "constant", "symbol", "index", "matrix", "apply", "entry", "block", "fold", "integral",
     "limit", "derivative", "substitute"}
)  # fmt: skip


def strategies() -> Iterator[tuple[str, Callable[[Any], Any]]]:
    """Cheap ones first."""
    yield "expanded", sympy.expand
    yield "over a common denominator", lambda e: sympy.cancel(sympy.together(e))
    yield "evaluated", lambda e: sympy.expand(e.doit())
    yield "simplified", lambda e: sympy.simplify(e.doit())
    yield "trigonometric identities", lambda e: sympy.trigsimp(sympy.expand_trig(e))
    yield "logarithms combined", lambda e: sympy.expand(sympy.expand_log(e.doit()))
    yield "gamma functions", lambda e: sympy.gammasimp(sympy.combsimp(e.doit().rewrite(sympy.gamma)))
    yield "exponentials", lambda e: sympy.simplify(sympy.expand(e.doit().rewrite(sympy.exp)))
    yield "roots", lambda e: sympy.radsimp(sympy.sqrtdenest(e.doit()))


def vanishing(difference: Any) -> str | None:
    """The name of a strategy that brings the difference to the number 0."""
    if difference == 0:
        return "identical"
    if sympy.count_ops(difference) > MAX_OPS:
        return None
    for name, strategy in strategies():
        try:
            if strategy(difference) == 0:
                return name
        except (
            NotImplementedError,
            ValueError,
            TypeError,
            AttributeError,
            ZeroDivisionError,
            RecursionError,
        ):
            continue
    return None


def contradicted(lhs: Any, rhs: Any) -> bool:
    """Do the sides, evaluated numerically as they stand, differ at a sample point?

    A guard against wrong closed forms.
    """
    free = sorted(lhs.free_symbols | rhs.free_symbols, key=str)
    for shift in (0, 1):
        point = {s: _sample(s, k + 3 * shift) for k, s in enumerate(free)}
        try:
            a, b = (complex(sympy.N(side.subs(point), 20)) for side in (lhs, rhs))
        except (TypeError, ValueError, NotImplementedError, ZeroDivisionError, OverflowError):
            continue
        if a == a and b == b and abs(a - b) > 1e-8 * (1 + abs(a) + abs(b)):
            return True
    return False


def _sample(symbol: Any, k: int) -> Any:
    if symbol.is_integer:
        return sympy.Integer(k % 4 + 2) * (-1 if symbol.is_negative else 1)
    value = sympy.Rational(2 * k + 3, 2 * k + 11)
    return -value if symbol.is_negative else value


def decided(message: Any) -> str | None:
    """How `[words, lhs, rhs]` was proved, or None."""
    words, left, right = message
    builder = Builder(words)
    lhs, rhs = matrix(builder.built(left)), matrix(builder.built(right))
    if lhs.shape != rhs.shape:
        return None
    names: list[str] = []
    for a, b in zip(lhs, rhs, strict=True):
        if a.has(sympy.nan, sympy.zoo) or b.has(sympy.nan, sympy.zoo):
            return None
        name = vanishing(a - b)
        if name is None or contradicted(a, b):
            return None
        names.append(name)
    return ", ".join(dict.fromkeys(names))
