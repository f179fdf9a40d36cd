"""Claims that hold only because both sides are zero."""

from __future__ import annotations

from dataclasses import replace

from derivcheck.readings.known import NORMED
from derivcheck.terms.term import Apply, Claim, Derivative, Differential, Number, Term, Variable
from derivcheck.terms.walk import subterms
from derivcheck.verify.decide import decide, passes
from derivcheck.verify.evidence import Refuted


def vanishing(claim: Claim) -> bool:
    """Whether the claim holds only because both sides are zero: derivatives in which nothing varies, or ∂/∂λ of a
    Lagrangian whose norm condition is assumed, say nothing about the formula; nor does I − WᵀW."""
    varied = [any(isinstance(t, Derivative | Differential) for t in subterms(s)) for s in (claim.lhs, claim.rhs)]
    if claim.relation == "=" and any(varied) and not any(_is_literal_zero(side) for side in (claim.lhs, claim.rhs)):
        if all(passes(replace(claim, lhs=s, rhs=_zeros(s))) is not None for s in (claim.lhs, claim.rhs)):
            return all(varied) or vanishing_by_norms(claim)
    return vanishing_by_norms(claim)


def vanishing_by_norms(claim: Claim) -> bool:
    """Whether both sides are zero only because of conditions xᵀx = 1, and the claim is false without them."""
    normed = {k for k, s in claim.symbols.items() if s.properties & NORMED}
    if not normed:
        return False
    free = {k: replace(s, properties=s.properties - NORMED) if k in normed else s for k, s in claim.symbols.items()}
    return isinstance(decide(replace(claim, symbols=free)), Refuted) and all(
        passes(replace(claim, lhs=side, rhs=_zeros(side))) is not None for side in (claim.lhs, claim.rhs)
    )


def has_zero_sides(claim: Claim) -> bool:
    """Whether both sides, not written as zeros, are zero at every point."""
    sides = (claim.lhs, claim.rhs)
    written = any(_is_literal_zero(side) for side in sides)
    return not written and all(passes(replace(claim, lhs=s, rhs=_zeros(s))) is not None for s in sides)


def zero_by_conditions(claim: Claim) -> bool:
    """Whether both sides are zero, and neither would be without the conditions: xᵀ[t]ₓx is zero anyway, and then the
    claim is that the other side is."""
    if not has_zero_sides(claim):
        return False
    free = replace(claim, given=())
    return all(passes(replace(free, lhs=s, rhs=_zeros(s))) is None for s in (claim.lhs, claim.rhs))


def leaves_a_zero(claim: Claim) -> bool:
    """Whether a symbol of the claim that has no value of its own is zero wherever its conditions hold."""
    if not claim.given:
        return False
    free = [k for k, s in claim.written().items() if s.definition is None and not s.depends and k.isprintable()]
    named = {t.key: t for s in (claim.lhs, claim.rhs) for t in subterms(s) if isinstance(t, Variable) and not t.indices}
    return any(passes(replace(claim, lhs=named[k], rhs=_zeros(named[k]))) is not None for k in free if k in named)


def _is_literal_zero(side: Term) -> bool:
    match side:
        case Number(value=value):
            return value == 0
        case Apply(operator="zeros"):
            return True
        case Differential(operand=operand):
            return not any(isinstance(t, Variable) for t in subterms(operand))  # dI = 0
        case Apply(operator="add" | "negate" | "scale" | "transpose", args=args):
            return any(map(_is_literal_zero, args)) if side.operator == "scale" else all(map(_is_literal_zero, args))
        case _:
            return False


def _zeros(side: Term) -> Term:
    return Apply("zeros", (), dims=side.shape, shape=side.shape)
