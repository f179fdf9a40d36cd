"""A repair is believed when the link with it, read anew, agrees at points and dimensions of its own."""

from __future__ import annotations

import time
from dataclasses import replace
from typing import TYPE_CHECKING

from derivcheck.diagnose.candidate import Candidate
from derivcheck.diagnose.credible import credible, is_zero, says_something, trivial
from derivcheck.diagnose.identity import is_identity
from derivcheck.diagnose.model import Limits
from derivcheck.notation.keys import symbol_key
from derivcheck.readings.choice import Choice
from derivcheck.readings.known import plain
from derivcheck.terms.dim import SCALAR
from derivcheck.terms.term import Claim
from derivcheck.verify.decide import decide
from derivcheck.verify.evidence import Agreed

if TYPE_CHECKING:
    from derivcheck.judge.settle import Question


def holds(question: Question, candidate: Candidate, choice: Choice, limits: Limits, end: float) -> bool:
    """Whether the link with the edit says something and agrees; `end` is a time.thread_time() value. A function of a
    bracket does not become a factor."""
    lhs, rhs = candidate.sides(question)
    reading = replace(question, lhs=lhs, rhs=rhs).read(choice)
    claim = reading.claim
    before = question.read(choice)
    if candidate.kind.rule != "DC111" and before.applied - reading.applied:
        return False
    if claim is None or not says_something(claim) or not _admissible(claim, candidate, limits):
        return False
    if limits.structural_only and before.claim is not None and _changes_kind(candidate, question, before.claim):
        return False
    evidence = decide(claim, seconds=end - time.thread_time())
    zero = is_zero(claim.lhs) or is_zero(claim.rhs)
    return isinstance(evidence, Agreed) and credible(claim, evidence.dimensions, zero, end - time.thread_time())


def _admissible(claim: Claim, candidate: Candidate, limits: Limits) -> bool:
    """Edits that change the symbols of a formula must not make a triviality of it, and must make an identity of it
    where a symbol stands on one side only."""
    if candidate.kind.structural:
        return True
    if trivial(claim):
        return False
    if not limits.structural_only or candidate.kind.balances is not None:
        return True
    return not _respells(candidate) and is_identity(claim)


def _respells(candidate: Candidate) -> bool:
    """Y for y, x for **x**: what stands on one side only is then another spelling of the same symbol."""
    old, new = symbol_key(candidate.place.node), symbol_key(candidate.variant.node)
    return old is not None and new is not None and plain(old).lower() == plain(new).lower()


def _changes_kind(candidate: Candidate, question: Question, claim: Claim) -> bool:
    """A scalar for a matrix: `∇ xᵀA x = 2 λ x` is what an eigenvector fulfils, no slip for `∇ xᵀλ x`."""
    keys = (symbol_key(candidate.place.node), symbol_key(candidate.variant.node))
    found = [claim.symbols.get(question.known.alias(key)) for key in keys if key is not None]
    one, other = found if len(found) == 2 else (None, None)
    return one is not None and other is not None and (one.shape == SCALAR) is not (other.shape == SCALAR)
