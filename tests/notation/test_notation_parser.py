"""Formulas and the trees they are; small trees are written out, larger ones by what matters in them."""

from __future__ import annotations

import pytest

from derivcheck.notation.lexer import tokenize
from derivcheck.notation.parser import parse
from derivcheck.notation.tree import (
    Accent,
    Add,
    At,
    Big,
    Dots,
    Empty,
    Factorial,
    Fence,
    Frac,
    Grid,
    Infix,
    Juxt,
    Name,
    Node,
    Num,
    Opaque,
    Rel,
    Script,
    Sequence,
    Sqrt,
    Stack,
    Styled,
    Sym,
    Words,
)
from derivcheck.notation.walk import children

a, b, c, d, f, i, n, x, y = (Sym(letter) for letter in "abcdfinxy")
A, B, C, P, Q = (Sym(letter) for letter in "ABCPQ")
one, two, zero = Num("1"), Num("2"), Num("0")


def read(latex: str) -> Node:
    return parse(tokenize(latex))


def group(body: Node) -> Fence:
    return Fence("(", ")", body)


def minus(node: Node) -> Add:
    return Add(("-",), (node,), True)


def plus(*terms: Node) -> Add:
    return Add(("+",) * len(terms), terms)


def opaques(node: Node) -> list[Opaque]:
    found = [node] if isinstance(node, Opaque) else []
    return found + [o for child in children(node) for o in opaques(child)]


