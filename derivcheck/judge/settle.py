"""Settling one link: charity over its readings. Refuted only when every sensible reading is false."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from dataclasses import replace
from itertools import chain as chained
from itertools import islice

from derivcheck.judge.belief import (
    adds_a_number,
    against_use,
    emptied,
    equates_a_multiple,
    false_in_general,
    saved_against_font,
    saved_against_vectors,
    saved_against_words,
    saved_by_a_constant,
    settled_by_use,
    specialises,
    taken_for_square,
    using_most,
)
from derivcheck.judge.question import Question, Readings, Settled, Trials, Tried
from derivcheck.judge.vanishing import has_zero_sides
from derivcheck.notation import tree
from derivcheck.notation.keys import symbol_keys
from derivcheck.readings.choice import Choice
from derivcheck.readings.choices import (
    MAX_CHOICES,
    generalising,
    has_bold_one,
    has_columns,
    has_indexed_vector,
    has_marked_vec,
    natural,
    over_space,
    parameters_of_lines,
    rescuing,
    sigmoids,
    subscripted,
    with_kinds,
)
from derivcheck.readings.known import FIELDS, UNRESTRICTING, Known
from derivcheck.readings.layouts import COHERENT, declared_layouts
from derivcheck.readings.usage import usage_of
from derivcheck.verify.evidence import Agreed, Refuted, Undecided

_NONSCALAR = frozenset({"matrix", "vector", "nonscalar"})


def settle(question: Question) -> Settled:
    """Try the natural readings, then the rescuing ones."""
    trials = Trials(question)
    tried = trials.tried
    bases = list(natural(question.nodes, question.known))
    found = _first_agreeing(trials, bases)
    first = tuple(tried)
    shaped = [t for t in first if t.evidence is not None]
    if found is None and all(t.reading.clashes for t in first):
        for meant in _meant_otherwise(question, bases):
            found = _first_agreeing(trials, meant)
            if found is not None and _left_empty(found, question.known):
                found = None  # X(XᵀX)⁻¹Xᵀ, where X is square for once
                del tried[len(first) :]
                continue
            under = tuple(t for t in tried if t.reading.choice in meant)
            shaped = [t for t in under if t.evidence is not None]
            if shaped:
                bases, first = meant, under
                break
    if found is not None:
        return Settled(found, tuple(tried))
    if not shaped and all(_hopeless(t) for t in first) and not _may_be_members(question, first):
        return Settled(first[0], first)
    for choice in _others(question, bases, tried, bool(shaped)):
        if len(tried) >= MAX_CHOICES:
            break
        if shaped and bases[0].einstein and not choice.einstein:
            continue  # a stated convention is no matter of choice
        result = trials.attempt(choice)
        if (
            isinstance(result.evidence, Agreed)
            and not specialises(result.reading, question.known)
            and not saved_against_font(result)
            and not saved_against_vectors(result, question.known)
            and not saved_against_words(result, tried, question.known)
            and not false_in_general(result, tried)
            and not saved_by_a_constant(result, tried)
            and not emptied(result)
            and not (choice.order and result.evidence.zero)  # tr I − n = 0, of what is the same by a condition
            and not adds_a_number(result)
        ):
            return Settled(result, tuple(tried), forced=bool(choice.kinds))
    settled = _not_holding(first, tuple(tried), question.known)
    for choice in _knowing_more(question, settled) if settled.refuted else ():
        result = trials.attempt(choice)
        if isinstance(result.evidence, Agreed) and not emptied(result):
            return Settled(result, tuple(tried), forced=settled.forced)
    return replace(settled, elsewhere=_elsewhere(trials, first, settled))


def _meant_otherwise(question: Question, bases: list[Choice]) -> Iterator[list[Choice]]:
    """How a formula is meant that has no meaning otherwise."""
    if question.known.conditions_lapsed:
        yield [base.but(lapsed=True) for base in bases]
    if question.known.explains(question.nodes):
        yield [base.but(generic=True) for base in bases]
    if has_bold_one(question.nodes, question.known):
        yield [base.but(identity_one=True) for base in bases]


def _left_empty(found: Tried, known: Known) -> bool:
    """Whether it holds under another meaning only because nothing is left of it there."""
    claim = found.reading.claim
    return claim is not None and (has_zero_sides(claim) or bool(taken_for_square(claim, known)))


def _may_be_members(question: Question, first: tuple[Tried, ...]) -> bool:
    """Whether subscripts that tell which vector, not which entry, may give a meaning to what has none: here, or in a
    definition."""
    unread = any(t.reading.failure is not None and t.reading.failure.reason == "definition unread" for t in first)
    nodes, known = question.nodes, question.known
    return has_indexed_vector(nodes, known) or (unread and subscripted(nodes, known))


def _first_agreeing(trials: Trials, choices: list[Choice]) -> Tried | None:
    attempts = (trials.attempt(choice) for choice in choices)
    return next((t for t in attempts if isinstance(t.evidence, Agreed)), None)


def _not_holding(first: tuple[Tried, ...], tried: tuple[Tried, ...], known: Known) -> Settled:
    """The outcome where nothing agreed; `first` are the natural readings."""
    shaped = [t for t in first if t.evidence is not None]
    if shaped:
        undecided = [t for t in shaped if isinstance(t.evidence, Undecided)]
        return Settled(undecided[0] if undecided else using_most(shaped[0], tried), tried)
    rescued = [t for t in tried[len(first) :] if not t.idle and not specialises(t.reading, known)]
    rescued = [t for t in rescued if not t.reading.choice.guesses and not saved_against_font(t)]
    rescued = [t for t in rescued if not saved_against_words(t, tried, known) and not equates_a_multiple(t)]
    rescued = [t for t in rescued if not adds_a_number(t)]
    if rescued:
        false = [t for t in rescued if isinstance(t.evidence, Refuted) and not t.reading.lowered]
        false.sort(key=lambda t: t.reading.choice.fields)  # the text says less of fields than of what else there is
        undecided = [t for t in rescued if isinstance(t.evidence, Undecided)]
        best = (false or undecided or rescued)[0]
        return Settled(best, tried, forced=bool(best.reading.choice.kinds or best.reading.choice.entrywise))
    others = (t for t in tried[len(first) :] if not adds_a_number(t) and not equates_a_multiple(t))
    plausible = (*first, *(t for t in others if not against_use(t.reading, known)))
    unread = [t for t in first if not t.reading.clashes]
    return Settled((unread or first)[0], plausible, natural=len(first))


def _elsewhere(trials: Trials, first: tuple[Tried, ...], settled: Settled) -> Tried | None:
    """A reading that holds in a layout that the document excludes, where those that it allows are false."""
    declared = declared_layouts(trials.question.known)
    if not declared or not all(isinstance(t.evidence, Refuted) or t.reading.clashes for t in first):
        return None
    bases = [first[0].reading.choice]
    if trials.question.equations:
        bases.append(bases[0].but(use_equations=True))
    if settled.refuted:
        bases.append(settled.best.reading.choice)
    for choice in (base.with_layout(layout) for base in bases for layout in COHERENT):
        result = trials.attempt(choice)
        if isinstance(result.evidence, Agreed):
            return result
    return None


def clashing(question: Question) -> Settled | None:
    """The readings tried, when the shapes clash in every one; nothing is evaluated. None when one is well-shaped."""
    bases = list(natural(question.nodes, question.known))
    readings = Readings(question)
    tried: list[Tried] = []
    for choice in bases:
        tried.append(Tried(readings.under(choice), None))
        failure = tried[-1].reading.failure
        if failure is None or not failure.clash:
            return None
    for choice in islice(_others(question, bases, tried, False), MAX_CHOICES):
        tried.append(Tried(readings.under(choice), None))
        if tried[-1].reading.claim is not None:
            return None
    return Settled(tried[0], tuple(tried), natural=len(bases))

def _hopeless(t: Tried) -> bool:
    """A failure that no other choice can mend."""
    failure = t.reading.failure
    return failure is not None and failure.reason in ("unparsed", "words", "dots", "too large", "definition unread")


def _others(question: Question, bases: list[Choice], tried: list[Tried], shaped: bool) -> Iterator[Choice]:
    first = bases[0]
    if shaped and question.equations:
        yield first.but(use_equations=True)
    left, right = (_valued(root, question.known) for root in question.nodes)
    if has_bold_one(question.nodes, question.known):
        yield from (base.but(identity_one=True) for base in bases if not base.identity_one)
    if left ^ right:  # a value that was put in is gone on the other side
        yield first.but(use_values=True)
    named = sorted(_named(question.nodes, question.known))
    if any(not question.known.declared(k) and question.known.passing_definition(k) for k in named):
        yield from (base.but(going_on=True) for base in bases)
    if _properties_before(question, named):
        yield from (base.but(remembered=True) for base in bases)
    if _said_before(question):
        yield from (base.but(recalled=True) for base in bases)
        if subscripted(question.nodes, question.known.recalling()):
            yield first.but(recalled=True, sequences=True)
        yield from over_space(question.nodes, question.known.recalling(), first.but(recalled=True))
    if any(t.reading.matched for t in tried):
        yield first.but(matching=1)
    rescues = chained.from_iterable(rescuing(question.nodes, question.known, base) for base in bases[:2])
    if shaped:
        yield from rescues
    conventional = tried[0].reading.conventional
    if shaped:
        loose = tuple((k, kind) for k, kind in conventional if not settled_by_use(question.known, k))
        yield from islice(generalising(first, loose), 8)
        return
    if has_marked_vec(question.nodes):
        yield from (base.but(marks_within=True) for base in bases)
    here = usage_of(question.nodes)
    numbers = parameters_of_lines(question.nodes)
    conventional = tuple((k, kind) for k, kind in conventional if k not in numbers)
    open_kinds = tuple((k, kind) for k, kind in conventional if kind == "scalar" or not here.of(k) & _NONSCALAR)
    own_sizes = tuple((k, kind) for k, kind in conventional if kind not in ("scalar", "any"))
    if own_sizes:
        yield from (base.but(kinds=own_sizes) for base in bases)
    for flipped in islice(with_kinds(first, open_kinds), 24):
        for base in bases:
            yield flipped.with_layout(base.layout)
    for key in sigmoids(question.nodes, question.known):
        yield from islice(with_kinds(first.but(sigmoid=key), open_kinds), 12)
    yield from rescues
    if has_indexed_vector(question.nodes, question.known):
        yield from islice(with_kinds(first.but(sequences=True), open_kinds), 8)
    if has_columns(question.nodes, question.known):
        yield from islice(with_kinds(first.but(columns=True), open_kinds), 8)


def _properties_before(question: Question, named: Iterable[str]) -> bool:
    """Whether earlier sections tell properties of symbols that this one says nothing of."""
    known = question.known
    return any(not known.introduced(k) and known.ended_properties(k) - UNRESTRICTING for k in named)


def _knowing_more(question: Question, settled: Settled) -> Iterator[Choice]:
    """The choice that decides, with what earlier sections say and with the equations stated nearby."""
    choice = settled.best.reading.choice
    if not choice.recalled and _said_before(question):
        yield choice.but(recalled=True)
    if not choice.use_equations and question.equations:
        yield choice.but(use_equations=True)


def _valued(root: tree.Node, known: Known) -> frozenset[str]:
    """The symbols of a side, and of their definitions, of which the text gives a value."""
    return frozenset(key for key in _named((root,), known) if known.valued(key))


def _named(roots: Iterable[tree.Node], known: Known) -> frozenset[str]:
    """The symbols of these sides, and those of their definitions."""
    named = symbol_keys(*roots)
    for key in tuple(named):
        definition = known.definition(key) or known.by_members(key)
        if definition is not None:
            named |= symbol_keys(definition.right)
    return frozenset(named)


def kinds_asked(question: Question) -> tuple[tuple[str, str], ...]:
    """The kinds that undeclared symbols must have where the link has no meaning with the usual ones; nothing is
    evaluated."""
    bases = list(natural(question.nodes, question.known))
    readings = Readings(question)
    tried = [Tried(readings.under(choice), None) for choice in bases]
    if all(t.reading.clashes for t in tried):
        for choice in islice(_others(question, bases, tried, False), MAX_CHOICES):
            reading = readings.under(choice)
            if reading.claim is not None:
                return () if reading.lowered else choice.kinds
    return ()


def _said_before(question: Question) -> bool:
    """Whether the link names a symbol that only a section which has ended defines or speaks of; "$C$ (symmetric)" is
    no other symbol."""
    known = question.known
    named = sorted(_named(question.nodes, known))
    if any(known.law(k) is None and known.ended_law(k) is not None for k in named):
        return True
    silent = (k for k in named if not known.introduced(k))
    return any(
        known.ended_definition(k) is not None or known.ended_properties(k) - FIELDS or known.ended_meaning(k)
        for k in silent
    )
