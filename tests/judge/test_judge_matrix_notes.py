# ruff: noqa: E501 - a row per case reads better than wrapped notes
"""Notes on matrix calculus: examples of a declared map, indices that leave a vector, motion that is not known."""

from __future__ import annotations

import pytest
from checked import PASSES

from derivcheck import Options, check_text
from derivcheck.verdict import Verdict


def verdicts(note: str, options: Options | None = None) -> list[Verdict]:
    report = check_text(note + "\n", path="note.md", options=options or Options())
    assert report.error is None
    return [link.verdict for equation in report.equations for link in equation.links]


REGRESSION = """The features $\\Phi(x)\\in\\mathbb R^{m\\times k}$ depend on $x\\in\\mathbb R^d$; $c\\in\\mathbb R^k$ and $b\\in\\mathbb R^m$.

The loss $E(c) = \\frac12\\|\\Phi(x)c-b\\|^2$ has, with $\\Phi$ short for $\\Phi(x)$, the gradient

$$\\nabla_c E = %s$$"""


def test_a_transposed_function_before_a_bracket_of_another_size_is_a_factor() -> None:
    assert verdicts(REGRESSION % "\\Phi^\\top(\\Phi c-b)")[-1] is not Verdict.ILL_SHAPED


WINDOWS = """Let $a\\in\\mathbb R^q$ and $v\\in\\mathbb R^{N}$ with $M=N-q+1$.

$$z_t = \\sum_{j=1}^{q} a_j v_{t+j-1}, \\qquad t=1,\\dots,M$$

$$\\sum_{t=1}^{M} h_t\\frac{\\partial z_t}{\\partial a_j} = \\sum_{t=1}^{M} h_t v_{%s}$$"""


def test_what_has_a_value_for_one_index_only_is_not_verified() -> None:
    assert verdicts(WINDOWS % "t+j-1")[-1] in PASSES
    assert verdicts(WINDOWS % "t-j+1")[-1] not in PASSES  # v_0 at t = 1, j = 2


MOTION = """# Setting

Dots are derivatives by $t$. The letters $A$, $P$, $Q$ denote $n\\times n$ matrices.

# Energy

Let $A$ be stable and let $Q=Q^\\top$ be constant. Then

$$P = \\int_0^\\infty e^{A^\\top s}Qe^{As}\\,ds$$

# Control

Now $P=P^\\top$ is another one, and $G\\in\\mathbb R^{n\\times n}$ is constant.

$$A^\\top\\dot P+\\dot PA-\\dot PGP-PG\\dot P+\\dot Q = (A%sG^\\top P)^\\top\\dot P+\\dot P(A-GP)+\\dot Q$$"""


def test_what_holds_because_a_rate_is_taken_for_zero_is_not_verified() -> None:
    assert verdicts(MOTION % "-")[-1] in PASSES
    assert verdicts(MOTION % "+")[-1] not in PASSES


def test_a_map_that_is_given_an_example_has_the_sizes_of_the_example() -> None:
    note = """A matrix function $F:\\mathbb R^{n\\times q}\\to\\mathbb R^{m\\times p}$ has a differential. Let $X\\in\\mathbb R^{n\\times q}$ and $S\\in\\mathbb R^{n\\times n}$.

$$F(X) = %s$$"""
    assert verdicts(note % "X^\\top SX")[-1] is Verdict.DEFINITION
    assert verdicts(note % "X^\\top S^\\top X^\\top")[-1] is not Verdict.VERIFIED
    fitting = "Let $C\\in\\mathbb R^{m\\times n}$ and $g:\\mathbb R^n\\to\\mathbb R^m$.\n\n$$g(x) = %s$$"
    assert verdicts(fitting % "Cx")[-1] is Verdict.DEFINITION
    assert verdicts(fitting % "C^\\top x")[-1] is Verdict.ILL_SHAPED


LIKE = (
    "Gradients of functions by a matrix are arranged like the matrix itself.",
    "The gradient of a scalar is laid out as its argument.",
    "标量对矩阵的导数与该矩阵维度相同。",
)


@pytest.mark.parametrize("said", LIKE)
def test_gradients_arranged_like_their_argument(said: str) -> None:
    note = f"{said}\n\nLet $B\\in\\mathbb R^{{m\\times n}}$, $u\\in\\mathbb R^m$, $w\\in\\mathbb R^n$.\n\n$$\\frac{{\\partial u^\\top Bw}}{{\\partial B}} = %s$$"
    assert verdicts(note % "uw^\\top")[-1] in PASSES
    assert verdicts(note % "wu^\\top")[-1].is_finding


