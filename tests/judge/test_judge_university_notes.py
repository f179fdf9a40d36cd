# ruff: noqa: E501 - a row per case reads better than wrapped notes
"""Habits of lecture notes: layouts by kind of derivative, symbols introduced again, square cases, values in passing."""

from __future__ import annotations

import pytest
from checked import FINDINGS, PASSES

from derivcheck import check_text
from derivcheck.verdict import Verdict


def verdicts(note: str, path: str = "note.md") -> list[Verdict]:
    report = check_text(note + "\n", path=path)
    assert report.error is None
    return [link.verdict for equation in report.equations for link in equation.links]


def last(note: str, path: str = "note.md") -> Verdict:
    return verdicts(note, path)[-1]


BY_KIND = [
    "Gradients are in denominator layout throughout, Jacobians in numerator layout.",
    "We use numerator layout for Jacobians, whereas gradients follow the denominator layout.",
    "约定:标量的导数采用分母布局,向量对向量的雅可比矩阵采用分子布局.",
]


@pytest.mark.parametrize("said", BY_KIND)
def test_each_kind_of_derivative_has_its_own_layout(said: str) -> None:
    shapes = "$B\\in\\mathbb R^{p\\times q}$, $c,w\\in\\mathbb R^q$."
    gradient, jacobian = "\\frac{\\partial (c^\\top w)}{\\partial w} = ", "\\frac{\\partial (Bw)}{\\partial w} = "
    for right, wrong in ((gradient + "c", gradient + "c^\\top"), (jacobian + "B", jacobian + "B^\\top")):
        assert last(f"{said}\n\n{shapes}\n\n$${right}$$") in PASSES
        assert last(f"{said}\n\n{shapes}\n\n$${wrong}$$") in FINDINGS


def test_a_layout_that_is_only_imagined_declares_nothing() -> None:
    note = "梯度为列向量。若改用分子布局,则 $\\frac{\\partial f}{\\partial w}$ 为行向量,本文不这样写。\n\n设 $c,w\\in\\mathbb R^q$。\n\n$$\\frac{\\partial (c^\\top w)}{\\partial w} = %s$$"
    assert last(note % "c") in PASSES


def test_a_defined_number_before_a_bracket_is_a_factor() -> None:
    note = "Let $z\\in\\mathbb R^n$ and let $M\\in\\mathbb R^{n\\times n}$ be symmetric. Put $h(z)=\\exp(z^\\top Mz)$.\n\n$$2h\\,M+4h\\,Mzz^\\top M = 2h\\,(M+%s Mzz^\\top M)$$"
    assert last(note % 2) in PASSES
    assert last(note % 3) is Verdict.REFUTED


@pytest.mark.parametrize("said", ["For matrices $G$ and $H$ we have", "运算法则（$G$、$H$ 为矩阵）："])
def test_a_symbol_introduced_again_has_any_size(said: str) -> None:
    note = f"Let $G\\in\\mathbb R^{{m\\times n}}$.\n\n{said}\n\n$$d(G^{{-1}}) = %sG^{{-1}}(dG)G^{{-1}}$$"
    assert last(note % "-") in PASSES
    assert last(note % "") is Verdict.REFUTED


def test_the_matrix_by_its_kind_keeps_its_size() -> None:
    assert last("Let $G\\in\\mathbb R^{m\\times n}$. Take the matrix $G$.\n\n$$d(G^{-1}) = -G^{-1}(dG)G^{-1}$$") not in PASSES


def test_a_square_case_keeps_the_names_of_the_sizes() -> None:
    note = "$G$ is $m\\times n$ and $H$ is $p\\times q$.\n\nFor square $G$ and $H$,\n\n$$\\det(G\\otimes H) = %s$$"
    assert last(note % "\\det(G)^p\\det(H)^n") in PASSES
    assert last(note % "\\det(G)^n\\det(H)^p") is Verdict.REFUTED


@pytest.mark.parametrize("said", ["For any two square matrices", "任意两个方阵都有"])
def test_matrices_without_a_name_have_sizes_of_their_own(said: str) -> None:
    note = f"Let $G$ be $m\\times n$ and $H$ be $p\\times q$.\n\n{said}\n\n$$\\det(GH) = \\det(HG)$$"
    assert last(note) in PASSES
    assert last(f"{note}\n\nHence\n\n$$GH = HG$$") in FINDINGS


def test_an_identity_in_passing_is_a_point() -> None:
    note = "## Bodies\n\nLet $F\\in\\mathbb R^{3\\times 3}$. We put\n\n$$G = F^\\top F - I$$\n\nAt rest $F=I$ and nothing moves.\n\n## Energy\n\nWith $\\omega=\\operatorname{tr}(G^2)$\n\n$$\\frac{\\partial\\omega}{\\partial F} = %sFG$$"
    assert last(note % 4) in PASSES
    assert last(note % 2) is Verdict.REFUTED


