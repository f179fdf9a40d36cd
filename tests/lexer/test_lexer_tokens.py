"""Tokens of math blocks: what is dropped, what survives, where tokens stand."""

from __future__ import annotations

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from derivcheck.documents.model import Macro
from derivcheck.notation.lexer import tokenize
from derivcheck.notation.token import TokenKind


def words(text: str, *macros: Macro) -> list[str]:
    """Token texts; TEXT in quotes, NAME in angle brackets, environments with a sign."""
    marks = {
        TokenKind.TEXT: "'{}'", TokenKind.NAME: "<{}>", TokenKind.BEGIN: "+{}", TokenKind.END: "-{}",
        TokenKind.NEWLINE: "NL",
    }  # fmt: skip
    return [marks.get(t.kind, "{}").format(t.text) for t in tokenize(text, {m.name: m for m in macros})]


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        (r"a\,b\;c~d", "a b c d"),
        (r"a\quad b\qquad c", r"a \quad b \quad c"),
        (r"a\hspace{2em}b\hspace{1pt}c", r"a \quad b c"),
        (r"a\;\;\;\;b", r"a \quad b"),
        (r"a \\ b \\[2pt] c \\* d \cr e", "a NL b NL c NL d NL e"),
        (r"a \\ [b]", "a NL [ b ]"),
        (r"a \\[b]", "a NL [ b ]"),
        (r"x = y \label{eq:a} \tag{3} \tag*{z} \nonumber", "x = y"),
        (r"\text{if } x", "'if ' x"),
        (r"\text{a {b} $c$}", "'a {b} $c$'"),
        (r"\textbf{x}", r"\textbf { x }"),
        (r"\textit{for all}", "'for all'"),
        (r"\mathrm{if}\ x", "'if' x"),
        (r"\mathrm{tr} A", r"\mathrm { t r } A"),
        (r"\operatorname{tr}(A)", "<tr> ( A )"),
        (r"\operatorname*{arg\,max}_x", "<argmax> _ x"),
        (r"\mathop{\mathrm{Tr}} A", "<Tr> A"),
        (r"\mathop{\rm rank} A", "<rank> A"),
        (r"\bigl(a\bigr)", "( a )"),
        (r"\bigl|a\bigr|", r"\left | a \right |"),
        (r"a\bigr|_0", "a | _ 0"),
        (r"\bigl|a", "| a"),
        (r"\left.5x\right|", r"\left . 5 x \right |"),
        (r"a \not= b \not\in C", r"a \ne b \notin C"),
        (r"3.14 1,000", "3.14 1 , 000"),
        (r"\color{red}{x}+\textcolor{red}{y}", "x + y"),
        (r"\textcolor{red}{AB}^T", "{ A B } ^ T"),
        (r"\boxed{a = b}", "a = b"),
        (r"a &lt; b &amp; c", "a < b & c"),
        ("A ≤ B × α，其中 x", r"A \le B \times \alpha , '其中' x"),
        ("x² Aᵀ x₁", "x ^ { 2 } A ^ { T } x _ { 1 }"),
        ("𝐀 ℝ", r"\mathbf { A } \mathbb { R }"),
        (r"\begin{array}{@{}l@{}} a \end{array}", "+array a -array"),
        (r"\begin{aligned}[t] a \end{aligned}", "+aligned a -aligned"),
        (r"\begin{aligned} [a] \end{aligned}", "+aligned [ a ] -aligned"),
        (r"\newcommand{\foo}[1]{#1} a \def\b#1{x} c", "a c"),
        (r"a \kern-2pt b \hskip 1em c", r"a b \quad c"),
        (r"a \intertext{so} b", "a NL 'so' NL b"),
        ("1,...,n", r"1 , \dots , n"),
        ("\\", ""),
    ],
)
def test_tokens(text: str, expected: str) -> None:
    assert " ".join(words(text)) == expected


