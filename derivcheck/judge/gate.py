"""The gate: whether a false claim is a finding.

A refuted link is reported when nothing suggests that it was never meant as a claim: every undefined symbol stands
on both sides and none is constrained by words that were not understood, or a single edit repairs it.
"""

from __future__ import annotations

import re
from collections.abc import Mapping
from dataclasses import dataclass, replace

from derivcheck.context.facts import TaintFact
from derivcheck.readings.known import Known, plain
from derivcheck.readings.outcomes import averages
from derivcheck.terms.term import (
    Apply,
    Call,
    Claim,
    Derivative,
    Fold,
    Integral,
    Limit,
    Number,
    Size,
    Substitute,
    Symbol,
    Term,
    Variable,
)
from derivcheck.terms.walk import children, subterms, with_children
from derivcheck.verify.decide import passes


@dataclass(frozen=True, slots=True)
class Doubt:
    """Why a false claim may not be a claim: symbols on one side only, symbols under words not understood.

    `lacking` is the side without the symbols that the other one has alone; "" where either has some. `gone` are those
    that a derivative may have removed, `valued` those of which nothing is said but a value, nearby."""

    one_sided: tuple[str, ...]
    tainted: tuple[str, ...]
    lacking: str = ""
    gone: frozenset[str] = frozenset()
    valued: frozenset[str] = frozenset()

    def without_values(self) -> Doubt:
        """The same, where the values are no excuse."""
        return replace(self, tainted=tuple(k for k in self.tainted if k not in self.valued))

    def without(self, keys: frozenset[str]) -> Doubt:
        """The same, where nothing is open about these symbols."""
        lone = tuple(k for k in self.one_sided if k not in keys)
        return replace(self, one_sided=lone, lacking=self.lacking if lone else "")

    @property
    def none(self) -> bool:
        return not self.one_sided and not self.tainted


def doubt(claim: Claim, known: Known, conditional: bool = False) -> Doubt:
    """What speaks against taking the claim as one; under an "if" a symbol on one side may be what it speaks of."""
    left, right = undefined(claim.lhs, claim.symbols), undefined(claim.rhs, claim.symbols)
    dropping_out = frozenset() if conditional else _dropping_out(claim, left, right, known)
    lone = (left ^ right) - variables(claim) - dropping_out
    lone -= _without_effect(claim, lone) if averages(claim) or len(lone) <= _FEW else frozenset()
    rich = [side for side, own in (("lhs", left), ("rhs", right)) if lone & own]
    one_sided = lone | _loose_sizes(claim)
    averaged = averages(claim)
    tainted = {k for k in left | right if _constrained(known.taint(k) or known.taint(plain(k)), averaged)}
    tainted |= {k for k in left | right if derived_from(k) & (left | right) and known.definition(k) is None}
    names = left | right | _sizes_of(claim.lhs) | _sizes_of(claim.rhs) | _bounds(claim)
    valued = frozenset(k for k in names - tainted if known.valued(k))
    lacking = ("rhs" if rich == ["lhs"] else "lhs") if len(rich) == 1 else ""
    gone = _carried_out(claim, left, right)
    return Doubt(tuple(sorted(one_sided)), tuple(sorted(tainted | valued)), lacking, gone, valued)


def _constrained(fact: TaintFact | None, averaged: bool) -> bool:
    """Whether words that were not understood constrain a symbol; of averages, that it is random was understood."""
    return fact is not None and not (averaged and _CHANCE.search(fact.words))


_CHANCE = re.compile(r"\A(?:random|independent|distributed as \\?(?:mathcal)?\{?N\b)|随机|独立")


def _dropping_out(claim: Claim, left: frozenset[str], right: frozenset[str], known: Known) -> frozenset[str]:
    """Symbols that a true claim may well hold on one side only: orthonormal factors, next to others on both sides;
    all of them where something is said of what was defined."""
    if _evaluates(claim, known):
        return left | right
    rigid = frozenset(k for k, s in claim.symbols.items() if s.properties & _RIGID)
    return rigid if (left & right) - rigid else frozenset()


def _without_effect(claim: Claim, keys: frozenset[str]) -> frozenset[str]:
    """Of these symbols those that change no side: the b of Var(aX + b), the θ of r(cos²θ + sin²θ)."""
    found = set()
    within = {k for s in claim.symbols.values() if s.definition for k in undefined(s.definition, claim.symbols)}
    for key in keys & claim.symbols.keys():
        other = f"{key}@other"
        symbols = {**claim.symbols, other: replace(claim.symbols[key], key=other)}
        sides = ((side, _renamed(side, key, other)) for side in (claim.lhs, claim.rhs))
        same = [replace(claim, lhs=a, rhs=b, symbols=symbols) for a, b in sides if a != b]
        if same and key not in within and all(passes(c) is not None for c in same):
            found.add(key)
    return frozenset(found)


def _renamed(term: Term, key: str, other: str) -> Term:
    if isinstance(term, Variable) and term.key == key:
        term = replace(term, key=other)
    return with_children(term, tuple(_renamed(c, key, other) for c in children(term)))


_FEW = 2  # symbols of which it is asked, each of which costs a decision

_RIGID = frozenset({"orthogonal", "orthonormal", "rotation"})


