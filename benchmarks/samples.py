"""Notes to measure with: ordinary formulas, repeated as often as needed."""

from __future__ import annotations

# (source of a display, its declarations): true links of the kinds that notes are made of.
TRUE_LINKS = (
    r"(a + b)^2 = a^2 + 2ab + b^2",
    r"(AB)^\top = B^\top A^\top",
    r"\operatorname{tr}(AB) = \operatorname{tr}(BA)",
    r"\|Ax\|^2 = x^\top A^\top A x",
    r"(A + B)x = Ax + Bx",
    r"\frac{\partial x^\top S x}{\partial x} = 2 S x",
    r"\det(MN) = \det M \det N",
    r"(MN)^{-1} = N^{-1} M^{-1}",
    r"\operatorname{vec}(ABx) = (x^\top \otimes A)\operatorname{vec}(B)",
    r"\log(st) = \log s + \log t",
    r"\frac{d}{dt}\sin(t^2) = 2t\cos(t^2)",
    r"\sum_{i=1}^{n} (x_i + y_i) = \sum_{i=1}^{n} x_i + \sum_{i=1}^{n} y_i",
    r"(x + y)^\top (x - y) = \|x\|^2 - \|y\|^2",
    r"\operatorname{tr}(xy^\top) = x^\top y",
)
FALSE_LINKS = (
    r"(AB)^\top = A^\top B^\top",
    r"(a + b)^2 = a^2 + b^2",
    r"\frac{\partial x^\top S x}{\partial x} = S x",
    r"\|Ax\|^2 = x^\top A A^\top x",
    r"(MN)^{-1} = M^{-1} N^{-1}",
    r"\frac{d}{dt}\sin(t^2) = \cos(t^2)",
    r"(x + y)^\top (x - y) = \|x\|^2 + \|y\|^2",
)
DECLARATIONS = (
    r"Let $A \in \mathbb{R}^{n \times n}$, $B \in \mathbb{R}^{n \times n}$ and $x, y \in \mathbb{R}^n$. "
    r"Let $S$ be a symmetric $n \times n$ matrix, let $M$ and $N$ be invertible $n \times n$ matrices, "
    r"and let $s, t > 0$. Gradients are columns."
)
DISPLAYS = (
    *TRUE_LINKS,
    r"\hat\beta = (X^\top X)^{-1} X^\top y, \qquad \hat{y} = X\hat\beta",
    r"\begin{aligned} f(x) &= \tfrac12 \|Ax - b\|_2^2 \\ &= \tfrac12 (Ax - b)^\top (Ax - b) \end{aligned}",
    r"\mathcal{L}(\theta) = -\frac{1}{N}\sum_{i=1}^{N} \log p_\theta(y_i \mid x_i) + \lambda \|\theta\|_2^2",
    r"\nabla_x \left( \tfrac12 x^\top A x - b^\top x \right) = Ax - b \quad\text{for symmetric } A",
    r"\int_0^1 \frac{x^2}{1 + x^2}\,dx = 1 - \frac{\pi}{4}",
    r"P = \begin{pmatrix} A & B \\ 0 & I_n \end{pmatrix}, \quad "
    r"P^{-1} = \begin{pmatrix} A^{-1} & -A^{-1}B \\ 0 & I_n \end{pmatrix}",
)


PROSE = (
    "The argument is the usual one. Both sides are expanded, terms of the same kind are collected, and "
    "what is left cancels; nothing beyond the shapes declared at the start is needed, and the order of the "
    "factors is kept. Readers in a hurry may skip to the next step, where the same idea is used again with "
    "another function, and compare the result with the one they know."
)


def markdown_note(displays: tuple[str, ...], count: int) -> str:
    """A note of `count` displays, no two the same, with as much prose around them as notes have."""
    parts = ["# Notes\n", DECLARATIONS]
    for i in range(count):
        letter = chr(97 + i % 26)
        parts.append(f"\nStep {i} takes ${letter}$ as given, *as before*, and $A{letter}$ too. {PROSE}\n")
        parts.append(f"$$\n{displays[i % len(displays)]} \\tag{{{i}}}\n$$\n")
    return "\n".join(parts)


def latex_note(displays: tuple[str, ...], count: int) -> str:
    """The same as a paper: macros, sections, numbered equations."""
    parts = [r"\newcommand{\R}{\mathbb{R}}", DECLARATIONS]
    for i in range(count):
        letter = chr(97 + i % 26)
        if i % 20 == 0:
            parts.append(f"\\section{{Part {i // 20}}} % a remark")
        parts.append(f"Step {i} takes ${letter} \\in \\R$ as \\emph{{given}}, and $A{letter}$ too.")
        parts.append(PROSE)
        display = displays[i % len(displays)]
        parts.append(f"\\begin{{equation}}\\label{{eq:{i}}}\n{display}\n\\end{{equation}}\n")
    return "\n".join(parts)
