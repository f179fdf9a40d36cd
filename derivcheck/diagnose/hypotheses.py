"""A hypothesis that is missing: a false claim that holds under one usual property of its symbols."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace
from fractions import Fraction
from itertools import combinations
from typing import TYPE_CHECKING

from derivcheck.diagnose.credible import is_zero, says_something
from derivcheck.terms.dim import ONE, SCALAR, Dim
from derivcheck.terms.term import Apply, Claim, Number, Symbol, Term, Variable
from derivcheck.terms.walk import map_dims, subterms
from derivcheck.verify.decide import passes
from derivcheck.verify.evidence import Refuted
from derivcheck.work import Allowance

if TYPE_CHECKING:
    from derivcheck.judge.question import Question, Settled

RULE = "DC401"
_SECONDS = 0.4  # in all
_EACH = 0.1
_MAX_SYMBOLS = 8
_BARE = frozenset(
    {"matmul", "transpose", "inverse", "negate", "power", "identity", "zeros", "scale", "norm", "dot"}
)
_KEPT = frozenset({"symmetric", "diagonal"})  # properties that a polynomial of a matrix has with it
_FEW = 4  # occurrences of symbols in a bare relation: A B = B A


@dataclass(frozen=True, slots=True)
class Hypothesis:
    """What would make the claim true. `keys`: the symbols it speaks of; `words`: the property, `symmetric`.

    `stated`: the equation says no more than the hypothesis itself (Aᵀ = A, A B = B A, Qᵀ Q = I), so that it
    is a condition and no claim.
    """

    keys: tuple[str, ...]
    words: str
    message: str
    stated: bool = False
    rule: str = RULE


# Matrix properties by how often they are left unsaid.
_SQUARE_WORDS: tuple[str, ...] = ("symmetric", "skew", "diagonal", "orthogonal", "idempotent")


def missing_hypothesis(question: Question, settled: Settled) -> Hypothesis | None:
    """The weakest usual property under which the refuted claim agrees; None when there is none.

    One property of one symbol without definition (symmetric, skew, diagonal, orthogonal, a rotation, idempotent,
    square, unit norm, positive), or that two square matrices commute. A property counts only when it leaves something
    to say: under it the sides are neither the same term nor both zero.
    """
    claim = settled.best.reading.claim
    if claim is None or claim.relation != "=" or not isinstance(settled.best.evidence, Refuted):
        return None
    allowance = Allowance(_SECONDS)
    for hypothesis, changed in _suppositions(claim):
        if allowance.used_up():
            return None
        if _holds(changed):
            return replace(hypothesis, stated=_states(claim, hypothesis.keys))
    return None


def _holds(claim: Claim) -> bool:
    if not says_something(claim):
        return False
    if passes(claim, seconds=_EACH) is None:
        return False
    # A property that makes both sides vanish (skew: xᵀAx = 0) is no hypothesis anyone would mean.
    empty = replace(claim, rhs=_zero_like(claim.rhs))
    return is_zero(claim.lhs) or is_zero(claim.rhs) or passes(empty, seconds=_EACH) is None


def _states(claim: Claim, keys: tuple[str, ...]) -> bool:
    """Whether the claim is a bare relation among the symbols of the hypothesis."""
    terms = [t for side in (claim.lhs, claim.rhs) for t in subterms(side)]
    used = [t.key for t in terms if isinstance(t, Variable)]
    admitted = _BARE if len(keys) == 1 else {"matmul"}  # A² = A and A B = B A are conditions, (A B)² = A² B² is none
    bare = all(not isinstance(t, Apply) or t.operator in admitted for t in terms)
    return set(used) <= set(keys) and len(used) <= _FEW and bare


def _zero_like(term: Term) -> Term:
    return (
        Number(Fraction(0), shape=SCALAR)
        if term.shape == SCALAR
        else Apply("zeros", (), dims=term.shape, shape=term.shape)
    )


def _suppositions(claim: Claim) -> Iterator[tuple[Hypothesis, Claim]]:
    symbols = tuple(s for s in _symbols(claim) if s.definition is None and not s.depends)[:_MAX_SYMBOLS]
    for symbol in symbols:
        if _is_square(symbol) and not symbol.properties:
            yield _with(claim, symbol, "symmetric")
    for a, b in combinations([s for s in symbols if _is_square(s) and s.properties <= _KEPT], 2):
        if a.shape == b.shape:
            yield _commuting(claim, a, b)
    plain = [s for s in symbols if _is_square(s) and not s.properties]
    if len(plain) > 1:
        yield _all_symmetric(claim, plain)
    for symbol in symbols:
        if symbol.properties:
            continue
        if _is_square(symbol):
            for word in _SQUARE_WORDS[1:]:
                yield _with(claim, symbol, word)
            if symbol.shape[0].constant == 3:  # (Ra) × (Rb) = R(a × b)
                yield _with(claim, symbol, "rotation")
        elif symbol.shape == SCALAR:
            yield _with(claim, symbol, "positive")
        elif symbol.shape[1] == ONE:
            yield _with(claim, symbol, "unit")
            if not isinstance(claim.rhs, Number):  # Σ w_i = 1 is the hypothesis itself
                yield _with(claim, symbol, "probability")
    within = [s for s in claim.symbols.values() if s.definition is None and _is_square(s) and not s.properties]
    if len(within) > len(plain):  # what defined symbols are made of: AΣ_{k-1}Aᵀ + W is symmetric if Σ_{k-1} and W are
        yield _all_symmetric(claim, within)
    for symbol in symbols:
        found = _made_square(claim, symbol)
        if found is not None:
            yield found


def _symbols(claim: Claim) -> Iterator[Symbol]:
    """Symbols in order of appearance."""
    seen: set[str] = set()
    for side in (claim.lhs, claim.rhs):
        for term in subterms(side):
            if (
                isinstance(term, Variable)
                and not term.indices
                and term.key not in seen
                and term.key in claim.symbols
            ):
                seen.add(term.key)
                yield claim.symbols[term.key]


def _is_square(symbol: Symbol) -> bool:
    return symbol.shape[0] == symbol.shape[1] and symbol.shape != SCALAR


def _with(claim: Claim, symbol: Symbol, word: str) -> tuple[Hypothesis, Claim]:
    shown = f"${symbol.latex or symbol.key}$"
    said = {
        "unit": f"if {shown} has unit norm",
        "probability": f"if the entries of {shown} sum to 1",
        "skew": f"if {shown} is skew-symmetric",
        "rotation": f"if {shown} is a rotation",
    }.get(word, f"if {shown} is {word}")
    changed = replace(symbol, properties=symbol.properties | {word})
    hypothesis = Hypothesis((symbol.key,), word, f"false in general, true {said}")
    return hypothesis, replace(claim, symbols={**claim.symbols, symbol.key: changed})


def _all_symmetric(claim: Claim, matrices: Sequence[Symbol]) -> tuple[Hypothesis, Claim]:
    """Every square matrix without a property symmetric: (A B)ᵀ = B A needs both."""
    names = [f"${s.latex or s.key}$" for s in matrices]
    listed = f"{', '.join(names[:-1])} and {names[-1]} are" if len(names) > 1 else f"{names[0]} is"
    said = f"false in general, true if {listed} symmetric"
    changed = {s.key: replace(s, properties=frozenset({"symmetric"})) for s in matrices}
    hypothesis = Hypothesis(tuple(changed), "symmetric", said)
    return hypothesis, replace(claim, symbols={**claim.symbols, **changed})


def _commuting(claim: Claim, a: Symbol, b: Symbol) -> tuple[Hypothesis, Claim]:
    """b as a polynomial of a: 2 a² − 3 a + I commutes with a and has no other special property."""
    x = Variable(a.key, shape=a.shape)
    square = Apply("matmul", (x, x), shape=a.shape)
    parts = (
        Apply("scale", (Number(Fraction(2), shape=SCALAR), square), shape=a.shape),
        Apply("scale", (Number(Fraction(-3), shape=SCALAR), x), shape=a.shape),
        Apply("identity", (), dims=(a.shape[0],), shape=a.shape),
    )
    changed = replace(b, properties=frozenset(), definition=Apply("add", parts, shape=a.shape))
    one, other = f"${a.latex or a.key}$", f"${b.latex or b.key}$"
    hypothesis = Hypothesis(
        (a.key, b.key), "commuting", f"false in general, true if {one} and {other} commute"
    )
    return hypothesis, replace(claim, symbols={**claim.symbols, b.key: changed})


def _made_square(claim: Claim, symbol: Symbol) -> tuple[Hypothesis, Claim] | None:
    """The claim with the two sizes of a rectangular symbol equal."""
    rows, columns = symbol.shape
    if rows.name is None or columns.name is None or rows == columns:
        return None

    def same(dim: Dim) -> Dim:
        return dim.substitute({columns.name or "": rows})

    symbols = {
        key: replace(
            s,
            shape=(same(s.shape[0]), same(s.shape[1])),
            definition=None if s.definition is None else map_dims(s.definition, same),
        )
        for key, s in claim.symbols.items()
    }
    changed = replace(
        claim, lhs=map_dims(claim.lhs, same), rhs=map_dims(claim.rhs, same), symbols=symbols,
        free=tuple((n, same(d)) for n, d in claim.free),
        dim_facts=tuple((same(a), same(b)) for a, b in claim.dim_facts),
        dim_equal=tuple((same(a), same(b)) for a, b in claim.dim_equal),
    )  # fmt: skip
    return Hypothesis(
        (symbol.key,), "square", f"false in general, true if ${symbol.latex or symbol.key}$ is square"
    ), changed
