"""Formulas without meaning: whatever their undeclared letters stand for, the shapes clash.

A clash under one reading says little, since letters are read by their looks. Here every letter that was met before the
clash is tried as a column, a row, a matrix and a scalar, as far as its use allows; a formula that has no meaning for
any of them has none. Nothing is evaluated, so that conditions, definitions and inequalities are held to it as well.
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import replace
from functools import partial

from derivcheck.context.spaces import Space, space
from derivcheck.diagnose.model import Diagnosis, Limits
from derivcheck.judge.formula import Formula
from derivcheck.judge.ill_shaped import gives_an_example, made_of_numbers_here, of_another_occasion
from derivcheck.judge.kinds import EXTREMA, Goal, Search
from derivcheck.judge.outcome import Outcome
from derivcheck.judge.plain import is_plain, names_members
from derivcheck.judge.question import Question
from derivcheck.judge.roles import Role
from derivcheck.notation import tree
from derivcheck.notation.keys import symbol_key
from derivcheck.notation.walk import subtrees
from derivcheck.readings.choices import has_derivative
from derivcheck.readings.definitions import target
from derivcheck.readings.elaborator import Elaborator
from derivcheck.readings.errors import Clash
from derivcheck.readings.known import Known
from derivcheck.readings.symbols import may_name_another
from derivcheck.readings.unify import parse_dim
from derivcheck.statements.model import RelationKind
from derivcheck.terms.dim import ONE
from derivcheck.terms.term import Term
from derivcheck.verdict import Verdict

_COMPARED = frozenset(
    {
        RelationKind.EQUAL,
        RelationKind.EQUIV,
        RelationKind.APPROX,
        RelationKind.LESS,
        RelationKind.LESS_EQUAL,
        RelationKind.GREATER,
        RelationKind.GREATER_EQUAL,
    }
)
_MEMBER = frozenset({"\\in"})



def meaningless(
    question: Question, sign: str, others: tuple[Formula, ...], text: str, limits: Limits
) -> Outcome | None:
    """A finding where a relation has no meaning, None where it has one or nothing is certain. `others` are the
    relations of the same display, in which its letters mean the same.

    What has a meaning for an author who divides vectors entry by entry needs an edit that mends it, and so does a
    number that is called I."""
    formula = Formula(question.lhs, question.rhs, question.relation, sign)
    said = _failure(question, formula, others, turned=True)
    if not said:
        return None
    derivative = has_derivative(question.nodes)  # whether a gradient is a row or a column is no slip
    found = None if derivative else _mended(question, formula, others, text, replace(limits, structural_only=True))
    if (found is None or _powers_by_entries(question)) and not _failure(question, formula, others, entrywise=True):
        return None
    another = may_name_another(question.known, question.lhs) or gives_an_example(question)
    another = another or made_of_numbers_here(question)
    if found is None and (another or of_another_occasion(question) is not None):
        return None
    return Outcome(Verdict.ILL_SHAPED, Role.CLAIM, None, said, diagnosis=found or Diagnosis("DC201", said))


def _powers_by_entries(question: Question) -> bool:
    """`v^{-1/2}` of a vector v: an author who writes that multiplies by entries as well."""
    powers = (n for root in question.nodes for n in subtrees(root) if isinstance(n, tree.Script))
    raised = (symbol_key(n.base) for n in powers if isinstance(n.sup, tree.Add | tree.Frac | tree.Num | tree.Infix))
    facts = (question.known.shape(key) for key in raised if key is not None)
    return any(fact is not None and fact.is_column for fact in facts)


def _mended(
    question: Question, formula: Formula, others: tuple[Formula, ...], text: str, limits: Limits
) -> Diagnosis | None:
    """An edit of a side that gives the relation a meaning."""
    from derivcheck.diagnose.repair import diagnose_value  # loaded for what clashes only

    def right(root: tree.Node) -> bool:
        return _failure(replace(question, rhs=root), replace(formula, right=root), others) == ""

    def left(root: tree.Node) -> bool:
        return _failure(replace(question, lhs=root), replace(formula, left=root), others) == ""

    turned = replace(question, lhs=question.rhs, rhs=question.lhs)
    sides = (("rhs", question, right), ("lhs", turned, left))
    for side, asked, fits in sides if formula.kind in _COMPARED else sides[1:]:
        found = diagnose_value(asked, fits, text, limits)
        if found is not None and found.repair is not None:
            return replace(found, repair=replace(found.repair, side=side))
    return None


def _failure(
    question: Question, formula: Formula, others: tuple[Formula, ...], *, entrywise: bool = False, turned: bool = False
) -> str | None:
    """Why the relation has no meaning; "" where it has one, None where that is not known."""
    goal = _plain_goal(formula, question.known)
    if goal is None:
        return None
    search = Search(question, entrywise, turned)
    parts = () if entrywise else _inner_goals(formula)
    for one in (*parts, goal):
        if said := search.failure((one,)):
            return said
    if said is None or search.fits_naturally(goal):
        return said
    shared = _names(formula, question.known)
    related = [f for f in others if f != formula and _names(f, question.known) & shared]
    beside = [g for f in related if (g := _plain_goal(f, question.known)) is not None and search.fits_naturally(g)]
    return search.failure((*beside, goal)) if beside else said


def _plain_goal(formula: Formula, known: Known) -> Goal | None:
    if formula.kind is RelationKind.EQUAL and _calls_unknown(formula.left, known):
        return None
    listed = formula.kind not in _COMPARED
    plain = all(is_plain(n, known, listed) for n in _parts(formula))
    return _goal(formula) if plain and not names_members(_parts(formula), known) else None


def _calls_unknown(node: tree.Node, known: Known) -> bool:
    """R(q) of "R(q) = …", which says what R does where nothing else does: no product of R and q."""
    key, arguments = target(node)
    return key is not None and bool(arguments) and known.function(key) is None and known.shape(key) is None


def _goal(formula: Formula) -> Goal | None:
    """What it takes for a relation to have a meaning."""
    if formula.kind in _COMPARED:
        return lambda e: _compare(e, formula.left, formula.right)
    if formula.sign in _MEMBER and (found := space(formula.right)) is not None and found.kind:
        return lambda e: _belong(e, formula.left, found)
    return None


def _inner_goals(formula: Formula) -> Iterator[Goal]:
    """What it takes for its parts: fewer letters, each of which may be of more kinds."""
    for part in _parts(formula):
        for node in subtrees(part):
            if isinstance(node, tree.Frac):
                yield partial(_number, node=node.den)


def _number(e: Elaborator, node: tree.Node) -> None:
    """A denominator is a number."""
    term = e.read(node)
    if not e.is_scalar(term):
        raise Clash(f"division by {e.show(term.shape)}", node.start, node.end)


def _parts(formula: Formula) -> tuple[tree.Node, ...]:
    return (formula.left, formula.right) if formula.kind in _COMPARED else (formula.left,)


def _compare(e: Elaborator, left: tree.Node, right: tree.Node) -> None:
    """Both sides of one shape; 0 has any, and a number may be compared with every entry."""
    one, other = _side(e, left), _side(e, right)
    if isinstance(left, tree.Num) or isinstance(right, tree.Num):
        return
    if e.is_scalar(one) != e.is_scalar(other):
        where = right if e.is_scalar(one) else left
        raise Clash(f"left side is {e.show(one.shape)}, right side is {e.show(other.shape)}", where.start, where.end)
    e.fit(other, one.shape)


def _side(e: Elaborator, node: tree.Node) -> Term:
    """The largest of several values is one of numbers."""
    match node:
        case tree.Big(op=op, body=body) if op in EXTREMA and body is not None:
            term = e.read(body)
            if not e.is_scalar(term):
                raise Clash(f"{op} of {e.show(term.shape)}", node.start, node.end)
            return term
        case _:
            return e.read(node)


def _belong(e: Elaborator, node: tree.Node, within: Space) -> None:
    """A member of a set of numbers is a number, one of ℝᵐˣⁿ has m rows and n columns."""
    term = _side(e, node)
    rows, columns = parse_dim(within.rows), parse_dim(within.cols)
    if within.kind == "scalar":
        if not e.is_scalar(term):
            raise Clash(f"{e.show(term.shape)} where a number is meant", node.start, node.end)
        return
    if rows is None or columns is None:
        return
    try:
        e.unifier.unify_shapes(term.shape, (rows, columns))
    except Clash:
        if columns != ONE or not e.is_row(term):  # ℝⁿ holds rows as well
            raise Clash(f"{e.show(term.shape)}, said to be {e.show((rows, columns))}", node.start, node.end) from None


def _names(formula: Formula, known: Known) -> frozenset[str]:
    """The symbols whose shape the text does not give."""
    nodes = (n for root in _parts(formula) for n in subtrees(root))
    keys = (symbol_key(n) for n in nodes if isinstance(n, tree.Sym | tree.Accent))
    return frozenset(k for k in keys if k is not None and known.shape(k) is None)
