"""Whether an exact value has a property that symbols are declared with."""

from __future__ import annotations

from collections.abc import Callable

from flint import fmpq_mat


def is_symmetric(a: fmpq_mat) -> bool:
    return bool(a.nrows() == a.ncols() and a == a.transpose())


def is_positive_definite(a: fmpq_mat) -> bool:
    """Symmetric with positive leading principal minors (Sylvester's criterion)."""
    return is_symmetric(a) and all(_minor(a, k).det() > 0 for k in range(1, a.nrows() + 1))


def is_positive_semidefinite(a: fmpq_mat) -> bool:
    """Symmetric, and the sums of its principal minors of every order are not negative: the coefficients of its
    characteristic polynomial, but for their alternating signs."""
    if not is_symmetric(a):
        return False
    falling = reversed(a.charpoly().coeffs())
    return all(c >= 0 if k % 2 == 0 else c <= 0 for k, c in enumerate(falling))


def has_full_rank(a: fmpq_mat) -> bool:
    return bool(a.rank() == min(a.nrows(), a.ncols()))


def _minor(a: fmpq_mat, k: int) -> fmpq_mat:
    return fmpq_mat(k, k, [a[i, j] for i in range(k) for j in range(k)])


TESTS: dict[str, Callable[[fmpq_mat], bool]] = {
    "symmetric": is_symmetric,
    "spd": is_positive_definite,
    "psd": is_positive_semidefinite,
    "skew": lambda a: a.nrows() == a.ncols() and a == -a.transpose(),
    "invertible": has_full_rank,
    "full_column_rank": has_full_rank,
    "full_row_rank": has_full_rank,
    "nonzero": lambda a: any(a.entries()),
    "positive": lambda a: all(e > 0 for e in a.entries()),
    "nonnegative": lambda a: all(e >= 0 for e in a.entries()),
}
