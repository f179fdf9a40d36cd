# ruff: noqa: E501 - a row per case reads better than wrapped notes
"""How lecture notes are written: conditions that go on, definitions that outlive their section, forms of layout."""

from __future__ import annotations

import pytest
from checked import FINDINGS, PASSES, last_verdicts

from derivcheck import check_text
from derivcheck.verdict import Verdict

# (what is said before, a true display, a display that is one edit away)
PAIRS = [
    pytest.param(
        "Let $X$ be $n\\times q$. If $X$ is square and invertible, \n$$dX^{-1} = -X^{-1}(dX)X^{-1}.$$\nOnce more,",
        r"d^2X^{-1} = 2X^{-1}(dX)X^{-1}(dX)X^{-1}",
        r"d^2X^{-1} = X^{-1}(dX)X^{-1}(dX)X^{-1}",
        id="what has no meaning otherwise is meant under the condition before",
    ),
    pytest.param(
        "Let $X$ be $n\\times q$. For square $X$ we have\n$$(X^2)^\\top = (X^\\top)^2.$$\nIf $X$ has full column rank, and $P := X(X^\\top X)^{-1}X^\\top$,",
        r"dP = (I_n-P)(dX)(X^\top X)^{-1}X^\top + X(X^\top X)^{-1}(dX)^\top(I_n-P)",
        r"dP = (I_n-P)(dX)(X^\top X)^{-1}X^\top + X(X^\top X)^{-1}(dX)(I_n-P)",
        id="square for one display only",
    ),
    pytest.param(
        "$H$ is $m\\times n$, $F$ is $n\\times n$ and invertible, $P$ is symmetric positive definite of order $n$, $R$ of order $m$ likewise.",
        r"(I+HPH^\top)^{-1}H = H(I_n+PH^\top H)^{-1}",
        r"(I+HPH^\top)^{-1}H = H(I_m+PH^\top H)^{-1}",
        id="a property said of the second symbol is not shared by the first",
    ),
    pytest.param(
        "Let $X$ be $n\\times p$ of full column rank and $P := X(X^\\top X)^{-1}X^\\top$.",
        r"\operatorname{tr}P = p",
        r"\operatorname{tr}P = n",
        id="a size that a trace is said to be",
    ),
    pytest.param(
        "Take $$P = \\begin{pmatrix}2&1\\\\1&2\\end{pmatrix}, \\quad h = \\begin{pmatrix}1\\\\0\\end{pmatrix}.$$ Then",
        r"h^\top Ph = 2",
        r"h^\top Ph = 3",
        id="matrices written out",
    ),
    pytest.param(
        "Let $$L = \\begin{pmatrix}a&0\\\\b&a\\end{pmatrix}.$$ Then",
        r"\det L = a^2",
        r"\det L = 2a",
        id="of what was defined only a part remains",
    ),
    pytest.param(
        "Repeated indices are summed; Latin indices run from 1 to 3.",
        r"\delta_{ii} = 3",
        r"\delta_{ii} = 2",
        id="the range of indices",
    ),
    pytest.param(
        "Repeated indices are summed. Let $E_{ij}$ be symmetric and $$T_{ij} := a E_{kk}\\delta_{ij} + 2bE_{ij}$$ for $i,j=1,2,3$. Indices run from 1 to 3.",
        r"T_{kk} = (3a+2b)E_{kk}",
        r"T_{kk} = (2a+2b)E_{kk}",
        id="dummies of a definition are its own",
    ),
    pytest.param(
        "Let $a,b,c\\in\\mathbb R^3$.",
        r"\det[a\;\;b\;\;c] = a\cdot(b\times c)",
        r"\det[a\;\;b\;\;c] = a\cdot(c\times b)",
        id="columns side by side",
    ),
    pytest.param(
        "For $w\\in\\mathbb R^3$ let $[w]_\\times$ be its skew-symmetric matrix.",
        r"[w]_\times^2 = ww^\top - (w^\top w)I_3",
        r"[w]_\times^2 = ww^\top + (w^\top w)I_3",
        id="the square of a skew matrix is no difference of values",
    ),
    pytest.param(
        "Let $w\\in\\mathbb R^3$ and let $R$ be a rotation, that is $R^\\top R=I_3$ and $\\det R=1$.",
        r"R[w]_\times R^\top = [Rw]_\times",
        r"R[w]_\times R^\top = [R^\top w]_\times",
        id="a rotation has orthonormal columns",
    ),
    pytest.param(
        "",
        "\\begin{aligned} (A+B)^\\top &= A^\\top+B^\\top % as for numbers = d\n\\end{aligned}",
        "\\begin{aligned} (A+B)^\\top &= A^\\top-B^\\top % as for numbers = d\n\\end{aligned}",
        id="a comment inside a formula",
    ),
    pytest.param(
        "Let $S$ be symmetric and $J(L) := \\operatorname{tr}(LSL^\\top)$.",
        r"d^2J = 2\operatorname{tr}(dL\,S\,dL^\top)",
        r"d^2J = \operatorname{tr}(dL\,S\,dL^\top)",
        id="an italic d before a transposed capital",
    ),
    pytest.param(
        "Let $Q\\in\\mathbb R^{n\\times d}$, $K\\in\\mathbb R^{m\\times d}$ and $S=QK^\\top$. Gradients of the scalar $L$ have the shape of the variable. If $\\Delta=\\partial L/\\partial S$, then",
        r"\frac{\partial L}{\partial K} = \Delta^\top Q",
        r"\frac{\partial L}{\partial K} = -\Delta^\top Q",
        id="a gradient from above, written with a slash",
    ),
    pytest.param(
        "Let $K$ be $n\\times n$, symmetric positive definite, $M := K+\\lambda I_n$ and $$f := \\log|M|.$$ If $K=K(\\theta)$ depends on a scalar $\\theta$,",
        r"\frac{\partial f}{\partial\theta} = \operatorname{tr}\Bigl(M^{-1}\frac{\partial K}{\partial\theta}\Bigr)",
        r"\frac{\partial f}{\partial\theta} = \operatorname{tr}\Bigl(M\frac{\partial K}{\partial\theta}\Bigr)",
        id="a dependence that is told after the definitions",
    ),
    pytest.param(
        "Let $z\\in\\mathbb R^n$ and $s(t) = 1/(1+e^{-t})$.",
        r"\frac{\partial s(z)}{\partial z} = \operatorname{diag}(s(z)\odot s(-z))",
        r"\frac{\partial s(z)}{\partial z} = \operatorname{diag}(s(z)\odot s(z))",
        id="a function of numbers acts on the entries of a vector",
    ),
    pytest.param(
        "",
        r"\tanh'(t) = 1-\tanh^2(t)",
        r"\tanh'(t) = 1+\tanh^2(t)",
        id="the derivative of a named function",
    ),
    pytest.param(
        "设 $S=UDU^\\top$ 为特征分解（$U$ 正交，$D$ 为正对角阵），$W=D^{-1/2}U^\\top$，则",
        r"W^\top W = S^{-1}",
        r"W^\top W = S",
        id="a positive diagonal matrix",
    ),
    pytest.param(
        "Let $p\\in\\mathbb R^n$.",
        r"p_ip_j = p_jp_i \qquad \text{in matrix form}\qquad pp^\top = (pp^\top)^\top",
        r"p_ip_j = p_jp_i \qquad \text{in matrix form}\qquad pp^\top = p^\top p",
        id="words that announce another form",
    ),
    pytest.param(
        "Let $P$ be symmetric positive definite and $x$ a vector. The update of the inverse is",
        r"(P^{-1}+xx^\top)^{-1} = P-\frac{Pxx^\top P}{1+x^\top Px}",
        r"(P^{-1}+xx^\top)^{-1} = P+\frac{Pxx^\top P}{1+x^\top Px}",
        id="an identity announced as an update",
    ),
    pytest.param(
        "设 $X=U\\Sigma V^\\top$ 为瘦奇异值分解，$U\\in\\mathbb R^{n\\times p}$，$V\\in\\mathbb R^{p\\times p}$，$\\Sigma=\\operatorname{diag}(\\sigma_1,\\dots,\\sigma_p)$，$u_i$、$v_i$ 分别为 $U$、$V$ 的第 $i$ 列。",
        r"X = \sum_{i=1}^p\sigma_iu_iv_i^\top",
        r"X = \sum_{i=1}^p\sigma_iu_i^\top v_i",
        id="columns of two matrices, respectively",
    ),
    pytest.param(
        "For $p_i>0$,",
        r"\frac{\partial}{\partial p_k}\sum_{i=1}^n p_i\log p_i = \log p_k+1",
        r"\frac{\partial}{\partial p_k}\sum_{i=1}^n p_i\log p_i = \log p_k",
        id="a member by which a sum over all is differentiated",
    ),
    pytest.param(
        "Let $J$ be $m\\times n$ and $$J^\\# := J^\\top(JJ^\\top+\\mu I_m)^{-1}, \\quad \\mu>0.$$",
        r"J^\# = (J^\top J+\mu I_n)^{-1}J^\top",
        r"J^\# = (J^\top J+\mu I_m)^{-1}J^\top",
        id="a number sign marks a symbol",
    ),
    pytest.param(
        "Let $A$ be $n\\times n$. From here on $A=[a_1,\\dots,a_r]$ and $\\circ$ is the entrywise product.",
        r"A^\top A\circ A^\top A = (A^\top A)\circ(A^\top A)",
        r"A^\top A\circ A^\top A = 2(A^\top A)\circ(A^\top A)",
        id="a list of columns is a new matrix",
    ),
    pytest.param(
        "Let $x\\in\\mathbb R^m$, $\\alpha=\\|x\\|$, $v = x-\\alpha e_1$.",
        r"v^\top v = 2\alpha(\alpha-x_1)",
        r"v^\top v = 2\alpha(\alpha+x_1)",
        id="e_1 where nothing else is said of it",
    ),
    pytest.param(
        "For a unit vector $u\\in\\mathbb R^3$ let\n$$R(t) := \\cos t\\,I_3+\\sin t\\,[u]_\\times+(1-\\cos t)uu^\\top.$$\nIt follows that",
        r"[u]_\times^3 = -[u]_\times",
        r"[u]_\times^3 = [u]_\times",
        id="a consequence is drawn under the condition before it",
    ),
    pytest.param(
        "The model has $y\\;(n\\times1)$ and $X\\;(n\\times k)$ of full column rank; $\\mathrm E[u\\mid X]=0$, $M=I_n-X(X'X)^{-1}X'$.",
        r"\operatorname{tr}M = n-k",
        r"\operatorname{tr}M = k-n",
        id="sizes behind the symbols, moments constrain no value",
    ),
    pytest.param(
        "Primes are transposes. Let $X=[X_1\\;\\;X_2]$ with $X_1$ of size $n\\times k$ and $X_2$ of size $n\\times l$.",
        r"XX' = X_1X_1'+X_2X_2'",
        r"XX' = X_1X_1'-X_2X_2'",
        id="matrices side by side",
    ),
    pytest.param(
        "For $U\\in\\mathbb R^{m\\times r}$, $V\\in\\mathbb R^{n\\times r}$ with columns $u_k$, $v_k$,",
        r"UV^\top = \sum_{k=1}^ru_kv_k^\top",
        r"UV^\top = \sum_{k=1}^rv_ku_k^\top",
        id="columns of two matrices, in English",
    ),
    pytest.param(
        "$K_{mn}$ is the commutation matrix, $A$ is $m\\times n$.",
        r"K_{mn}^\top = K_{nm}",
        r"K_{mn}^\top = K_{mn}",
        id="the transpose of a special matrix with its sizes",
    ),
    pytest.param(
        "Let $A$ be $m\\times n$ and $\\mu>0$.",
        r"(A^\top A+\mu I_n)A^\top = A^\top(AA^\top+\mu I_m)",
        r"(A^\top A+\mu I_m)A^\top = A^\top(AA^\top+\mu I_m)",
        id="the size of an identity",
    ),
]


