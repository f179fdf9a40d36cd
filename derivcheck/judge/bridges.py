"""Across what could not be read: `a = … = c` claims a = c, whatever stands between."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Sequence
from dataclasses import replace

from derivcheck.judge.gate import doubt
from derivcheck.judge.outcome import Outcome, Remark
from derivcheck.notation import tree
from derivcheck.notation.walk import subtrees
from derivcheck.readings.known import Known
from derivcheck.statements.model import Chain, RelationKind
from derivcheck.verdict import Verdict

_MOST = 6  # pairs of members tried per run of unread links
_EQUAL = (RelationKind.EQUAL, RelationKind.EQUIV)

Ask = Callable[[int, int], Outcome]  # the outcome of the claim that two members are equal


def bridged(chain: Chain, results: Sequence[Outcome], known: Known, ask: Ask) -> tuple[Outcome, ...]:
    """The outcomes with a finding where two members differ between which nothing could be read."""
    out = list(results)
    for first, last in _runs(chain, results):
        for left, right in _pairs(first, last + 1):
            if any(_may_hide_a_relation(m.node) for m in chain.members[left : right + 1]):
                continue
            outcome = ask(left, right)
            if _unread(outcome):
                continue
            if outcome.verdict is Verdict.REFUTED and _speak_of_the_same(outcome, known):
                note = Remark("what stands between these members could not be read")
                out[right - 1] = replace(outcome, against=left, notes=(*outcome.notes, note))
            break
    return tuple(out)


def _speak_of_the_same(outcome: Outcome, known: Known) -> bool:
    """Whether no symbol stands in one of the members only: what was not read may say what such a symbol means."""
    claim = outcome.settled.best.reading.claim if outcome.settled is not None else None
    return claim is not None and doubt(claim, known).none


def _runs(chain: Chain, results: Sequence[Outcome]) -> Iterator[tuple[int, int]]:
    """First and last of the links that follow each other unread, at least two."""
    first: int | None = None
    for link in range(len(results) + 1):
        open_ = link < len(results) and chain.relations[link].kind in _EQUAL and _unread(results[link])
        if open_ and first is None:
            first = link
        elif not open_ and first is not None:
            if link - first > 1:
                yield first, link - 1
            first = None


def _may_hide_a_relation(node: tree.Node) -> bool:
    """An unknown macro without arguments may be an arrow: then the chain ends there, and another begins."""
    return any(isinstance(n, tree.Opaque) and "{" not in n.source for n in subtrees(node))


def _unread(outcome: Outcome) -> bool:
    """Whether a link, or a member of it, has no reading."""
    if outcome.verdict is not Verdict.UNKNOWN or outcome.suspect:
        return False
    return outcome.settled is None or outcome.settled.best.evidence is None


def _pairs(first: int, last: int) -> Iterator[tuple[int, int]]:
    """Members with others between them, far apart first."""
    pairs = ((left, left + width) for width in range(last - first, 1, -1) for left in range(first, last - width + 1))
    for _, pair in zip(range(_MOST), pairs, strict=False):
        yield pair
