"""What is said of symbols in Spanish, Portuguese, French, Italian, German, Russian, Japanese and Korean."""

from __future__ import annotations

import pytest

from derivcheck.pipeline import check_text
from derivcheck.verdict import Verdict

QUADRATIC = "\n\n$$\n\\frac{\\partial (v^T S v)}{\\partial v} = 2 S v\n$$\n"
SAID = (
    "Para um vetor $v$ e uma matriz simétrica $S$:",
    "Seja $S$ uma matriz simétrica.",
    "Suponha que $S$ é simétrica e definida positiva.",
    "Sea $S$ una matriz simétrica.",
    "donde $S$ es una matriz simétrica y definida positiva",
    "Soit $S$ une matrice symétrique.",
    "On suppose que $S$ est symétrique définie positive.",
    "Sia $S$ una matrice simmetrica.",
    "Sei $S$ eine symmetrische Matrix.",
    "Für eine symmetrische Matrix $S$ gilt",
    "Пусть $S$ — симметричная матрица.",
    "Для симметричной матрицы $S$ имеем",
    "$S$ を対称行列とする。",
    "対称行列 $S$ に対して",
    "$S$는 대칭행렬이다.",
    "여기서 $S$ 는 대칭 행렬이다.",
)
DENIED = (
    "A matriz $S$ não é simétrica.",
    "Sea $S$ una matriz no simétrica.",
    "La matrice $S$ n'est pas symétrique.",
    "Die Matrix $S$ ist nicht symmetrisch.",
    "$S$ は対称でないとする。",
    "$S$ 는 대칭이 아니다.",
)


@pytest.mark.parametrize("words", SAID)
def test_symmetry_is_understood(words: str) -> None:
    (equation,) = check_text(words + QUADRATIC, path="n.md").equations
    assert [link.verdict for link in equation.links] == [Verdict.PROVED]


@pytest.mark.parametrize("words", DENIED)
def test_its_denial_too(words: str) -> None:
    (equation,) = check_text(words + QUADRATIC, path="n.md").equations
    assert equation.links[0].verdict.is_finding


def test_a_case_in_passing_defines_nothing() -> None:
    text = "Seja $M$ uma matriz qualquer. Se $M = 0$, nada resta.\n\nO que se exige é\n$$\nMN = 0\n$$\n"
    (equation,) = check_text(text, path="n.md").equations
    assert equation.links[0].verdict in (Verdict.ASSUMPTION, Verdict.UNKNOWN)


HOLD = (
    ("Soit $P$ une matrice de projection.", "(I - P)^2 = I - P"),
    ("Sei $Q$ eine orthogonale Matrix.", "Q^{-1} v = Q^T v"),
    ("Sea $D$ una matriz diagonal.", "D^T = D"),
    ("$R$ を回転行列とし、$a, b$ をベクトルとする。", "(Ra) \\times (Rb) = R(a \\times b)"),
    ("$S$는 반대칭 행렬이고 $x$는 벡터이다.", "x^T S x = 0"),
)


@pytest.mark.parametrize(("words", "formula"), HOLD)
def test_other_properties(words: str, formula: str) -> None:
    (equation,) = check_text(f"{words}\n\n$$\n{formula}\n$$\n", path="n.md").equations
    assert equation.links[0].verdict in (Verdict.PROVED, Verdict.VERIFIED)
