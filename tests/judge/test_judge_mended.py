# ruff: noqa: E501 - a row per case reads better than wrapped notes
"""Slips that only an edit tells from what is no claim, or from what cannot be read."""

from __future__ import annotations

import pytest
from checked import last

_MAPS = (
    "Let $f : \\mathbb R^n \\to \\mathbb R$, $h : \\mathbb R^m \\to \\mathbb R^n$ and $r : \\mathbb R^n \\to \\mathbb R^p$ be smooth, "
    "$x, d \\in \\mathbb R^n$, $z \\in \\mathbb R^m$, $t \\in \\mathbb R$. Let $G(z) = r(h(z))$. The gradient is a column."
)
_SQUARE = "Let $A, B, C, D \\in \\mathbb{R}^{n\\times n}$ and $u, v, x, b \\in \\mathbb{R}^n$."
_EARLIER = "# Scores\n\nLet $s \\in \\mathbb R^{k}$ and $q = \\operatorname{softmax}(s)$.\n\n# Losses\n\n"
_PROJECTION = "Let $X$ be an $m \\times n$ matrix of full column rank, $H = X (X^\\top X)^{-1} X^\\top$ and $I$ the identity."
_FAMILY = "Let $F$ be an invertible $m \\times m$ matrix, $c \\in \\mathbb R^m$, $w_1, \\dots, w_n \\in \\mathbb R^m$ and $t_j := \\sqrt{m} F^{-1} w_j + c$. Jacobians have one row per function."
_SERIES = "Let $\\sigma(t) = 1/(1 + e^{-t})$. For $x \\ne 1$ and natural $n$ we have"
_RATE = "Let $y, s \\in \\mathbb R^k$ with $\\mathbf{1}^\\top y = 1$ and $p = \\operatorname{softmax}(s)$. Let $\\ell = -\\sum_{i=1}^k y_i \\log p_i$. Gradients are columns."


