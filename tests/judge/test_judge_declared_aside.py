# ruff: noqa: E501 - a row per case reads better than wrapped notes
"""What tables, partitions and words about spaces declare, and what stands in definitions of several members."""

from __future__ import annotations

import pytest
from checked import FINDINGS, PASSES, verdicts
from flint import fmpq_mat

from derivcheck.verdict import Verdict
from derivcheck.verify.having import TESTS

NO_PASS = tuple(v for v in Verdict if v not in PASSES)

TABLE = "| symbol | size | role |\n|---|---|---|\n| $H$ | $q\\times q$ | damping, symmetric |\n| $B, D$ | $q\\times r$ | inputs |\n| $\\eta$ | scalar | step |\n"
TABULAR = (
    "\\documentclass{article}\n\\begin{document}\n\\begin{tabular}{ll}\n\\hline\nsymbol & meaning \\\\\n\\hline\n"
    "$H$ & symmetric matrix, $q\\times q$ \\\\[3pt]\n$B$ & $q\\times r$ \\\\\n\\hline\n\\end{tabular}\n\n\\[ %s \\]\n\\end{document}\n"
)


def last(text: str, path: str = "note.md") -> Verdict:
    return verdicts(text, path)[-1]


@pytest.mark.parametrize(
    ("formula", "expected"),
    [
        (r"(HB)^\top = B^\top H", PASSES),
        (r"\operatorname{tr}(B^\top H D) = \operatorname{tr}(D^\top H B)", PASSES),
        (r"(HB)^\top = B H", FINDINGS),
        (r"(\eta B)^\top = \eta B^\top", PASSES),
    ],
)
def test_rows_of_a_table_declare_their_symbols(formula: str, expected: tuple[Verdict, ...]) -> None:
    assert last(f"{TABLE}\n$$\n{formula}\n$$\n") in expected
    assert last(f"{TABLE}$$\n{formula}\n$$\n") in expected  # right below the last row


@pytest.mark.parametrize(("formula", "expected"), [(r"(HB)^\top = B^\top H", PASSES), (r"(HB)^\top = B H", FINDINGS)])
def test_rows_of_a_tabular_declare_their_symbols(formula: str, expected: tuple[Verdict, ...]) -> None:
    assert last(TABULAR % formula, "note.tex") in expected


def test_the_symbols_may_stand_in_any_column() -> None:
    table = "| what | symbol | where |\n|---|---|---|\n| the gains | $F$ | $\\mathbb R^{r\\times q}$ |\n| the state | $s$ | $\\mathbb R^q$ |\n"
    assert last(f"{table}\n$$\n(Fs)^\\top = s^\\top F^\\top\n$$\n") in PASSES
    assert last(f"{table}\n$$\nFs = s^\\top F^\\top\n$$\n") in FINDINGS
    assert last(f"{table}\n$$\nF = F^\\top\n$$\n") in FINDINGS


@pytest.mark.parametrize(
    "words",
    [
        "Let $g$ be a vector in $\\mathbb R^p$ and $T$ a matrix in $\\mathbb R^{q\\times p}$.",
        "For all $g$ in $\\mathbb R^p$ and any matrix $T$ from $\\mathbb R^{q\\times p}$ we have",
        "The state $g$ lives in $\\mathbb R^p$, and $T$ is an $\\mathbb R^{q\\times p}$ matrix.",
        "设 $g$ 为 $\\mathbb R^p$ 中的列向量，$T$ 属于 $\\mathbb R^{q\\times p}$。",
    ],
)
def test_elements_of_spaces_in_words_have_their_sizes(words: str) -> None:
    assert last(f"{words}\n\n$$\nTg g^\\top T^\\top = (Tg)(Tg)^\\top\n$$\n") in PASSES
    assert last(f"{words}\n\n$$\nT^\\top + T = 2T\n$$\n") is Verdict.ILL_SHAPED


@pytest.mark.parametrize(
    "words",
    [
        "Let $h$ be a function on $\\mathbb R^p$.",
        "Let $h$ be the angle between two vectors in $\\mathbb R^p$.",
        "Let $h$ be the number of points in $\\mathbb R^p$.",
        "The columns of $S$ and $h$ lie in $\\mathbb R^p$.",
    ],
)
def test_what_is_no_element_of_the_space_has_no_size_of_it(words: str) -> None:
    assert last(f"{words}\n\n$$\n(h + 1)^2 = h^2 + 2h + 1\n$$\n") in PASSES


SPLIT = "Let $G\\in\\mathbb R^{q\\times s}$ and $c\\in\\mathbb R^s$. Split them as\n\n$$\nG = \\begin{bmatrix} G_1 & G_2\\end{bmatrix}, \\qquad c = \\begin{bmatrix} c_1\\\\ c_2\\end{bmatrix}\n$$\n\nwith $G_1\\in\\mathbb R^{q\\times s_1}$ and $G_2\\in\\mathbb R^{q\\times s_2}$.\n\n"


