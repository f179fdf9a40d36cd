"""Equations that a text differentiates: after AP + PAᵀ + Q = 0, "hence AṖ + ṖAᵀ + ȦP + PȦᵀ = 0".

The equation binds its symbols at every t, so that its derivative holds as well, whatever the symbols are; what has no
rate in the new equation stands still. It passes when it is the derivative of an equation of its section, or half of
it. It is a finding when the words before it say that something is differentiated and one edit makes it that.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from dataclasses import replace
from itertools import pairwise

from derivcheck.diagnose.model import Limits
from derivcheck.judge.outcome import Outcome
from derivcheck.judge.question import Question, Settled
from derivcheck.judge.roles import Role
from derivcheck.judge.settle import settle
from derivcheck.judge.solutions import Equation
from derivcheck.notation import tree
from derivcheck.notation.derivatives import is_sign, split_derivative
from derivcheck.notation.keys import symbol_key, symbol_keys
from derivcheck.notation.walk import subtrees
from derivcheck.readings.choices import natural
from derivcheck.readings.differentials import is_differential
from derivcheck.readings.known import Known
from derivcheck.readings.variation import survey
from derivcheck.statements.model import RelationKind
from derivcheck.verdict import Verdict
from derivcheck.verify.decide import passes

_DIFFERENTIATING = re.compile(r"\bdifferentia\w+|\bderivatives?\b|求导|微分|导数", re.IGNORECASE)
_D = tree.Sym("d", font="rm")
_TWO = tree.Num("2")
_ZERO = tree.Num("0")
_MOST = 3  # equations that a link is held against


def derived(
    question: Question, equations: Sequence[Equation], prose: str, text: str, limits: Limits
) -> Outcome | None:
    """A pass where the link is the derivative of one of these equations, the last first; a finding where an edit of the
    side that is not zero, in `text`, makes it so; None otherwise."""
    if question.relation is not RelationKind.EQUAL or (operator := _operator(question)) is None:
        return None
    moving = _moving(question.nodes, question.known)
    fitting = [e for e in reversed(equations) if _speaks_of(e, question, moving)][:_MOST]
    for equation in fitting:
        if (settled := _held(question, equation, operator, moving)) is not None:
            said = "the derivative of an equation before it"
            return Outcome(Verdict.VERIFIED, Role.CLAIM, settled=settled, detail=said)
    if len(fitting) != 1 or _DIFFERENTIATING.search(prose) is None or _ZERO not in question.nodes:
        return None
    return _mended(question, fitting[0], operator, moving, text, limits)


def _mended(
    question: Question, equation: Equation, operator: tree.Node, moving: frozenset[str], text: str, limits: Limits
) -> Outcome | None:
    from derivcheck.diagnose.repair import diagnose_value  # loaded for what is false only

    turned = question.rhs == _ZERO
    asked = replace(question, lhs=question.rhs, rhs=question.lhs) if turned else question

    def solves(root: tree.Node) -> bool:
        return _held(replace(asked, rhs=root), equation, operator, moving) is not None

    found = diagnose_value(asked, solves, text, limits)
    if found is None or found.repair is None:
        return None
    if turned:
        found = replace(found, repair=replace(found.repair, side="lhs"))
    return Outcome(Verdict.REFUTED, Role.CLAIM, diagnosis=found)


def _held(question: Question, equation: Equation, operator: tree.Node, moving: frozenset[str]) -> Settled | None:
    """The evidence that the link is the derivative of the equation, with either sign, or half of it."""
    left = _difference(question.lhs, question.rhs)
    slope = _difference(*(_applied(operator, side) for side in (equation.lhs, equation.rhs)))
    chain = question.chain
    if isinstance(operator, tree.Frac):
        chain = survey((left, slope), (left, slope), question.known)
        chain = replace(chain, depends=tuple((key, by) for key, by in chain.depends if key in moving))
    for one, other in ((left, slope), (left, tree.Add(("-",), (slope,), True)), (tree.Juxt((_TWO, left)), slope)):
        asked = replace(question, lhs=one, rhs=other, chain=chain, hypotheses=())
        readings = (asked.read(choice) for choice in natural(asked.nodes, asked.known))
        claim = next((r.claim for r in readings if r.claim is not None), None)
        agreed = passes(claim) if claim is not None else None
        if agreed is not None and not agreed.zero and (settled := settle(asked)).agreed:
            return settled
    return None


def _difference(left: tree.Node, right: tree.Node) -> tree.Node:
    """(left) − (right)."""
    if right == _ZERO:
        return tree.Fence("(", ")", left)
    minus = tree.Add(("+", "-"), (tree.Fence("(", ")", left), tree.Fence("(", ")", right)))
    return tree.Fence("(", ")", minus)


def _applied(operator: tree.Node, side: tree.Node) -> tree.Node:
    if side == _ZERO:
        return side
    return tree.Juxt((operator, tree.Fence("(", ")", side)))


def _operator(question: Question) -> tree.Node | None:
    """d/dt where something has a dot, d/dx where something is differentiated by x alone, d before differentials."""
    nodes = [n for root in question.nodes for n in subtrees(root)]
    if any(isinstance(n, tree.Accent) and n.accent == "dot" for n in nodes):
        return _by(tree.Sym("t"))
    variables = {split[1] for n in nodes if isinstance(n, tree.Frac) and (split := split_derivative(n.num, n.den))}
    if variables:
        one = variables.pop()
        return _by(one[0]) if not variables and len(one) == 1 and isinstance(one[0], tree.Sym) else None
    return _D if any(True for _ in _differentials(question.nodes, question.known)) else None


def _by(variable: tree.Sym) -> tree.Frac:
    return tree.Frac(_D, tree.Juxt((_D, variable)))


def _moving(nodes: Sequence[tree.Node], known: Known) -> frozenset[str]:
    """The symbols with a rate or a differential."""
    found: set[str | None] = set(_differentials(nodes, known))
    for n in (n for root in nodes for n in subtrees(root)):
        match n:
            case tree.Accent(accent="dot", body=body):
                found.add(symbol_key(body))
            case tree.Frac(num=num, den=den) if (split := split_derivative(num, den)) is not None:
                found |= {symbol_key(split[0])} if split[0] is not None else set()
            case _:
                pass
    return frozenset(key for key in found if key is not None)


def _differentials(nodes: Sequence[tree.Node], known: Known) -> Iterator[str]:
    """X of dX."""
    for items in (n.items for root in nodes for n in subtrees(root) if isinstance(n, tree.Juxt)):
        for sign, following in pairwise(items):
            bare = following.base if isinstance(following, tree.Script) and following.sub is None else following
            key = symbol_key(bare)
            if isinstance(sign, tree.Sym) and is_sign(sign) and key is not None:
                yield from (key,) if is_differential(known, sign, following) else ()


def _speaks_of(equation: Equation, question: Question, moving: frozenset[str]) -> bool:
    """Whether everything that moves, stands in the equation, which is no derivative itself."""
    keys = symbol_keys(equation.lhs, equation.rhs)
    return bool(moving) and moving <= keys and not _moving((equation.lhs, equation.rhs), question.known)
