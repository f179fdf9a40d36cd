"""Relations other than equality: refuted by certain violations, and what little can be said for them."""

from __future__ import annotations

from collections.abc import Iterator
from itertools import islice

from flint import arb, ctx, fmpq

from derivcheck.algebra.matrix import Imprecise, Plain, Undefined, base, scalar, shape
from derivcheck.terms.term import Apply, Number, Term
from derivcheck.verify.agreement import Agreement, Match
from derivcheck.verify.condition import compare
from derivcheck.verify.environment import Environment
from derivcheck.verify.errors import NoValidPoints, Unsamplable, Unsupported
from derivcheck.verify.evaluate import evaluate
from derivcheck.verify.evidence import Agreed, Evidence, Refuted, Undecidable, Undecided
from derivcheck.verify.points import PRECISIONS, Sampler
from derivcheck.verify.rounding import unit_in_last_place
from derivcheck.verify.witness import witness

_ASSIGNMENTS = 2
_POINTS = 4
_DIGITS = 10


def _sides(sampler: Sampler) -> Iterator[tuple[Environment, Plain, Plain]]:
    """Both sides at valid points and values of the free indices, at the highest precision."""
    claim = sampler.claim
    with ctx.workprec(PRECISIONS[-1]):
        for dims in sampler.dimensions(_ASSIGNMENTS):
            for point in islice(sampler.points(dims), 3 * _POINTS):
                try:
                    for env in sampler.environments(point):
                        left, right = base(evaluate(claim.lhs, env)), base(evaluate(claim.rhs, env))
                        if shape(left) != shape(right):
                            raise Unsupported(f"sides of shapes {shape(left)} and {shape(right)}")
                        yield env, left, right
                except (Undefined, Imprecise):
                    continue
                except Unsamplable:
                    break


def decide_inequality(sampler: Sampler) -> Evidence:
    """Refuted by a certain violation in some entry; otherwise undecided: sampling verifies no inequality."""
    count = 0
    for env, left, right in _sides(sampler):
        count += 1
        for k, (p, q) in enumerate(zip(left.entries(), right.entries(), strict=True)):
            if compare(p - q, sampler.claim.relation) is False:
                entry = divmod(k, left.ncols())
                gap = abs(arb(p - q)).lower().str(6, radius=False)
                found = Agreement(Match.DIFFERENT, entry=entry, gap=gap)
                return Refuted(witness(env.point, left, right, found, env.indices))
    if not count:
        raise NoValidPoints("both sides have a value at none of the points tried")
    return Undecided(Undecidable.UNSUPPORTED, f"an inequality that holds at {count} points")


def decide_unequal(sampler: Sampler) -> Evidence:
    """Agreed where the sides are certainly different; refuted when they are the same term."""
    if sampler.claim.lhs == sampler.claim.rhs:
        for env, left, right in _sides(sampler):
            return Refuted(witness(env.point, left, right, Agreement(Match.SAME), env.indices))
    count = 0
    for _, left, right in _sides(sampler):
        count += 1
        if any(compare(p - q, "!=") for p, q in zip(left.entries(), right.entries(), strict=True)):
            return Agreed(points=1, digits=_DIGITS)
    if not count:
        raise NoValidPoints("both sides have a value at none of the points tried")
    return Undecided(Undecidable.UNSUPPORTED, f"sides that agree at {count} points")


def decide_approximation(sampler: Sampler) -> Evidence:
    """`value ≈ 3.14`, rounded or cut off.

    Agreed when the decimal certainly is the value rounded (half a unit in the last place) or cut off, refuted
    when the value is certainly further away than one unit.
    """
    claim = sampler.claim
    for side in (claim.rhs, claim.lhs):
        number = _decimal(side)
        if number is not None:
            return _near(sampler, side, number)
    raise Unsupported("an approximation of no decimal")


def _decimal(term: Term) -> Number | None:
    match term:
        case Number():
            return term
        case Apply(operator="negate", args=(Number() as number,)):
            return number
        case _:
            return None


def _near(sampler: Sampler, side: Term, number: Number) -> Evidence:
    claim = sampler.claim
    other = claim.lhs if side is claim.rhs else claim.rhs
    sign = 1 if isinstance(side, Number) else -1
    written = fmpq(number.value.numerator, number.value.denominator) * sign
    allowed = unit_in_last_place(number)
    (dims,) = sampler.dimensions(1)
    for point in sampler.points(dims):
        with ctx.workprec(sampler.precision):
            try:
                value = base(evaluate(other, Environment(point, sampler.deadline)))
            except Undefined:
                continue
            if shape(value) != (1, 1):
                raise Unsupported("an approximation of a matrix")
            unit = fmpq(allowed.numerator, allowed.denominator)
            distance = abs(arb(value[0, 0]) - written)
            excess = distance - unit
            cut_off = abs(arb(value[0, 0])) >= abs(written) and distance < unit
            if distance <= unit / 2 or cut_off:
                return Agreed(points=1, digits=len(number.text.replace(".", "").lstrip("0")))
            if excess > 0:
                left, right = (value, scalar(written)) if other is claim.lhs else (scalar(written), value)
                found = Agreement(Match.DIFFERENT, gap=excess.lower().str(6, radius=False))
                return Refuted(witness(point, left, right, found, {}))
        return Undecided(Undecidable.IMPRECISE, "the inputs are rounded too coarsely")
    raise NoValidPoints("no point")
