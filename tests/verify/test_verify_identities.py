"""True identities agree; siblings one edit away are refuted."""

from __future__ import annotations

from dataclasses import dataclass, field
from typing import Any

import pytest
from verify_builders import (
    add,
    call,
    claim,
    commutation,
    d,
    det,
    divide,
    elementwise,
    entry,
    eye,
    gradient,
    had,
    idx,
    inv,
    jacobian,
    kron,
    log,
    mul,
    neg,
    num,
    ones,
    op,
    product,
    scale,
    size,
    slope,
    sub,
    t,
    total,
    tr,
    var,
    vec,
    zeros,
)  # fmt: skip

from derivcheck.terms.term import Arrangement, Derivative, Substitute, Term
from derivcheck.verify.decide import decide
from derivcheck.verify.evidence import Agreed, Refuted

A, B, C = var("A", "m", "n"), var("B", "n", "p"), var("C", "p", "q")
A2, D = var("A_2", "m", "n"), var("D", "q", "r")
P, Q, X, Y = var("P", "n", "n"), var("Q", "n", "n"), var("X", "n", "n"), var("Y", "n", "n")
S = var("S", "n", "n")
R = var("R", "m", "n")
M = var("M", "m", "m")
a, b, x, y = var("a", "n"), var("b", "n"), var("x", "n"), var("y", "n")
u, w = var("u", "m"), var("w", "m")
s, c, z = var("s"), var("c"), var("z")
AX, BX = call("A", R, shape=(A.shape[0], A.shape[1])), call("B", R, shape=(B.shape[0], B.shape[1]))
fx, gx = call("f", x), call("g", x)
hx = call("h", x, shape=u.shape)
I_n, I_m = eye("n"), eye("m")
quadratic = mul(t(x), P, x)
rank_one = mul(u, t(y))
norm2 = mul(t(x), x)


@dataclass(frozen=True)
class Case:
    name: str
    lhs: Term
    right: Term
    wrong: Term
    known: dict[str, Any] = field(default_factory=dict)


def case(name: str, lhs: Term, right: Term, wrong: Term, **known: Any) -> Case:
    return Case(name, lhs, right, wrong, known)


SPD_S = {"props": {"S": "spd"}}
INVERTIBLE = {"props": {"X": "invertible"}}

