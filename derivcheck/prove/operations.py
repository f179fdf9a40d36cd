"""Networks of the operators: one function per operator, one table."""

from __future__ import annotations

from collections.abc import Callable
from fractions import Fraction
from typing import TYPE_CHECKING

from derivcheck.prove import atoms
from derivcheck.prove.fixed import basis, commutation, copy_of, identity, ones, zeros
from derivcheck.prove.inverses import determinant_of, inverse_of, reciprocal
from derivcheck.prove.polynomial import (
    Polynomial,
    added,
    constant,
    entries_summed,
    hadamard,
    khatri_rao,
    kronecker,
    mapped,
    multiplied,
    refinement,
    restructured,
    scaled,
    traced,
    transposed,
    vectorised,
)  # fmt: skip
from derivcheck.prove.proof import OutOfReach
from derivcheck.prove.rewrite import normalised
from derivcheck.prove.scalars import exponential, is_closed, logarithm, raised
from derivcheck.terms.term import Apply, Constant, Number, Term

if TYPE_CHECKING:
    from derivcheck.prove.lower import Lowering

MAX_POWER = 12

# scalar functions applied entry by entry of which only that is used (and some slopes, in `differential`)
ENTRYWISE = (
    "sin", "cos", "tan", "cot", "sec", "csc", "arcsin", "arccos", "arctan", "sinh", "cosh", "tanh", "coth",
    "sigmoid", "softplus", "relu", "step", "sign", "abs", "erf", "gamma", "log_gamma", "digamma",
)  # fmt: skip


def _add(term: Apply, to: Lowering) -> Polynomial:
    return added([to.lower(a) for a in term.args], to.session.indices)


def _negate(term: Apply, to: Lowering) -> Polynomial:
    return scaled(to.lower(term.args[0]), -1)


def _product(term: Apply, to: Lowering) -> Polynomial:
    result = to.lower(term.args[0])
    for a in term.args[1:]:
        result = normalised(multiplied(result, to.lower(a), to.session.indices), to.session)
    return result


def _divide(term: Apply, to: Lowering) -> Polynomial:
    p, by = to.lower(term.args[0]), to.lower(term.args[1])
    if not by.is_scalar:
        raise OutOfReach("division by a matrix")
    return multiplied(p, reciprocal(by, to), to.session.indices)


def _transpose(term: Apply, to: Lowering) -> Polynomial:
    return transposed(to.lower(term.args[0]))


def _inverse(term: Apply, to: Lowering) -> Polynomial:
    return inverse_of(term.args[0], to)


def _trace(term: Apply, to: Lowering) -> Polynomial:
    return traced(to.lower(term.args[0]), to.session.indices)


def _det(term: Apply, to: Lowering) -> Polynomial:
    return determinant_of(term.args[0], to)


def _vec(term: Apply, to: Lowering) -> Polynomial:
    return vectorised(to.lower(term.args[0]), to.session.indices)


def _folded(operation: Callable[..., Polynomial]) -> Callable[[Apply, Lowering], Polynomial]:
    def lowering(term: Apply, to: Lowering) -> Polynomial:
        result = to.lower(term.args[0])
        for a in term.args[1:]:
            result = operation(result, to.lower(a), to.session.indices)
        return result

    return lowering


def _inner(term: Apply, to: Lowering) -> Polynomial:
    """Σ A_ij B_ij."""
    left, right = (to.lower(a) for a in term.args)
    if (left.rows, left.cols) != (right.rows, right.cols) and not (left.rows and left.cols):
        right = transposed(right)  # a row meets a column
    return entries_summed(hadamard(left, right, to.session.indices), to.session.indices)


def _sum_entries(term: Apply, to: Lowering) -> Polynomial:
    return entries_summed(to.lower(term.args[0]), to.session.indices)


def _diagonal(term: Apply, to: Lowering) -> Polynomial:
    """The diagonal matrix of a vector, or the vector of a matrix's diagonal, as the shapes say."""
    p = to.lower(term.args[0])
    rows, cols = atoms.legs_of(to.shape(term.shape))
    indices = to.session.indices
    if p.cols and not p.rows:
        p = transposed(p)
    if p.rows and not p.cols and rows and cols:
        return mapped(p, p.rows, p.rows, lambda m: (m.rows, m.rows), indices)
    if p.rows and p.cols and rows and not cols:
        common = refinement(p.rows, p.cols)
        square = restructured(p, common, common, indices)
        return mapped(
            square,
            common,
            (),
            lambda m: (m.rows, ()),
            indices,
            lambda m: list(zip(m.rows, m.cols, strict=True)),
        )
    raise OutOfReach("diagonal of this shape")


def _literal(term: Term) -> Fraction | None:
    match term:
        case Number(value=value):
            return value
        case Apply(operator="negate", args=(Number(value=value),)):
            return -value
        case Apply(operator="divide", args=(Number(value=a), Number(value=b))) if b:
            return a / b
        case _:
            return None


def _outer(term: Apply, to: Lowering) -> Polynomial:
    left, right = (to.lower(a) for a in term.args)
    return multiplied(left, transposed(right), to.session.indices)


def _commutator(term: Apply, to: Lowering) -> Polynomial:
    left, right = (to.lower(a) for a in term.args)
    indices = to.session.indices
    return added([multiplied(left, right, indices), scaled(multiplied(right, left, indices), -1)], indices)


