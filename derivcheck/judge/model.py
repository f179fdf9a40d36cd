"""What is judged, and what comes of it."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field

from derivcheck.context.facts import Fact
from derivcheck.diagnose.model import Limits
from derivcheck.diagnose.patience import Patience
from derivcheck.documents.model import Document, MathBlock, Span
from derivcheck.judge.outcome import Outcome
from derivcheck.statements.model import Display

LinkPlace = tuple[int, int, int]  # item, chain, link


@dataclass(frozen=True, slots=True)
class Course:
    """A document ready to be judged. `deadline` is a time.monotonic() value; past it, links are unknown(timeout)."""

    document: Document
    displays: Mapping[int, Display]
    facts: tuple[Fact, ...]
    inline: bool
    deadline: float
    sympy: bool = False  # let SymPy try to prove what agrees
    patience: Patience = field(default_factory=Patience)  # with searches for repairs

    @property
    def limits(self) -> Limits:
        """Those of the search for any repair in this document."""
        return Limits(macros=self.document.macros, patience=self.patience)

    def block(self, item: int) -> MathBlock:
        """The math block that is this item of the document."""
        block = self.document.items[item]
        assert isinstance(block, MathBlock)
        return block

    def link_span(self, place: LinkPlace) -> Span:
        """Where a link stands in the source, both members."""
        item, c, k = place
        members = self.displays[item].chains[c].members
        return self.block(item).source_span(members[k].start, members[k + 1].end)

    def span(self, item: int, start: int, end: int) -> Span:
        """Where a stretch of a display stands in the source; never empty."""
        return self.block(item).source_span(start, max(end, start + 1))


@dataclass(frozen=True, slots=True)
class Judged:
    """Outcomes of one display: outcomes[c][l] for link l of chain c."""

    outcomes: tuple[tuple[Outcome, ...], ...]

    def having(self, chain: int, link: int, outcome: Outcome) -> Judged:
        """The same with another outcome of one link."""
        rows = [list(row) for row in self.outcomes]
        rows[chain][link] = outcome
        return Judged(tuple(map(tuple, rows)))
