"""A chain read under one choice: its members as terms, its links as closed claims."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field, replace

from derivcheck.context.facts import Convention
from derivcheck.context.subjects import symbols_in
from derivcheck.notation import tree
from derivcheck.notation.keys import symbol_key
from derivcheck.notation.tensors import GREEK_INDICES
from derivcheck.notation.walk import subtrees
from derivcheck.readings import antiderivatives, imaginary, intermediate
from derivcheck.readings.asked import Answers, Asked
from derivcheck.readings.choice import GENERALITY, Choice
from derivcheck.readings.elaborator import Calculus, Elaborator
from derivcheck.readings.errors import Clash, Unread
from derivcheck.readings.folds import RELATIONS as SIGNS
from derivcheck.readings.interior import interior
from derivcheck.readings.known import Known
from derivcheck.readings.outcomes import carried_out
from derivcheck.readings.series import cut, expanded
from derivcheck.readings.unify import parse_dim
from derivcheck.statements.model import RelationKind
from derivcheck.terms.dim import ONE, Dim
from derivcheck.terms.squares import with_squares
from derivcheck.terms.term import Apply, Claim, Condition, Differential, Index, Number, Size, Symbol, Term, Variable
from derivcheck.terms.walk import children, free_indices, map_dims, subterms

RELATIONS: Mapping[RelationKind, str] = {
    RelationKind.EQUAL: "=",
    RelationKind.EQUIV: "=",
    RelationKind.DEFINE: "=",
    RelationKind.NOT_EQUAL: "!=",
    RelationKind.LESS_EQUAL: "<=",
    RelationKind.GREATER_EQUAL: ">=",
    RelationKind.LESS: "<",
    RelationKind.GREATER: ">",
    RelationKind.APPROX: "approx",
}


@dataclass(frozen=True, slots=True)
class Failure:
    """A member or link without meaning under this choice: not read, or shapes that clash. `broken`: as in `Unread`."""

    clash: bool
    reason: str
    detail: str
    start: int
    end: int
    broken: bool = False


@dataclass(frozen=True, slots=True)
class LinkReading:
    """One link under one choice: a claim, or why there is none."""

    choice: Choice
    claim: Claim | None
    failure: Failure | None
    origins: Mapping[str, str]  # where the shape of each symbol comes from
    conventional: tuple[tuple[str, str], ...] = ()  # symbols with a shape by typography only, and the kind taken
    conventional_before: tuple[tuple[str, str], ...] = ()  # the kinds typography gives to the symbols flipped
    weakened: str = ""  # what was known of a symbol but could not be used: such a reading refutes nothing
    matched: bool = False  # sizes were matched to a product in one of several orders
    applied: frozenset[int] = frozenset()  # where the names stand that were read as functions of a bracket
    laid: frozenset[str] = frozenset()  # kinds of derivatives (fields of Layout) whose layout it depends on
    answers: Answers = field(default_factory=Answers, compare=False)  # what it depends on of the choice

    @property
    def clashes(self) -> bool:
        return self.failure is not None and self.failure.clash

    @property
    def lowered(self) -> list[str]:
        """The symbols that are taken for less than they look."""
        usual = dict(self.conventional_before)
        return [k for k, kind in self.choice.kinds if GENERALITY.get(kind, 2) < GENERALITY.get(usual.get(k, kind), 2)]

    def under(self, choice: Choice) -> LinkReading | None:
        """The same reading as that of another choice, where nothing that differs was asked."""
        return replace(self, choice=choice) if self.answers.given_by(choice) else None

def meant(known: Known, choice: Choice | Asked) -> Known:
    """What is known, as far as the choice says that it holds."""
    known = known.recalling() if choice.recalled else known.going_on() if choice.going_on else known
    known = known.remembering() if choice.remembered else known
    known = known.valuing() if choice.use_values else known
    return known.lapsing(far=choice.far) if choice.lapsed else known.generalising() if choice.generic else known


@dataclass(frozen=True, slots=True)
class Begun:
    """A link of which the left side was read under one choice: right sides may be tried one after another."""

    lhs: tree.Node
    choice: Choice
    read: Elaborator
    left: Term | Unread | Clash

    def with_right(
        self, rhs: tree.Node, relation: RelationKind, hypotheses: tuple[tree.Node, ...] = ()
    ) -> LinkReading:
        """The link with this right side."""
        return _finished(self, self.read.fork(), rhs, relation, hypotheses)


def begin_link(lhs: tree.Node, known: Known, choice: Choice, chain: Calculus) -> Begun:
    """The left side of a link under one choice."""
    asked = Asked(choice)
    e = Elaborator(meant(known, asked), asked, chain)
    try:
        return Begun(lhs, choice, e, member(e, lhs))
    except (Unread, Clash) as problem:
        return Begun(lhs, choice, e, problem)


def read_link(
    lhs: tree.Node, rhs: tree.Node, relation: RelationKind, known: Known, choice: Choice, chain: Calculus,
    hypotheses: tuple[tree.Node, ...] = (),
) -> LinkReading:  # fmt: skip
    """lhs relation rhs under one choice."""
    begun = begin_link(lhs, known, choice, chain)
    return _finished(begun, begun.read, rhs, relation, hypotheses)


def _finished(
    begun: Begun, e: Elaborator, rhs: tree.Node, relation: RelationKind, hypotheses: tuple[tree.Node, ...]
) -> LinkReading:
    lhs, choice = begun.lhs, begun.choice
    claim: Claim | None = None
    failure: Failure | None = None
    matched = False
    try:
        if isinstance(begun.left, Unread | Clash):
            raise begun.left.with_traceback(None)
        right = member(e, rhs)
        left, right = expanded(e, *_fitted(e, begun.left, right, lhs))
        left, right = antiderivatives.differentiated(e, left, right, (lhs, rhs))
        left, right = carried_out(e, *imaginary.of_sides(e, left, right))
        if e.choice.order and not e.choice.einstein:  # there it is how far the indices run
            give_order(e, parse_dim(e.choice.order) or Dim.of(e.choice.order), (left, right))
        run_indices(e)
        count_ones(e, (left, right))
        give_lone_identities_an_order(e, (left, right))
        matched = bool(e.unifier.residue)
        if matched:
            e.unifier.match_products(e.choice.matching)
    except Unread as problem:
        failure = Failure(False, problem.reason, problem.detail, problem.start, problem.end, problem.broken)
    except Clash as clash:
        failure = Failure(True, "shape", clash.message, clash.start, clash.end)
    else:
        given = (*_given(e, hypotheses, (lhs, rhs)), *interior(e, (left, right)))
        try:
            claim = intermediate.through(close(e, left, right, _rounded(left, right, RELATIONS[relation]), given))
        except Clash as clash:
            failure = Failure(True, "shape", clash.message, lhs.start, rhs.end)
    laid, origins, conventional = frozenset(e.laid), dict(e.origins), _conventional(e)
    answers = e.choice.answers(laid) if isinstance(e.choice, Asked) else Answers()
    if claim is None:
        return LinkReading(choice, None, failure, origins, conventional, laid=laid, answers=answers)
    weakened = e.weakened or ("a definition of an earlier section" if choice.recalled or choice.going_on else "")
    flipped = tuple(e.flipped.items())
    return LinkReading(
        choice, claim, None, origins, conventional, flipped, weakened, matched, frozenset(e.applied), laid, answers
    )


def run_indices(e: Elaborator) -> None:
    """Indices that nothing bounds run as far as the text says."""
    stated, greek = (e.known.conventions().get(c) for c in (Convention.INDEX_RANGE, Convention.GREEK_RANGE))
    size = parse_dim(stated.detail) if stated is not None else None
    if e.runs and e.choice.einstein and (e.choice.spatial or e.choice.order):
        size = Dim.of(e.choice.spatial or e.choice.order)  # δ_ii = n
    if greek is not None:
        of_greek = [run for name, run in e.runs if name in GREEK_INDICES]
        _run(e, of_greek, Dim.of(int(greek.detail) + 1))
        size = None if of_greek and not e.choice.spatial else size
    if size is None:
        return
    # in a space of three dimensions all vectors have three entries
    sizes = [d for s in e.symbols.values() for d in s.shape] if size.constant is not None else []
    _run(e, [*(run for _, run in e.runs), *sizes], size)


def _run(e: Elaborator, runs: list[Dim], size: Dim) -> None:
    """The sizes among these that nothing else gives."""
    for run in runs:
        if any(v.startswith("?") for v in e.unifier.resolve(run).variables()):
            e.unifier.unify(run, size)


def count_ones(e: Elaborator, sides: tuple[Term, ...]) -> None:
    """The ones of `(1/n) 1 1ᵀ` are n, where nothing else gives their number and n is the only size that is counted
    with."""
    terms = [*sides, *(s.definition for s in e.symbols.values() if s.definition is not None)]
    parts = [t for term in terms for t in subterms(term)]
    ones = {e.unifier.resolve(t.dims[0]) for t in parts if isinstance(t, Apply) and t.operator == "ones"}
    counted = {e.unifier.resolve(t.dim) for t in parts if isinstance(t, Size)} if ones else set[Dim]()
    if len(counted) != 1:
        return
    (size,) = counted
    for number in ones:
        if any(v.startswith("?") for v in number.variables()):
            e.unifier.unify(number, size)


def give_lone_identities_an_order(e: Elaborator, sides: tuple[Term, ...]) -> None:
    """The I of tr(I) and det(λI) beside A has the order of A, where that is the only order of the square matrices."""
    lone = [order for t in _parts(sides) if (order := _order_of_identity(e, t)) is not None]
    if not lone:
        return
    shapes = (e.unifier.shape(s.shape) for s in e.symbols.values())
    orders = {rows for rows, columns in shapes if rows == columns != ONE}
    if len(orders) == 1:
        for order in lone:
            e.unifier.unify(order, *orders)


def _order_of_identity(e: Elaborator, term: Term) -> Dim | None:
    """The order of a multiple of the identity of which a function makes a number that depends on it, where nothing
    gives that order."""
    match term:
        case Apply(operator="trace" | "frobenius", args=(matrix,)) | Apply(
            operator="det", args=(Apply(operator="scale" | "negate") as matrix,)
        ):
            order = e.unifier.resolve(matrix.shape[0])
            inner = matrix
            while isinstance(inner, Apply) and inner.operator in ("scale", "negate"):
                inner = inner.args[-1]
            is_open = any(v.startswith("?") for v in order.variables())
            return order if is_open and isinstance(inner, Apply) and inner.operator == "identity" else None
        case _:
            return None


def _parts(sides: tuple[Term, ...]) -> Iterator[Term]:
    return (t for side in sides for t in subterms(side))


def _rounded(left: Term, right: Term, relation: str) -> str:
    """`1/3 = 0.333`: an equality of numbers with a decimal literal is one up to rounding."""
    decimal = any(isinstance(t, Number) and "." in t.text for t in (left, right))
    closed = not any(isinstance(t, Variable | Index) for side in (left, right) for t in subterms(side))
    return "approx" if relation == "=" and decimal and closed else relation


def member(e: Elaborator, node: tree.Node) -> Term:
    """A side of a link, without the remainder that it may end with."""
    from derivcheck.readings.folds import contract

    node = antiderivatives.opened(e, cut(e, node))
    term = e.read(node)
    if not isinstance(node, tree.Juxt | tree.Infix | tree.Add):
        term = contract(e, term, [term])
    return term


def _fitted(e: Elaborator, left: Term, right: Term, node: tree.Node) -> tuple[Term, Term]:
    if e.is_scalar(left) and not e.is_scalar(right):
        return e.fit(left, right.shape), right
    try:
        return left, e.fit(right, left.shape)
    except Clash as clash:
        message = f"left side is {e.show(left.shape)}, right side is {e.show(right.shape)}"
        raise Clash(message, clash.start, clash.end) from None


def give_order(e: Elaborator, order: Dim, sides: tuple[Term, ...] = ()) -> None:
    """The square matrices of unknown order have this one. Clash when there are none, or the order is another's size."""
    identities = [t for t in _parts(sides) if isinstance(t, Apply) and t.operator == "identity"]
    shapes = [e.unifier.shape(s.shape) for s in e.symbols.values()]
    shapes += [e.unifier.shape(t.shape) for t in identities]
    if any(order.variables() & d.variables() for shape in shapes for d in shape):
        raise Clash("the size of something else")
    square = [rows for rows, columns in shapes if rows == columns and rows.constant is None]
    if not square:
        raise Clash("no square matrix")
    for rows in square:
        e.unifier.unify(rows, order)