@pytest.mark.parametrize(("said", "holds", "fails"), PAIRS)
def test_the_true_one_passes_and_the_false_one_is_found(said: str, holds: str, fails: str) -> None:
    assert set(last_verdicts(f"{said}\n$$\n{holds}\n$$\n")) <= PASSES
    assert set(last_verdicts(f"{said}\n$$\n{fails}\n$$\n")) & FINDINGS


def test_what_holds_under_a_condition_that_may_have_lapsed_is_no_finding() -> None:
    said = "Let $A$ be $n\\times n$. If $A$ is symmetric, \n$$(A^2)^\\top = A^2.$$\nMoreover\n$$A^\\top A = AA^\\top.$$\n"
    assert not set(last_verdicts(said)) & (FINDINGS | PASSES)


def test_a_name_from_an_earlier_section_may_get_a_new_meaning() -> None:
    said = "# A\n\nLet $S = X^\\top X$.\n\n# B\n\nLet $S = Y+Z$. Then $$S = Y+Z,$$ $$S - Y = Z.$$"
    assert set(last_verdicts(said)) <= PASSES


def test_a_sum_of_equal_terms_is_mended_by_a_factor() -> None:
    text = "Let $m,x_1,\\dots,x_n\\in\\mathbb R^p$ and $b = \\frac1n\\sum_{i=1}^nx_i$.\n$$\\sum_{i=1}^n(x_i-m) = b-m$$\n"
    report = check_text(text, path="note.md")
    repair = report.equations[-1].links[0].repair
    assert repair is None or "sum" not in repair.new


