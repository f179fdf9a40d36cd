# ruff: noqa: E501 - a row per case reads better than wrapped notes
"""Upper indices are indices in texts with a summation convention, and powers elsewhere."""

from __future__ import annotations

import pytest
from checked import PASSES

from derivcheck import check_text
from derivcheck.report.model import LinkReport
from derivcheck.verdict import Verdict

SUMMED = "By the summation convention an index that stands once above and once below is summed. $A$, $B$ are $n\\times n$ matrices, $x,y\\in\\mathbb R^n$.\n\n"
METRIC = "Repeated indices are summed. $g_{ij}$ is a metric with the inverse $g^{ij}$,\n\n$$g^{ik}g_{kj}=\\delta^i_j$$\n\n"


def links(note: str) -> list[LinkReport]:
    report = check_text(note + "\n", path="note.md")
    assert report.error is None
    return [link for equation in report.equations for link in equation.links]


def last(note: str) -> LinkReport:
    return links(note)[-1]


PAIRS = [
    ("$$(Ax)^i = A^i_jx^j$$", "$$(Ax)^i = A^j_ix^j$$"),
    ("$$(AB)^i_k = A^i_jB^j_k$$", "$$(AB)^i_k = A^j_kB^i_j$$"),
    ("$$\\operatorname{tr}(AB) = A^i_jB^j_i$$", "$$\\operatorname{tr}(AB) = A^i_iB^j_j$$"),
    ("Put $f=y_iA^i_jx^j$.\n\n$$\\frac{\\partial f}{\\partial x^k} = y_iA^i_k$$", "Put $f=y_iA^i_jx^j$.\n\n$$\\frac{\\partial f}{\\partial x^k} = y_iA^k_i$$"),
    ("$$\\delta^i_i = n,\\quad \\delta^i_jx^j = x^i$$", "$$\\delta^i_i = n,\\quad \\delta^i_jx^j = 2x^i$$"),
]


@pytest.mark.parametrize(("right", "wrong"), PAIRS)
def test_positions_say_nothing_without_a_metric(right: str, wrong: str) -> None:
    assert {k.verdict for k in links(SUMMED + right)} <= PASSES
    assert last(SUMMED + wrong).verdict not in PASSES


RAISED = [
    ("$$u^iv_i = g_{ij}u^iv^j = u_jv^j$$", "$$u^iv_i = g_{ij}u^iv^j = 2u_jv^j$$"),
    ("$$T^i_j = g^{ik}T_{kj},\\quad T^{ij} = g^{ik}g^{jl}T_{kl}$$", "$$T^i_j = g^{ik}T_{kj},\\quad T^{ij} = g^{ik}g^{jl}T_{lk}$$"),
    ("$$\\partial_lg^{im} = -g^{ik}g^{jm}\\partial_lg_{kj}$$", "$$\\partial_lg^{im} = g^{ik}g^{jm}\\partial_lg_{kj}$$"),
    ("With $g=\\det(g_{ij})$\n\n$$\\partial_lg = g\\,g^{ij}\\partial_lg_{ij}$$", "With $g=\\det(g_{ij})$\n\n$$\\partial_lg = 2g\\,g^{ij}\\partial_lg_{ij}$$"),
    (
        "Put\n\n$$\\Gamma^k_{ij} = \\tfrac12g^{kl}(\\partial_ig_{jl}+\\partial_jg_{il}-\\partial_lg_{ij})$$\n\nThen\n\n$$\\Gamma^i_{ij} = \\tfrac12g^{il}\\partial_jg_{il}$$",
        "Put\n\n$$\\Gamma^k_{ij} = \\tfrac12g^{kl}(\\partial_ig_{jl}+\\partial_jg_{il}-\\partial_lg_{ij})$$\n\nThen\n\n$$\\Gamma^i_{ij} = \\tfrac12g^{il}\\partial_lg_{ij}$$",
    ),
]


@pytest.mark.parametrize(("right", "wrong"), RAISED)
def test_a_metric_raises_and_lowers(right: str, wrong: str) -> None:
    assert {k.verdict for k in links(METRIC + right)} <= PASSES | {Verdict.DEFINITION}
    assert last(METRIC + wrong).verdict not in PASSES


def test_a_repair_keeps_the_positions_of_the_letters() -> None:
    found = last(SUMMED + "Put $f=y_iA^i_jx^j$.\n\n$$\\frac{\\partial f}{\\partial x^k} = y_iA^k_i$$")
    assert found.repair is not None
    assert (found.repair.old, found.repair.new) == ("k_i", "i_k")


