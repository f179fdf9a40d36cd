"""Displays, inline formulas, prose and marks of whole documents; every character keeps its source offset."""

from __future__ import annotations

import time
from pathlib import Path

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from derivcheck.documents.model import (
    Annotation,
    Document,
    EnvironmentMark,
    Flavour,
    Heading,
    MathBlock,
    ParagraphBreak,
    Prose,
)
from derivcheck.documents.read import Loader, decode, file_loader, flavour_of, read_document


def markdown(text: str) -> Document:
    return checked(read_document(text, path="note.md", flavour=Flavour.MARKDOWN))


def latex(text: str, loader: Loader | None = None) -> Document:
    return checked(read_document(text, path="note.tex", flavour=Flavour.LATEX, loader=loader))


def checked(document: Document) -> Document:
    """Offsets point at the very characters that the text shows."""
    last = dict.fromkeys(range(len(document.sources)), 0)
    for item in document.items:
        source = document.sources[item.span.source].text
        assert 0 <= item.span.start <= item.span.end <= len(source)
        if isinstance(item, MathBlock | Prose):
            assert len(item.offsets) == len(item.text) + 1
            assert [source[k] for k in item.offsets[:-1]] == list(item.text)
            assert all(a < b for a, b in zip(item.offsets[:-2], item.offsets[1:-1], strict=True))
            assert item.span.start >= last[item.span.source]
            last[item.span.source] = item.span.start
    return document


def displays(document: Document) -> list[str]:
    return [i.text.strip() for i in document.items if isinstance(i, MathBlock) and i.display]


def inline(document: Document) -> list[str]:
    return [i.text for i in document.items if isinstance(i, MathBlock) and not i.display]


def prose(document: Document) -> str:
    return "".join(i.text for i in document.items if isinstance(i, Prose))


MARKDOWN_DISPLAYS = [
    ("$$\na=b\n$$\n", ["a=b"]),
    ("text right above\n$$a=b$$\nand below", ["a=b"]),
    ("text\n$$ a\n  = b.$$ (eq-one)\nmore", ["a\n  = b."]),
    ("$$\na\n$$ {#eq-one}\n\n$$\nb\n$$ :eqlabel:`eq_b`\n", ["a", "b"]),
    ("> quoted\n> $$\n> a > 0\n> $$\n> more", ["a > 0"]),
    ("- item\n  $$\n  - a\n  + b\n  $$\n- next", ["- a\n+ b"]),
    ("1. item\n\n   $$a=1$$\n", ["a=1"]),
    ("```math\na=b\n```\n", ["a=b"]),
    ("```{math}\n:label: eq\n\na=b\n```\n", ["a=b"]),
    (":::{math}\na=b\n:::\n", ["a=b"]),
    ("```{note}\n$$\na=b\n$$\n```\n", ["a=b"]),
    ("\\begin{align}\na &= b \\\\\n\n&= c\n\\end{align}\n", ["a &= b \\\\\n\n&= c"]),
    ("\\begin{alignat}{2} a &= b \\end{alignat}", ["a &= b"]),
    ("\\\\[\na=b\n\\\\]\n", ["a=b"]),
    ("\\[\na\n= b\n\\]\n", ["a\n= b"]),
    ("see \\[Smith, 1999\\] and \\[1\\]", []),
    ("see \\[ x^2 = y \\] here", ["x^2 = y"]),
    ("the total is:\n$$\na\n\n= b\n$$\n", ["a\n\n= b"]),
    ("so that $$\na = b\n$$\nholds", ["a = b"]),
    ("$$\na = b \\text{ if $x$ is } c\n$$", ["a = b \\text{ if $x$ is } c"]),
    ("---\ntitle: cost $$5\n---\n$$a$$\n", ["a"]),
    ("```python\n$$x$$\n```\n\n    $$y$$\n\n`$$z$$` <!-- $$w$$ -->\n", []),
    ("$$c\\_{ij} = a\\*b + \\text{n\\_x}$$", ["c_{ij} = a*b + \\text{n\\_x}"]),
    (
        "\\begin{align\\*}\ng\\_1 &= \\\\|h\\\\| \\\\\\\\\ng\\_2 &= \\\\{k\\\\}\n\\end{align\\*}",
        ["g_1 &= \\|h\\| \\\\\ng_2 &= \\{k\\}"],
    ),
    ("$$a$$\n{: .proof}\n\n$$b$$\n", ["a", "b"]),
    ("| $a$ | cost $5 |\n|---|---|\n| $b | $c$ |\n\n$$d$$\n", ["d"]),
    ("$x^T$$y$ and\n$$\nz\n$$", ["z"]),
    ("$$\r\na=b\r\n$$\r\n", ["a=b"]),
]  # fmt: skip


