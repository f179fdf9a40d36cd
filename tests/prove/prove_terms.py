"""Short constructors of terms; shapes are computed and clashes raise ValueError."""

from __future__ import annotations

from fractions import Fraction

from derivcheck.terms.dim import ONE, SCALAR, Dim, Shape
from derivcheck.terms.term import (
    Apply,
    Arrangement,
    Claim,
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
)  # fmt: skip


def dim(text: str | int | Dim) -> Dim:
    if isinstance(text, Dim):
        return text
    if isinstance(text, int):
        return Dim.of(text)
    total = Dim.of(1)
    for factor in text.split("*"):
        total = total * Dim.of(int(factor) if factor.isdigit() else factor)
    return total


def M(key: str, rows: str, cols: str) -> Variable:
    return Variable(key, shape=(dim(rows), dim(cols)))


def V(key: str, rows: str = "n") -> Variable:
    return Variable(key, shape=(dim(rows), ONE))


def S(key: str) -> Variable:
    return Variable(key)


def num(value: int | str) -> Number:
    return Number(Fraction(value))


def size(text: str) -> Size:
    return Size(dim(text))


def apply(name: str, args: tuple[Term, ...], dims: tuple[Dim, ...] = ()) -> Term:
    """The operator applied, its shape computed from those of the arguments."""
    return Apply(name, args, dims, shape=shape_of(name, [a.shape for a in args], dims))


def shape_of(name: str, shapes: list[Shape], dims: tuple[Dim, ...]) -> Shape:
    def need(condition: bool) -> None:
        if not condition:
            raise ValueError(f"shapes of {name}: {shapes}")

    match name:
        case "add" | "hadamard":
            need(all(s == shapes[0] for s in shapes))
            return shapes[0]
        case "negate" | "sin" | "cos" | "tanh" | "elementwise_inverse":
            return shapes[0]
        case "exp" | "log" | "sqrt":
            return shapes[0]
        case "scale":
            need(shapes[0] == SCALAR)
            return shapes[1]
        case "divide":
            need(shapes[1] == SCALAR)
            return shapes[0]
        case "matmul":
            out = shapes[0]
            for s in shapes[1:]:
                need(out[1] == s[0])
                out = (out[0], s[1])
            return out
        case "transpose":
            return shapes[0][1], shapes[0][0]
        case "inverse" | "power" | "symmetric_part":
            need(shapes[0][0] == shapes[0][1])
            return shapes[0]
        case "trace" | "det" | "log_det":
            need(shapes[0][0] == shapes[0][1])
            return SCALAR
        case "power_scalar":
            need(shapes[0] == SCALAR)
            return SCALAR
        case "norm2" | "norm_frobenius" | "sum_entries":
            return SCALAR
        case "frobenius_inner" | "dot":
            need(shapes[0] == shapes[1])
            return SCALAR
        case "vec":
            return shapes[0][0] * shapes[0][1], ONE
        case "kronecker":
            return shapes[0][0] * shapes[1][0], shapes[0][1] * shapes[1][1]
        case "khatri_rao":
            need(shapes[0][1] == shapes[1][1])
            return shapes[0][0] * shapes[1][0], shapes[0][1]
        case "identity":
            return dims[0], dims[0]
        case "zeros" | "ones":
            return dims[0], dims[1]
        case "commutation":
            return dims[0] * dims[1], dims[0] * dims[1]
        case "diag_matrix":
            need(shapes[0][1] == ONE)
            return shapes[0][0], shapes[0][0]
        case "diag_vector":
            need(shapes[0][0] == shapes[0][1])
            return shapes[0][0], ONE
        case "kronecker_delta":
            return SCALAR
        case _:
            raise ValueError(f"no shape rule for {name}")


def add(*a: Term) -> Term:
    return apply("add", a)


def neg(a: Term) -> Term:
    return apply("negate", (a,))


