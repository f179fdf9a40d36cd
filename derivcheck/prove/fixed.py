"""Fixed tensors as networks: one index at several positions, or an index that touches nothing."""

from __future__ import annotations

from fractions import Fraction
from typing import TYPE_CHECKING

from derivcheck.prove import atoms
from derivcheck.prove.graph import Monomial
from derivcheck.prove.polynomial import Polynomial, Structure
from derivcheck.terms.term import Apply

if TYPE_CHECKING:
    from derivcheck.prove.lower import Lowering


def identity(term: Apply, to: Lowering) -> Polynomial:
    """I: every row index is a column index as well."""
    (legs, _) = atoms.legs_of(to.shape(term.shape))
    return copy_of(legs, legs, to)


def copy_of(rows: Structure, cols: Structure, to: Lowering) -> Polynomial:
    """The identity between these rows and columns, as many of each."""
    fresh = tuple(to.session.indices.fresh(d) for d in rows)
    return Polynomial(rows, cols, (Monomial(Fraction(1), (), (), fresh, fresh),))


def zeros(term: Apply, to: Lowering) -> Polynomial:
    """No term at all."""
    return Polynomial(*atoms.legs_of(to.shape(term.shape)), ())


def ones(term: Apply, to: Lowering) -> Polynomial:
    """Indices that nothing touches."""
    rows, cols = atoms.legs_of(to.shape(term.shape))
    fresh = to.session.indices.fresh
    m = Monomial(Fraction(1), (), (), tuple(fresh(d) for d in rows), tuple(fresh(d) for d in cols))
    return Polynomial(rows, cols, (m,))


def commutation(term: Apply, to: Lowering) -> Polynomial:
    """K_{mn} vec A = vec Aᵀ for A of shape (m,n)."""
    m, n = (to.dim(d) for d in term.dims)
    i = tuple(to.session.indices.fresh(d) for d in (m,) if d.constant != 1)
    j = tuple(to.session.indices.fresh(d) for d in (n,) if d.constant != 1)
    dims = to.session.indices.dims
    rows, cols = i + j, j + i
    return Polynomial(
        tuple(dims[k] for k in rows),
        tuple(dims[k] for k in cols),
        (Monomial(Fraction(1), (), (), rows, cols),),
    )


def basis(term: Apply, to: Lowering) -> Polynomial:
    """e_i as a column of the identity."""
    rows, _ = to.shape(term.shape)
    eye = identity(Apply("identity", (), shape=(rows, rows)), to)
    name, literal = to.picked(term.args[0], rows)
    return to.at(eye, "cols", name, literal)
