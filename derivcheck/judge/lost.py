"""A term that was lost: an equation that holds where a symbol of one of its sides is zero, and only there.

`det(A + uvᵀ) = det A` would be a condition on u if something were said of u. Of a symbol that may be anything it is a
slip, whatever the term is: nobody writes that a perturbation changes nothing.
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import replace
from fractions import Fraction
from itertools import islice
from typing import TYPE_CHECKING

from derivcheck.diagnose.model import Diagnosis, Limits
from derivcheck.judge.gate import undefined
from derivcheck.notation.keys import symbol_key
from derivcheck.readings.definitions import solved, target
from derivcheck.terms.dim import SCALAR
from derivcheck.terms.term import Apply, Claim, Number, Symbol, Term, Variable
from derivcheck.terms.walk import subterms
from derivcheck.verify.decide import passes

if TYPE_CHECKING:
    from derivcheck.judge.question import Question

_MOST = 4  # symbols that are put to zero


def lost_term(question: Question, claim: Claim, limits: Limits, lone: frozenset[str]) -> Diagnosis | None:
    """What is said of an equation, one side of which lacks these arbitrary symbols, that holds without one of them;
    nothing where that side is a number, or gets this value."""
    lacking = limits.lacking
    if not lacking or claim.relation != "=":
        return None
    constant = not undefined(getattr(claim, lacking), claim.symbols)
    if claim.lhs.shape == SCALAR if constant else _assigned(question, limits):
        return None
    rich = "lhs" if lacking == "rhs" else "rhs"
    for symbol in islice(_arbitrary(getattr(claim, rich), claim, lone, limits.arbitrary | lone), _MOST):
        if _holds_without(claim, symbol):
            shown = f"${symbol.latex or symbol.key}$"
            return Diagnosis("DC111", f"a term with {shown} is missing or superfluous: it holds where {shown} is zero")
    return None


def _assigned(question: Question, limits: Limits) -> bool:
    """Whether the side is a name, or one that gets its next value from its last one: w = w − ηg."""
    key = symbol_key(getattr(question, limits.lacking))
    named = limits.is_name(None if key is None else question.known.alias(key))
    return named or (limits.lacking == "lhs" and target(solved(*question.nodes)[0])[0] is not None)


def _arbitrary(rich: Term, claim: Claim, lone: frozenset[str], arbitrary: frozenset[str]) -> Iterator[Symbol]:
    """The symbols that only this side has, then those that are made of such and of what may be anything."""
    yield from (claim.symbols[key] for key in sorted(lone & claim.symbols.keys()))
    for key in sorted({t.key for t in subterms(rich) if isinstance(t, Variable)} & claim.symbols.keys()):
        definition = claim.symbols[key].definition
        made_of = undefined(definition, claim.symbols) if definition is not None else frozenset[str]()
        if made_of & lone and made_of <= arbitrary:
            yield claim.symbols[key]


def _holds_without(claim: Claim, symbol: Symbol) -> bool:
    without = replace(symbol, definition=_zero(symbol), properties=frozenset(), depends=())
    evidence = passes(replace(claim, symbols={**claim.symbols, symbol.key: without}))
    return evidence is not None and not evidence.zero


def _zero(symbol: Symbol) -> Term:
    if symbol.shape == SCALAR:
        return Number(Fraction(0), shape=SCALAR)
    return Apply("zeros", (), dims=symbol.shape, shape=symbol.shape)
