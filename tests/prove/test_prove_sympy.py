from __future__ import annotations

import time
from collections.abc import Iterator

import pytest
from prove_terms import M, S, add, apply, at, claim, det, div, inv, mul, neg, num, power, sub, tr

from derivcheck.prove import child
from derivcheck.prove.prover import prove
from derivcheck.terms.dim import Dim
from derivcheck.terms.term import (
    Apply,
    Claim,
    Constant,
    Fold,
    Index,
    Integral,
    Limit,
    Number,
    Symbol,
    Term,
    Variable,
)
from derivcheck.verify.evidence import Refuted, Witness

x, y, n, k = S("x"), S("y"), S("n"), S("k")
i = Index("i")
PI, INF = Constant("pi"), Constant("infinity")


def f(name: str, *args: Term) -> Term:
    return Apply(name, args)


def pw(a: Term, b: Term) -> Term:
    return f("power_scalar", a, b)


def fold(body: Term, upper: Term, lower: int = 1, kind: str = "sum") -> Fold:
    return Fold(kind, "i", num(lower), upper, body)


def quotient(a: int, b: int) -> Term:
    return div(num(a), num(b))


NATURAL = {"n": "natural", "k": "natural"}
POSITIVE = {"x": "positive", "y": "positive"}

TRUE: dict[str, Claim] = {
    "Pythagoras": claim(add(power(f("sin", x), 2), power(f("cos", x), 2)), num(1)),
    "double angle": claim(f("sin", mul(num(2), x)), mul(num(2), f("sin", x), f("cos", x))),
    "cosine addition": claim(
        f("cos", add(x, y)), sub(mul(f("cos", x), f("cos", y)), mul(f("sin", x), f("sin", y)))
    ),
    "hyperbolic": claim(sub(power(f("cosh", x), 2), power(f("sinh", x), 2)), num(1)),
    "log of a product": claim(f("log", mul(x, y)), add(f("log", x), f("log", y)), POSITIVE),
    "root of a square": claim(f("sqrt", power(x, 2)), x, POSITIVE),
    "nested root": claim(f("sqrt", add(num(3), mul(num(2), f("sqrt", num(2))))), add(num(1), f("sqrt", num(2)))),
    "sum of integers": claim(fold(i, n), div(mul(n, add(n, num(1))), num(2)), NATURAL),
    "sum of squares": claim(
        fold(pw(i, num(2)), n), div(mul(n, add(n, num(1)), add(mul(num(2), n), num(1))), num(6)), NATURAL
    ),
    "telescoping": claim(fold(div(num(1), mul(i, add(i, num(1)))), n), div(n, add(n, num(1))), NATURAL),
    "binomial row": claim(fold(f("binomial", n, i), n, lower=0), pw(num(2), n), NATURAL),
    "Pascal": claim(
        f("binomial", add(n, num(1)), add(k, num(1))),
        add(f("binomial", n, k), f("binomial", n, add(k, num(1)))), NATURAL,
    ),
    "factorial": claim(f("factorial", add(n, num(1))), mul(add(n, num(1)), f("factorial", n)), NATURAL),
    "Basel": claim(fold(div(num(1), pw(i, num(2))), INF), div(power(PI, 2), num(6))),
    "polynomial integral": claim(Integral(pw(S("t"), num(2)), "t", num(0), num(1)), quotient(1, 3)),
    "Gaussian integral": claim(
        Integral(f("exp", neg(pw(S("t"), num(2)))), "t", neg(INF), INF), f("sqrt", PI)
    ),
    "variable bound": claim(Integral(f("cos", S("t")), "t", num(0), x), f("sin", x)),
    "sinc limit": claim(Limit(div(f("sin", S("t")), S("t")), "t", num(0)), num(1)),
    "e as a limit": claim(
        Limit(pw(add(num(1), div(num(1), S("t"))), S("t")), "t", INF), Constant("e")
    ),
}  # fmt: skip

FALSE: dict[str, Claim] = {
    "sign": claim(sub(power(f("sin", x), 2), power(f("cos", x), 2)), num(1)),
    "root of a square of either sign": claim(f("sqrt", power(x, 2)), x),
    "sum off by one": claim(fold(i, n), div(mul(n, sub(n, num(1))), num(2)), NATURAL),
    "binomial": claim(f("binomial", n, k), f("binomial", n, add(k, num(1))), NATURAL),
    "integral": claim(Integral(pw(S("t"), num(2)), "t", num(0), num(1)), quotient(1, 2)),
    "limit": claim(Limit(div(f("sin", S("t")), S("t")), "t", num(0)), num(0)),
    "logarithm": claim(f("log", add(x, y)), add(f("log", x), f("log", y)), POSITIVE),
    "integral through a pole": claim(Integral(pw(S("t"), num(-2)), "t", num(-1), num(1)), num(-2)),
}


@pytest.fixture(scope="module", autouse=True)
def _one_child() -> Iterator[None]:
    yield
    child.close()


@pytest.mark.parametrize("name", TRUE)
def test_scalar_claims_are_proved(name: str) -> None:
    assert prove(TRUE[name], None, deadline=30) is not None


@pytest.mark.parametrize("name", FALSE)
def test_false_scalar_claims_are_not(name: str) -> None:
    assert prove(FALSE[name], None, deadline=30) is None


def test_explicit_matrices() -> None:
    A = M("A", "2", "2")
    cayley = claim(
        add(mul(A, A), neg(apply("scale", (tr(A), A))), apply("scale", (det(A), apply("identity", (), (Dim.of(2),))))),
        apply("zeros", (), (Dim.of(2), Dim.of(2))),
    )  # fmt: skip
    assert child.prove_with_sympy(cayley, 30) is not None
    entries = claim(det(A), sub(mul(at(A, 1, 1), at(A, 2, 2)), mul(at(A, 1, 2), at(A, 2, 1))))
    assert child.prove_with_sympy(entries, 30) is not None
    wrong = claim(det(A), add(mul(at(A, 1, 1), at(A, 2, 2)), mul(at(A, 1, 2), at(A, 2, 1))))
    assert child.prove_with_sympy(wrong, 30) is None
    assert child.prove_with_sympy(claim(inv(A), A), 30) is None


def test_the_child_is_killed_at_its_deadline_and_comes_back() -> None:
    hard: Term = x
    for _ in range(9):
        hard = f("sin", add(f("tan", hard), f("sqrt", add(num(1), pw(hard, num(2))))))
    started = time.monotonic()
    assert child.prove_with_sympy(claim(hard, x), 0.05) is None
    assert time.monotonic() - started < 25
    assert child.prove_with_sympy(TRUE["Pythagoras"], 30) is not None


def test_a_refuted_claim_is_not_tried() -> None:
    assert prove(TRUE["Pythagoras"], Refuted(Witness({}, {}, "0", "1"))) is None


def test_bound_symbols_do_not_inherit_properties() -> None:
    t = Variable("t")
    symbols = {"t": Symbol("t", t.shape, frozenset({"positive"}))}
    even = Claim(Integral(f("abs", t), "t", num(-1), num(1)), Number(num(0).value), "=", symbols)
    assert child.prove_with_sympy(even, 30) is None
