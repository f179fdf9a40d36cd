"""Repair search: edits of a false link that make it hold, each re-verified before it is spoken of."""

from __future__ import annotations

import time
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace
from typing import TYPE_CHECKING

from derivcheck.algebra.matrix import Imprecise, Undefined
from derivcheck.diagnose.credible import credible, is_zero, says_something
from derivcheck.diagnose.kinds import KINDS, SIZES
from derivcheck.diagnose.model import Diagnosis, Edit, Limits
from derivcheck.diagnose.places import Place, places, replaced
from derivcheck.diagnose.render import Writer
from derivcheck.diagnose.scene import scene_of
from derivcheck.diagnose.trial import Hope, Trial
from derivcheck.diagnose.variant import EditKind, Scene, Variant
from derivcheck.notation import tree
from derivcheck.readings.choice import Choice
from derivcheck.readings.errors import Clash, Unread
from derivcheck.verify.decide import decide
from derivcheck.verify.errors import CannotDecide, TimedOut, Unsamplable
from derivcheck.verify.evidence import Agreed

if TYPE_CHECKING:
    from derivcheck.judge.settle import Question, Settled

SECONDS = 0.7
_WINDOW = 1  # how much larger than the smallest repair another may be to count beside it
_MAX_READINGS = 3


@dataclass(frozen=True, slots=True)
class Candidate:
    """An edited side."""

    kind: EditKind
    side: str
    place: Place
    variant: Variant
    root: tree.Node
    size: int


def diagnose(question: Question, settled: Settled, text: str, limits: Limits) -> Diagnosis | None:
    """The likeliest edit of either side that makes the link hold; None when there is none within the caps."""
    deadline = time.monotonic() + SECONDS
    scene = scene_of(question, text, limits.macros)
    writer = Writer.of(text, limits.macros, question.nodes)
    found: list[tuple[Candidate, Edit]] = []
    for choice, trial in _trials(question, settled, deadline):
        done: set[str] = set()  # all repairs of one side say the same: it equals the other
        if trial is not None and trial.same_statement():
            done.add("other")
        for candidate in _holding(question, scene, limits, choice, trial, deadline, found, done):
            edit = _edit(candidate, question, writer)
            if edit is not None:
                found.append((candidate, edit))
                done.add(candidate.side)
        if found or time.monotonic() > deadline:
            break
    if not found:
        return None
    candidate, edit = found[0]
    return Diagnosis(edit.rule, f"{candidate.variant.words}: `{edit.new}`", edit, len(found) - 1)


def _trials(question: Question, settled: Settled, deadline: float) -> Iterator[tuple[Choice, Trial | None]]:
    """The readings to mend, most natural first: well-shaped ones with points, else the first as it is."""
    seen: list[object] = []
    best = [settled.best, *settled.tried]
    for tried in best:
        claim = tried.reading.claim
        if claim is None or claim in seen:
            continue
        seen.append(claim)
        if len(seen) > _MAX_READINGS:
            return
        try:
            yield tried.reading.choice, Trial(question, claim, tried.reading.choice, max(0.05, deadline - time.monotonic()))
        except (Unread, Clash, CannotDecide, Unsamplable, Undefined, Imprecise):
            continue
    if not seen:
        yield settled.best.reading.choice, None


def _holding(
    question: Question, scene: Scene, limits: Limits, choice: Choice, trial: Trial | None, deadline: float,
    found: Sequence[tuple[Candidate, Edit]], done: set[str],
) -> Iterator[Candidate]:  # fmt: skip
    """Candidates that make the link hold, smaller edits first: the best, and the best of the other side."""
    zero = trial is not None and (is_zero(trial.lhs) or is_zero(trial.rhs))
    for candidate in candidates(question, scene, limits):
        if time.monotonic() > deadline:
            return
        if found and (candidate.size > found[0][0].size + _WINDOW or len(done) > 1):
            return
        if candidate.side in done:
            continue
        if zero and not candidate.kind.against_zero:
            continue
        if trial is not None and not _passes(trial, candidate):
            continue
        if _holds(question, candidate, choice, min(0.3, max(0.05, deadline - time.monotonic()))):
            yield candidate


def _passes(trial: Trial, candidate: Candidate) -> bool:
    try:
        return trial.hope(candidate.root, candidate.side) is not Hope.NONE
    except TimedOut:
        return False


def _holds(question: Question, candidate: Candidate, choice: Choice, seconds: float = 0.3) -> bool:
    """Read anew and decided at points and dimensions of its own."""
    changed = replace(question, lhs=candidate.root) if candidate.side == "lhs" else replace(question, rhs=candidate.root)
    claim = changed.read(choice).claim
    if claim is None or not says_something(claim):
        return False
    zero = is_zero(claim.lhs) or is_zero(claim.rhs)
    evidence = decide(claim, seconds=seconds)
    return isinstance(evidence, Agreed) and credible(claim, evidence.dimensions, zero, seconds)


def candidates(question: Question, scene: Scene, limits: Limits) -> Iterator[Candidate]:
    """Edits by size. An edit of the side that nothing speaks against, the left one usually, counts as larger."""
    sides = (("rhs", question.rhs), ("lhs", question.lhs))
    if limits.suspect == "lhs":
        sides = (sides[1], sides[0])
    all_places = {name: tuple(places(root)) for name, root in sides}
    for size in range(1, SIZES[-1] + 2):
        for more, (name, root) in enumerate(sides):
            other = question.lhs if name == "rhs" else question.rhs
            for kind in KINDS:
                if kind.size + more != size or (limits.structural_only and not kind.structural):
                    continue
                for place in all_places[name]:
                    for variant in kind.variants(place, scene):
                        new = replaced(root, place.path, variant.node)
                        if new not in (root, other):
                            yield Candidate(kind, name, place, variant, new, size)


def _edit(candidate: Candidate, question: Question, writer: Writer) -> Edit | None:
    sides = (candidate.root, question.rhs) if candidate.side == "lhs" else (question.lhs, candidate.root)
    written = writer.write(candidate.place, candidate.variant, sides)
    if written is None:
        return None
    old = writer.text[written.start : written.end]
    return Edit(candidate.kind.name, candidate.kind.rule, candidate.side, written.start, written.end, old, written.new, candidate.kind.size)


__all__ = ["Limits", "candidates", "diagnose"]
