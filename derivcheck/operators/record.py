"""One operator = one frozen record; all facets stand together."""

from __future__ import annotations

import re
from collections.abc import Callable
from dataclasses import dataclass
from functools import cache
from typing import Any

from derivcheck.algebra.matrix import Matrix
from derivcheck.terms.dim import Dim, Shape

_ARG = re.compile(r"\(([^()]*)\)")
_LETTER = re.compile(r"[a-z]")


@dataclass(frozen=True, slots=True)
class Signature:
    """`(m,n),(n,p)->(m,p)`: letters are shape variables, local to the signature; `()` is a scalar, `1` is 1.

    Outputs may be polynomials of the letters: `(m*p,n*q)`, `(n*(n+1)/2 …)` is not allowed: an extra letter
    with an equation after a semicolon says it, `(n,n)->(h,1); 2*h=n*n+n`.

    parameters: the letters of the output that no input fixes, in order; `Apply.dims` gives them their values.
    equal: the equations between dimensions. letters: those that each input, and then the output, is the first to use.
    """

    text: str
    inputs: tuple[Shape, ...]
    output: Shape
    parameters: tuple[str, ...] = ()
    equal: tuple[tuple[Dim, Dim], ...] = ()
    letters: tuple[tuple[str, ...], ...] = ()

    @staticmethod
    @cache
    def parse(text: str) -> Signature:
        shapes, *equations = text.split(";")
        left, _, right = shapes.partition("->")
        inputs = tuple(_shape(m.group(1)) for m in _ARG.finditer(left))
        (output,) = (_shape(m.group(1)) for m in _ARG.finditer(right))
        fixed = {v for shape in inputs for dim in shape for v in dim.variables()}
        parameters = tuple(dict.fromkeys(v for v in _LETTER.findall(right) if v not in fixed))
        equal = tuple((_dim(a), _dim(b)) for a, b in (e.split("=") for e in equations))
        used: set[str] = set()
        letters = []
        for rows, columns in (*inputs, output):
            letters.append(tuple(sorted((rows.variables() | columns.variables()) - used)))
            used.update(letters[-1])
        return Signature(text, inputs, output, parameters, equal, tuple(letters))


def _shape(text: str) -> Shape:
    if not text.strip():
        return (Dim.of(1), Dim.of(1))
    rows, cols = text.split(",")
    return (_dim(rows), _dim(cols))


def _dim(text: str) -> Dim:
    total = Dim.of(0)
    for part in text.split("+"):
        product = Dim.of(1)
        for factor in part.split("*"):
            f = factor.strip()
            product = product * Dim.of(int(f) if f.isdigit() else f)
        total = total + product
    return total


@dataclass(frozen=True, slots=True)
class Operator:
    """An operator of the table.

    name: its key in terms. notations: function names as written (`tr`, `Tr`, `trace`); what an infix sign means
    depends on its operands and is told in readings/products.py. signatures: tried in order, the first that
    unifies is taken.
    evaluate(args, dims): its value over any matrix of the algebra (balls, exact rationals, duals of both):
    `dims` are the numeric values of Apply.dims. Its differential follows from that of the algebra's
    primitives. latex: a template with {0}, {1} for printing and for the print → parse contract (None when
    there is no notation of its own). sympy: lowering of scalar operators to SymPy (called lazily, gets SymPy
    arguments), None otherwise. domain: properties (words of terms.Symbol) that each argument must be sampled
    with, per argument. elementwise: a scalar function applied entry by entry (signature (m,n)->(m,n)).
    source: where the definition stands in the literature.
    """

    name: str
    signatures: tuple[Signature, ...]
    evaluate: Callable[[tuple[Matrix, ...], tuple[int, ...]], Matrix]
    notations: tuple[str, ...] = ()
    latex: str | None = None
    domain: tuple[frozenset[str], ...] = ()
    elementwise: bool = False
    smooth: bool = True  # differentiable on its sampled domain
    piecewise: bool = False  # made of several pieces (|x|, max): equal to no rational function on all of its domain
    sympy: Callable[..., Any] | None = None
    source: str = ""
