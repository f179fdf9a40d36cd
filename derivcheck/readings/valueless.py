"""Terms that have a meaning but no value that can be had: integrals to infinity and of functions of matrices."""

from __future__ import annotations

from derivcheck.terms.term import Apply, Constant, Integral, Term, Variable
from derivcheck.terms.walk import subterms

_INFINITE = Constant("infinity")
_OF_MATRICES = frozenset({"matrix_exp", "matrix_log", "matrix_sqrt", "matrix_inverse_sqrt"})


def valueless(term: Term) -> bool:
    """Whether one of its integrals cannot be evaluated (`P = ∫_0^∞ e^{tAᵀ} Q e^{tA} dt`), so that a symbol that it
    defines has to stay free."""
    return any(isinstance(t, Integral) and _beyond(t) for t in subterms(term))


def _beyond(integral: Integral) -> bool:
    if any(_INFINITE in subterms(bound) for bound in (integral.lower, integral.upper)):
        return True
    functions = (t for t in subterms(integral.body) if isinstance(t, Apply) and t.operator in _OF_MATRICES)
    return any(_varies(f, integral.key) for f in functions)


def _varies(term: Term, key: str) -> bool:
    return any(isinstance(t, Variable) and t.key == key for t in subterms(term))
