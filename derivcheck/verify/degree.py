"""The degree of a term as a polynomial in one symbol, where its form shows that it is one."""

from __future__ import annotations

from collections.abc import Iterable
from typing import TypeGuard

from derivcheck.terms.term import (
    Apply,
    Block,
    Call,
    Derivative,
    Entry,
    Fold,
    Number,
    Substitute,
    Term,
    Variable,
)
from derivcheck.verify.structure import Structure

MAX_DEGREE = 24
_LINEAR = frozenset({
    "add", "negate", "transpose", "trace", "vec", "vech", "vec_rows", "unvec", "lower_triangle", "upper_triangle",
    "diag_matrix", "diag_vector", "block_diag", "symmetric_part", "skew_part", "skew_matrix", "sum_entries",
    "broadcast",
})  # fmt: skip
_MULTILINEAR = frozenset({
    "matmul", "scale", "hadamard", "kronecker", "khatri_rao", "frobenius_inner", "dot", "outer", "cross", "commutator",
})  # fmt: skip


def degree(term: Term, key: str, structure: Structure, unspecified: int) -> int | None:
    """A bound of the degree of every entry of `term` in the scalar symbol `key`; None where none is seen.

    `unspecified`: the degree of the polynomial maps that stand for unspecified functions.
    """
    found = _Bound(structure, unspecified).of(term, key)
    return found if found is not None and found <= MAX_DEGREE else None


class _Bound:
    def __init__(self, structure: Structure, unspecified: int) -> None:
        self._structure = structure
        self._unspecified = unspecified

    def of(self, term: Term, key: str) -> int | None:
        if key not in self._structure.names(term):
            return 0
        match term:
            case Variable(key=name):
                return self._variable(term, name, key)
            case Apply(operator=operator, args=args) if operator in _LINEAR:
                return self._largest(args, key)
            case Apply(operator=operator, args=args) if operator in _MULTILINEAR:
                return self._total(args, key)
            case Apply(operator="divide", args=(above, below)):
                return self.of(above, key) if self.of(below, key) == 0 else None
            case Apply(operator="power" | "power_scalar" | "power_elementwise", args=(base, Number(value=exponent))):
                even = exponent.denominator == 1 and exponent.numerator % 2 == 0
                inner = self.of(base.args[0] if even and _is_length(base) else base, key)
                natural = exponent.denominator == 1 and exponent >= 0
                return inner * exponent.numerator if inner is not None and natural else None
            case Call(args=args):
                inner = self._largest(args, key)
                return None if inner is None else inner * self._unspecified
            case Derivative(operand=operand, variable=Variable() | Entry(base=Variable())):
                return self.of(operand, key)  # no derivative raises a degree
            case Substitute(body=body, key=name, value=value):
                return self._substituted(body, name, value, key)
            case Entry(base=base, row=row, column=column):
                return self.of(base, key) if self._total((row, column), key) == 0 else None
            case Fold(kind="sum", lower=lower, upper=upper, body=body, condition=None):
                return self.of(body, key) if self._total((lower, upper), key) == 0 else None
            case Block(rows=rows):
                return self._largest((cell for row in rows for cell in row), key)
            case _:
                return None

    def _variable(self, term: Variable, name: str, key: str) -> int | None:
        if name == key:
            return 1
        symbol = self._structure.symbol(name)
        if symbol.definition is not None:
            return self.of(symbol.definition, key) if not term.indices else None
        return None

    def _substituted(self, body: Term, name: str, value: Term, key: str) -> int | None:
        inner, by, outer = self.of(value, key), self.of(body, name), 0 if name == key else self.of(body, key)
        return None if inner is None or by is None or outer is None else by * inner + outer

    def _largest(self, terms: Iterable[Term], key: str) -> int | None:
        found = [self.of(t, key) for t in terms]
        return None if None in found else max((d for d in found if d is not None), default=0)

    def _total(self, terms: Iterable[Term], key: str) -> int | None:
        found = [self.of(t, key) for t in terms]
        return None if None in found else sum(d for d in found if d is not None)


def _is_length(term: Term) -> TypeGuard[Apply]:
    """A norm the square of which is a sum of squares."""
    return isinstance(term, Apply) and term.operator in ("norm2", "norm_frobenius")
