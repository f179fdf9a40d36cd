"""‖x‖² as ⟨x, x⟩: an equation that holds it can be met exactly, by rational values."""

from __future__ import annotations

from dataclasses import replace

from derivcheck.terms.term import Apply, Number, Term
from derivcheck.terms.walk import children, with_children

_POWERS = ("power", "power_scalar")
_NORMS = ("norm2", "norm_frobenius")


def with_squares(term: Term) -> Term:
    """The term with inner products for the squares of Euclidean norms."""
    match term:
        case Apply(operator=power, args=(Apply(operator=norm, args=(x,)), Number(value=value))):
            if power in _POWERS and norm in _NORMS and value == 2:
                inner = with_squares(x)
                return replace(term, operator="frobenius_inner", args=(inner, inner))
        case _:
            pass
    parts = children(term)
    return with_children(term, tuple(map(with_squares, parts))) if parts else term
