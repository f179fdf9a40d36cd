"""Links asked again when their section has ended: by then it is known which of its symbols are arbitrary."""

from __future__ import annotations

import time
from collections.abc import Callable, Iterable, Mapping
from dataclasses import dataclass
from itertools import takewhile

from derivcheck.judge.circumstances import Circumstances
from derivcheck.judge.gate import doubt
from derivcheck.judge.model import Judged
from derivcheck.judge.outcome import Outcome
from derivcheck.judge.question import Question

Ask = Callable[[Question, Circumstances], Outcome]


@dataclass(frozen=True, slots=True)
class Doubted:
    """A link that may be a false claim or a condition, with what surrounds it and what was arbitrary so far."""

    outcome: Outcome
    question: Question
    around: Circumstances
    arbitrary: frozenset[str]


def doubted(outcome: Outcome, question: Question, around: Circumstances) -> Doubted | None:
    """A link to be asked again: one that is false, with symbols on one side only that are not arbitrary so far."""
    if not outcome.suspect or outcome.verdict.is_finding or not _lone(outcome, question, around):
        return None
    return Doubted(outcome, question, around, around.arbitrary())


def asked_again(
    judged: Mapping[int, Judged], open_links: Iterable[Doubted], ask: Ask, deadline: float
) -> Mapping[int, Judged]:
    """The same with findings where symbols on one side only turned out to be arbitrary. `deadline` is a
    time.monotonic() value; past it, links stay as they are."""
    out = dict(judged)
    for link in takewhile(lambda _: time.monotonic() < deadline, open_links):
        lone, item = _lone(link.outcome, link.question, link.around), link.question.known.at.item
        if item in out and not lone & link.around.arbitrary() <= link.arbitrary:
            again = ask(link.question, link.around)
            if again.verdict.is_finding:
                rows = out[item].outcomes
                out[item] = Judged(tuple(tuple(again if o is link.outcome else o for o in row) for row in rows))
    return out


def _lone(outcome: Outcome, question: Question, around: Circumstances) -> frozenset[str]:
    """The symbols that stand on one side only of what was refuted."""
    claim = outcome.settled.best.reading.claim if outcome.settled is not None and outcome.settled.refuted else None
    if claim is None:
        return frozenset()
    return frozenset(doubt(claim, question.known, around.role.conditional).one_sided)
