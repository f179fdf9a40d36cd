# ruff: noqa: E501 - one row per sentence
"""Facts that small documents state, English and Chinese: each row is (text, facts that must be there)."""

from __future__ import annotations

import pytest

from derivcheck.context.collect import collect
from derivcheck.context.facts import (
    Convention,
    ConventionFact,
    DefinitionFact,
    Fact,
    FunctionFact,
    HypothesisFact,
    MeaningFact,
    PropertyFact,
    RankFact,
    ShapeFact,
    TaintFact,
)
from derivcheck.context.view import ContextView
from derivcheck.documents.model import Document, Flavour, MathBlock
from derivcheck.documents.read import read_document
from derivcheck.statements.split import read_display


def read(text: str, flavour: Flavour = Flavour.MARKDOWN) -> tuple[Document, tuple[Fact, ...]]:
    document = read_document(text, path="note.md", flavour=flavour)
    displays = {
        i: read_display(item, document.macros)
        for i, item in enumerate(document.items)
        if isinstance(item, MathBlock)
    }
    return document, collect(document, displays)


def said(text: str) -> set[str]:
    """The facts in short: "A matrix m n", "A symmetric", "taint x", "n >= 2" …"""
    out: set[str] = set()
    for fact in read(text)[1]:
        match fact:
            case ShapeFact():
                out.add(" ".join(filter(None, (fact.key, fact.kind, fact.rows, fact.cols, fact.like))))
            case PropertyFact():
                out.add(f"{fact.key} is {fact.prop}")
            case RankFact():
                out.add(f"{fact.larger} {'=' if fact.equal else '>='} {fact.smaller}")
            case FunctionFact():
                out.add(f"{fact.key}({','.join(fact.args)}) {fact.rows} {fact.cols}".strip())
                if fact.elementwise:
                    out.add(f"{fact.key} elementwise")
            case MeaningFact():
                out.add(" ".join((fact.key, "means", fact.word, *fact.of)))
            case TaintFact():
                out.add(f"taint {fact.key}")
            case DefinitionFact():
                out.add(f"definition {'marked' if fact.marked else 'plain'}")
            case HypothesisFact():
                out.add("hypothesis")
            case ConventionFact():
                out.add(fact.convention.name)
    return out


SHAPES = [
    (r"Let $A \in \mathbb{R}^{m\times n}$ and $x,y\in\mathbb R^n$.", {"A matrix m n", "x vector n", "y vector n"}),
    (r"Suppose $A, B \in M_n(\mathbb R)$ and $\lambda\in\mathbb R$.", {"A square n n", "B square n n", r"\lambda scalar 1 1"}),
    (r"Here $S\in\mathbb S^n_{++}$ holds.", {"S square n n", "S is spd"}),
    (r"$M$ is a $p\times q$ matrix and $c$ is a column vector of length $p$.", {"M matrix p q", "c column p 1"}),
    (r"With $P$ of size $m\times n$ and $Q$ of size $n\times r$ we go on.", {"P matrix m n", "Q matrix n r"}),
    (r"For a column $b$ of length $q$ and a column $a$ of length $n$ we get", {"b vector q", "a vector n"}),
    (r"Let $y=Ax\in\mathbb R^m$.", {"y vector m"}),
    (r"Let $v$ be an $n$-vector and $W$ a square matrix of order $k$.", {"v vector n", "W square k k"}),
    (r"where $A$ and $B$ are $m\times n$ and $n\times p$ matrices, respectively.", {"A matrix m n", "B matrix n p"}),
    (r"Here $A$ and $u$ are a matrix and a column vector, respectively.", {"A matrix", "u column 1"}),
    (r"Since $v^T$ and $u$ are a row vector and a column vector, respectively, $v^T u$ is a number.", {"u column 1"}),
    (r"Let $V$ be of the same size as $U$.", {"V like U"}),
    (r"An $n\times q$ matrix $X$ is given.", {"X matrix n q"}),
    (r"Write $N$ for an $n\times m$ weight, $K$ ($n\times n$) for a symmetric one.", {"N matrix n m", "K square n n", "K is symmetric"}),
    (r"设 $A$ 为 $m\times n$ 矩阵，$x$ 是 $n$ 维列向量。", {"A matrix m n", "x column n 1"}),
    (r"设 $A$ 为 $k$ 阶、$D$ 为 $l$ 阶可逆方阵。", {"A square k k", "D square l l", "A is invertible", "D is invertible"}),
    (r"给定 $n$ 阶方阵 $F$ 与对称阵 $W$。", {"F square n n", "W square", "W is symmetric"}),
    (r"其中 $U$ 与 $P$ 同型，$\mu$ 为数。", {"U like P", r"\mu scalar 1 1"}),
    (r"设 $x$ 为一列向量，$B$ 为任意矩阵。", {"x column 1", "B matrix"}),
]  # fmt: skip

