"""One attempt at reading: surface trees to typed terms under one `Choice`.

The state of an attempt is this object (symbols met, dimension equations, index ranges); nothing of it outlives
the attempt. The rules stand in modules by subject: symbols, scripts, products, folds, calculus, fences, grids.
"""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager
from copy import copy
from dataclasses import dataclass, replace
from typing import Self, assert_never

from derivcheck.notation import tree
from derivcheck.operators.table import OPERATORS
from derivcheck.readings import calculus, dots, fences, folds, grids, marks, numbers, products, scripts, symbols
from derivcheck.readings.asked import Asked
from derivcheck.readings.choice import Choice
from derivcheck.readings.errors import Clash, Unread
from derivcheck.readings.known import Known
from derivcheck.readings.unify import Unifier
from derivcheck.terms.dim import ONE, Dim, Shape
from derivcheck.terms.term import Apply, Condition, Number, Symbol, Term, Variable
from derivcheck.work import METER, NODE_READ

_MAX_DEPTH = 120
_MAX_TERMS = 400


@dataclass(frozen=True, slots=True)
class Calculus:
    """What the chain says about variation: which symbols `d` varies, which depend on which."""

    varying: frozenset[str] = frozenset()
    varied: frozenset[str] = frozenset()  # those that `d` stands before, defined by what varies or not
    depends: tuple[tuple[str, tuple[str, ...]], ...] = ()
    intermediate: frozenset[str] = frozenset()  # differentiated and differentiated by, next to a vector
    potentials: frozenset[str] = frozenset()  # symbols under a bare ∇: scalars, by every usage of the sign
    matrix: str = ""  # the only matrix whose determinant or adjugate the display speaks of
    bare: frozenset[str] = frozenset()  # symbols that stand without subscript somewhere in the display
    uppers: tuple[tuple[str, tree.Node], ...] = ()  # n of i where every Σ_{i=1} that says so ends at n
    summed: frozenset[str] = frozenset()  # x of a sum over x_k: next to it, x_i is an entry of x as well
    moved: frozenset[str] = frozenset()  # symbols with a subscript such as k+1 in the display
    parts: tuple[tuple[str, tree.Node], ...] = ()  # values of the symbols by which the chain differentiates
    fields: tuple[tuple[str, str], ...] = ()  # letters behind ∇ and ∂_i, with the kind that shows
    place: str = ""  # the letter of the position, where it is written
    indexed: bool = False  # written in index notation, without sum signs
    by_entries: frozenset[str] = frozenset()  # z of ∂/∂z_j
    lower: frozenset[str] = frozenset()  # letters that stand in subscripts of the chain
    counted: frozenset[str] = frozenset()  # sets up to whose number of members a sum of the display runs
    listed: tuple[tuple[str, int, bool], ...] = ()  # letters whose entries are written out, with their number
    components: tuple[tuple[str, str, int], ...] = ()  # (x, q, 1) where the chain differentiates by q = (x, y, z)
    lasts: frozenset[str] = frozenset()  # letters at which a sum ends, and over which none runs: k of Σ_{j=1}^k

    @property
    def moving(self) -> frozenset[str]:
        """What varies, and what depends on anything where something does."""
        return self.varying | self.varied | {name for name, _ in self.depends} if self.varying else frozenset()


