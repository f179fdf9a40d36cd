"""What is refuted: a finding, unless the gate and its guards say that it was never meant as a claim."""

from __future__ import annotations

from dataclasses import replace
from itertools import islice
from typing import TYPE_CHECKING

from derivcheck.diagnose.model import Diagnosis, Limits
from derivcheck.judge.chances import moments_told
from derivcheck.judge.circumstances import Circumstances, diagnosed
from derivcheck.judge.gate import doubt, undefined
from derivcheck.judge.guards import (
    NEVER_A_CLAIM,
    NO_CLAIM_WITHOUT_REPAIR,
    PERHAPS_NO_CLAIM,
    Refutation,
    guarded,
    recalled_in_several_ways,
    without_summation,
)
from derivcheck.judge.lost import lost_term
from derivcheck.judge.outcome import Outcome, Remark
from derivcheck.judge.question import Question, Settled, Tried
from derivcheck.judge.redefined import redefines
from derivcheck.judge.roles import Role
from derivcheck.readings.known import UNRESTRICTING, Known
from derivcheck.readings.outcomes import averages
from derivcheck.terms.term import Claim, Derivative, Variable
from derivcheck.terms.walk import subterms
from derivcheck.verdict import Verdict
from derivcheck.verify.decide import decide
from derivcheck.verify.errors import CannotDecide
from derivcheck.verify.evidence import Refuted

if TYPE_CHECKING:
    from derivcheck.diagnose.hypotheses import Hypothesis


def refuted(question: Question, around: Circumstances, settled: Settled) -> Outcome:
    """A finding where a repair is found or nothing speaks against a claim; else an assumption, a suspect."""
    claim = settled.best.reading.claim
    assert claim is not None
    refutation = Refutation(question, settled, claim)
    if around.role.another and redefines(question):
        return refutation.definition()
    no_claim = guarded(refutation, NEVER_A_CLAIM)
    if no_claim is not None:
        return no_claim
    concern, weak = doubt(claim, question.known, around.role.conditional), around.role.weak is not None
    told = moments_told(claim, question.known)
    concern = concern.without(told)
    if concern.valued and _false_for_values(question, settled):
        concern = concern.without_values()
    unless = around.role.partial or around.role.conditional
    arbitrary = frozenset() if unless else around.arbitrary()
    partial = around.role.partial
    gone = frozenset() if partial else concern.gone
    one_sided = not gone.issuperset(concern.one_sided)
    hinted = around.role.hinted and not _rests_on_definition(claim)
    condition = weak or around.after_condition or settled.forced or hinted
    strict = one_sided or bool(concern.tainted) or condition
    renames = not condition and (not concern.tainted or _rests_on_definition(claim))
    small = one_sided or bool(settled.best.reading.weakened)
    limits = replace(
        around.limits(structural_only=small, renames=renames, pairs=not strict),
        lone=frozenset(concern.one_sided),
        lacking="" if partial and concern.gone else concern.lacking,  # what is left out is left out on purpose
        arbitrary=arbitrary if arbitrary.issuperset(concern.one_sided) else frozenset(),
    )
    unsummed = without_summation(refutation)
    if unsummed is not None:
        limits = replace(limits, rules=_OF_INDICES)  # only an index tells that the sum is meant
    if not (weak and one_sided):  # of which no edit makes a claim
        settled, diagnosis = _diagnosed(question, settled, around, limits)
        if diagnosis is not None and diagnosis.repair is not None:
            if (unsaid := _unsaid_symmetry(question, settled, diagnosis)) is not None:
                return refutation.unknown("hypothesis not used", unsaid.message)
            notes = _true_if(question, settled) if diagnosis.repair.kind == "symmetry" else ()
            return _finding(settled, diagnosis, notes)
    no_claim = unsummed or guarded(refutation, PERHAPS_NO_CLAIM)
    if no_claim is not None:
        return no_claim
    free = arbitrary.intersection(concern.one_sided)
    if free and not condition and not concern.tainted and around.bound().isdisjoint(concern.one_sided):
        lost = lost_term(question, claim, limits, free)
        if lost is not None:
            return _finding(settled, lost)
    missing = _missing(question, settled)
    if missing is not None and (missing.stated or not all(_settles(question.known, k, missing) for k in missing.keys)):
        return refutation.unknown("hypothesis not used", missing.message)
    if averages(claim) and not told:
        return refutation.unknown("hypothesis not used", "the law of the random symbols")
    if not strict and (no_claim := guarded(refutation, NO_CLAIM_WITHOUT_REPAIR)) is not None:
        return no_claim
    if not strict:
        said = ("DC101", "the two sides differ") if missing is None else (missing.rule, missing.message)
        return _finding(settled, Diagnosis(*said))
    if around.role.weak is Role.DEFINITION:
        return refutation.definition()
    if weak or (concern.one_sided and not concern.tainted and not around.after_condition):
        return refutation.assumption(missing.message if missing is not None else "")
    return refutation.unknown("hypothesis not used", ", ".join(concern.tainted or concern.one_sided))


_OF_INDICES = frozenset({"DC109"})


def _false_for_values(question: Question, settled: Settled) -> bool:
    """Whether the link is false for the values mentioned nearby as well: n = 1, where an induction starts."""
    claim = question.read(settled.best.reading.choice.but(use_values=True)).claim
    return claim is not None and isinstance(decide(claim), Refuted)


