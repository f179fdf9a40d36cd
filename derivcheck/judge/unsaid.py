"""Guards for what a text leaves unsaid of its values: numbers or matrices, lengths, other rates."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import replace
from fractions import Fraction
from typing import TYPE_CHECKING

from derivcheck.judge.outcome import Outcome
from derivcheck.notation.keys import symbol_key
from derivcheck.notation.walk import subtrees
from derivcheck.readings.flows import is_rate, is_step
from derivcheck.terms.dim import ONE, SCALAR
from derivcheck.terms.term import Apply, Call, Number, Term, Variable
from derivcheck.terms.walk import subterms
from derivcheck.verify.decide import passes

if TYPE_CHECKING:
    from derivcheck.judge.guards import Refutation

_ROOTS = frozenset({"sqrt", "power_scalar", "abs", "log"})


def numbers(r: Refutation) -> Outcome | None:
    """Capitals of which nothing is known stand under f' and the claim holds where they are numbers."""
    if not any(isinstance(t, Call) and t.elementwise and t.order for t in _terms(r)):
        return None
    reading = r.settled.best.reading
    kinds = tuple((key, "scalar") for key, _ in reading.conventional)
    claim = r.question.read(replace(reading.choice, kinds=kinds)).claim if kinds else None
    holds = claim is not None and passes(claim) is not None
    return r.unknown("unshaped symbol", "it holds for numbers") if holds else None


def of_positive_numbers(r: Refutation) -> Outcome | None:
    """√(a² + b²)/a = √(1 + b²/a²): numbers under roots of which nothing is said may be lengths."""
    if not any(isinstance(t, Apply) and t.operator in _ROOTS for t in _terms(r)):
        return None
    symbols = r.claim.symbols
    lengths = [
        key
        for key, s in symbols.items()
        if s.shape == SCALAR and s.definition is None and not s.properties and not r.known.declared(key)
    ]
    positive = {key: replace(symbols[key], properties=frozenset({"positive"})) for key in lengths}
    holds = lengths and passes(replace(r.claim, symbols={**symbols, **positive})) is not None
    return r.unknown("hypothesis not used", f"{', '.join(lengths)} positive") if holds else None


def of_orthonormal_vectors(r: Refutation) -> Outcome | None:
    """Vectors of which nothing is said, in a text that speaks of orthonormal ones, and the claim holds if they are: the
    members of a family, or what differs by its subscript only, n_x, n_y, n_z."""
    if not r.known.topics.orthonormal:
        return None
    indexed = {t.key for t in _terms(r) if isinstance(t, Variable) and len(t.indices) == 1}
    open_ = {k: s for k, s in r.claim.symbols.items() if s.definition is None and not s.depends}
    columns = {k: s for k, s in open_.items() if s.shape[1] == ONE and s.shape != SCALAR and s.properties <= _LENGTH}
    changed = {k: replace(columns[k], properties=_MEMBERS) for k in indexed & columns.keys()}
    for alike in _differing_below(columns.keys() - indexed):
        for place, key in enumerate(alike, start=1):
            number, size = Number(Fraction(place)), columns[key].shape[0]
            unit = Apply("basis", (number,), dims=(size,), shape=(size, ONE))
            changed[key] = replace(columns[key], properties=frozenset(), definition=unit)
    holds = changed and passes(replace(r.claim, symbols={**r.claim.symbols, **changed})) is not None
    return r.unknown("hypothesis not used", f"{', '.join(changed)} orthonormal") if holds else None


def _differing_below(keys: Iterable[str]) -> list[list[str]]:
    """Two or three keys with the same letter and one sign below, in order."""
    groups: dict[str, list[str]] = {}
    for key in sorted(keys):
        letter, mark, below = key.rpartition("_")
        if mark and len(below) == 1:
            groups.setdefault(letter, []).append(key)
    return [alike for alike in groups.values() if 1 < len(alike) < 4]


_LENGTH = frozenset({"unit", "nonzero"})
_MEMBERS = frozenset({"orthonormal"})


def along_another_flow(r: Refutation) -> Outcome | None:
    """d/dt of a state whose rate was given earlier, where what the rate holds is not all there: the text may speak of
    another system by now, with u = 0."""
    if not any(map(is_step, r.claim.symbols)):
        return None
    written = {symbol_key(n) for root in r.question.nodes for n in subtrees(root)}
    rates = [s.definition for key, s in r.claim.symbols.items() if is_rate(key) and s.definition is not None]
    held = {t.key for rate in rates for t in subterms(rate) if isinstance(t, Variable)}
    return None if held <= written else r.unknown("hypothesis not used", "the rates given before")


def _terms(r: Refutation) -> list[Term]:
    return [t for side in (r.claim.lhs, r.claim.rhs) for t in subterms(side)]
