"""A link with all it needs to be read, and what came of its readings."""

from __future__ import annotations

from dataclasses import dataclass, field

from derivcheck.notation import tree
from derivcheck.readings.chain import Begun, Failure, LinkReading, begin_link, read_link
from derivcheck.readings.choice import Choice
from derivcheck.readings.elaborator import Calculus
from derivcheck.readings.known import Known
from derivcheck.statements.model import RelationKind
from derivcheck.terms.term import Claim
from derivcheck.verify.decide import decide
from derivcheck.verify.evidence import Agreed, Evidence, Refuted


@dataclass(frozen=True, slots=True)
class Question:
    """A link with all it needs to be read."""

    lhs: tree.Node
    rhs: tree.Node
    relation: RelationKind
    known: Known
    chain: Calculus
    hypotheses: tuple[tree.Node, ...] = ()

    @property
    def nodes(self) -> tuple[tree.Node, tree.Node]:
        return (self.lhs, self.rhs)

    @property
    def equations(self) -> bool:
        """Whether an equation is among the hypotheses."""
        return any(isinstance(h, tree.Rel) and "=" in h.ops for h in self.hypotheses)

    def begun(self, choice: Choice) -> Begun:
        """With the left side read."""
        return begin_link(self.lhs, self.known, choice, self.chain)

    def read(self, choice: Choice) -> LinkReading:
        return read_link(self.lhs, self.rhs, self.relation, self.known, choice, self.chain, self.hypotheses)


@dataclass(frozen=True, slots=True)
class Tried:
    reading: LinkReading
    evidence: Evidence | None  # None when the reading does not exist

    @property
    def idle(self) -> bool:
        """Whether it says nothing: there is no reading, or one that leaves out what is known and fails."""
        return self.evidence is None or (bool(self.reading.weakened) and not isinstance(self.evidence, Agreed))


@dataclass(frozen=True, slots=True)
class Settled:
    """The outcome: the reading that decides, and all that were tried.

    `best`: the reading that agrees, else the most natural well-shaped one, else the first. `elsewhere`: a reading that
    holds, in a layout that the document excludes. `forced`: symbols had to be read against their typography.
    """

    best: Tried
    tried: tuple[Tried, ...]
    elsewhere: Tried | None = None
    forced: bool = False
    natural: int = 1

    @property
    def agreed(self) -> bool:
        return isinstance(self.best.evidence, Agreed)

    @property
    def refuted(self) -> bool:
        return isinstance(self.best.evidence, Refuted)

    @property
    def ill_shaped(self) -> bool:
        first = self.tried[: self.natural]
        return all(t.idle for t in self.tried) and all(t.reading.clashes for t in first)

    @property
    def forced_false(self) -> bool:
        """Whether the natural readings clash, and all that have shapes by other kinds for symbols are false."""
        first = self.tried[: self.natural]
        others = (t for t in self.tried if not t.idle)
        return all(t.reading.clashes for t in first) and all(isinstance(t.evidence, Refuted) for t in others)

    @property
    def failure(self) -> Failure | None:
        return self.best.reading.failure


@dataclass(slots=True)
class Readings:
    """The readings of a question: none is read twice where what differs between choices was not asked."""

    question: Question
    read: list[LinkReading] = field(default_factory=list)

    def under(self, choice: Choice) -> LinkReading:
        alike = (reading.under(choice) for reading in self.read)
        found = next((reading for reading in alike if reading is not None), None)
        if found is None:
            found = self.question.read(choice)
            self.read.append(found)
        return found


@dataclass(slots=True)
class Trials:
    """What was tried for a question: no claim is decided twice, and no layout tried that changes nothing."""

    question: Question
    tried: list[Tried] = field(default_factory=list)
    _by_choice: dict[tuple[object, ...], list[Tried]] = field(default_factory=dict)  # layouts aside
    _readings: Readings = field(init=False)

    def __post_init__(self) -> None:
        self._readings = Readings(self.question, [t.reading for t in self.tried])
        for t in self.tried:
            self._alike(t.reading.choice).append(t)

    def attempt(self, choice: Choice) -> Tried:
        alike = self._alike(choice)
        for t in alike:
            if t.reading.choice.layout.agrees(choice.layout, t.reading.laid):
                return t
        reading = self._readings.under(choice)
        result = Tried(reading, self.settled_by_use(reading.claim) if reading.claim is not None else None)
        self.tried.append(result)
        alike.append(result)
        return result

    def _alike(self, choice: Choice) -> list[Tried]:
        """What was tried with the same choice, whatever its layout."""
        return self._by_choice.setdefault(choice.but_for_layout(), [])

    def settled_by_use(self, claim: Claim) -> Evidence:
        same = (t.evidence for t in self.tried if t.evidence is not None and t.reading.claim == claim)
        return next(same, None) or decide(claim)
