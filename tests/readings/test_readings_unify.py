"""Unification of symbolic dimensions: the algebra it must obey, and dimension texts."""

from __future__ import annotations

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from derivcheck.readings.errors import Clash
from derivcheck.readings.unify import Unifier, parse_dim
from derivcheck.terms.dim import ONE, Dim

RIGID = ("m", "n", "p")
FLEXIBLE = ("?1", "?2", "?3")


def of(text: str) -> Dim:
    dim = parse_dim(text)
    assert dim is not None
    return dim


def unifier(*equations: tuple[Dim, Dim], proper: bool = False) -> Unifier:
    """One that knows ?1, ?2, ?3, after these equations."""
    u = Unifier()
    for _ in FLEXIBLE:
        u.fresh(proper=proper)
    for a, b in equations:
        u.unify(a, b)
    return u


def solved(u: Unifier, a: Dim, b: Dim) -> bool:
    """Whether a = b is possible."""
    try:
        u.unify(a, b)
    except Clash:
        return False
    return True


monomials = st.lists(st.sampled_from(RIGID + FLEXIBLE), min_size=1, max_size=2).map(lambda names: of("*".join(names)))
dims = st.one_of(
    monomials, st.sampled_from([ONE, Dim.of(2), Dim.of(3)]), st.tuples(monomials, monomials).map(lambda p: p[0] + p[1])
)
equations = st.lists(st.tuples(dims, dims), max_size=3)


def prepared(given_equations: list[tuple[Dim, Dim]]) -> Unifier:
    """The state after those of the equations that are possible one after the other."""
    u = unifier()
    for a, b in given_equations:
        mark = u.mark()
        try:
            u.unify(a, b)
        except Clash:
            u.reset(mark)
    return u


@settings(max_examples=200, deadline=None)
@given(equations, dims, dims)
def test_unification_is_symmetric(before: list[tuple[Dim, Dim]], a: Dim, b: Dim) -> None:
    one, other = prepared(before), prepared(before)
    assert solved(one, a, b) == solved(other, b, a)


@settings(max_examples=200, deadline=None)
@given(equations, dims)
def test_resolving_is_idempotent(before: list[tuple[Dim, Dim]], dim: Dim) -> None:
    u = prepared(before)
    once = u.resolve(dim)
    assert u.resolve(once) == once


@settings(max_examples=200, deadline=None)
@given(equations, dims, dims)
def test_what_is_unified_resolves_to_one_dimension(before: list[tuple[Dim, Dim]], a: Dim, b: Dim) -> None:
    u = prepared(before)
    if solved(u, a, b) and not u.remaining():
        assert u.resolve(a) == u.resolve(b)


@settings(max_examples=200, deadline=None)
@given(equations)
def test_rigid_names_stay_themselves(before: list[tuple[Dim, Dim]]) -> None:
    u = prepared(before)
    assert [u.resolve(Dim.of(name)) for name in RIGID] == [Dim.of(name) for name in RIGID]


@settings(max_examples=100, deadline=None)
@given(equations, dims, dims)
def test_a_mark_takes_everything_back(before: list[tuple[Dim, Dim]], a: Dim, b: Dim) -> None:
    u = prepared(before)
    probes = [Dim.of(n) for n in RIGID + FLEXIBLE]
    was, mark = ([u.resolve(d) for d in probes], u.remaining()), u.mark()
    solved(u, a, b)
    u.reset(mark)
    assert ([u.resolve(d) for d in probes], u.remaining()) == was


@pytest.mark.parametrize(
    "a, b", [("m", "n"), ("m", "2"), ("m", "1"), ("m", "m + 1"), ("2", "3"), ("m*n", "1"), ("m*n", "m*p")]
)
def test_different_sizes_clash(a: str, b: str) -> None:
    assert not solved(unifier(), of(a), of(b))


