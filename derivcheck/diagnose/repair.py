"""Repair search: edits of a false link that make it hold, each re-verified before it is spoken of."""

from __future__ import annotations

import time
from collections.abc import Iterator, Sequence
from dataclasses import replace
from itertools import islice
from typing import TYPE_CHECKING

from derivcheck.algebra.matrix import Imprecise, Undefined
from derivcheck.diagnose.candidate import Candidate, candidates
from derivcheck.diagnose.credible import credible, is_zero, says_something, trivial
from derivcheck.diagnose.identity import is_identity
from derivcheck.diagnose.model import Diagnosis, Edit, Limits
from derivcheck.diagnose.pairs import joined, pairs
from derivcheck.diagnose.places import replaced
from derivcheck.diagnose.render import Writer, Written
from derivcheck.diagnose.scene import scene_of
from derivcheck.diagnose.trial import Hope, Trial
from derivcheck.diagnose.variant import Scene
from derivcheck.notation import tree
from derivcheck.notation.keys import symbol_key
from derivcheck.readings.choice import Choice
from derivcheck.readings.errors import Clash, Unread
from derivcheck.readings.known import plain
from derivcheck.verify.decide import decide
from derivcheck.verify.errors import CannotDecide, TimedOut, Unsamplable
from derivcheck.verify.evidence import Agreed

if TYPE_CHECKING:
    from derivcheck.judge.settle import Question, Settled

SECONDS = 0.6
_WINDOW = 1  # how much larger than the smallest repair another may be to count beside it
_MAX_READINGS = 3
_LARGEST = 4  # a larger edit is no reason to take a condition for a false claim


def diagnose(question: Question, settled: Settled, text: str, limits: Limits) -> Diagnosis | None:
    """The likeliest edit of either side that makes the link hold; None when there is none within the caps."""
    deadline = time.thread_time() + SECONDS
    scene = scene_of(question, text, limits.macros)
    writer = Writer.of(scene, limits.macros, question.nodes)
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
        if not found and limits.pairs and trial is not None:
            found += islice(_paired(question, scene, limits, choice, trial, deadline, writer), 1)
        if found or time.thread_time() > deadline:
            break
    if not found:
        return None
    candidate, edit = found[0]
    return Diagnosis(edit.rule, f"{candidate.variant.words}: `{edit.new or edit.old}`", edit, len(found) - 1)


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
            yield (
                tried.reading.choice,
                Trial(question, claim, tried.reading.choice, max(0.05, deadline - time.thread_time())),
            )
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
    applied = question.read(choice).applied
    for candidate in candidates(question, scene, limits):
        if time.thread_time() > deadline:
            return
        if not limits.pairs and not _opens_the_gate(candidate):
            continue
        if found and (candidate.size > found[0][0].size + _WINDOW or len(done) > 1):
            return
        if candidate.side in done:
            continue
        if zero and not candidate.kind.against_zero:
            continue
        if trial is not None and not _passes(trial, candidate):
            continue
        if _holds(question, candidate, choice, limits, min(0.5, max(0.25, deadline - time.monotonic()))):
            yield candidate


def _opens_the_gate(candidate: Candidate) -> bool:
    """Whether the edit may turn what could be a condition into a false claim: terms come and go easily."""
    return candidate.kind.size <= _LARGEST and (
        candidate.kind.structural or candidate.kind.renames or candidate.kind.rule != "DC111"
    )


def _passes(trial: Trial, candidate: Candidate) -> bool:
    try:
        return trial.hope(candidate.root, candidate.side) is not Hope.NONE
    except TimedOut:
        return False


def _holds(
    question: Question, candidate: Candidate, choice: Choice, limits: Limits, seconds: float = 0.3
) -> bool:
    """Read anew and decided at points and dimensions of its own."""
    lhs, rhs = candidate.sides(question)
    reading = replace(question, lhs=lhs, rhs=rhs).read(choice)
    claim, edited = reading.claim, candidate.place.node
    if isinstance(edited, tree.Sym | tree.Script) and edited.start in applied - reading.applied:
        return False
    if claim is None or not says_something(claim) or (not candidate.kind.structural and trivial(claim)):
        return False
    if limits.structural_only and not candidate.kind.structural:
        if _respells(candidate) or not is_identity(claim):
            return False
    zero = is_zero(claim.lhs) or is_zero(claim.rhs)
    evidence = decide(claim, seconds=seconds)
    return isinstance(evidence, Agreed) and credible(claim, evidence.dimensions, zero, seconds)


def _respells(candidate: Candidate) -> bool:
    """Y for y, x for **x**: what stands on one side only is then another spelling of the same symbol."""
    old, new = symbol_key(candidate.place.node), symbol_key(candidate.variant.node)
    return old is not None and new is not None and plain(old).lower() == plain(new).lower()


def _paired(
    question: Question,
    scene: Scene,
    limits: Limits,
    choice: Choice,
    trial: Trial,
    deadline: float,
    writer: Writer,
) -> Iterator[tuple[Candidate, Edit]]:
    """Pairs of edits that make the link hold."""
    applied = question.read(choice).applied
    singles = tuple(candidates(question, scene, limits))
    for side in ("lhs", "rhs") if limits.suspect == "lhs" else ("rhs", "lhs"):
        for one, both in pairs(singles, side):
            if time.thread_time() > deadline:
                return
            if not _passes(trial, both) or not _holds(question, both, choice, limits):
                continue
            first = writer.write(one.place, one.variant, one.sides(question))
            second = writer.write(both.place, both.variant, replaced_side(question, both))
            written = joined(writer.text, first, second) if first is not None and second is not None else None
            if written is not None and writer.reads_as(written, both.sides(question)):
                words = (one.variant.words, both.variant.words)
                variant = replace(
                    both.variant, words=f"twice {words[0]}" if len(set(words)) == 1 else " and ".join(words)
                )
                yield (
                    replace(both, variant=variant),
                    _made(both, written, writer.text, one.kind.size + both.kind.size),
                )


def replaced_side(question: Question, candidate: Candidate) -> tuple[tree.Node, tree.Node]:
    """The sides with this edit alone."""
    root = question.lhs if candidate.side == "lhs" else question.rhs
    return candidate.on(replaced(root, candidate.place.path, candidate.variant.node)).sides(question)


def _edit(candidate: Candidate, question: Question, writer: Writer) -> Edit | None:
    written = writer.write(candidate.place, candidate.variant, candidate.sides(question))
    return None if written is None else _made(candidate, written, writer.text, candidate.kind.size)


def _made(candidate: Candidate, written: Written, text: str, size: int) -> Edit:
    kind, old = candidate.kind, text[written.start : written.end]
    return Edit(kind.name, kind.rule, candidate.side, written.start, written.end, old, written.new, size)


__all__ = ["Limits", "candidates", "diagnose"]