def test_a_property_is_no_new_meaning() -> None:
    note = "## Bodies\n\nLet $F\\in\\mathbb R^{3\\times 3}$. We put\n\n$$G = F^\\top F$$\n\n## Derivatives\n\nBy $G$ (symmetric) and by $F$,\n\n$$\\frac{\\partial\\operatorname{tr}(G^2)}{\\partial F} = %sFG$$"
    assert last(note % 4) in PASSES
    assert last(note % 2) is Verdict.REFUTED


def test_entries_follow_the_chain_that_is_declared() -> None:
    note = "Let $w\\in\\mathbb R^n$ and $v=v(w)\\in\\mathbb R^m$.\n\n$$\\frac{\\partial %s}{\\partial w_j} = \\sum_k\\frac{\\partial %s}{\\partial v_k}\\frac{\\partial v_k}{\\partial w_j}$$"
    assert last(note % ("f", "f")) in PASSES
    assert last(note % ("h_i", "h_i")) in PASSES


def test_a_word_of_an_earlier_section_is_recalled() -> None:
    note = "# Cofactors\n\nLet $C_{ij}$ be the $(i,j)$ cofactor of the square matrix $G$.\n\n$$\\det G = \\sum_j g_{ij}C_{ij}$$\n\n# Slopes\n\n$$\\frac{\\partial\\det G}{\\partial g_{%s}} = C_{ij}$$"
    assert last(note % "ij") in PASSES
    assert last(note % "ji") not in PASSES


def test_marked_small_letters_are_entries_of_the_marked_capital() -> None:
    note = "$G(t)$ is a differentiable square matrix, a dot is $d/dt$.\n\n$$\\frac{d}{dt}\\operatorname{tr}(GG^\\top) = 2\\sum_{i,j}g_{ij}\\dot g_{%s} = 2\\operatorname{tr}(G^\\top\\dot G)$$"
    assert set(verdicts(note % "ij")) <= PASSES
    assert not set(verdicts(note % "ji")) <= PASSES


def test_small_letters_with_an_index_are_columns_where_nothing_else_is_said() -> None:
    note = "Let $U\\in\\mathbb R^{n\\times k}$ have orthonormal columns and let $\\Sigma\\in\\mathbb R^{k\\times k}$ be diagonal, $y\\in\\mathbb R^n$.\n\n$$U\\Sigma U^\\top y = \\sum_{j=1}^k %s\\,(u_j^\\top y)\\,u_j$$"
    assert last(note % "\\sigma_j") in PASSES
    assert last(note % "\\sigma_j^2") not in PASSES


def test_the_columns_of_an_eigendecomposition_save_the_sums_over_them() -> None:
    note = "Let $G$ be symmetric with $G = Q\\Lambda Q^\\top$, $Q$ orthogonal and $\\Lambda$ diagonal.\n\n$$G = \\sum_{i=1}^n\\lambda_i q_iq_i^\\top$$\n\n$$G^{-1} = \\sum_{i=1}^n %s q_iq_i^\\top$$\n\n$$Gz = \\sum_i\\lambda_i(q_i^\\top z)q_i$$"
    assert set(verdicts(note % "\\frac1{\\lambda_i}")) <= PASSES
    assert verdicts(note % "\\lambda_i")[1] not in PASSES


def test_the_unit_vectors_are_those_of_the_standard_basis() -> None:
    note = "Let $G$ be $m\\times n$, with $p_i\\in\\mathbb R^m$ and $q_j\\in\\mathbb R^n$ %s unit vectors.\n\n$$\\sum_{i,j}g_{ij}\\,q_jp_i^\\top = G^\\top$$"
    assert last(note % "the") in PASSES
    assert last(note % "some") not in PASSES


def test_a_product_rule_that_gives_zero_is_no_condition() -> None:
    note = "All matrices are square; $G(t)$ depends on $t$, and a dot is $d/dt$.\n\n$$\\dot G G^{-1} %s G\\frac{dG^{-1}}{dt} = 0 \\quad\\Longrightarrow\\quad \\frac{dG^{-1}}{dt} = -G^{-1}\\dot GG^{-1}$$"
    assert set(verdicts(note % "+")) <= PASSES
    assert verdicts(note % "-")[0] not in PASSES


def test_a_function_of_defined_members_varies_with_each_of_them() -> None:
    said = "Let $w_1,\\dots,w_N$ be numbers, $v_i=aw_i+b$. The loss $\\ell$ depends on $v_1,\\dots,v_N$; write $h_i=\\frac{\\partial\\ell}{\\partial v_i}$. Then\n\n"
    for right, wrong in (
        ("\\frac{\\partial\\ell}{\\partial a} = \\sum_{i=1}^N h_iw_i", "\\frac{\\partial\\ell}{\\partial a} = \\sum_{i=1}^N h_iv_i"),
        ("\\frac{\\partial\\ell}{\\partial b} = \\sum_{i=1}^N h_i", "\\frac{\\partial\\ell}{\\partial b} = a\\sum_{i=1}^N h_i"),
        ("\\frac{\\partial\\ell}{\\partial w_j} = a\\,h_j", "\\frac{\\partial\\ell}{\\partial w_j} = h_j"),
    ):
        assert last(f"{said}$${right}$$") in PASSES
        assert last(f"{said}$${wrong}$$") not in PASSES