def _given(
    e: Elaborator, hypotheses: tuple[tree.Node, ...], claim: tuple[tree.Node, tree.Node]
) -> tuple[Condition, ...]:
    """Conditions over the symbols of this claim: x < 1, cᵀw > 0; equations such as xᵀy = 0, y = Xβ + u, which may hold
    others as well, where the choice says so."""
    out: list[Condition] = []
    for node in hypotheses:
        if not isinstance(node, tree.Rel):
            continue
        names = {symbol_key(n) for n in subtrees(node) if isinstance(n, tree.Sym)} | {*symbols_in(node)}
        if not any(n in e.symbols or n in e.ranges for n in names):
            continue
        for a, op, b in zip(node.items, node.ops, node.items[1:], strict=False):
            relation = SIGNS.get(op)
            if relation == "=" and names & e.complex_symbols and {a, b} != set(claim):
                e.weakened = e.weakened or "a condition on complex numbers"
                continue
            if relation is None or (relation == "=" and (not e.choice.use_equations or {a, b} == set(claim))):
                continue
            condition = _condition(e, a, relation, b)
            if condition is not None and imaginary.restricts(e, condition):
                e.weakened = e.weakened or "a condition on complex numbers"
            elif condition is not None:
                out.append(condition)
    return tuple(out)


