"""Reading and evaluating candidates quickly: what an edit leaves alone is not read or evaluated again."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from enum import Enum
from typing import TYPE_CHECKING

from flint import arb, ctx

from derivcheck.algebra.matrix import Imprecise, Undefined, base, shape
from derivcheck.diagnose.credible import vanishes
from derivcheck.diagnose.resolution import Resolution
from derivcheck.notation import tree
from derivcheck.operators.table import OPERATORS
from derivcheck.readings import antiderivatives, imaginary
from derivcheck.readings.chain import count_ones, give_order, meant, member, run_indices
from derivcheck.readings.choice import Choice
from derivcheck.readings.elaborator import Calculus, Elaborator
from derivcheck.readings.errors import Clash, Unread
from derivcheck.readings.known import Known
from derivcheck.readings.outcomes import averaging
from derivcheck.readings.points import is_dummy
from derivcheck.readings.series import expanded, of_side
from derivcheck.terms.dim import Dim, Shape
from derivcheck.terms.term import Apply, Claim, Term, Variable
from derivcheck.terms.walk import free_indices, subterms
from derivcheck.verify.agreement import Match
from derivcheck.verify.environment import Point
from derivcheck.verify.errors import CannotDecide, Unsamplable
from derivcheck.verify.evaluate import evaluate
from derivcheck.verify.points import Sampler

if TYPE_CHECKING:
    from derivcheck.judge.question import Question

Ranges = Mapping[str, Dim]
_POINTS = 3
_MORE = 12  # at which a repair must have a value where the link has one
_EXCEPTIONAL = 1  # of these it may lack one: at a zero, say
_RANGES = frozenset({"positive", "unit_interval", "greater_one", "natural", "spd"})
_MAX_UNKNOWN = 10  # candidates that need points of their own


class Hope(Enum):
    """What the shared points say of a candidate."""

    NONE = "no reading, or another value"
    GOOD = "the same value"
    UNKNOWN = "symbols or sizes that the points do not have"


@dataclass(frozen=True, slots=True)
class _Read:
    """A node and its term, the ranges of its free indices, the shapes of its symbols."""

    node: tree.Node
    term: Term
    ranges: Ranges
    shapes: Mapping[str, Shape]


class _Remembering(Elaborator):
    """An elaborator that reads every node of the link once."""

    def __init__(self, known: Known, choice: Choice, chain: Calculus) -> None:
        super().__init__(known, choice, chain)
        self.learning = True
        self._read_before: dict[tuple[object, ...], _Read] = {}

    def read(self, node: tree.Node) -> Term:
        place = (id(node), self.bound, self.defining, self.parameters)
        found = self._read_before.get(place)
        if found is not None and found.node is node and self._still_meant(found.shapes):
            self._tie(found.ranges)
            return found.term
        term = super().read(node)
        if self.learning:
            ranges = {n: self.ranges[n] for n in sorted(free_indices(term)) if n in self.ranges}
            keys = {t.key for t in subterms(term) if isinstance(t, Variable)} & self.symbols.keys()
            shapes = {key: self.symbols[key].shape for key in keys}
            self._read_before[place] = _Read(node, term, ranges, shapes)
        return term

    def _still_meant(self, shapes: Mapping[str, Shape]) -> bool:
        """Whether the symbols are those that were read: an attempt that failed takes its symbols with it."""
        return all(key in self.symbols and self.symbols[key].shape == shape for key, shape in shapes.items())

    def _tie(self, ranges: Ranges) -> None:
        """What reading a node says of the indices in it holds again wherever the node is found."""
        for name, dim in ranges.items():
            if name in self.ranges:
                self.unifier.unify(self.ranges[name], dim)
            else:
                self.ranges[name] = dim


def _is_partial(term: Apply) -> bool:
    """Whether an operator has no value on a whole range of its arguments."""
    return any(words & _RANGES for words in OPERATORS[term.operator].domain)


class Trial:
    """A well-shaped link under one choice, its sides evaluated at shared points; candidates for a side are
    tried at the same points. Raises Unread, Clash and the errors of `Sampler` when the link has no values."""

    def __init__(self, question: Question, claim: Claim, choice: Choice, seconds: float) -> None:
        self._known = meant(question.known, choice)
        self._unknown = 0
        self.sampler = Sampler(claim, seconds=seconds)
        self.points: Sequence[Point] = self.sampler.valid_points(_POINTS)
        self._more: Sequence[Point] | None = None
        self._reader = _Remembering(self._known, choice, question.chain)
        left, right = member(self._reader, question.lhs), member(self._reader, question.rhs)
        left, right = self._fitted(left, right)
        self._shaped = left  # a side as it is written
        left, right = expanded(self._reader, left, right)
        left, right = (antiderivatives.of_side(self._reader, side) for side in (left, right))
        left, right = imaginary.of_sides(self._reader, left, right)
        self._averaging = averaging(self._reader, left, right)
        if self._averaging is not None:
            left, right = self._averaging.apply(left), self._averaging.apply(right)
            self._averaging.define()
        if choice.order:
            give_order(self._reader, Dim.of(choice.order))
        run_indices(self._reader)
        count_ones(self._reader, (left, right))
        self._reader.unifier.match_products(choice.matching)
        self._reader.learning = False
        self._names = self._names_in(claim)
        own = {dim.name: name for name, dim in self._names.items()}
        self._sizes = tuple(Dim.of(own.get(name) or name) for name in sorted(self.points[0].dims))
        held = {d for s in self._reader.symbols.values() for d in self._reader.unifier.shape(s.shape)}
        self._loose = tuple(d for d in self._sizes if d not in held)  # of identities: an edit may settle them
        self._original = Resolution(lambda dim: self._reader.unifier.resolve(dim).substitute(self._names), {})
        self.lhs, self.rhs = self._original.of(left), self._original.of(right)
        if not self._original.variables <= self.points[0].dims.keys():
            raise Unsamplable("sizes that the points do not have")

    def hope(self, node: tree.Node, side: str) -> Hope:
        """Whether an edited side equals the other one at the shared points. Raises TimedOut."""
        e = self._reader
        mark, symbols, ranges = e.unifier.mark(), dict(e.symbols), dict(e.ranges)
        other = self.rhs if side == "lhs" else self.lhs
        e.symbols = {key: symbol for key, symbol in symbols.items() if not is_dummy(key)}  # they are bound: free again
        try:
            read = self._written_out(of_side(e, self._fitted(self._shaped, member(e, node))[1]))
            if self._averaging is not None:
                read = self._averaging.apply(read)
            run_indices(e)
            renamed = self._renamed(len(mark[2]))
            if renamed is None:
                return Hope.NONE
            resolution = Resolution(
                lambda dim: e.unifier.resolve(dim).substitute(renamed).substitute(self._names),
                {} if any(e.unifier.resolve(dim) != dim for dim in self._loose) else self._original.found,
            )
            term = resolution.of(read)
            fresh = e.symbols.keys() - symbols.keys()
            if any(not self._known.declared(key) and self._known.definition(key) is None for key in fresh):
                return Hope.NONE  # a name that nothing was said of
            if fresh or not resolution.variables <= self.points[0].dims.keys():
                self._unknown += 1
                return Hope.UNKNOWN if self._unknown <= _MAX_UNKNOWN else Hope.NONE
        except (Unread, Clash):
            return Hope.NONE
        finally:
            e.unifier.reset(mark)
            e.symbols, e.ranges = symbols, ranges
        if term == (self.lhs if side == "lhs" else self.rhs):
            return Hope.NONE
        try:
            same = self.sampler.agree(other, term, self.points) is Match.SAME
        except ValueError:  # sizes whose relation the points do not fulfil
            return Hope.NONE
        return Hope.GOOD if same and not self._narrows(term) else Hope.NONE

    def _written_out(self, side: Term) -> Term:
        return imaginary.of_side(self._reader, antiderivatives.of_side(self._reader, side))

    def _narrows(self, term: Term) -> bool:
        """Whether an edited side has no value at several points at which the link has one: √a for a of either sign."""
        if not any(isinstance(t, Apply) and _is_partial(t) for t in subterms(term)):
            return False
        if self._more is None:
            self._more = self.sampler.valid_points(_MORE)
        without = (not self.sampler.has_value(term, point) for point in self._more)
        return sum(without) > _EXCEPTIONAL

    def vanishes(self, side: str) -> bool:
        """Whether a side is zero at all points: a derivative in which nothing varies."""
        term = self.lhs if side == "lhs" else self.rhs
        return all(vanishes(self.sampler, point, term) for point in self.points)

    def same_statement(self) -> bool:
        """Whether the sides differ by a number or a transpose only: then mending one is mending the other."""
        ratios: set[float] = set()
        transposed = True
        with ctx.workprec(self.sampler.precision):
            for point in self.points:
                for env in self.sampler.environments(point):
                    try:
                        left, right = base(evaluate(self.lhs, env)), base(evaluate(self.rhs, env))
                    except (Undefined, Imprecise):
                        continue
                    except CannotDecide:
                        return False
                    rows, columns = shape(left)
                    values = [
                        (float(arb(left[i, j])), float(arb(right[i, j])))
                        for i in range(rows)
                        for j in range(columns)
                    ]
                    ratios |= {round(a / b, 9) if b else float("inf") for a, b in values if a or b}
                    transposed = (
                        transposed
                        and rows == columns
                        and all(
                            abs(float(arb(left[i, j] - right[j, i]))) < 1e-9
                            for i in range(rows)
                            for j in range(columns)
                        )
                    )
        return transposed or len(ratios) <= 1

    def _names_in(self, claim: Claim) -> dict[str, Dim]:
        """The names that the claim has for sizes which were numbered otherwise here."""
        names: dict[str, Dim] = {}
        for key, symbol in claim.symbols.items():
            if key in self._reader.symbols:
                own = self._reader.unifier.shape(self._reader.symbols[key].shape)
                for here, there in zip(own, symbol.shape, strict=True):
                    if here.name is not None and there.name is not None and here != there:
                        names[here.name] = there
        return names

    def _renamed(self, residue: int) -> dict[str, Dim] | None:
        """The sizes of the points by the names they have now; None when two of them had to be equal."""
        unifier = self._reader.unifier
        renamed: dict[str, Dim] = {}
        for dim in self._sizes:
            now = unifier.resolve(dim)
            if now == dim or dim in self._loose:
                continue
            if now.name is None or now.name in renamed or Dim.of(now.name) in self._sizes:
                return None
            renamed[now.name] = dim
        return None if len(unifier.residue) > residue else renamed

    def _fitted(self, one: Term, other: Term) -> tuple[Term, Term]:
        e = self._reader
        if e.is_scalar(one) and not e.is_scalar(other):
            return e.fit(one, other.shape), other
        return one, e.fit(other, one.shape)