POWERS = [
    ("Let $r=(x_ix_i)^{1/2}$; repeated indices are summed.\n\n", "$$\\frac{\\partial r^k}{\\partial x_i} = kr^{k-2}x_i$$"),
    ("Repeated indices are summed, $x\\in\\mathbb R^n$.\n\n", "$$a^na^m\\,x_ix_i = a^{n+m}x_jx_j$$"),
    ("A series with $a>0$.\n\n", "$$\\frac{d}{da}\\,a^k = k\\,a^{k-1}$$"),
]


@pytest.mark.parametrize(("said", "display"), POWERS)
def test_powers_stay_powers(said: str, display: str) -> None:
    assert last(said + display).verdict in PASSES


@pytest.mark.parametrize("display", ["$$\\delta_{ii} = n$$", "$$\\delta_{ij}\\delta_{ij} = n$$"])
def test_indices_run_as_far_as_the_trace_of_the_unit_says(display: str) -> None:
    said = "Repeated indices are summed. $A$ is $n\\times n$.\n\n"
    assert last(said + display).verdict in PASSES
    assert last(said + display.replace("n$$", "2n$$")).verdict not in PASSES


def test_sections_without_an_upper_index_are_left_alone() -> None:
    note = METRIC + "$$v_i = g_{ij}v^j$$\n\n# Cartesian\n\nHere all indices are below.\n\n$$\\delta_{ij}v_j = v_i$$"
    assert last(note).verdict in PASSES


def test_an_entry_of_the_permutation_symbol_defines_nothing() -> None:
    said = "Repeated indices are summed, $\\varepsilon_{ijk}$ is antisymmetric with $\\varepsilon_{123}=1$ and $\\delta_{ii}=3$.\n\n"
    assert last(said + "$$\\varepsilon_{ijk}\\varepsilon_{ijm} = 2\\delta_{km}$$").verdict in PASSES
    assert last(said + "$$\\varepsilon_{ijk}\\varepsilon_{ijm} = 3\\delta_{km}$$").verdict not in PASSES


GREEK = "Repeated indices are summed. The metric is $\\eta_{\\mu\\nu}$ with $\\eta^{\\mu\\nu}\\eta_{\\nu\\rho}=\\delta^\\mu{}_\\rho$.\n\n$$\\eta^{\\mu\\nu}\\eta_{\\nu\\rho}=\\delta^\\mu{}_\\rho$$\n\n"
BEHIND = [
    ("$$\\eta^{\\mu\\nu}\\eta_{\\nu\\rho}\\eta^{\\rho\\sigma} = \\eta^{\\mu\\sigma}$$", "$$\\eta^{\\mu\\nu}\\eta_{\\nu\\rho}\\eta^{\\rho\\sigma} = 2\\eta^{\\mu\\sigma}$$"),
    ("$$T^\\mu{}_\\nu a^\\nu = T^{\\mu\\nu}a_\\nu$$", "$$T^\\mu{}_\\nu a^\\nu = T^{\\nu\\mu}a_\\nu$$"),
    ("$$T_\\nu{}^\\mu a_\\mu b^\\nu = T_{\\nu\\mu}b^\\nu a^\\mu$$", "$$T_\\nu{}^\\mu a_\\mu b^\\nu = T_{\\mu\\nu}b^\\nu a^\\mu$$"),
]


@pytest.mark.parametrize(("right", "wrong"), BEHIND)
def test_indices_behind_an_empty_group_keep_their_order(right: str, wrong: str) -> None:
    assert last(GREEK + right).verdict in PASSES
    assert last(GREEK + wrong).verdict not in PASSES


def test_greek_indices_have_a_range_of_their_own() -> None:
    said = GREEK.replace("summed.", "summed. Latin indices run over $1,2,3$, Greek ones over $0,1,2,3$.", 1)
    for number, trace in ((4, "\\eta^{\\mu\\nu}\\eta_{\\mu\\nu}"), (3, "\\delta_{ij}\\delta_{ij}")):
        assert last(said + f"$${trace} = {number}$$").verdict in PASSES
        assert last(said + f"$${trace} = {number + 3}$$").verdict not in PASSES
    assert last(GREEK + "$$\\eta^{\\mu\\nu}\\eta_{\\mu\\nu} = 4$$").verdict in PASSES
