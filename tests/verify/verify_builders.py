"""Short names for building terms by hand; shapes follow the operands."""

from __future__ import annotations

from collections.abc import Iterable
from fractions import Fraction

from derivcheck.terms.dim import ONE, SCALAR, Dim, Shape
from derivcheck.terms.term import (
    Apply,
    Arrangement,
    Call,
    Claim,
    Condition,
    Derivative,
    Differential,
    Entry,
    Fold,
    Index,
    Number,
    Size,
    Symbol,
    Term,
    Variable,
)

DimLike = Dim | int | str


def dim(x: DimLike) -> Dim:
    return x if isinstance(x, Dim) else Dim.of(x)


def var(key: str, rows: DimLike = 1, cols: DimLike = 1) -> Variable:
    return Variable(key, shape=(dim(rows), dim(cols)))


def num(value: int | str | Fraction) -> Number:
    return Number(Fraction(value), text=str(value))


def op(name: str, *args: Term, shape: Shape = SCALAR, dims: Iterable[DimLike] = ()) -> Apply:
    return Apply(name, args, tuple(dim(d) for d in dims), shape=shape)


def mul(*factors: Term) -> Term:
    product = factors[0]
    for f in factors[1:]:
        product = op("matmul", product, f, shape=(product.shape[0], f.shape[1]))
    return product


def add(*parts: Term) -> Term:
    total = parts[0]
    for p in parts[1:]:
        total = op("add", total, p, shape=total.shape)
    return total


def neg(a: Term) -> Term:
    return op("negate", a, shape=a.shape)


def sub(a: Term, b: Term) -> Term:
    return add(a, neg(b))


def scale(s: Term | int, a: Term) -> Term:
    return op("scale", num(s) if isinstance(s, int) else s, a, shape=a.shape)


def divide(a: Term, s: Term) -> Term:
    return op("divide", a, s, shape=a.shape)


def t(a: Term) -> Term:
    return op("transpose", a, shape=(a.shape[1], a.shape[0]))


def inv(a: Term) -> Term:
    return op("inverse", a, shape=a.shape)


def tr(a: Term) -> Term:
    return op("trace", a)


def det(a: Term) -> Term:
    return op("det", a)


def log(a: Term) -> Term:
    return op("log", a, shape=a.shape)


def vec(a: Term) -> Term:
    return op("vec", a, shape=(a.shape[0] * a.shape[1], ONE))


def kron(a: Term, b: Term) -> Term:
    return op("kronecker", a, b, shape=(a.shape[0] * b.shape[0], a.shape[1] * b.shape[1]))


def had(a: Term, b: Term) -> Term:
    return op("hadamard", a, b, shape=a.shape)


def elementwise(name: str, a: Term) -> Term:
    return op(name, a, shape=a.shape)


def eye(n: DimLike) -> Term:
    return op("identity", shape=(dim(n), dim(n)), dims=(n,))


def ones(m: DimLike, n: DimLike = 1) -> Term:
    return op("ones", shape=(dim(m), dim(n)), dims=(m, n))


def zeros(m: DimLike, n: DimLike = 1) -> Term:
    return op("zeros", shape=(dim(m), dim(n)), dims=(m, n))


def commutation(m: DimLike, n: DimLike) -> Term:
    """K_{mn} with K_{mn} vec A = vec Aᵀ for A of m×n."""
    size = dim(m) * dim(n)
    return op("commutation", shape=(size, size), dims=(m, n))


def entry(a: Term, i: Term | int, j: Term | int = 1) -> Term:
    return Entry(a, num(i) if isinstance(i, int) else i, num(j) if isinstance(j, int) else j)


def idx(name: str) -> Term:
    return Index(name)


def size(d: DimLike) -> Term:
    return Size(dim(d))


def total(
    index: str, upper: Term, body: Term, lower: Term | None = None, condition: Condition | None = None
) -> Term:
    return Fold("sum", index, lower or num(1), upper, body, condition, shape=body.shape)


def product(index: str, upper: Term, body: Term) -> Term:
    return Fold("product", index, num(1), upper, body, shape=body.shape)


def call(key: str, *args: Term, shape: Shape = SCALAR, order: int = 0, by_entry: bool = False) -> Term:
    return Call(key, args, by_entry, order, shape=shape)


def gradient(y: Term, x: Term) -> Term:
    """∂y/∂x shaped like x."""
    return Derivative(y, x, Arrangement.LIKE_VARIABLE, shape=x.shape)


def slope(y: Term, x: Term) -> Term:
    """∂y/∂x for a scalar x, shaped like y."""
    return Derivative(y, x, Arrangement.LIKE_OPERAND, shape=y.shape)


def jacobian(y: Term, x: Term) -> Term:
    """∂vec(y)/∂vec(x)ᵀ."""
    shape = (y.shape[0] * y.shape[1], x.shape[0] * x.shape[1])
    return Derivative(y, x, Arrangement.JACOBIAN, shape=shape)


def d(a: Term, *varying: str) -> Term:
    return Differential(a, frozenset(varying), shape=a.shape)


def claim(
    lhs: Term,
    rhs: Term,
    *,
    relation: str = "=",
    props: dict[str, str] | None = None,
    depends: dict[str, str] | None = None,
    definitions: dict[str, Term] | None = None,
    free: dict[str, DimLike] | None = None,
    facts: Iterable[tuple[DimLike, DimLike]] = (),
    equal: Iterable[tuple[DimLike, DimLike]] = (),
    given: Iterable[Condition] = (),
    extra: Iterable[Variable] = (),
) -> Claim:
    """A claim whose symbols are the variables that occur; `props` and `depends` are split at blanks."""
    given = tuple(given)
    variables = {v.key: v for v in extra}
    sides = [lhs, rhs, *given, *(definitions or {}).values()]
    for side in sides:
        variables |= {v.key: v for v in _variables(side)}
    symbols = {
        key: Symbol(
            key,
            v.shape,
            frozenset((props or {}).get(key, "").split()),
            (definitions or {}).get(key),
            tuple((depends or {}).get(key, "").split()),
        )
        for key, v in variables.items()
    }
    return Claim(
        lhs,
        rhs,
        relation,
        symbols,
        tuple((k, dim(v)) for k, v in (free or {}).items()),
        tuple((dim(a), dim(b)) for a, b in facts),
        tuple((dim(a), dim(b)) for a, b in equal),
        given,
    )


def _variables(term: Term) -> list[Variable]:
    from derivcheck.terms.walk import children

    found = [term] if isinstance(term, Variable) else []
    for child in children(term):
        found += _variables(child)
    return found
