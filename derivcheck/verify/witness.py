"""Counterexamples as text."""

from __future__ import annotations

from collections.abc import Mapping

from flint import arb, fmpq

from derivcheck.algebra.matrix import Plain
from derivcheck.verify.agreement import Agreement
from derivcheck.verify.environment import Point
from derivcheck.verify.evidence import Witness

_DIGITS = 8
_NARROW = 10.0**-_DIGITS  # a ball around a whole number is written as that number
_MAX_WHOLE = 10**15  # larger whole numbers are written as decimals: 2^(10^9) would fill a page


def format_number(x: arb | fmpq) -> str:
    """An integer, a short fraction or a short decimal."""
    if isinstance(x, arb):
        whole = x.unique_fmpz() if x.rad() < _NARROW and abs(x) < _MAX_WHOLE else None
        if whole is not None:
            return str(whole)
        return str(x.mid().str(_DIGITS, radius=False))
    if x.q == 1 and abs(x) < _MAX_WHOLE:
        return str(x.p)
    text = f"{x.p}/{x.q}" if max(abs(x.p), x.q) < _MAX_WHOLE else ""
    return text if 0 < len(text) <= 12 else str(arb(x).str(_DIGITS, radius=False))


def format_matrix(a: Plain) -> str:
    """`[[1, 2], [0, 1]]`, or the bare number of a 1×1 matrix."""
    if (a.nrows(), a.ncols()) == (1, 1):
        return format_number(a[0, 0])
    return "[" + ", ".join("[" + ", ".join(map(format_number, row)) + "]" for row in a.table()) + "]"


def witness(
    point: Point, left: Plain, right: Plain, difference: Agreement, free: Mapping[str, int]
) -> Witness:
    """The counterexample at a point where both sides were evaluated."""
    values = {
        key + (f"[{','.join(map(str, indices))}]" if indices else ""): format_matrix(value)
        for (key, indices), value in sorted(point.drawn.items())
    }
    return Witness(
        dims=dict(point.dims),
        values=values,
        lhs=format_matrix(left),
        rhs=format_matrix(right),
        entry=difference.entry if left.nrows() * left.ncols() > 1 else None,
        free=dict(free),
        gap=difference.gap,
    )