def test_a_definition_of_the_section_before_is_recalled() -> None:
    before = "# A\n\nLet $X$ be $n\\times p$ of full column rank and $P = X(X^\\top X)^{-1}X^\\top$.\n\n# B\n\n"
    said = "Let $X=QR$ with $Q\\in\\mathbb R^{n\\times p}$, $Q^\\top Q=I_p$, and $R$ invertible. Then"
    assert set(last_verdicts(f"{before}{said}\n$$\nPX = X, \\qquad P = QQ^\\top\n$$\n")) <= PASSES


def test_the_summation_convention_is_no_matter_of_choice() -> None:
    """What holds for every k alone is neither the sum that is written nor surely a mistake."""
    said = "Repeated indices are summed; they run from 1 to 3. $$T_{ij} := E_{kk}\\delta_{ij} + E_{ij}$$"
    assert last_verdicts(f"{said}\n$$\nT_{{kk}} = 2E_{{kk}}\n$$\n") == [Verdict.UNKNOWN]


def test_a_wrong_size_of_an_identity_is_mended() -> None:
    report = check_text("Let $A$ be $m\\times n$.\n$$(A^\\top A+I_m)A^\\top = A^\\top(AA^\\top+I_m)$$\n", path="note.md")
    repair = report.equations[-1].links[0].repair
    assert repair is not None and repair.new == "I_n"