TR = Macro(r"\tr", 1, r"\operatorname{tr}(#1)")
E = Macro(r"\E", 2, r"E_{#1}[#2]", default="q")
DELIMITED = Macro(r"\pair", 2, "(#1;#2)", delimiters=("", ",", "."))
NORM = Macro(r"\norm", 1, r"\|#1\|", star=True)


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        (r"\tr{AB}", "<tr> ( A B )"),
        (r"\tr A", "<tr> ( A )"),
        (r"\tr 12", "<tr> ( 1 ) 2"),
        (r"\tr{\tr{A}}", "<tr> ( <tr> ( A ) )"),
        (r"\E{x}", "E _ { q } [ x ]"),
        (r"\E[p]{x}", "E _ { p } [ x ]"),
        (r"\pair a b,{c}.", "( a b ; c )"),
        (r"\norm*{x}", r"\| x \|"),
        (r"\norm[\Big]{x}", r"\| x \|"),
        (r"\tr", r"\tr"),
        (r"{\tr}", r"{ \tr }"),
        (r"\pair a", r"\pair a"),
    ],
)
def test_macros(text: str, expected: str) -> None:
    assert " ".join(words(text, TR, E, DELIMITED, NORM)) == expected


def test_places_of_expanded_tokens() -> None:
    text = r"x \tr{A} y"
    tokens = tokenize(text, {TR.name: TR})
    spans = {t.text: text[t.start : t.end] for t in tokens}
    assert spans == {"x": "x", "tr": r"\tr{A}", "(": r"\tr{A}", "A": "A", ")": r"\tr{A}", "y": "y"}


def test_default_of_an_optional_argument_stands_at_the_call() -> None:
    tokens = tokenize(r"aaaa \E{x}", {E.name: E})
    (default,) = [t for t in tokens if t.text == "q"]
    assert (default.start, default.end) == (5, 10)


def test_a_dropped_size_belongs_to_its_delimiter() -> None:
    token = tokenize(r"a\Bigl(b\Bigr)")[1]
    assert (token.text, token.start, token.end) == ("(", 1, 7)


@pytest.mark.parametrize(
    "macro",
    [
        Macro(r"\r", 0, r"x\r"),
        Macro(r"\r", 0, r"\r\r"),
        Macro(r"\r", 1, r"\r{#1#1}"),
        Macro(r"\r", 2, r"\r", delimiters=("", "a", "b")),
    ],
)
def test_recursive_macros_stop(macro: Macro) -> None:
    tokens = tokenize(r"\r{y}z a b a b", {macro.name: macro})
    assert any(t.text == r"\r" for t in tokens)
    assert len(tokens) < 200_000


ALPHABET = st.sampled_from(
    [*"ab1.,;=+-&^_{}[]()|'\\#$~ \n", "\\\\", r"\frac", r"\left", r"\right",
     r"\text{", r"\begin{aligned}", r"\quad",
     r"\end{aligned}", r"\tr", r"\bigl|", r"\bigr|", r"\color{red}",
     r"\stackrel", r"\not", r"\operatorname", "，", "设",
     r"\newcommand", r"\def", r"\hskip", r"\mathop", "²", "&lt;", r"\begin{array}",
     r"\mathrm{if}", r"\E", "∑"]
)  # fmt: skip


@settings(max_examples=150, deadline=None)
@given(st.lists(ALPHABET, max_size=40).map("".join))
def test_any_text_gives_tokens_within_it(text: str) -> None:
    tokens = tokenize(text, {TR.name: TR, E.name: E})
    assert all(0 <= t.start <= t.end <= len(text) for t in tokens)


@pytest.mark.parametrize(
    "text",
    [
        "{" * 10_000,
        "{" * 10_000 + "}" * 10_000,
        r"\text{" * 10_000,
        r"\boxed{" * 10_000 + "x" + "}" * 10_000,
        r"\tr{" * 10_000 + "}" * 10_000,
        r"\tr{" * 10_000,
        r"\newcommand{" * 5_000,
        r"\bigl|" * 10_000,
        " " * 50_000,
        r"\mathrm{" * 10_000,
        r"\color{a}[" * 5_000,
    ],
)
def test_deep_nesting_is_read(text: str) -> None:
    tokenize(text, {TR.name: TR})
