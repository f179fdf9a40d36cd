"""Sums of monomials that share one structure of rows and columns, and the operations on them."""

from __future__ import annotations

from collections.abc import Callable, Iterable
from dataclasses import dataclass, replace
from fractions import Fraction
from functools import reduce

from derivcheck.prove.graph import (
    FUSE,
    MAX_NODES,
    MAX_TERMS,
    UNIT,
    Indices,
    Monomial,
    Node,
    add_powers,
    identified,
    refreshed,
    with_loose,
)  # fmt: skip
from derivcheck.prove.proof import OutOfReach
from derivcheck.terms.dim import ONE, Dim

Structure = tuple[Dim, ...]  # the dimensions of a run of legs; () stands for dimension 1


@dataclass(frozen=True, slots=True)
class Polynomial:
    """Every term has legs `rows` × `cols`, in this order, the major leg of a composite dimension first."""

    rows: Structure
    cols: Structure
    terms: tuple[Monomial, ...]

    @property
    def is_scalar(self) -> bool:
        return not self.rows and not self.cols


def product_of(dims: Iterable[Dim]) -> Dim:
    return reduce(lambda a, b: a * b, dims, ONE)


def constant(value: Fraction | int) -> Polynomial:
    return Polynomial((), (), (Monomial(Fraction(value)),) if value else ())


def scaled(p: Polynomial, factor: Fraction | int) -> Polynomial:
    if not factor:
        return Polynomial(p.rows, p.cols, ())
    return replace(p, terms=tuple(replace(m, coefficient=m.coefficient * factor) for m in p.terms))


def transposed(p: Polynomial) -> Polynomial:
    return Polynomial(p.cols, p.rows, tuple(replace(m, rows=m.cols, cols=m.rows) for m in p.terms))


