"""Symbols that a section treats as arbitrary: it has identities in which they may be anything, and binds them nowhere.

An equation that is false with such symbols on one side only, and a term away from an identity, is a slip: nothing in
the text could make a condition of it.
"""

from __future__ import annotations

import re
from collections.abc import Iterable
from dataclasses import dataclass, field

from derivcheck.documents.model import Document, Heading, MathBlock, Prose
from derivcheck.judge.gate import undefined
from derivcheck.judge.model import Course
from derivcheck.judge.outcome import Outcome
from derivcheck.notation import tree
from derivcheck.notation.keys import symbol_keys
from derivcheck.patterns import pattern
from derivcheck.readings.definitions import target
from derivcheck.readings.known import Known
from derivcheck.statements.model import Chain
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

    def arbitrary(self, course: Course, sides: Sides, known: Known) -> frozenset[str]:
        """The symbols that are arbitrary where a link stands, by the other links of its section."""
        return _told(self._arbitrary, sides) - self.bound(course, sides, known)

    def bound(self, course: Course, sides: Sides, known: Known) -> frozenset[str]:
        """The symbols that the other links of a section bind, and those that the introduction of its display speaks
        of."""
        return _told(self._bound, sides) | _introduced(course, known.at.item, known)


def _told(links: Iterable[tuple[Sides, frozenset[str]]], sides: Sides) -> frozenset[str]:
    """The symbols of all links but one."""
    return frozenset[str]().union(*(keys for of, keys in links if of != sides))


def _introduced(course: Course, item: int, known: Known) -> frozenset[str]:
    """The symbols of the formulas in prose since the last display; declarations of shapes, definitions and variables
    of functions bind nothing."""
    found: set[str] = set()
    for i in range(item - 1, -1, -1):
        match course.document.items[i]:
            case MathBlock(display=True) | Heading():
                break
            case MathBlock() if i in course.displays and not _is_variable(course.document, i):
                chains = (c for c in course.displays[i].chains if not _defines(c, i, known))
                members = (m.node for chain in chains for m in chain.members)
                found |= {k for k in _keys(members, known) if (s := known.shape(k)) is None or s.item != i}
            case _:
                pass
    return frozenset(found)


def _defines(chain: Chain, item: int, known: Known) -> bool:
    """Whether the text defines a symbol there."""
    key, _ = target(chain.members[0].node)
    definition = known.definition(known.alias(key)) if key is not None else None
    return definition is not None and definition.item == item


_BY = pattern(
    r"(?:with respect to|w\.?\s?r\.?\s?t\.?|\b(?:linear|affine|quadratic|convex|concave) in)\s*\Z", re.IGNORECASE
)
_DERIVED = pattern(r"\A\s*(?:求(?:偏)?导|求梯度|微分)")


def _is_variable(document: Document, item: int) -> bool:
    """Whether a formula in prose is a variable: "with respect to w", 对 w 求导, "linear in w"."""
    before, after = (document.items[i] if 0 <= i < len(document.items) else None for i in (item - 1, item + 1))
    if isinstance(before, Prose) and _BY.search(before.text):
        return True
    return isinstance(after, Prose) and _DERIVED.search(after.text) is not None


def _keys(nodes: Iterable[tree.Node], known: Known) -> set[str]:
    return {known.alias(key) for key in symbol_keys(*nodes)}