@pytest.mark.parametrize(("text", "expected"), MARKDOWN_DISPLAYS)
def test_markdown_displays(text: str, expected: list[str]) -> None:
    assert displays(markdown(text)) == expected


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("let $x$ be $ y $", ["x", " y "]),
        ("kramdown $$x$$ in a $$y=z$$ line", ["x", "y=z"]),
        ("$$x$$ starts a line, $$y$$ ends it", ["x", "y"]),
        ("it costs $5 and $10, or $20", []),
        ("from \\$3 to $x$", ["x"]),
        ("$a$$b$", ["a", "b"]),
        ("\\(x\\) and \\\\(y\\\\) (not \\(as it were\\))", ["x", "y"]),
        ("`$x$` and ``a ` $y$`` then $z$", ["z"]),
        ("$a \\text{ if $b$} c$", ["a \\text{ if $b$} c"]),
        ("| $a$ | $|b|$ |\n| $c$ | $d$ |", ["a", "|b|", "c", "d"]),
        ("$x$ 的 $y_i$。", ["x", "y_i"]),
        ("的$(AB)C $的第$(i,j)$个元素等于$A$", ["(AB)C ", "(i,j)", "A"]),
        ("two\n$x +\ny$ lines", ["x +\ny"]),
    ],
)  # fmt: skip
def test_markdown_inline(text: str, expected: list[str]) -> None:
    document = markdown(text)
    assert inline(document) == expected
    assert displays(document) == []


def test_an_unclosed_display_does_not_swallow_the_document() -> None:
    document = markdown("$$\na = b\n\nHere is $x$, in words.\n\n# Next\n\n$$\nc = d\n$$\n\nand $y$\n")
    assert displays(document) == ["c = d"]
    assert inline(document) == ["x", "y"]
    assert [p.message for p in document.problems] == ["unclosed $$"]


def test_a_bare_dollar_in_a_display_is_reported_and_flips_nothing() -> None:
    document = markdown("$$\na $b$ c\n$$\n\ntext\n\n$$\nd\n$$\n")
    assert displays(document) == ["d"]
    assert len(document.problems) == 1


def test_markdown_structure() -> None:
    document = markdown("# One\n\nFirst *word*\nand $x$.\n\nTwo\n---\n- item\n<!-- derivcheck: A is square -->\n")
    kinds = [type(i) for i in document.items if not isinstance(i, ParagraphBreak)]
    assert kinds == [Heading, Prose, MathBlock, Prose, Heading, Prose, Annotation]
    headings = [(i.text, i.level) for i in document.items if isinstance(i, Heading)]
    assert headings == [("One", 1), ("Two", 2)]
    assert prose(document).split("\n")[0] == "First word"
    assert [i.text for i in document.items if isinstance(i, Annotation)] == ["A is square"]


def test_theorem_like_blocks_of_markdown() -> None:
    document = markdown("::: {#thm-one}\n$$a$$\n:::\n\n```{prf:proof}\n$$b$$\n```\n")
    marks = [(i.name, i.opens) for i in document.items if isinstance(i, EnvironmentMark)]
    assert marks == [("theorem", True), ("theorem", False), ("proof", True), ("proof", False)]
    assert displays(document) == ["a", "b"]


def test_positions_in_a_quote() -> None:
    document = markdown("> text\n> $$\n> a = b\n> $$\n")
    block = next(i for i in document.items if isinstance(i, MathBlock))
    at = block.text.index("=")
    assert document.position(block.source_span(at, at + 1)) == (3, 5, 3, 6)
    assert document.position(block.span) == (2, 3, 4, 5)