def _kronecker_sum(term: Apply, to: Lowering) -> Polynomial:
    """A ⊗ I + I ⊗ B."""
    left, right = (to.lower(a) for a in term.args)
    indices = to.session.indices
    eye_left, eye_right = copy_of(left.rows, left.rows, to), copy_of(right.rows, right.rows, to)
    return added([kronecker(left, eye_right, indices), kronecker(eye_left, right, indices)], indices)


def _part(sign: int) -> Callable[[Apply, Lowering], Polynomial]:
    def lowering(term: Apply, to: Lowering) -> Polynomial:
        p = to.lower(term.args[0])
        return scaled(added([p, scaled(transposed(p), sign)], to.session.indices), Fraction(1, 2))

    return lowering


def _broadcast(term: Apply, to: Lowering) -> Polynomial:
    return multiplied(to.lower(term.args[0]), ones(term, to), to.session.indices)


def _power(term: Apply, to: Lowering) -> Polynomial:
    """A^k for a literal integer k."""
    k = _literal(term.args[1])
    if k is None or k.denominator != 1 or abs(k) > MAX_POWER:
        return _opaque(term, to)
    base = to.lower(term.args[0]) if k >= 0 else inverse_of(term.args[0], to)
    if base.is_scalar and is_closed(base):
        return raised(base, abs(k), to.session) if k else constant(1)
    common = refinement(base.rows, base.cols)
    result = copy_of(common, common, to)
    for _ in range(abs(k.numerator)):
        result = normalised(multiplied(result, base, to.session.indices), to.session)
    return result


def _power_scalar(term: Apply, to: Lowering) -> Polynomial:
    base, exponent = term.args
    k = _literal(exponent)
    if isinstance(base, Constant) and base.name == "e":
        return _exp(Apply("exp", (exponent,)), to)
    p = to.lower(base)
    if k is None or not p.is_scalar or k == 0:
        return _opaque(term, to)
    if is_closed(p):
        return raised(p, k, to.session)
    if k.denominator != 1 or abs(k) > MAX_POWER:
        return _opaque(term, to)
    factor = p if k > 0 else reciprocal(p, to)
    result = factor
    for _ in range(abs(k.numerator) - 1):
        result = normalised(multiplied(result, factor, to.session.indices), to.session)
    return result


def _opaque(term: Apply, to: Lowering) -> Polynomial:
    parameters = ",".join(str(to.dim(d)) for d in term.dims)
    arguments = tuple(to.lower(a) for a in term.args)
    return atoms.opaque(term.operator, arguments, to.shape(term.shape), to.session, parameters)


def _sqrt(term: Apply, to: Lowering) -> Polynomial:
    p = to.lower(term.args[0])
    return raised(p, Fraction(1, 2), to.session) if is_closed(p) else atoms.entrywise("sqrt", p, to.session)


def _exp(term: Apply, to: Lowering) -> Polynomial:
    p = to.lower(term.args[0])
    return exponential(p, to.session) if is_closed(p) else atoms.entrywise("exp", p, to.session)


def _log(term: Apply, to: Lowering) -> Polynomial:
    p = to.lower(term.args[0])
    return logarithm(p, to.session) if is_closed(p) else atoms.entrywise("log", p, to.session)


def _log_det(term: Apply, to: Lowering) -> Polynomial:
    return logarithm(determinant_of(term.args[0], to), to.session)


def _entrywise(term: Apply, to: Lowering) -> Polynomial:
    return atoms.entrywise(term.operator, to.lower(term.args[0]), to.session)


def _norm(term: Apply, to: Lowering) -> Polynomial:
    """√Σ A_ij²; the 2-norm of a matrix is the spectral one, an opaque function here."""
    p = to.lower(term.args[0])
    if term.operator == "norm2" and p.rows and p.cols:
        return _opaque(term, to)
    square = normalised(entries_summed(hadamard(p, p, to.session.indices), to.session.indices), to.session)
    if not is_closed(square):
        return atoms.entrywise("sqrt", square, to.session)
    return raised(square, Fraction(1, 2), to.session)


def _delta(term: Apply, to: Lowering) -> Polynomial:
    return to.delta(*term.args)


LOWERINGS: dict[str, Callable[[Apply, Lowering], Polynomial]] = {
    "add": _add,
    "negate": _negate,
    "scale": _product,
    "divide": _divide,
    "matmul": _product,
    "transpose": _transpose,
    "inverse": _inverse,
    "trace": _trace,
    "det": _det,
    "vec": _vec,
    "kronecker": _folded(kronecker),
    "hadamard": _folded(hadamard),
    "khatri_rao": _folded(khatri_rao),
    "frobenius_inner": _inner,
    "dot": _inner,
    "sum_entries": _sum_entries,
    "identity": identity,
    "zeros": zeros,
    "ones": ones,
    "commutation": commutation,
    "diag_vector": _diagonal,
    "diag_matrix": _diagonal,
    "power": _power,
    "power_scalar": _power_scalar,
    "sqrt": _sqrt,
    "exp": _exp,
    "log": _log,
    "norm2": _norm,
    "norm_frobenius": _norm,
    "kronecker_delta": _delta,
    "outer": _outer,
    "commutator": _commutator,
    "kronecker_sum": _kronecker_sum,
    "symmetric_part": _part(1),
    "skew_part": _part(-1),
    "broadcast": _broadcast,
    "basis": basis,
    "log_det": _log_det,
} | dict.fromkeys(ENTRYWISE, _entrywise)