def _condition(e: Elaborator, a: tree.Node, op: str, b: tree.Node) -> Condition | None:
    mark, before = e.unifier.mark(), dict(e.symbols)
    try:
        left, right = e.read(a), e.read(b)
        if op == "=":
            left, right = _fitted(e, left, right, a)
        if op == "=" or (set(e.symbols) == set(before) and e.is_scalar(left) and e.is_scalar(right)):
            return Condition(with_squares(left), op, with_squares(right))
    except (Unread, Clash):
        pass
    e.unifier.reset(mark)
    e.symbols = before
    return None


def close(e: Elaborator, left: Term, right: Term, relation: str, given: tuple[Condition, ...]) -> Claim:
    """The claim with all dimensions resolved and every symbol it needs."""
    resolve = e.unifier.resolve
    lhs, rhs = map_dims(left, resolve), map_dims(right, resolve)
    conditions = tuple(c for g in given if isinstance(c := map_dims(g, resolve), Condition))
    symbols = _symbols(e, (lhs, rhs, *conditions))
    names = sorted(free_indices(lhs) | free_indices(rhs))
    free = tuple((n, resolve(e.index_range(n))) for n in names)
    if any(dim.constant == 1 for _, dim in free):
        raise Clash("an index over a single value")
    dims = _all_dims(lhs, rhs, symbols)
    facts = tuple(
        (a, b)
        for a, b in ((resolve(x), resolve(y)) for x, y in (*e.known.ordered_dimensions(), *e.sizes))
        if (a.variables() | b.variables()) <= dims
    )
    return Claim(lhs, rhs, relation, symbols, free, facts, e.unifier.remaining(), conditions)


