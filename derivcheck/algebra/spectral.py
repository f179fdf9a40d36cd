"""Matrix functions and eigenvalues with certified balls, and their duals to any order.

Derivatives of primary matrix functions use f([[A, E], [0, A]]) = [[f(A), Df(A)[E]], [0, f(A)]] (Higham,
Functions of Matrices, 2008, theorem 3.6) or the Sylvester equation that the function solves.
"""

from __future__ import annotations

from flint import acb_mat, arb, arb_mat, ctx

from derivcheck.algebra.dual import Dual, Matrix, add, shape
from derivcheck.algebra.errors import Imprecise, Undefined
from derivcheck.algebra.inverse import adjugate, divide, inv, solve
from derivcheck.algebra.linear import (
    block,
    kron,
    mul,
    scale,
    sub,
    submatrix,
    trace,
    transpose,
    unvec,
    vec,
)
from derivcheck.algebra.plain import Plain, from_entries, identity, require_finite, to_ball, zeros

_MAX_NEWTON_STEPS = 60
_GUARD_BITS = 24  # lost to rounding by repeated roots and inverses


def matrix_exp(a: Matrix) -> Matrix:
    """exp A = Σ Aᵏ/k!."""
    if not isinstance(a, Dual):
        return require_finite(to_ball(a).exp())
    n = shape(a)[0]
    doubled = matrix_exp(block([[a.primal, a.tangent], [zeros(n, n), a.primal]]))
    return Dual(submatrix(doubled, 0, n, 0, n), submatrix(doubled, 0, n, n, 2 * n), a.level)


def matrix_sqrt(a: Matrix) -> Matrix:
    """The principal square root S, S² = A; S dS + dS S = dA.

    For symmetric positive definite A and others whose root has a positive definite symmetric part.
    """
    if not isinstance(a, Dual):
        with ctx.workprec(ctx.prec + _GUARD_BITS):
            return _certified_sqrt(to_ball(a))
    n = shape(a)[0]
    s = matrix_sqrt(a.primal)
    return Dual(s, unvec(solve(_sylvester(s), vec(a.tangent)), n, n), a.level)


def matrix_inverse_sqrt(a: Matrix) -> Matrix:
    """A^{-1/2}, the inverse of the principal square root."""
    return inv(matrix_sqrt(a))


def matrix_log(a: Matrix) -> Matrix:
    """The principal logarithm; its derivative inverts that of exp: D log(A) = D exp(log A)⁻¹."""
    if not isinstance(a, Dual):
        with ctx.workprec(ctx.prec + _GUARD_BITS):
            return _certified_log(to_ball(a))
    n = shape(a)[0]
    y = matrix_log(a.primal)
    tangent = solve(_exp_derivative(y), vec(a.tangent))
    return Dual(y, unvec(tangent, n, n), a.level)


def max_eigenvalue_symmetric(a: Matrix) -> Matrix:
    """The largest eigenvalue λ of a symmetric matrix; dλ = tr(adj(λI − A) dA)/tr adj(λI − A) where it is
    simple."""
    if not isinstance(a, Dual):
        return _max_eigenvalue(a)
    x = max_eigenvalue_symmetric(a.primal)
    adjoint = adjugate(sub(scale(x, identity(shape(a)[0])), a.primal))
    return Dual(x, divide(trace(mul(adjoint, a.tangent)), trace(adjoint)), a.level)


def _sylvester(s: Matrix) -> Matrix:
    """The matrix of E ↦ SE + ES on vec E."""
    unit = identity(shape(s)[0])
    return add(kron(unit, s), kron(transpose(s), unit))


def _exp_derivative(y: Matrix) -> Matrix:
    """The n²×n² matrix of E ↦ D exp(Y)[E] on vec E."""
    n = shape(y)[0]
    columns = []
    for k in range(n * n):
        direction = unvec(from_entries(n * n, 1, [int(i == k) for i in range(n * n)]), n, n)
        doubled = matrix_exp(block([[y, direction], [zeros(n, n), y]]))
        columns.append(vec(submatrix(doubled, 0, n, n, 2 * n)))
    return block([columns])


