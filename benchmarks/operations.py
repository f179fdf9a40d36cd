"""What each operator means, written out on lists of floats: one line an operator."""

from __future__ import annotations

import math
from collections.abc import Callable, Sequence
from functools import reduce

from benchmarks import floats
from benchmarks.floats import Matrix, NoValue, build, entrywise, identity, multiply, number, shape, times, transpose

RELATIONS: dict[str, Callable[[float], bool]] = {
    "=": lambda d: abs(d) < 1e-9,
    "!=": lambda d: abs(d) >= 1e-9,
    "<": lambda d: d < 0,
    "<=": lambda d: d <= 0,
    ">": lambda d: d > 0,
    ">=": lambda d: d >= 0,
}


def product(a: Matrix, b: Matrix) -> Matrix:
    """Of numbers and matrices."""
    for s, other in ((a, b), (b, a)):
        if shape(s) == (1, 1):
            return times(s[0][0], other)
    return multiply(a, b)


def block(rows: Sequence[Sequence[Matrix]]) -> Matrix:
    """Blocks side by side and one below the other; empty ones vanish."""
    out: Matrix = []
    for row in rows:
        kept = [cell for cell in row if cell and cell[0]]
        out += [[x for cell in kept for x in cell[i]] for i in range(len(kept[0]) if kept else 0)]
    return out


def _value(f: Callable[..., float]) -> Callable[..., Matrix]:
    """A function of matrices with a number as value."""
    return lambda *args: number(f(*args))


def _scalars(f: Callable[..., float]) -> Callable[..., Matrix]:
    """A function of numbers."""
    return lambda *args: number(_defined(f, *(a[0][0] for a in args)))


def _each(f: Callable[..., float]) -> Callable[..., Matrix]:
    """A function of numbers applied entry by entry."""
    return lambda *args: entrywise(lambda *x: _defined(f, *x), *args)


def _defined(f: Callable[..., float], *args: float) -> float:
    try:
        value = f(*args)
    except (ValueError, ZeroDivisionError, OverflowError):
        raise NoValue from None
    if isinstance(value, complex):
        raise NoValue
    return float(value)


def _whole(x: float) -> int:
    if abs(x - round(x)) > 1e-9:
        raise NoValue
    return round(x)


def _unit(a: Matrix, n: int) -> Matrix:
    k = _whole(a[0][0])
    if not 1 <= k <= n:
        raise NoValue
    return build(n, 1, lambda i, j: float(i + 1 == k))