PROPERTIES = [
    (r"Let $S$ be symmetric positive definite of order $p$.", {"S is spd", "S square p p"}),
    (r"Assume that $Q$ is an orthogonal matrix and $u$ a unit vector.", {"Q is orthogonal", "u is unit", "u vector"}),
    (r"If $X$ has full column rank, go on.", {"X is full_column_rank"}),
    (r"A constant $m\times m$ matrix $W$ appears.", {"W is constant", "W square m m"}),
    (r"Covariances ($P$, $Q$ and others) are symmetric positive definite.", {"P is spd", "Q is spd"}),
    (r"The costs $R$ and the prior precision $S$ are symmetric.", {"R is symmetric", "S is symmetric"}),
    (r"We pick $s$ and the costs $R$ are symmetric.", {"R is symmetric"}),
    (r"With $A$ and $B$ invertible we find", {"A is invertible", "B is invertible"}),
    (r"Let $0<t<1$, $\lambda>0$ and $z\neq 0$.", {"t is unit_interval", r"\lambda is positive", "z is nonzero"}),
    (r"Assume $A^\top=A$, $J^T=-J$, $P^2=P$ and $\|u\|=1$.", {"A is symmetric", "J is skew", "P is idempotent", "u is unit"}),
    (r"Let $A\succ 0$ and $B\succeq 0$.", {"A is spd", "B is psd"}),
    (r"$F$ 与 $H$ 为 $k$ 阶对称常数矩阵。", {"F is symmetric", "H is constant", "H square k k"}),
    (r"$G\in\mathbb R^{n\times k}$ 列满秩。", {"G is full_column_rank", "G matrix n k"}),
    (r"对任意两个同阶幂等阵 $P_1$、$P_2$ 有", {"P_1 is idempotent", "P_2 is idempotent", "P_2 like P_1"}),
    (r"设 $\mathbf A$ 为一非奇异方阵，则", {"bf:A square", "bf:A is invertible"}),
]  # fmt: skip

MEANINGS = [
    (r"where $K_{nq}$ is the commutation matrix.", {"K_{nq} means commutation"}),
    (r"$\epsilon_{ijk}$ is the permutation symbol and $\delta_{ij}$ the Kronecker delta.", {r"\epsilon_{ijk} means levi-civita"}),
    (r"其中 $c_{ij}$ 为该矩阵的代数余子式。", {"c_{ij} means cofactor"}),
    (r"$\boldsymbol{1}$ 表示 $n$ 维全一向量。", {"bf:1 means ones", "bf:1 vector n"}),
    (r"Let $B$ be the inverse of $A$.", {"B means inverse A"}),
    (r"Let $A=[a_{ij}]$ and $P=[p_1,\dots,p_s]$.", {"a means entries A", "p means columns P"}),
    (r"Let $f:\mathbb R^n\to\mathbb R^m$ be smooth.", {"f() m 1"}),
    (r"Two functions: $A(X)$ is $m\times p$ and $B(X)$ is $p\times r$.", {"A(X) m p", "B(X) p r"}),
    (r"Let $f$ be a scalar function of $X$, and $y$ is a function of $x$.", {"f(X) 1 1", "y(x)"}),
    (r"Suppose $y=y(x)$.", {"y(x)"}),
    (r"a differentiable $\varphi$ applied entrywise", {r"\varphi elementwise"}),
    (r"设 $g(\mathbf A)$ 为一标量函数。", {"g(bf:A) 1 1"}),
    (r"Let $m\times n$ be the size of $X$, with $m\geq n$ or $m=n$.", {"m >= n", "m = n"}),
    (r"Let $S = X^\top X$.", {"definition marked"}),
    (r"Using $S = X^\top X$ again.", {"definition plain"}),
    ("We put\n$$\nS = X^\\top X .\n$$\n", {"definition marked"}),
    ("Something else.\n\n$$\nS := X^\\top X\n$$\n", {"definition marked"}),
]  # fmt: skip