@pytest.mark.parametrize(
    "a, b, name, value",
    [
        ("?1", "n", "?1", "n"),
        ("?1*m", "n*m", "?1", "n"),
        ("?1*m*m", "m*m*m", "?1", "m"),
        ("?1 + 1", "n + 1", "?1", "n"),
        ("?1 + m", "n + m", "?1", "n"),
        ("?1 + 1", "n", "?1", "n - 1"),
        ("?1", "m*n + 1", "?1", "m*n + 1"),
    ],
)
def test_a_size_is_found(a: str, b: str, name: str, value: str) -> None:
    assert unifier((of(a), of(b))).resolve(Dim.of(name)) == of(value)


def test_a_postponed_equation_is_solved_when_a_factor_is_known() -> None:
    u = unifier((of("?1*?2"), of("m*n")))
    assert u.remaining() and u.resolve(of("?2")) == of("?2")
    u.unify(of("?1"), of("m"))
    assert u.resolve(of("?2")) == of("n") and not u.remaining()


def test_a_postponed_equation_clashes_when_the_factors_do_not_fit() -> None:
    u = unifier((of("?1*?2"), of("m*n")), (of("?1"), of("m")))
    assert not solved(u, of("?2"), of("p"))


@pytest.mark.parametrize("permutation, first", [(0, "m"), (1, "n")])
def test_products_are_matched_in_either_order(permutation: int, first: str) -> None:
    u = unifier((of("?1*?2"), of("m*n")))
    u.match_products(permutation)
    assert u.resolve(of("?1")) == of(first) and not u.remaining()


def test_products_of_declared_sizes_may_agree_by_a_relation_that_is_not_stated() -> None:
    u = unifier((of("m*n"), of("p*q")))
    assert u.remaining() == ((of("m*n"), of("p*q")),)


def test_proper_sizes_are_never_one() -> None:
    assert not solved(unifier(proper=True), of("?1"), ONE)
    assert solved(unifier(), of("?1"), ONE)


@pytest.mark.parametrize("a, b", [("?1", "?2"), ("?2", "?1")])
def test_a_size_equal_to_a_proper_one_is_proper(a: str, b: str) -> None:
    u = Unifier()
    u.fresh(proper=True), u.fresh()
    u.unify(of(a), of(b))
    assert not solved(u, of("?2"), ONE)


def test_a_size_cannot_contain_itself() -> None:
    assert not solved(unifier(), of("?1"), of("?1 + 1"))


def test_sizes_that_the_document_equates_are_one() -> None:
    u = Unifier(((of("m"), of("p")),))
    assert u.resolve(of("m*n")) == u.resolve(of("p*n"))
    assert not solved(u, of("m"), of("n"))


@pytest.mark.parametrize(
    "stated", [(("m", "p"), ("p", "m")), (("m", "n"), ("m", "p")), (("m", "n"), ("n", "p"), ("p", "m"))]
)
def test_sizes_equated_in_a_ring(stated: tuple[tuple[str, str], ...]) -> None:
    u = Unifier(tuple((of(a), of(b)) for a, b in stated))
    assert u.resolve(of("m")) == u.resolve(of("p"))


def test_a_size_stated_as_an_expression() -> None:
    assert solved(Unifier(((of("N"), of("m*n")),)), of("N"), of("n*m"))


@pytest.mark.parametrize(
    "text, value",
    [
        ("m", "m"), ("3", "3"), (" n ", "n"), ("n*p", "n·p"), ("p·n", "n·p"), ("n^2", "n·n"), ("k+1", "k + 1"),
        ("k - 1", "k - 1"), ("2*n", "2·n"), ("2n", "2·n"), ("n+m", "m + n"), ("m*n+1", "m·n + 1"), ("n_1", "n_1"),
        ("\\ell", "\\ell"), ("m*n^2", "m·n·n"), ("n-n", "0"),
    ],
)  # fmt: skip
def test_dimension_texts(text: str, value: str) -> None:
    assert str(parse_dim(text)) == value


@pytest.mark.parametrize("text", ["", "   ", "(m+1)", "n^k", "n^10", "n^", "^2", "+", "m + ", "m" * 61])
def test_texts_that_are_no_dimension(text: str) -> None:
    assert parse_dim(text) is None
