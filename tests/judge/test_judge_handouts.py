"""Ways of handouts and appendices that once led to false findings or to silence, in notes of our own."""

from __future__ import annotations

import pytest
from checked import FINDINGS, PASSES

from derivcheck import check_text
from derivcheck.verdict import Verdict

SERIES = (
    "Let $M$ be a square matrix. The flow is the series "
    "$\\mathrm e^{sM} = \\sum_{j=0}^\\infty \\frac{s^j}{j!}M^j$.\n\n"
)
OBSERVED = (
    "The plant is $\\dot z = Fz + Gv$.\n\nAlong all trajectories of $\\dot z = Fz$ one has\n\n"
    "$$\\frac{d}{dt}(z^\\top z) = z^\\top(F + F^\\top)z$$\n\nA copy runs with $\\dot w = Fw + Gv$ and\n\n"
)
WALLIS = "Let $I_n = \\int_0^{\\pi/2}\\cos^n u\\,du$. For $n \\ge 2$\n\n"
KERNEL = "Write $K\\in\\mathbb R^{n\\times n}$ for the kernel matrix $K_{ij} = k(z_i, z_j)$ (positive definite).\n\n"
LAWS = "For $p = \\mathcal N(a, A)$ and the density $q(z) = \\mathcal N(z \\mid b, B)$\n\n"
AGAIN = "For one trial $\\ell(p) = y\\log p$. For two parameters\n\n$$\\ell(a, b) = -\\frac{(y - a)^2}{b}$$\n\n"
PAIR = "For numbers take\n\n$$k(u, u') = c\\exp(-b(u - u')^2)$$\n\n"
JOINTS = "The tip is at\n\n$$x_1 = a\\sin q_1 + b\\sin(q_1 - q_2)$$\n\nand it moves with\n\n"
INERTIA = "The inertia is $$H(q) = \\begin{bmatrix} \\sin q_2 & 1\\\\ 1 & a\\end{bmatrix}$$ The form is skew, since\n\n"
START = (
    "Let $g_0$ and $h_0$ be given numbers, $c>0$, $h_n = h_0 + nc$ and $g_n = h_n(g_0 + c)$.\n\n"
)
EARLIER = (
    "# One\n\nLet $A\\in\\mathbb R^{n\\times n}$ be symmetric. For steepest descent let $d = Ax$.\n\n"
    "# Two\n\nLet $L(x) = x^\\top Ax + d^\\top x$.\n\n"
)
NUMBERS = (
    "A random vector $\\mathbf y\\in\\mathbb R^d$.\n\nLet $y_1,\\dots,y_n$ be real numbers and "
    "$\\bar y = \\frac1n\\sum_{i=1}^n y_i$.\n\n"
)


def last(text: str) -> list[Verdict]:
    report = check_text(text, path="note.md")
    assert report.error is None
    return [link.verdict for link in report.equations[-1].links]


@pytest.mark.parametrize(
    ("said", "right", "wrong"),
    [
        (SERIES, r"\frac{d}{ds}\mathrm e^{sM} = \mathrm e^{sM}M", r"\frac{d}{ds}\mathrm e^{sM} = -\mathrm e^{sM}M"),
        (OBSERVED, r"\dot z - \dot w = F(z - w)", r"\dot z - \dot w = -F(z - w)"),
        (WALLIS, r"I_n = \frac{n-1}{n}I_{n-2}", r"I_n = \frac{n+1}{n}I_{n-2}"),
        (WALLIS, r"\cos(n\pi) = (-1)^n", r"\cos(n\pi) = -(-1)^n"),
        (KERNEL, r"(K(K + I)^{-1})^\top = K(K + I)^{-1}", r"(K(K + I)^{-1})^\top = K(K - I)^{-1}"),
        (LAWS, r"a^\top A^{-1}b - b^\top A^{-1}a = b^\top B^{-1}a - a^\top B^{-1}b",
         r"a^\top A^{-1}b + b^\top A^{-1}a = a^\top A^{-1}b"),
        (NUMBERS, r"\sum_{i=1}^n(y_i - \bar y)^2 = \sum_{i=1}^n y_i^2 - n\bar y^2",
         r"\sum_{i=1}^n(y_i - \bar y)^2 = \sum_{i=1}^n y_i^2 + n\bar y^2"),
        (START, r"\frac{g_n}{h_n} - c = g_0", r"\frac{g_n}{h_n} + c = g_0"),
        (EARLIER, r"\nabla L(x) = 2Ax + d", r"\nabla L(x) = 2Ax - d"),
        (AGAIN, r"\frac{\partial\ell}{\partial b} = \frac{(y - a)^2}{b^2}", r"\frac{\partial\ell}{\partial b} = -\frac{(y - a)^2}{b^2}"),
        (PAIR, r"\frac{\partial k}{\partial u'} = 2bc(u - u')\exp(-b(u - u')^2)",
         r"\frac{\partial k}{\partial u'} = -2bc(u - u')\exp(-b(u - u')^2)"),
        (JOINTS, r"\dot x_1 = a\dot q_1\cos q_1 + b(\dot q_1 - \dot q_2)\cos(q_1 - q_2)",
         r"\dot x_1 = a\dot q_1\cos q_1 + b(\dot q_1 + \dot q_2)\cos(q_1 - q_2)"),
    ],
)  # fmt: skip
def test_handouts(said: str, right: str, wrong: str) -> None:
    assert last(f"{said}$${right}$$\n")[0] in PASSES
    assert last(f"{said}$${wrong}$$\n")[0] in FINDINGS