def unvaried(question: Question, around: Circumstances, settled: Settled) -> Outcome | None:
    """A derivative in which nothing varies, of which the other side says otherwise: a finding where a term with its
    variable is missing. Nobody writes a condition that way. Or where what varies was defined in an earlier section."""
    found = _by_earlier_definitions(question, around, settled)
    if found is not None:
        return found
    claim, role = settled.best.reading.claim, around.role
    if claim is None or role.weak is not None or role.hinted or around.after_condition or _of_unknown(claim):
        return None
    concern = doubt(claim, question.known)
    limits = around.limits(structural_only=True, renames=True)
    lone, lacking = frozenset(concern.one_sided), concern.lacking
    if not lone:
        lone, lacking = _lost_variables(claim)
    limits = replace(limits, lone=lone, lacking=lacking, arbitrary=lone, rules=frozenset({"DC111"}))
    diagnosis = diagnosed(question, settled, around, limits) if lacking else None
    missing = diagnosis is not None and diagnosis.repair is not None and diagnosis.repair.kind == "missing term"
    return _finding(settled, diagnosis) if missing and diagnosis is not None else None


def _of_unknown(claim: Claim) -> bool:
    """Whether a derivative is of a mere symbol, ∂u/∂θ, of which nothing is said: it varies in a way that was not
    understood, and lacks nothing."""
    operands = (t.operand for side in (claim.lhs, claim.rhs) for t in subterms(side) if isinstance(t, Derivative))
    return any(isinstance(t, Variable) and claim.symbols[t.key].definition is None for t in operands)


def _lost_variables(claim: Claim) -> tuple[frozenset[str], str]:
    """The variables of derivatives of which what is differentiated has nothing and the other side something, and the
    side of these derivatives."""
    for name, side, other in (("lhs", claim.lhs, claim.rhs), ("rhs", claim.rhs, claim.lhs)):
        there = undefined(other, claim.symbols)
        for derivative in (t for t in subterms(side) if isinstance(t, Derivative)):
            by = frozenset(t.key for t in subterms(derivative.variable) if isinstance(t, Variable))
            lost = (by - undefined(derivative.operand, claim.symbols)) & there
            if lost:
                return lost, name
    return frozenset(), ""


def _by_earlier_definitions(question: Question, around: Circumstances, settled: Settled) -> Outcome | None:
    """A finding where nothing varies but by definitions of earlier sections and an edit mends what these refute."""
    for t in settled.tried:
        recalled = t.reading.choice.recalled and not recalled_in_several_ways(t, question.known)
        if recalled and isinstance(t.evidence, Refuted) and around.role.weak is None:
            meant = replace(settled, best=t)
            found = diagnosed(question, meant, around, around.limits(structural_only=True))
            if found is not None and found.repair is not None:
                return _finding(meant, found)
    return None


def _settles(known: Known, key: str, missing: Hypothesis) -> bool:
    """Whether the text says what a symbol is, more than that it is constant: of a property that would make it square,
    its size."""
    declared = known.shape(key) or known.function(key) or known.definition(key) or known.meaning(key)
    return bool(declared or (missing.words != "square" and known.properties(key) - UNRESTRICTING))


def _diagnosed(
    question: Question, settled: Settled, around: Circumstances, limits: Limits
) -> tuple[Settled, Diagnosis | None]:
    """The repair, else that of a reading that knows more of the symbols."""
    found = diagnosed(question, settled, around, limits)
    if found is None or found.repair is None:
        more = (t for t in settled.tried if _knows_more(t) and not recalled_in_several_ways(t, question.known))
        for t in islice(more, _MOST_READINGS):
            knowing = replace(settled, best=t, tried=(t,))
            other = diagnosed(question, knowing, around, replace(limits, seconds=_KNOWING_SECONDS))
            if other is not None and other.repair is not None:
                return knowing, other
    return settled, found


_MOST_READINGS = 3
_KNOWING_SECONDS = 0.1  # for the repair of each: one that the text leads to is near


def _knows_more(tried: Tried) -> bool:
    """Whether a reading that is false or clashes uses what the natural ones leave aside: the definitions of earlier
    sections, n as the size of the matrices, another sense of a function's name or of square brackets, q_i as the
    columns of Q."""
    choice = tried.reading.choice
    earlier = choice.recalled or choice.remembered or choice.going_on
    several = choice.order or choice.other_functions or choice.columns or choice.commutator
    if tried.reading.clashes:
        return bool(choice.recalled)
    return isinstance(tried.evidence, Refuted) and bool(earlier or several)


def _finding(settled: Settled, diagnosis: Diagnosis, notes: tuple[Remark, ...] = ()) -> Outcome:
    return Outcome(Verdict.REFUTED, Role.CLAIM, settled=settled, diagnosis=diagnosis, notes=notes)


def _rests_on_definition(claim: Claim) -> bool:
    """Whether a defined symbol occurs: then the link says something about what was defined, words nearby or not."""
    return any(s.definition is not None for s in claim.symbols.values())


def _missing(question: Question, settled: Settled) -> Hypothesis | None:
    from derivcheck.diagnose.hypotheses import missing_hypothesis

    try:
        return missing_hypothesis(question, settled)
    except (ArithmeticError, LookupError, ValueError, CannotDecide):  # or it takes too long
        return None


def _unsaid_symmetry(question: Question, settled: Settled, diagnosis: Diagnosis) -> Hypothesis | None:
    """What makes a transpose needless in a text about positive definite matrices: that those are symmetric of which it
    says nothing."""
    if diagnosis.rule != "DC102" or not question.known.topics.definite_matrices:
        return None
    missing = _missing(question, settled)
    silent = missing is not None and not any(_settles(question.known, key, missing) for key in missing.keys)
    return missing if missing is not None and missing.words == "symmetric" and silent else None


def _true_if(question: Question, settled: Settled) -> tuple[Remark, ...]:
    """What a law taken for granted rests on: AB = BA, A symmetric."""
    missing = _missing(question, settled)
    return () if missing is None else (Remark(missing.message),)
