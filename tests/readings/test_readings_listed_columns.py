"""Matrices given by their columns: lists with dots, rules drawn around the members."""

from __future__ import annotations

import pytest

from derivcheck.pipeline import check_text

RULED = "\\begin{bmatrix} | & & | \\\\ %s & \\cdots & %s \\\\ | & & | \\end{bmatrix}"


def last(note: str) -> str:
    return [link.verdict.value for e in check_text(note, path="note.md").equations for link in e.links][-1]


@pytest.mark.parametrize(
    "listed",
    ["[g_1, g_2, \\dots, g_r]", "(g_1, \\dots, g_r)", "[g_1 \\cdots g_r]", RULED % ("g_1", "g_r")],
)
def test_a_list_of_columns_is_their_matrix(listed: str) -> None:
    note = f"Let $g_1, \\dots, g_r \\in \\mathbb R^s$ and\n\n$$ G = {listed} $$\n\nThen\n\n$$ %s $$\n"
    assert last(note % "G G^\\top = \\sum_{i=1}^r g_i g_i^\\top") in ("proved", "verified")
    assert last(note % "G^\\top G = \\sum_{i=1}^r g_i g_i^\\top") in ("refuted", "ill-shaped")


def test_what_stands_between_bars_is_a_column() -> None:
    note = f"$$ M {RULED % ('h_1', 'h_t')} = {RULED % ('M h_1', 'M h_t')} $$"
    assert last(note) in ("proved", "verified")


def test_a_list_of_numbers_stays_one() -> None:
    note = "Let $x \\in \\mathbb R^n$.\n\n$$ x^\\top = [x_1, \\dots, x_n] $$\n\n$$ x = (x_1, \\dots, x_n) $$\n"
    found = [link.verdict.value for e in check_text(note, path="note.md").equations for link in e.links]
    assert not {"refuted", "ill-shaped"} & set(found)