def _commutation(m: int, n: int) -> Matrix:
    """Row i·n + j of K picks entry j·m + i of vec A."""
    return build(m * n, m * n, lambda r, c: float(c == (r % n) * m + r // n))


def _places(n: int) -> list[tuple[int, int]]:
    return [(i, j) for j in range(n) for i in range(j, n)]


def _lower(h: int) -> int:
    return next(n for n in range(1, 40) if n * (n + 1) // 2 == h)


def _duplication(n: int, h: int) -> Matrix:
    places = _places(n)
    return build(n * n, h, lambda r, c: float(places[c] in ((r % n, r // n), (r // n, r % n))))


def _elimination(h: int, n: int) -> Matrix:
    order = _lower(h)
    places = _places(order)
    return build(h, order * order, lambda r, c: float(c == places[r][1] * order + places[r][0]))


def _softmax(a: Matrix) -> Matrix:
    total = sum(math.exp(x) for row in a for x in row)
    return entrywise(lambda x: math.exp(x) / total, a)


def _levi_civita(*indices: float) -> float:
    k = [_whole(x) for x in indices]
    return float(math.prod((b > a) - (b < a) for i, a in enumerate(k) for b in k[i + 1 :]))


def _cross(a: Matrix, b: Matrix) -> Matrix:
    (x, y, z), (u, v, w) = floats.stacked(a), floats.stacked(b)
    found = [y * w - z * v, z * u - x * w, x * v - y * u]
    return [found] if len(a) == 1 else [[t] for t in found]


def _diagonal_blocks(*blocks: Matrix) -> Matrix:
    columns = sum(shape(b)[1] for b in blocks)
    out: Matrix = []
    before = 0
    for b in blocks:
        width = shape(b)[1]
        out += [[0.0] * before + row + [0.0] * (columns - before - width) for row in b]
        before += width
    return out


def _pseudo_inverse(a: Matrix) -> Matrix:
    """Of full rank."""
    t = transpose(a)
    if len(a) >= len(a[0]):
        return multiply(floats.inverse(multiply(t, a)), t)
    return multiply(t, floats.inverse(multiply(a, t)))


def _matrix_power(a: Matrix, k: Matrix) -> Matrix:
    return floats.power(a, _whole(k[0][0]))


def _entry_powers(a: Matrix, b: Matrix) -> Matrix:
    (m, n), (p, q) = shape(a), shape(b)
    return build(max(m, p), max(n, q), lambda i, j: _power(a[i % m][j % n], b[i % p][j % q]))


def _power(x: float, y: float) -> float:
    return _defined(lambda u, v: u ** (round(v) if abs(v - round(v)) < 1e-12 else v), x, y)


def _extreme(choose: Callable[[Sequence[float]], float]) -> Callable[..., Matrix]:
    def extreme(*args: Matrix) -> Matrix:
        if len(args) == 1:
            return number(choose(floats.stacked(args[0])))
        return entrywise(lambda *x: choose(x), *args)

    return extreme


def _vech(a: Matrix, *_: int) -> Matrix:
    return [[a[i][j]] for i, j in _places(len(a))]


def _inner(a: Matrix, b: Matrix) -> float:
    return sum(x * y for x, y in zip(floats.stacked(a), floats.stacked(b), strict=True))


def _minus(a: Matrix, b: Matrix) -> Matrix:
    return floats.add(a, times(-1, b))


def _column_norm(a: Matrix) -> float:
    return max(sum(abs(x) for x in column) for column in zip(*a, strict=True))


def _halves(sign: int) -> Callable[[Matrix], Matrix]:
    return lambda a: times(0.5, floats.add(a, times(sign, transpose(a))))


def _binomial(n: float, k: float) -> float:
    """Γ(n + 1) / (Γ(k + 1) Γ(n − k + 1)), for numbers that are not whole too."""
    if max(abs(n - round(n)), abs(k - round(k))) < 1e-9:
        return float(math.comb(_whole(n), _whole(k)))
    return math.gamma(n + 1) / (math.gamma(k + 1) * math.gamma(n - k + 1))


FOLDS: dict[str, Callable[[Matrix, Matrix], Matrix]] = {
    "sum": floats.add,
    "product": product,
    "max": _extreme(max),
    "min": _extreme(min),
}

def _cross_matrix(x: float, y: float, z: float) -> Matrix:
    return [[0.0, -z, y], [z, 0.0, -x], [-y, x, 0.0]]


OPERATIONS: dict[str, Callable[..., Matrix]] = {
    "add": lambda *a: reduce(floats.add, a),
    "negate": lambda a: times(-1, a),
    "scale": lambda s, a: times(s[0][0], a),
    "divide": lambda a, s: times(_defined(lambda x: 1 / x, s[0][0]), a),
    "elementwise_divide": _each(lambda x, y: x / y),
    "elementwise_inverse": _each(lambda x: 1 / x),
    "power": _matrix_power,
    "power_scalar": _scalars(_power),
    "power_elementwise": _entry_powers,
    "sum_entries": _value(lambda a: sum(floats.stacked(a))),
    "matmul": lambda *a: reduce(multiply, a),
    "hadamard": lambda *a: reduce(lambda x, y: entrywise(lambda p, q: p * q, x, y), a),
    "kronecker": lambda *a: reduce(floats.kronecker, a),
    "kronecker_sum": lambda a, b: floats.add(
        floats.kronecker(a, identity(len(b))), floats.kronecker(identity(len(a)), b)
    ),
    "khatri_rao": lambda a, b: build(
        len(a) * len(b), len(a[0]), lambda i, j: a[i // len(b)][j] * b[i % len(b)][j]
    ),
    "frobenius_inner": _value(_inner),
    "dot": _value(_inner),
    "outer": lambda a, b: multiply(a, transpose(b)),
    "cross": _cross,
    "commutator": lambda a, b: _minus(multiply(a, b), multiply(b, a)),
    "transpose": transpose,
    "inverse": floats.inverse,
    "matrix_sqrt": floats.square_root,
    "matrix_inverse_sqrt": lambda a: floats.inverse(floats.square_root(a)),
    "pseudo_inverse": _pseudo_inverse,
    "adjugate": lambda a: transpose(floats.cofactors(a)),
    "cofactor": floats.cofactors,
    "trace": _value(floats.trace),
    "det": _value(floats.determinant),
    "vec": lambda a: [[x] for x in floats.stacked(a)],
    "vech": _vech,
    "vec_rows": lambda a: [[x] for x in floats.stacked(transpose(a))],
    "unvec": lambda a, rows, columns: floats.unstacked(floats.stacked(a), rows, columns),
    "lower_triangle": lambda a: build(len(a), len(a), lambda i, j: a[i][j] if i >= j else 0.0),
    "upper_triangle": lambda a: build(len(a), len(a), lambda i, j: a[i][j] if i <= j else 0.0),
    "diag_matrix": lambda a: _diagonal_blocks(*([[x]] for x in floats.stacked(a))),
    "diag_vector": lambda a: [[a[i][i]] for i in range(len(a))],
    "block_diag": _diagonal_blocks,
    "symmetric_part": _halves(1),
    "skew_part": _halves(-1),
    "log_det": _value(lambda a: _defined(math.log, floats.determinant(a))),
    "identity": identity,
    "zeros": lambda m, n: build(m, n, lambda i, j: 0.0),
    "ones": lambda m, n: build(m, n, lambda i, j: 1.0),
    "broadcast": lambda s, m, n: build(m, n, lambda i, j: s[0][0]),
    "basis": _unit,
    "commutation": _commutation,
    "duplication": _duplication,
    "elimination": _elimination,
    "norm2": _value(floats.norm),
    "norm_frobenius": _value(floats.norm),
    "norm1": _value(_column_norm),
    "norm_inf": _value(lambda a: _column_norm(transpose(a))),
    "max": _extreme(max),
    "min": _extreme(min),
    "matrix_exp": floats.exponential,
    "matrix_sin": floats.sine,
    "matrix_cos": floats.cosine,
    "matrix_log": floats.logarithm,
    "skew_matrix": lambda w: _cross_matrix(*(x for row in w for x in row)),
    "softmax": _softmax,
    "log_sum_exp": _value(lambda a: math.log(sum(math.exp(x) for x in floats.stacked(a)))),
    "factorial": _scalars(lambda n: math.gamma(n + 1)),
    "binomial": _scalars(_binomial),
    "kronecker_delta": _scalars(lambda i, j: float(_whole(i) == _whole(j))),
    "levi_civita": _scalars(_levi_civita),
    "exp": _each(math.exp),
    "log": _each(math.log),
    "log10": _each(math.log10),
    "log2": _each(math.log2),
    "sqrt": _each(math.sqrt),
    "sin": _each(math.sin),
    "cos": _each(math.cos),
    "tan": _each(math.tan),
    "cot": _each(lambda x: 1 / math.tan(x)),
    "sec": _each(lambda x: 1 / math.cos(x)),
    "csc": _each(lambda x: 1 / math.sin(x)),
    "arcsin": _each(math.asin),
    "arccos": _each(math.acos),
    "arctan": _each(math.atan),
    "sinh": _each(math.sinh),
    "cosh": _each(math.cosh),
    "tanh": _each(math.tanh),
    "sigmoid": _each(lambda x: 1 / (1 + math.exp(-x))),
    "softplus": _each(lambda x: math.log1p(math.exp(x))),
    "relu": _each(lambda x: max(x, 0.0)),
    "abs": _each(abs),
    "sign": _each(lambda x: math.copysign(1.0, x)),
    "erf": _each(math.erf),
    "gamma": _each(math.gamma),
    "log_gamma": _each(math.lgamma),
}
