"""Guards of what is random: laws that are given, or usual without being told."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import replace
from fractions import Fraction
from typing import TYPE_CHECKING

from derivcheck.judge.outcome import Outcome
from derivcheck.notation.moments import told
from derivcheck.readings.choices import usual_laws
from derivcheck.readings.known import Known
from derivcheck.readings.outcomes import OUTCOME, averages
from derivcheck.terms.dim import SCALAR
from derivcheck.terms.term import Claim, Derivative, Differential, Entry, Fold, Index, Number, Term, Variable
from derivcheck.terms.walk import children, subterms, with_children
from derivcheck.verify.decide import passes
from derivcheck.verify.degree import degree
from derivcheck.verify.structure import Structure

if TYPE_CHECKING:
    from derivcheck.judge.guards import Refutation


def law_given(r: Refutation) -> Outcome | None:
    """`E[ε] = 0` where no mean of ε is known: it gives one."""
    law = told(r.question.lhs, r.question.rhs)
    if law is None or not averages(r.claim) or r.known.definition(law.key) is not None:
        return None
    known = r.known.law(law.key) or law
    both = known.mean is not None and known.covariance is not None
    told_before = known is not law and (
        (known.mean if law.mean else known.covariance if law.covariance else known.square) is not None or both
    )
    return None if told_before else r.assumption()


def usual_law(r: Refutation) -> Outcome | None:
    """An equation between expectations that holds where the random symbols are independent, of mean zero or of one law:
    texts say so far away, or not at all."""
    if not averages(r.claim):
        return None
    for choice in usual_laws(r.settled.best.reading.choice, r.question.nodes):
        claim = r.question.read(choice).claim
        if claim is not None and claim != r.claim and passes(claim) is not None:
            return r.unknown("hypothesis not used", "it holds under usual laws of the random symbols")
    return None


def moments_told(claim: Claim, known: Known) -> frozenset[str]:
    """The random symbols of a claim, where the text tells all that an equation between means of squares depends on:
    their means and covariances and, of several, that they are independent. No law could save it then."""
    outcomes: dict[str, set[str]] = {}
    for term in _all_terms(claim):
        if isinstance(term, Variable) and term.indices and isinstance(term.indices[-1], Index):
            outcome = term.indices[-1].name.rstrip("'")
            if outcome.startswith(OUTCOME):
                outcomes.setdefault(term.key, set()).add(outcome)
    laws = [known.law(key) for key in outcomes]
    if not outcomes or not all(law is not None and law.mean is not None and law.covariance is not None for law in laws):
        return frozenset()
    if len(set().union(*outcomes.values())) < len(outcomes):
        return frozenset()  # how they depend on one another is open
    structure = Structure(claim.symbols)
    degrees = (degree(side, key, structure, 1) for key in outcomes for side in (claim.lhs, claim.rhs))
    return frozenset(outcomes) if all(d is not None and d <= _SQUARES for d in degrees) else frozenset()


_SQUARES = 2


def _all_terms(claim: Claim) -> Iterator[Term]:
    definitions = (s.definition for s in claim.symbols.values() if s.definition is not None)
    for root in (claim.lhs, claim.rhs, *definitions):
        yield from subterms(root)


def data_given(r: Refutation) -> Outcome | None:
    """A derivative that holds where the y of a model y = Xβ + u is held fixed, though nothing says that u is random."""
    if not any(isinstance(t, Derivative | Differential) for side in (r.claim.lhs, r.claim.rhs) for t in subterms(side)):
        return None
    claim = r.question.read(replace(r.settled.best.reading.choice, noise_fixed=True)).claim
    holds = claim is not None and claim != r.claim and passes(claim) is not None
    return r.unknown("hypothesis not used", "it holds where the data do not vary") if holds else None


def sums_to_one(r: Refutation) -> Outcome | None:
    """It holds where the members of a family sum to 1: labels, probabilities and weights do, often without a word. That
    they do is no such equation."""
    totals = (t for side in (r.claim.lhs, r.claim.rhs) for t in subterms(side) if _is_total(t, r.claim))
    for total in dict.fromkeys(totals):
        if total in (r.claim.lhs, r.claim.rhs):
            continue
        lhs, rhs = (_put(side, total, _ONE) for side in (r.claim.lhs, r.claim.rhs))
        if passes(replace(r.claim, lhs=lhs, rhs=rhs)) is not None:
            return r.unknown("hypothesis not used", "it holds where a sum is 1")
    return None


def _is_total(term: Term, claim: Claim) -> bool:
    """Σ_k y_k of a family without definition."""
    match term:
        case Fold(kind="sum", index=index, body=Variable(key=key, indices=(Index(name=name),)), condition=None):
            return index == name and term.shape == SCALAR and claim.symbols[key].definition is None
        case Fold(kind="sum", index=index, body=Entry(base=Variable(key=key, indices=()), row=Index(name=name))):
            return index == name and claim.symbols[key].definition is None
        case _:
            return False


_ONE = Number(Fraction(1), shape=SCALAR)


def _put(term: Term, old: Term, new: Term) -> Term:
    return new if term == old else with_children(term, tuple(_put(c, old, new) for c in children(term)))
