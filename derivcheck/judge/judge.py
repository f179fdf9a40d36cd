"""One link → its outcome: role, readings, evidence, gate, repair."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import replace

from derivcheck.context.layouts import defined_layout
from derivcheck.diagnose.model import Diagnosis
from derivcheck.judge.belief import taken_for_square
from derivcheck.judge.circumstances import Circumstances, diagnosed
from derivcheck.judge.freed import freed
from derivcheck.judge.guards import has_zero_side
from derivcheck.judge.ill_shaped import broken, ill_shaped, without_value
from derivcheck.judge.layouts import fitting
from derivcheck.judge.outcome import Outcome, Remark
from derivcheck.judge.question import Question, Settled, Tried
from derivcheck.judge.refuted import refuted, unvaried
from derivcheck.judge.roles import Role
from derivcheck.judge.settle import settle
from derivcheck.judge.vanishing import has_zero_sides, vanishing, vanishing_by_norms
from derivcheck.readings.errors import BY_EXPRESSION
from derivcheck.readings.known import Known
from derivcheck.readings.layouts import declaration
from derivcheck.statements.model import RelationKind
from derivcheck.terms.term import Apply, Claim, Derivative, Variable
from derivcheck.terms.walk import subterms
from derivcheck.verdict import Verdict
from derivcheck.verify.decide import passes
from derivcheck.verify.evidence import Agreed, Refuted, Undecidable, Undecided

Prover = Callable[[Settled], str]


def judge(question: Question, around: Circumstances, prover: Prover) -> Outcome:
    """The outcome of a link."""
    match around.role.role:
        case Role.DEFINITION:
            return Outcome(Verdict.DEFINITION, Role.DEFINITION)
        case Role.ASSUMPTION:
            return Outcome(Verdict.ASSUMPTION, Role.ASSUMPTION)
        case Role.UNDECIDED:
            if question.relation is RelationKind.OTHER:
                return Outcome(Verdict.ASSUMPTION, Role.UNDECIDED)
            return Outcome(Verdict.UNKNOWN, Role.UNDECIDED, "relation not decided")
        case Role.CLAIM:
            return _claim(question, around, prover)


def _claim(question: Question, around: Circumstances, prover: Prover) -> Outcome:
    settled = settle(question)
    if (moving := _moving(question, settled)) is not None:
        question, settled = moving
    claim = settled.best.reading.claim
    if settled.agreed and claim is not None and _differentiated(claim) and vanishing_by_norms(claim):
        return _claim(replace(question, known=question.known.unnormed()), around, prover)
    if settled.agreed and claim is not None:
        open_ = _perhaps_hessian(question, around, settled) or _perhaps_another(question, around, settled)
        outcome = open_ or _agreed(question, settled, claim, prover)
        return replace(outcome, role=Role.DEFINITION) if around.role.restates else outcome
    if around.role.restates:
        return Outcome(Verdict.DEFINITION, Role.DEFINITION, settled=settled, suspect=settled.refuted)
    if defined_layout(*question.nodes) is not None:
        return Outcome(Verdict.DEFINITION, Role.DEFINITION, settled=settled, suspect=settled.elsewhere is not None)
    if settled.elsewhere is not None and not settled.best.reading.weakened:
        return _other_layout(question, around, settled, settled.elsewhere)
    if settled.refuted:
        return refuted(question, around, settled)
    if settled.ill_shaped or settled.forced_false:
        return ill_shaped(question, around, settled)
    if around.role.weak is Role.DEFINITION:
        return Outcome(Verdict.DEFINITION, Role.DEFINITION, settled=settled)
    evidence = settled.best.evidence
    if isinstance(evidence, Undecided):
        still = evidence.reason is Undecidable.DEPENDENCE
        mended = unvaried(question, around, settled) or _freed(question, around) if still else None
        mended = mended or without_value(question, around, settled)
        if mended is not None:
            return mended
        return Outcome(Verdict.UNKNOWN, Role.CLAIM, evidence.reason.value, evidence.detail, settled)
    failure = settled.failure
    if failure is None:
        return Outcome(Verdict.UNKNOWN, Role.CLAIM, "unparsed", settled=settled)
    mended = broken(question, around, settled)
    if mended is not None:
        return mended
    reason = "unshaped symbol" if failure.clash else failure.reason
    return Outcome(Verdict.UNKNOWN, Role.CLAIM, reason, failure.detail, settled)


def _perhaps_another(question: Question, around: Circumstances, settled: Settled) -> Outcome | None:
    """Undecided where it holds with a property that an earlier section tells, or under a condition stated before, and
    without it a transpose or an exchange of factors on its right side away: there the letter may well stand for
    something else, or the condition have ended."""
    choice = settled.best.reading.choice
    if not choice.remembered and not choice.lapsed:
        return None
    first = next((t for t in settled.tried if isinstance(t.evidence, Refuted) or t.reading.clashes), None)
    if first is None:
        return None
    limits = replace(around.limits(structural_only=True), rules=frozenset({"DC102", "DC104"}))
    found = diagnosed(question, replace(settled, best=first, tried=(first,)), around, limits)
    if found is None or found.repair is None or found.repair.side != "rhs":
        return None
    return Outcome(Verdict.UNKNOWN, Role.CLAIM, "hypothesis not used", "what was said before", settled)


def _moving(question: Question, settled: Settled) -> tuple[Question, Settled] | None:
    """Where nothing varies that is differentiated: the question with definitions left out, if it holds then."""
    best = settled.best
    still = isinstance(best.evidence, Undecided) and best.evidence.reason is Undecidable.DEPENDENCE
    still = still or (settled.failure is not None and settled.failure.detail == BY_EXPRESSION)
    zero = isinstance(best.evidence, Agreed) and best.evidence.zero and best.reading.claim is not None
    if not still and not (zero and best.reading.claim is not None and _differentiated(best.reading.claim)):
        return None
    other = freed(question)
    found = settle(other) if other is not None else None
    return (other, found) if other is not None and found is not None and found.agreed else None


def _freed(question: Question, around: Circumstances) -> Outcome | None:
    """The finding where nothing varies that is differentiated, if one edit makes an identity without definitions."""
    other = freed(question)
    found = settle(other) if other is not None else None
    if other is None or found is None or not found.refuted:
        return None
    outcome = refuted(other, around, found)
    mended = outcome.diagnosis is not None and outcome.diagnosis.repair is not None
    return outcome if outcome.verdict.is_finding and mended else None


def _differentiated(claim: Claim) -> bool:
    return any(isinstance(t, Derivative) for side in (claim.lhs, claim.rhs) for t in subterms(side))


def _agreed(question: Question, settled: Settled, claim: Claim, prover: Prover) -> Outcome:
    """A pass, unless the agreement says nothing of the formula."""
    zero = isinstance(settled.best.evidence, Agreed) and settled.best.evidence.zero
    if zero and (vanishing(claim) or (settled.best.reading.choice.use_values and has_zero_sides(claim))):
        return Outcome(Verdict.UNKNOWN, Role.CLAIM, "hypothesis not used", "both sides are zero", settled, suspect=True)
    if _sets_to_zero(claim, question.known):
        return Outcome(Verdict.ASSUMPTION, Role.ASSUMPTION, settled=settled)
    if square := taken_for_square(claim, question.known):
        said = f"{', '.join(square)} taken for square"
        return Outcome(Verdict.UNKNOWN, Role.CLAIM, "hypothesis not used", said, settled, suspect=True)
    if _only_rounded(question, claim):
        return Outcome(Verdict.ASSUMPTION, Role.ASSUMPTION, detail="equal up to rounding", settled=settled)
    proof = prover(settled)
    verdict = Verdict.PROVED if proof else Verdict.VERIFIED
    return Outcome(verdict, Role.CLAIM, settled=settled, proof=proof, fit=fitting(question, settled))


def _perhaps_hessian(question: Question, around: Circumstances, settled: Settled) -> Outcome | None:
    """Undecided where ∇² was taken for the Laplacian and is the Hessian after one edit: ∇²f = xᵀx for x xᵀ. A text that
    speaks of Laplacians means them."""
    if not settled.best.reading.choice.laplacian or question.known.topics.laplacians:
        return None
    first = settled.tried[0]
    hessian = replace(settled, best=first, tried=(first,))
    found = diagnosed(question, hessian, around, around.limits(structural_only=True))
    if found is None or found.repair is None:
        return None
    detail = f"a Laplacian, or a Hessian: {found.message}"
    return Outcome(Verdict.UNKNOWN, Role.CLAIM, "ambiguous", detail, settled, suspect=True)


def _sets_to_zero(claim: Claim, known: Known) -> bool:
    """`∂Q(D)/∂μ = 0` where nothing says what Q is: it is set to zero, not free of μ."""
    if not has_zero_side(claim):
        return False
    derivatives = [t for side in (claim.lhs, claim.rhs) for t in subterms(side) if isinstance(t, Derivative)]
    names = [{t.key for t in subterms(d.operand) if isinstance(t, Variable)} for d in derivatives]
    varied = {t.key for d in derivatives for t in subterms(d.variable) if isinstance(t, Variable)}
    sums = any(isinstance(side, Apply) and side.operator == "add" for side in (claim.lhs, claim.rhs))
    moving = sums and any(varied & set(claim.symbols[k].depends) for n in names for k in n if k in claim.symbols)
    free = (n and not n & varied and not any(map(known.declared, n)) for n in names)
    return bool(names) and not moving and all(free)


def _only_rounded(question: Question, claim: Claim) -> bool:
    """`1/3 = 0.333`: a rounded value is no identity."""
    if claim.relation != "approx" or question.relation is RelationKind.APPROX:
        return False
    return passes(replace(claim, relation="=")) is None


def _other_layout(question: Question, around: Circumstances, settled: Settled, elsewhere: Tried) -> Outcome:
    """A finding: it holds in a layout that the text excludes. The repair is one within the layout declared."""
    laid = elsewhere.reading.laid
    allowed, actual = settled.tried[0].reading.choice.layout, elsewhere.reading.choice.layout
    decisive = [kind for kind in laid if not allowed.agrees(actual, (kind,))]
    declared = declaration(question.known, decisive)
    notes = (Remark("the text declares otherwise", declared.span),) if declared is not None else ()
    message = f"holds only where {actual.spoken(decisive)}"
    found = diagnosed(question, settled, around, around.limits())
    diagnosis = replace(found or Diagnosis("DC301", ""), rule="DC301", message=message)
    verdict = Verdict.REFUTED if settled.refuted else Verdict.ILL_SHAPED
    return Outcome(verdict, Role.CLAIM, settled=settled, diagnosis=diagnosis, notes=notes)