def quotient(a: Dim, b: Dim) -> Dim | None:
    """a / b when both are monomials and b divides a properly."""
    if len(a.terms) != 1 or len(b.terms) != 1 or a == b:
        return None
    (names, c), (divisors, d) = a.terms[0], b.terms[0]
    if c % d:
        return None
    left = list(names)
    for name in divisors:
        if name not in left:
            return None
        left.remove(name)
    return Dim(((tuple(left), c // d),))


def refinement(a: Structure, b: Structure) -> Structure:
    """A structure both can be brought to; OutOfReach when the total dimensions differ."""
    if product_of(a) != product_of(b):
        raise OutOfReach("dimensions differ")
    left, right, out = list(a), list(b), list[Dim]()
    while left and right:
        if left[0] == right[0]:
            out.append(left.pop(0))
            right.pop(0)
        elif (q := quotient(left[0], right[0])) is not None:
            out.append(right.pop(0))
            left[0] = q
        elif (q := quotient(right[0], left[0])) is not None:
            out.append(left.pop(0))
            right[0] = q
        else:
            return (*out, product_of(left))
    if left or right:
        raise OutOfReach("dimensions differ")
    return tuple(out)


def _regrouped(
    legs: tuple[int, ...], target: Structure, indices: Indices
) -> tuple[tuple[int, ...], list[Node]]:
    """Fresh legs of the target structure and the fuse nodes that tie them to the old ones."""
    wanted, out, fuses = list(target), list[int](), list[Node]()
    for position, leg in enumerate(legs):
        dim, run = indices.dims[leg], list[Dim]()
        while wanted and product_of(run) != dim and quotient(dim, product_of([*run, wanted[0]])) is not None:
            run.append(wanted.pop(0))
        if wanted and product_of(run) != dim and product_of([*run, wanted[0]]) == dim:
            run.append(wanted.pop(0))
        if run and product_of(run) == dim:
            fresh = [leg] if len(run) == 1 else [indices.fresh(d) for d in run]
            if len(run) > 1:
                fuses.append(Node(FUSE, (leg, *fresh)))
            out.extend(fresh)
            continue
        rest = legs[position:]
        if run or len(wanted) != 1 or product_of(indices.dims[i] for i in rest) != wanted[0]:
            raise OutOfReach("dimensions do not split")
        fused = indices.fresh(wanted[0])
        return (*out, fused), [*fuses, Node(FUSE, (fused, *rest))]
    if wanted:
        raise OutOfReach("dimensions do not split")
    return tuple(out), fuses


def restructured(p: Polynomial, rows: Structure, cols: Structure, indices: Indices) -> Polynomial:
    """The same matrix with its rows and columns split or fused into the given structure."""
    if (rows, cols) == (p.rows, p.cols):
        return p
    terms = []
    for m in p.terms:
        row_legs, row_fuses = (m.rows, []) if rows == p.rows else _regrouped(m.rows, rows, indices)
        col_legs, col_fuses = (m.cols, []) if cols == p.cols else _regrouped(m.cols, cols, indices)
        terms.append(replace(m, rows=row_legs, cols=col_legs, nodes=(*m.nodes, *row_fuses, *col_fuses)))
    return Polynomial(rows, cols, tuple(terms))


def added(parts: Iterable[Polynomial], indices: Indices) -> Polynomial:
    """Σ parts, brought to a common structure."""
    total: Polynomial | None = None
    for p in parts:
        if total is None:
            total = p
            continue
        rows, cols = refinement(total.rows, p.rows), refinement(total.cols, p.cols)
        a, b = restructured(total, rows, cols, indices), restructured(p, rows, cols, indices)
        total = Polynomial(rows, cols, a.terms + b.terms)
        if len(total.terms) > MAX_TERMS:
            raise OutOfReach("too many terms")
    assert total is not None
    return total


Join = Callable[[Monomial, Monomial], tuple[list[tuple[int, int]], tuple[int, ...], tuple[int, ...]]]


def combined(
    p: Polynomial, q: Polynomial, join: Join, rows: Structure, cols: Structure, indices: Indices
) -> Polynomial:
    """Π term by term: `join` says which indices meet and which are the rows and columns of the result."""
    if len(p.terms) * len(q.terms) > MAX_TERMS:
        raise OutOfReach("too many terms")
    terms = []
    for a in p.terms:
        for original in q.terms:
            b = refreshed(original, indices)
            pairs, row_legs, col_legs = join(a, b)
            bound = dict(a.bound)
            for name, index in b.bound:
                if name in bound:
                    pairs.append((bound[name], index))
                bound.setdefault(name, index)
            if len(a.nodes) + len(b.nodes) > MAX_NODES:
                raise OutOfReach("too large a network")
            both = Monomial(
                a.coefficient * b.coefficient, a.nodes + b.nodes, add_powers(a.powers, b.powers),
                row_legs, col_legs, tuple(sorted(bound.items())), a.loose + b.loose,
            )  # fmt: skip
            everything = Monomial(
                UNIT, both.nodes, (), (*a.rows, *a.cols, *b.rows, *b.cols), (), both.bound
            )
            merged = identified(both, pairs, indices)
            before = identified(everything, pairs, indices).indices()
            terms.append(with_loose(merged, before, indices))
    return Polynomial(rows, cols, tuple(terms))


def multiplied(p: Polynomial, q: Polynomial, indices: Indices) -> Polynomial:
    """The matrix product (m,n),(n,p)->(m,p); a scalar on either side scales."""
    if p.is_scalar or q.is_scalar:
        rows, cols = p.rows + q.rows, p.cols + q.cols
        return combined(p, q, lambda a, b: ([], a.rows + b.rows, a.cols + b.cols), rows, cols, indices)
    middle = refinement(p.cols, q.rows)
    a, b = restructured(p, p.rows, middle, indices), restructured(q, middle, q.cols, indices)
    return combined(
        a, b, lambda s, t: (list(zip(s.cols, t.rows, strict=True)), s.rows, t.cols), a.rows, b.cols, indices
    )


def kronecker(p: Polynomial, q: Polynomial, indices: Indices) -> Polynomial:
    """(m,n),(p,q)->(m·p,n·q): composite index, that of the left factor major."""
    return combined(
        p, q, lambda a, b: ([], a.rows + b.rows, a.cols + b.cols), p.rows + q.rows, p.cols + q.cols, indices
    )


def hadamard(p: Polynomial, q: Polynomial, indices: Indices) -> Polynomial:
    rows, cols = refinement(p.rows, q.rows), refinement(p.cols, q.cols)
    a, b = restructured(p, rows, cols, indices), restructured(q, rows, cols, indices)
    return combined(
        a, b, lambda s, t: (list(zip(s.rows + s.cols, t.rows + t.cols, strict=True)), s.rows, s.cols),
        rows, cols, indices,
    )  # fmt: skip


def khatri_rao(p: Polynomial, q: Polynomial, indices: Indices) -> Polynomial:
    """Column by column Kronecker product (m,n),(p,n)->(m·p,n)."""
    cols = refinement(p.cols, q.cols)
    a, b = restructured(p, p.rows, cols, indices), restructured(q, q.rows, cols, indices)
    return combined(
        a, b, lambda s, t: (list(zip(s.cols, t.cols, strict=True)), s.rows + t.rows, s.cols),
        a.rows + b.rows, cols, indices,
    )  # fmt: skip


Legs = tuple[tuple[int, ...], tuple[int, ...]]  # of the rows, of the columns


def mapped(
    p: Polynomial,
    rows: Structure,
    cols: Structure,
    legs: Callable[[Monomial], Legs],
    indices: Indices,
    pairs: Callable[[Monomial], list[tuple[int, int]]] = lambda m: [],
) -> Polynomial:
    """Each term with new rows and columns, after making pairs of its indices one."""
    terms = []
    for m in p.terms:
        row_legs, col_legs = legs(m)
        new = identified(replace(m, rows=row_legs, cols=col_legs), pairs(m), indices)
        before = identified(m, pairs(m), indices).indices()
        terms.append(with_loose(new, before, indices))
    return Polynomial(rows, cols, tuple(terms))


def traced(p: Polynomial, indices: Indices) -> Polynomial:
    common = refinement(p.rows, p.cols)
    square = restructured(p, common, common, indices)
    return mapped(
        square, (), (), lambda m: ((), ()), indices, lambda m: list(zip(m.rows, m.cols, strict=True))
    )


def vectorised(p: Polynomial, indices: Indices) -> Polynomial:
    """Columns stacked: (m,n)->(n·m,1), the column index major."""
    return mapped(p, p.cols + p.rows, (), lambda m: (m.cols + m.rows, ()), indices)


def entries_summed(p: Polynomial, indices: Indices) -> Polynomial:
    return mapped(p, (), (), lambda m: ((), ()), indices)