def test_what_an_assumed_equation_depends_on_has_a_size() -> None:
    note = """Let $u=u(\\theta)\\in\\mathbb R^n$ depend on $\\theta\\in\\mathbb R^r$. We solve the system $Hu=b$ with a regular $H\\in\\mathbb R^{n\\times n}$ and $b\\in\\mathbb R^n$.

$$du = -H^{-1}\\,dH\\,H^{-1}b+H^{-1}db = H^{-1}(db-dH\\,b)$$"""
    assert verdicts(note, Options(inline=True))[-1] not in PASSES


DOTS = """A dot is the derivative by a real parameter $t$: $\\dot M = dM/dt$. The letters $M$ and $N$ denote $n\\times n$ matrices.

$$\\frac{d}{dt}M^{-1} = %sM^{-1}\\dot MM^{-1}$$"""


def test_what_a_dot_means_defines_nothing() -> None:
    assert verdicts(DOTS % "-")[-1] in PASSES
    assert verdicts(DOTS % "")[-1] is Verdict.REFUTED


DETERMINANT = """Repeated indices are summed. The regular matrix $Y\\in\\mathbb R^{n\\times n}$ depends on $t$.

$$\\frac{d}{dt}\\det Y = \\det(Y)(Y^{-1})_{%s}\\dot Y_{ij} = \\det(Y)\\operatorname{tr}(Y^{-1}\\dot Y)$$"""


def test_the_entries_of_a_rate_are_rates_of_entries() -> None:
    assert set(verdicts(DETERMINANT % "ji")) <= PASSES
    assert not set(verdicts(DETERMINANT % "ij")) & PASSES


ITALIC = """Let $S\\in\\mathbb R^{p\\times p}$ be symmetric and regular, $u\\in\\mathbb R^p$.

$$d^2\\log\\det S = -\\operatorname{tr}(S^{-1}dS\\,S^{-1}dS)$$

$$d(S^\\top S)^{-1} = %s(S^\\top S)^{-1}(dS^\\top\\,S+S^\\top dS)(S^\\top S)^{-1}$$"""


def test_an_italic_d_is_a_differential_beside_second_differentials() -> None:
    assert set(verdicts(ITALIC % "-")) <= PASSES
    assert verdicts(ITALIC % "")[-1] is Verdict.REFUTED


KERNELS = (
    "The covariance matrix $K = K_\\theta$ of order $n$ is symmetric positive definite and depends on the scalar parameter $\\theta$.",
    "核矩阵 $K = K_\\theta$ 对称正定,依赖于标量参数 $\\theta$。",
)


@pytest.mark.parametrize("said", KERNELS)
def test_a_parameter_in_the_subscript_is_what_it_varies_with(said: str) -> None:
    note = f"{said}\n\n$$\\frac{{\\partial\\log\\det K}}{{\\partial\\theta}} = \\operatorname{{tr}}\\left(K%s\\frac{{\\partial K}}{{\\partial\\theta}}\\right)$$"
    assert verdicts(note % "^{-1}")[-1] in PASSES
    assert verdicts(note % "")[-1] is Verdict.REFUTED


THROUGH = """We use the denominator layout. Let $A\\in\\mathbb R^{p\\times n}$, $b\\in\\mathbb R^p$ and $f(x) = \\|Ax-b\\|^2%s$. With $r = Ax-b$,

$$\\frac{\\partial f}{\\partial x} = \\frac{\\partial r}{\\partial x}\\frac{\\partial f}{\\partial r} = %s$$"""


def test_a_derivative_by_an_intermediate_variable() -> None:
    assert set(verdicts(THROUGH % ("", "2A^\\top r"))) <= PASSES
    assert verdicts(THROUGH % ("", "A^\\top r"))[-1] is Verdict.REFUTED
    assert not any(v.is_finding for v in verdicts(THROUGH % ("+\\|x\\|^2", "2A^\\top r")))  # not by r alone


GRAM = "Let $Y\\in\\mathbb R^{n\\times q}$ and $F(Y) = Y^\\top Y$. The matrix $K_{nq}$ is the commutation matrix.\n\n$$%s$$"


def test_the_derivative_of_a_matrix_function_has_a_row_per_entry_of_its_columns() -> None:
    assert verdicts(GRAM % "\\mathrm DF(Y) = (I_{q^2}+K_{qq})(I_q\\otimes Y^\\top)")[-1] in PASSES
    assert verdicts(GRAM % "\\mathrm DF(Y) = (I_{q^2}-K_{qq})(I_q\\otimes Y^\\top)")[-1] not in PASSES
    applied = "\\mathrm DF(Y)H = H^\\top Y+Y^\\top H"  # a linear map
    assert not verdicts(GRAM % applied)[-1].is_finding