LATEX_DISPLAYS = [
    ("\\[ a=b \\]", ["a=b"]),
    ("$$ a=b $$", ["a=b"]),
    ("\\begin{align*} a&=b\\\\[2pt] &=c \\end{align*}", ["a&=b\\\\[2pt] &=c"]),
    ("\\begin{subequations}\\begin{equation}a\\end{equation}\\end{subequations}", ["a"]),
    ("\\begin{equation}\\begin{split}a&=b\\end{split}\\end{equation}", ["\\begin{split}a&=b\\end{split}"]),
    ("\\begin{IEEEeqnarray}{rCl} a &=& b \\end{IEEEeqnarray}", ["a &=& b"]),
    ("\\[ a % = c\n = b\\% \\]", ["a \n = b\\%"]),
    ("% \\[ a \\]\n\\iffalse \\[ b \\] \\fi \\verb|\\[ c \\]| \\[ d \\]", ["d"]),
    ("\\begin{verbatim}\\[a\\]\\end{verbatim}\\[b\\]\\end{document}\\[c\\]", ["b"]),
    ("\\iffalse\\ifx a\\[b\\]\\fi c\\else\\[d\\]\\fi", ["d"]),
    ("\\newcommand{\\be}{\\begin{equation}}\\newcommand{\\ee}{\\end{equation}}\\be a=b\\ee", ["a=b"]),
    ("\\def\\beq{\\[}\\def\\eeq{\\]}\\beq a=b\\eeq", ["a=b"]),
    ("\\newcommand{\\ALI}[1]{\\begin{align}#1\\end{align}}\\ALI{a&=b}", ["a&=b"]),
    ("\\newcommand{\\eqn}[2]{\\begin{equation}\\label{#1}#2\\end{equation}}\\eqn{k}{a=b}", ["a=b"]),
    ("\\newenvironment{eq}{\\begin{equation}}{\\end{equation}}\\begin{eq}a\\end{eq}", ["a"]),
    ("\\[ a \\text{ if $x$} \\]", ["a \\text{ if $x$}"]),
    ("\\[ a\n\n\\[ b \\]", ["b"]),
    ("\\documentclass{a}\\newcommand{\\x}{\\[y\\]}\\begin{document}\\[z\\]\\end{document}", ["z"]),
]  # fmt: skip


@pytest.mark.parametrize(("text", "expected"), LATEX_DISPLAYS)
def test_latex_displays(text: str, expected: list[str]) -> None:
    assert displays(latex(text)) == expected


def test_latex_structure() -> None:
    document = latex(
        "\\newtheorem{thm}{Theorem}\\section{On \\emph{x}}\nLet \\emph{some} $x$ be \\(y\\).\n\n"
        "\\begin{thm} Words. \\end{thm}% derivcheck: x > 0\n\\subsection{Two}\\item z"
    )
    assert [(i.name, i.opens) for i in document.items if isinstance(i, EnvironmentMark)] == [
        ("theorem", True),
        ("theorem", False),
    ]
    assert [i.level for i in document.items if isinstance(i, Heading)] == [1, 2]
    assert [i.text for i in document.items if isinstance(i, Annotation)] == ["x > 0"]
    assert inline(document) == ["x", "y"]
    assert "Let some " in prose(document)


def test_included_files_stand_where_they_are_read(tmp_path: Path) -> None:
    (tmp_path / "sub").mkdir()
    (tmp_path / "macros.tex").write_text("\\newcommand{\\R}{\\mathbb R}")
    (tmp_path / "sub" / "one.tex").write_text("\\[ one \\]\\input{two}\\input{sub/one}")
    (tmp_path / "sub" / "two.tex").write_text("\\[ two \\]")
    (tmp_path.parent / "outside.tex").write_text("\\[ no \\]")
    main = (
        "\\input{macros}\\begin{document}\\[ a \\]\\input{sub/one}\\[ b \\]"
        "\\input{../outside}\\input{/etc/passwd}\\end{document}"
    )
    document = latex(main, file_loader(tmp_path, tmp_path))
    assert displays(document) == ["a", "one", "two", "b"]
    assert [s.path for s in document.sources] == ["note.tex", "sub/one.tex", "sub/two.tex"]
    assert document.macros["\\R"].body == "\\mathbb R"
    assert len(document.problems) == 3


def test_macros_of_a_note_are_found_in_and_outside_of_math() -> None:
    document = markdown("$\\newcommand{\\R}{\\mathbb R}$\n\\def\\E#1{E[#1]}\n\n$$\\let\\a=\\alpha$$\n\n$$\\a$$\n")
    assert set(document.macros) == {"\\R", "\\E", "\\a"}
    assert displays(document) == ["\\a"]
    assert prose(document).strip() == ""


