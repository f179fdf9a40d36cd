# ruff: noqa: E501 - a row per note reads better than wrapped notes
"""Equations that the text assumes and matrices that it tells by what they do: each true form passes, a slip in it does
not pass, and what is no claim stays silent."""

from __future__ import annotations

import pytest
from checked import PASSES, verdicts

from derivcheck import check_text

LEFT_INVERSE = "Let $B$ be $m\\times r$ of full column rank, and let $K$ be $r\\times m$ with $KB=I_r$. Put $N = K-(B^\\top B)^{-1}B^\\top$.\n\n"
WHITENED = "Let $V$ be symmetric positive definite of order $n$ with $V^{-1}=F^\\top F$, and let $B$ be $n\\times r$ of full column rank.\n\n"
MODEL = "Let $z,\\varepsilon\\in\\mathbb R^n$. The model is\n\n$$z = Bc+\\varepsilon.$$\n\nLet $H = B(B^\\top B)^{-1}B^\\top$ with $B$ of full column rank.\n\n"
BEAM = "Let $q, f\\in\\mathbb R^n$. The structure obeys\n\n$$M(q)\\ddot q + D\\dot q + Kq = f$$\n\nwith constant symmetric $K$.\n\n"
CROSS = "Let $\\mathbf p, \\mathbf r\\in\\mathbb R^3$, and let $\\mathbf W(\\mathbf p)$ be the matrix with $\\mathbf W(\\mathbf p)\\mathbf r=\\mathbf p\\times\\mathbf r$.\n\n"
ENTRIES = "Let $\\mathbf p, \\mathbf r\\in\\mathbb R^3$ and define\n\n$$\\mathbf W(\\mathbf p) = \\begin{pmatrix}0&-p_3&p_2\\\\p_3&0&-p_1\\\\-p_2&p_1&0\\end{pmatrix}.$$\n\n"
UNIT = "The numbers satisfy $c^2+\\mathbf s^\\top\\mathbf s=1$, where $\\mathbf s\\in\\mathbb R^3$.\n\n"
SYMMETRIC = "Repeated indices are summed. The tensor $h_{ij}$ is symmetric.\n\n"
INNER = "Repeated indices are summed.\n\n"

HOLDS = [
    (LEFT_INVERSE, r"NB = KB - (B^\top B)^{-1}B^\top B = 0", r"NB = KB + (B^\top B)^{-1}B^\top B = 0"),
    (LEFT_INVERSE, r"KK^\top = (B^\top B)^{-1} + NN^\top", r"KK^\top = B^\top B + NN^\top"),
    (WHITENED, r"(B^\top F^\top FB)^{-1} = (B^\top V^{-1}B)^{-1}", r"(B^\top F^\top FB)^{-1} = (B^\top VB)^{-1}"),
    (MODEL, r"z - Hz = (I-H)\varepsilon", r"z - Hz = H\varepsilon"),
    (BEAM, r"\dot q^\top M\ddot q = \dot q^\top(f - D\dot q - Kq)", r"\dot q^\top M\ddot q = \dot q^\top(f - D\dot q + Kq)"),
    (CROSS, r"\mathbf W(\mathbf p)\mathbf W(\mathbf r) = \mathbf r\mathbf p^\top - (\mathbf p^\top\mathbf r)\mathbf I", r"\mathbf W(\mathbf p)\mathbf W(\mathbf r) = \mathbf p\mathbf r^\top - (\mathbf p^\top\mathbf r)\mathbf I"),
    (ENTRIES, r"\mathbf W(\mathbf p)\mathbf r = -\mathbf W(\mathbf r)\mathbf p", r"\mathbf W(\mathbf p)\mathbf r = \mathbf W(\mathbf r)\mathbf p"),
    (UNIT, r"3c^2-\mathbf s^\top\mathbf s = 4c^2-1", r"3c^2-\mathbf s^\top\mathbf s = 4c^2+1"),
    (SYMMETRIC, r"h_{ij}a_ib_j = h_{ij}b_ia_j", r"h_{ij}a_ib_j = -h_{ij}b_ia_j"),
]  # fmt: skip


