"""Random points of a claim, to evaluate its sides and candidates for them."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace
from itertools import islice, product

from flint import ctx

from derivcheck.algebra.matrix import Imprecise, Undefined, base, shape
from derivcheck.terms.term import Apply, Call, Claim, Derivative, Differential, Term, Variable
from derivcheck.terms.walk import children, subterms
from derivcheck.verify.agreement import Agreement, Match, compare_values
from derivcheck.verify.condition import holds
from derivcheck.verify.constrain import satisfy_equations
from derivcheck.verify.dimensions import Dimensions, Sizes, choose
from derivcheck.verify.draw import POSITIVE, ROUGH, SMALL, SMALL_POSITIVE, TINY, Style
from derivcheck.verify.environment import Environment, Point
from derivcheck.verify.errors import (
    CannotDecide,
    Deadline,
    NoValidPoints,
    TimedOut,
    Unsamplable,
    Unsupported,
)
from derivcheck.verify.evaluate import evaluate
from derivcheck.verify.fingerprint import claim_seed
from derivcheck.verify.seed import Stream, derive
from derivcheck.verify.structure import Structure

PRECISIONS = (128, 256, 512)
MAX_COMBINATIONS = 36  # of values of free indices, per point
_MOST_OF_SPARSE = 243  # where most entries are zero, few values say nothing: five indices of space
_SPARSE = frozenset({"kronecker_delta", "levi_civita"})
_STYLES = (ROUGH, ROUGH, POSITIVE, ROUGH, POSITIVE, SMALL_POSITIVE, SMALL, TINY)
_ATTEMPTS = 16
_ATTEMPTS_GIVEN = 64
_ALTERNATIVES = 10  # dimension assignments tried when the first have no valid points
_MIN_DEGREE = 3


@dataclass(frozen=True, slots=True)
class Comparison:
    """The outcome at one environment, with the values compared. `stuck`: the free indices that had one value wherever
    both sides had one, of more that were tried."""

    environment: Environment
    agreement: Agreement
    stuck: frozenset[str] = frozenset()


class Sampler:
    """The points of one claim: the same in every run, shared by all terms compared at them."""

    def __init__(self, claim: Claim, *, seconds: float = 0.5, precision: int = 128) -> None:
        self.claim = claim
        self.structure = Structure(claim.symbols)
        self.seed = claim_seed(claim)
        self.seconds = seconds
        self.deadline = Deadline(seconds)
        self.precision = precision
        self.degree = _degree(claim, self.structure)
        self.sizes = Sizes.of(claim, self.structure)
        self._environments: dict[tuple[int, int], tuple[Point, tuple[Environment, ...]]] = {}
        self._index_conditions = tuple(c for c in claim.given if self._is_about_indices(c))
        self._conditions = tuple(c for c in claim.given if c not in self._index_conditions)
        terms = (t for side in (claim.lhs, claim.rhs) for t in subterms(side))
        self._is_sparse = len(claim.free) > 1 and any(isinstance(t, Apply) and t.operator in _SPARSE for t in terms)

    def _is_about_indices(self, condition: Term) -> bool:
        names = self.structure.names(condition)
        return bool(names) and all(name.startswith("#") for name in names)

    def dimensions(self, count: int) -> tuple[Dimensions, ...]:
        """The first assignments of the claim; errors as in `dimensions.choose`."""
        return choose(self.sizes, count, Stream(derive(self.seed, "dimensions")))

    def points(self, dims: Dimensions, styles: Sequence[Style] = _STYLES, salt: str = "") -> Iterator[Point]:
        """Points to try at these dimensions: gentler as they go on."""
        attempts = _ATTEMPTS_GIVEN if self.claim.given else _ATTEMPTS
        rounding = self.claim.relation == "approx"
        place = sorted(dims.items())
        for attempt in range(attempts):
            seed = derive(self.seed, salt, place, attempt)
            style = styles[attempt % len(styles)]
            yield Point(self.structure, dims, seed, style, self.degree, rounding)

    def environments(self, point: Point) -> tuple[Environment, ...]:
        """One environment for each combination of values of the free indices that the conditions allow.

        They remember values at the working precision, for all terms evaluated there. Raises Undefined when
        the point itself violates a condition of the claim.
        """
        known = self._environments.get((id(point), ctx.prec))
        if known is None:
            known = point, tuple(self._build_environments(point))
            self._environments[id(point), ctx.prec] = known
        return known[1]

    def _build_environments(self, point: Point) -> Iterator[Environment]:
        if self._conditions and not point.settled:
            satisfy_equations(point, self._conditions, self.deadline)
            point.settled = True
        root = Environment(point, self.deadline)
        if not self.claim.free:
            self._require(root)
            yield root
            return
        names = [name for name, _ in self.claim.free]
        ranges = [range(1, dim.value(point.dims) + 1) for _, dim in self.claim.free]
        most = _MOST_OF_SPARSE if self._is_sparse else MAX_COMBINATIONS
        for values in islice(_spread(ranges, most), most):
            env = root
            for name, value in zip(names, values, strict=True):
                env = env.with_index(name, value)
            if all(holds(c, env, evaluate) for c in self._index_conditions):
                self._require(env)
                yield env

    def _require(self, env: Environment) -> None:
        for condition in self._conditions:
            if not holds(condition, env, evaluate):
                raise Undefined("a condition of the claim does not hold here")

    def valid_points(self, count: int) -> tuple[Point, ...]:
        """Up to `count` points at which both sides have a value, over two assignments of dimensions.

        Raises NoValidPoints and CannotDecide. For comparing candidates: see `agree`.
        """
        found: list[Point] = []
        for dims in self.dimensions(_ALTERNATIVES):
            sides = (self.claim.lhs, self.claim.rhs)
            valid = (p for p in self.points(dims) if all(self.has_value(side, p) for side in sides))
            try:
                found += islice(valid, min((count + 1) // 2, count - len(found)))
            except Unsamplable:
                continue
            if len(found) >= count:
                break
        if not found:
            raise NoValidPoints("both sides have a value at none of the points tried")
        return tuple(found)

    def has_value(self, term: Term, point: Point) -> bool:
        """Whether a term has a value at a point, whatever the free indices."""
        with ctx.workprec(self.precision):
            try:
                for env in self.environments(point):
                    evaluate(term, env)
            except (Undefined, Imprecise):
                return False
        return True

    def compare(self, lhs: Term, rhs: Term, point: Point) -> Comparison:
        """Both sides at a point for every value of the free indices: a difference, else the least digits.

        Precision is raised as needed; raises Imprecise when the last does not tell, Undefined where a side
        has no value, Unsupported when the sides have different shapes.
        """
        for precision in (p for p in PRECISIONS if p >= self.precision):
            with ctx.workprec(precision):
                try:
                    found = self._compare(lhs, rhs, point)
                except Imprecise:
                    continue
                if found.agreement.match is not Match.WIDE:
                    return found
        raise Imprecise("the balls stay too wide")

    def _compare(self, lhs: Term, rhs: Term, point: Point) -> Comparison:
        worst: Comparison | None = None
        undefined: Undefined | None = None
        seen: list[Environment] = []
        environments = self.environments(point)
        for env in environments:
            try:
                left, right = base(evaluate(lhs, env)), base(evaluate(rhs, env))
            except Undefined as error:
                if not self.claim.free:
                    raise
                undefined = error  # x_{i+1} has no value at the last i
                continue
            if shape(left) != shape(right):
                raise Unsupported(f"sides of shapes {shape(left)} and {shape(right)}")
            found = Comparison(env, compare_values(left, right))
            if found.agreement.match is not Match.SAME:
                return found
            seen.append(env)
            if worst is None or _weaker(found.agreement, worst.agreement):
                worst = found
        if worst is None:
            raise undefined or Undefined("no value of the free indices satisfies the conditions")
        return replace(worst, stuck=self._single(seen) - self._single(environments)) if undefined else worst

    def _single(self, environments: Sequence[Environment]) -> frozenset[str]:
        """The free indices that have one value in all of these."""
        names = [name for name, _ in self.claim.free]
        return frozenset(name for name in names if len({env.index(name) for env in environments}) == 1)

    def agree(self, lhs: Term, rhs: Term, points: Sequence[Point]) -> Match:
        """A quick check of another pair of sides at points found before: DIFFERENT is certain.

        WIDE when nothing can be said: no values, clashing shapes, exhausted precision. Raises TimedOut.
        """
        for point in points:
            try:
                found = self.compare(lhs, rhs, point)
            except TimedOut:
                raise
            except (Undefined, Imprecise, Unsamplable, CannotDecide):
                return Match.WIDE
            if found.agreement.match is not Match.SAME:
                return found.agreement.match
        return Match.SAME


def _weaker(a: Agreement, b: Agreement) -> bool:
    return (a.exact, a.digits, not a.zero) < (b.exact, b.digits, not b.zero) and not (b.zero and not a.zero)


def _spread(ranges: list[range], most: int) -> Iterator[tuple[int, ...]]:
    """All combinations; when there are too many, the diagonal ones and an even choice of the others."""
    total = 1
    for r in ranges:
        total *= len(r)
    if total <= most:
        yield from product(*ranges)
        return
    step = total // most + 1
    while total % step == 0:
        step += 1
    for k in range(0, total, step):
        rest, values = k, []
        for r in ranges:
            rest, position = divmod(rest, len(r))
            values.append(r[position])
        yield tuple(values)


def _degree(claim: Claim, structure: Structure) -> int:
    """A degree for unspecified functions that exceeds every order of differentiation in the claim."""
    depth: dict[int, int] = {}

    def nesting(term: Term) -> int:
        known = depth.get(id(term))
        if known is None:
            below = [nesting(child) for child in children(term)]
            if isinstance(term, Variable):
                definition = structure.symbol(term.key).definition
                below += [] if definition is None else [nesting(definition)]
            own = term.order if isinstance(term, Call) else int(isinstance(term, Derivative | Differential))
            known = depth[id(term)] = own + max(below, default=0)
        return known

    structure.names(claim.lhs), structure.names(claim.rhs)  # refuses circular definitions and excessive depth
    return max(_MIN_DEGREE, 1 + nesting(claim.lhs), 1 + nesting(claim.rhs))