def test_a_function_made_for_one_display_is_remembered() -> None:
    said = "Let $c\\in\\mathbb R^n$.\n\nFor $f(x)=x^\\top x+c^\\top x$,\n$$\\nabla f(x) = 2x+c.$$\nMoreover\n$$f(2x)-f(x) = 3x^\\top x+c^\\top x$$\n"
    assert set(last_verdicts(said)) <= PASSES


def test_a_function_beside_its_own_letter_may_be_another_thing() -> None:
    said = "Let $y$ be a vector, $b(\\lambda)=\\lambda y$ and $\\lambda$ a number.\n$$b(\\lambda)-b = \\lambda y-y$$\n"
    assert not set(last_verdicts(said)) & FINDINGS


def test_a_marked_symbol_made_of_defined_ones_is_no_finding() -> None:
    said = "Let $P$, $R$ be symmetric positive definite, $H$ a matrix and $$K := PH^\\top(HPH^\\top+R)^{-1}.$$ The updated covariance is defined by\n$$P^{+} = (I-KH)P(I-KH)^\\top+KRK^\\top$$\n"
    assert not set(last_verdicts(said)) & FINDINGS


def test_what_is_introduced_together_with_a_definition_holds_on() -> None:
    said = "For a symmetric $W\\in\\mathbb R^{n\\times n}$ put $V = I_n+W^2$.\n$$V^\\top = V$$\nMoreover, for $x\\in\\mathbb R^n$,\n$$\\nabla_x\\,x^\\top Wx = 2Wx$$\n"
    assert set(last_verdicts(said)) <= PASSES


COMPLETE = "Let $M$ be an $n\\times n$ matrix.\n\n$$\n\\nabla_x (x^\\top Mx) = (M + M^\\top)x\n$$\n\n"


def test_a_condition_that_has_its_consequence_ends_with_its_sentence() -> None:
    """What follows a further sentence is no part of it, unless that draws a conclusion."""
    mistaken = "$$\n\\nabla_x \\|Mx - c\\|^2 = 2M(Mx - c)\n$$\n"
    assert last_verdicts(f"{COMPLETE}When $M$ is symmetric this becomes $2Mx$. One more example:\n\n{mistaken}")[0] not in PASSES
    assert last_verdicts(f"{COMPLETE}When $M$ is symmetric, $M^\\top = M$. Hence\n\n{mistaken}")[0] in PASSES
    assert last_verdicts(f"{COMPLETE}When $M$ is symmetric, we have\n\n{mistaken}")[0] in PASSES
