# ruff: noqa: E501 - a row per case reads better than wrapped notes
"""What notes of courses leave to the reader: the true display passes, a slip in it is found."""

from __future__ import annotations

import pytest
from checked import FINDINGS, PASSES

from derivcheck import check_text
from derivcheck.verdict import Verdict


def verdicts(text: str) -> list[list[Verdict]]:
    report = check_text(text, path="note.md")
    assert report.error is None
    return [[link.verdict for link in equation.links] for equation in report.equations]


SPINS = r"""The text uses complex numbers, with

$$
\tau_x=\begin{pmatrix}0&1\\1&0\end{pmatrix},\quad \tau_y=\begin{pmatrix}0&-i\\i&0\end{pmatrix},\quad \tau_z=\begin{pmatrix}1&0\\0&-1\end{pmatrix}
$$

"""

PAIRS = [
    pytest.param(
        r"Let $b\in\mathbb R^n$, and for $c\in\mathbb R^n$ choose $b=c+\|c\|e_1$. Then",
        r"b^\top b = 2\|c\|(\|c\|+c_1)$$ and hence $$c-\frac{2b^\top c}{b^\top b}b = c-b",
        r"b^\top b = 2\|c\|(\|c\|+c_1)$$ and hence $$c-\frac{2b^\top c}{b^\top b}b = c+b",
        id="what was chosen holds for the displays that follow",
    ),
    pytest.param(
        r"For $s=(s_1,s_2)$, $t=(t_1,t_2)$",
        r"\|s-t\|^2 = \|s\|^2-2s^\top t+\|t\|^2$$ and $$(s^\top t)^2 = s_1^2t_1^2+2s_1s_2t_1t_2+s_2^2t_2^2",
        r"\|s-t\|^2 = \|s\|^2-2s^\top t+\|t\|^2$$ and $$(s^\top t)^2 = s_1^2t_1^2+s_1s_2t_1t_2+s_2^2t_2^2",
        id="a list of its entries tells the size of a vector",
    ),
    pytest.param(
        "Vectors in space.",
        r"\mathbf p\cdot\mathbf q = p_1q_1+p_2q_2+p_3q_3",
        r"\mathbf p\cdot\mathbf q = p_1q_1+p_2q_2-p_3q_3",
        id="entries that are written out are all there are",
    ),
    pytest.param(
        "Vectors in space.",
        r"(\vec p\times\vec q)\cdot\vec p = 0,\qquad |\vec p|^2-p_z^2 = p_x^2+p_y^2",
        r"(\vec p\times\vec q)\cdot\vec p = 0,\qquad |\vec p|^2-p_z^2 = p_x^2-p_y^2",
        id="components along axes",
    ),
    pytest.param(
        "If $\\rho=\\sqrt{x^2+y^2}$ then\n\n$$\\frac{\\partial\\rho}{\\partial x}=\\frac x\\rho$$\n\nPolar coordinates, $x=\\rho\\cos\\varphi$, $y=\\rho\\sin\\varphi$:",
        r"\frac{\partial w}{\partial\rho} = \cos\varphi\frac{\partial w}{\partial x}+\sin\varphi\frac{\partial w}{\partial y},\qquad \frac{\partial w}{\partial\varphi} = \rho\cos\varphi\frac{\partial w}{\partial y}-\rho\sin\varphi\frac{\partial w}{\partial x}",
        r"\frac{\partial w}{\partial\rho} = \cos\varphi\frac{\partial w}{\partial x}+\sin\varphi\frac{\partial w}{\partial y},\qquad \frac{\partial w}{\partial\varphi} = \rho\cos\varphi\frac{\partial w}{\partial y}+\rho\sin\varphi\frac{\partial w}{\partial x}",
        id="later definitions make earlier ones of the same symbols lapse",
    ),
    pytest.param(
        "Write $\\bar u=\\frac1n\\sum_{i=1}^n u_i$.",
        r"\sum_{i=1}^n(u_i-\bar u)^2 = \sum_{i=1}^n u_i^2-n\bar u^2",
        r"\sum_{i=1}^n(u_i-\bar u)^2 = \sum_{i=1}^n u_i^2-\bar u^2",
        id="a term without the index is outside the sum",
    ),
    pytest.param(
        "",
        r"\sum_{i=1}^n p_iu_i+p_iv_i-c = \sum_{i=1}^n p_i(u_i+v_i)-c",
        r"\sum_{i=1}^n p_iu_i+p_iv_i-c = \sum_{i=1}^n p_i(u_i-v_i)-c",
        id="a sum extends as far as its index is met",
    ),
    pytest.param(
        SPINS + r"All square to one, $\tau_x^2=\tau_y^2=\tau_z^2=I$. For $\vec p,\vec q\in\mathbb R^3$",
        r"(\vec p\cdot\vec\tau)(\vec q\cdot\vec\tau) = (\vec p\cdot\vec q)I+i(\vec p\times\vec q)\cdot\vec\tau",
        r"(\vec p\cdot\vec\tau)(\vec q\cdot\vec\tau) = (\vec p\cdot\vec q)I-i(\vec p\times\vec q)\cdot\vec\tau",
        id="a vector of matrices",
    ),
    pytest.param(
        SPINS + r"All square to one, $\tau_x^2=\tau_y^2=\tau_z^2=I$.",
        r"\tau_y\tau_z = i\tau_x",
        r"\tau_y\tau_z = -i\tau_x",
        id="what squares to the identity keeps its value",
    ),
    pytest.param(
        r"The rate $G=\dot K K^{-1}$ is split,$$G=\tfrac12(G+G^\top)+\tfrac12(G-G^\top)=S+A.$$Then",
        r"K^\top(G+G^\top)K = 2K^\top SK,\qquad \operatorname{tr}G = \operatorname{tr}S",
        r"K^\top(G+G^\top)K = K^\top SK,\qquad \operatorname{tr}G = \operatorname{tr}S",
        id="parts of a sum that are named",
    ),
    pytest.param(
        "# Vectors\n\nLet $z\\in\\mathbb R^p$.\n\n# Coins\n\nWith $\\eta=\\ln\\frac p{1-p}$",
        r"\frac{e^\eta}{1+e^\eta} = p,\qquad -\ln(1-p) = \ln(1+e^\eta)",
        r"\frac{e^\eta}{1-e^\eta} = p,\qquad -\ln(1-p) = \ln(1+e^\eta)",
        id="a letter for a size elsewhere is a probability here",
    ),
    pytest.param(
        r"Let $K\in\mathbb R^{n\times n}$ and $K^*=QK$ with $Q^\top Q=I$.",
        r"K^{*\top}K^* = K^\top K,\qquad (z^{(j)\top}Ky^{(j)})^\top = y^{(j)\top}K^\top z^{(j)}",
        r"K^{*\top}K^* = KK^\top,\qquad (z^{(j)\top}Ky^{(j)})^\top = y^{(j)\top}K^\top z^{(j)}",
        id="what a star or a number in brackets names is transposed",
    ),
    pytest.param(
        "Let $b\\in\\mathbb R^m$. Let $N=\\begin{pmatrix}a&b\\\\c&d\\end{pmatrix}$ be a $2\\times2$ matrix.",
        r"N^2 = \begin{pmatrix}a^2+bc&ab+bd\\ac+cd&bc+d^2\end{pmatrix}",
        r"N^2 = \begin{pmatrix}a^2+bc&ab+bd\\ac+cd&bc-d^2\end{pmatrix}",
        id="the entries of a matrix that is written out are numbers",
    ),
    pytest.param(
        "Let $X=X^\\top$ satisfy the algebraic Riccati equation\n\n$$F^\\top X+XF-XGG^\\top X+H=0$$\n\nWith $L=G^\\top X$",
        r"(F-GL)^\top X+X(F-GL) = -H-L^\top L",
        r"(F-GL)^\top X+X(F-GL) = -H+L^\top L",
        id="what satisfies an equation",
    ),
    pytest.param(
        "Let $\\zeta_i\\ge0$, $\\beta_i\\ge0$ and\n\n$$J(v,\\zeta,\\beta)=\\frac12\\|v\\|^2+D\\sum_i\\zeta_i-\\sum_i\\beta_i(v^\\top z_i-1+\\zeta_i)$$",
        r"\frac{\partial J}{\partial v} = v-\sum_i\beta_iz_i,\qquad \frac{\partial J}{\partial\zeta_i} = D-\beta_i",
        r"\frac{\partial J}{\partial v} = v-\sum_i\beta_iz_i,\qquad \frac{\partial J}{\partial\zeta_i} = D+\beta_i",
        id="a capital that weighs a sum beside a norm is a number",
    ),
    pytest.param(
        SPINS,
        r"\begin{pmatrix}0&e^{i\phi}\\e^{-i\phi}&0\end{pmatrix} = \cos\phi\,\tau_x-\sin\phi\,\tau_y,\qquad \det(\tau_x+2\tau_y) = -5",
        r"\begin{pmatrix}0&e^{i\phi}\\e^{-i\phi}&0\end{pmatrix} = \cos\phi\,\tau_x+\sin\phi\,\tau_y,\qquad \det(\tau_x+2\tau_y) = -5",
        id="exponentials and determinants of complex numbers",
    ),
]


