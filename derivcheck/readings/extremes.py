"""λ_max, λ_min, σ_max, σ_min of a matrix. Eigenvalues are ordered where the matrix is seen to be symmetric only."""

from __future__ import annotations

from typing import TYPE_CHECKING

from derivcheck.notation import tree
from derivcheck.readings.errors import Unread
from derivcheck.terms.term import Apply, Term, Variable

if TYPE_CHECKING:
    from derivcheck.readings.elaborator import Elaborator

_EIGENVALUES = {"max": "max_eigenvalue", "min": "min_eigenvalue"}
_SINGULAR_VALUES = {"max": "norm_spectral", "min": "min_singular_value"}
_SYMMETRIC = frozenset({"symmetric", "spd", "psd", "diagonal"})
_KEEPING = frozenset({"add", "scale", "negate", "inverse", "power", "transpose", "matrix_exp"})


def operator_of(head: tree.Node) -> str | None:
    """The operator that λ_max, λ_min, σ_max or σ_min names."""
    match head:
        case tree.Script(base=tree.Sym(name="\\lambda" | "\\mu"), sub=sub, sup=None):
            return _EIGENVALUES.get(_extremum(sub))
        case tree.Script(base=tree.Sym(name="\\sigma"), sub=sub, sup=None):
            return _SINGULAR_VALUES.get(_extremum(sub))
        case _:
            return None


def _extremum(sub: tree.Node | None) -> str:
    match sub:
        case tree.Name(text=text) | tree.Words(text=text):
            return text.strip()
        case tree.Big(op=op):
            return op
        case _:
            return ""


def extreme(e: Elaborator, operator: str, matrix: Term, node: tree.Node) -> Term:
    """The value of the operator; Unread for eigenvalues of what may not be symmetric."""
    if operator in _EIGENVALUES.values() and not _is_symmetric(e, matrix):
        raise Unread("unsupported operator", "an extreme eigenvalue", node.start, node.end)
    return e.apply(operator, (matrix,), node)


def _is_symmetric(e: Elaborator, term: Term) -> bool:
    """Whether a matrix is symmetric by what is said of its symbols, or as a product AᵀA, ABAᵀ."""
    match term:
        case Variable(key=key):
            return bool(e.symbols[key].properties & _SYMMETRIC)
        case Apply(operator="matmul", args=args):
            count = len(args)
            mirrored = all(_transposes(args[k], args[count - 1 - k]) for k in range(count // 2))
            return mirrored and (count % 2 == 0 or _is_symmetric(e, args[count // 2]))
        case Apply(operator="identity"):
            return True
        case Apply(operator=operator, args=args) if operator in _KEEPING:
            return all(a.shape[0] != a.shape[1] or e.is_scalar(a) or _is_symmetric(e, a) for a in args)
        case _:
            return False


def _transposes(a: Term, b: Term) -> bool:
    match a, b:
        case (Apply(operator="transpose", args=(inner,)), other) | (other, Apply(operator="transpose", args=(inner,))):
            return _same(inner, other)
        case _:
            return False


def _same(a: Term, b: Term) -> bool:
    match a, b:
        case Variable(key=one), Variable(key=other):
            return one == other
        case Apply(operator=one, args=args), Apply(operator=other, args=others):
            return one == other and len(args) == len(others) and all(map(_same, args, others))
        case _:
            return a == b
