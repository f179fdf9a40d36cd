"""The second opinion on derivatives: a broken differential is an internal error, never a finding and never a pass."""

from __future__ import annotations

import dataclasses

import pytest
from verify_builders import (
    claim,
    d,
    det,
    divide,
    elementwise,
    entry,
    gradient,
    had,
    idx,
    inv,
    jacobian,
    log,
    mul,
    num,
    op,
    size,
    slope,
    t,
    total,
    tr,
    var,
    vec,
)

from derivcheck.algebra import dual, linear, matrix
from derivcheck.pipeline import check_text
from derivcheck.terms.term import Cases, Claim, Condition, Term
from derivcheck.verify import evaluate, second_opinion
from derivcheck.verify.decide import decide
from derivcheck.verify.evidence import Agreed
from derivcheck.verify.second_opinion import Disagreement

X, P, x, s = var("X", "m", "n"), var("P", "n", "n"), var("x", "n"), var("s")
quadratic = mul(t(x), P, x)
CUBE = mul(quadratic, quadratic)


def itself(term: Term) -> Claim:
    return claim(term, term)


def breaking(monkeypatch: pytest.MonkeyPatch, name: str, bend) -> None:
    """Give an operator other tangents, and leave its values alone."""
    true = evaluate._OPERATORS[name]

    def bent(args, dims):
        return bend(true.evaluate(args, dims))

    broken = {**evaluate._OPERATORS, name: dataclasses.replace(true, evaluate=bent)}
    monkeypatch.setattr(evaluate, "_OPERATORS", broken)


def negated(a):
    return dual.Dual(a.primal, matrix.neg(a.tangent), a.level) if isinstance(a, dual.Dual) else a


def flat(a):
    """The second derivative is lost, the first one is right."""
    return dual.Dual(a.primal, matrix.base(a.tangent), a.level) if isinstance(a, dual.Dual) and a.level > 1 else a


@pytest.mark.parametrize(
    ("name", "term"),
    [
        ("det", gradient(det(P), P)),
        ("inverse", jacobian(inv(P), P)),
        ("trace", gradient(tr(mul(X, t(X))), X)),
        ("vec", jacobian(vec(X), X)),
        ("det", d(det(P), "P")),
        ("hadamard", d(had(X, X), "X")),
        ("divide", slope(divide(num(1), s), s)),
        ("matmul", total("i", size("n"), slope(quadratic, entry(x, idx("i"))))),
    ],
    ids=lambda v: v if isinstance(v, str) else "",
)
def test_a_wrong_differential_is_noticed(name: str, term: Term, monkeypatch: pytest.MonkeyPatch) -> None:
    assert isinstance(decide(itself(term)), Agreed)
    breaking(monkeypatch, name, negated)
    with pytest.raises(Disagreement):
        decide(itself(term))


@pytest.mark.parametrize("term", [jacobian(gradient(CUBE, x), x), d(d(CUBE, "x"), "x")], ids=["Hessian", "d²"])
def test_a_wrong_second_differential_is_noticed(term: Term, monkeypatch: pytest.MonkeyPatch) -> None:
    assert isinstance(decide(itself(term)), Agreed)
    breaking(monkeypatch, "matmul", flat)
    with pytest.raises(Disagreement):
        decide(itself(term))


def test_a_lost_term_of_the_product_rule_is_noticed(monkeypatch: pytest.MonkeyPatch) -> None:
    def half(f, a, b):
        if isinstance(a, dual.Dual):
            return dual.bilinear(f, a, matrix.base(b))
        return dual.bilinear(f, a, b)

    monkeypatch.setattr(linear, "bilinear", half)
    with pytest.raises(Disagreement):
        decide(itself(gradient(quadratic, x)))


@pytest.mark.parametrize(
    "term",
    [
        gradient(op("norm2", x), x),
        gradient(log(quadratic), x),
        gradient(op("norm1", x), x),
        slope(elementwise("abs", s), s),
        slope(op("max", s, num(0)), s),
        slope(Cases(((s, Condition(s, ">", num(0))), (num(0), None))), s),
        total("i", size("n"), mul(op("kronecker_delta", idx("i"), num(1)), slope(quadratic, entry(x, idx("i"))))),
    ],
    ids=["root", "log", "norm1", "abs", "max", "cases", "delta"],
)
def test_silence_where_there_is_no_second_opinion(term: Term) -> None:
    assert isinstance(decide(itself(term)), Agreed)


def test_rational_derivatives_have_one(monkeypatch: pytest.MonkeyPatch) -> None:
    asked = []
    quotient = second_opinion.quotient
    monkeypatch.setattr(second_opinion, "quotient", lambda *a: asked.append(a) or quotient(*a))
    decide(itself(gradient(quadratic, x)))
    assert len(asked) == 2  # for each side; once, whatever the number of points


@pytest.mark.parametrize("side", ["(P + P^\\top) x", "P x"], ids=["true", "false"])
def test_a_disagreement_is_reported_as_an_internal_error(side: str, monkeypatch: pytest.MonkeyPatch) -> None:
    breaking(monkeypatch, "matmul", negated)
    note = "Let $P$ be an $n \\times n$ matrix and $x \\in \\mathbb{R}^n$.\n\n"
    report = check_text(f"{note}$$\n\\nabla_x (x^\\top P x) = {side}\n$$\n\n$$\nPx = Px\n$$\n")
    first, second = (link for equation in report.equations for link in equation.links)
    assert (first.verdict.value, first.reason) == ("unknown", "internal error")
    assert "disagree" in first.message
    assert second.verdict.value == "proved"
    assert report.error is not None and report.error.kind == "Disagreement"
