"""Assignments of numbers to dimension variables."""

from __future__ import annotations

from itertools import pairwise

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from verify_builders import add, claim, dim, eye, kron, mul, t, var

from derivcheck.terms.dim import Dim
from derivcheck.verify.decide import decide
from derivcheck.verify.dimensions import MAX_SIDE, Sizes, choose
from derivcheck.verify.errors import NoDimensions
from derivcheck.verify.evidence import Agreed, Refuted, Undecidable, Undecided
from derivcheck.verify.seed import Stream
from derivcheck.verify.structure import Structure

NAMES = ("k", "m", "n", "p", "q", "r")


def assignments(subject, count: int, rng: Stream):
    return choose(Sizes.of(subject, Structure(subject.symbols)), count, rng)


def chain(count: int):
    """A product of rectangular matrices with count + 1 dimensions."""
    names = NAMES[: count + 1]
    whole = mul(*(var(f"A_{a}", a, b) for a, b in pairwise(names)))
    return claim(whole, whole)


@given(count=st.integers(1, 5), seed=st.binary(max_size=8))
@settings(max_examples=40, deadline=None)
def test_values_are_distinct_and_both_orders_occur(count: int, seed: bytes) -> None:
    first, second = assignments(chain(count), 2, Stream(seed))
    for dims in (first, second):
        assert len(set(dims.values())) == len(dims) == count + 1
        assert min(dims.values()) >= 2
        assert max(dims.values()) <= count + 5
    names = NAMES[: count + 1]
    reversed_pairs = sum((first[a] < first[b]) != (second[a] < second[b]) for a, b in pairwise(names))
    assert reversed_pairs == count


@given(seed=st.binary(max_size=8))
@settings(max_examples=20, deadline=None)
def test_facts_are_respected(seed: bytes) -> None:
    subject = claim(var("A", "m", "n"), var("A", "m", "n"), facts=[("m", "n"), ("n", dim("p") + dim(1))])
    for dims in assignments(subject, 4, Stream(seed)):
        assert dims["m"] >= dims["n"] >= dims["p"] + 1


def test_equations_between_products_get_a_common_solution() -> None:
    a, b, r, s = (Dim.of(x) for x in "abrs")
    subject = claim(kron(var("A", "a", 1), var("B", "b", 1)), var("C", r * s, 1), equal=[(a * b, r * s)])
    found = assignments(subject, 2, Stream(b""))
    assert len(found) == 2
    for dims in found:
        assert dims["a"] * dims["b"] == dims["r"] * dims["s"]
        assert len(set(dims.values())) == 4


def test_triangular_numbers_are_found() -> None:
    n, h = Dim.of("n"), Dim.of("h")
    subject = claim(var("x", "h"), var("x", "h"), equal=[(h + h, n * n + n)])
    assert {(d["n"], d["h"]) for d in assignments(subject, 3, Stream(b""))} == {(2, 3), (3, 6), (4, 10)}


def test_facts_about_other_dimensions_are_ignored() -> None:
    subject = claim(var("A", "m", "n"), var("A", "m", "n"), facts=[("p", "q"), ("n", "r"), ("r", "k")])
    assert {name for d in assignments(subject, 2, Stream(b"")) for name in d} == {"m", "n", "r", "k"}


def test_forced_equality_is_allowed() -> None:
    subject = claim(var("A", "m", "n"), var("A", "m", "n"), equal=[("m", "n")])
    assert all(d["m"] == d["n"] for d in assignments(subject, 2, Stream(b"")))


def test_contradictory_facts_have_no_assignment() -> None:
    subject = claim(eye("n"), eye("n"), facts=[("n", dim("n") + dim(1))])
    with pytest.raises(NoDimensions):
        assignments(subject, 2, Stream(b""))
    assert decide(subject) == Undecided(
        Undecidable.DIMENSIONS, "no small dimensions satisfy what is known of them"
    )


def test_kronecker_sizes_stay_comfortable() -> None:
    whole = kron(kron(var("A", "m", "n"), var("B", "p", "q")), var("C", "m", "q"))
    for dims in assignments(claim(whole, whole), 2, Stream(b"")):
        assert dims["m"] ** 2 * dims["p"] <= MAX_SIDE
        assert dims["n"] * dims["q"] ** 2 <= MAX_SIDE


def test_sizes_beyond_the_caps_are_refused() -> None:
    huge = eye(1000)
    found = decide(claim(huge, huge))
    assert isinstance(found, Undecided)
    assert found.reason is Undecidable.TOO_LARGE


def test_singular_orders_are_left_out_and_reported() -> None:
    """X(XᵀX)⁻¹Xᵀ has a value only when X is not wide; XX⁺ = I would pass were only wide matrices drawn."""
    from verify_builders import inv

    X = var("X", "m", "n")
    projector = mul(X, inv(mul(t(X), X)), t(X))
    found = decide(claim(mul(projector, projector), projector))
    assert isinstance(found, Agreed)
    assert len(found.dimensions) == 2
    assert all(d["m"] > d["n"] for d in found.dimensions)
    assert isinstance(decide(claim(projector, eye("m"))), Refuted)


def test_subtracted_dimensions_stay_positive() -> None:
    whole = eye(dim("n") - dim("m"))
    for dims in assignments(claim(whole, add(whole, whole)), 3, Stream(b"")):
        assert dims["n"] > dims["m"]