SLIPS = [
    # a direction that is called d, before a gradient
    (_MAPS, r"D f(x)[d] = d\, \nabla f(x)^\top", "DC104"),
    # a half for a double
    ("Let $U$ and $V$ be random variables.", r"\operatorname{Var}(U + V) = \operatorname{Var}(U) + \operatorname{Var}(V) + \frac12 \operatorname{Cov}(U, V)", "DC106"),
    # a mark behind the J of a Jacobian
    (_MAPS + " Let $F(z) = f(h(z))$.", r"\nabla F(z) = J_h(z)\, \nabla f(h(z))", "DC102"),
    # an index on what the text calls a vector
    (_SQUARE, r"[A x_j]_i = \sum_j A_{ij} x_j", "DC109"),
    # what is random in the wrong order
    ("Let $z \\in \\mathbb R^n$ be a random vector and $M$ an $m \\times n$ matrix.", r"\operatorname{Cov}(M z) = M^\top \operatorname{Cov}(z) M^\top", "DC102"),
    # commutators, which square brackets may be
    ("For square matrices $P$, $Q$ and $R$", r"[P, [Q, R]] + 3 [Q, [R, P]] + [R, [P, Q]] = 0", "DC106"),
    # what is written as a covariance is not zero
    ("Let $U$ and $V$ be random variables.", r"\operatorname{Var}(U - 2V) = \operatorname{Var}(U) + 4\operatorname{Var}(V) + 4\operatorname{Cov}(U, V)", "DC103"),
    # products of any kind, under the product rule
    ("Let $u, v : \\mathbb R \\to \\mathbb R^3$.", r"\frac{d}{dt}\left(u(t) \times v(t)\right) = \frac{d u(t)}{dt} \times v(t) - u(t) \times \frac{d v(t)}{dt}", "DC103"),
    # commutation matrices of other sizes
    ("Let $M$ be $p \\times q$ and $K_{pq}$ the commutation matrix, $K_{pq} \\operatorname{vec} M = \\operatorname{vec} M^\\top$.", r"K_{pq}^{-1} = K_{pp}", "DC201"),
    # the clash of the usual reading, before what fits by rare notation
    (_MAPS, r"\nabla f(x + d) = \nabla f(x)^\top + \int_0^1 \nabla^2 f(x + t d)\, d\, dt", "DC102"),
    # the variable is missing in what is differentiated
    ("Hence", r"\frac{\partial \sin(c)}{\partial x} = \cos(x + c)", "DC111"),
    # most values of the free indices make both sides zero
    ("Repeated indices are summed.", r"\epsilon_{ijk} \epsilon_{imn} = \delta_{jm} \delta_{kn} - \delta_{jn} \delta_{ki}", ""),
    # a term with the variable of a derivative is missing
    (_SQUARE, r"\frac{\partial}{\partial x} \|{-b}\|^2 = 2 A^\top (A x - b)", "DC111"),
    # a term that stands elsewhere in the equation is missing
    (_SQUARE + " Let $f(x) = \\|A x - b\\|^2$, which means", r"f(x) = (A x - b)^\top (-b)", "DC111"),
    # it has a meaning under what the text assumes
    (_RATE, r"\frac{\partial^2 \ell}{\partial s\, \partial s^\top} = \operatorname{diag}(p) - p^\top p", "DC104"),
    # the symbols that a derivative removes are no condition
    (_FAMILY, r"\frac{\partial t_j}{\partial \operatorname{vec}(F)^\top} = -\sqrt{m}\, (w_k^\top \otimes I) (F^{-\top} \otimes F^{-1})", "DC109"),
    # the size of the matrices is told by the exponent only
    ("For a square matrix $A$ and a number $k$ we have", r"|k A| = 2 k^n |A|", "DC106"),
    ("For a square matrix $A$ and a number $k$ we have", r"|{-k} A| = k^n |A|", "DC103"),
    # what an argument of a derivative is replaced by is read anew for every edit
    (_MAPS, r"J_G(z) = J_r(h(-z)) J_h(z)", "DC103"),
    (_MAPS, r"J_G(z) = J_r(2h(z)) J_h(z)", "DC106"),
    # the edit gives a meaning in a reading that is not the most natural one
    (_MAPS, r"\nabla f(x + td)^\top d = \sum_{i=1}^n \frac{\partial f}{\partial x_i}(x^\top + td)\, d_i", "DC102"),
    # a transposed function
    (_MAPS, r"\|h(z)\|^2 = h(z) h^\top(z)", "DC104"),
    (_MAPS, r"\frac{d}{dt} f(x + td) = 2 \nabla f^\top(x + td) d", "DC106"),
    # the rules of the notation are broken
    (_SQUARE, r"\nabla_x\, x^\top x A = (A + A^\top) x", "DC104"),
    (_SQUARE, r"[A x]_k + [x A^\top]_k = [(A + A^\top) x]_k", "DC104"),
    ("Let $X$ be an $n \\times m$ matrix.", r"dX = \begin{pmatrix} dX_{11} & \cdots & dX_{1m} \\ \vdots & \ddots & \vdots \\ dX_{n1} & \cdots & 2 dX_{nm} \end{pmatrix}", "DC106"),
    # a number, the identity, a symbol of the text is missing
    (_SERIES, r"-\sigma(t) = \sigma(-t)", "DC111"),
    (_SERIES, r"\sum_{k=0}^n x^k = \frac{1 - x^{n+1}}{-x}", "DC111"),
    ("", r"\lambda^2 - 4\lambda = (\lambda - 1)(\lambda - 3)", "DC111"),
    (_PROJECTION + " Since $I - H$ projects,", r"(-H) X = 0", "DC111"),
    (_RATE, r"\frac{\partial \ell}{\partial s} = -y", "DC111"),
    # nothing has a value as it is written
    ("Let $X$ be an $m \\times n$ matrix of full column rank with $m > n$.", r"\frac{\partial}{\partial X} \log\det(X X^\top) = 2 X (X^\top X)^{-1}", "DC104"),
    # half of a derivative
    (_SQUARE, r"\frac{\partial}{\partial x} (x^\top A x + b^\top x) = A x + b", "DC111"),
    (_SQUARE, r"\nabla_u (u^\top B u - 2 v^\top u) = (B^\top) u - 2 v", "DC111"),
    # what stands under a d with a mark is no constant
    ("Let $P = Q \\odot R$. Then", r"\mathrm d P = \mathrm d Q^\top \odot R + Q \odot \mathrm d R", "DC102"),
    # an operator is no column beside others
    (_SQUARE, r"[\nabla x A x]_k = \sum_j (A_{kj} + A_{jk}) x_j", "DC102"),
    # it holds without summation, but an edit makes an identity of it with
    (_SQUARE + " Repeated indices are summed.", r"\frac{\partial A_{ik} x_k}{\partial x_j} = A_{ij} \delta_{jk}", "DC109"),
    (_SQUARE + " Repeated indices are summed.", r"A_{kj} x_j + A_{ik} x_i = [A x]_k + [A^\top x_i]_k", "DC109"),
]

NO_CLAIMS = [
    ("", r"x^2 + x = 1"),
    ("", r"\lambda^2 - 4\lambda + 3 = 0"),
    ("The iteration stops at", r"n = n + 1"),
    (_SQUARE, r"Q^\top Q = A"),
    (_SQUARE, r"\frac{\partial b}{\partial x} = I"),
    (_SQUARE, r"\frac{\partial b}{\partial x} = A"),
    ("For a square matrix $A$ we have", r"|A| = k^n"),
]


@pytest.mark.parametrize(("words", "formula", "rule"), SLIPS)
def test_a_slip_is_found(words: str, formula: str, rule: str) -> None:
    link = last(words, formula)
    assert link.verdict.is_finding, (link.verdict, link.message)
    assert not rule or link.rule == rule


@pytest.mark.parametrize(("words", "formula"), NO_CLAIMS)
def test_what_is_no_claim_stays_none(words: str, formula: str) -> None:
    assert not last(words, formula).verdict.is_finding


def test_an_index_is_not_mended_into_a_third_one_of_its_kind() -> None:
    words = "Repeated indices are summed. Let $M \\in \\mathbb R^{n\\times n}$ and $v \\in \\mathbb R^n$."
    link = last(words, r"\frac{\partial M_{ik} v_k}{\partial v_j} = M_{ij} \delta_{jk}")
    assert link.repair is not None
    assert "i k" in link.message