TAINTS = [
    (r"Let $v$ be an eigenvector of $A$.", {"taint v"}),
    (r"Suppose that $Ax=b$.", {"taint x", "taint b", "hypothesis"}),
    (r"Here $w^*$ is the minimiser of the loss.", {"taint w^*"}),
    (r"Let $x\sim\mathcal N(\mu,\Sigma)$.", {"taint x", r"\Sigma is spd"}),
    (r"The columns of $A$ are orthonormal.", {"taint A"}),
    (r"设 $x$ 为最优解，$\xi$ 为随机向量。", {"taint x", r"taint \xi"}),
    (r"若 $AB=BA$，则", {"taint A", "taint B"}),
]


@pytest.mark.parametrize(("text", "expected"), SHAPES + PROPERTIES + MEANINGS + TAINTS)
def test_states(text: str, expected: set[str]) -> None:
    assert expected <= said(text)


SILENT = [
    (r"The matrix $A$ is not symmetric.", "A is symmetric"),
    (r"Here $A$ need not be invertible.", "A is invertible"),
    (r"$\Gamma\in\mathbb R^{n\times n}$（不要求对称）", r"\Gamma is symmetric"),
    (r"设 $E,F$ 为同阶方阵（未必可交换）。", "taint E"),
    (r"Both $G$ and $S$ are square, of which only $S$ is symmetric.", "G is symmetric"),
    (r"If $m=n$, $A$ is symmetric.", "m is symmetric"),
    (r"The inverse of $A$ is symmetric.", "A is symmetric"),
    (r"Is $A$ symmetric?", "A is symmetric"),
    (r"Delete row $i$ and column $j$ of $A$.", "j column"),
    (r"the eigenvalues of the matrix $A$", "taint A"),
    (r"Let $x$ be orthogonal to $y$.", "x is orthogonal"),
    (r"This gives $Ax=b$.", "taint x"),
    (r"the matrix whose columns are $a_i$ for $i=1,\dots,n$", "definition plain"),
    (r"$a_j$ 表示矩阵 $A$ 的第 $j$ 列。", "a_j matrix"),
    (r"$v$ is a symmetric average.", "v is symmetric"),
    (r"$A$ 为由实数组成的表。", "A scalar 1 1"),
    (r"矩阵的特征值 $\mu$", r"\mu matrix"),
    (r"Recall that $A(B+C)=AB+AC$.", "taint A"),
]


@pytest.mark.parametrize(("text", "absent"), SILENT)
def test_does_not_state(text: str, absent: str) -> None:
    assert absent not in said(text)


CONVENTIONS = [
    ("We use numerator layout throughout.", Convention.NUMERATOR),
    ("I am a denominator person.", Convention.DENOMINATOR),
    ("本文统一使用分母布局。", Convention.DENOMINATOR),
    ("我们采用分子记法。", Convention.NUMERATOR),
    ("The gradient of a scalar always has the shape of its argument.", Convention.GRADIENT_LIKE),
    ("Gradients of scalars are columns.", Convention.GRADIENT_COLUMN),
    ("An index that occurs twice in a term is summed over.", Convention.EINSTEIN),
    ("下文使用爱因斯坦求和约定。", Convention.EINSTEIN),
    ("Bold lower case letters are vectors, bold upper case letters matrices.", Convention.BOLD_LOWER_VECTOR),
    ("大写黑体字母表示矩阵，小写黑体字母表示向量。", Convention.BOLD_UPPER_MATRIX),
    (r"Here $\circ$ is the entrywise product.", Convention.CIRC_HADAMARD),
    (r"记号 $\circ$ 表示逐元素乘积。", Convention.CIRC_HADAMARD),
    (r"上标 $\mathrm t$ 一律表示转置。", Convention.T_TRANSPOSE),
    ("The operator vec stacks the rows of its argument.", Convention.VEC_ROWS),
    ("Functions of one variable act entry by entry.", Convention.ELEMENTWISE_FUNCTIONS),
    (r"All matrices in this section are square of order $n$.", Convention.SQUARE_MATRICES),
    ("出现逆的地方默认可逆。", Convention.INVERTIBLE),
]


