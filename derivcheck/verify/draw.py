"""Random exact matrices with given properties: one rule per combination of properties."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass

from flint import fmpq, fmpq_mat, fmpz_mat

from derivcheck.algebra.plain import identity
from derivcheck.verify.errors import Unsamplable
from derivcheck.verify.seed import Stream


@dataclass(frozen=True, slots=True)
class Style:
    """Entries k/denominator: odd k with |k| ≤ limit, or any k ≠ 0 when `whole`; k > 0 when `positive`."""

    limit: int
    denominator: int
    positive: bool = False
    whole: bool = False


ROUGH = Style(160, 64)
POSITIVE = Style(160, 64, positive=True)
SMALL = Style(40, 64)
SMALL_POSITIVE = Style(40, 64, positive=True)
TINY = Style(10, 64)
READABLE = Style(3, 1, whole=True)
READABLE_POSITIVE = Style(4, 1, positive=True, whole=True)


def numerators(stream: Stream, count: int, style: Style) -> list[int]:
    if style.whole:
        found = [k + 1 for k in stream.each_below(style.limit, count)]
        return found if style.positive else [k if stream.below(2) else -k for k in found]
    found = [2 * k - style.limit + 1 for k in stream.each_below(style.limit, count)]
    return [abs(k) for k in found] if style.positive else found


def generic(stream: Stream, rows: int, columns: int, style: Style) -> fmpq_mat:
    """No property at all."""
    matrix = fmpq_mat(fmpz_mat(rows, columns, numerators(stream, rows * columns, style)))
    return matrix if style.denominator == 1 else matrix / style.denominator


def _signed(style: Style) -> Style:
    return Style(style.limit, style.denominator, whole=style.whole)


def _unsigned(style: Style) -> Style:
    return Style(style.limit, style.denominator, positive=True, whole=style.whole)


def _positive(stream: Stream, rows: int, columns: int, style: Style) -> fmpq_mat:
    return generic(stream, rows, columns, _unsigned(style))


def _require_square(rows: int, columns: int) -> None:
    if rows != columns:
        raise Unsamplable(f"a square matrix of {rows}×{columns}")


def _masked(matrix: fmpq_mat, keep: Callable[[int, int], bool]) -> fmpq_mat:
    rows, columns = matrix.nrows(), matrix.ncols()
    kept = [matrix[i, j] if keep(i, j) else fmpq(0) for i in range(rows) for j in range(columns)]
    return fmpq_mat(rows, columns, kept)


def _symmetric(stream: Stream, rows: int, columns: int, style: Style) -> fmpq_mat:
    _require_square(rows, columns)
    full = generic(stream, rows, columns, style)
    return fmpq_mat(rows, rows, [full[min(i, j), max(i, j)] for i in range(rows) for j in range(rows)])


def skew(stream: Stream, rows: int, columns: int, style: Style) -> fmpq_mat:
    _require_square(rows, columns)
    full = generic(stream, rows, columns, _signed(style))
    upper = _masked(full, lambda i, j: i < j)
    return upper - upper.transpose()


def _spd(stream: Stream, rows: int, columns: int, style: Style) -> fmpq_mat:
    """GGᵀ + I/4, or GGᵀ + I in whole numbers."""
    _require_square(rows, columns)
    factor = generic(stream, rows, columns, _signed(style))
    shift = identity(rows) if style.denominator == 1 else identity(rows) / 4
    return factor * factor.transpose() + shift


def _psd(stream: Stream, rows: int, columns: int, style: Style) -> fmpq_mat:
    """GGᵀ, of deficient rank every other time."""
    _require_square(rows, columns)
    rank = rows if rows == 1 or stream.below(2) else rows - 1
    factor = generic(stream, rows, rank, _signed(style))
    return factor * factor.transpose()


def _cayley(stream: Stream, n: int, style: Style) -> fmpq_mat:
    """(I − S)(I + S)⁻¹ with S skew: a rotation."""
    gentle = Style(2, 2, whole=True) if style.denominator == 1 else style
    turn = skew(stream, n, n, gentle)
    return (identity(n) - turn) * (identity(n) + turn).inv()


def _orthogonal(stream: Stream, rows: int, columns: int, style: Style) -> fmpq_mat:
    """Orthonormal columns; both signs of the determinant when square."""
    if rows < columns:
        raise Unsamplable(f"orthonormal columns of {rows}×{columns}")
    full = _cayley(stream, rows, style)
    flips = [stream.below(2) == 0 for _ in range(columns)]
    signed = [-full[i, j] if flips[j] else full[i, j] for i in range(rows) for j in range(columns)]
    return fmpq_mat(rows, columns, signed)


def _rotation(stream: Stream, rows: int, columns: int, style: Style) -> fmpq_mat:
    _require_square(rows, columns)
    return _cayley(stream, rows, style)


def _reflection(stream: Stream, rows: int, columns: int, style: Style) -> fmpq_mat:
    """I − 2 vvᵀ/vᵀv: symmetric and orthogonal."""
    _require_square(rows, columns)
    normal = generic(stream, rows, 1, style)
    return identity(rows) - normal * normal.transpose() * (2 / (normal.transpose() * normal)[0, 0])


def _diagonal(stream: Stream, rows: int, columns: int, style: Style) -> fmpq_mat:
    return _masked(generic(stream, rows, columns, style), lambda i, j: i == j)


def _positive_diagonal(stream: Stream, rows: int, columns: int, style: Style) -> fmpq_mat:
    return _diagonal(stream, rows, columns, _unsigned(style))


def _sign_diagonal(stream: Stream, rows: int, columns: int, style: Style) -> fmpq_mat:
    _require_square(rows, columns)
    return _diagonal(stream, rows, columns, Style(1, 1, whole=True))


def _oblique(stream: Stream, rows: int, columns: int, style: Style) -> fmpq_mat:
    """U(VᵀU)⁻¹Vᵀ: idempotent, not symmetric."""
    _require_square(rows, columns)
    return _projector(stream, rows, style, straight=False)


def _projection(stream: Stream, rows: int, columns: int, style: Style) -> fmpq_mat:
    """U(UᵀU)⁻¹Uᵀ."""
    _require_square(rows, columns)
    return _projector(stream, rows, style, straight=True)


def _projector(stream: Stream, n: int, style: Style, straight: bool) -> fmpq_mat:
    if n == 1:
        return identity(1) * stream.below(2)
    rank = stream.between(1, n - 1)
    for _ in range(8):
        u = generic(stream, n, rank, style)
        v = u if straight else generic(stream, n, rank, style)
        middle = v.transpose() * u
        if middle.det() != 0:
            return u * middle.inv() * v.transpose()
    raise Unsamplable("a projection")


def _upper(stream: Stream, rows: int, columns: int, style: Style) -> fmpq_mat:
    return _masked(generic(stream, rows, columns, style), lambda i, j: i <= j)


def _lower(stream: Stream, rows: int, columns: int, style: Style) -> fmpq_mat:
    return _masked(generic(stream, rows, columns, style), lambda i, j: i >= j)


def _unit_upper(stream: Stream, rows: int, columns: int, style: Style) -> fmpq_mat:
    _require_square(rows, columns)
    return _masked(generic(stream, rows, columns, style), lambda i, j: i < j) + identity(rows)


def _unit_lower(stream: Stream, rows: int, columns: int, style: Style) -> fmpq_mat:
    _require_square(rows, columns)
    return _masked(generic(stream, rows, columns, style), lambda i, j: i > j) + identity(rows)


def _permutation(stream: Stream, rows: int, columns: int, style: Style) -> fmpq_mat:
    _require_square(rows, columns)
    order = list(range(rows))
    stream.shuffle(order)
    if rows > 1 and order == sorted(order):
        order = order[1:] + order[:1]
    return fmpq_mat(rows, rows, [int(order[i] == j) for i in range(rows) for j in range(rows)])


def _stochastic(stream: Stream, rows: int, columns: int, style: Style) -> fmpq_mat:
    """Positive rows that sum to 1."""
    parts = [numerators(stream, columns, _unsigned(style)) for _ in range(rows)]
    return fmpq_mat(rows, columns, [fmpq(k, sum(row)) for row in parts for k in row])


def _probability(stream: Stream, rows: int, columns: int, style: Style) -> fmpq_mat:
    parts = numerators(stream, rows * columns, _unsigned(style))
    return fmpq_mat(rows, columns, [fmpq(k, sum(parts)) for k in parts])


def _one_hot(stream: Stream, rows: int, columns: int, style: Style) -> fmpq_mat:
    """A column of the identity."""
    size = rows * columns
    at = stream.below(size)
    return fmpq_mat(rows, columns, [int(k == at) for k in range(size)])


def _unit(stream: Stream, rows: int, columns: int, style: Style) -> fmpq_mat:
    """A point of the unit sphere by stereographic projection of a rational point."""
    if rows != 1 and columns != 1:
        raise Unsamplable("a unit vector that is a matrix")
    n = rows * columns
    if n == 1:
        return fmpq_mat(1, 1, [1 if stream.below(2) else -1])
    plane = generic(stream, n - 1, 1, style).entries()
    square = sum((t * t for t in plane), fmpq(0))
    point = [*(2 * t / (square + 1) for t in plane), (square - 1) / (square + 1)]
    turned = stream.below(n)
    return fmpq_mat(rows, columns, point[turned:] + point[:turned])


def _unit_interval(stream: Stream, rows: int, columns: int, style: Style) -> fmpq_mat:
    base = 4 if style.denominator == 1 else 64
    entries = [fmpq(stream.between(1, base - 1), base) for _ in range(rows * columns)]
    return fmpq_mat(rows, columns, entries)


def _greater_one(stream: Stream, rows: int, columns: int, style: Style) -> fmpq_mat:
    return _positive(stream, rows, columns, style) + fmpq_mat(rows, columns, [1] * (rows * columns))


def _integer(stream: Stream, rows: int, columns: int, style: Style) -> fmpq_mat:
    return generic(stream, rows, columns, Style(5, 1, style.positive, whole=True))


def _natural(stream: Stream, rows: int, columns: int, style: Style) -> fmpq_mat:
    return generic(stream, rows, columns, Style(6, 1, positive=True, whole=True))


def _sign(stream: Stream, rows: int, columns: int, style: Style) -> fmpq_mat:
    return generic(stream, rows, columns, Style(1, 1, whole=True))


def _bit(stream: Stream, rows: int, columns: int, style: Style) -> fmpq_mat:
    return fmpq_mat(rows, columns, [stream.below(2) for _ in range(rows * columns)])


@dataclass(frozen=True, slots=True)
class Rule:
    """Matrices with the properties `wanted` are drawn by `draw`, which grants those of `granted` as well."""

    wanted: frozenset[str]
    draw: Callable[[Stream, int, int, Style], fmpq_mat]
    granted: frozenset[str]


def _rule(wanted: str, draw: Callable[[Stream, int, int, Style], fmpq_mat], granted: str = "") -> Rule:
    words = frozenset(wanted.split())
    return Rule(words, draw, words | frozenset(granted.split()))


# The first rule whose words are all wanted and which grants the rest is taken.
RULES: tuple[Rule, ...] = (
    _rule("", generic),
    _rule("diagonal positive", _positive_diagonal, "spd psd symmetric upper lower nonnegative"),
    _rule("diagonal nonnegative", _positive_diagonal, "spd psd symmetric upper lower"),
    _rule("diagonal spd", _positive_diagonal, "psd symmetric upper lower"),
    _rule("diagonal psd", _positive_diagonal, "symmetric upper lower"),
    _rule("diagonal orthogonal", _sign_diagonal, "orthonormal symmetric upper lower"),
    _rule("diagonal", _diagonal, "symmetric upper lower"),
    _rule("spd", _spd, "psd symmetric"),
    _rule("psd", _psd, "symmetric"),
    _rule("permutation", _permutation, "orthogonal orthonormal stochastic nonnegative"),
    _rule("orthogonal symmetric", _reflection, "orthonormal"),
    _rule("rotation", _rotation, "orthogonal orthonormal"),
    _rule("orthogonal", _orthogonal, "orthonormal"),
    _rule("orthonormal", _orthogonal, "unit"),
    _rule("projection", _projection, "idempotent symmetric psd"),
    _rule("idempotent symmetric", _projection, "psd"),
    _rule("idempotent", _oblique),
    _rule("symmetric", _symmetric),
    _rule("skew", skew),
    _rule("unitriangular lower", _unit_lower),
    _rule("unitriangular", _unit_upper, "upper"),
    _rule("upper", _upper),
    _rule("lower", _lower),
    _rule("stochastic", _stochastic, "nonnegative positive"),
    _rule("one_hot", _one_hot, "probability unit nonnegative"),
    _rule("probability", _probability, "positive nonnegative"),
    _rule("unit", _unit),
    _rule("unit_interval", _unit_interval, "positive nonnegative"),
    _rule("greater_one", _greater_one, "positive nonnegative"),
    _rule("natural", _natural, "integer positive nonnegative"),
    _rule("integer positive", _natural, "nonnegative"),
    _rule("integer nonnegative", _natural),
    _rule("integer sign", _sign),
    _rule("bit integer", _bit, "nonnegative"),
    _rule("integer", _integer),
    _rule("positive", _positive, "nonnegative"),
    _rule("nonnegative", _positive),
)
