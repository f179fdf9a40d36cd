"""Conditions, dependence, relations, reasons for not deciding, witnesses, determinism."""

from __future__ import annotations

import os
import subprocess
import sys
from dataclasses import replace
from fractions import Fraction
from pathlib import Path

import pytest
from flint import arb
from verify_builders import (
    add,
    call,
    claim,
    d,
    det,
    divide,
    elementwise,
    entry,
    eye,
    gradient,
    idx,
    inv,
    jacobian,
    log,
    mul,
    neg,
    num,
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

from derivcheck.terms.dim import ONE, Dim
from derivcheck.terms.term import (
    Arrangement,
    Block,
    Cases,
    Condition,
    Constant,
    Derivative,
    Integral,
    Limit,
    Number,
    Substitute,
    Term,
    Variable,
)  # fmt: skip
from derivcheck.verify.agreement import Match
from derivcheck.verify.decide import decide
from derivcheck.verify.evidence import Agreed, Evidence, Refuted, Undecidable, Undecided
from derivcheck.verify.points import Sampler
from derivcheck.verify.witness import format_number

P, Q, X = var("P", "n", "n"), var("Q", "n", "n"), var("X", "n", "n")
A = var("A", "m", "n")
x, y = var("x", "n"), var("y", "n")
s, c, z = var("s"), var("c"), var("z")


def times(*factors: Term) -> Term:
    return mul(*factors)


def square(a: Term) -> Term:
    return op("power_scalar", a, num(2))


def reason(found: Evidence) -> Undecidable:
    assert isinstance(found, Undecided), found
    return found.reason


# conditions


def test_inequality_conditions_hold_at_the_points() -> None:
    root = op("sqrt", square(sub(num(1), s)))
    below_one = Condition(s, "<", num(1))
    assert isinstance(decide(claim(root, sub(num(1), s), given=[below_one])), Agreed)
    assert isinstance(decide(claim(root, sub(num(1), s))), Refuted)


def test_few_whole_numbers_do_not_verify() -> None:
    """(k − 1)(k − 2) = 0 for two of the numbers up to 3."""
    k = var("k")
    for factor in range(1, 25):
        left = mul(num(factor), sub(k, num(1)), sub(k, num(2)))
        few = claim(left, num(0), props={"k": "natural"}, given=[Condition(k, "<=", num(3))])
        assert isinstance(decide(few), Refuted)


def test_conditions_on_vectors_by_index() -> None:
    logs = total("i", size("n"), op("sqrt", square(entry(x, idx("i")))))
    plain = total("i", size("n"), entry(x, idx("i")))
    positive = Condition(x, ">", zeros("n"))
    assert isinstance(decide(claim(logs, plain, given=[positive])), Agreed)
    assert isinstance(decide(claim(logs, plain)), Refuted)


@pytest.mark.parametrize("relation", ["=", "<", ">="])
def test_conditions_that_never_hold(relation: str) -> None:
    never = Condition(square(s), relation, num(-3))
    found = decide(
        claim(s, s, given=[never] if relation != ">=" else [Condition(neg(square(s)), ">=", num(3))])
    )
    assert reason(found) is Undecidable.NO_VALID_POINTS


def test_equations_among_the_conditions_are_solved() -> None:
    orthogonal = Condition(mul(t(x), y), "=", num(0))
    both = add(x, y)
    lhs, rhs = mul(t(both), both), add(mul(t(x), x), mul(t(y), y))
    assert isinstance(decide(claim(lhs, rhs, given=[orthogonal])), Agreed)
    assert isinstance(decide(claim(lhs, rhs)), Refuted)
    solved = Condition(c, "=", add(square(s), num(1)))
    assert isinstance(decide(claim(sub(c, num(1)), square(s), given=[solved])), Agreed)


def test_conditions_on_free_indices_restrict_them() -> None:
    delta = op("kronecker_delta", idx("i"), idx("j"))
    free = {"i": "n", "j": "n"}
    unequal = Condition(idx("i"), "!=", idx("j"))
    assert isinstance(decide(claim(delta, num(0), free=free, extra=[x], given=[unequal])), Agreed)
    assert isinstance(decide(claim(delta, num(0), free=free, extra=[x])), Refuted)


def test_negative_logarithms_are_avoided() -> None:
    found = decide(claim(log(times(s, c, z)), add(log(s), log(c), log(z))))
    assert isinstance(found, Agreed)


def test_no_point_has_a_value() -> None:
    assert reason(decide(claim(inv(sub(P, P)), P))) is Undecidable.NO_VALID_POINTS
    assert reason(decide(claim(log(neg(square(s))), s))) is Undecidable.NO_VALID_POINTS


def test_impossible_property() -> None:
    assert reason(decide(claim(A, A, props={"A": "symmetric"}))) is Undecidable.NO_VALID_POINTS


# dependence


def test_nothing_varies() -> None:
    assert reason(decide(claim(gradient(c, x), zeros("n")))) is Undecidable.DEPENDENCE
    assert reason(decide(claim(slope(c, s), slope(z, s)))) is Undecidable.DEPENDENCE
    assert reason(decide(claim(d(c, "x"), num(0), extra=[x]))) is Undecidable.DEPENDENCE


def test_a_known_definition_without_the_variable_has_derivative_zero() -> None:
    known = {"c": mul(t(y), y)}
    assert isinstance(decide(claim(gradient(c, x), zeros("n"), definitions=known)), Agreed)
    assert reason(decide(claim(gradient(c, x), y, definitions=known))) is Undecidable.DEPENDENCE


def test_zero_by_an_unknown_dependence_is_no_verification() -> None:
    """z = z(y) varies with y, but y is not known to vary with s."""
    lhs, rhs = slope(z, s), times(slope(z, c), slope(c, s))
    assert reason(decide(claim(lhs, rhs, depends={"z": "c"}))) is Undecidable.DEPENDENCE
    assert isinstance(decide(claim(lhs, rhs, depends={"z": "c", "c": "s"})), Agreed)


def test_total_derivative_through_two_ways() -> None:
    total_derivative = slope(call("F", s, c), s)
    ways = {"c": "s"}
    partial = Substitute(slope(call("F", z, c), z), "z", s)
    through = times(Substitute(slope(call("F", s, z), z), "z", c), slope(c, s))
    assert isinstance(decide(claim(total_derivative, add(partial, through), depends=ways)), Agreed)
    assert isinstance(decide(claim(total_derivative, partial, depends=ways)), Refuted)


def test_derivative_by_a_defined_symbol() -> None:
    """∂z/∂c with c := xᵀx and z := exp c."""
    known = {"c": mul(t(x), x), "z": op("exp", c)}
    assert isinstance(decide(claim(slope(z, c), z, definitions=known)), Agreed)
    assert isinstance(decide(claim(gradient(z, x), scale(times(num(2), z), x), definitions=known)), Agreed)


def test_derivative_by_an_expression_equal_to_a_definition() -> None:
    known = {"c": mul(t(x), x), "z": op("exp", c)}
    assert isinstance(decide(claim(slope(z, mul(t(x), x)), z, definitions=known)), Agreed)


def test_dependent_symbols_keep_their_properties() -> None:
    by = {"P": "s"}
    assert isinstance(decide(claim(P, t(P), depends=by, props={"P": "spd"}, extra=[s])), Agreed)
    assert isinstance(decide(claim(P, t(P), depends=by, extra=[s])), Refuted)
    jacobi = slope(log(det(P)), s), tr(mul(inv(P), slope(P, s)))
    assert isinstance(decide(claim(*jacobi, depends=by, props={"P": "spd"})), Agreed)


def test_circular_definitions() -> None:
    assert reason(decide(claim(c, z, definitions={"c": z, "z": c}))) is Undecidable.UNSUPPORTED


# indices, families, folds, cases, blocks


def test_neighbouring_entries_have_no_value_at_the_end() -> None:
    step = sub(entry(x, add(idx("i"), num(1))), entry(x, idx("i")))
    swapped = sub(entry(x, idx("i")), entry(x, add(idx("i"), num(1))))
    assert isinstance(decide(claim(step, neg(swapped), free={"i": "n"})), Agreed)
    assert isinstance(decide(claim(step, swapped, free={"i": "n"})), Refuted)


def test_families() -> None:
    member = Variable("x", (idx("i"),), shape=x.shape)
    second = Variable("x", (idx("j"),), shape=x.shape)
    free = {"i": "n", "j": "n"}
    delta = op("kronecker_delta", idx("i"), idx("j"))
    assert isinstance(
        decide(claim(mul(t(member), second), delta, free=free, props={"x": "orthonormal"})), Agreed
    )
    assert isinstance(decide(claim(mul(t(member), second), delta, free=free)), Refuted)
    assert isinstance(decide(claim(member, second, free=free)), Refuted)
    one = Derivative(
        mul(t(member), second), Variable("x", (num(1),), shape=x.shape), Arrangement.LIKE_VARIABLE
    )
    both = add(scale(op("kronecker_delta", idx("i"), num(1)), second),
               scale(op("kronecker_delta", idx("j"), num(1)), member))  # fmt: skip
    assert isinstance(decide(claim(replace(one, shape=x.shape), both, free=free)), Agreed)


def test_family_with_a_definition() -> None:
    member = Variable("q", (idx("i"),))
    known = {"q": square(entry(x, idx("i")))}
    whole = total("j", size("n"), Variable("q", (idx("j"),)))
    assert isinstance(
        decide(claim(member, square(entry(x, idx("i"))), free={"i": "n"}, definitions=known)), Agreed
    )
    assert isinstance(decide(claim(whole, mul(t(x), x), definitions=known)), Agreed)


def test_empty_folds() -> None:
    assert isinstance(decide(claim(total("i", num(0), P), zeros("n", "n"))), Agreed)
    assert isinstance(decide(claim(product("i", num(0), P), eye("n"))), Agreed)
    assert isinstance(decide(claim(product("i", num(3), P), mul(P, P, P))), Agreed)


def test_conditional_sum() -> None:
    off = total("i", size("n"), total("j", size("n"), times(entry(x, idx("i")), entry(x, idx("j"))),
                                      condition=Condition(idx("i"), "!=", idx("j"))))  # fmt: skip
    ones = op("sum_entries", x)
    assert isinstance(decide(claim(off, sub(square(ones), mul(t(x), x)))), Agreed)
    assert isinstance(decide(claim(off, square(ones))), Refuted)


def test_fold_cap() -> None:
    assert reason(decide(claim(total("i", num(10**6), idx("i")), num(3)))) is Undecidable.TOO_LARGE


def test_cases() -> None:
    absolute = Cases(((s, Condition(s, ">=", num(0))), (neg(s), None)))
    assert isinstance(decide(claim(absolute, op("abs", s))), Agreed)
    assert isinstance(decide(claim(slope(absolute, s), op("sign", s))), Agreed)
    assert isinstance(decide(claim(absolute, s)), Refuted)


def test_block_matrices() -> None:
    n2 = Dim.of("n") + Dim.of("n")
    shape = (n2, n2)
    left = Block(((P, Q), (zeros("n", "n"), X)), shape=shape)
    assert isinstance(decide(claim(det(left), times(det(P), det(X)))), Agreed)
    assert isinstance(decide(claim(det(left), times(det(P), det(Q)))), Refuted)
    stacked = jacobian(Block(((x,), (mul(P, x),)), shape=(n2, ONE)), x)
    assert isinstance(decide(claim(stacked, Block(((eye("n"),), (P,)), shape=(n2, Dim.of("n"))))), Agreed)


def test_explicit_matrix_literals() -> None:
    literal = Block(((num(1), num(2)), (num(3), num(4))), shape=(Dim.of(2), Dim.of(2)))
    assert isinstance(decide(claim(det(literal), num(-2))), Agreed)
    assert isinstance(decide(claim(det(literal), num(2))), Refuted)


# relations


def test_inequalities_are_refuted_or_undecided() -> None:
    assert reason(decide(claim(mul(t(x), x), num(0), relation=">="))) is Undecidable.UNSUPPORTED
    found = decide(claim(mul(t(x), P, x), num(0), relation=">="))
    assert isinstance(found, Refuted)
    assert found.witness.lhs.startswith("-")
    assert (
        reason(decide(claim(mul(t(x), P, x), num(0), relation=">", props={"P": "spd"})))
        is Undecidable.UNSUPPORTED
    )


def test_not_equal() -> None:
    assert isinstance(decide(claim(mul(P, Q), mul(Q, P), relation="!=")), Agreed)
    assert isinstance(decide(claim(mul(P, Q), mul(P, Q), relation="!=")), Refuted)
    assert reason(decide(claim(tr(mul(P, Q)), tr(mul(Q, P)), relation="!="))) is Undecidable.UNSUPPORTED


NEAR_PI = {
    **dict.fromkeys(("3.14", "3.1416", "3.1415", "3"), Agreed),
    **dict.fromkeys(("3.15", "4"), Undecided),
    **dict.fromkeys(("3.16", "3.1411", "5"), Refuted),
}


@pytest.mark.parametrize(("text", "outcome"), NEAR_PI.items())
def test_approximation_of_a_constant(text: str, outcome: type) -> None:
    """Rounded or cut off: agreed; within one unit of the last digit all the same: undecided; else refuted."""
    assert isinstance(decide(claim(Constant("pi"), num(text), relation="approx")), outcome)


def test_approximation_from_rounded_inputs() -> None:
    area = times(num("3.14"), num("2.0"), num("2.0"))
    assert isinstance(decide(claim(area, num("12.57"), relation="approx")), Undecided)
    assert isinstance(decide(claim(area, num("15.57"), relation="approx")), Refuted)


# integrals and limits


def test_integrals() -> None:
    u = var("u")
    sine = Integral(op("sin", u), "u", num(0), s)
    assert isinstance(decide(claim(sine, sub(num(1), op("cos", s)), extra=[u])), Agreed)
    assert isinstance(decide(claim(sine, op("cos", s), extra=[u])), Refuted)
    assert isinstance(decide(claim(slope(sine, s), op("sin", s), extra=[u])), Agreed)
    root = Integral(op("sqrt", u), "u", num(1), num(4))
    assert isinstance(decide(claim(root, num(Fraction(14, 3)), extra=[u])), Agreed)


def test_unsupported_nodes_say_so() -> None:
    u = var("u")
    forever = Integral(op("exp", neg(u)), "u", num(0), Constant("infinity"))
    assert reason(decide(claim(forever, num(1), extra=[u]))) is Undecidable.UNSUPPORTED
    assert (
        reason(decide(claim(Limit(op("sin", u), "u", num(0)), num(0), extra=[u]))) is Undecidable.UNSUPPORTED
    )
    assert reason(decide(claim(op("no such operator", s), s))) is Undecidable.UNSUPPORTED
    assert reason(decide(replace(claim(z, s), symbols={}))) is Undecidable.UNSUPPORTED


# caution


def test_sides_of_different_shapes_are_not_refuted() -> None:
    assert reason(decide(claim(x, num(0)))) is Undecidable.UNSUPPORTED


def test_deadline() -> None:
    heavy = jacobian(call("F", mul(X, X, X), shape=X.shape), X)
    assert reason(decide(claim(heavy, heavy), seconds=0.0)) is Undecidable.TIMEOUT


def test_deep_terms_do_not_crash() -> None:
    deep: Term = s
    for _ in range(400):
        deep = neg(deep)
    assert reason(decide(claim(deep, s))) is Undecidable.TOO_LARGE


def test_deep_definitions_do_not_crash() -> None:
    known: dict[str, Term] = {}
    last = var("v0")
    for k in range(1, 40):
        body: Term = last
        for _ in range(20):
            body = neg(body)
        last, known = var(f"v{k}"), {**known, f"v{k}": body}
    assert reason(decide(claim(last, s, definitions=known))) is Undecidable.TOO_LARGE


def test_kinks_are_not_counterexamples() -> None:
    """relu′ is the step function wherever both have a value."""
    assert isinstance(decide(claim(slope(op("relu", s), s), op("step", s))), Agreed)
    absolute = elementwise("abs", x)
    assert isinstance(decide(claim(gradient(op("sum_entries", absolute), x), elementwise("sign", x))), Agreed)


def test_large_cancellation_raises_the_precision() -> None:
    """(1 + 10⁻⁶⁰)-like sums of exponentials agree only when computed with enough digits."""
    huge = op("exp", num(200))
    assert isinstance(decide(claim(sub(add(huge, op("exp", s)), huge), op("exp", s))), Agreed)


def test_certainty_when_the_difference_is_tiny() -> None:
    tiny = Number(Fraction(1, 10**30))
    assert isinstance(decide(claim(add(op("exp", s), tiny), op("exp", s))), Refuted)


# witnesses


def test_witness_is_small_and_readable() -> None:
    found = decide(claim(gradient(mul(t(x), P, x), x), scale(2, mul(P, x))))
    assert isinstance(found, Refuted)
    w = found.witness
    assert w.dims == {"n": 2}
    assert w.entry in {(0, 0), (1, 0)}
    assert set(w.values) == {"P", "x"}
    entries = "".join(w.values.values()).translate(str.maketrans("[],", "   ")).split()
    assert all(abs(int(e)) <= 3 for e in entries)


@pytest.mark.parametrize(
    ("ball", "text"),
    [(arb(2).sqrt() ** 2, "2"), (arb(1) / 3 * 3 - 1, "0"), (arb("0.5"), "0.50000000"), (arb("1.00001"), "1.0000100")],
)
def test_a_narrow_ball_around_a_whole_number_is_written_as_that(ball: arb, text: str) -> None:
    assert format_number(ball) == text


def test_witness_values_recompute() -> None:
    found = decide(claim(mul(P, Q), mul(Q, P)))
    assert isinstance(found, Refuted)
    p, q, lhs, rhs = (
        eval_rows(text) for text in (*found.witness.values.values(), found.witness.lhs, found.witness.rhs)
    )
    assert multiply(p, q) == lhs
    assert multiply(q, p) == rhs
    i, j = found.witness.entry or (0, 0)
    assert lhs[i][j] != rhs[i][j]


def eval_rows(text: str) -> list[list[int]]:
    return [[int(e) for e in row.strip("[], ").split(",")] for row in text.split("],")]


def multiply(a: list[list[int]], b: list[list[int]]) -> list[list[int]]:
    return [
        [sum(p * q for p, q in zip(row, column, strict=True)) for column in zip(*b, strict=True)] for row in a
    ]


def test_witness_keeps_the_properties() -> None:
    found = decide(claim(Q, t(Q), props={"Q": "orthogonal"}))
    assert isinstance(found, Refuted)
    assert "/" in found.witness.values["Q"] or "0" in found.witness.values["Q"]


def test_witness_names_the_free_index() -> None:
    found = decide(claim(entry(x, idx("i")), entry(x, num(1)), free={"i": "n"}))
    assert isinstance(found, Refuted)
    assert found.witness.free["i"] >= 2


# repetition


def test_spans_do_not_change_the_points() -> None:
    moved = replace(P, start=40, end=41)
    assert decide(claim(mul(P, Q), mul(Q, P))) == decide(claim(mul(moved, Q), mul(Q, moved)))


def test_decisions_do_not_depend_on_the_hash_seed() -> None:
    program = (
        "from verify_builders import *\n"
        "from derivcheck.verify.decide import decide\n"
        "P, Q, x = var('P', 'n', 'n'), var('Q', 'n', 'n'), var('x', 'n')\n"
        "print(decide(claim(mul(P, Q, x), mul(Q, P, x), props={'P': 'spd', 'Q': 'upper invertible'})))\n"
        "print(decide(claim(gradient(mul(t(x), P, x), x), scale(2, mul(P, x)), props={'P': 'symmetric'})))\n"
    )
    here = Path(__file__).parent
    outputs = set()
    for hash_seed in ("1", "2"):
        path = os.pathsep.join([str(here), str(here.parent.parent)])
        env = {**os.environ, "PYTHONHASHSEED": hash_seed, "PYTHONPATH": path}
        run = subprocess.run(
            [sys.executable, "-c", program], env=env, capture_output=True, text=True, check=True
        )
        outputs.add(run.stdout)
    assert len(outputs) == 1
    assert "Refuted" in outputs.pop()


def test_candidates_at_shared_points() -> None:
    wrong, right = mul(P, x), mul(t(P), x)
    subject = claim(gradient(mul(t(y), P, x), y), right)
    sampler = Sampler(subject)
    points = sampler.valid_points(3)
    assert len(points) == 3
    assert sampler.agree(subject.lhs, wrong, points) is Match.SAME
    assert sampler.agree(subject.lhs, right, points) is Match.DIFFERENT
    assert sampler.agree(subject.lhs, vec(P), points) is Match.WIDE
    assert sampler.agree(subject.lhs, divide(wrong, sub(num(1), num(1))), points) is Match.WIDE