@pytest.mark.parametrize(("text", "convention"), CONVENTIONS)
def test_convention(text: str, convention: Convention) -> None:
    assert convention.name in said(text)


@pytest.mark.parametrize(
    "text",
    [
        "There are two conventions, called numerator layout and denominator layout.",
        "Some authors use numerator layout.",
        "有两种记法，即分子布局与分母布局。",
        "We do not use Einstein summation here.",
        "The operator vec stacks the columns, not the rows, of its argument.",
    ],
)
def test_explaining_declares_nothing(text: str) -> None:
    assert not any(isinstance(f, ConventionFact) for f in read(text)[1])


def test_square_convention_names_its_order() -> None:
    facts = read(r"Every matrix here is square of order $n$.")[1]
    assert [f.detail for f in facts if isinstance(f, ConventionFact)] == ["n"]


def view(text: str) -> tuple[ContextView, list[int]]:
    document, facts = read(text)
    displays = [i for i, item in enumerate(document.items) if isinstance(item, MathBlock) and item.display]
    return ContextView(facts, frozenset(displays)), displays


def test_condition_holds_for_the_next_display_only() -> None:
    seen, (first, second) = view(
        "# T\n\n## One\n\nIf $A$ is symmetric,\n$$\na\n$$\nOtherwise nothing is known.\n$$\nb\n$$\n"
    )
    assert "symmetric" in seen.at(first).properties_of("A")
    assert "symmetric" not in seen.at(second).properties_of("A")


@pytest.mark.parametrize("words", ["where $A$ is symmetric.", "其中 $A$ 为对称矩阵。"])
def test_where_binds_back(words: str) -> None:
    seen, (first, second) = view(f"## One\n\nLong ago.\n\n$$\na\n$$\n\nBetween.\n\n$$\nb\n$$\n\n{words}\n")
    assert "symmetric" not in seen.at(first).properties_of("A")
    assert "symmetric" in seen.at(second).properties_of("A")


def test_scope_ends_with_the_section() -> None:
    seen, (first, second) = view(
        "# T\n\n## One\n\nLet $A$ be $m\\times n$.\n$$\na\n$$\n\n## Two\n\nMore.\n$$\nb\n$$\n"
    )
    assert seen.at(first).shape_of("A") is not None
    assert seen.at(second).shape_of("A") is None


def test_notation_section_reaches_everywhere() -> None:
    seen, displays = view(
        "# T\n\n## One\n\n$$\na\n$$\n\n## Notation\n\n$A$ is $m\\times n$.\n\n## Two\n\n$$\nb\n$$\n"
    )
    assert seen.at(displays[1]).shape_of("A") is not None


def test_nearest_earlier_declaration_wins_and_opens_a_new_life() -> None:
    text = "Let $A$ be a symmetric $n\\times n$ matrix.\n$$\na\n$$\n\nLet $A$ be an $m\\times n$ matrix.\n$$\nb\n$$\n"
    seen, (first, second) = view(text)
    one, two = seen.at(first).shape_of("A"), seen.at(second).shape_of("A")
    assert one is not None and (one.rows, one.cols) == ("n", "n")
    assert two is not None and (two.rows, two.cols) == ("m", "n")
    assert "symmetric" in seen.at(first).properties_of("A")
    assert "symmetric" not in seen.at(second).properties_of("A")


def test_members_of_a_family_share_what_is_said() -> None:
    seen, (display,) = view(
        "Let $x_n\\in\\mathbb R^D$ and let $I_k$ be the identity matrix of order $k$.\n$$\na\n$$\n"
    )
    shape = seen.at(display).shape_of("x_i")
    assert shape is not None and shape.rows == "D"
    assert seen.at(display).shape_of("I_m") is None
    meaning = seen.at(display).meaning_of("I_m")
    assert meaning is not None and meaning.word == "identity"


def test_parts_of_a_shape_are_put_together() -> None:
    seen, (display,) = view(
        "Let $b$ be a column vector. The length of it matters: $b$ has length $q$, of length $q$.\n$$\na\n$$\n"
    )
    shape = seen.at(display).shape_of("b")
    assert shape is not None and shape.kind == "column"


