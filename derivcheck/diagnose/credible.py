"""Whether a repair is believable: one that is none must not open the gate."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import replace

from flint import ctx

from derivcheck.algebra.matrix import Imprecise, Undefined, base
from derivcheck.terms.term import Apply, Claim, Derivative, Number, Term
from derivcheck.terms.walk import children, subterms, with_children
from derivcheck.verify.agreement import Match
from derivcheck.verify.environment import Point
from derivcheck.verify.errors import CannotDecide, Unsamplable
from derivcheck.verify.evaluate import evaluate
from derivcheck.verify.points import Sampler

_ASSIGNMENTS = 12
_POINTS = 6  # tried per assignment


def is_zero(term: Term) -> bool:
    """A literal zero of any shape."""
    match term:
        case Number():
            return term.value == 0
        case Apply(operator="zeros"):
            return True
        case Apply(operator="negate" | "transpose" | "vec" | "broadcast", args=(inner, *_)):
            return is_zero(inner)
        case _:
            return False


def says_something(claim: Claim) -> bool:
    """Two different sides, of which at most one is a literal zero; a derivative may be written in two ways."""
    if claim.lhs == claim.rhs:
        return any(isinstance(t, Derivative) for t in subterms(claim.lhs))
    return not (is_zero(claim.lhs) and is_zero(claim.rhs))


def trivial(claim: Claim) -> bool:
    """Whether both sides are one product, or one sum in another order, or one is the other and what vanishes:
    J J = J² and f = 0 g + f say nothing."""
    if _spelled(claim.lhs) == _spelled(claim.rhs):
        return True
    sides = ((claim.lhs, claim.rhs), (claim.rhs, claim.lhs))
    return any(isinstance(b, Apply) and b.operator == "add" and a in b.args for a, b in sides)


def _spelled(term: Term) -> tuple[object, ...]:
    """Products and small powers written out, sums in one order; anything else as it is."""
    match term:
        case Apply(operator="matmul" | "scale", args=args):
            found = _flat(args, "product")
            return ("product", *found) if len(found) != 1 else found[0]
        case Apply(operator="power" | "power_scalar", args=(base_, Number(value=exponent))) if exponent in (
            1,
            2,
            3,
        ):
            return (
                ("product", *_flat((base_,) * int(exponent), "product")) if exponent > 1 else _spelled(base_)
            )
        case Apply(operator="add", args=args):
            return ("sum", *sorted(_flat(args, "sum"), key=repr))
        case Apply(operator=operator, args=args) if args:
            return (operator, term.shape, term.dims, *map(_spelled, args))
        case _:
            return ("term", _unplaced(term))


def _unplaced(term: Term) -> Term:
    """The term without its places in the source, by which nothing is to be sorted."""
    return replace(with_children(term, tuple(map(_unplaced, children(term)))), start=0, end=0)


def _flat(args: tuple[Term, ...], kind: str) -> tuple[tuple[object, ...], ...]:
    spelled = (_spelled(a) for a in args if kind != "product" or not _is_identity(a))
    return tuple(part for s in spelled for part in (s[1:] if s[0] == kind else (s,)))  # type: ignore[misc]


def _is_identity(factor: Term) -> bool:
    return isinstance(factor, Apply) and factor.operator == "identity"


def credible(claim: Claim, decided: Sequence[Mapping[str, int]], zero: bool, seconds: float = 0.3) -> bool:
    """Holds for odd and even sizes alike (det(−M) is det M for even ones); no 0 = 0 unless a 0 is written."""
    sampler = Sampler(claim, seconds=seconds)
    seen = {(name, value % 2) for dims in decided for name, value in dims.items()}
    vanishing: bool | None = None
    try:
        for dims in sampler.dimensions(_ASSIGNMENTS):
            new = {(name, value % 2) for name, value in dims.items()} - seen
            if not new and vanishing is False:
                continue
            for _, point in zip(range(_POINTS), sampler.points(dims), strict=False):
                try:
                    found = sampler.compare(claim.lhs, claim.rhs, point).agreement
                    if vanishing is not False:
                        vanishing = vanishes(sampler, point, claim.lhs)
                except (Undefined, Unsamplable, Imprecise):
                    continue
                if found.match is Match.DIFFERENT:
                    return False
                seen |= new
                break
    except CannotDecide:
        pass
    return zero or not vanishing


def vanishes(sampler: Sampler, point: Point, side: Term) -> bool:
    """Whether a side is exactly zero at a point, whatever the free indices."""
    with ctx.workprec(sampler.precision):
        values = (base(evaluate(side, env)) for env in sampler.environments(point))
        return all(x == 0 for value in values for x in value.entries())
