"""Plain matrices: exact rationals (`fmpq_mat`) and balls (`arb_mat`), and moving between the two."""

from __future__ import annotations

from collections.abc import Sequence
from fractions import Fraction
from typing import TypeAlias

from flint import arb, arb_mat, fmpq, fmpq_mat, fmpz

from derivcheck.algebra.errors import Imprecise, Undefined

Plain: TypeAlias = arb_mat | fmpq_mat
Scalar: TypeAlias = int | Fraction | fmpz | fmpq | arb

_MAX_BITS = 1 << 16  # of one exact number: a ball stays small where 9^(9^9) would not


def from_rows(rows: Sequence[Sequence[Scalar]]) -> Plain:
    """The matrix with these rows: exact unless an entry is a ball."""
    columns = len(rows[0]) if rows else 0
    entries = [_number(x) for row in rows for x in row]
    return from_entries(len(rows), columns, entries)


def from_entries(rows: int, columns: int, entries: list[fmpq | arb]) -> Plain:
    """The rows × columns matrix of entries given row by row: exact unless one of them is a ball."""
    if any(isinstance(x, arb) for x in entries):
        return arb_mat(rows, columns, entries)
    return fmpq_mat(rows, columns, entries)


def _number(x: Scalar) -> fmpq | arb:
    if isinstance(x, Fraction):
        return fmpq(x.numerator, x.denominator)
    return x if isinstance(x, arb) else fmpq(x)


def scalar(x: Scalar) -> Plain:
    """A number as a 1×1 matrix."""
    return from_entries(1, 1, [_number(x)])


def zeros(rows: int, columns: int) -> Plain:
    return fmpq_mat(rows, columns)


def ones(rows: int, columns: int) -> Plain:
    return fmpq_mat(rows, columns, [1] * (rows * columns))


def identity(n: int) -> Plain:
    return fmpq_mat(n, n, [int(i == j) for i in range(n) for j in range(n)])


def to_ball(a: Plain) -> arb_mat:
    """The tightest balls around exact entries at the working precision."""
    return a if type(a) is arb_mat else arb_mat(a)


def is_exact(a: Plain) -> bool:
    """Is every entry a single number?"""
    return type(a) is fmpq_mat or all(x.is_exact() for x in a.entries())


def to_exact(a: Plain) -> fmpq_mat | None:
    """The same matrix over the rationals, None when an entry has a radius or is astronomical."""
    if type(a) is fmpq_mat:
        return a
    entries = a.entries()
    if not all(x.is_exact() and x.is_finite() and abs(x.man_exp()[1]) <= _MAX_BITS for x in entries):
        return None
    return fmpq_mat(a.nrows(), a.ncols(), [x.fmpq() for x in entries])


def affordable_power(a: Plain, k: int) -> Plain:
    """The matrix itself, in balls when the exact entries of its k-th power, or a polynomial of degree k in them, would
    be too long."""
    if type(a) is fmpq_mat and any(x.height_bits() * abs(k) > _MAX_BITS for x in a.entries()):
        return to_ball(a)
    return a


def unify(a: Plain, b: Plain) -> tuple[Plain, Plain]:
    """Both in the same kind: balls as soon as one has balls."""
    if type(a) is type(b):
        return a, b
    return to_ball(a), to_ball(b)


def require_finite(a: Plain) -> Plain:
    """The matrix itself; Imprecise when an entry is not finite."""
    if type(a) is arb_mat and not all(x.is_finite() for x in a.entries()):
        raise Imprecise("a value has no finite enclosure")
    return a


def inverse(a: Plain) -> Plain:
    """A⁻¹; Undefined when singular, Imprecise when the balls cannot tell."""
    try:
        return a.inv()
    except ZeroDivisionError:
        raise _singular(a) from None


def solve(a: Plain, b: Plain) -> Plain:
    """A⁻¹B; errors as for the inverse."""
    a, b = unify(a, b)
    try:
        return a.solve(b)
    except ZeroDivisionError:
        raise _singular(a) from None


def _singular(a: Plain) -> ArithmeticError:
    middle = to_exact(a if type(a) is fmpq_mat else a.mid())
    if middle is None or middle.det() == 0:
        return Undefined("singular matrix")
    return Imprecise("the balls contain a singular matrix")


def to_integer(a: Plain) -> int | None:
    """The integer a 1×1 matrix holds exactly, None otherwise."""
    exact = to_exact(a)
    if exact is None or exact.nrows() != 1 or exact.ncols() != 1 or exact[0, 0].q != 1:
        return None
    return int(exact[0, 0].p)