def test_square_does_not_merge_with_a_rectangular_size() -> None:
    text = "For a square matrix $M$ we know this.\n\nSuppose $M \\in \\mathbb{R}^{m \\times n}$.\n\n$$ M = M $$\n"
    document, facts = read(text)
    item = next(i for i, x in enumerate(document.items) if isinstance(x, MathBlock) and x.display)
    shape = ContextView(facts, frozenset({item})).at(item).shape_of("M")
    assert shape is not None
    assert (shape.kind, shape.rows, shape.cols) == ("matrix", "m", "n")


@pytest.mark.parametrize(
    ("text", "there"),
    [
        ("Suppose $u \\perp v$ in the plane.", {"hypothesis", "taint u", "taint v"}),
        ("Suppose they are orthogonal, i.e. $u^T v = 0$.", {"hypothesis", "taint u", "taint v"}),
        ("假设二者正交，即 $u^T v = 0$。", {"hypothesis", "taint u", "taint v"}),
        ("The operator $\\operatorname{vec}$ stacks the *rows* of a matrix.", {"VEC_ROWS"}),
        ("The symbol $\\delta$ denotes a first variation.", {"\\delta means variation"}),
        ("Here $r$ and $s$ are elements of a field of characteristic $p$.", {"taint r", "taint s"}),
        ("For $G \\in \\mathbb{S}^n_{++}$ this holds.", {"G is spd", "G square n n"}),
    ],
)
def test_what_is_supposed(text: str, there: set[str]) -> None:
    assert there <= said(text)


def test_a_formula_that_names_its_set_says_its_shape_itself() -> None:
    facts = said("where $D \\in \\mathbb{R}^{m \\times n}$ is a diagonal matrix.")
    assert {"D matrix m n", "D is diagonal"} <= facts
    assert "D square" not in facts


def test_a_product_is_described_not_its_factors() -> None:
    assert "P square" not in said("For matrices $P$, $Q$, $PQ$ a square matrix, this holds.")
    assert {"P square", "Q square"} <= said("Let $P$ and $Q$ be square matrices.")


def test_a_property_of_a_set_reaches_as_far_as_the_shape() -> None:
    _, facts = read("For $G \\in \\mathbb{S}^n$ we have\n\n$$ a = b $$\n\nand later\n\n$$ c = d $$\n")
    (prop,) = (f for f in facts if isinstance(f, PropertyFact))
    (shape,) = (f for f in facts if isinstance(f, ShapeFact))
    assert prop.scope == shape.scope


def test_a_vector_is_never_positive_definite() -> None:
    text = "Let $w$ be a unit vector.\n\n$$ w = w $$\n\nSo $w$ is an eigenvector of the covariance matrix $w$.\n"
    document, facts = read(text)
    item = next(i for i, x in enumerate(document.items) if isinstance(x, MathBlock) and x.display)
    assert "spd" in {f.prop for f in facts if isinstance(f, PropertyFact)}
    assert set(ContextView(facts, frozenset({item})).at(item).properties_of("w")) == {"unit"}


@pytest.mark.parametrize("formula", ["d(X^{-1}) = -X^{-1} (dX) X^{-1}", "d(X) = X", "f(X^2) = X^4"])
def test_rules_are_no_definitions(formula: str) -> None:
    assert not any(isinstance(f, DefinitionFact) for f in read(f"We use ${formula}$ below.")[1])


@pytest.mark.parametrize(
    ("display", "there"),
    [
        (r"A \in \mathbb{R}^{m\times n}, \quad x \in \mathbb{R}^n", {"A matrix m n", "x vector n"}),
        (r"P:\; z \sim \mathcal{N}(\mu, \Sigma_1)", {r"\Sigma_1 is spd"}),
        (r"e \sim \mathcal{N}(0, \sigma^2 V)", {"V is spd", "e is random"}),
        (r"d g(Z) = g'(Z)\circ dZ \quad\text{where $g$ is an element-wise function}", {"g elementwise"}),
        (r"f = x^T B x, \text{ where } B = B^T, B\in \mathbb{R}^{n\times n}", {"B is symmetric", "B square n n"}),
        (r"f = x^T C x, \text{ for symmetric } C", {"C is symmetric"}),
        (r"f = x^T D x \quad (D \in \mathbb{R}^{n\times n})", {"D square n n"}),
        (r"f = x^T h \qquad\forall h\in \mathbb{R}^n", {"h vector n"}),
        (r"a = b, \text{ where } u = Mv", {"definition marked"}),
    ],
)
def test_displays_declare_too(display: str, there: set[str]) -> None:
    assert there <= said(f"We have\n\n$$ {display} $$\n")


