# ruff: noqa: E501 - a row per case reads better than wrapped notes
"""Entries and members: of a letter of their own, explained after the definitions that use them, transposed as vectors."""

from __future__ import annotations

import pytest
from checked import FINDINGS, PASSES, verdicts

from derivcheck.verdict import Verdict

ENTRIES = "Repeated indices are summed. Let $f_{ij}=-f_{ji}$ and $p_{ij}=p_{ji}$. Then\n\n$$p_{ij}c_{ij} %s p_{ij}f_{ij} = p_{ij}c_{ij}$$\n\nThe power is\n\n$$F = \\frac12 p_{ij}c_{ij}$$\n"


def test_entries_with_a_symmetry_of_their_own_belong_to_no_scalar_with_that_capital() -> None:
    assert verdicts(ENTRIES % "+")[0] in PASSES
    assert verdicts((ENTRIES % "+").replace("=-f_{ji}", "=f_{ji}"))[0] not in PASSES


LAW = "A repeated index is summed from 1 to 3.\n\nThe law is\n\n$$q_{ij} = a\\, h_{kk}\\delta_{ij} + 2b\\, h_{ij}$$\n\nFor constant $a, b$, with $h_{ij}=\\frac12(\\partial_iv_j+\\partial_jv_i)$,\n\n$$\\partial_jq_{ij} = a\\,\\partial_ih_{kk} + %s b\\,\\partial_jh_{ij} = (a + b)\\partial_i\\partial_kv_k + b\\,\\partial_j\\partial_jv_i$$\n"


def test_members_explained_after_a_definition_are_meant_in_it() -> None:
    assert set(verdicts(LAW % "2")[1:]) <= PASSES
    assert verdicts(LAW % "3")[1] not in PASSES


GAIN = "Let $N$ be the measurement covariance and write $V$ for the predicted covariance, $Z=CVC^T+N$ and $L=VC^TZ^{-1}$. Then\n\n$$V-LZL^T = V-%s$$\n"


def test_a_covariance_by_its_noun_is_symmetric() -> None:
    assert verdicts(GAIN % "LCV")[-1] in PASSES
    assert verdicts(GAIN % "LVC")[-1] in FINDINGS


def test_what_follows_from_unread_words_is_still_a_hypothesis() -> None:
    note = "The first entries of $b$ vanish, so $a^Tb=0$. Then\n\n$$(I-ba^T)^{-1} = I %s ba^T$$\n"
    assert verdicts(note % "+")[-1] not in FINDINGS
    assert verdicts(note % "-")[-1] not in PASSES


SIZES = "Let $M\\in\\mathbb R^{p\\times q}$ with $M=GS$, $G^TG=I$ and $S$ invertible. Then\n\n$$GS(S^TS)^{-1}S^TG^T = %s$$\n"


def test_the_last_factor_of_a_product_has_the_size_that_is_left() -> None:
    assert verdicts(SIZES % "GG^T")[-1] in PASSES
    assert verdicts(SIZES % "G^TG")[-1] in FINDINGS


@pytest.mark.parametrize("right", ["u_k(v_k^T u_k)", "u_k(v_k u_k^T)"])
def test_what_is_transposed_is_no_number(right: str) -> None:
    note = "## Data\n\nWe keep $v_k=x_{k+1}-x_k$ and $u_k=g_{k+1}-g_k$.\n\n## Step\n\n$$(I-c\\, u_kv_k^T)u_k = u_k - c\\, %s$$\n"
    assert (verdicts(note % right)[-1] in PASSES) == (right == "u_k(v_k^T u_k)")


def test_hypotheses_on_indexed_vectors_are_used() -> None:
    note = "The vectors satisfy $c_k^Tb_k=0$. Then\n\n$$(I-b_kc_k^T)^{-1} = I %s b_kc_k^T$$\n"
    assert verdicts(note % "+")[-1] in PASSES
    assert verdicts(note % "-")[-1] not in PASSES


def test_a_vector_that_is_transposed_within_the_bracket_is_no_function() -> None:
    note = "Let $v\\ne 0$.\n\n$$\\left(I-2\\frac{vv^T}{v^Tv}\\right)^2 = I-4\\frac{vv^T}{v^Tv}+%s\\frac{v(v^Tv)v^T}{(v^Tv)^2}$$\n"
    assert verdicts(note % "4")[-1] in PASSES
    assert verdicts(note % "2")[-1] is Verdict.REFUTED