CASES = [
    # products, traces, determinants
    case("transpose of a product", t(mul(A, B)), mul(t(B), t(A)), mul(t(B), neg(t(A)))),
    case("cyclic trace", tr(mul(A, t(A2))), tr(mul(t(A2), A)), tr(mul(t(A), A))),
    case("trace of P", tr(mul(P, Q, X)), tr(mul(Q, X, P)), tr(mul(Q, P, X))),
    case("inverse of a product", inv(mul(P, Q)), mul(inv(Q), inv(P)), mul(inv(P), inv(Q))),
    case("inverse of the transpose", inv(t(P)), t(inv(P)), inv(P)),
    case("det of a product", det(mul(P, Q)), op("matmul", det(P), det(Q)), add(det(P), det(Q))),
    case("det of the transpose", det(t(P)), det(P), neg(det(P))),
    case(
        "det sP",
        det(scale(s, P)),
        op("matmul", op("power_scalar", s, size("n")), det(P)),
        op("matmul", s, det(P)),
    ),
    case("det inverse", det(inv(P)), divide(num(1), det(P)), det(P)),
    case("trace of identity", tr(I_n), size("n"), num(3)),
    case("Frobenius norm", tr(mul(t(A), A)), op("sum_entries", had(A, A)), op("sum_entries", A)),
    case(
        "push through",
        mul(inv(add(I_m, mul(A, t(A2)))), A),
        mul(A, inv(add(I_n, mul(t(A2), A)))),
        mul(A, inv(add(I_n, mul(t(A), A2)))),
    ),
    case(
        "Sylvester determinant",
        det(add(I_m, mul(A, t(A2)))),
        det(add(I_n, mul(t(A2), A))),
        det(add(I_n, mul(t(A), A))),
    ),
    case(
        "Woodbury",
        inv(add(S, mul(t(A), A))),
        sub(inv(S), mul(inv(S), t(A), inv(add(I_m, mul(A, inv(S), t(A)))), A, inv(S))),
        add(inv(S), mul(inv(S), t(A), inv(add(I_m, mul(A, inv(S), t(A)))), A, inv(S))),
        **SPD_S,
    ),
    case(
        "rank one update",
        det(add(P, mul(x, t(y)))),
        op("matmul", add(num(1), mul(t(y), inv(P), x)), det(P)),
        op("matmul", add(num(1), mul(t(y), P, x)), det(P)),
    ),
    # vec and Kronecker
    case("vec ABC", vec(mul(A, B, C)), mul(kron(t(C), A), vec(B)), mul(kron(t(C), neg(A)), vec(B))),
    case(
        "mixed product",
        mul(kron(A, C), kron(B, D)),
        kron(mul(A, B), mul(C, D)),
        kron(mul(A, B), neg(mul(C, D))),
    ),
    case("transpose of Kronecker", t(kron(A, B)), kron(t(A), t(B)), neg(kron(t(A), t(B)))),
    case("square Kronecker order", kron(P, Q), kron(P, Q), kron(Q, P)),
    case("trace of Kronecker", tr(kron(P, M)), op("matmul", tr(P), tr(M)), add(tr(P), tr(M))),
    case(
        "det of Kronecker",
        det(kron(P, M)),
        op("matmul", op("power_scalar", det(P), size("m")), op("power_scalar", det(M), size("n"))),
        op("matmul", op("power_scalar", det(P), size("n")), op("power_scalar", det(M), size("m"))),
    ),
    case("commutation", mul(commutation("m", "n"), vec(A)), vec(t(A)), neg(vec(t(A)))),
    case("commutation of square", mul(commutation("n", "n"), vec(P)), vec(t(P)), vec(P)),
    case(
        "trace as inner product of vecs", tr(mul(t(A), A2)), mul(t(vec(A)), vec(A2)), mul(t(vec(A)), vec(A))
    ),
    case("vec of an outer product", vec(mul(x, t(u))), kron(u, x), neg(kron(u, x))),
    # properties of symbols
    case("orthogonal", mul(t(Q), Q), I_n, Q, props={"Q": "orthogonal"}),
    case("rotation has det 1", det(Q), num(1), num(-1), props={"Q": "rotation"}),
    case("orthogonal det squared", op("matmul", det(Q), det(Q)), num(1), det(Q), props={"Q": "orthogonal"}),
    case("idempotent", mul(P, P), P, t(P), props={"P": "idempotent"}),
    case("projection", mul(P, t(P)), P, I_n, props={"P": "projection"}),
    case("skew quadratic form", quadratic, num(0), norm2, props={"P": "skew"}),
    case("symmetric", P, t(P), neg(P), props={"P": "symmetric"}),
    case("unit vector", norm2, num(1), num(2), props={"x": "unit"}),
    case("probabilities", mul(t(x), ones("n")), num(1), size("n"), props={"x": "probability"}),
    case(
        "rows of a stochastic matrix",
        mul(P, ones("n")),
        ones("n"),
        mul(t(P), ones("n")),
        props={"P": "stochastic"},
    ),
    case(
        "left inverse",
        mul(mul(inv(mul(t(A), A)), t(A)), A),
        I_n,
        mul(t(A), A),
        props={"A": "full_column_rank"},
    ),
    case("orthonormal columns", mul(t(A), A), I_n, neg(I_n), props={"A": "orthogonal"}),
    # scalars
    case("log of a product", log(op("matmul", s, c)), add(log(s), log(c)), op("matmul", log(s), log(c))),
    case("sin² + cos²", add(*(op("power_scalar", op(f, s), num(2)) for f in ("sin", "cos"))), num(1), s),
    case(
        "tanh by exp",
        op("tanh", s),
        divide(sub(op("exp", s), op("exp", neg(s))), add(op("exp", s), op("exp", neg(s)))),
        divide(add(op("exp", s), op("exp", neg(s))), sub(op("exp", s), op("exp", neg(s)))),
    ),
    case(
        "square root of a square",
        op("sqrt", op("power_scalar", s, num(2))),
        s,
        neg(s),
        props={"s": "positive"},
    ),
    # sums and indices
    case(
        "entries of a product",
        entry(mul(A, B), idx("i"), idx("k")),
        total("j", size("n"), op("matmul", entry(A, idx("i"), idx("j")), entry(B, idx("j"), idx("k")))),
        total("j", size("n"), op("matmul", entry(A, idx("i"), idx("j")), entry(B, idx("j"), num(1)))),
        free={"i": "m", "k": "p"},
    ),
    case(
        "sum of integers",
        total("i", size("n"), idx("i")),
        divide(op("matmul", size("n"), add(size("n"), num(1))), num(2)),
        divide(op("matmul", size("n"), sub(size("n"), num(1))), num(2)),
    ),
    case(
        "product of entries",
        log(product("i", size("n"), entry(x, idx("i")))),
        total("i", size("n"), log(entry(x, idx("i")))),
        total("i", sub(size("n"), num(1)), log(entry(x, idx("i")))),
        props={"x": "positive"},
    ),
    # gradients
    case("gradient of a quadratic form", gradient(quadratic, x), mul(add(P, t(P)), x), scale(2, mul(P, x))),
    case("gradient with symmetry", gradient(mul(t(x), S, x), x), scale(2, mul(S, x)), mul(S, x), **SPD_S),
    case("Hessian of a quadratic form", jacobian(gradient(quadratic, x), x), add(P, t(P)), scale(2, P)),
    case("gradient of tr AX", gradient(tr(mul(P, X)), X), t(P), P),
    case("gradient of tr XᵀPX", gradient(tr(mul(t(X), P, X)), X), mul(add(P, t(P)), X), scale(2, mul(P, X))),
    case("gradient of aᵀXb", gradient(mul(t(a), X, b), X), mul(a, t(b)), mul(b, t(a))),
    case(
        "gradient of det", gradient(det(X), X), scale(det(X), t(inv(X))), scale(det(X), inv(X)), **INVERTIBLE
    ),
    case("gradient of log det", gradient(log(det(X)), X), t(inv(X)), inv(X)),
    case(
        "gradient of tr X⁻¹P",
        gradient(tr(mul(inv(X), P)), X),
        neg(t(mul(inv(X), P, inv(X)))),
        t(mul(inv(X), P, inv(X))),
    ),
    case("Jacobian of AXB", jacobian(mul(A, B, C), B), kron(t(C), A), neg(kron(t(C), A))),
    case("Jacobian of the transpose", jacobian(t(A), A), commutation("m", "n"), neg(commutation("m", "n"))),
    case("order of the commutation", jacobian(t(A), A), commutation("m", "n"), commutation("n", "m")),
    case(
        "Jacobian of an inverse",
        jacobian(inv(X), X),
        neg(kron(t(inv(X)), inv(X))),
        neg(kron(inv(X), t(inv(X)))),
    ),
    case(
        "by the transposed variable",
        Derivative(mul(P, x), t(x), Arrangement.JACOBIAN, shape=P.shape),
        P,
        t(P),
    ),
    case("by vec X", jacobian(mul(A, B, C), vec(B)), kron(t(C), A), neg(kron(t(C), A))),
    case(
        "by an entry",
        Derivative(tr(mul(P, X)), entry(X, idx("i"), idx("j")), Arrangement.LIKE_VARIABLE),
        entry(P, idx("j"), idx("i")),
        entry(P, idx("i"), idx("j")),
        free={"i": "n", "j": "n"},
    ),
    case(
        "derivative by a scalar",
        slope(inv(call("F", s, shape=X.shape)), s),
        neg(
            mul(
                inv(call("F", s, shape=X.shape)),
                call("F", s, shape=X.shape, order=1),
                inv(call("F", s, shape=X.shape)),
            )
        ),
        neg(
            mul(
                inv(call("F", s, shape=X.shape)),
                inv(call("F", s, shape=X.shape)),
                call("F", s, shape=X.shape, order=1),
            )
        ),
    ),
    case(
        "sigmoid",
        slope(op("sigmoid", s), s),
        op("matmul", op("sigmoid", s), sub(num(1), op("sigmoid", s))),
        op("matmul", op("sigmoid", s), add(num(1), op("sigmoid", s))),
    ),
    case("gradient of a norm", gradient(op("norm2", x), x), divide(x, op("norm2", x)), x),
    # unspecified functions
    case(
        "product rule, scalars",
        gradient(op("matmul", fx, gx), x),
        add(scale(fx, gradient(gx, x)), scale(gx, gradient(fx, x))),
        add(scale(fx, gradient(gx, x)), gradient(fx, x)),
    ),
    case(
        "product rule, matrices",
        jacobian(mul(AX, BX), R),
        add(mul(kron(t(BX), I_m), jacobian(AX, R)), mul(kron(eye("p"), AX), jacobian(BX, R))),
        mul(kron(t(BX), I_m), jacobian(AX, R)),
    ),
    case(
        "chain rule by definition",
        gradient(z, x),
        mul(t(jacobian(u, x)), gradient(z, u)),
        mul(t(jacobian(u, x)), scale(2, gradient(z, u))),
        definitions={"u": hx, "z": call("k", u)},
    ),
    case(
        "chain rule by dependence",
        gradient(z, x),
        mul(t(jacobian(u, x)), gradient(z, u)),
        mul(t(jacobian(u, x)), scale(2, gradient(z, u))),
        depends={"u": "x", "z": "u"},
    ),
    case(
        "derivative of a composition",
        slope(call("f", call("g", s)), s),
        op("matmul", call("f", call("g", s), order=1), call("g", s, order=1)),
        call("f", call("g", s), order=1),
    ),
    case(
        "elementwise function",
        gradient(mul(t(a), call("σ", x, shape=x.shape, by_entry=True)), x),
        had(a, call("σ", x, shape=x.shape, by_entry=True, order=1)),
        call("σ", x, shape=x.shape, by_entry=True),
    ),
    case("second derivative", slope(call("g", s, order=1), s), call("g", s, order=2), call("g", s, order=1)),
    # differentials
    case(
        "d of a product",
        d(mul(A, B), "A", "B"),
        add(mul(d(A, "A", "B"), B), mul(A, d(B, "A", "B"))),
        mul(d(A, "A", "B"), B),
    ),
    case(
        "d of an inverse",
        d(inv(X), "X"),
        neg(mul(inv(X), d(X, "X"), inv(X))),
        neg(mul(inv(X), inv(X), d(X, "X"))),
    ),
    case("d log det", d(log(det(X)), "X"), tr(mul(inv(X), d(X, "X"))), tr(mul(X, d(X, "X")))),
    case(
        "d² of a quadratic form",
        d(d(quadratic, "x"), "x"),
        scale(2, mul(t(d(x, "x")), P, d(x, "x"))),
        mul(t(d(x, "x")), P, d(x, "x")),
    ),
    case(
        "d through a definition",
        d(z, "x"),
        scale(2, mul(t(x), d(x, "x"))),
        mul(t(x), d(x, "x")),
        definitions={"z": norm2},
    ),
    case(
        "orthogonal differential",
        mul(t(Q), d(Q, "Q")),
        neg(t(mul(t(Q), d(Q, "Q")))),
        t(mul(t(Q), d(Q, "Q"))),
        props={"Q": "orthogonal"},
    ),
    case("d with symmetry", d(S, "S"), t(d(S, "S")), neg(d(S, "S")), **SPD_S),
    # other nodes
    case(
        "by an expression",
        gradient(op("power_scalar", mul(t(a), x), num(2)), mul(t(a), x)),
        scale(2, mul(t(a), x)),
        mul(t(a), x),
    ),
    case(
        "evaluated point",
        Substitute(gradient(quadratic, x), "x", scale(2, y), shape=x.shape),
        scale(2, mul(add(P, t(P)), y)),
        mul(add(P, t(P)), y),
        extra=[x],
    ),
    case("max as cases", elementwise("relu", x), divide(add(x, elementwise("abs", x)), num(2)), x),
    case("zero matrix", sub(A, A), zeros("m", "n"), A),
]


@pytest.mark.parametrize("case", CASES, ids=lambda c: c.name)
def test_true_identity_agrees(case: Case) -> None:
    found = decide(claim(case.lhs, case.right, **case.known), seconds=10)
    assert isinstance(found, Agreed), found
    assert found.points >= 3
    assert found.exact or found.digits >= 12


@pytest.mark.parametrize("case", CASES, ids=lambda c: c.name)
def test_sibling_one_edit_away_is_refuted(case: Case) -> None:
    found = decide(claim(case.lhs, case.wrong, **case.known), seconds=10)
    assert isinstance(found, Refuted), found
    assert found.witness.values or not case.known
    assert found.witness.lhs != found.witness.rhs


def test_every_case_is_there() -> None:
    assert len(CASES) >= 70