@pytest.mark.parametrize("display", [r"a = b \text{ if } t = 0", "C = C^T", r"u^T v = 0", "y = Mx"])
def test_equations_of_displays_are_claims(display: str) -> None:
    assert not said(f"We have\n\n$$ {display} $$\n")


def test_a_condition_ends_with_its_paragraph() -> None:
    near = "If $G$ is symmetric, this is shorter.\n\n$$ a = b $$\n\n$$ c = d $$\n"
    far = "If $G$ is symmetric, then $-G$ is.\n\nAnother paragraph says\n\n$$ a = b $$\n"
    for text, holds in ((near, True), (far, False)):
        document, facts = read(text)
        item = next(i for i, x in enumerate(document.items) if isinstance(x, MathBlock) and x.display)
        place = ContextView(facts, frozenset({item})).at(item)
        assert ("symmetric" in place.properties_of("G")) is holds


def test_compositions_and_products_defined_by_displays() -> None:
    facts = said("For the composition $w\\to x\\to y$ we have a rule.")
    assert {"x(w)", "y(x)"} <= facts
    text = "Define the Khatri-Rao product\n\n$$ P \\odot V := [p_1 \\otimes v_1, \\dots, p_s \\otimes v_s] $$\n"
    assert "KHATRI_RAO" in said(text)


@pytest.mark.parametrize(
    ("text", "there"),
    [
        ("Let $G$ be the $N\\times D$ matrix whose rows are $g_n^T$.", "g means rows G"),
        ("where the $n$th row of $G$ is $g_n^T$", "g means rows G"),
        ("where $G$ is a matrix whose columns are the vectors $h_j$", "h means columns G"),
        ("Stack the $g_n$ as rows of the design matrix $G$.", "g means rows G"),
        ("Let $G\\in\\mathbb R^{m\\times n}$ with columns $h_1,\\dots,h_n$.", "h means columns G"),
        ("Here $h_j$ is the $j$-th column of $G$.", "h means columns G"),
        ("设 $G$ 的第 $n$ 行为 $g_n^T$。", "g means rows G"),
        ("其中 $h_j$ 是 $G$ 的第 $j$ 列。", "h means columns G"),
    ],
)
def test_rows_and_columns(text: str, there: str) -> None:
    assert there in said(text)


def test_no_rows_where_none_are_named() -> None:
    assert not any("rows" in f for f in said("The rows of $G$ are linearly independent of $g_i$."))


@pytest.mark.parametrize("text", ["Differentiating $Q^TQ=I$ gives this.", "Hence $Q^TQ=I$.", "We know $Q^TQ=I$."])
def test_orthonormal_columns_however_they_are_told(text: str) -> None:
    assert "Q is orthonormal" in said(text)


@pytest.mark.parametrize("formula", [
    r"x = (x_1, \dots, x_n)^T",
    r"x = [x_1, \ldots, x_n]",
    r"x = \{x_1, \ldots, x_n\}",
    r"x = \begin{bmatrix} x_1 \\ \vdots \\ x_n \end{bmatrix}",
])  # fmt: skip
def test_a_vector_written_out_is_no_definition(formula: str) -> None:
    for text in (f"We have ${formula}$ here.", f"We have\n\n$$ {formula} $$\n"):
        facts = said(text)
        assert "x vector" in facts
        assert not any("definition" in f for f in facts)


def test_normal_vectors() -> None:
    facts = said(r"Let $z \sim \mathcal{N}(\mu, \Sigma)$ and $u \sim \mathcal{N}(0, \sigma^2)$.")
    assert {"z vector", r"\mu vector", r"\Sigma is spd"} <= facts
    assert "u vector" not in facts


def test_sizes_of_a_normal_law() -> None:
    text = (
        "Let $W$ be an $n$-dimensional random vector.\n\n$$ P: \\; W \\sim \\mathcal{N}(\\mu, \\Sigma) \\text{ and } "
        "U \\sim \\mathcal{N}(\\nu, K) $$\n"
    )
    facts = said(text)
    assert {"W vector n", "\\Sigma square n n", "\\mu vector n", "K is spd", "\\nu vector"} <= facts
    assert not any(f.startswith("K square") for f in facts)
