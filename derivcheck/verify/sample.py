"""Values of symbols by shape and property."""

from __future__ import annotations

from functools import lru_cache

from flint import fmpq_mat

from derivcheck.terms.term import Symbol
from derivcheck.verify.draw import RULES, Rule, Style
from derivcheck.verify.errors import Unsamplable, Unsupported
from derivcheck.verify.seed import Stream, derive

# Properties that a generic draw has already, or that are checked after drawing.
_CHECKED = frozenset({"nonzero", "invertible", "full_column_rank", "full_row_rank"})
_OF_FUNCTIONS = frozenset({"affine", "quadratic"})  # any value is one of such a function
_KNOWN = frozenset().union(_CHECKED, _OF_FUNCTIONS, *(rule.granted for rule in RULES))
_TRIES = 8


@lru_cache(maxsize=1024)
def rule_for(properties: frozenset[str]) -> Rule:
    """The rule that grants all of these properties; Unsupported for an unknown word, Unsamplable for a
    combination without a rule."""
    unknown = properties - _KNOWN
    if unknown:
        raise Unsupported(f"no sampling for the property {min(unknown)}")
    wanted = properties - _CHECKED - _OF_FUNCTIONS
    for rule in RULES:
        if rule.wanted <= wanted <= rule.granted:
            return rule
    raise Unsamplable(" and ".join(sorted(wanted)))


def draw_value(symbol: Symbol, rows: int, columns: int, seed: bytes, style: Style) -> fmpq_mat:
    """An exact random matrix with the properties of the symbol.

    Raises Unsamplable when no matrix of these dimensions has them, Unsupported for unknown properties.
    """
    rule = rule_for(symbol.properties)
    checks = symbol.properties & _CHECKED
    stream = Stream(seed)
    for _ in range(_TRIES if checks else 1):
        value = rule.draw(stream, rows, columns, style)
        if not checks or _passes(value, checks):
            return value
    raise Unsamplable(f"{' and '.join(sorted(checks))} of {rows}×{columns}")


def draw_member(
    symbol: Symbol, rows: int, columns: int, seed: bytes, style: Style, indices: tuple[int, ...]
) -> fmpq_mat:
    """One member of a family; the members of an orthonormal family are columns of one orthogonal matrix."""
    if "orthonormal" in symbol.properties and len(indices) == 1 and columns == 1:
        if not 1 <= indices[0] <= rows:
            raise Unsamplable(f"{indices[0]} orthonormal vectors of {rows} entries")
        basis = rule_for(frozenset({"orthogonal"})).draw(Stream(seed), rows, rows, style)
        return fmpq_mat(rows, 1, [basis[i, indices[0] - 1] for i in range(rows)])
    return draw_value(symbol, rows, columns, derive(seed, indices), style)


def _passes(value: fmpq_mat, checks: frozenset[str]) -> bool:
    rows, columns = value.nrows(), value.ncols()
    rank = value.rank()
    return (
        ("nonzero" not in checks or rank > 0)
        and ("invertible" not in checks or (rows == columns == rank))
        and ("full_column_rank" not in checks or rank == columns)
        and ("full_row_rank" not in checks or rank == rows)
    )
