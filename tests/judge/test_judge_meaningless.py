# ruff: noqa: E501 - a row per case reads better than wrapped notes
"""Relations without a meaning, whatever their letters stand for; beside each kind, formulas that have one."""

from __future__ import annotations

import pytest

from derivcheck import check_text

WITHOUT = [
    # A denominator that is no number, whichever of the letters are vectors.
    ("", r"\gamma_t = \frac{q_t^\top H g_t}{q_t^\top H q_t^\top}"),
    # A condition or an inequality whose shapes the text gives.
    ("Let $F \\in \\mathbb{R}^{p\\times q}$ and $\\mathbf{z} \\in \\mathbb{R}^p$.", r"F\mathbf{z} \le 0"),
    (
        "Let $y, z \\in C \\subset \\mathbb{R}^n$ and $g : C \\to \\mathbb{R}$.",
        r"g(y) \le g(z) + (\nabla g(z))^\top + \frac{c}{2}\|y - z\|^2",
    ),
    # The letters of a display mean the same in all of it.
    (
        "Let $\\mathbf{G} \\in \\mathbb{R}^{p\\times q}$ and $\\mathbf{h} \\in \\mathbb{R}^p$.",
        r"\mathbf{y}\mathbf{G} = 0, \quad \langle \mathbf{y}, \mathbf{h} \rangle < 0",
    ),
    # The largest of several numbers is a number.
    ("Let $Q \\in \\mathbb{R}^{n \\times n}$ be symmetric.", r"Q = \min_{u \ne 0} \frac{u^\top Q u}{u^\top u}"),
    # A member of a set has the shape of its members.
    (
        "Each filter is $\\mathbf{h}_i \\in \\mathbb{R}^{d+1}$.",
        r"H = \begin{bmatrix} \mathbf{h}_1^\top \\ \vdots \\ \mathbf{h}_c^\top \end{bmatrix} \in \mathbb{R}^{(d+1)\times c}",
    ),
    ("", r"q = \frac{\exp(\mathbf{v}^\top)}{1 + \exp(\mathbf{v}^\top \mathbf{u})} \in [0, 1]"),
]

WITH = [
    ("", r"\gamma_t = \frac{q_t^\top H g_t}{q_t^\top H q_t}"),
    ("Let $F \\in \\mathbb{R}^{p\\times q}$ and $\\mathbf{z} \\in \\mathbb{R}^p$.", r"F^\top\mathbf{z} \le 0"),
    ("Let $F \\in \\mathbb{R}^{p\\times q}$ and $\\mathbf{z} \\in \\mathbb{R}^p$.", r"\mathbf{z} + t \ge 1"),
    ("Let $F \\in \\mathbb{R}^{p\\times q}$ and $\\mathbf{z} \\in \\mathbb{R}^p$.", r"-t \le \mathbf{z} \le t"),
    (
        "Let $y, z \\in C \\subset \\mathbb{R}^n$ and $g : C \\to \\mathbb{R}$.",
        r"g(y) \le g(z) + (\nabla g(z))^\top (y - z) + \frac{c}{2}\|y - z\|^2",
    ),
    # Rows are usual where nothing says that they are columns.
    ("Let $\\mathbf{P} \\in \\mathbb{R}^{n\\times n}$ be stochastic.", r"\mathbf{p}\mathbf{P} \ge 0"),
    (
        "Let $\\mathbf{G} \\in \\mathbb{R}^{p\\times q}$ and $\\mathbf{h} \\in \\mathbb{R}^p$.",
        r"\mathbf{y}^\top\mathbf{G} = 0, \quad \langle \mathbf{y}, \mathbf{h} \rangle < 0",
    ),
    ("Let $Q \\in \\mathbb{R}^{n \\times n}$ be symmetric.", r"\mu = \min_{u \ne 0} \frac{u^\top Q u}{u^\top u}"),
    # What a minimum runs over is not what the text declares under this letter.
    (
        "Let $u \\in \\mathbb{R}^m$ be given. Let $Q \\in \\mathbb{R}^{n \\times n}$ be symmetric.",
        r"\mu = \min_{u \ne 0} \frac{u^\top Q u}{u^\top u}",
    ),
    (
        "Each filter is $\\mathbf{h}_i \\in \\mathbb{R}^{d+1}$.",
        r"H = \begin{bmatrix} \mathbf{h}_1^\top \\ \vdots \\ \mathbf{h}_c^\top \end{bmatrix} \in \mathbb{R}^{c\times(d+1)}",
    ),
    ("", r"q = \frac{\exp(\mathbf{v}^\top\mathbf{u})}{1 + \exp(\mathbf{v}^\top \mathbf{u})} \in [0, 1]"),
    # Entry by entry, functions, currents and examples of a size of their own.
    ("", r"\mathbf{r} = \mathbf{y} / \mathbf{a}"),
    ("", r"y = k(x) + k(x)^\top a \le c"),
    ("Stack the samples as\n\n$$\nY = [ Y_1 \\mid Y_2 ]\n$$\n\nso that", r"Y Y^\top = Y_1 Y_1^\top + Y_2 Y_2^\top"),
    ("", r"I_1 - I_2 - I_3 = 0"),
    ("", r"z^q_t = z^I_t \gamma_t + e_t"),
    # A size spelt in two ways, words that may speak of another letter.
    ("Let $W$ be some $k\\times n$ matrix.", r"W Z = I_{K}"),
    (
        "Let $B \\in \\mathbb{R}^{n\\times n}$. Since $a^T$, $B$ and $c$ are a row vector, a matrix and a column vector, respectively, their product is a number.",
        r"\gamma = 1 + a^\top B c",
    ),
    ("Let $A \\in \\mathbb{R}^{n\\times n}$.", r"A = \begin{bmatrix} 1 & 3 \\ 3 & 2 \end{bmatrix}"),
]


