"""Does anything vary in the derivatives of a claim? 0 = 0 is no verification."""

from __future__ import annotations

from dataclasses import replace
from enum import Enum

from derivcheck.terms.term import Apply, Claim, Derivative, Differential, Entry, Number, Term, Variable
from derivcheck.terms.walk import subterms
from derivcheck.verify.derivative import base_variable
from derivcheck.verify.structure import Structure


class Dependence(Enum):
    VARIES = "everything differentiated varies, or is known not to"
    DOUBTFUL = "a symbol of unknown dependence is differentiated as a constant"
    NOTHING = "nothing differentiated varies"


def dependence(claim: Claim, structure: Structure) -> Dependence:
    """How far the derivatives and differentials of a claim can be trusted. One in a definition is never written for
    the zero that it is where nothing varies."""
    nodes = [
        term
        for side in (claim.lhs, claim.rhs)
        for term in structure.subterms(side)
        if isinstance(term, Derivative | Differential)
    ]
    constant = [node for node in nodes if not _varies(node, structure)]
    if not constant:
        return Dependence.VARIES
    written = {id(term) for side in (claim.lhs, claim.rhs) for term in subterms(side)}
    doubtful = any(_unknown(node.operand, structure) or id(node) not in written for node in constant)
    if len(constant) == len(nodes) and (doubtful or not (_is_zero(claim.lhs) or _is_zero(claim.rhs))):
        return Dependence.NOTHING
    return Dependence.DOUBTFUL if doubtful else Dependence.VARIES


def moving(claim: Claim, structure: Structure) -> Claim:
    """The claim with every bare symbol of unknown dependence a function of what it is differentiated by: what holds
    because Ṗ is zero need not hold."""
    symbols = dict(claim.symbols)
    for term in (term for side in (claim.lhs, claim.rhs) for term in subterms(side) if isinstance(term, Derivative)):
        by, of = base_variable(term.variable), _bare(term.operand)
        if by is not None and of is not None and not _varies(term, structure) and _unknown(of, structure):
            symbols[of.key] = replace(symbols[of.key], depends=(*symbols[of.key].depends, by.key))
    return replace(claim, symbols=symbols)


def _varies(node: Derivative | Differential, structure: Structure) -> bool:
    names = structure.names(node.operand)
    if isinstance(node, Differential):
        return not names.isdisjoint(node.varying)
    symbol = base_variable(node.variable)
    if symbol is not None:
        return symbol.key in names
    return structure.expression_variable(node.operand, node.variable) is not None


def _unknown(operand: Term, structure: Structure) -> bool:
    """Is the operand a bare symbol of which neither definition nor dependence is known, nor that it is constant?"""
    bare = _bare(operand)
    if bare is None:
        return False
    symbol = structure.symbol(bare.key)
    return symbol.definition is None and not symbol.depends and not symbol.constant


def _bare(operand: Term) -> Variable | None:
    """x of x, x_i, xᵀ, −x."""
    match operand:
        case Variable():
            return operand
        case Entry():
            return _bare(operand.base)
        case Apply(operator="transpose" | "vec" | "trace" | "negate", args=(inner,)):
            return _bare(inner)
        case _:
            return None


def _is_zero(term: Term) -> bool:
    match term:
        case Number():
            return term.value == 0
        case Apply(operator="zeros"):
            return True
        case Apply(operator="negate" | "transpose" | "vec", args=(inner,)):
            return _is_zero(inner)
        case _:
            return False
