"""Guards of symbols that get another value."""

from __future__ import annotations

from dataclasses import replace
from typing import TYPE_CHECKING

from derivcheck.judge.outcome import Outcome
from derivcheck.judge.question import Question
from derivcheck.notation import tree
from derivcheck.notation.keys import symbol_keys
from derivcheck.readings.definitions import solved, target
from derivcheck.terms.dim import SCALAR
from derivcheck.terms.term import Apply, Claim
from derivcheck.verify.decide import passes

if TYPE_CHECKING:
    from derivcheck.judge.guards import Refutation


def another_case(r: Refutation) -> Outcome | None:
    """`y = xW` after `y = Wx`, where x must become a matrix for both: another case. Or the opposite of the value
    before: what was maximised is minimised from here on."""
    if not redefines(r.question):
        return None
    if _rests_on_another_value(r.question):
        return r.definition()
    opposite = _signed(r) and _opposite(r.claim)
    return r.definition() if r.settled.best.reading.choice.kinds or opposite else None


def gets_another_value(question: Question, outcome: Outcome) -> str | None:
    """The symbol that a link gives another value than the text gave it before."""
    other = outcome.suspect and not outcome.verdict.is_finding
    return target(question.lhs)[0] if other and redefines(question) else None


def _rests_on_another_value(question: Question) -> bool:
    """C = 3B + 1 where the text gave C a value by B, B by A, and has given A another one since: it speaks of another
    case, in which nothing was said of C yet."""
    known = question.known
    key, _ = target(question.lhs)
    seen: set[str] = set()
    queue = [key] if key is not None and known.revalued else []
    while queue:
        now = known.alias(queue.pop())
        if now in known.revalued:
            return True
        definition = known.definition(now) if now not in seen else None
        seen.add(now)
        queue += symbol_keys(definition.right) if definition is not None else ()
    return False


def redefinition(r: Refutation) -> Outcome | None:
    return r.definition() if redefines(r.question) else None


def redefines(question: Question) -> bool:
    """A bare symbol, or its square, alone on the left that was given a value before without a mark: it gets another."""
    key, _ = target(solved(question.lhs, question.rhs)[0])
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