def _evaluates(claim: Claim, known: Known) -> bool:
    """Whether the left side is made of defined symbols, the right one of what these are made of, or of sizes and
    numbers with a size among them."""
    named = [claim.symbols[t.key] for t in subterms(claim.lhs) if isinstance(t, Variable) and t.key in claim.symbols]
    if not named or any(s.definition is None for s in named):
        return False
    told, made_of = undefined(claim.rhs, claim.symbols), undefined(claim.lhs, claim.symbols)
    if told and told <= made_of and not any(known.taint(k) for k in made_of - told):
        return True
    if not all(isinstance(t, Size | Number | Apply) for t in subterms(claim.rhs)):
        return False
    shaped = frozenset(v for s in claim.symbols.values() for d in s.shape for v in d.variables())
    of_identities = {v for t in subterms(claim.rhs) if isinstance(t, Apply) for d in t.dims for v in d.variables()}
    return bool((_sizes_of(claim.rhs) | of_identities) & shaped)


def _loose_sizes(claim: Claim) -> frozenset[str]:
    """Sizes used as numbers on one side that are the size of nothing in the claim: |kA| = kⁿ|A|, A of any size."""
    used = [_sizes_of(side) for side in (claim.lhs, claim.rhs)]
    shaped = frozenset(v for s in claim.symbols.values() for d in s.shape for v in d.variables())
    bounds = frozenset(v for _, d in claim.free for v in d.variables())
    folds = any(isinstance(t, Fold) for side in (claim.lhs, claim.rhs) for t in subterms(side))
    return frozenset() if folds else (used[0] ^ used[1]) - shaped - bounds


def _bounds(claim: Claim) -> frozenset[str]:
    """Names in the bounds of sums."""
    folds = [t for side in (claim.lhs, claim.rhs) for t in subterms(side) if isinstance(t, Fold)]
    return frozenset(name for f in folds for bound in (f.lower, f.upper) for name in _sizes_of(bound))


def _sizes_of(side: Term) -> frozenset[str]:
    """Named sizes that a side uses as numbers or as the size of an identity, a zero or a vector of ones."""
    found: set[str] = set()
    for t in subterms(side):
        if isinstance(t, Size):
            found |= t.dim.variables()
        elif isinstance(t, Apply):
            found.update(v for d in t.dims for v in d.variables())
    return frozenset(v for v in found if not v.startswith("?"))


_ACCENTED = re.compile(r"^(?:hat|bar|tilde|overline|widehat|widetilde|check|breve)\((.*?)\)")


def derived_from(key: str) -> frozenset[str]:
    """The symbols that an accent speaks of: x̄ is made of x in a way that was not said."""
    match = _ACCENTED.match(key)
    if match is None:
        return frozenset()
    base = match.group(1)
    return frozenset({base, base.split("_")[0], base.split("_")[0] + "_·"})


def variables(claim: Claim) -> frozenset[str]:
    """Symbols that a side differentiates by: they may well drop out of the other side, unless they are arguments of
    what is not specified, as the ξ of ∇²f(ξ)(y − x)."""
    found: set[str] = set()
    kept: set[str] = set()
    for side in (claim.lhs, claim.rhs):
        for term in subterms(side):
            if isinstance(term, Derivative):
                found.update(t.key for t in subterms(term.variable) if isinstance(t, Variable))
            elif isinstance(term, Call):
                kept.update(t.key for t in subterms(term) if isinstance(t, Variable))
    return frozenset(found - kept)


def _carried_out(claim: Claim, left: frozenset[str], right: frozenset[str]) -> frozenset[str]:
    """Symbols that stand under derivatives only, of which the other side is the value: of xᵀA x + bᵀx + c by x there is
    no c any more. The derivative of what is not specified has no value, and one that is set to 0 or to a symbol of
    its own makes a condition."""
    if any(s.depends for s in claim.symbols.values()):
        return frozenset()
    for side, own, other in ((claim.lhs, left, right), (claim.rhs, right, left)):
        if other and other <= own and not any(isinstance(t, Call) for t in subterms(side)):
            gone = own - other - undefined(side, claim.symbols, under_derivatives=False)
            return frozenset(k for k in gone if k not in claim.symbols or claim.symbols[k].properties <= _OPEN)
    return frozenset()


_OPEN = frozenset(
    {"positive", "negative", "nonnegative", "nonzero", "symmetric", "spd", "psd", "invertible"}
    | {"full_column_rank", "full_row_rank", "constant", "variable"}
)  # what is said of a symbol without an equation for its entries, with which it might drop out


def undefined(term: Term, symbols: Mapping[str, Symbol], *, under_derivatives: bool = True) -> frozenset[str]:
    """Symbols without definition that a term rests on, definitions expanded, bound ones left out; those that stand
    under derivatives too unless told otherwise."""
    expanded: dict[str, frozenset[str]] = {}

    def of_symbol(key: str) -> frozenset[str]:
        symbol = symbols.get(key)
        if symbol is None or symbol.definition is None:
            return frozenset((key, *(symbol.depends if symbol is not None else ())))
        if key not in expanded:
            expanded[key] = frozenset()
            expanded[key] = of(symbol.definition)
        return expanded[key]

    def of(t: Term) -> frozenset[str]:
        own: frozenset[str] = frozenset()
        match t:
            case Variable(key=key):
                own = of_symbol(key)
            case Derivative() if not under_derivatives:
                return own
            case Integral(key=key, body=body) | Limit(key=key, body=body) | Substitute(key=key, body=body):
                return (of(body) - {key}).union(*(of(c) for c in children(t) if c is not body))
            case Call(key=key):
                own = frozenset((key,))
            case _:
                pass
        return own.union(*map(of, children(t)))

    return of(term)