@pytest.mark.parametrize(
    ("formula", "expected"),
    [
        ("Gc = G_1c_1 + G_2c_2", PASSES),
        ("G^\\top G = \\begin{bmatrix} G_1^\\top G_1 & G_1^\\top G_2\\\\ G_2^\\top G_1 & G_2^\\top G_2\\end{bmatrix}", PASSES),
        ("GG^\\top = G_1G_1^\\top + G_2G_2^\\top", PASSES),
        ("GG^\\top = G_1G_1^\\top - G_2G_2^\\top", FINDINGS),
        ("Gc = G_1c_2 + G_2c_1", FINDINGS),
    ],
)
def test_a_partition_tells_that_the_sizes_of_its_parts_add_up(formula: str, expected: tuple[Verdict, ...]) -> None:
    found = verdicts(f"{SPLIT}$$\n{formula}\n$$\n")
    assert found[-1] in expected
    assert not any(v in FINDINGS for v in found[:-1])


def test_a_partition_in_running_text_tells_the_same() -> None:
    said = "Let $G\\in\\mathbb R^{q\\times s}$. Partition $G=[G_1\\ G_2]$ with $G_1\\in\\mathbb R^{q\\times s_1}$, $G_2\\in\\mathbb R^{q\\times s_2}$.\n\n"
    assert last(f"{said}$$\nGG^\\top = G_1G_1^\\top + G_2G_2^\\top\n$$\n") in PASSES


GRID = "\\begin{pmatrix} K_{uu} & K_{uv}\\\\ K_{vu} & K_{vv}\\end{pmatrix}"


@pytest.mark.parametrize(
    ("words", "formula", "expected"),
    [
        ("$K$ is symmetric positive definite.", "(K_{vv}^{-1}K_{vu})^\\top = K_{uv}K_{vv}^{-1}", PASSES),
        ("$K$ is symmetric.", "K_{uu}^\\top + K_{uv}K_{vu} = K_{uu} + K_{uv}K_{uv}^\\top", PASSES),
        ("$K$ is symmetric.", "(K_{vv}K_{vu})^\\top = K_{vu}K_{vv}", FINDINGS),
        ("$K$ is invertible.", "K_{uu}^\\top + K_{uv}K_{vu} = K_{uu} + K_{uv}K_{uv}^\\top", (Verdict.UNKNOWN, Verdict.REFUTED, Verdict.ASSUMPTION)),
    ],
)
def test_the_blocks_of_a_symmetric_matrix_mirror_each_other(words: str, formula: str, expected: tuple[Verdict, ...]) -> None:
    assert last(f"{words}\n\n$$\nK = {GRID}\n$$\n\nThen\n\n$$\n{formula}\n$$\n") in expected


def test_a_definition_with_an_unknown_name_is_read_by_its_next_member() -> None:
    said = "Let $T$ be a $3\\times 3$ matrix and $Z = \\operatorname{dvt} T = T - \\frac13\\operatorname{tr}(T) I$.\n\n"
    assert last(f"{said}$$\n\\operatorname{{tr}} Z = 0\n$$\n") in PASSES
    assert last(f"{said}$$\n\\operatorname{{tr}}(Z^2) = \\operatorname{{tr}}(T^2) - \\frac13(\\operatorname{{tr}} T)^2\n$$\n") in PASSES
    assert last(f"{said}$$\n\\operatorname{{tr}}(Z^2) = \\operatorname{{tr}}(T^2) - \\frac23(\\operatorname{{tr}} T)^2\n$$\n") in FINDINGS


def test_a_lone_identity_has_the_order_of_the_matrices_beside_it() -> None:
    said = "Let $T$ be a $3\\times 3$ matrix.\n\n"
    assert last(f"{said}$$\n\\operatorname{{tr}} T - \\frac13 \\operatorname{{tr}}(T) \\operatorname{{tr}} I = 0\n$$\n") in PASSES
    assert last(f"{said}$$\n\\det(2I)\\det T = 8\\det T\n$$\n") in PASSES
    assert last(f"{said}$$\n\\det(2I)\\det T = 4\\det T\n$$\n") in FINDINGS


def test_a_side_that_is_zero_anyway_is_not_emptied_by_an_equation() -> None:
    said = "Let $W$ be a skew-symmetric $m\\times m$ matrix and $a, b, c\\in\\mathbb R^m$ with $\\kappa a = \\mu b + c$.\n\n"
    assert last(f"{said}$$\n\\kappa a^\\top W a = \\mu a^\\top W b + a^\\top W c\n$$\n") in PASSES


@pytest.mark.parametrize(("formula", "expected"), [("LQL^\\top = I", PASSES), ("L^\\top Q L = I", NO_PASS)])
def test_a_covariance_may_be_solved_for(formula: str, expected: tuple[Verdict, ...]) -> None:
    said = (
        "The noise $e\\in\\mathbb R^k$ has\n\n$$\n\\operatorname{Var}(e) = Q\n$$\n\nwith a symmetric positive definite $k\\times k$ matrix $Q$. "
        "There is a nonsingular $k\\times k$ matrix $L$ with $Q^{-1} = L^\\top L$.\n\n"
    )
    assert last(f"{said}$$\n{formula}\n$$\n") in expected


def test_semidefinite_values_are_known() -> None:
    singular = fmpq_mat(2, 2, [1, 1, 1, 1])
    assert TESTS["psd"](singular) and not TESTS["spd"](singular)
    assert not TESTS["psd"](fmpq_mat(2, 2, [1, 2, 2, 1])) and not TESTS["psd"](fmpq_mat(2, 2, [0, 0, 0, -1]))
    assert not TESTS["psd"](fmpq_mat(2, 2, [1, 1, 0, 1]))