def _all_dims(lhs: Term, rhs: Term, symbols: Mapping[str, Symbol]) -> frozenset[str]:
    names: set[str] = set()
    for term in (lhs, rhs):
        for t in subterms(term):
            for d in (*t.shape, *getattr(t, "dims", ()), *((t.dim,) if hasattr(t, "dim") else ())):
                names |= d.variables()
    for s in symbols.values():
        names |= s.shape[0].variables() | s.shape[1].variables()
    return frozenset(names)


def _definite(properties: frozenset[str]) -> frozenset[str]:
    """What is said of a square matrix: `P > 0` makes it positive definite."""
    said = {"positive": "spd", "nonnegative": "psd"}
    return frozenset(said.get(p, p) for p in properties)


def _symbols(e: Elaborator, terms: tuple[Term, ...]) -> dict[str, Symbol]:
    """Every symbol the terms need: through definitions, dependence, substitution and variation."""
    needed: dict[str, Symbol] = {}
    stack: list[Term] = list(reversed(terms))
    names: list[str] = []
    while stack or names:
        if names:
            key = names.pop()
            if key in needed or key not in e.symbols:
                continue
            symbol = e.symbols[key]
            definition = map_dims(symbol.definition, e.unifier.resolve) if symbol.definition is not None else None
            shape = e.unifier.shape(symbol.shape)
            said = _definite(symbol.properties) if shape[0] == shape[1] != ONE else symbol.properties - {"skew"}
            needed[key] = replace(symbol, shape=shape, definition=definition, properties=said)
            names.extend(symbol.depends)
            if definition is not None:
                stack.append(definition)
            continue
        term = stack.pop()
        match term:
            case Variable(key=key):
                names.append(key)
            case Differential(varying=varying):
                names.extend(sorted(v for v in varying if v in e.symbols))
            case _:
                if hasattr(term, "key"):
                    names.append(term.key)
        stack.extend(children(term))
    return dict(sorted(needed.items()))


def _conventional(e: Elaborator) -> tuple[tuple[str, str], ...]:
    """Symbols read by typography alone, in order of appearance."""
    return tuple(e.typographic.items())