class Elaborator:
    """Reads nodes under one choice. `bound` are the indices in scope, innermost last."""

    def __init__(self, known: Known, choice: Choice | Asked, chain: Calculus) -> None:
        self.known = known
        self.home = known  # the context of the claim itself, while definitions are read in theirs
        self.choice = choice
        self.chain = chain
        self.unifier = Unifier(known.equal_dimensions())
        self.symbols: dict[str, Symbol] = {}
        self.origins: dict[str, str] = {}
        self.ranges: dict[str, Dim] = {}
        self.family_ranges: dict[str, Dim] = {}  # how many members a family has, by its key
        self.runs: list[tuple[str, Dim]] = []  # of all indices ever met
        self.open_ranges: dict[str, Dim] = {}  # of sums from 1 without an upper limit, one for each letter
        self.conditions: list[Condition] = []
        self.sizes: list[tuple[Dim, Dim]] = []  # (larger, smaller) that the reading needs
        self.bound: tuple[str, ...] = ()
        self.defining: frozenset[str] = frozenset()
        self.parameters: frozenset[str] = frozenset()
        self.typographic: dict[str, str] = {}  # symbols whose kind is mere typography, in order of appearance
        self.flipped: dict[str, str] = {}  # symbols read otherwise than by typography, and what that says
        self.local_parameters: dict[str, tuple[str, ...]] = {}  # functions whose parameters got names of their own
        self.given: set[frozenset[str]] = set()  # what the expectations of the link are conditioned on
        self.endless: set[str] = set()  # symbols of whose powers there is a sum to infinity
        self.remainders: dict[str, int] = {}  # how many coefficients are told of an expansion in a symbol
        self.open_integrals: set[int] = set()  # by identity of the node: those that may be read
        self.primitive: dict[str, Variable] = {}  # the variable of such integrals that were read, and its step
        self.constants_left_out = False  # whether a side ended with a constant of integration
        self.imaginary = False  # whether sides are written as their real and imaginary parts
        self.complex_symbols: frozenset[str] = frozenset()  # those that are two real ones then
        self.weakened = ""  # what was known of a symbol but could not be used
        self.laid: set[str] = set()  # kinds of derivatives (fields of Layout) met whose shape the layout decides
        self.applied: set[int] = set()  # where the names stand that were read as functions of a bracket
        self.kinds_read: dict[int, str] = {}  # by identity of the node: what a base under a mark is
        self.divides = False  # whether a divisor is read, where no differential stands
        self._depth = 0

    def fork(self) -> Self:
        """An attempt that has read the same and goes its own way from here."""
        other = copy(self)
        for name, value in vars(self).items():
            if isinstance(value, dict | list | set | Unifier | Asked):
                setattr(other, name, value.fork() if isinstance(value, Unifier | Asked) else copy(value))
        return other

    # -- dispatch -----------------------------------------------------------------------------------------

    def read(self, node: tree.Node) -> Term:
        """The term a node stands for; Unread or Clash when this attempt has none."""
        METER.spent += NODE_READ
        self._depth += 1
        if self._depth > _MAX_DEPTH:
            self._depth = 0
            raise Unread("too large", "nested too deeply", node.start, node.end)
        try:
            term = self._read(node)
        except Clash as clash:
            if clash.end == 0:
                raise Clash(clash.message, node.start, node.end) from None
            raise
        finally:
            self._depth -= 1
        return term if term.end else replace(term, start=node.start, end=node.end)

    def _read(self, node: tree.Node) -> Term:
        match node:
            case tree.Num():
                return numbers.literal(node)
            case tree.Sym() | tree.Accent():
                return symbols.symbol(self, node)
            case tree.Name():
                return symbols.bare_name(self, node)
            case tree.Script():
                return scripts.script(self, node)
            case tree.Juxt():
                return products.juxtaposition(self, node.items, node)
            case tree.Infix():
                return products.infix(self, node)
            case tree.Add():
                return self._sum(node)
            case tree.Frac():
                return calculus.fraction(self, node)
            case tree.Sqrt():
                return numbers.root(self, node)
            case tree.Fence():
                return fences.fence(self, node)
            case tree.Big():
                return folds.big(self, node)
            case tree.Grid():
                return grids.grid(self, node)
            case tree.Factorial():
                name = "factorial" if node.count == 1 else "double_factorial"
                return self.apply(name, (self.read(node.body),), node)
            case tree.At():
                return marks.evaluated(self, node)
            case tree.Styled():
                return self.read(node.body)
            case tree.Stack():
                return self.read(node.body)
            case tree.Dots():
                raise Unread("dots", "", node.start, node.end)
            case tree.Words():
                raise Unread("words", node.text, node.start, node.end)
            case tree.Opaque():
                raise Unread("unparsed", f"{node.source}: {node.reason}", node.start, node.end)
            case tree.Sequence():
                raise Unread("unsupported operator", "a list", node.start, node.end)
            case tree.Rel():
                raise Unread("unsupported operator", "a relation inside an expression", node.start, node.end)
            case tree.Empty():
                raise Unread("unparsed", "nothing stands here", node.start, node.end)
            case _:
                assert_never(node)

    def divisor(self, node: tree.Node) -> Term:
        """What a quotient, no derivative, has below: the d of 1/(dσ) is no differential where d is a size."""
        outer, self.divides = self.divides, True
        try:
            return self.read(node)
        finally:
            self.divides = outer

    # -- sums ---------------------------------------------------------------------------------------------

    def _sum(self, node: tree.Add) -> Term:
        if len(node.terms) > _MAX_TERMS:
            raise Unread("too large", "a long sum", node.start, node.end)
        if any(s in ("\\pm", "\\mp") for s in node.signs):
            raise Unread("unsupported operator", "±", node.start, node.end)
        if any(isinstance(t, tree.Dots) for t in node.terms):
            return dots.total(self, node)
        if self.choice.wide_sums:
            wide = folds.widened(node)
            if wide is not None:
                return self.read(wide)
        read = [self.read(t) for t in node.terms]
        parts = [
            self.apply("negate", (t,), n) if s == "-" else t
            for s, t, n in zip(node.signs, read, node.terms, strict=True)
        ]
        return self.add(parts, node)

    def add(self, parts: list[Term], node: tree.Node) -> Term:
        """Sum of terms of one shape, zeros taking the shape of the rest."""
        if len(parts) == 1:
            return parts[0]
        full = next((p for p in parts if not self.unifier.is_scalar(p.shape)), parts[0])
        fitted = [self.fit(p, full.shape) for p in parts]
        return Apply("add", tuple(fitted), shape=full.shape, start=node.start, end=node.end)

    def fit(self, term: Term, shape: Shape) -> Term:
        """`term` where a value of `shape` is needed: zero of any shape, a number on every entry, s for sI."""
        if self.unifier.is_scalar(term.shape) and not self.unifier.is_scalar(shape):
            if isinstance(term, Number) and term.value == 0:
                return Apply("zeros", (), dims=shape, shape=shape, start=term.start, end=term.end)
            if self.choice.scalar_identity:
                mark = self.unifier.mark()
                try:
                    self.unifier.unify(*shape)
                except Clash:
                    self.unifier.reset(mark)
                else:
                    identity = Apply("identity", (), dims=(shape[0],), shape=shape)
                    return Apply("scale", (term, identity), shape=shape, start=term.start, end=term.end)
            if self.choice.broadcast and 1 in (shape[0].constant, self.unifier.resolve(shape[1]).constant):
                return Apply("broadcast", (term,), dims=shape, shape=shape, start=term.start, end=term.end)
        try:
            self.unifier.unify_shapes(term.shape, shape)
        except Clash:
            message = f"{self.show(term.shape)} does not fit {self.show(shape)}"
            raise Clash(message, term.start, term.end) from None
        return term

    # -- operators ----------------------------------------------------------------------------------------

    def apply(self, name: str, args: tuple[Term, ...], node: tree.Node, dims: tuple[Dim, ...] = ()) -> Term:
        """An operator of the table on these operands, shapes unified with the first signature that fits."""
        if name not in OPERATORS:
            raise Unread("unsupported operator", name, node.start, node.end)
        operator = OPERATORS[name]
        failure: Clash | None = None
        for signature in operator.signatures:
            if len(signature.inputs) != len(args):
                continue
            mark = self.unifier.mark()
            letters: dict[str, Dim] = {}
            try:
                for needed, arg, new in zip(signature.inputs, args, signature.letters, strict=False):
                    letters.update((letter, self.unifier.fresh()) for letter in new)
                    self.unifier.unify_shapes(_instance(needed, letters), arg.shape)
            except Clash as clash:
                self.unifier.reset(mark)
                failure = clash
                continue
            letters.update((letter, self.unifier.fresh()) for letter in signature.letters[-1])
            shape = _instance(signature.output, letters)
            return Apply(name, args, dims, shape=shape, start=node.start, end=node.end)
        if failure is None:
            raise Unread("undefined function", f"{name} takes another number of operands", node.start, node.end)
        shown = ", ".join(self.show(a.shape) for a in args)
        raise Clash(f"{name.replace('_', ' ')} of {shown}: {failure.message}", node.start, node.end)

    def is_scalar(self, term: Term) -> bool:
        return self.unifier.is_scalar(term.shape)

    def is_column(self, term: Term) -> bool:
        rows, cols = self.unifier.shape(term.shape)
        return cols.constant == 1 and rows.constant != 1

    def is_row(self, term: Term) -> bool:
        rows, cols = self.unifier.shape(term.shape)
        return rows.constant == 1 and cols.constant != 1

    def is_matrix(self, term: Term) -> bool:
        rows, cols = self.unifier.shape(term.shape)
        return rows.constant != 1 and cols.constant != 1

    def show(self, shape: Shape) -> str:
        rows, cols = self.unifier.shape(shape)
        if rows == ONE and cols == ONE:
            return "scalar"
        return f"{rows}×{cols}"

    # -- scopes -------------------------------------------------------------------------------------------

    @contextmanager
    def binding(self, *names: str) -> Iterator[None]:
        """Indices bound while the block runs; their ranges are forgotten afterwards."""
        outer_bound, outer = self.bound, {n: self.ranges.pop(n) for n in names if n in self.ranges}
        self.bound = outer_bound + names
        try:
            yield
        finally:
            self.bound = outer_bound
            for n in names:
                self.ranges.pop(n, None)
            self.ranges.update(outer)

    def index_range(self, name: str) -> Dim:
        if name not in self.ranges:
            self.ranges[name] = self.unifier.fresh()
            self.runs.append((name, self.ranges[name]))
        return self.ranges[name]


def _instance(shape: Shape, letters: dict[str, Dim]) -> Shape:
    return (shape[0].substitute(letters), shape[1].substitute(letters))
