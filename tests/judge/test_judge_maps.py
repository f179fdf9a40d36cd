"""A letter for a map and for its matrix."""

from __future__ import annotations

from derivcheck.pipeline import check_text


def test_the_matrix_of_a_map_has_the_letter_of_the_map() -> None:
    note = """The map with

$$ R(\\mathbf f_i) = \\hat{\\mathbf f_i} $$

has the matrix $R_{ij}$:

$$ \\hat{\\mathbf f_j} = \\sum_{i=1}^n R_{ij} \\mathbf f_i $$
"""
    found = [link.verdict.value for e in check_text(note, path="note.md").equations for link in e.links]
    assert not {"refuted", "ill-shaped"} & set(found)