def test_an_integral_without_a_value_leaves_its_symbol_free() -> None:
    said = "Let $M$ be square, $Q$ symmetric and $P = \\int_0^\\infty e^{sM^\\top} Q e^{sM}\\,ds$.\n\n"
    assert last(said + "$$x^\\top(P + Q)x - x^\\top Q x = x^\\top P x$$\n")[0] in PASSES
    assert last(said + "$$M^\\top P + PM = -Q$$\n")[0] is Verdict.UNKNOWN


@pytest.mark.parametrize("name", ["S_{xx}", "S_{xy}"])
def test_letters_of_variables_make_a_name(name: str) -> None:
    """What is said of S_xx is not said of S."""
    said = f"Let ${name}\\in\\mathbb R^{{n\\times n}}$ be symmetric.\n\n"
    assert last(f"{said}$$a^\\top {name} b = b^\\top {name} a$$\n")[0] in PASSES


def test_what_is_given_as_a_reason_is_a_claim() -> None:
    rate = r"\dot H = \begin{bmatrix} \dot q_2\cos q_2 & 0\\ 0 & 0\end{bmatrix}"
    assert last(f"{INERTIA}$${rate}$$\n")[0] in PASSES


REGULATOR = (
    "Let $W = \\int_0^\\infty e^{sF^\\top}Qe^{sF}\\,ds$ for $Q\\in\\mathbb R^{n\\times n}$.\n\n"
    "Let $W = W^\\top$ solve $F^\\top W + WF = WGW$, and $L = GW$ with a symmetric $G$.\n\n"
)


def test_a_symbol_that_is_introduced_again_has_lost_its_definition() -> None:
    assert last(REGULATOR + r"$$L^\top + L = WG + GW$$" + "\n")[0] in PASSES
    assert last(REGULATOR + r"$$L^\top + L = WG - GW$$" + "\n") == [Verdict.REFUTED]


def test_one_added_to_a_matrix_is_no_finding_without_a_repair() -> None:
    """The inner factor is a number where the input is single, which the text says in words of its own."""
    said = "Let $F\\in\\mathbb R^{n\\times n}$ and $G$, $L$ be matrices. For a single input\n\n"
    verdict = last(said + r"$$\det(sI - F + GL) = (1 + L(sI - F)^{-1}G)\det(sI - F)$$" + "\n")[0]
    assert verdict is Verdict.UNKNOWN


TANK = (
    "# Model\n\nLet $A\\in\\mathbb R^{n\\times n}$ be symmetric and $b, x\\in\\mathbb R^n$.\n\n# Constraints\n\n"
    "Let $C\\in\\mathbb R^{m\\times n}$, $\\nu\\in\\mathbb R^m$ and "
    "$L(x, \\nu) = \\frac12x^\\top Ax - b^\\top x + \\nu^\\top Cx$.\n\n"
)


@pytest.mark.parametrize(
    ("said", "right", "wrong"),
    [
        ("", r"s^2(\cos^2 u + \sin^2 u) + t = s^2 + t", r"s^2(\cos^2 u + \sin^2 u) + t = s + t"),
        ("For $n = 1$ both sides are $1$. From $n$ to $n+1$ it goes by\n\n",
         r"n^2 + 2n + 1 = (n+1)^2", r"n^2 + 2n + 2 = (n+1)^2"),
        (TANK, r"\nabla_x L(x, \nu) = Ax - b + C^\top\nu", r"\nabla_x L(x, \nu) = Ax - b + C\nu"),
    ],
)  # fmt: skip
def test_nothing_excuses_what_is_false(said: str, right: str, wrong: str) -> None:
    """A symbol without effect, a value for which it is false as well, a symmetry told before."""
    assert last(f"{said}$${right}$$\n")[0] in PASSES
    assert last(f"{said}$${wrong}$$\n")[0] in FINDINGS


def test_a_value_may_be_meant() -> None:
    assert last("For $a = 1$ and $b = 2$\n\n$$(a + b)^2 = a^2 + 2b + b^2$$\n") == [Verdict.UNKNOWN]
