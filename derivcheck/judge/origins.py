"""A wrong definition is reported once, where it is made: at the one edit with which everything that rests on it holds.

Several false equations of a text may have one cause: `f = ‖Aw − b‖²` above `∇f = Aᵀ(Aw − b)` and `∇²f = AᵀA` lost its
½. One edit explains them better than one for each of them, provided that what holds now still does.
"""

from __future__ import annotations

import time
from collections import defaultdict
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass, replace
from itertools import islice, pairwise

from derivcheck.context.facts import DefinitionFact
from derivcheck.diagnose.model import Diagnosis
from derivcheck.judge.model import Course, Judged, LinkPlace
from derivcheck.judge.outcome import Outcome, Remark
from derivcheck.judge.question import Question
from derivcheck.judge.roles import Role
from derivcheck.notation import tree
from derivcheck.notation.keys import symbol_keys
from derivcheck.readings.known import Known
from derivcheck.statements.model import RelationKind
from derivcheck.verdict import Verdict
from derivcheck.verify.decide import decide
from derivcheck.verify.errors import CannotDecide
from derivcheck.verify.evidence import Agreed

_PASSES = (Verdict.PROVED, Verdict.VERIFIED)
_FEWEST = 2  # equations that a definition must be wrong for: one alone may be wrong itself
_MOST_USES = 24  # that are tried again
_DEPTH = 3  # of definitions that rest on others
_SHOWN = 3  # uses that are named beside the finding


@dataclass(frozen=True, slots=True)
class _Use:
    """A decided link that rests on a definition."""

    place: LinkPlace
    outcome: Outcome
    question: Question


@dataclass(frozen=True, slots=True)
class _Made:
    """A definition that a display makes, and what rests on it."""

    place: LinkPlace
    fact: DefinitionFact
    false: tuple[_Use, ...]
    true: tuple[_Use, ...]

    def mended_by(self, value: tree.Node) -> bool:
        """Whether all that is false holds with another value, and all that is true still does."""
        return all(_holds(use, replace(self.fact, right=value)) for use in (*self.false, *self.true))


def with_origins(course: Course, judged: Mapping[int, Judged]) -> Mapping[int, Judged]:
    """The same with one finding at a definition in place of those at its uses, where the definition is to blame; for a
    definition made in a sentence, with a remark on it."""
    out = dict(judged)

    def put(place: LinkPlace, outcome: Outcome) -> None:
        item, chain, link = place
        out[item] = out[item].having(chain, link, outcome)

    blamed: set[LinkPlace] = set()
    for made in _definitions(course, judged):
        false = tuple(use for use in made.false if use.place not in blamed)
        if _chains(false) < _FEWEST or time.monotonic() > course.deadline:
            continue
        diagnosis = _mended(course, replace(made, false=false))
        if diagnosis is None:
            continue
        blamed |= {use.place for use in false}
        if made.place[0] in judged:
            put(made.place, _finding(course, diagnosis, false))
            for use in false:
                put(use.place, _spared(course, use, made.place))
        else:  # made in the middle of a sentence, where nothing is judged
            put(false[0].place, _referred(course, diagnosis, made.place, false))
    return out


def _definitions(course: Course, judged: Mapping[int, Judged]) -> Iterator[_Made]:
    """The definitions that several findings rest on, in order of statement."""
    uses: dict[LinkPlace, list[_Use]] = defaultdict(list)
    facts: dict[LinkPlace, DefinitionFact] = {}
    found = [use for use in _decided(judged) if use.outcome.verdict.is_finding]
    if _chains(found) < _FEWEST:
        return
    for use in _decided(judged):
        for fact in _rests_on(use.question):
            place = _place(course, judged, fact)
            if place is not None and place[:2] < use.place[:2]:
                facts[place] = fact
                uses[place].append(use)
    for place in sorted(facts):
        if len(uses[place]) <= _MOST_USES:
            false = tuple(use for use in uses[place] if use.outcome.verdict.is_finding)
            true = tuple(use for use in uses[place] if not use.outcome.verdict.is_finding)
            yield _Made(place, facts[place], false, true)


