"""Intermediate variables: with r = Ax − b and f = ‖Ax − b‖², ∂f/∂r differentiates ‖r‖²."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import replace
from operator import is_

from derivcheck.terms.term import Claim, Derivative, Symbol, Term, Variable
from derivcheck.terms.walk import children, subterms, with_children


def through(claim: Claim) -> Claim:
    """The claim with what it differentiates by put into the values of what it differentiates, wherever these hold its
    value, and depend on what that is made of in no other way."""
    symbols = dict(claim.symbols)
    for term in (t for side in (claim.lhs, claim.rhs) for t in subterms(side)):
        match term:
            case Derivative(operand=Variable(key=function), variable=Variable(key=between) as variable):
                value, part = _value(symbols, function), _value(symbols, between)
                if value is None or part is None or not children(part) or between in _reached(value, symbols):
                    continue
                new = _replaced(value, part, replace(variable, shape=part.shape))
                others = {t.key for t in subterms(new) if isinstance(t, Variable)} - {between}
                if new is not value and not _all_reached(others, symbols) & _reached(part, symbols):
                    symbols[function] = replace(symbols[function], definition=new)
            case _:
                pass
    return replace(claim, symbols=symbols)


def _value(symbols: Mapping[str, Symbol], key: str) -> Term | None:
    symbol = symbols.get(key)
    return symbol.definition if symbol is not None else None


def _reached(term: Term, symbols: Mapping[str, Symbol]) -> set[str]:
    """The symbols of a term, with those that their values mention."""
    return _all_reached({t.key for t in subterms(term) if isinstance(t, Variable)}, symbols)


def _all_reached(keys: set[str], symbols: Mapping[str, Symbol]) -> set[str]:
    found: set[str] = set()
    waiting = sorted(keys)
    while waiting:
        key = waiting.pop()
        if key not in found:
            found.add(key)
            value = _value(symbols, key)
            waiting += [t.key for t in subterms(value) if isinstance(t, Variable)] if value is not None else []
    return found


def _replaced(term: Term, part: Term, by: Term) -> Term:
    """The term with `by` wherever `part` stands in it; itself where it does not."""
    if term == part:
        return by
    old = children(term)
    new = tuple([_replaced(c, part, by) for c in old])
    return term if all(map(is_, new, old)) else with_children(term, new)