@pytest.mark.parametrize("said, right, wrong", HOLDS)
def test_true_forms_pass_and_slips_do_not(said: str, right: str, wrong: str) -> None:
    assert set(verdicts(said + f"$$\n{right}\n$$")[-1:]) <= PASSES
    assert not set(verdicts(said + f"$$\n{wrong}\n$$")[-1:]) & PASSES


SILENT = [
    # an equation to solve, of which a reading with numbers would hold
    "Let $B_1,B_2$ be two blocks of columns.\n\nSubstituting,\n\n$$B_1'B_1c_1 + B_1'B_2(B_2'B_2)^{-1}B_2'(z-B_1c_1) = B_1'z,$$\n\nwhere a prime is a transpose.",
    # a square factor is what an eigenvalue decomposition means
    "With $K=W\\Theta W^\\top$, $W^\\top W=I$, we write\n\n$$I-sK = WW^\\top - sW\\Theta W^\\top.$$",
    # upper indices are no powers
    INNER + "Let $a_i=h_{ij}a^j$.\n\n$$h_{ij}a^ib^j = a_jb^j = a^ib_i$$",
    # what the metric is said to be in a section before
    "# Tensors\n\n" + SYMMETRIC + "# Derivatives\n\n$$\\partial_ih_{jk}+\\partial_jh_{ik}-\\partial_jh_{ki} = \\partial_ih_{kj}$$",
]  # fmt: skip


@pytest.mark.parametrize("text", SILENT)
def test_nothing_is_found(text: str) -> None:
    assert not any(v.is_finding for v in verdicts(text))


def test_a_later_chain_defines_a_symbol_of_a_longer_one_before_it() -> None:
    found = verdicts("$$u^\\top Ku = v^\\top v = cv^\\top v, \\qquad v = Ku$$")
    assert len(found) == 3


def test_a_kind_that_was_not_needed_is_not_learned() -> None:
    text = (
        "$$x(t) = e^{tA}x_0+\\int_0^te^{(t-s)A}b\\,ds$$\n\nAlong solutions of $\\dot x=Ax$\n\n"
        "$$\\frac{d}{dt}x^\\top Sx = x^\\top(A^\\top S+SA)x.$$\n\n$$\\det e^{tA} = e^{t\\operatorname{tr}A}$$"
    )
    assert verdicts(text)[-1] in PASSES


def test_a_number_more_gives_no_formula_its_meaning() -> None:
    text = "Let $r_j\\in\\mathbb R^n$, $H\\in\\mathbb R^{n\\times n}$.\n\n$$H r_j > \\frac{(r_j^\\top Hr_j)^2}{r_j^\\top Hr_j}$$"
    report = check_text(text, path="note.md")
    messages = [link.message for e in report.equations for link in e.links]
    assert not any("term is missing" in m for m in messages)


def test_an_identity_in_passing_constrains_nothing_with_other_sizes() -> None:
    text = (
        "Convention: $A$ is an $m\\times n$ matrix and $B$ a $p\\times q$ matrix; $K_{mn}$ is the commutation matrix, "
        "which satisfies $K_{mn}\\operatorname{vec}A=\\operatorname{vec}(A^\\top)$.\n\n"
        "Let $\\odot$ be the Khatri–Rao product, $A=[a_1,\\dots,a_r]$ and $B=[b_1,\\dots,b_r]$. For $d\\in\\mathbb R^r$,\n\n"
        "$$\n\\operatorname{vec}(A%s\\operatorname{diag}(d)B^\\top) = (B\\odot A)d\n$$\n"
    )
    assert verdicts(text % "")[-1].value in ("proved", "verified")
    assert verdicts(text % "^\\top")[-1].is_finding
