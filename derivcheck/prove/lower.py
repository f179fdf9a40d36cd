"""Terms to tensor networks."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import dataclass, field, replace
from fractions import Fraction
from typing import assert_never

from derivcheck.prove import atoms, differential
from derivcheck.prove.graph import Monomial, Node, identified, with_loose
from derivcheck.prove.operations import LOWERINGS
from derivcheck.prove.polynomial import (
    Polynomial,
    added,
    constant,
    multiplied,
    product_of,
    restructured,
    scaled,
)  # fmt: skip
from derivcheck.prove.proof import OutOfReach
from derivcheck.prove.rewrite import normalised
from derivcheck.prove.scalars import exponential
from derivcheck.prove.session import ConstantAtom, Session, size_polynomial
from derivcheck.terms.dim import ONE, SCALAR, Dim, Shape
from derivcheck.terms.term import (
    Apply,
    Block,
    Call,
    Cases,
    Claim,
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
    Symbol,
    Term,
    Variable,
)  # fmt: skip

MAX_DEPTH = 120
MAX_VISITS = 5000  # term nodes lowered per attempt, definitions counted at each use


def equal_dims(claim: Claim) -> dict[str, Dim]:
    """Dimension variables that `dim_equal` lets us eliminate."""
    env: dict[str, Dim] = {}
    for left, right in claim.dim_equal:
        a, b = left.substitute(env), right.substitute(env)
        for one, other in ((a, b), (b, a)):
            if one.name is not None and one.name not in other.variables():
                env = {k: v.substitute({one.name: other}) for k, v in env.items()}
                env[one.name] = other
                break
    return env


@dataclass(slots=True)
class Lowering:
    """One side of a claim on its way to a polynomial. `scope`: ranges of the index variables in force."""

    claim: Claim
    session: Session
    scope: Mapping[str, Dim]
    dims: Mapping[str, Dim] = field(default_factory=dict)
    depth: int = 0
    visits: int = 0

    def dim(self, dim: Dim) -> Dim:
        return dim.substitute(self.dims) if self.dims else dim

    def shape(self, shape: Shape) -> Shape:
        return self.dim(shape[0]), self.dim(shape[1])

    def symbol(self, key: str) -> Symbol:
        symbol = self.claim.symbols.get(key)
        if symbol is None:
            raise OutOfReach(f"unknown symbol {key}")
        return replace(symbol, shape=self.shape(symbol.shape)) if self.dims else symbol

    def lower(self, term: Term) -> Polynomial:
        """The term's canonical polynomial; OutOfReach when it has none."""
        self.visits += 1
        if self.depth >= MAX_DEPTH or self.visits > MAX_VISITS:
            raise OutOfReach("too large a term")
        self.depth += 1
        try:
            result = normalised(self._lower(term), self.session)
        finally:
            self.depth -= 1
        if (product_of(result.rows), product_of(result.cols)) != self.shape(term.shape):
            raise OutOfReach("shapes differ")
        return result

    def _lower(self, term: Term) -> Polynomial:
        match term:
            case Number():
                return constant(term.value)
            case Constant():
                return self.constant(term.name)
            case Size():
                return size_polynomial(self.dim(term.dim))
            case Variable():
                return self.variable(term)
            case Index():
                return self.index_value(term.name)
            case Apply():
                lowering = LOWERINGS.get(term.operator)
                if lowering is not None:
                    return lowering(term, self)
                arguments = tuple(self.lower(a) for a in term.args)
                parameters = ",".join(str(self.dim(d)) for d in term.dims)
                return atoms.opaque(
                    term.operator, arguments, self.shape(term.shape), self.session, parameters
                )
            case Call():
                return self.call(term)
            case Entry():
                return self.entry(term)
            case Fold():
                return self.fold(term)
            case Derivative():
                return differential.derivative(term, self)
            case Differential():
                return differential.total(term, self)
            case Condition() | Block() | Substitute() | Cases() | Integral() | Limit():
                raise OutOfReach(f"no network for {type(term).__name__}")
            case _:
                assert_never(term)

    def constant(self, name: str) -> Polynomial:
        if name == "e":
            return exponential(constant(1), self.session)
        if name == "infinity":
            raise OutOfReach("infinite")
        label = f"constant {self.session.number('constant ' + name)}"
        self.session.atoms.setdefault(label, ConstantAtom())
        if name == "pi":
            self.session.positive.add(f"{label}()")
        return Polynomial((), (), (Monomial(Fraction(1), (Node(label, ()),)),))

    def variable(self, term: Variable) -> Polynomial:
        symbol = self.symbol(term.key)
        if symbol.shape != self.shape(term.shape):
            raise OutOfReach("shapes differ")
        if symbol.definition is not None:
            if term.indices:
                raise OutOfReach("defined family")
            definition = symbol.definition
            return self.nested(lambda: self.lower(definition))
        if term.indices and all(isinstance(i, Number) for i in term.indices):
            numbers = ",".join(str(i.value) for i in term.indices if isinstance(i, Number))
            named = replace(symbol, properties=frozenset())
            return atoms.variable(named, (), self.session, suffix=f" member {numbers}")
        members = []
        for i in term.indices:
            if not isinstance(i, Index):
                raise OutOfReach("computed index")
            members.append(self.bound_name(i.name))
        return atoms.variable(symbol, tuple(members), self.session)

    def nested(self, lowering: Callable[[], Polynomial]) -> Polynomial:
        """A definition's value: index variables bound around its use do not reach into it."""
        if self.depth >= MAX_DEPTH:
            raise OutOfReach("too deep a definition")
        outer, self.scope = self.scope, dict(self.claim.free)
        self.depth += 1
        try:
            return lowering()
        finally:
            self.scope = outer
            self.depth -= 1

    def bound_name(self, name: str) -> tuple[str, Dim]:
        if name not in self.scope:
            raise OutOfReach("index without a range")
        return str(self.session.number("index " + name)), self.dim(self.scope[name])

    def index_value(self, name: str) -> Polynomial:
        """The index as a number: the vector (1, 2, …, n) at that index."""
        bound, dim = self.bound_name(name)
        self.session.atoms.setdefault("iota", ConstantAtom())
        index = self.session.indices.fresh(dim)
        m = Monomial(Fraction(1), (Node("iota", (index,)),), bound=((bound, index),))
        return Polynomial((), (), (m,))

    def call(self, term: Call) -> Polynomial:
        arguments = [self.lower(a) for a in term.args]
        name = f"f{self.session.number('function ' + term.key)}"
        scalar = self.shape(term.shape) == SCALAR and all(p.is_scalar for p in arguments)
        if len(arguments) == 1 and (term.elementwise or scalar):
            return atoms.entrywise(name, arguments[0], self.session, term.order)
        if term.elementwise:
            raise OutOfReach("entrywise function of several arguments")
        return atoms.opaque(name + "'" * term.order, tuple(arguments), self.shape(term.shape), self.session)

    def picked(self, index: Term, dim: Dim) -> tuple[str, int]:
        """An index term as (name of the bound index, 0) or ("", literal value)."""
        if isinstance(index, Number) and index.value.denominator == 1 and index.value >= 1:
            size = dim.constant
            if size is not None and index.value > size:
                raise OutOfReach("index out of range")
            return "", index.value.numerator
        if isinstance(index, Index):
            name, size_of = self.bound_name(index.name)
            if size_of == dim:
                return name, 0
        raise OutOfReach("index does not run over its dimension")

    def entry(self, term: Entry) -> Polynomial:
        p = self.lower(term.base)
        rows, cols = self.shape(term.base.shape)
        p = restructured(p, *atoms.legs_of((rows, cols)), self.session.indices)
        for axis, index, dim in (("rows", term.row, rows), ("cols", term.column, cols)):
            name, literal = self.picked(index, dim)
            if dim != ONE:
                p = self.at(p, axis, name, literal)
            elif literal != 1:
                raise OutOfReach("index into a single row")
        return p

    def at(self, p: Polynomial, axis: str, name: str, literal: int) -> Polynomial:
        """The row or column at an index: bound by name, or contracted with a unit vector."""
        indices, terms = self.session.indices, []
        for m in p.terms:
            (leg,) = m.rows if axis == "rows" else m.cols
            rows, cols = ((), m.cols) if axis == "rows" else (m.rows, ())
            if literal:
                label = f"unit {literal}"
                self.session.atoms.setdefault(label, ConstantAtom())
                terms.append(replace(m, nodes=(*m.nodes, Node(label, (leg,))), rows=rows, cols=cols))
                continue
            bound = dict(m.bound)
            pairs = [(bound[name], leg)] if name in bound else []
            bound.setdefault(name, leg)
            new = replace(m, rows=rows, cols=cols, bound=tuple(sorted(bound.items())))
            terms.append(identified(new, pairs, indices))
        return Polynomial(() if axis == "rows" else p.rows, p.cols if axis == "rows" else (), tuple(terms))

    def fold(self, term: Fold) -> Polynomial:
        if term.kind != "sum" or term.lower != Number(Fraction(1)):
            raise OutOfReach("no network for this fold")
        match term.upper:
            case Size(dim=dim):
                size = self.dim(dim)
            case Number(value=value) if value.denominator == 1 and value >= 1:
                size = Dim.of(value.numerator)
            case _:
                raise OutOfReach("fold over no dimension")
        outer, self.scope = self.scope, {**self.scope, term.index: size}
        try:
            body = self.lower(term.body)
            if term.condition is not None:
                body = self.restricted(body, term.condition)
            name, _ = self.bound_name(term.index)
        finally:
            self.scope = outer
        return self.summed(body, name, size)

    def summed(self, p: Polynomial, name: str, size: Dim) -> Polynomial:
        free = [m for m in p.terms if name not in dict(m.bound)]
        tied = Polynomial(p.rows, p.cols, tuple(m for m in p.terms if name in dict(m.bound)))
        unbound = tuple(replace(m, bound=tuple(b for b in m.bound if b[0] != name)) for m in tied.terms)
        closed = tuple(
            with_loose(new, old.indices(), self.session.indices)
            for new, old in zip(unbound, tied.terms, strict=True)
        )
        times = tuple(replace(m, loose=tuple(sorted((*m.loose, size), key=lambda d: d.terms))) for m in free)
        return Polynomial(p.rows, p.cols, closed + times)

    def restricted(self, p: Polynomial, condition: Condition) -> Polynomial:
        """p · [i = j] or p · [i ≠ j] for index variables i, j."""
        if condition.relation not in ("=", "!="):
            raise OutOfReach("condition")
        delta = self.delta(condition.left, condition.right)
        where_equal = multiplied(delta, p, self.session.indices)
        if condition.relation == "=":
            return where_equal
        return added([p, scaled(where_equal, -1)], self.session.indices)

    def delta(self, left: Term, right: Term) -> Polynomial:
        """Kronecker's δ of two index variables."""
        if not isinstance(left, Index) or not isinstance(right, Index):
            raise OutOfReach("condition on computed indices")
        (a, dim), (b, other) = self.bound_name(left.name), self.bound_name(right.name)
        if a == b:
            return constant(1)
        if dim != other:
            raise OutOfReach("indices of different ranges")
        index = self.session.indices.fresh(dim)
        return Polynomial((), (), (Monomial(Fraction(1), bound=tuple(sorted(((a, index), (b, index))))),))
