"""Small adaptors that turn functions of the algebra into the facets of an operator record."""

from __future__ import annotations

from collections.abc import Callable
from functools import reduce
from typing import Any

from derivcheck.algebra.matrix import Matrix
from derivcheck.operators.record import Signature

Evaluate = Callable[[tuple[Matrix, ...], tuple[int, ...]], Matrix]


def signatures(*texts: str) -> tuple[Signature, ...]:
    """The alternatives in the order in which they are tried."""
    return tuple(Signature.parse(t) for t in texts)


def of(f: Callable[..., Matrix]) -> Evaluate:
    """f of the operands; the operator has no explicit dimensions."""
    return lambda args, dims: f(*args)


def of_dims(f: Callable[..., Matrix]) -> Evaluate:
    """f of the explicit dimensions alone."""
    return lambda args, dims: f(*dims)


def folded(f: Callable[[Matrix, Matrix], Matrix]) -> Evaluate:
    """An associative f over one or more operands."""
    return lambda args, dims: reduce(f, args)


def sympy_function(name: str) -> Callable[..., Any]:
    """SymPy's function of this name, imported when first called."""

    def lower(*args: Any) -> Any:
        import sympy

        return getattr(sympy, name)(*args)

    return lower