@pytest.mark.parametrize(
    ("data", "text", "noted"),
    [
        ("x = α".encode(), "x = α", False),
        (b"\xef\xbb\xbfx", "x", False),
        ("矩阵".encode("gb18030"), "矩阵", True),
        (b"caf\xe9", "caf\xe9", True),
        (b"a\0b", "", True),
        (b"a\rb\r\nc", "a\nb\r\nc", False),
    ],
)
def test_decode(data: bytes, text: str, noted: bool) -> None:
    decoded, note = decode(data)
    assert (decoded, note is not None) == (text, noted)


def test_flavours_and_binary_text() -> None:
    assert flavour_of("a/B.Rmd") is Flavour.MARKDOWN
    assert flavour_of("a.ltx") is Flavour.LATEX
    assert flavour_of("a.png") is None
    document = markdown("$$a$$\0")
    assert not document.items
    assert document.problems


PIECES = [
    "$", "$$", "\n", "\n\n", " ", "a", "=", "\\[", "\\]", "\\\\[", "\\\\]", "\\(", "\\)", "{", "}", "> ", "- ",
    "1. ", "# ", "```", "```math\n", "```{math}\n", ":::", "`", "<!--", "-->", "\\begin{align}", "\\end{align}",
    "\\text{", "%", "% derivcheck: x", "\\newcommand{\\a}[1]", "{b #1}", "\\def\\b#1.{", "\\let\\a\\b", "\\be",
    "\\newcommand{\\be}{\\begin{align}}", "|", "\\", "\\_", "---\n", "\r\n", "\t", "    ", "\\section{",
    "\\iffalse", "\\fi", "\\verb|", "\\begin{document}", "\\end{document}", "\\item", "矩阵", "*", "_", "{: .x}",
    "\\newenvironment{e}{\\begin{align}}{\\end{align}}", "\\begin{e}", "\\end{e}", "word word word word ",
]  # fmt: skip


@settings(max_examples=300, deadline=None)
@given(st.lists(st.sampled_from(PIECES) | st.text(max_size=4), max_size=40).map("".join))
def test_any_text_is_read(text: str) -> None:
    text = text.replace("\0", "")
    markdown(text)
    latex(text)


@pytest.mark.parametrize("flavour", Flavour)
@pytest.mark.parametrize(
    "piece",
    ["$$", "$$\n", "$$ a\n\n", "$ a", "\\[", "\\[\n", "\\(", "`a``", "<!--\n\n", "\\begin{align}\n", "$\\text{",
     "\\newcommand{\\a}{", "# ", "```math\n", "<pre>\n", "x $$\n\n", "a $$x$$ b ", "> $$\n", "\\def\\a{}$\\a$ "],
)  # fmt: skip
def test_time_is_linear(piece: str, flavour: Flavour) -> None:
    """100 kB of anything takes a fraction of a second; quadratic scanning took minutes."""
    text = piece * (100_000 // len(piece))
    began = time.process_time()
    read_document(text, path="x", flavour=flavour)
    assert time.process_time() - began < 5


@pytest.mark.parametrize("flavour", Flavour)
def test_a_line_of_ten_megabytes(flavour: Flavour) -> None:
    document = read_document("a" * 10_000_000 + " $x$", path="x", flavour=flavour)
    assert inline(document) == ["x"]


def test_files_that_multiply_are_cut_off() -> None:
    def loader(name: str) -> tuple[str, str]:
        depth = int(name)
        return name, f"\\[{depth}\\]" + f"\\input{{{depth + 1}}}" * 3

    document = latex("\\input{0}", loader)
    assert 0 < len(displays(document)) <= 500
    assert document.problems


def test_a_macro_that_is_a_formula_by_itself() -> None:
    document = latex("\\newcommand{\\mx}[1]{$\\mathbf{#1}$}\\def\\X{\\ensuremath{X}}let \\mx{A} and \\X be")
    assert inline(document) == ["\\mx{A}", "\\X"]
    assert (document.macros["\\mx"].body, document.macros["\\X"].body) == ("\\mathbf{#1}", "X")
