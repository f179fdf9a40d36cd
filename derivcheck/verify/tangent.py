"""Random directions along which symbols vary in a differential, within what their properties allow."""

from __future__ import annotations

from collections.abc import Callable

from flint import fmpq_mat

from derivcheck.algebra.plain import identity
from derivcheck.verify.draw import Style, generic, skew
from derivcheck.verify.seed import Stream

_DIRECTION = Style(96, 64)


def direction(properties: frozenset[str], value: fmpq_mat, seed: bytes) -> fmpq_mat:
    """A tangent at `value` of the set of matrices with these properties."""
    stream = Stream(seed)
    for words, tangent in _TANGENTS:
        if words <= properties:
            return tangent(value, stream)
    return _free(value, stream)


def _free(value: fmpq_mat, stream: Stream) -> fmpq_mat:
    return generic(stream, value.nrows(), value.ncols(), _DIRECTION)


def _symmetric(value: fmpq_mat, stream: Stream) -> fmpq_mat:
    w = _free(value, stream)
    return w + w.transpose()


def _skew(value: fmpq_mat, stream: Stream) -> fmpq_mat:
    return skew(stream, value.nrows(), value.ncols(), _DIRECTION)


def _masked(keep: Callable[[int, int], bool]) -> Callable[[fmpq_mat, Stream], fmpq_mat]:
    def tangent(value: fmpq_mat, stream: Stream) -> fmpq_mat:
        w = _free(value, stream)
        rows, columns = w.nrows(), w.ncols()
        kept = [w[i, j] if keep(i, j) else 0 for i in range(rows) for j in range(columns)]
        return fmpq_mat(rows, columns, kept)

    return tangent


def _orthogonal(value: fmpq_mat, stream: Stream) -> fmpq_mat:
    """ΩQ with Ω skew."""
    return skew(stream, value.nrows(), value.nrows(), _DIRECTION) * value


def _projection(value: fmpq_mat, stream: Stream) -> fmpq_mat:
    """PW(I − P) and its transpose."""
    turn = value * _free(value, stream) * (identity(value.nrows()) - value)
    return turn + turn.transpose()


def _idempotent(value: fmpq_mat, stream: Stream) -> fmpq_mat:
    """PW(I − P) + (I − P)VP."""
    rest = identity(value.nrows()) - value
    return value * _free(value, stream) * rest + rest * _free(value, stream) * value


def _unit(value: fmpq_mat, stream: Stream) -> fmpq_mat:
    """w − (xᵀw)x."""
    w = _free(value, stream)
    inner = sum(p * q for p, q in zip(value.entries(), w.entries(), strict=True))
    return w - value * inner


def _balanced(value: fmpq_mat, stream: Stream) -> fmpq_mat:
    """Entries that sum to 0."""
    w = _free(value, stream)
    mean = sum(w.entries()) / (w.nrows() * w.ncols())
    return fmpq_mat(w.nrows(), w.ncols(), [x - mean for x in w.entries()])


_TANGENTS: tuple[tuple[frozenset[str], Callable[[fmpq_mat, Stream], fmpq_mat]], ...] = (
    (frozenset({"diagonal"}), _masked(lambda i, j: i == j)),
    (frozenset({"projection"}), _projection),
    (frozenset({"idempotent", "symmetric"}), _projection),
    (frozenset({"idempotent"}), _idempotent),
    (frozenset({"orthogonal"}), _orthogonal),
    (frozenset({"rotation"}), _orthogonal),
    (frozenset({"spd"}), _symmetric),
    (frozenset({"psd"}), _symmetric),
    (frozenset({"symmetric"}), _symmetric),
    (frozenset({"skew"}), _skew),
    (frozenset({"unitriangular", "lower"}), _masked(lambda i, j: i > j)),
    (frozenset({"unitriangular"}), _masked(lambda i, j: i < j)),
    (frozenset({"upper"}), _masked(lambda i, j: i <= j)),
    (frozenset({"lower"}), _masked(lambda i, j: i >= j)),
    (frozenset({"unit"}), _unit),
    (frozenset({"probability"}), _balanced),
)