@pytest.mark.parametrize(("before", "true", "wrong"), PAIRS)
def test_the_true_display_passes_and_the_slip_is_found(before: str, true: str, wrong: str) -> None:
    right = verdicts(f"{before}\n\n$${true}$$")
    assert PASSES.issuperset(right[-1]), right
    assert FINDINGS & set(verdicts(f"{before}\n\n$${wrong}$$")[-1]), wrong


SILENT = [
    # entries that are counted in one section are no vectors for a difference that another one transposes
    "# Systems\n\n$$3x_1 - 2x_2 = -7$$\n\n$$x = \\begin{pmatrix}x_1\\\\x_2\\end{pmatrix},\\qquad x^\\top x = x_1^2+x_2^2$$\n\n# Means\n\n$$(x_1-c)^\\top(x_1-c) = \\|x_1-c\\|^2$$",
    "Let $z_t, q_{t+1}$ each be scalars.\n\n$$z_{t+1} = a z_t + b q_{t+1}$$\n\n# Noise\n\n$$(b-\\mu+u)(b-\\mu+u)^\\top = (b-\\mu)(b-\\mu)^\\top+u(b-\\mu)^\\top+(b-\\mu)u^\\top+uu^\\top$$",
    # labels of states are no numbers
    r"$$\langle0|0\rangle-\langle0|1\rangle+\langle1|0\rangle-\langle1|1\rangle = 1-0+0-1$$",
    # nothing is said of how a field varies, which lacks no term
    "If $\\rho=\\sqrt q$ with $q=x^2+y^2$ then\n\n$$\\rho^2 = q$$\n\nPolar coordinates, $x=\\rho\\cos\\varphi$, $y=\\rho\\sin\\varphi$:\n\n$$\\frac{\\partial w}{\\partial\\rho} = \\cos\\varphi\\frac{\\partial w}{\\partial x}+\\sin\\varphi\\frac{\\partial w}{\\partial y},\\qquad \\frac{\\partial w}{\\partial\\varphi} = \\rho\\cos\\varphi\\frac{\\partial w}{\\partial y}-\\rho\\sin\\varphi\\frac{\\partial w}{\\partial x}$$",
    # what a vector of matrices makes of a vector is a matrix
    "# Spins\n\n" + SPINS + "## States\n\nFor $\\vec m\\in\\mathbb R^3$ put\n\n$$D = \\tfrac12(I+\\vec m\\cdot\\vec\\tau)$$",
]


@pytest.mark.parametrize("text", SILENT)
def test_what_is_no_mistake_is_not_found(text: str) -> None:
    assert not FINDINGS & {v for links in verdicts(text) for v in links}, text


@pytest.mark.parametrize(("sign", "expected"), [("-", PASSES), ("+", FINDINGS)])
def test_a_function_that_is_told_again_was_another_one_before(sign: str, expected: set[Verdict]) -> None:
    before = r"$$h(\mu,\sigma^2)=-\frac n2\ln\sigma^2-\frac1{2\sigma^2}\sum_{i=1}^n(z_i-\mu)^2$$"
    mixed = rf"$$\frac{{\partial^2h}}{{\partial\mu\,\partial\sigma^2}} = {sign}\frac1{{\sigma^4}}\sum_{{i=1}}^n(z_i-\mu)$$"
    after = r"$$h(\mu,\Sigma) = -\ln|\Sigma|-\mu^\top\Sigma^{-1}\mu$$"
    assert set(verdicts(f"# One\n\n{before}\n\nThen\n\n{mixed}\n\n# Several\n\n{after}")[1]) <= expected
