"""Whether an equation that holds is an identity in its own right, which no condition is one letter away from."""

from __future__ import annotations

from collections import Counter
from collections.abc import Mapping

from derivcheck.terms.term import Call, Claim, Symbol, Term, Variable
from derivcheck.terms.walk import free_indices, subterms

_LEAST = 5  # occurrences of symbols: shorter identities, ‖x‖² = xᵀx, are a letter away from conditions, ‖x‖² = xᵀy
_MAX_DEPTH = 8  # of definitions in definitions


def is_identity(claim: Claim) -> bool:
    """Every symbol without definition stands on both sides, as does every free index, and the sides are no
    rearrangement of one another (xᵀy = yᵀx), so that an equation to solve or a condition is not mistaken for it."""
    left, right = _undefined(claim.lhs, claim), _undefined(claim.rhs, claim)
    if left.keys() != right.keys() or free_indices(claim.lhs) != free_indices(claim.rhs):
        return False
    defined = any(s.definition is not None for s in claim.symbols.values())
    rests = defined or left.total() + right.total() >= _LEAST
    return rests and _inventory(claim.lhs, claim.symbols) != _inventory(claim.rhs, claim.symbols)


def _undefined(side: Term, claim: Claim) -> Counter[str]:
    """How often the symbols without definition stand on a side."""
    return Counter(key for key in _keys(side) if key not in claim.symbols or claim.symbols[key].definition is None)


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
