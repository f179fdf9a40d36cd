"""Round trip: what the printer writes reads back as the same tree."""

from __future__ import annotations

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from derivcheck.notation.lexer import tokenize
from derivcheck.notation.parser import parse
from derivcheck.notation.printer import to_latex
from derivcheck.notation.tree import Node

_ATOMS = [
    "a",
    "x",
    "T",
    "d",
    "12",
    "0",
    "3.5",
    "\\alpha",
    "\\Sigma",
    "\\nabla",
    "\\mathbf{A}",
    "\\mathrm{d}",
    "\\mathbb R",
    "\\boldsymbol\\beta",
    "\\mathbf 1",
    "\\operatorname{vec}",
    "\\mathrm{tr}",
    "\\log",
    "tr(A)",
    "\\cdots",
    "\\text{if }",
    "\\text{tr}(A)",
    "\\partial",
    "\\foo",
    "\\sum",
    "\\int",
    "\\prime",
    "{}",
    "\\top",
    "\\|x\\|",
    "|x|",
    "\\mathrm{KL}",
    "dx",
    "\\text{loss}",
    "\\mathbf{AB}",
    "\\infty",
    "\\mathcal L",
]
_OPERATORS = [
    "+",
    "-",
    "\\pm",
    "\\otimes",
    "\\cdot",
    "/",
    ":",
    "=",
    "\\le",
    ",",
    ";",
    "\\mid",
    "|",
    "",
    "",
    " ",
    "\\circ",
    "*",
    "\\quad",
    "\\,",
    "'",
    "!",
    "^2",
    "_i",
    "^\\prime",
    "^T",
    "^{-1}",
    "^*",
    "\\in",
    ":=",
]
_WRAPPERS = [
    "({})",
    "[{}]",
    "\\{{{}\\}}",
    "\\left({}\\right)",
    "\\left[{}\\right)",
    "|{}|",
    "\\|{}\\|",
    "{{{}}}",
    "\\sqrt{{{}}}",
    "\\hat{{{}}}",
    "\\frac{{{}}}{{2}}",
    "\\frac{{1}}{{{}}}",
    "x^{{{}}}",
    "x_{{{}}}",
    "\\sum_{{{}}}",
    "\\langle {}\\rangle",
    "\\left.{}\\right|_{{0}}",
    "\\underbrace{{{}}}_{{n}}",
    "\\overset{{{}}}{{x}}",
    "{{{}}}^2",
    "\\begin{{pmatrix}}{} & a \\\\ b & c\\end{{pmatrix}}",
    "\\left\\{{\\begin{{array}}{{c}}{}\\end{{array}}\\right.",
    "\\int_0^1 {} dx",
    "\\int {}",
    "\\begin{{cases}} a & {} \\end{{cases}}",
    "{{ {} \\over 2}}",
    "\\binom{{n}}{{{}}}",
    "\\sqrt[{}]{{x}}",
    "\\underset{{{}}}{{\\max}} f",
    "\\cancel{{{}}}",
    "\\max_x {}",
    "\\arg\\max_x({})",
    "]{},1[",
]
_FONTS = ["\\mathbf{{{}}}", "\\mathrm{{{}}}", "{{\\rm {}}}", "\\mathcal{{{}}}", "\\mathbf{{{}^T x}}"]
_LETTERS = ["a", "T", "d", "AB", "\\alpha", "\\Sigma", "0", "1", "12", "tr", "vec", "x_i", "\\hat x"]


def _row(parts: list[tuple[str, str]]) -> str:
    return " ".join(f"{atom} {operator}" for atom, operator in parts)


def _rows(children: st.SearchStrategy[str]) -> st.SearchStrategy[str]:
    wrapped = st.builds(lambda wrapper, body: wrapper.format(body), st.sampled_from(_WRAPPERS), children)
    set_in_font = st.builds(
        lambda font, atom: font.format(atom), st.sampled_from(_FONTS), st.sampled_from(_LETTERS)
    )
    return st.lists(
        st.tuples(children | wrapped | set_in_font, st.sampled_from(_OPERATORS)), min_size=1, max_size=4
    ).map(_row)


formulas = st.recursive(st.sampled_from(_ATOMS), _rows, max_leaves=12)


def read(latex: str) -> Node:
    return parse(tokenize(latex))


@given(formulas)
@settings(max_examples=300, deadline=None, derandomize=True)
def test_round_trip(latex: str) -> None:
    tree = read(latex)
    assert read(to_latex(tree)) == tree


@pytest.mark.parametrize(
    ("latex", "printed"),
    [
        (r"\mathrm{tr}(AB)", r"\operatorname{tr} (A B)"),
        (r"\left(X^\top X\right)^{-1}", r"(X^{\top} X)^{-1}"),
        (r"\bm\beta'_1", r"\mathbf{\beta}'_{1}"),
        (r"\frac12", r"\frac{1}{2}"),
        (r"\left]0,1\right[", r"\left] 0 , 1 \right["),
        (r"\int_0^1 f\,dx", r"\int_{0}^{1} f d x"),
    ],
)
def test_printed_form(latex: str, printed: str) -> None:
    assert to_latex(read(latex)).replace("- 1", "-1") == printed


_SOUP = st.text(alphabet="ab12+-=()[]{}|^_'!&.,:;\\", max_size=30)
_COMMANDS = st.lists(
    st.sampled_from(
        [
            "\\left",
            "\\right",
            "\\begin{matrix}",
            "\\end{matrix}",
            "\\over",
            "\\frac",
            "\\sum",
            "\\int",
            "{",
            "}",
            "(",
            ")",
            "|",
            "\\|",
            "[",
            "]",
            "^",
            "_",
            "'",
            "x",
            "d",
            "12",
            "&",
            "\\\\",
            "\\{",
            "\\bf",
            "\\mathrm",
            "\\hat",
            "\\text{if}",
            ",",
            "=",
            "\\not",
            "\\overset",
            "\\substack",
            "\\middle",
            ".",
        ]
    ),
    max_size=25,
).map(" ".join)


@given(_SOUP | _COMMANDS)
@settings(max_examples=400, deadline=None, derandomize=True)
def test_anything_parses_and_prints(latex: str) -> None:
    assert isinstance(to_latex(read(latex)), str)
