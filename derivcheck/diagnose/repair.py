"""Repair search: edits of a false link that make it hold, each re-verified before it is spoken of."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from dataclasses import dataclass, replace
from itertools import islice, takewhile
from typing import TYPE_CHECKING, Self

from derivcheck.algebra.matrix import Imprecise, Undefined
from derivcheck.diagnose.balance import balance_of
from derivcheck.diagnose.candidate import Candidate, candidates
from derivcheck.diagnose.credible import is_zero
from derivcheck.diagnose.model import Diagnosis, Edit, Limits
from derivcheck.diagnose.pairs import joined, pairs
from derivcheck.diagnose.places import replaced
from derivcheck.diagnose.primes import superscribed
from derivcheck.diagnose.recheck import Original, holds
from derivcheck.diagnose.render import Writer, Written
from derivcheck.diagnose.scene import scene_of
from derivcheck.diagnose.trial import Hope, Trial
from derivcheck.diagnose.variant import Scene
from derivcheck.notation import tree
from derivcheck.notation.walk import subtrees
from derivcheck.readings.choice import Choice
from derivcheck.readings.errors import Clash, Unread
from derivcheck.verify.errors import CannotDecide, NoValidPoints, TimedOut, Unsamplable
from derivcheck.work import METER, Allowance

if TYPE_CHECKING:
    from derivcheck.judge.question import Question, Settled

_LAST = 0.4  # seconds more, for the last candidate verified
_WINDOW = 1  # how much larger than the smallest repair another may be to count beside it
_MAX_READINGS = 5
_MAX_KINDS = 3  # of a link that clashes, with other kinds for its symbols
_RESHAPING = 0.15  # seconds
_MOST_CLASHES = 24
_SMALL = 3  # as candidates count: edits of size 1 on either side
_LARGEST = 4  # a larger edit is no reason to take a condition for a false claim

Repair = tuple[Candidate, Edit]


def diagnose(question: Question, settled: Settled, text: str, limits: Limits) -> Diagnosis | None:
    """The likeliest edit of either side that makes the link hold; None when there is none within the caps."""
    return _patiently(limits, lambda: _mended(question, settled, text, limits))


def _patiently(limits: Limits, search: Callable[[], Diagnosis | None]) -> Diagnosis | None:
    """What a search finds, and what it teaches the next ones."""
    before, found = METER.spent, None
    try:
        found = search()
        return found
    finally:
        limits.patience.learn(METER.spent - before, found=found is not None)


def _mended(question: Question, settled: Settled, text: str, limits: Limits) -> Diagnosis | None:
    question = superscribed(question)
    balance = balance_of(question, settled.best.reading.claim, limits)
    scene = replace(scene_of(question, text, limits.macros), balance=balance)
    search = _Search.begun(question, scene, limits)
    for choice, trial in _trials(question, settled, search):
        found = search.singles(choice, trial)
        if not found and limits.pairs and trial is not None:
            found = list(islice(search.pairs(choice, trial), 1))
        if found:
            return _diagnosis(*found[0], len(found) - 1)
        if search.late():
            return None
    if all(t.idle for t in settled.tried) and not settled.tried[0].reading.conventional:
        return _reshaped(settled, search)  # where shapes are guessed, a guess may be at fault
    return None


def _reshaped(settled: Settled, search: _Search) -> Diagnosis | None:
    """The smallest edit that gives a link without any meaning one in which it holds, in whatever reading was tried."""
    allowance = Allowance(min(_RESHAPING, search.allowance.left()))
    clashing = [t.reading.choice for t in settled.tried if t.reading.clashes][:_MOST_CLASHES]
    originals = [Original(search.question, choice) for choice in clashing]
    for candidate in takewhile(lambda c: c.size <= _SMALL, candidates(search.question, search.scene, search.limits)):
        for original in originals if candidate.kind.size == 1 else ():
            if allowance.used_up():
                return None
            if holds(original, candidate, search.limits, search.last):
                edit = search.written(candidate)
                if edit is not None:
                    return _diagnosis(candidate, edit)
    return None


def _diagnosis(candidate: Candidate, edit: Edit, others: int = 0) -> Diagnosis:
    return Diagnosis(edit.rule, f"{candidate.variant.words}: `{edit.new or edit.old}`", edit, others)


def diagnose_value(
    question: Question, solves: Callable[[tree.Node], bool], text: str, limits: Limits
) -> Diagnosis | None:
    """The smallest edit of the value that a link gives to a symbol with which `solves` holds; None when there is none
    within the caps: then nothing tells a slip from a value of another kind."""
    return _patiently(limits, lambda: _mended_value(question, solves, text, limits))


def _mended_value(
    question: Question, solves: Callable[[tree.Node], bool], text: str, limits: Limits
) -> Diagnosis | None:
    question = superscribed(question)
    scene = scene_of(question, text, limits.macros)
    search = _Search.begun(question, scene, limits)
    for candidate in candidates(question, scene, limits):
        if search.late():
            return None
        adds = candidate.kind.name == "missing term"  # a number more gives many a formula a meaning
        if candidate.side == "rhs" and not adds and _opens_the_gate(candidate) and solves(candidate.root):
            edit = search.written(candidate)
            if edit is not None:
                return _diagnosis(candidate, edit)
    return None


def _trials(question: Question, settled: Settled, search: _Search) -> Iterator[tuple[Choice, Trial | None]]:
    """The readings to mend, most natural first: well-shaped ones with points, then one that clashes. What fits by
    notation alone that is rarely meant comes after the clash of what usually is."""
    seen: list[object] = []
    natural = settled.tried[0].reading
    strained = natural.clashes and not settled.forced and settled.best.reading.claim is not None
    if strained:
        yield natural.choice, None
        if settled.best.reading.choice.stretched:
            yield from _with_other_kinds(settled)
    best = [settled.best, *settled.tried]
    for tried in best:
        claim, choice = tried.reading.claim, tried.reading.choice
        less = tried.idle or tried.reading.lowered  # what would hold for numbers only mends nothing
        if claim is None or claim in seen or (less and tried is not settled.best):
            continue
        seen.append(claim)
        if len(seen) > _MAX_READINGS:
            return
        try:
            yield choice, Trial(question, claim, choice, search.allowance.left())
        except NoValidPoints:
            yield choice, None
        except (Unread, Clash, CannotDecide, Unsamplable, Undefined, Imprecise):
            continue
    if not seen or natural.clashes:
        choice = (natural if natural.clashes else settled.best.reading).choice
        if not strained:
            yield choice, None
        if question.equations and not choice.use_equations:
            yield replace(choice, use_equations=True), None
    if not seen or settled.forced:  # what fits with other kinds still need not be what was meant
        yield from _with_other_kinds(settled)
        others = (t.reading.choice for t in settled.tried[1:] if t.reading.clashes and t.reading.choice.going_on)
        yield from ((choice, None) for choice in islice(others, 1))


def _with_other_kinds(settled: Settled) -> Iterator[tuple[Choice, None]]:
    """Clashes that remain with other kinds for some symbols."""
    others = (t.reading.choice for t in settled.tried[1:] if t.reading.clashes and t.reading.choice.kinds)
    yield from ((choice, None) for choice in islice(others, _MAX_KINDS))


@dataclass(frozen=True, slots=True)
class _Search:
    """The search for repairs of one link, while work is allowed."""

    question: Question
    scene: Scene
    limits: Limits
    writer: Writer
    allowance: Allowance
    last: Allowance  # of what is being verified when the other one is used up

    @classmethod
    def begun(cls, question: Question, scene: Scene, limits: Limits) -> Self:
        writer = Writer.of(scene, limits.macros, question.nodes)
        seconds = limits.patience.allowed(limits.seconds)
        return cls(question, scene, limits, writer, Allowance(seconds), Allowance(seconds + _LAST))

    def late(self) -> bool:
        return self.allowance.used_up()

    def singles(self, choice: Choice, trial: Trial | None) -> list[Repair]:
        """Single edits that make the link hold, smaller ones first: the best, and the best of the other side if it
        is about as small. All repairs of one side say the same: that it equals the other."""
        original = Original(self.question, choice)
        found: list[Repair] = []
        done = {"either"} if trial is not None and trial.same_statement() else set[str]()
        zero = trial is not None and (is_zero(trial.lhs) or is_zero(trial.rhs))
        listed = any(isinstance(n, tree.Dots) for root in self.question.nodes for n in subtrees(root))
        for candidate in candidates(self.question, self._scene(trial), self.limits):
            if self.late() or (found and (candidate.size > found[0][0].size + _WINDOW or len(done) > 1)):
                break
            if candidate.side in done or (zero and not candidate.kind.against_zero):
                continue
            if trial is None and not candidate.kind.reshapes and not listed:
                continue
            if (self.limits.pairs or _opens_the_gate(candidate)) and self._mends(candidate, original, trial):
                edit = self.written(candidate)
                if edit is not None:
                    found.append((candidate, edit))
                    done.add(candidate.side)
        return found

    def _scene(self, trial: Trial | None) -> Scene:
        """Nothing is told of a side whose value is zero: all that the other one is would be missing there. Where no
        condition can be meant, that is the slip."""
        balance = self.scene.balance
        dead = balance is not None and (trial is None or trial.vanishes(balance.lacking)) and not self.limits.arbitrary
        return replace(self.scene, balance=None) if dead else self.scene

    def written(self, candidate: Candidate) -> Edit | None:
        """The edit in the author's notation; None when it cannot be written so that it reads as meant."""
        written = self.writer.write(candidate.place, candidate.variant, candidate.sides(self.question))
        return None if written is None else self._edit(candidate, written, candidate.kind.size)

    def pairs(self, choice: Choice, trial: Trial) -> Iterator[Repair]:
        """Pairs of edits that make the link hold."""
        original = Original(self.question, choice)
        singles = tuple(candidates(self.question, self.scene, self.limits))
        for side in ("lhs", "rhs") if self.limits.suspect == "lhs" else ("rhs", "lhs"):
            for one, both in pairs(singles, side):
                if self.late():
                    return
                if self._mends(both, original, trial) and (written := self._written_both(one, both)) is not None:
                    words = dict.fromkeys((one.variant.words, both.variant.words))
                    said = " and ".join(words) if len(words) > 1 else f"twice {one.variant.words}"
                    candidate = replace(both, variant=replace(both.variant, words=said))
                    yield candidate, self._edit(candidate, written, one.kind.size + both.kind.size)

    def _mends(self, candidate: Candidate, original: Original, trial: Trial | None) -> bool:
        if trial is not None and not _passes(trial, candidate):
            return False
        return holds(original, candidate, self.limits, self.last)

    def _written_both(self, one: Candidate, both: Candidate) -> Written | None:
        """The text of two edits, the second of which is made in what the first gives."""
        first = self.writer.write(one.place, one.variant, one.sides(self.question))
        second = self.writer.write(both.place, both.variant, self._alone(both))
        written = joined(self.writer.text, first, second) if first is not None and second is not None else None
        if written is None or not self.writer.reads_as(written, both.sides(self.question)):
            return None
        return written

    def _alone(self, candidate: Candidate) -> tuple[tree.Node, tree.Node]:
        """The sides with this edit alone."""
        root = self.question.lhs if candidate.side == "lhs" else self.question.rhs
        return candidate.on(replaced(root, candidate.place.path, candidate.variant.node)).sides(self.question)

    def _edit(self, candidate: Candidate, written: Written, size: int) -> Edit:
        kind, old = candidate.kind, self.writer.text[written.start : written.end]
        return Edit(kind.name, kind.rule, candidate.side, written.start, written.end, old, written.new, size)


def _opens_the_gate(candidate: Candidate) -> bool:
    """Whether the edit may turn what could be a condition into a false claim: terms come and go easily, and words that
    were not understood may say that factors commute or that a matrix is symmetric."""
    kind = candidate.kind
    if kind.structural or kind.renames or kind.balances is not None:
        return kind.size <= _LARGEST and kind.name != "symmetry"
    return kind.size < _LARGEST and kind.rule != "DC111"


def _passes(trial: Trial, candidate: Candidate) -> bool:
    try:
        return trial.hope(candidate.root, candidate.side) is not Hope.NONE
    except TimedOut:
        return False
