"""A claim → evidence: evaluate both sides at random points and compare."""

from __future__ import annotations

from collections.abc import Callable, Iterator

from flint import ctx

from derivcheck.algebra.matrix import Imprecise, Undefined, base
from derivcheck.operators.table import OPERATORS
from derivcheck.terms.term import Apply, Claim, Fold, Number
from derivcheck.terms.walk import subterms
from derivcheck.verify.agreement import Match
from derivcheck.verify.dependence import Dependence, dependence, moving
from derivcheck.verify.dimensions import Dimensions
from derivcheck.verify.draw import READABLE, READABLE_POSITIVE
from derivcheck.verify.environment import Point
from derivcheck.verify.errors import CannotDecide, NoValidPoints, TooLarge, Unsamplable
from derivcheck.verify.evaluate import evaluate
from derivcheck.verify.evidence import Agreed, Evidence, Refuted, Undecidable, Undecided, Witness
from derivcheck.verify.order import decide_approximation, decide_inequality, decide_unequal
from derivcheck.verify.points import PRECISIONS, Comparison, Sampler
from derivcheck.verify.witness import witness

ASSIGNMENTS = 2
POINTS = 2  # per assignment of dimensions
POINTS_WITHOUT_DIMENSIONS = 5
_ALTERNATIVES = 12
_CONFIRMATIONS = 12
_OBSTACLES = 3
_READABLE_TRIES = 6


def decide(claim: Claim, *, precision: int = 128, seconds: float = 0.5) -> Evidence:
    """Evidence for or against a claim.

    An equality is refuted by two points with disjoint balls, and agrees when the balls overlap to 2⁻⁴⁰ at
    every point. An inequality is refuted by one certain violation and never verified. Deterministic but for
    TIMEOUT. Raises Disagreement when two independent ways to differentiate differ.
    """
    return _decided(claim, precision, seconds, _refute)


def passes(claim: Claim, *, seconds: float = 0.5) -> Agreed | None:
    """The evidence for a claim that agrees; None for any other, as soon as one point tells."""
    evidence = _decided(claim, PRECISIONS[0], seconds, _differs)
    return evidence if isinstance(evidence, Agreed) else None


OnDifference = Callable[[Sampler, Comparison, Iterator[Comparison], Dependence], Evidence]  # the evidence then


def _decided(claim: Claim, precision: int, seconds: float, different: OnDifference) -> Evidence:
    try:
        sampler = Sampler(claim, seconds=seconds, precision=precision)
        match claim.relation:
            case "=":
                return _decide_equal(sampler, different)
            case "!=":
                return decide_unequal(sampler)
            case "approx":
                return decide_approximation(sampler)
            case _:
                return decide_inequality(sampler)
    except CannotDecide as error:
        return Undecided(error.reason, error.detail)
    except Imprecise as error:
        return Undecided(Undecidable.IMPRECISE, str(error))
    except Unsamplable as error:
        return Undecided(Undecidable.NO_VALID_POINTS, str(error))


def _decide_equal(sampler: Sampler, different: OnDifference) -> Evidence:
    trust = dependence(sampler.claim, sampler.structure)
    if trust is Dependence.NOTHING:
        return Undecided(Undecidable.DEPENDENCE, trust.value)
    agreed: list[Comparison] = []
    used: list[Dimensions] = []
    obstacle = ""
    signed = _sign_depends_on_sizes(sampler.claim)
    piecewise = _is_piecewise(sampler.claim) or _is_discrete(sampler.claim)
    for dims in _assignments(sampler, signed):
        comparisons = _compare_at(sampler, dims)
        before = len(agreed)
        wanted = (POINTS if dims else POINTS_WITHOUT_DIMENSIONS) * (_MORE if piecewise else 1)
        try:
            for comparison in comparisons:
                if comparison.agreement.match is Match.DIFFERENT:
                    return different(sampler, comparison, comparisons, trust)
                agreed.append(comparison)
                if len(agreed) - before == wanted:
                    break
        except Unsamplable as error:
            obstacle = str(error)
        if len(agreed) > before:
            used.append(dims)
        if len(used) >= ASSIGNMENTS and (not signed or _both_parities(used)) and not _stuck(agreed):
            break
    if signed and used and not _both_parities(used):
        raise NoValidPoints("sizes of one parity only could be tried, where signs depend on it")
    if not agreed:
        raise NoValidPoints(obstacle or "both sides have a value at none of the points tried")
    if stuck := _stuck(agreed):
        raise NoValidPoints(f"both sides have a value for one value of {', '.join(sorted(stuck))} only")
    if trust is Dependence.DOUBTFUL and (all(c.agreement.zero for c in agreed) or _rests_on_constants(sampler)):
        return Undecided(Undecidable.DEPENDENCE, trust.value)
    return Agreed(
        points=len(agreed),
        digits=min(c.agreement.digits for c in agreed),
        exact=all(c.agreement.exact for c in agreed),
        dimensions=tuple(used),
        zero=all(c.agreement.zero for c in agreed),
    )


def _rests_on_constants(sampler: Sampler) -> bool:
    """Whether it is false where the symbols of unknown dependence vary: Ṗ A = A Ṗ holds for a constant P."""
    claim = moving(sampler.claim, sampler.structure)
    if claim == sampler.claim:
        return False
    evidence = _decided(claim, sampler.precision, sampler.seconds, _refute)
    return isinstance(evidence, Refuted)