def _chains(uses: Iterable[_Use]) -> int:
    return len({use.place[:2] for use in uses})


def _decided(judged: Mapping[int, Judged]) -> Iterator[_Use]:
    for item, found in judged.items():
        for c, outcomes in enumerate(found.outcomes):
            for k, outcome in enumerate(outcomes):
                asked, verdict = outcome.asked, outcome.verdict
                if asked is not None and (verdict.is_finding or verdict in _PASSES):
                    yield _Use((item, c, k), outcome, asked)


def _rests_on(question: Question) -> tuple[DefinitionFact, ...]:
    """The definitions of the symbols of a link, and those that these rest on."""
    found: dict[str, DefinitionFact] = {}
    keys = set(symbol_keys(*question.nodes))
    for _ in range(_DEPTH):
        fresh = {key: fact for key in sorted(keys - found.keys()) if (fact := _definition(question.known, key))}
        found |= fresh
        keys = set(symbol_keys(*(fact.right for fact in fresh.values())))
    return tuple(dict.fromkeys(found.values()))


def _definition(known: Known, key: str) -> DefinitionFact | None:
    return known.definition(key) or known.by_members(key)


def _place(course: Course, judged: Mapping[int, Judged], fact: DefinitionFact) -> LinkPlace | None:
    """The link that states a definition as it is recorded, in a display or in a sentence."""
    display, found = course.displays.get(fact.item), judged.get(fact.item)
    for c, chain in enumerate(display.chains if display is not None else ()):
        for k, (left, right) in enumerate(pairwise(chain.members)):
            stated = found is None or found.outcomes[c][k].verdict is Verdict.DEFINITION
            if stated and (left.node, right.node) == (fact.left, fact.right):
                return fact.item, c, k
    return None


def _mended(course: Course, made: _Made) -> Diagnosis | None:
    from derivcheck.diagnose.repair import diagnose_value  # loaded for what is false only

    use = made.false[0].question
    stated = Question(made.fact.left, made.fact.right, RelationKind.EQUAL, use.known.moved(made.fact.item), use.chain)
    text, limits = course.block(made.fact.item).text, course.limits
    try:
        return diagnose_value(stated, made.mended_by, text, limits)
    except (ArithmeticError, LookupError, ValueError, CannotDecide):  # or it takes too long
        return None


def _holds(use: _Use, fact: DefinitionFact) -> bool:
    """Whether a link holds with a definition, read as it was."""
    settled = use.outcome.settled
    if settled is None:
        return False
    known = use.question.known.extended((fact,))
    reading = replace(use.question, known=known).read(settled.best.reading.choice)
    return reading.claim is not None and isinstance(decide(reading.claim), Agreed)


def _finding(course: Course, diagnosis: Diagnosis, false: tuple[_Use, ...]) -> Outcome:
    notes = tuple(Remark("this does not hold with it", course.link_span(use.place)) for use in islice(false, _SHOWN))
    message = f"{diagnosis.message}, as {len(false)} equations that rest on it have it"
    return Outcome(Verdict.REFUTED, Role.DEFINITION, diagnosis=replace(diagnosis, message=message), notes=notes)


def _referred(course: Course, diagnosis: Diagnosis, made: LinkPlace, false: tuple[_Use, ...]) -> Outcome:
    edit = diagnosis.repair
    assert edit is not None
    said = f"{len(false)} equations hold with `{edit.new}` instead of `{edit.old}` in the definition that they rest on"
    outcome = false[0].outcome
    return replace(outcome, notes=(*outcome.notes, Remark(said, course.link_span(made))))


def _spared(course: Course, use: _Use, made: LinkPlace) -> Outcome:
    remark = Remark("the definition that it rests on is at fault", course.link_span(made))
    return Outcome(Verdict.UNKNOWN, Role.CLAIM, "wrong definition", settled=use.outcome.settled, notes=(remark,))