PRECEDENCE = [
    (r"I\otimes PQ", Infix("\\otimes", Sym("I"), Juxt((P, Q)))),
    ("-AB+C", Add(("-", "+"), (Juxt((A, B)), C), True)),
    ("a-b", Add(("+", "-"), (a, b))),
    (r"a \cdot -b", Infix("\\cdot", a, minus(b))),
    (r"A\otimes -B + C", plus(Infix("\\otimes", A, minus(B)), C)),
    (r"a\cdot b\times c", Infix("\\times", Infix("\\cdot", a, b), c)),
    ("a/b c", Infix("/", a, Juxt((b, c)))),
    (r"A : B\odot C", Infix(":", A, Infix("\\odot", B, C))),
    ("A:B+C", plus(Infix(":", A, B), C)),
    (r"a \pm b", Add(("+", "\\pm"), (a, b))),
    ("x=1,y", Sequence((Rel((x, one), ("=",)), y), (",",))),
    ("a b!", Juxt((a, Factorial(b)))),
    ("a+", plus(a, Empty())),
]
SCRIPTS = [
    ("x^2_i", Script(x, i, two)),
    ("x_i^2", Script(x, i, two)),
    ("x'^2", Script(x, None, two, 1)),
    ("f''(x)", Juxt((Script(f, None, None, 2), group(x)))),
    (r"x^\prime", Script(x, None, None, 1)),
    (r"x^{\prime\prime}_i", Script(x, i, None, 2)),
    (r"A^\top", Script(A, None, Sym("\\top"))),
    (r"A^{\mathsf T}", Script(A, None, Sym("T", "sf"))),
    ("{}^tA", Juxt((Script(Empty(), None, Sym("t")), A))),
    (r"\hat{x}_i", Script(Accent("hat", x), i)),
    (r"\hat x", Accent("hat", x)),
    (r"\overline{AB}", Accent("overline", Juxt((A, B)))),
    (r"\dot{\mathsf R}^{\mathsf T}", Script(Accent("dot", Sym("R", "sf")), None, Sym("T", "sf"))),
    ("e^{-x}", Script(Sym("e"), None, minus(x))),
    ("x^12", Juxt((Script(x, None, one), two))),
    ("x^*", Script(x, None, Sym("*"))),
    ("x^+", Script(x, None, Sym("+"))),
    (r"30^\circ", Script(Num("30"), None, Sym("\\circ"))),
    ("x_{1:n}", Script(x, Infix(":", one, n))),
    ("{x_i}^2", Script(x, i, two)),
    ("{AB}^2", Script(Juxt((A, B)), None, two)),
    (r"\mathbb{R}^{m\times n}", Script(Sym("R", "bb"), None, Infix("\\times", Sym("m"), n))),
    ("n!!", Factorial(n, 2)),
    ("(2n)!", Factorial(group(Juxt((two, n))))),
]
FRACTIONS = [
    (r"\frac12", Frac(one, two)),
    (r"\frac ab", Frac(a, b)),
    (r"\tfrac{a}2x", Juxt((Frac(a, two), x))),
    (r"{a \over b}c", Juxt((Frac(a, b), c))),
    (r"{n \choose i}", Frac(n, i, "binom")),
    (r"\binom{n}{i}", Frac(n, i, "binom")),
    (r"\pdv{f}{x}", Frac(Juxt((Sym("\\partial"), f)), Juxt((Sym("\\partial"), x)))),
    (r"\sqrt[3]{x}", Sqrt(x, Num("3"))),
    (r"\sqrt2x", Juxt((Sqrt(two), x))),
]
FONTS_AND_WORDS = [
    (r"\mathbf{a^\mathit{T}Xb}",
     Juxt((Script(Sym("a", "bf"), None, Sym("T", "it")), Sym("X", "bf"), Sym("b", "bf")))),
    (r"\mathbf{AB}", Juxt((Sym("A", "bf"), Sym("B", "bf")))),
    (r"\boldsymbol\beta", Sym("\\beta", "bf")),
    (r"{\bf x}y", Juxt((Sym("x", "bf"), y))),
    (r"A\mathbf{x+b}", plus(Juxt((A, Sym("x", "bf"))), Sym("b", "bf"))),
    (r"\mathbb{1}", Sym("1", "bb")),
    (r"\mathbf 1x", Juxt((Sym("1", "bf"), x))),
    (r"\mathbf{0}_n", Script(Sym("0", "bf"), n)),
    (r"\mathbf{vec}(A)", Juxt((Name("vec"), group(A)))),
    (r"\mathrm{tr}(A)", Juxt((Name("tr"), group(A)))),
    (r"\text{tr}(A)", Juxt((Name("tr"), group(A)))),
    (r"\operatorname{tr}A", Juxt((Name("tr"), A))),
    ("tr(A)", Juxt((Name("tr"), group(A)))),
    ("t r(A)", Juxt((Sym("t"), Sym("r"), group(A)))),
    ("bn(A)", Juxt((b, n, group(A)))),
    ("sin x", Juxt((Name("sin"), x))),
    (r"\mathrm{d}x", Juxt((Sym("d", "rm"), x))),
    (r"\mathrm{dx}", Juxt((Sym("d", "rm"), x))),
    (r"x_{\text{max}}", Script(x, Name("max"))),
    (r"a \text{ if } b", Juxt((a, Words(" if "), b))),
    (r"\text{bias} + \text{noise}", plus(Words("bias"), Words("noise"))),
]  # fmt: skip
BIG = [
    (r"\sum_{i=1}^n x\cdot y + c", plus(Big("sum", Rel((i, one), ("=",)), n, Infix("\\cdot", x, y)), c)),
    (r"\sum\limits_i x", Big("sum", i, None, x)),
    (r"\prod_i -x", Big("prod", i, None, minus(x))),
    (r"\max(a,b)", Juxt((Name("max"), group(Sequence((a, b), (",",)))))),
    (r"\max_x f", Big("max", x, None, f)),
    (r"\arg\min_x f", Big("argmin", x, None, f)),
    (r"\underset{x}{\operatorname{argmax}} f", Big("argmax", x, None, f)),
    (r"\mathop{\mathrm{arg\,min}}_x f", Big("argmin", x, None, f)),
    (r"\lambda_{\max}", Script(Sym("\\lambda"), Name("max"))),
    (r"\lim_{x\to 0} f", Big("lim", Rel((x, zero), ("\\to",)), None, f)),
    (r"\int_0^1 a + b\,dx\, c", Juxt((Big("int", zero, one, plus(a, Juxt((b, d, x)))), c))),
    (r"\int\int a\,dx\,dy",
     Big("int", None, None, Juxt((Big("int", None, None, Juxt((a, d, x))), d, y)))),
    (r"\iint a\,dx\,dy b", Juxt((Big("iint", None, None, Juxt((a, d, x, d, y))), b))),
    (r"\int dx\, f + c", plus(Big("int", None, None, Juxt((d, x, f))), c)),
    (r"\int \frac{dx}{x} + c", plus(Big("int", None, None, Frac(Juxt((d, x)), x)), c)),
    (r"\sum_{\substack{i\\n}} x", Big("sum", Grid("substack", ".", ".", ((i,), (n,))), None, x)),
]  # fmt: skip
FENCES = [
    ("]0,1[", Fence("]", "[", Sequence((zero, one), (",",)))),
    ("[0,1[", Fence("[", "[", Sequence((zero, one), (",",)))),
    ("(a,b]", Fence("(", "]", Sequence((a, b), (",",)))),
    ("(a+b", Fence("(", ".", plus(a, b))),
    (r"\left( a )", group(a)),
    (r"\langle a, b\rangle", Fence("<", ">", Sequence((a, b), (",",)))),
    ("|A||B|", Juxt((Fence("|", "|", A), Fence("|", "|", B)))),
    ("||x||_2", Script(Fence("\\|", "\\|", x), two)),
    ("||x|-|y||", Fence("|", "|", Add(("+", "-"), (Fence("|", "|", x), Fence("|", "|", y))))),
    (r"|\log|x||", Fence("|", "|", Juxt((Name("log"), Fence("|", "|", x))))),
    ("P(a|b)", Juxt((P, group(Sequence((a, b), ("|",)))))),
    (r"P(a\mid b,c)", Juxt((P, group(Sequence((a, b, c), ("\\mid", ",")))))),
    ("D(P||Q)", Juxt((Sym("D"), group(Sequence((P, Q), ("\\|",)))))),
    (r"f(\cdot;x)", Juxt((f, group(Sequence((Sym("\\cdot"), x), (";",)))))),
    (r"\left. a \right|_{x=0}^{1}", At(a, Rel((x, zero), ("=",)), one)),
    ("f'|_{x=0}", At(Script(f, None, None, 1), Rel((x, zero), ("=",)), None)),
    (r"\bigl[x\bigr]_0^1", Script(Fence("[", "]", x), zero, one)),
    ("f()", Juxt((f, group(Empty())))),
]
GRIDS = [
    (r"\begin{pmatrix} a & b \\ c & d \\ \end{pmatrix}", Grid("pmatrix", "(", ")", ((a, b), (c, d)))),
    (r"\left[\begin{array}{cc} a & \cdots \end{array}\right]^{-1}",
     Script(Grid("array", "[", "]", ((a, Dots("cdots")),)), None, minus(one))),
    (r"\begin{cases} a & x>0 \\ b & \text{otherwise} \end{cases}",
     Grid("cases", "{", ".", ((a, Rel((x, zero), (">",))), (b, Words("otherwise"))))),
    (r"\begin{cases} a & \text{if } x>0 \end{cases}",
     Grid("cases", "{", ".", ((a, Juxt((Words("if "), Rel((x, zero), (">",))))),))),
]  # fmt: skip
DECORATED = [
    (r"\underbrace{a+b}_{c}", Styled("underbrace", plus(a, b), c)),
    (r"\cancel{a}b", Juxt((Styled("cancel", a), b))),
    (r"\overset{a}{x}", Stack(x, a)),
    (r"\underset{a}{x}", Stack(x, None, a)),
]


