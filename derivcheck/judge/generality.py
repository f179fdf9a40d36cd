"""Symbols that a text treats as arbitrary: it has identities in which they may be anything, and binds them nowhere.

An equation that is false with such symbols on one side only, and a term away from an identity, is a slip: nothing in
the text could make a condition of it.
"""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass, field

from derivcheck.documents.model import Heading, MathBlock
from derivcheck.judge.gate import undefined
from derivcheck.judge.model import Course
from derivcheck.judge.outcome import Outcome
from derivcheck.notation import tree
from derivcheck.notation.keys import symbol_keys
from derivcheck.readings.known import Known
from derivcheck.verdict import Verdict


@dataclass(slots=True)
class Generality:
    """What the links of a section so far tell of its symbols."""

    _arbitrary: set[str] = field(default_factory=set)
    _bound: set[str] = field(default_factory=set)

    def clear(self) -> None:
        self._arbitrary.clear()
        self._bound.clear()

    def learn(self, outcome: Outcome, nodes: Iterable[tree.Node], known: Known) -> None:
        """Symbols on both sides of what holds without a condition are arbitrary; what else is said may bind them."""
        reading = outcome.settled.best.reading if outcome.settled is not None else None
        claim = reading.claim if reading is not None else None
        if outcome.verdict in (Verdict.PROVED, Verdict.VERIFIED) and claim is not None and not claim.given:
            self._arbitrary |= undefined(claim.lhs, claim.symbols) & undefined(claim.rhs, claim.symbols)
        elif outcome.verdict is not Verdict.DEFINITION and not outcome.verdict.is_finding:
            self._bound |= _keys(nodes, known)

    def at(self, course: Course, item: int, known: Known) -> frozenset[str]:
        """The symbols that are arbitrary at a display; not those that its introduction speaks of."""
        return frozenset(self._arbitrary - self._bound - _introduced(course, item, known))


def _introduced(course: Course, item: int, known: Known) -> frozenset[str]:
    """The symbols of the formulas in prose since the last display, declarations of shapes aside."""
    found: set[str] = set()
    for i in range(item - 1, -1, -1):
        match course.document.items[i]:
            case MathBlock(display=True) | Heading():
                break
            case MathBlock() if i in course.displays:
                members = (m.node for chain in course.displays[i].chains for m in chain.members)
                found |= {k for k in _keys(members, known) if (s := known.shape(k)) is None or s.item != i}
            case _:
                pass
    return frozenset(found)


def _keys(nodes: Iterable[tree.Node], known: Known) -> set[str]:
    return {known.alias(key) for key in symbol_keys(*nodes)}
