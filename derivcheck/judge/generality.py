"""Symbols that a section treats as arbitrary: it has identities in which they may be anything, and binds them nowhere.

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

Sides = tuple[tree.Node, tree.Node]


@dataclass(slots=True)
class Generality:
    """What the links of a section tell of its symbols: more and more, until the section ends."""

    _arbitrary: list[tuple[Sides, frozenset[str]]] = field(default_factory=list)
    _bound: list[tuple[Sides, frozenset[str]]] = field(default_factory=list)

    def learn(self, outcome: Outcome, sides: Sides, known: Known) -> None:
        """Symbols on both sides of what holds without a condition are arbitrary; what else is said may bind them."""
        reading = outcome.settled.best.reading if outcome.settled is not None else None
        claim = reading.claim if reading is not None else None
        if outcome.verdict in (Verdict.PROVED, Verdict.VERIFIED) and claim is not None and not claim.given:
            both = undefined(claim.lhs, claim.symbols) & undefined(claim.rhs, claim.symbols)
            self._arbitrary.append((sides, both))
        elif outcome.verdict is not Verdict.DEFINITION and not outcome.verdict.is_finding:
            self._bound.append((sides, frozenset(_keys(sides, known))))

    def at(self, course: Course, sides: Sides, known: Known) -> frozenset[str]:
        """The symbols that are arbitrary where a link stands, by the other links of its section; not those that the
        introduction of its display speaks of."""
        arbitrary, bound = (
            frozenset[str]().union(*(keys for of, keys in told if of != sides))
            for told in (self._arbitrary, self._bound)
        )
        return arbitrary - bound - _introduced(course, known.at.item, known)


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