@pytest.mark.parametrize(
    ("latex", "tree"),
    PRECEDENCE + SCRIPTS + FRACTIONS + FONTS_AND_WORDS + BIG + FENCES + GRIDS + DECORATED,
)
def test_tree(latex: str, tree: Node) -> None:
    assert read(latex) == tree


@pytest.mark.parametrize(
    ("latex", "source", "reason"),
    [
        (r"a \foo{b}{c} d", r"\foo {b}{c}", "unknown command"),
        ("a+b)", ")", "unmatched closing delimiter"),
        (r"a \begin{tikzcd} x \end{tikzcd} b", r"\begin{tikzcd}x\end{tikzcd}", "unknown environment"),
        ("x^", "^", "script without content"),
        (r"a \\ b", r"\\", "row break"),
    ],
)
def test_unreadable_is_opaque(latex: str, source: str, reason: str) -> None:
    (opaque,) = opaques(read(latex))
    assert (opaque.source, opaque.reason) == (source, reason)


def test_opaque_quotes_the_text() -> None:
    latex = r"a \foo { b } c"
    (opaque,) = opaques(parse(tokenize(latex), latex))
    assert opaque.source == r"\foo { b }" == latex[opaque.start : opaque.end]


@pytest.mark.parametrize(
    "latex", [r"a \frac{x}{y} \hat b", r"-x_i^2 + \sum_i \int_0^1 f\,dx", r"\left( a \right)^T"]
)
def test_spans_enclose_those_below(latex: str) -> None:
    def check(node: Node) -> None:
        for child in children(node):
            assert node.start <= child.start <= child.end <= node.end
            check(child)

    tree = read(latex)
    assert (tree.start, tree.end) == (0, len(latex))
    check(tree)


@pytest.mark.parametrize(
    "latex",
    [
        "(" * 10_000,
        "(" * 10_000 + "x" + ")" * 10_000,
        "{" * 10_000 + "x",
        "x^{" * 5_000 + "}" * 5_000,
        r"\left(" * 5_000,
        r"\hat" * 5_000 + "x",
        r"\sum" * 5_000,
        r"\int" * 5_000 + "f dx",
        "-" * 5_000 + "x",
        r"a\cdot" * 5_000,
        "|" * 5_000,
        "a|" * 5_000,
        "x_a" * 3_000,
        "]" * 5_000,
        r"\frac" * 5_000,
        r"\begin{matrix}" * 2_000,
        r"\}" * 5_000,
        "{a" * 3_000 + r"\over b}" * 3_000,
    ],
)
def test_hostile_input_yields_a_tree_one_can_recurse_over(latex: str) -> None:
    tree = read(latex)
    assert tree == read(latex)
    assert hash(tree) == hash(read(latex))