def _stuck(agreed: list[Comparison]) -> frozenset[str]:
    """The free indices that had one value at every point: s_{2-i} = s_i holds at i = 1, and s_{2-i} is nothing beyond.
    x_{i+1}, which has no value at the last i, moves as soon as there are three. Sums of nothing tell nothing."""
    telling = [c.stuck for c in agreed if not c.agreement.zero]
    return frozenset.intersection(*telling) if telling else frozenset()


_SIGNED = frozenset({"det", "adjugate", "cofactor"})
_POWERS = frozenset({"power", "power_scalar"})


def _sign_depends_on_sizes(claim: Claim) -> bool:
    """det(−A) = (−1)ⁿ det A: whether a power or a determinant may change sign with the parity of a size."""
    terms = [t for side in (claim.lhs, claim.rhs) for t in subterms(side) if isinstance(t, Apply)]
    return any(
        t.operator in _SIGNED or (t.operator in _POWERS and not isinstance(t.args[1], Number)) for t in terms
    )


_MORE = 5
_PIECEWISE = {name for name, operator in OPERATORS.items() if operator.piecewise} | {"sqrt"}  # √x² = |x|


def _is_piecewise(claim: Claim) -> bool:
    """|a + b| = |a| + |b| holds on half of the plane: more points are needed where pieces meet."""
    terms = [t for side in (claim.lhs, claim.rhs) for t in subterms(side)]
    return any(
        (isinstance(t, Apply) and t.operator in _PIECEWISE) or (isinstance(t, Fold) and t.kind in ("max", "min"))
        for t in terms
    )


def _is_discrete(claim: Claim) -> bool:
    """Small whole numbers come again and again, and a few of them may agree by chance: C(n, k) at k = 1 only."""
    return any(s.properties & {"integer", "natural"} for s in claim.symbols.values())


def _both_parities(used: list[Dimensions]) -> bool:
    """Every size was odd once and even once, and all were odd together once."""
    names = used[0].keys() if used else ()
    return all({d[n] % 2 for d in used} == {0, 1} for n in names) and (
        len(names) > _ODD_TOGETHER or any(all(d[n] % 2 for n in names) for d in used)
    )


_ODD_TOGETHER = 2  # sizes: more of them odd at once would be too large


def _all_odd(sampler: Sampler) -> Iterator[Dimensions]:
    """3, 5 for the sizes of a claim, either way round, where that is admitted and not too large."""
    names = sampler.sizes.variables
    if len(names) > _ODD_TOGETHER:
        return
    for values in ((3, 5), (5, 3)):
        dims = dict(zip(names, values, strict=False))
        try:
            sampler.sizes.largest(dims)
        except TooLarge:
            continue
        if sampler.sizes.admits(dims):
            yield dims


def _assignments(sampler: Sampler, signed: bool) -> Iterator[Dimensions]:
    """The best two assignments, then others in case these have no valid points or leave a parity out."""
    first = sampler.dimensions(ASSIGNMENTS)
    yield from first
    if signed and first != ({},):
        yield from (dims for dims in _all_odd(sampler) if dims not in first)
    yield from (dims for dims in sampler.dimensions(_ALTERNATIVES) if dims not in first)


def _compare_at(sampler: Sampler, dims: Dimensions) -> Iterator[Comparison]:
    """The comparisons at the valid points of an assignment.

    Gives up with Unsamplable or Imprecise when that is what several points met with.
    """
    claim = sampler.claim
    obstacles = 0
    confirmed = False
    for point in sampler.points(dims):
        point.confirming = not confirmed
        try:
            yield sampler.compare(claim.lhs, claim.rhs, point)
            confirmed = True
        except Undefined:
            continue
        except (Unsamplable, Imprecise):
            obstacles += 1
            if obstacles == _OBSTACLES:
                raise


def _differs(*where: object) -> Evidence:
    return Undecided(Undecidable.IMPRECISE, "the sides differ at a point")


def _refute(sampler: Sampler, first: Comparison, others: Iterator[Comparison], trust: Dependence) -> Evidence:
    """Refuted when another independent point differs too: one alone may be exceptional, such as a kink."""
    if trust is Dependence.DOUBTFUL:
        return Undecided(Undecidable.DEPENDENCE, trust.value)
    for _, other in zip(range(_CONFIRMATIONS), others, strict=False):
        if other.agreement.match is Match.DIFFERENT:
            return Refuted(_readable(sampler, first) or describe(sampler, first))
    return Undecided(Undecidable.IMPRECISE, "the sides differ at one point only")


def _readable(sampler: Sampler, first: Comparison) -> Witness | None:
    """A counterexample in small whole numbers and dimensions 2 and 3, when one is found soon."""
    names = sampler.sizes.variables
    small = {name: 2 + i % 2 for i, name in enumerate(names)}
    claim = sampler.claim
    for dims in (small, first.environment.point.dims):
        if not sampler.sizes.admits(dims):
            continue
        tried: Iterator[Point] = sampler.points(dims, (READABLE, READABLE, READABLE_POSITIVE), "readable")
        for _, point in zip(range(_READABLE_TRIES), tried, strict=False):
            try:
                found = sampler.compare(claim.lhs, claim.rhs, point)
            except (Undefined, Imprecise, CannotDecide):
                continue
            except Unsamplable:
                break
            if found.agreement.match is Match.DIFFERENT:
                return describe(sampler, found)
    return None


def describe(sampler: Sampler, found: Comparison) -> Witness:
    """The counterexample found in an environment."""
    env = found.environment
    with ctx.workprec(sampler.precision):
        left, right = base(evaluate(sampler.claim.lhs, env)), base(evaluate(sampler.claim.rhs, env))
    return witness(env.point, left, right, found.agreement, env.indices)
