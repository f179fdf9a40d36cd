"""Real and imaginary part of a term, by the rules of arithmetic; (AB)^H = B^H A^H follows from them.

A power, inverse or exponential of a matrix X + iY is read off that of the real matrix ((X, -Y), (Y, X)), which
multiplies as X + iY does; a determinant of up to three rows is written out. What has no such rule (a logarithm, a
square root) is not read.
"""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass, replace
from typing import TYPE_CHECKING

from derivcheck.readings.errors import Unread
from derivcheck.readings.numbers import number
from derivcheck.terms.dim import SCALAR, Dim, Shape
from derivcheck.terms.term import Apply, Block, Constant, Derivative, Entry, Fold, Integral, Number, Term, Variable
from derivcheck.terms.walk import map_dims

if TYPE_CHECKING:
    from derivcheck.readings.elaborator import Elaborator

UNIT = Constant("imaginary")
PAIR = Dim.of(2)
_ONE = number(1)
_LINEAR = frozenset({
    "transpose", "trace", "vec", "vech", "vec_rows", "unvec", "diag_matrix", "diag_vector", "block_diag",
    "sum_entries", "broadcast", "lower_triangle", "upper_triangle",
})  # fmt: skip
_BILINEAR = frozenset({"matmul", "scale", "hadamard", "kronecker", "cross", "dot"})
_OF_NUMBERS = frozenset({"dot", "cross"})  # of vectors, a product that may conjugate
_SIZES = frozenset({"abs", "norm2", "norm_frobenius"})
_MANY = 4  # rows of a determinant that is not written out
_POWERS = frozenset({"power", "power_scalar"})


@dataclass(frozen=True, slots=True)
class Parts:
    """real + i·imaginary; None stands for zero."""

    real: Term | None
    imaginary: Term | None = None


