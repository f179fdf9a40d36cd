"""Formulas without meaning: whatever their undeclared letters stand for, the shapes clash.

A clash under one reading says little, since letters are read by their looks. Here every letter that was met before the
clash is tried as a column, a row, a matrix and a scalar, as far as its use allows; a formula that has no meaning for
any of them has none. Nothing is evaluated, so that conditions, definitions and inequalities are held to it as well.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator
from dataclasses import dataclass, replace
from functools import partial
from itertools import pairwise, product

from derivcheck.context.spaces import Space, space
from derivcheck.diagnose.model import Diagnosis, Limits
from derivcheck.judge.formula import Formula
from derivcheck.judge.outcome import Outcome
from derivcheck.judge.roles import Role
from derivcheck.judge.settle import Question
from derivcheck.notation import tree
from derivcheck.notation.keys import symbol_key
from derivcheck.notation.transposes import TRANSPOSES
from derivcheck.notation.walk import subtrees
from derivcheck.readings.choice import Choice
from derivcheck.readings.choices import has_derivative, natural
from derivcheck.readings.elaborator import Elaborator
from derivcheck.readings.errors import Clash, Unread
from derivcheck.readings.known import Known
from derivcheck.readings.unify import parse_dim
from derivcheck.statements.model import RelationKind
from derivcheck.terms.dim import ONE
from derivcheck.terms.term import Term
from derivcheck.verdict import Verdict

_KINDS = ("column", "row", "matrix", "scalar")
_MAX_READINGS = 160  # of one formula
_NONSCALAR = frozenset({"matrix", "vector", "nonscalar"})
_EXTREMA = frozenset({"max", "min", "sup", "inf"})
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

Goal = Callable[[Elaborator], None]  # raises Clash where the formula has no meaning


def meaningless(
    question: Question, sign: str, others: tuple[Formula, ...], text: str, limits: Limits
) -> Outcome | None:
    """A finding where a relation has no meaning, None where it has one or nothing is certain. `others` are the
    relations of the same display, in which its letters mean the same.

    What has a meaning for an author who divides vectors entry by entry needs an edit that mends it."""
    formula = Formula(question.lhs, question.rhs, question.relation, sign)
    said = _failure(question, formula, others)
    if not said:
        return None
    derivative = has_derivative(question.nodes)  # whether a gradient is a row or a column is no slip
    found = None if derivative else _mended(question, formula, others, text, replace(limits, structural_only=True))
    if found is None and not _failure(question, formula, others, entrywise=True):
        return None
    return Outcome(Verdict.ILL_SHAPED, Role.CLAIM, None, said, diagnosis=found or Diagnosis("DC201", said))


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
    question: Question, formula: Formula, others: tuple[Formula, ...], *, entrywise: bool = False
) -> str | None:
    """Why the relation has no meaning; "" where it has one, None where that is not known."""
    goal = _plain_goal(formula, question.known)
    if goal is None:
        return None
    search = _Search(question, entrywise)
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
    listed = formula.kind not in _COMPARED
    plain = all(_is_plain(n, known, listed) for n in _parts(formula))
    return _goal(formula) if plain and not _names_members(formula, known) else None


def _names_members(formula: Formula, known: Known) -> bool:
    """X beside X_1: an entry, a row, a column or a block of it, or another matrix."""
    nodes = [n for root in _parts(formula) for n in subtrees(root)]
    scripts = [n for n in nodes if isinstance(n, tree.Script) and n.sub is not None]
    indexed = [symbol_key(n.base) for n in scripts if not known.declared(symbol_key(replace(n, sup=None)) or "")]
    bare = {id(n) for n in nodes if isinstance(n, tree.Sym | tree.Accent)} - {id(n.base) for n in scripts}
    return any(id(n) in bare and symbol_key(n) in indexed for n in nodes if isinstance(n, tree.Sym | tree.Accent))


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
        case tree.Big(op=op, body=body) if op in _EXTREMA and body is not None:
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


@dataclass(frozen=True, slots=True)
class _Search:
    """The readings of a formula, every letter of any kind that its use allows."""

    question: Question
    entrywise: bool  # vectors may be multiplied and divided entry by entry

    def failure(self, goals: tuple[Goal, ...]) -> str | None:
        """Why no reading meets all goals; "" where one does, None where that is not known."""
        known = self.question.known.forgetting()  # a definition that was misread must not clash
        bases = list(natural(self.question.nodes, known))
        bases = bases if has_derivative(self.question.nodes) else bases[:1]
        bases = [base.but(entrywise=self.entrywise) for base in bases]
        bases += [base.but(sequences=True) for base in bases] + [base.but(broadcast=True) for base in bases]
        found = [self._fails(goals, base, known) for base in bases]
        if "" in found or None in found or self._spells_sizes_twice():
            return "" if "" in found else None
        return found[0]

    def _spells_sizes_twice(self) -> bool:
        """k×n in one place, K in another: perhaps the same size."""
        letters = {n.name for n in self._symbols() if isinstance(n, tree.Sym)}
        keys = [k for n in self._symbols() if (k := symbol_key(n)) is not None]
        for fact in (*map(self.question.known.shape, keys), *map(self.question.known.function, keys)):
            letters |= {fact.rows, fact.cols} if fact is not None else set()
        return bool({d for d in letters if d.isupper()} & {d.upper() for d in letters if d.islower()})

    def _symbols(self) -> Iterator[tree.Node]:
        return (n for root in self.question.nodes for n in subtrees(root) if isinstance(n, tree.Sym | tree.Accent))

    def fits_naturally(self, goal: Goal) -> bool:
        """Whether the letters may be what they look like."""
        for base in natural(self.question.nodes, self.question.known):
            try:
                goal(Elaborator(self.question.known.forgetting(), base, self.question.chain))
            except (Unread, Clash):
                continue
            return True
        return False

    def _fails(self, goals: tuple[Goal, ...], base: Choice, known: Known) -> str | None:
        """The first clash, where every assignment of kinds leads to one; "" where one does not, None for not known."""
        bound = self._bound()
        queue = [tuple(zip(bound, kinds, strict=True)) for kinds in product(_KINDS, repeat=len(bound))]
        said = ""
        for kinds in queue:
            if len(queue) > _MAX_READINGS:
                return None
            e = Elaborator(known, base.but(kinds=kinds), self.question.chain)
            try:
                for goal in goals:
                    goal(e)
            except Unread:
                return None
            except Clash as clash:
                said = said or clash.message
                loose = next((k for k in e.symbols if k not in dict(kinds) and self._is_loose(k, e)), None)
                if loose is not None:
                    queue += [(*kinds, (loose, kind)) for kind in self._kinds(loose)]
            else:
                return ""
        return said

    def _is_loose(self, key: str, e: Elaborator) -> bool:
        """Whether a letter may be of another kind: what words say of it counts only where they tell its size."""
        fact = self.question.known.shape(key)
        sized = fact is None or fact.kind == "scalar" or not {fact.rows, fact.cols} <= {"", "1"}
        return key in e.typographic or not sized

    def _kinds(self, key: str) -> tuple[str, ...]:
        """A transposed or a bold letter is no number."""
        nonscalar = bool(self.question.known.usage.of(key) & _NONSCALAR) or key.startswith("bf:")
        return _KINDS[:3] if nonscalar else _KINDS

    def _bound(self) -> tuple[str, ...]:
        """What extrema run over: another thing than what the text declares under this letter."""
        nodes = (n for root in self.question.nodes for n in subtrees(root) if isinstance(n, tree.Big))
        firsts = (_runs_over(n.sub) for n in nodes if n.op in _EXTREMA)
        letters = (symbol_key(first) for first in firsts if first is not None)
        return tuple(dict.fromkeys(k for k in letters if k is not None))


def _runs_over(sub: tree.Node | None) -> tree.Node | None:
    match sub:
        case tree.Rel(items=(first, *_)):
            return first
        case _:
            return sub


def _is_plain(root: tree.Node, known: Known, listed: bool) -> bool:
    """Whether nothing in it may be read in yet another way: no words, lists, operators, or letters before a bracket
    that may be functions. What is written out may be an example of its own, unless the text says how large it is
    (`listed`)."""
    pairs = 0
    for node in subtrees(root):
        match node:
            case tree.Fence(open="<", close=">"):
                pairs += 1
            case tree.Sequence():
                pairs -= 1
            case tree.Dots() | tree.Grid() if listed:
                pass
            case tree.Opaque() | tree.Words() | tree.Dots() | tree.Grid() | tree.Script(base=tree.Num()):
                return False
            case tree.Script(base=tree.Sym(name="I"), sub=tree.Num()):  # a current, an integral, an identity
                return False
            case tree.Script(sup=tree.Sym(name=name)) if name not in TRANSPOSES:  # a label or a power
                return False
            case tree.Juxt(items=items):
                if any(_may_call(a, b, known) or _may_act(a, b, known) for a, b in pairwise(items)):
                    return False
            case tree.Infix(op=":" | "\\otimes") | tree.Script(base=tree.Fence(open="<")):
                return False  # of tensors of any order
            case tree.Accent(accent="dot" | "ddot"):  # a rate, or a name
                return False
            case tree.Sym(name="\\partial" | "d" | "\\delta" | "\\Delta" | "D"):
                return False
            case _:
                pass
    return pairs == 0


def _may_call(head: tree.Node, following: tree.Node, known: Known) -> bool:
    """A letter before a bracket, of which the text does not say that it is a function, a matrix or a number."""
    inner = following.base if isinstance(following, tree.Script) else following
    if not isinstance(inner, tree.Fence) or not isinstance(head, tree.Sym | tree.Script | tree.Accent):
        return False
    base = head.base if isinstance(head, tree.Script) else head
    keys = [k for k in (symbol_key(head), symbol_key(base)) if k is not None]
    return not any(known.function(k) is not None or known.shape(k) is not None for k in keys)


def _may_act(head: tree.Node, following: tree.Node, known: Known) -> bool:
    """∇ before anything but a function that the text declares."""
    key = symbol_key(following)
    return head == tree.Sym("\\nabla") and (key is None or known.function(key) is None)


def _names(formula: Formula, known: Known) -> frozenset[str]:
    """The symbols whose shape the text does not give."""
    nodes = (n for root in _parts(formula) for n in subtrees(root))
    keys = (symbol_key(n) for n in nodes if isinstance(n, tree.Sym | tree.Accent))
    return frozenset(k for k in keys if k is not None and known.shape(k) is None)
