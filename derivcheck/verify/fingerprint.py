"""A claim as bytes: the same for the same mathematics, whatever its place in a document and the hash seed."""

from __future__ import annotations

from hashlib import blake2b

from derivcheck.terms.term import (
    Apply,
    Call,
    Claim,
    Condition,
    Constant,
    Derivative,
    Differential,
    Fold,
    Index,
    Integral,
    Limit,
    Number,
    Size,
    Substitute,
    Term,
    Variable,
)
from derivcheck.terms.walk import children


def claim_seed(claim: Claim) -> bytes:
    """The seed of all random numbers used for a claim."""
    parts: list[str] = [claim.relation]
    for side in (claim.lhs, claim.rhs, *claim.given):
        _write(side, parts)
    for key in sorted(claim.symbols):
        symbol = claim.symbols[key]
        parts += (key, *map(str, symbol.shape), *sorted(symbol.properties), *symbol.depends)
        if symbol.definition is not None:
            _write(symbol.definition, parts)
    parts += (f"{name}:{dim}" for name, dim in claim.free)
    return blake2b("\n".join(parts).encode(), digest_size=16).digest()


def _write(term: Term, parts: list[str]) -> None:
    """Prefix notation with the number of subterms, so that it can be read in one way only."""
    stack = [term]
    while stack:
        top = stack.pop()
        below = children(top)
        parts.append(f"{type(top).__name__} {_label(top)} {len(below)}")
        stack.extend(below)


def _label(term: Term) -> str:
    match term:
        case Apply():
            return f"{term.operator} {' '.join(map(str, term.dims))}"
        case Variable():
            return term.key
        case Number():
            return str(term.value)
        case Constant() | Index():
            return term.name
        case Size():
            return str(term.dim)
        case Call():
            return f"{term.key} {term.order} {term.elementwise}"
        case Fold():
            return f"{term.kind} {term.index}"
        case Condition():
            return term.relation
        case Derivative():
            return term.arrangement.value
        case Differential():
            return " ".join(sorted(term.varying))
        case Substitute() | Integral() | Limit():
            return term.key
        case _:
            return ""