class Splitter:
    """`is_real`: whether a term has no imaginary part. `of_symbol`: the parts of a symbol that is not real, None for
    one that has a definition."""

    def __init__(
        self, e: Elaborator, is_real: Callable[[Term], bool], of_symbol: Callable[[Variable], Parts | None]
    ) -> None:
        self._e, self._is_real, self._of_symbol = e, is_real, of_symbol

    def resolved(self, term: Term) -> Term:
        """The term with the sizes that were found since it was read."""
        return map_dims(term, self._e.unifier.resolve)

    def parts(self, term: Term) -> Parts:
        """Unread where a rule is missing."""
        if self._is_real(term):
            return Parts(term)
        match term:
            case Constant():
                return Parts(None, _ONE)
            case Variable(key=key, indices=indices):
                if (found := self._of_symbol(term)) is not None:
                    return found
                definition = self._e.symbols[key].definition
                if definition is not None and not indices:
                    return self.parts(self.resolved(definition))
            case Apply():
                return self._applied(term)
            case Block(rows=rows):
                split = [[(self.parts(t), t) for t in row] for row in rows]
                real = tuple(tuple(whole(p.real, t) for p, t in row) for row in split)
                unreal = tuple(tuple(whole(p.imaginary, t) for p, t in row) for row in split)
                return Parts(replace(term, rows=real), replace(term, rows=unreal))
            case Entry(base=base):
                return _each(self.parts(base), lambda part: replace(term, base=part))
            case Fold(kind="sum", body=body, condition=condition) if condition is None or self._is_real(condition):
                return _each(self.parts(body), lambda part: replace(term, body=part))
            case Derivative(operand=operand, variable=variable) if self._is_real(variable):
                return _each(self.parts(operand), lambda part: replace(term, operand=part))
            case Integral(body=body, lower=lower, upper=upper) if self._is_real(lower) and self._is_real(upper):
                return _each(self.parts(body), lambda part: replace(term, body=part))
            case _:
                pass
        raise _unread(term)

    def _applied(self, term: Apply) -> Parts:
        operator, args, shape = term.operator, term.args, term.shape
        match operator, args:
            case "add", _:
                found = [self.parts(a) for a in args]
                return Parts(plus(shape, *(p.real for p in found)), plus(shape, *(p.imaginary for p in found)))
            case "negate", (inner,):
                return _each(self.parts(inner), minus)
            case "conjugate", (inner,):
                return conjugate(self.parts(inner))
            case "real_part", (inner,):
                return Parts(self.parts(inner).real)
            case "imaginary_part", (inner,):
                return Parts(self.parts(inner).imaginary)
            case _, (inner,) if operator in _LINEAR:
                return _each(self.parts(inner), lambda part: replace(term, args=(part,)))
            case _ if operator in _BILINEAR and (operator not in _OF_NUMBERS or _are_numbers(args)):
                return self._product(term)
            case "commutator", (one, other):
                a, b = self.parts(one), self.parts(other)
                there, back = (product(Apply("matmul", (), shape=shape), *pair) for pair in ((a, b), (b, a)))
                return Parts(
                    plus(shape, there.real, minus(back.real)), plus(shape, there.imaginary, minus(back.imaginary))
                )
            case "divide", (above, below):
                return product(Apply("scale", (), shape=shape), _reciprocal(self.parts(below)), self.parts(above))
            case "exp", (inner,) if inner.shape == SCALAR:
                exponent = self.parts(inner)
                size, angle = Apply("exp", (whole(exponent.real, inner),)), whole(exponent.imaginary, inner)
                return Parts(_times(size, Apply("cos", (angle,))), _times(size, Apply("sin", (angle,))))
            case "inverse", (inner,) if self._e.is_scalar(inner):
                return _reciprocal(self.parts(inner))
            case "inverse" | "matrix_exp", (inner,):
                return _embedded(term, self.parts(inner))
            case _, (base, exponent) if operator in _POWERS and self._is_real(exponent):
                return self._power(term, base, exponent)
            case "det", (inner,) if (inner.shape[0].constant or _MANY) < _MANY:
                places = tuple(range(1, (inner.shape[0].constant or 0) + 1))
                return self.parts(_by_entries(inner, places, places))
            case _, (inner,) if operator in _SIZES:
                return Parts(_size(operator, inner, self.parts(inner)))
            case _:
                raise _unread(term)

    def _product(self, term: Apply) -> Parts:
        first, *others = term.args
        found, shape = self.parts(first), first.shape
        for other in others:
            shape = _shape_of_product(term.operator, shape, other.shape)
            found = product(replace(term, shape=shape), found, self.parts(other))
        return found

    def _power(self, term: Apply, base: Term, exponent: Term) -> Parts:
        """zⁿ of a whole number n."""
        scalar = self._e.is_scalar(base)
        if scalar and isinstance(exponent, Number) and exponent.value == -1:
            return _reciprocal(self.parts(base))
        if scalar and isinstance(exponent, Number) and exponent.value == 2:
            squared = self.parts(base)
            return product(Apply("scale", ()), squared, squared)
        if term.operator != "power" and not self._counts(exponent):
            raise Unread("unsupported operator", "a root of a complex number", exponent.start, exponent.end)
        return _embedded(replace(term, operator="power"), self.parts(base))

    def _counts(self, exponent: Term) -> bool:
        """n of zⁿ, where nothing is said of it: it counts factors."""
        e = self._e
        if not isinstance(exponent, Variable) or exponent.key not in ("n", "m", "k", "N"):
            return False
        symbol = e.symbols[exponent.key]
        e.symbols[exponent.key] = replace(symbol, properties=symbol.properties | {"natural"})
        return symbol.definition is None and not e.known.declared(exponent.key)


def _by_entries(matrix: Term, rows: tuple[int, ...], columns: tuple[int, ...]) -> Term:
    """The determinant of these rows and columns, expanded along the first row (Laplace)."""
    first, *below = rows
    terms: list[Term] = []
    for k, column in enumerate(columns):
        entry: Term = Entry(matrix, number(first), number(column))
        if below:
            others = columns[:k] + columns[k + 1 :]
            entry = Apply("scale", (entry, _by_entries(matrix, tuple(below), others)))
        terms.append(entry if k % 2 == 0 else Apply("negate", (entry,)))
    return terms[0] if len(terms) == 1 else Apply("add", tuple(terms))


def _unread(term: Term) -> Unread:
    detail = "the imaginary unit" if term == UNIT else "a function of complex numbers"
    return Unread("unsupported operator", detail, term.start, term.end)


def stacked(side: Term, found: Parts) -> Term:
    """The real part over the imaginary part."""
    real, unreal = whole(found.real, side), whole(found.imaginary, side)
    rows, columns = side.shape
    return Block(((real,), (unreal,)), shape=(PAIR * rows, columns), start=side.start, end=side.end)


def whole(part: Term | None, term: Term) -> Term:
    """A part of a term, zeros written out."""
    if part is not None:
        return part
    return number(0) if term.shape == SCALAR else Apply("zeros", (), dims=term.shape, shape=term.shape)


