"""Whether an equation that holds is an identity in its own right, which no condition is one letter away from."""

from __future__ import annotations

from collections import Counter
from collections.abc import Mapping

from derivcheck.terms.term import Apply, Call, Claim, Derivative, Symbol, Term, Variable
from derivcheck.terms.walk import free_indices, subterms

_LEAST = 5  # occurrences of symbols: shorter identities, ‖x‖² = xᵀx, are a letter away from conditions, ‖x‖² = xᵀy
_TELLING = ("det", "adjugate", "cofactor")  # functions of which conditions hardly speak
_MAX_DEPTH = 8  # of definitions in definitions
_REARRANGING = frozenset(
    {"add", "negate", "scale", "matmul", "transpose", "trace", "divide", "broadcast", "power", "power_scalar", "dot"}
)


def is_identity(claim: Claim) -> bool:
    """Every symbol stands on both sides, as written or with definitions written out, unless a derivative has removed
    it, as does every free index, and the sides are no rearrangement of one another (xᵀy = yᵀx), so that an equation to
    solve or a condition is not mistaken for it."""
    left, right = (_inventory(side, claim.symbols) for side in (claim.lhs, claim.rhs))
    defined = frozenset(k for k, s in claim.symbols.items() if s.definition is not None)
    written = [[k for k in _keys(side) if k not in defined] for side in (claim.lhs, claim.rhs)]
    if not _balanced(claim, left, right) and set(written[0]) != set(written[1]):
        return False
    if free_indices(claim.lhs) != free_indices(claim.rhs):
        return False
    telling = sum(_means(side, defined)[1][name] for side in (claim.lhs, claim.rhs) for name in _TELLING)
    if not defined and sum(map(len, written)) + telling < _LEAST:
        return False
    return left != right or _means(claim.lhs, defined) != _means(claim.rhs, defined)


def _balanced(claim: Claim, left: Counter[str], right: Counter[str]) -> bool:
    """Whether the sides have the same symbols, but for what a derivative removes."""
    removed = [_inventory_below(side, claim.symbols) for side in (claim.lhs, claim.rhs)]
    return left.keys() - right.keys() <= removed[0] and right.keys() - left.keys() <= removed[1]


def _inventory_below(side: Term, symbols: Mapping[str, Symbol]) -> frozenset[str]:
    """The symbols that derivatives are taken of."""
    operands = (t.operand for t in subterms(side) if isinstance(t, Derivative))
    return frozenset().union(*(_inventory(operand, symbols) for operand in operands))


def _means(side: Term, defined: frozenset[str]) -> tuple[frozenset[str], Counter[str]]:
    """What no rearrangement brings in: the defined symbols of a side, and how often each function stands there."""
    functions = (t.operator for t in subterms(side) if isinstance(t, Apply) and t.operator not in _REARRANGING)
    return defined & frozenset(_keys(side)), Counter(functions)


def _inventory(side: Term, symbols: Mapping[str, Symbol], depth: int = 0) -> Counter[str]:
    """How often the symbols stand on a side, definitions written out."""
    found: Counter[str] = Counter()
    for key in _keys(side):
        definition = symbols[key].definition if key in symbols else None
        if definition is None or depth == _MAX_DEPTH:
            found[key] += 1
        else:
            found += _inventory(definition, symbols, depth + 1)
    return found


def _keys(side: Term) -> list[str]:
    return [t.key for t in subterms(side) if isinstance(t, Variable | Call)]
