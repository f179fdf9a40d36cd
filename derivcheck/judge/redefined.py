"""Guards of symbols that get another value."""

from __future__ import annotations

from dataclasses import replace
from typing import TYPE_CHECKING

from derivcheck.judge.outcome import Outcome
from derivcheck.judge.question import Question
from derivcheck.notation import tree
from derivcheck.readings.definitions import target
from derivcheck.terms.dim import SCALAR
from derivcheck.terms.term import Apply, Claim
from derivcheck.verify.decide import passes

if TYPE_CHECKING:
    from derivcheck.judge.guards import Refutation


def another_case(r: Refutation) -> Outcome | None:
    """`y = xW` after `y = Wx`, where x must become a matrix for both: another case. Or the opposite of the value
    before: what was maximised is minimised from here on."""
    if not _redefines(r.question):
        return None
    opposite = _signed(r) and _opposite(r.claim)
    return r.definition() if r.settled.best.reading.choice.kinds or opposite else None


def redefinition(r: Refutation) -> Outcome | None:
    return r.definition() if _redefines(r.question) else None


def _redefines(question: Question) -> bool:
    """A bare symbol alone on the left that was given a value before without a mark: it gets another one."""
    key, _ = target(question.lhs)
    definition = question.known.definition(question.known.alias(key)) if key is not None else None
    return definition is not None and not definition.marked


def _signed(r: Refutation) -> bool:
    """Whether a minus sign stands before a term of the value, or of the one before: so are opposites written."""
    key, _ = target(r.question.lhs)
    before = r.known.definition(r.known.alias(key)) if key is not None else None
    values = (r.question.rhs, before.right if before is not None else None)
    return any(map(_has_minus, values))


def _has_minus(value: tree.Node | None) -> bool:
    match value:
        case tree.Add(signs=signs):
            return "-" in signs
        case tree.Big(body=body) | tree.Fence(body=body):
            return _has_minus(body)
        case tree.Juxt(items=items):
            rest = [i for i in items if not isinstance(i, tree.Num | tree.Frac)]
            return len(rest) == 1 and _has_minus(rest[0])
        case _:
            return False


def _opposite(claim: Claim) -> bool:
    """The symbol gets the opposite of its value: what was maximised, a number, is minimised from here on."""
    if claim.lhs.shape != SCALAR:
        return False
    negated = Apply("negate", (claim.rhs,), shape=claim.rhs.shape)
    return claim.relation == "=" and passes(replace(claim, rhs=negated)) is not None
