"""Determinant, inverse, adjugate, pseudo-inverse and rank, over balls, rationals and their duals."""

from __future__ import annotations

from fractions import Fraction

from flint import arb_mat, fmpq_mat

from derivcheck.algebra import plain
from derivcheck.algebra.dual import Dual, Matrix, add, base, linear, shape, split, top_level
from derivcheck.algebra.errors import Imprecise, Undefined
from derivcheck.algebra.linear import mul, neg, power_nonnegative, scale, sub, trace, transpose
from derivcheck.algebra.plain import Plain, identity, scalar


def inv(a: Matrix) -> Matrix:
    """A⁻¹, d A⁻¹ = −A⁻¹ dA A⁻¹. Undefined when singular, Imprecise when the balls cannot tell."""
    if not isinstance(a, Dual):
        return plain.inverse(a)
    y = inv(a.primal)
    return Dual(y, neg(mul(y, mul(a.tangent, y))), a.level)


def solve(a: Matrix, b: Matrix) -> Matrix:
    """X with AX = B; d X = A⁻¹(dB − dA X)."""
    if not isinstance(a, Dual) and not isinstance(b, Dual):
        return plain.solve(a, b)
    level = top_level((a, b))
    a0, a1 = split(a, level)
    b0, b1 = split(b, level)
    x = solve(a0, b0)
    tangent = b1
    if a1 is not None:
        change = neg(mul(a1, x))
        tangent = change if b1 is None else add(b1, change)
    assert tangent is not None
    return Dual(x, solve(a0, tangent), level)


def divide(a: Matrix, s: Matrix) -> Matrix:
    """A/s for a 1×1 matrix s ≠ 0."""
    return scale(inv(s), a)


def power(a: Matrix, k: int) -> Matrix:
    """Aᵏ for an integer k; k < 0 inverts."""
    a = linear(lambda x: plain.affordable_power(x, k), a)
    return power_nonnegative(a, k) if k >= 0 else power_nonnegative(inv(a), -k)


def det(a: Matrix) -> Matrix:
    """det A as a 1×1 matrix; d det A = tr(adj(A) dA), also where A is singular."""
    if not isinstance(a, Dual):
        return type(a)(1, 1, [a.det()])
    return Dual(det(a.primal), trace(mul(adjugate(a.primal), a.tangent)), a.level)


def adjugate(a: Matrix) -> Matrix:
    """adj A with A adj A = det A · I, for singular A too."""
    a = linear(lambda x: plain.affordable_power(x, shape(a)[0]), a)  # its entries are minors
    if not isinstance(a, Dual):
        try:
            return a.inv() * a.det()
        except ZeroDivisionError:
            pass
    return _adjugate_by_recurrence(a)


def _adjugate_by_recurrence(a: Matrix) -> Matrix:
    """Faddeev–LeVerrier, without inverses: M₁ = I, M_{k+1} = A M_k − tr(A M_k)/k I, adj A = (−1)ⁿ⁻¹ M_n."""
    n = shape(a)[0]
    unit = identity(n)
    m: Matrix = unit
    for k in range(1, n):
        product = mul(a, m)
        m = sub(product, scale(scale(scalar(Fraction(1, k)), trace(product)), unit))
    return m if n % 2 else neg(m)


def cofactor(a: Matrix) -> Matrix:
    """The matrix of cofactors, the transposed adjugate."""
    return transpose(adjugate(a))


def rank(a: Matrix) -> Matrix:
    """The rank as a 1×1 matrix; Imprecise when the balls cannot tell."""
    value = base(a)
    exact = plain.to_exact(value)
    if exact is not None:
        return scalar(exact.rank())
    _gram_inverse(value)
    return scalar(min(shape(value)))


def pinv(a: Matrix) -> Matrix:
    """The Moore–Penrose inverse (m,n)->(n,m).

    d A⁺ = −A⁺ dA A⁺ + A⁺A⁺ᵀ dAᵀ (I − AA⁺) + (I − A⁺A) dAᵀ A⁺ᵀA⁺ (Golub & Pereyra 1973) where the rank is
    locally constant; Undefined where a change of A changes it, Imprecise when balls cannot tell the rank.
    """
    if not isinstance(a, Dual):
        return _pinv(a)
    x, e = a.primal, a.tangent
    rows, columns = shape(a)
    y = pinv(x)
    yt, et = transpose(y), transpose(e)
    left = sub(identity(rows), mul(x, y))
    right = sub(identity(columns), mul(y, x))
    if _certainly_nonzero(base(mul(mul(left, e), right))):
        raise Undefined("the rank changes here")
    change = add(mul(mul(mul(y, yt), et), left), mul(mul(right, et), mul(yt, y)))
    return Dual(y, sub(change, mul(y, mul(e, y))), a.level)


def _pinv(a: Plain) -> Plain:
    exact = plain.to_exact(a)
    if exact is not None and exact.rank() < min(exact.nrows(), exact.ncols()):
        result = _pinv_by_rank_factorisation(exact)
        return result if type(a) is fmpq_mat else plain.to_ball(result)
    if a.nrows() == a.ncols():
        return plain.inverse(a)
    gram_inverse, t = _gram_inverse(a), a.transpose()
    return gram_inverse * t if a.nrows() > a.ncols() else t * gram_inverse


def _gram_inverse(a: Plain) -> Plain:
    """(AᵀA)⁻¹ or (AAᵀ)⁻¹, whichever is smaller: its existence certifies full rank."""
    t = a.transpose()
    try:
        return plain.inverse(t * a if a.nrows() >= a.ncols() else a * t)
    except ArithmeticError:
        raise Imprecise("the balls cannot tell the rank") from None


def _pinv_by_rank_factorisation(a: fmpq_mat) -> fmpq_mat:
    """A = CF with C the pivot columns and F the nonzero rows of the reduced echelon form."""
    reduced, r = a.rref()
    rows, columns = a.nrows(), a.ncols()
    if r == 0:
        return fmpq_mat(columns, rows)
    pivots = [next(j for j in range(columns) if reduced[i, j] != 0) for i in range(r)]
    C = fmpq_mat(rows, r, [a[i, j] for i in range(rows) for j in pivots])
    F = fmpq_mat(r, columns, [reduced[i, j] for i in range(r) for j in range(columns)])
    Ct, Ft = C.transpose(), F.transpose()
    return Ft * (F * Ft).inv() * (Ct * C).inv() * Ct


def _certainly_nonzero(a: Plain) -> bool:
    if type(a) is arb_mat:
        return not a.contains(arb_mat(a.nrows(), a.ncols()))
    return any(x != 0 for x in a.entries())