def findings(prose: str, formula: str) -> list[str | None]:
    report = check_text(f"{prose}\n\n$$\n{formula}\n$$\n", path="note.md")
    assert report.error is None
    return [link.rule for equation in report.equations for link in equation.links if link.verdict.is_finding]


@pytest.mark.parametrize(("prose", "formula"), WITHOUT)
def test_a_relation_without_meaning_is_found(prose: str, formula: str) -> None:
    assert len(findings(prose, formula)) == 1


@pytest.mark.parametrize(("prose", "formula"), WITH)
def test_a_relation_with_a_meaning_is_left_alone(prose: str, formula: str) -> None:
    assert findings(prose, formula) == []


# A lost index, an index a step off, another symbol in what a definition makes an identity.
SLIPS = [
    (
        "",
        r"\sum_{i=1}^{n} \log\Bigl(\frac{\lambda_i^{k_i}}{k_i!} e^{-\lambda_i}\Bigr) = \sum_{i=1}^{n} k_i \log\lambda_i - \sum_{i=1}^{n} \lambda_i - \sum_{i=1}^{n} \log k!",
        "k_i",
    ),
    ("The state moves by\n\n$$\ns_{t+1} = F s_t .\n$$\n\nMultiplying by $C$ gives", r"C s_t = C F s_t", "s_{t + 1}"),
    (
        "The vector $\\tilde{\\mathbf{a}}$ is normal to the plane, and\n\n$$\n\\mathbf{x} = \\mathbf{p} + s \\frac{\\tilde{\\mathbf{a}}}{\\|\\tilde{\\mathbf{a}}\\|}\n$$\n\nso that",
        r"b + \tilde{\mathbf{a}}^\top \mathbf{x} = b + \tilde{\mathbf{a}}^\top \mathbf{p} + s \frac{\tilde{\mathbf{a}}^\top \mathbf{a}}{\|\tilde{\mathbf{a}}\|}",
        r"\tilde{\mathbf{a}}",
    ),
]


@pytest.mark.parametrize(("prose", "formula", "new"), SLIPS)
def test_a_slip_is_mended(prose: str, formula: str, new: str) -> None:
    report = check_text(f"{prose}\n\n$$\n{formula}\n$$\n", path="note.md")
    repairs = [link.repair for equation in report.equations for link in equation.links if link.verdict.is_finding]
    assert [r.new for r in repairs if r is not None] == [new]