def conjugate(z: Parts) -> Parts:
    return Parts(z.real, minus(z.imaginary))


def product(term: Apply, one: Parts, other: Parts) -> Parts:
    """(a + ib)(c + id) of a bilinear product: that of `term`, with its shape."""

    def of(a: Term | None, b: Term | None) -> Term | None:
        if a is None or b is None:
            return None
        if term.operator == "scale":
            return _times(a, b, term.shape)
        return replace(term, args=(a, b))

    a, b, c, d = one.real, one.imaginary, other.real, other.imaginary
    return Parts(plus(term.shape, of(a, c), minus(of(b, d))), plus(term.shape, of(a, d), of(b, c)))


def _shape_of_product(operator: str, one: Shape, other: Shape) -> Shape:
    match operator:
        case "matmul":
            return (one[0], other[1])
        case "kronecker":
            return (one[0] * other[0], one[1] * other[1])
        case "scale":
            return other
        case _:
            return one


def plus(shape: Shape, *terms: Term | None) -> Term | None:
    left = tuple(t for t in terms if t is not None)
    if not left:
        return None
    return left[0] if len(left) == 1 else Apply("add", left, shape=shape)


def minus(term: Term | None) -> Term | None:
    return None if term is None else Apply("negate", (term,), shape=term.shape)


def embedding(found: Parts, shape: Shape) -> Term:
    """((X, -Y), (Y, X))."""
    like = Apply("zeros", (), dims=shape, shape=shape)
    real, unreal = whole(found.real, like), whole(found.imaginary, like)
    negative = whole(minus(found.imaginary), like)
    doubled = (PAIR * shape[0], PAIR * shape[1])
    return Block(((real, negative), (unreal, real)), shape=doubled)


def upper_and_lower(doubled: Term, shape: Shape) -> Parts:
    """X and Y of ((X, -Y), (Y, X))."""
    if shape == SCALAR:
        return Parts(Entry(doubled, number(1), number(1)), Entry(doubled, number(2), number(1)))
    rows, columns = shape
    none = Apply("zeros", (), dims=(columns, columns), shape=(columns, columns))
    unit = Apply("identity", (), dims=(columns,), shape=(columns, columns))
    first = Apply("matmul", (doubled, Block(((unit,), (none,)), shape=(PAIR * columns, columns))))
    first = replace(first, shape=(PAIR * rows, columns))
    return Parts(_half(first, shape, upper=True), _half(first, shape, upper=False))


def _half(stack: Term, shape: Shape, *, upper: bool) -> Term:
    rows = shape[0]
    unit = Apply("identity", (), dims=(rows,), shape=(rows, rows))
    none = Apply("zeros", (), dims=(rows, rows), shape=(rows, rows))
    pick = Block(((unit, none) if upper else (none, unit),), shape=(rows, PAIR * rows))
    return Apply("matmul", (pick, stack), shape=shape)


def _embedded(term: Apply, found: Parts) -> Parts:
    """A function of one square matrix, or number, by that of its embedding."""
    operand, *others = term.args
    doubled = embedding(found, operand.shape)
    value = replace(term, args=(doubled, *others), shape=doubled.shape)
    return upper_and_lower(value, operand.shape)


def _each(found: Parts, change: Callable[[Term], Term | None]) -> Parts:
    return Parts(*(None if part is None else change(part) for part in (found.real, found.imaginary)))


def _are_numbers(args: tuple[Term, ...]) -> bool:
    return all(a.shape == SCALAR for a in args)


def _reciprocal(z: Parts) -> Parts:
    like = number(0)
    size = plus(SCALAR, _times(z.real, z.real), _times(z.imaginary, z.imaginary)) or like
    return _each(conjugate(z), lambda part: Apply("divide", (part, size)))


def _size(operator: str, term: Term, found: Parts) -> Term:
    """|z|, ‖z‖ by the squares of both parts."""
    if operator == "abs":
        squares = (_times(found.real, found.real), _times(found.imaginary, found.imaginary))
        return Apply("sqrt", (plus(SCALAR, *squares) or number(0),))
    return Apply(operator, (stacked(term, found),))


def _times(a: Term | None, b: Term | None, shape: Shape = SCALAR) -> Term | None:
    """A number times anything."""
    if a is None or b is None:
        return None
    if a == _ONE:
        return b
    return a if b == _ONE else Apply("scale", (a, b), shape=shape)
