"""True identities of matrix algebra and calculus, as claims."""

from __future__ import annotations

from prove_terms import (
    K,
    M,
    S,
    T,
    V,
    add,
    at,
    claim,
    d,
    det,
    dg,
    diag,
    div,
    eye,
    fn,
    grad,
    had,
    inner,
    inv,
    jac,
    kr,
    kron,
    mul,
    neg,
    num,
    ones,
    power,
    sc,
    size,
    sub,
    total,
    tr,
    vec,
)  # fmt: skip

from derivcheck.terms.term import Claim

A, B, C = M("A", "m", "n"), M("B", "n", "p"), M("C", "p", "q")
X, Y, Z = M("X", "n", "n"), M("Y", "n", "n"), M("Z", "n", "n")
D, E = M("D", "m", "n"), M("E", "p", "q")
P, R = M("P", "n", "p"), M("R", "q", "r")
x, y, z = V("x"), V("y"), V("z")
u, v = V("u", "m"), V("v", "p")
a, b, c = S("a"), S("b"), S("c")
AT = T(A)
DET_X = det(X)

ALGEBRA: dict[str, Claim] = {
    "transpose of a product": claim(T(mul(A, B, C)), mul(T(C), T(B), T(A))),
    "binomial": claim(power(add(X, Y), 2), add(mul(X, X), mul(X, Y), mul(Y, X), mul(Y, Y))),
    "cube": claim(power(X, 3), mul(X, X, X)),
    "trace cyclic": claim(tr(mul(X, Y, Z)), tr(mul(Z, X, Y))),
    "trace of a transpose": claim(tr(mul(X, Y)), tr(mul(T(X), T(Y)))),
    "trace rectangular": claim(tr(mul(A, T(D))), tr(mul(T(D), A))),
    "trace of identity": claim(tr(eye("n")), size("n")),
    "quadratic form as trace": claim(mul(T(x), X, x), tr(mul(X, x, T(x)))),
    "quadratic form symmetric part": claim(mul(T(x), X, x), sc(num("1/2"), mul(T(x), add(X, T(X)), x))),
    "polarisation": claim(
        sc(num(2), mul(T(x), y)),
        add(mul(T(add(x, y)), add(x, y)), neg(mul(T(x), x)), neg(mul(T(y), y))),
    ),
    "vec of a product": claim(vec(mul(A, B, C)), mul(kron(T(C), A), vec(B))),
    "vec AB left": claim(vec(mul(A, B)), mul(kron(eye("p"), A), vec(B))),
    "vec AB right": claim(vec(mul(A, B)), mul(kron(T(B), eye("m")), vec(A))),
    "vec of outer": claim(vec(mul(u, T(v))), kron(v, u)),
    "Kronecker mixed product": claim(mul(kron(A, E), kron(B, R)), kron(mul(A, B), mul(E, R))),
    "Kronecker transpose": claim(T(kron(A, E)), kron(T(A), T(E))),
    "Kronecker trace": claim(tr(kron(X, M("W", "p", "p"))), mul(tr(X), tr(M("W", "p", "p")))),
    "Kronecker associative": claim(kron(kron(A, B), C), kron(A, kron(B, C))),
    "Kronecker identities": claim(kron(eye("m"), eye("n")), eye("m*n")),
    "Kronecker inverse": claim(inv(kron(X, M("W", "p", "p"))), kron(inv(X), inv(M("W", "p", "p")))),
    "commutation": claim(mul(K("m", "n"), vec(A)), vec(T(A))),
    "commutation transpose": claim(T(K("m", "n")), K("n", "m")),
    "commutation orthogonal": claim(mul(T(K("m", "n")), K("m", "n")), eye("m*n")),
    "commutation swaps": claim(mul(K("p", "m"), kron(A, E), K("n", "q")), kron(E, A)),
    "commutation trace form": claim(tr(mul(K("n", "n"), kron(X, Y))), tr(mul(X, Y))),
    "trace as vec": claim(tr(mul(T(A), D)), mul(T(vec(A)), vec(D))),
    "trace of four": claim(
        tr(mul(T(A), M("F", "m", "m"), D, X)), mul(T(vec(A)), kron(T(X), M("F", "m", "m")), vec(D))
    ),
    "Frobenius inner": claim(inner(A, D), tr(mul(T(A), D))),
    "Frobenius adjoint": claim(inner(mul(A, B), M("G", "m", "p")), inner(B, mul(T(A), M("G", "m", "p")))),
    "Frobenius norm": claim(power(fn("norm_frobenius", A), 2), tr(mul(T(A), A))),
    "Frobenius expands": claim(
        power(fn("norm_frobenius", sub(A, D)), 2),
        add(power(fn("norm_frobenius", A), 2), sc(num(-2), inner(A, D)), power(fn("norm_frobenius", D), 2)),
    ),
    "parallelogram": claim(
        add(power(fn("norm2", add(x, y)), 2), power(fn("norm2", sub(x, y)), 2)),
        add(sc(num(2), power(fn("norm2", x), 2)), sc(num(2), power(fn("norm2", y), 2))),
    ),
    "Hadamard commutes": claim(had(A, D), had(D, A)),
    "Hadamard trace": claim(mul(T(x), had(X, Y), y), tr(mul(diag(x), X, diag(y), T(Y)))),
    "Hadamard with ones": claim(had(A, ones("m", "n")), A),
    "Hadamard of outers": claim(had(mul(x, T(y)), mul(z, T(x))), mul(had(x, z), T(had(y, x)))),
    "Hadamard rows": claim(mul(had(A, D), ones("n")), dg(mul(A, T(D)))),
    "diag product": claim(mul(diag(x), y), had(x, y)),
    "diag of diag": claim(dg(diag(x)), x),
    "diag conjugation": claim(mul(diag(x), X, diag(y)), had(X, mul(x, T(y)))),
    "Khatri-Rao vec": claim(vec(mul(A, diag(x), T(M("H", "p", "n")))), mul(kr(M("H", "p", "n"), A), x)),
    "Khatri-Rao Gram": claim(
        mul(T(kr(A, P2 := M("H", "p", "n"))), kr(A, P2)), had(mul(T(A), A), mul(T(P2), P2))
    ),
    "sum of entries": claim(fn("sum_entries", A), mul(T(ones("m")), A, ones("n"))),
    "ones squared": claim(mul(ones("n", "n"), ones("n", "n")), sc(size("n"), ones("n", "n"))),
    "centering idempotent": claim(
        power(sub(eye("n"), div(ones("n", "n"), size("n"))), 2), sub(eye("n"), div(ones("n", "n"), size("n")))
    ),
    "trace by entries": claim(tr(X), total("i", "n", at(X, "i", "i"))),
    "product by entries": claim(
        at(mul(A, B), "i", "k"),
        total("j", "n", mul(at(A, "i", "j"), at(B, "j", "k"))),
        free={"i": "m", "k": "p"},
    ),
    "form by entries": claim(
        mul(T(u), A, y), total("i", "m", total("j", "n", mul(at(u, "i", 1), at(A, "i", "j"), at(y, "j", 1))))
    ),
    "inverse of a product": claim(inv(mul(X, Y)), mul(inv(Y), inv(X))),
    "inverse of a transpose": claim(inv(T(X)), T(inv(X))),
    "inverse cancels": claim(mul(X, Y, inv(Y), inv(X)), eye("n")),
    "inverse of a sum": claim(mul(inv(add(X, Y)), add(X, Y)), eye("n")),
    "resolvent": claim(sub(inv(X), inv(Y)), mul(inv(X), sub(Y, X), inv(Y))),
    "sum of inverses": claim(add(inv(X), inv(Y)), mul(inv(X), add(X, Y), inv(Y))),
    "parallel sum": claim(inv(add(inv(X), inv(Y))), mul(X, inv(add(X, Y)), Y)),
    "push through": claim(
        mul(inv(add(eye("m"), mul(A, AT2 := M("N", "n", "m")))), A), mul(A, inv(add(eye("n"), mul(AT2, A))))
    ),
    "ridge push through": claim(
        mul(inv(add(mul(AT, A), sc(a, eye("n")))), AT), mul(AT, inv(add(mul(A, AT), sc(a, eye("m")))))
    ),
    "Woodbury": claim(
        inv(add(X, mul(P, M("W", "p", "p"), M("Q", "p", "n")))),
        sub(
            inv(X),
            mul(
                inv(X),
                P,
                inv(add(inv(M("W", "p", "p")), mul(M("Q", "p", "n"), inv(X), P))),
                M("Q", "p", "n"),
                inv(X),
            ),
        ),
    ),
    "Sherman-Morrison": claim(
        inv(add(X, mul(x, T(y)))),
        sub(inv(X), div(mul(inv(X), x, T(y), inv(X)), add(num(1), mul(T(y), inv(X), x)))),
    ),
    "hat matrix idempotent": claim(
        mul(A, inv(mul(AT, A)), AT, A, inv(mul(AT, A)), AT), mul(A, inv(mul(AT, A)), AT)
    ),
    "hat matrix trace": claim(tr(mul(A, inv(mul(AT, A)), AT)), size("n")),
    "hat matrix symmetric": claim(T(mul(A, inv(mul(AT, A)), AT)), mul(A, inv(mul(AT, A)), AT)),
    "symmetric": claim(T(mul(X, Y)), mul(Y, X), {"X": "symmetric", "Y": "spd"}),
    "skew form": claim(mul(T(x), X, x), num(0), {"X": "skew"}),
    "orthogonal norm": claim(fn("norm2", mul(X, x)), fn("norm2", x), {"X": "orthogonal"}),
    "orthogonal inverse": claim(inv(X), T(X), {"X": "orthogonal"}),
    "idempotent complement": claim(power(sub(eye("n"), X), 2), sub(eye("n"), X), {"X": "idempotent"}),
    "Householder": claim(
        mul(sub(eye("n"), sc(num(2), mul(x, T(x)))), sub(eye("n"), sc(num(2), mul(x, T(x))))),
        eye("n"),
        {"x": "unit"},
    ),
    "diagonal commute": claim(mul(X, Y), mul(Y, X), {"X": "diagonal", "Y": "diagonal"}),
    "det of a product": claim(det(mul(X, Y)), mul(det(X), det(Y))),
    "det of an inverse": claim(det(inv(X)), div(num(1), det(X))),
    "det of a similarity": claim(det(mul(inv(Y), X, Y)), det(X)),
    "log det of an inverse": claim(fn("log", det(inv(X))), neg(fn("log", det(X))), {"X": "spd"}),
    "fractions": claim(div(num(1), mul(a, b)), mul(div(num(1), a), div(num(1), b))),
    "common denominator": claim(add(div(a, b), div(b, a)), div(add(mul(a, a), mul(b, b)), mul(a, b))),
    "difference of squares": claim(div(sub(power(a, 2), power(b, 2)), sub(a, b)), add(a, b)),
    "unit vector": claim(mul(T(div(x, fn("norm2", x))), div(x, fn("norm2", x))), num(1)),
    "exponentials": claim(fn("exp", add(a, b)), mul(fn("exp", a), fn("exp", b))),
    "sin of a transpose": claim(T(fn("sin", A)), fn("sin", T(A))),
}

