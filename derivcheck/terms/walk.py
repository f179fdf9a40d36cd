"""Walking and rebuilding terms."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from dataclasses import replace
from operator import is_
from typing import assert_never

from derivcheck.terms.dim import Dim
from derivcheck.terms.term import (
    Apply,
    Block,
    Call,
    Cases,
    Condition,
    Constant,
    Derivative,
    Differential,
    Entry,
    Fold,
    Index,
    Integral,
    Limit,
    Number,
    Size,
    Substitute,
    Term,
    Variable,
)


def children(term: Term) -> tuple[Term, ...]:
    """Direct subterms, in writing order."""
    match term:
        case Apply() | Call():
            return term.args
        case Variable():
            return term.indices
        case Number() | Constant() | Size() | Index():
            return ()
        case Entry(base=base, row=row, column=column):
            return (base, row, column)
        case Fold(lower=lower, upper=upper, body=body, condition=condition):
            return (lower, upper, body) + ((condition,) if condition is not None else ())
        case Condition(left=left, right=right):
            return (left, right)
        case Block(rows=rows):
            return tuple(t for row in rows for t in row)
        case Derivative(operand=operand, variable=variable):
            return (operand, variable)
        case Differential(operand=operand):
            return (operand,)
        case Substitute(body=body, value=value):
            return (body, value)
        case Cases(branches=branches):
            return tuple(t for b, c in branches for t in ((b,) if c is None else (b, c)))
        case Integral(body=body, lower=lower, upper=upper):
            return (body, lower, upper)
        case Limit(body=body, point=point):
            return (body, point)
        case _:
            assert_never(term)


def subterms(term: Term) -> Iterator[Term]:
    """The term and everything below it, depth first."""
    stack = [term]
    while stack:
        t = stack.pop()
        yield t
        stack.extend(reversed(children(t)))


def with_children(term: Term, new: tuple[Term, ...]) -> Term:
    """The same node over other children (as many, in the order of `children`)."""
    match term:
        case Number() | Constant() | Size() | Index():
            return term
        case Variable():
            return replace(term, indices=new)
        case Apply() | Call():
            return replace(term, args=new)
        case Entry():
            return replace(term, base=new[0], row=new[1], column=new[2])
        case Fold():
            condition = new[3] if len(new) > 3 else None
            assert condition is None or isinstance(condition, Condition)
            return replace(term, lower=new[0], upper=new[1], body=new[2], condition=condition)
        case Condition():
            return replace(term, left=new[0], right=new[1])
        case Block(rows=rows):
            flat = iter(new)
            return replace(term, rows=tuple(tuple(next(flat) for _ in row) for row in rows))
        case Derivative():
            return replace(term, operand=new[0], variable=new[1])
        case Differential():
            return replace(term, operand=new[0])
        case Substitute():
            return replace(term, body=new[0], value=new[1])
        case Cases(branches=branches):
            flat, out = iter(new), []
            for _, c in branches:
                body = next(flat)
                kept = next(flat) if c is not None else None
                assert kept is None or isinstance(kept, Condition)
                out.append((body, kept))
            return replace(term, branches=tuple(out))
        case Integral():
            return replace(term, body=new[0], lower=new[1], upper=new[2])
        case Limit():
            return replace(term, body=new[0], point=new[1])
        case _:
            assert_never(term)


def map_dims(term: Term, f: Callable[[Dim], Dim]) -> Term:
    """Apply `f` to every dimension in the term; a term in which none changes is returned as it is."""
    old = children(term)
    mapped = tuple([map_dims(c, f) for c in old])
    new = term if all(map(is_, mapped, old)) else with_children(term, mapped)
    shape = (f(new.shape[0]), f(new.shape[1]))
    match new:
        case Size(dim=dim):
            return replace(new, dim=f(dim), shape=shape)
        case Apply(dims=dims):
            new_dims = tuple([f(d) for d in dims])
            same = new_dims == dims and shape == new.shape
            return new if same else replace(new, dims=new_dims, shape=shape)
        case _:
            return new if shape == new.shape else replace(new, shape=shape)


def free_indices(term: Term) -> frozenset[str]:
    """Index names that no Fold in the term binds."""
    match term:
        case Index(name=name):
            return frozenset({name})
        case Fold(index=index, lower=lower, upper=upper):
            inner = frozenset[str]().union(*(free_indices(c) for c in children(term)[2:])) - {index}
            return inner | free_indices(lower) | free_indices(upper)
        case _:
            return frozenset[str]().union(*(free_indices(c) for c in children(term)))
