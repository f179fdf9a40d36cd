"""Whether a repair is believable: one that is none must not open the gate."""

from __future__ import annotations

from derivcheck.terms.term import Apply, Claim, Number, Term


def is_zero(term: Term) -> bool:
    """A literal zero of any shape."""
    match term:
        case Number():
            return term.value == 0
        case Apply(operator="zeros"):
            return True
        case Apply(operator="negate" | "transpose" | "vec" | "broadcast", args=(inner, *_)):
            return is_zero(inner)
        case _:
            return False


def says_something(claim: Claim) -> bool:
    """Two different sides, of which at most one is a literal zero."""
    return bare(claim.lhs) != bare(claim.rhs) and not (is_zero(claim.lhs) and is_zero(claim.rhs))


def bare(term: Term) -> Term:
    """Without what changes nothing of what is said: an outer sign or transpose on both sides is not looked through."""
    return term