CALCULUS: dict[str, Claim] = {
    "linear": claim(grad(mul(T(y), x), x), y),
    "quadratic": claim(grad(mul(T(x), X, x), x), mul(add(X, T(X)), x)),
    "quadratic symmetric": claim(grad(mul(T(x), X, x), x), sc(num(2), mul(X, x)), {"X": "symmetric"}),
    "least squares": claim(
        grad(power(fn("norm2", sub(mul(A, x), u)), 2), x), sc(num(2), mul(AT, sub(mul(A, x), u)))
    ),
    "trace AX": claim(grad(tr(mul(Y, X)), X), T(Y)),
    "trace square": claim(grad(tr(mul(X, X)), X), sc(num(2), T(X))),
    "trace AXB": claim(grad(tr(mul(A, B, M("U", "p", "m"))), B), mul(T(A), T(M("U", "p", "m")))),
    "trace XAX'": claim(grad(tr(mul(A, X, T(A))), A), mul(A, add(X, T(X)))),
    "trace of inverse": claim(grad(tr(inv(X)), X), neg(T(mul(inv(X), inv(X))))),
    "inverse form": claim(grad(mul(T(x), inv(X), y), X), neg(mul(T(inv(X)), x, T(y), T(inv(X))))),
    "log det": claim(grad(fn("log", det(X)), X), T(inv(X))),
    "det": claim(grad(DET_X, X), sc(DET_X, T(inv(X)))),
    "Jacobian linear": claim(jac(mul(A, x), x), A),
    "Jacobian AXB": claim(jac(mul(A, B, C), B), kron(T(C), A)),
    "Jacobian transpose": claim(jac(AT, A), K("m", "n")),
    "Jacobian inverse": claim(jac(inv(X), X), neg(kron(T(inv(X)), inv(X)))),
    "Jacobian square": claim(jac(mul(X, X), X), add(kron(eye("n"), X), kron(T(X), eye("n")))),
    "Hessian": claim(jac(grad(mul(T(x), X, x), x), x), add(X, T(X))),
    "norm": claim(grad(fn("norm2", x), x), div(x, fn("norm2", x))),
    "Rayleigh": claim(
        grad(div(mul(T(x), X, x), mul(T(x), x)), x),
        sub(
            div(mul(add(X, T(X)), x), mul(T(x), x)),
            div(sc(mul(sc(num(2), T(x)), X, x), x), power(mul(T(x), x), 2)),
        ),
    ),
    "sine by entries": claim(jac(fn("sin", x), x), diag(fn("cos", x))),
    "exp of a form": claim(grad(fn("exp", mul(T(y), x)), x), sc(fn("exp", mul(T(y), x)), y)),
    "product rule": claim(d(mul(X, Y), "X", "Y"), add(mul(d(X, "X", "Y"), Y), mul(X, d(Y, "X", "Y")))),
    "d inverse": claim(d(inv(X), "X"), neg(mul(inv(X), d(X, "X"), inv(X)))),
    "d log det": claim(d(fn("log", det(X)), "X"), tr(mul(inv(X), d(X, "X")))),
    "d trace form": claim(
        d(tr(mul(AT, F := M("F", "m", "m"), A)), "A"), tr(mul(AT, add(F, T(F)), d(A, "A")))
    ),
    "d vec": claim(vec(d(mul(A, B, C), "B")), mul(kron(T(C), A), d(vec(B), "B"))),
}