def _norm_bound(a: arb_mat) -> arb:
    """An upper bound of the Frobenius norm."""
    return sum((x.abs_upper() ** 2 for x in a.entries()), arb(0)).sqrt().upper()


def _certified_sqrt(a: arb_mat) -> arb_mat:
    """Newton's iterate S with a proven radius.

    For X = S + E the equation X² = A reads E = −L⁻¹(S² − A + E²) with L E = SE + ES. With κ ≥ ‖L⁻¹‖,
    ρ ≥ ‖S² − A‖ and 4κ²ρ < 1 the right side maps the ball of radius 2κρ into itself and contracts: it holds
    exactly one root. Where H = (S + Sᵀ)/2 is positive definite, ⟨E, LE⟩ ≥ 2 λ_min(H) ‖E‖², so that
    κ = ‖H⁻¹‖/2 will do.
    """
    n = a.nrows()
    s = _approximate_sqrt(a.mid())
    twice = s + s.transpose()
    if not _is_positive_definite(twice):
        raise Undefined("no principal square root")
    kappa = _norm_bound(twice.inv())
    rho = _norm_bound(s * s - a)
    if not 4 * kappa * kappa * rho < 1:
        raise Imprecise("the square root is not isolated")
    error = arb(0, (2 * kappa * rho).upper())
    root = s + arb_mat(n, n, [error] * (n * n))
    if not _is_positive_definite(root + root.transpose()):
        raise Imprecise("the square root may not be the principal one")
    return root


def _approximate_sqrt(a: arb_mat) -> arb_mat:
    """The product form of Newton's iteration by Denman and Beavers, without error bounds."""
    n = a.nrows()
    y, z = a, arb_mat(identity(n))
    half = arb(1) / 2
    tolerance = arb(2) ** (-ctx.prec // 2 - 8)
    try:
        for _ in range(_MAX_NEWTON_STEPS):
            y, z, previous = ((y + z.inv()) * half).mid(), ((z + y.inv()) * half).mid(), y
            if _norm_bound(y - previous) < tolerance * _norm_bound(y):
                # quadratic convergence: one step more reaches the working precision
                return ((y + z.inv()) * half).mid()
    except ZeroDivisionError:
        pass
    raise Undefined("no principal square root")


def _is_positive_definite(a: arb_mat) -> bool:
    """Are all leading principal minors certainly positive (Sylvester's criterion)?"""
    n = a.nrows()
    return all(
        arb_mat(k, k, [a[i, j] for i in range(k) for j in range(k)]).det() > 0 for k in range(1, n + 1)
    )


def _certified_log(a: arb_mat) -> arb_mat:
    """Inverse scaling and squaring: 2ᵏ log(A^{1/2ᵏ}), the series of log(I + Z) cut with a bound of its
    tail."""
    n = a.nrows()
    unit = arb_mat(identity(n))
    squarings = 0
    while not _norm_bound(a - unit) < arb(1) / 4:
        a = _certified_sqrt(a)
        squarings += 1
        if squarings > _MAX_NEWTON_STEPS:
            raise Imprecise("the logarithm does not settle")
    z = a - unit
    size = _norm_bound(z)
    total, term = z, z
    terms = ctx.prec // 2 + 2
    for k in range(2, terms + 1):
        term = -(term * z)
        total = total + term / k
    tail = size ** (terms + 1) / ((terms + 1) * (1 - size))
    total = total + arb_mat(n, n, [arb(0, tail.upper())] * (n * n))
    return total * arb(2) ** squarings


def _max_eigenvalue(a: Plain) -> Plain:
    if a.nrows() == 1:
        return a
    try:
        values = acb_mat(to_ball(a)).eig(multiple=True)
    except ValueError:
        raise Imprecise("the eigenvalues are not isolated") from None
    largest = values[0].real
    for value in values[1:]:
        largest = largest.max(value.real)
    return from_entries(1, 1, [largest])
