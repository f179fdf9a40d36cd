"""Unspecified functions as random polynomial maps, of a degree no derivative in the claim exhausts."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from functools import cached_property, lru_cache, reduce
from math import perm

from flint import fmpq_mat, fmpz_mat

from derivcheck.algebra.matrix import (
    Dual,
    Matrix,
    add,
    block,
    diag_of_vector,
    divide,
    elementwise,
    hadamard,
    identity,
    inv,
    mul,
    ones,
    scalar,
    scale,
    shape,
    sub,
    sum_entries,
    transpose,
    unvec,
    vec,
)
from derivcheck.verify.draw import Style, generic
from derivcheck.verify.errors import Unsamplable, Unsupported
from derivcheck.verify.seed import Stream, derive

_COEFFICIENTS = Style(32, 64)
DEGREES = {"affine": 1, "quadratic": 2}  # of functions that the text calls so


def polynomial_map(seed: bytes, args: Sequence[Matrix], rows: int, columns: int, degree: int) -> Matrix:
    """p: R^N → R^{rows×columns}, p(u) = Σ_k Π_{l≤k} (L_kl u) entry by entry, u all entries of the arguments.

    Products of k random linear forms for every k ≤ degree; the same polynomial for the same seed and shapes.
    """
    u = _stack(args)
    p = Polynomial(derive(seed, "map", rows, columns), rows * columns, shape(u)[0], degree)
    at = u.primal if isinstance(u, Dual) else u
    if isinstance(at, Dual) or type(at) is not fmpq_mat:
        return unvec(_at(p, u), rows, columns)
    known = _local(p, *_integers(at))
    if not isinstance(u, Dual):
        return unvec(known.value, rows, columns)
    if isinstance(u.tangent, Dual) or type(u.tangent) is not fmpq_mat:
        return unvec(_at(p, u), rows, columns)
    return unvec(Dual(known.value, known.slope * u.tangent, u.level), rows, columns)


@dataclass(frozen=True, slots=True)
class Polynomial:
    """One of these polynomials, from R^size to R^count."""

    seed: bytes
    count: int
    size: int
    degree: int

    @property
    def forms(self) -> tuple[fmpq_mat, list[list[fmpq_mat]]]:
        return _forms(self.seed, self.count, self.size, self.degree)


def _at(p: Polynomial, u: Matrix) -> Matrix:
    total: Matrix
    total, products = p.forms
    for first, *others in products:
        product = mul(first, u)
        for form in others:
            product = hadamard(product, mul(form, u))
        total = add(total, product)
    return total


class _Local:
    """A polynomial at a rational point, where the entries of a Jacobian and both sides of a claim ask for it again and
    again."""

    def __init__(self, p: Polynomial, point: fmpq_mat) -> None:
        self._p = p
        self._point = point

    @cached_property
    def value(self) -> fmpq_mat:
        value: fmpq_mat = _at(self._p, self._point)
        return value

    @cached_property
    def slope(self) -> fmpq_mat:
        """The Jacobian (count,size), by the product rule: one linear form differentiated at a time."""
        total = fmpq_mat(self._p.count, self._p.size)
        for forms in self._p.forms[1]:
            values = [form * self._point for form in forms]
            for k, form in enumerate(forms):
                others = [value for i, value in enumerate(values) if i != k]
                rest: fmpq_mat = reduce(hadamard, others, ones(self._p.count, 1))
                total += fmpq_mat(diag_of_vector(rest)) * form
        return total


@lru_cache(maxsize=256)
def _local(p: Polynomial, numerators: tuple[int, ...], denominator: int) -> _Local:
    return _Local(p, fmpq_mat(fmpz_mat(p.size, 1, numerators)) / denominator)


def _integers(a: fmpq_mat) -> tuple[tuple[int, ...], int]:
    """The entries over one denominator: integers are compared faster than fractions."""
    numerators, denominator = a.numer_denom()
    return tuple(map(int, numerators.entries())), int(denominator)


# Coefficients are drawn once for the many evaluations of a Jacobian.
@lru_cache(maxsize=256)
def _forms(seed: bytes, count: int, size: int, degree: int) -> tuple[fmpq_mat, list[list[fmpq_mat]]]:
    """The constant and, for k = 1..degree, the k linear forms that are multiplied."""
    stream = Stream(derive(seed, size))
    constant = generic(stream, count, 1, _COEFFICIENTS)
    return constant, [
        [generic(stream, count, size, _COEFFICIENTS) for _ in range(k)] for k in range(1, degree + 1)
    ]


def _stack(args: Sequence[Matrix]) -> Matrix:
    columns = [vec(a) for a in args]
    return columns[0] if len(columns) == 1 else block([[c] for c in columns])


def curve(seed: bytes, t: Matrix, rows: int, columns: int, degree: int, order: int) -> Matrix:
    """The derivative of the given order of Σ_k t^k C_k, a random curve of matrices, t a scalar."""
    coefficients = _coefficients(seed, rows, columns, degree)
    total: Matrix = coefficients[degree] * perm(degree, order)
    for k in range(degree - 1, order - 1, -1):
        total = add(scale(t, total), coefficients[k] * perm(k, order))
    return total


def entrywise(seed: bytes, a: Matrix, degree: int, order: int) -> Matrix:
    """The derivative of the given order of one random scalar polynomial, at every entry of a.

    It is the polynomial `curve` gives for 1×1.
    """
    coefficients = [c[0, 0] for c in _coefficients(seed, 1, 1, degree)]
    unit = ones(*shape(a))
    total: Matrix = unit * (coefficients[degree] * perm(degree, order))
    for k in range(degree - 1, order - 1, -1):
        total = add(hadamard(a, total), unit * (coefficients[k] * perm(k, order)))
    return total


@lru_cache(maxsize=256)
def _coefficients(seed: bytes, rows: int, columns: int, degree: int) -> list[fmpq_mat]:
    stream = Stream(derive(seed, "curve", rows, columns))
    return [generic(stream, rows, columns, _COEFFICIENTS) for _ in range(degree + 1)]


def call(
    seed: bytes, args: Sequence[Matrix], rows: int, columns: int, degree: int, order: int, by_entry: bool
) -> Matrix:
    """The value of an unspecified function: by entry, of one scalar, or of anything.

    Primes are for functions of one scalar; Unsupported otherwise.
    """
    if not args:
        raise Unsupported("a function of nothing")
    if by_entry and len(args) == 1:
        return entrywise(seed, args[0], degree, order)
    if len(args) == 1 and shape(args[0]) == (1, 1):
        return curve(seed, args[0], rows, columns, degree, order)
    if order:
        raise Unsupported("a prime on a function of more than one scalar")
    return polynomial_map(seed, args, rows, columns, degree)


def degree_within(properties: frozenset[str], degree: int) -> int:
    """The degree of a polynomial that stands for a function with the given properties."""
    return min(degree, *(d for word, d in DEGREES.items() if word in properties), degree)


_LINEAR = frozenset({"symmetric", "skew", "diagonal", "upper", "lower"})  # what keeps the degree of a polynomial


def with_properties(p: Matrix, properties: frozenset[str]) -> Matrix:
    """A matrix function with the given properties made of an arbitrary one, smooth in it.

    Properties that hold generically are taken for granted; raises Unsamplable for one that cannot be imposed.
    """
    wanted = properties - {"invertible", "full_column_rank", "full_row_rank", "nonzero", *DEGREES}
    if not wanted:
        return p
    if properties & DEGREES.keys() and not wanted <= _LINEAR:
        raise Unsamplable(f"{min(properties & DEGREES.keys())} and {min(wanted)}")
    rows, columns = shape(p)
    if wanted & {"symmetric", "skew", "spd", "psd", "orthogonal", "rotation"} and rows != columns:
        raise Unsamplable(f"{min(wanted)} of {rows}×{columns}")
    match sorted(wanted - {"symmetric"} if wanted & {"spd", "psd", "diagonal"} else wanted):
        case ["symmetric"]:
            return add(p, transpose(p))
        case ["skew"]:
            return sub(p, transpose(p))
        case ["spd"] | ["psd", "spd"]:
            return add(mul(p, transpose(p)), identity(rows))
        case ["psd"]:
            return mul(p, transpose(p))
        case ["orthogonal"] | ["rotation"] | ["orthogonal", "rotation"]:
            turn = sub(p, transpose(p))
            return mul(sub(identity(rows), turn), inv(add(identity(rows), turn)))
        case ["diagonal"]:
            return hadamard(p, _mask(rows, columns, lambda i, j: i == j))
        case ["upper"]:
            return hadamard(p, _mask(rows, columns, lambda i, j: i <= j))
        case ["lower"]:
            return hadamard(p, _mask(rows, columns, lambda i, j: i >= j))
        case ["positive"] | ["nonnegative"] | ["nonnegative", "positive"]:
            return _above(p, 1)
        case ["greater_one"]:
            return _above(p, 2)
        case ["unit_interval"]:
            return hadamard(_above(p, 1), elementwise("reciprocal", _above(p, 2)))
        case ["unit"]:
            return divide(p, elementwise("sqrt", sum_entries(hadamard(p, p))))
        case ["probability"]:
            return divide(_above(p, 1), sum_entries(_above(p, 1)))
        case words:
            raise Unsamplable(f"a function that is {' and '.join(words)}")


def _above(p: Matrix, bound: int) -> Matrix:
    """bound + p∘p."""
    return add(scale(scalar(bound), ones(*shape(p))), hadamard(p, p))


def _mask(rows: int, columns: int, keep: Callable[[int, int], bool]) -> fmpq_mat:
    return fmpq_mat(rows, columns, [int(keep(i, j)) for i in range(rows) for j in range(columns)])
