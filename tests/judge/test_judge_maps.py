"""A letter for a map and for its matrix."""

from __future__ import annotations

import pytest

from derivcheck.pipeline import check_text


def test_the_matrix_of_a_map_has_the_letter_of_the_map() -> None:
    note = """The map with

$$ R(\\mathbf f_i) = \\hat{\\mathbf f_i} $$

has the matrix $R_{ij}$:

$$ \\hat{\\mathbf f_j} = \\sum_{i=1}^n R_{ij} \\mathbf f_i $$
"""
    found = [link.verdict.value for e in check_text(note, path="note.md").equations for link in e.links]
    assert not {"refuted", "ill-shaped"} & set(found)


CHAIN = """Let $a : \\mathbb R^m \\to \\mathbb R^n$ and $b : \\mathbb R^n \\to \\mathbb R^p$ be smooth, $c(t) = b(a(t))$.

$$ J_c(t) = """


@pytest.mark.parametrize(
    ("value", "expected"),
    [(r"J_b(a(t)) J_a(t)", "verified"), (r"J_a(a(t)) J_a(t)", "ill-shaped"), (r"J_b(a(t)) J_c(t)", "ill-shaped")],
)
def test_jacobians_of_declared_functions_have_sizes(value: str, expected: str) -> None:
    found = check_text(f"{CHAIN}{value} $$\n", path="note.md").equations
    assert found[-1].links[0].verdict.value == expected


def test_two_ways_to_write_a_derivative_may_differ_by_a_slip() -> None:
    note = "Let $B$ be a matrix. We only want to see which matrix comes out of\n\n$$ \\nabla_x Bx = SLIP\\frac{\\partial Bx}{\\partial x} $$\n"
    found = {slip: check_text(note.replace("SLIP", slip), path="note.md") for slip in ("", "-", "2")}
    verdicts = {slip: report.equations[-1].links[0].verdict for slip, report in found.items()}
    assert not verdicts[""].is_finding
    assert verdicts["-"].is_finding and verdicts["2"].is_finding