def sub(a: Term, b: Term) -> Term:
    return add(a, neg(b))


def sc(c: Term, a: Term) -> Term:
    return apply("scale", (c, a))


def div(a: Term, c: Term) -> Term:
    return apply("divide", (a, c))


def mul(*a: Term) -> Term:
    return apply("matmul", a)


def T(a: Term) -> Term:
    return apply("transpose", (a,))


def inv(a: Term) -> Term:
    return apply("inverse", (a,))


def tr(a: Term) -> Term:
    return apply("trace", (a,))


def det(a: Term) -> Term:
    return apply("det", (a,))


def vec(a: Term) -> Term:
    return apply("vec", (a,))


def kron(a: Term, b: Term) -> Term:
    return apply("kronecker", (a, b))


def had(a: Term, b: Term) -> Term:
    return apply("hadamard", (a, b))


def kr(a: Term, b: Term) -> Term:
    return apply("khatri_rao", (a, b))


def inner(a: Term, b: Term) -> Term:
    return apply("frobenius_inner", (a, b))


def fn(name: str, a: Term) -> Term:
    return apply(name, (a,))


def power(a: Term, k: int) -> Term:
    return apply("power" if a.shape != SCALAR else "power_scalar", (a, num(k)))


def eye(n: str) -> Term:
    return apply("identity", (), (dim(n),))


def ones(m: str, n: str | int = 1) -> Term:
    return apply("ones", (), (dim(m), dim(n)))


def K(m: str, n: str) -> Term:
    return apply("commutation", (), (dim(m), dim(n)))


def diag(x: Term) -> Term:
    return apply("diag_matrix", (x,))


def dg(A: Term) -> Term:
    return apply("diag_vector", (A,))


def at(a: Term, i: str | int, j: str | int) -> Entry:
    def index(k: str | int) -> Term:
        return num(k) if isinstance(k, int) else Index(k)

    return Entry(a, index(i), index(j))


def total(index: str, upper: str, body: Term) -> Fold:
    return Fold("sum", index, num(1), size(upper), body, shape=body.shape)


def d(a: Term, *keys: str) -> Differential:
    return Differential(a, frozenset(keys), shape=a.shape)


def partial(y: Term, x: Variable, arrangement: Arrangement) -> Derivative:
    m, n = y.shape[0] * y.shape[1], x.shape[0] * x.shape[1]
    shape = {
        Arrangement.JACOBIAN: (m, n),
        Arrangement.JACOBIAN_T: (n, m),
        Arrangement.LIKE_VARIABLE: x.shape,
        Arrangement.LIKE_VARIABLE_T: (x.shape[1], x.shape[0]),
        Arrangement.LIKE_OPERAND: y.shape,
        Arrangement.LIKE_OPERAND_T: (y.shape[1], y.shape[0]),
    }[arrangement]
    return Derivative(y, x, arrangement, shape=shape)


def grad(y: Term, x: Variable) -> Derivative:
    return partial(y, x, Arrangement.LIKE_VARIABLE)


def jac(y: Term, x: Variable) -> Derivative:
    return partial(y, x, Arrangement.JACOBIAN)


def claim(
    lhs: Term, rhs: Term, properties: dict[str, str] | None = None, free: dict[str, str] | None = None
) -> Claim:
    """lhs = rhs with the symbols found in it; properties as words per key."""
    if lhs.shape != rhs.shape:
        raise ValueError("sides differ in shape")
    from derivcheck.terms.walk import children

    words = properties or {}
    symbols: dict[str, Symbol] = {}
    waiting: list[Term] = [lhs, rhs]
    while waiting:
        term = waiting.pop()
        if isinstance(term, Variable):
            symbols[term.key] = Symbol(term.key, term.shape, frozenset(words.get(term.key, "").split()))
        waiting.extend(children(term))
    return Claim(lhs, rhs, "=", symbols, tuple((k, dim(v)) for k, v in (free or {}).items()))
