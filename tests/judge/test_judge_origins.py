"""A wrong definition is reported once, where it is made."""

from __future__ import annotations

import pytest

from derivcheck.pipeline import check_text
from derivcheck.report.model import LinkReport

FIT = """Let $B \\in \\mathbb R^{p\\times q}$, $c \\in \\mathbb R^p$ and

$$ g(z) = %s. $$

Its slope is

$$ \\nabla g(z) = %s $$

and its curvature

$$ \\nabla^2 g(z) = %s. $$
"""
WHOLE = "\\|Bz - c\\|^2"
HALF = f"\\frac12 {WHOLE}"
GRADIENT, HESSIAN = "B^\\top (Bz - c)", "B^\\top B"


def links(note: str) -> list[LinkReport]:
    return [link for equation in check_text(note, path="note.md").equations for link in equation.links]


def verdicts(note: str) -> list[str]:
    return [link.verdict.value for link in links(note)]


def test_a_wrong_definition_is_one_finding() -> None:
    found = links(FIT % (WHOLE, GRADIENT, HESSIAN))
    assert [link.verdict.value for link in found] == ["refuted", "unknown", "unknown"]
    assert found[0].rule == "DC106" and found[0].repair is not None and found[0].repair.new == HALF
    assert {link.reason for link in found[1:]} == {"wrong definition"}
    assert [note.place.line for note in found[0].notes if note.place is not None] == [7, 11]


@pytest.mark.parametrize(
    ("definition", "gradient", "hessian", "expected"),
    [
        (HALF, GRADIENT, HESSIAN, [True, True]),
        (WHOLE, f"2{GRADIENT}", HESSIAN, [True, False]),  # what holds with the definition speaks for it
        (WHOLE, GRADIENT, f"3{HESSIAN}", [False, False]),  # no edit explains both
    ],
)
def test_other_mistakes_stay_where_they_are(
    definition: str, gradient: str, hessian: str, expected: list[bool]
) -> None:
    first, *rest = verdicts(FIT % (definition, gradient, hessian))
    assert first == "definition"
    assert [verdict in ("proved", "verified") for verdict in rest] == expected
    assert "unknown" not in rest


def test_shapes_tell_a_wrong_definition_too() -> None:
    note = """Let $Z \\in \\mathbb R^{k\\times r}$ and $u \\in \\mathbb R^r$. Define

$$ G = Z Z^\\top $$

Then

$$ \\|Zu\\|^2 = u^\\top G u $$

and

$$ G u = Z^\\top (Z u). $$
"""
    found = links(note)
    assert [link.verdict.value for link in found] == ["refuted", "unknown", "unknown"]
    assert found[0].repair is not None and found[0].repair.new == "Z^\\top Z"


def test_a_definition_in_a_sentence_is_named_beside_the_finding() -> None:
    note = (FIT % (WHOLE, GRADIENT, HESSIAN)).replace("\n\n$$ g", " $g").replace(". $$\n\nIts", "$. Its", 1)
    found = links(note)
    assert [link.verdict.value for link in found] == ["refuted", "refuted"]
    assert [len(link.notes) for link in found] == [1, 0]
    assert HALF in found[0].notes[0].message


def test_two_links_of_one_chain_are_one_equation() -> None:
    note = """Let $t$ be a real number and

$$ h(t) = 3 t^2 . $$

Then

$$ h'(t) = 3 t = t + 2 t . $$
"""
    assert verdicts(note)[:2] == ["definition", "refuted"]
