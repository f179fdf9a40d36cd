"""Inverses and determinants: over the factors of a product where these are square, as atoms otherwise."""

from __future__ import annotations

from fractions import Fraction
from typing import TYPE_CHECKING

from derivcheck.prove import atoms
from derivcheck.prove.polynomial import Polynomial, constant, kronecker, multiplied, scaled, transposed
from derivcheck.prove.rewrite import normalised
from derivcheck.prove.scalars import is_closed, raised
from derivcheck.terms.term import Apply, Term, Variable

if TYPE_CHECKING:
    from derivcheck.prove.lower import Lowering


def reciprocal(p: Polynomial, to: Lowering) -> Polynomial:
    """1/p for a scalar p."""
    if is_closed(p):
        return raised(p, Fraction(-1), to.session)
    to.session.assume("divisors are nonzero")
    return atoms.entrywise("reciprocal", p, to.session)


def inverse_of(argument: Term, to: Lowering) -> Polynomial:
    """(AB)⁻¹ = B⁻¹A⁻¹ and the like for square factors, an atom otherwise."""
    indices = to.session.indices
    if to.shape(argument.shape)[0].constant == 1:
        return reciprocal(to.lower(argument), to)
    match argument:
        case Apply(operator="matmul", args=args) if all(_is_square(a, to) for a in args):
            result = constant(1)
            for a in reversed(args):
                result = normalised(multiplied(result, inverse_of(a, to), indices), to.session)
            return result
        case Apply(operator="transpose", args=(inner,)):
            return transposed(inverse_of(inner, to))
        case Apply(operator="inverse", args=(inner,)):
            to.session.assume("inverses exist where written")
            return to.lower(inner)
        case Apply(operator="scale", args=(factor, inner)):
            return multiplied(reciprocal(to.lower(factor), to), inverse_of(inner, to), indices)
        case Apply(operator="negate", args=(inner,)):
            return scaled(inverse_of(inner, to), -1)
        case Apply(operator="kronecker", args=(left, right)) if _is_square(left, to) and _is_square(
            right, to
        ):
            return kronecker(inverse_of(left, to), inverse_of(right, to), indices)
        case Apply(operator="identity"):
            return to.lower(argument)
        case Apply(operator="commutation"):
            return transposed(to.lower(argument))
        case Variable(key=key) if to.symbol(key).definition is not None and not argument.indices:
            definition = to.symbol(key).definition
            assert definition is not None
            return to.nested(lambda: inverse_of(definition, to))
        case _:
            p = to.lower(argument)
            if isinstance(argument, Variable) and to.symbol(argument.key).properties & {
                "orthogonal", "rotation", "permutation",
            }:  # fmt: skip
                return transposed(p)
            return atoms.inverse(p, to.session)


def determinant_of(argument: Term, to: Lowering) -> Polynomial:
    """det of a product of square factors splits; otherwise an atom."""
    match argument:
        case Apply(operator="matmul", args=args) if all(_is_square(a, to) for a in args):
            result = constant(1)
            for a in args:
                result = normalised(multiplied(result, determinant_of(a, to), to.session.indices), to.session)
            return result
        case Apply(operator="transpose", args=(inner,)):
            return determinant_of(inner, to)
        case Apply(operator="inverse", args=(inner,)):
            to.session.assume("inverses exist where written")
            return raised(determinant_of(inner, to), Fraction(-1), to.session)
        case Apply(operator="identity"):
            return constant(1)
        case _:
            if to.shape(argument.shape)[0].constant == 1:
                return to.lower(argument)
            positive = isinstance(argument, Variable) and "spd" in to.symbol(argument.key).properties
            return atoms.determinant(to.lower(argument), positive, to.session)


def _is_square(term: Term, to: Lowering) -> bool:
    rows, cols = to.shape(term.shape)
    return rows == cols
