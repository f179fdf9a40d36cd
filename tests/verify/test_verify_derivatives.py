"""Derivatives against differences, and the rules of calculus for networks of definitions and functions."""

from __future__ import annotations

import pytest
from flint import arb, ctx, fmpq, fmpq_mat
from verify_builders import (
    add,
    call,
    claim,
    commutation,
    d,
    det,
    elementwise,
    entry,
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
    scale,
    size,
    slope,
    sub,
    t,
    total,
    tr,
    var,
)

from derivcheck.algebra.matrix import base
from derivcheck.terms.term import Arrangement, Claim, Derivative, Substitute, Term
from derivcheck.verify.decide import decide
from derivcheck.verify.environment import Environment
from derivcheck.verify.errors import Deadline
from derivcheck.verify.evaluate import evaluate
from derivcheck.verify.evidence import Agreed, Refuted
from derivcheck.verify.points import Sampler

P, Q = var("P", "n", "n"), var("Q", "n", "n")
X, W = var("X", "m", "n"), var("W", "m", "n")
x, y, z, b, a = var("x", "n"), var("y", "m"), var("z", "m"), var("b", "m"), var("a", "m")
s, loss = var("s"), var("loss")
f, h = call("f", x), call("h", x, shape=y.shape)
softmax = op("softmax", x, shape=x.shape)
affine = add(mul(W, x), b)
STEP = fmpq(1, 2**60)


def evaluate_at(sampler: Sampler, term: Term, changes: dict[str, fmpq_mat]) -> list[arb]:
    (point,) = sampler.valid_points(1)
    kept = dict(point.drawn)
    point.drawn.update({(key, ()): value for key, value in changes.items()})
    try:
        return [arb(v) for v in base(evaluate(term, Environment(point, Deadline(10)))).entries()]
    finally:
        point.drawn.clear()
        point.drawn.update(kept)


SCALARS = {
    "quadratic form": mul(t(x), P, x),
    "unspecified": f,
    "log of a norm": log(op("norm2", x)),
    "sum of exponentials": op("log_sum_exp", x),
    "through a matrix": mul(t(x), inv(add(P, mul(x, t(x)))), x),
    "determinant": det(add(P, mul(x, t(x)))),
    "through an index": total("i", size("n"), op("sin", mul(entry(x, idx("i")), entry(x, num(1))))),
    "composed": call("g", call("h", x, shape=y.shape)),
    "primed": call("g", mul(t(x), x), order=2),
}


@pytest.mark.parametrize("name", SCALARS)
def test_gradient_against_central_differences(name: str) -> None:
    operand = SCALARS[name]
    with ctx.workprec(512):
        sampler = Sampler(claim(gradient(operand, x), x), precision=512, seconds=20)
        (point,) = sampler.valid_points(1)
        where = point.value("x")
        exact = evaluate_at(sampler, gradient(operand, x), {})
        assert any(abs(g) > 1e-6 for g in exact)
        for i, expected in enumerate(exact):
            shift = fmpq_mat(where.nrows(), 1)
            shift[i, 0] = STEP
            (above,) = evaluate_at(sampler, operand, {"x": where + shift})
            (below,) = evaluate_at(sampler, operand, {"x": where - shift})
            difference = (above - below) / (2 * arb(STEP))
            assert abs(difference - expected) < arb(2) ** -90


TRUE = {
    "total differential": claim(d(f, "x"), mul(t(gradient(f, x)), d(x, "x"))),
    "chain rule at a point": claim(
        jacobian(call("g", h, shape=x.shape), x),
        mul(
            Substitute(jacobian(call("g", y, shape=x.shape), y), "y", h, shape=(x.shape[0], y.shape[0])),
            jacobian(h, x),
        ),
        extra=[y],
    ),
    "Laplacian of a square": claim(tr(jacobian(gradient(mul(t(x), x), x), x)), scale(2, size("n"))),
    "third derivative": claim(slope(slope(slope(call("f", s), s), s), s), call("f", s, order=3)),
    "Hessian of log det": claim(
        jacobian(gradient(log(det(P)), P), P), neg(mul(commutation("n", "n"), kron(t(inv(P)), inv(P))))
    ),
    "softmax": claim(
        jacobian(softmax, x), sub(op("diag_matrix", softmax, shape=P.shape), mul(softmax, t(softmax)))
    ),
    "matrix exponential": claim(
        slope(op("matrix_exp", scale(s, P), shape=P.shape), s),
        mul(P, op("matrix_exp", scale(s, P), shape=P.shape)),
    ),
    "backpropagation": claim(
        gradient(loss, W),
        mul(
            had(gradient(loss, a), had(elementwise("sigmoid", z), sub(ones("m"), elementwise("sigmoid", z)))),
            t(x),
        ),
        definitions={"z": affine, "a": elementwise("sigmoid", z)},
        depends={"loss": "a"},
    ),
}
FALSE = {
    "exponential of a sum": claim(
        op("matrix_exp", add(P, Q), shape=P.shape),
        mul(op("matrix_exp", P, shape=P.shape), op("matrix_exp", Q, shape=P.shape)),
    ),
    "Hessian of log det, factors swapped": claim(
        jacobian(gradient(log(det(P)), P), P), neg(mul(commutation("n", "n"), kron(inv(P), t(inv(P)))))
    ),
    "backpropagation without the slope": claim(
        gradient(loss, W),
        mul(gradient(loss, a), t(x)),
        definitions={"z": affine, "a": elementwise("sigmoid", z)},
        depends={"loss": "a"},
    ),
    "softmax without the second part": claim(jacobian(softmax, x), op("diag_matrix", softmax, shape=P.shape)),
}


@pytest.mark.parametrize("name", TRUE)
def test_rules_agree(name: str) -> None:
    assert isinstance(decide(TRUE[name], seconds=10), Agreed)


@pytest.mark.parametrize("name", FALSE)
def test_broken_rules_are_refuted(name: str) -> None:
    assert isinstance(decide(FALSE[name], seconds=10), Refuted)


def delta(i: str, j: str) -> Term:
    return op("kronecker_delta", idx(i), idx(j))


def by_entries(right: Term) -> Claim:
    """∂X_ij/∂X_kl: more combinations of four indices than are tried."""
    left = Derivative(entry(X, idx("i"), idx("j")), entry(X, idx("k"), idx("l")), Arrangement.LIKE_OPERAND)
    return claim(left, right, free={"i": "m", "j": "n", "k": "m", "l": "n"})


def test_entries_by_entries() -> None:
    assert isinstance(decide(by_entries(mul(delta("i", "k"), delta("j", "l"))), seconds=10), Agreed)
    assert isinstance(decide(by_entries(mul(delta("i", "l"), delta("j", "k"))), seconds=10), Refuted)
    assert isinstance(decide(by_entries(delta("i", "k")), seconds=10), Refuted)
