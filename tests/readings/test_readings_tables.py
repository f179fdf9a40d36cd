
"""The small pure parts: targets of definitions, progressions, uses of symbols, names of layouts."""

from __future__ import annotations

import pytest

from derivcheck.config import Options
from derivcheck.notation import tree
from derivcheck.notation.progression import progression
from derivcheck.pipeline import read_text
from derivcheck.readings.choice import Choice
from derivcheck.readings.definitions import member_letters, target
from derivcheck.readings.known import plain
from derivcheck.readings.layouts import COHERENT, DENOMINATOR, MIXED, NUMERATOR
from derivcheck.readings.usage import dimension_names, usage_of
from derivcheck.statements.split import read_displays


def parsed(latex: str) -> tree.Node:
    """The surface tree of a lone expression."""
    document = read_text(f"$$\n{latex}\n$$\n", path="note.md", flavour=None, options=Options())
    (display,) = read_displays(document).values()
    return display.chains[0].members[0].node


@pytest.mark.parametrize(
    ("left", "expected"),
    [
        ("S", ("S", ())),
        ("\\mathbf x", ("bf:x", ())),
        ("\\hat\\beta", ("hat(\\beta)", ())),
        ("f(x)", ("f", ("x",))),
        ("f(x, y)", ("f", ("x", "y"))),
        ("H_1", ("H_1", ())),
        ("f(x + y)", (None, ())),
        ("A x", (None, ())),
        ("A + B", (None, ())),
        ("\\det(A)", (None, ())),
        ("\\operatorname{tr}(S)", (None, ())),
    ],
)
def test_what_a_definition_defines(left: str, expected: tuple[str | None, tuple[str, ...]]) -> None:
    assert target(parsed(left)) == expected


@pytest.mark.parametrize(
    ("left", "letters"), [("p_k", "k"), ("a_{ij}", "ij"), ("[A]_{ij}", "ij"), ("H_1", ""), ("p", ""), ("p_k^2", "")]
)
def test_definitions_by_members(left: str, letters: str) -> None:
    assert "".join(letter.name for letter in member_letters(parsed(left))) == letters


def items_of(latex: str) -> tuple[tree.Node, ...]:
    match parsed(latex):
        case tree.Add(terms=terms):
            return terms
        case tree.Fence(body=tree.Sequence(items=items)):
            return items
        case other:
            raise AssertionError(other)


@pytest.mark.parametrize(
    "latex", ["(x_1, \\dots, x_n)", "(x_1, x_2, \\ldots, x_n)", "1 + 2 + \\dots + n", "a_1^2 + a_2^2 + \\cdots + a_n^2"]
)
def test_dots_go_on_in_a_progression(latex: str) -> None:
    found = progression(items_of(latex))
    assert found is not None and found.first == tree.Num("1") and found.last == tree.Sym("n")
    assert found.member(found.first) == items_of(latex)[0] and found.member(found.last) == items_of(latex)[-1]


@pytest.mark.parametrize(
    "latex",
    ["(x_1, \\dots, y_n)", "1 + 4 + \\dots + n", "(x_1, x_3, \\dots, x_n)", "(x_n, \\dots, x_1)", "(\\dots, x_n)"],
)
def test_dots_that_stand_for_nothing_known(latex: str) -> None:
    assert progression(items_of(latex)) is None


@pytest.mark.parametrize(
    ("latex", "key", "hint"),
    [
        ("x^\\top y", "x", "vector"),
        ("A^\\top B", "A", "nonscalar"),
        ("A^{-\\top}", "A", "matrix"),
        ("\\|w\\|", "w", "vector"),
        ("A \\otimes B", "A", "matrix"),
        ("A_{ij}", "A", "double"),
        ("\\operatorname{tr}(S)", "S", "matrix"),
        ("\\nabla_u f", "u", "nonscalar"),
        ("g(t)", "g", "called"),
        ("x_i^\\top", "x", "indexed nonscalar"),
        ("x_i + y", "y", "bare"),
    ],
)
def test_how_symbols_are_used(latex: str, key: str, hint: str) -> None:
    assert hint in usage_of([parsed(latex)]).of(key)


def test_a_letter_under_a_subscript_does_not_stand_bare() -> None:
    assert "bare" not in usage_of([parsed("x_i + y")]).of("x")


@pytest.mark.parametrize(
    ("latex", "names"),
    [
        ("\\sum_{i=1}^N x_i", {"N"}),
        ("I_m A", {"m"}),
        ("(x_1, \\dots, x_n)", {"n"}),
        ("I_{mn}", {"m", "n"}),
        ("x + y", set()),
    ],
)
def test_names_of_sizes(latex: str, names: set[str]) -> None:
    assert dimension_names([parsed(latex)], ()) == names


@pytest.mark.parametrize(("key", "letter"), [("bf:X", "X"), ("X", "X"), ("cal:K", "K"), ("\\Sigma", "\\Sigma")])
def test_the_letter_without_its_font(key: str, letter: str) -> None:
    assert plain(key) == letter


def test_layouts_are_told_by_what_they_lay_out() -> None:
    assert NUMERATOR.spoken({"scalar_vector"}) == "∂s/∂x is a row (numerator layout)"
    assert DENOMINATOR.spoken({"scalar_vector"}) == MIXED.spoken({"scalar_vector"})
    assert DENOMINATOR.spoken({"vector_vector"}) != MIXED.spoken({"vector_vector"}) == NUMERATOR.spoken({"vector_vector"})


def test_the_coherent_layouts_differ_and_the_most_natural_is_first() -> None:
    assert COHERENT[:3] == (MIXED, DENOMINATOR, NUMERATOR)
    assert len(set(COHERENT)) == len(COHERENT) == 12


def test_the_natural_choice_has_nothing_to_tell() -> None:
    assert Choice().notes() == ()
    assert "`x` as column" in Choice(kinds=(("x", "column"),)).notes()
