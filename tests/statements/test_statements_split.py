"""Displays as chains of links, written compactly: `|` between chains, `!` before a condition."""

from __future__ import annotations

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from derivcheck.documents.model import Flavour, Macro, MathBlock, Span
from derivcheck.documents.read import read_document
from derivcheck.notation.tree import Empty
from derivcheck.statements.model import Chain, Connective, Display, RelationKind
from derivcheck.statements.split import read_display, read_displays

_TIES = {Connective.NONE: "", Connective.IMPLIES: "=> ", Connective.IFF: "<=> ", Connective.CONDITION: "! "}


def read(text: str, *macros: Macro, env: str = "$$") -> Display:
    block = MathBlock(True, env, text, range(len(text) + 1), Span(0, len(text)))
    return read_display(block, {m.name: m for m in macros})


def written(chain: Chain) -> str:
    parts = [" ".join(chain.members[0].latex.split())]
    for relation, member in zip(chain.relations, chain.members[1:], strict=True):
        parts += [relation.latex, " ".join(member.latex.split())]
    return _TIES[chain.connective] + " ".join(p or "ø" for p in parts)


def split(text: str, env: str = "$$") -> str:
    return " | ".join(written(c) for c in read(text, env=env).chains)


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("a = b = c", "a = b = c"),
        ("a + b.", "a + b"),
        ("", ""),
        (r"a &= b \\ &= c", "a = b = c"),
        (r"1)& \; a = b \\ 2)& \; c = d", "a = b | c = d"),
        (r"\begin{mysystem} a = b \\ c = d \end{mysystem}", "a = b | c = d"),
        (r"a = \begin{myvalues} 1 & b = c \end{myvalues}", r"a = \begin{myvalues} 1 & b = c \end{myvalues}"),
        (r"a =& b \\ =& c", "a = b = c"),
        (r"a &=& b \\ &=& c", "a = b = c"),
        (r"a & = & b + \\ & & c", "a = b + c"),
        (r"a = \\ b", "a = b"),
        (r"a \\ = b", "a = b"),
        (r"a &= b \\ &+ c \\ &\quad - d", r"a = b + c \quad - d"),
        (r"a &= b \\ &\times c", r"a = b \times c"),
        (r"a &= b \cdot \\ &\quad c", r"a = b \cdot \quad c"),
        (r"a &= b( \\ & c + d) \\ &= e", r"a = b( c + d) = e"),
        (r"a &= b( \\ &= e", r"a = b( = e"),
        (r"a &= b \\ c &= d", "a = b | c = d"),
        (r"a &= b \\ -c &= d", "a = b | -c = d"),
        (r"a &= b \\ &\quad - c = d", r"a = b \quad - c = d"),
        (r"a &= b, & c &= d \\ &= e & &= f", "a = b = e | c = d = f"),
        (r"a &= b & c &= d", "a = b | c = d"),
        (r"a &= b && \text{by parts of } x \\ &= c", "a = b = c"),
        (r"\begin{aligned} a &= b \\ &= c \end{aligned}", "a = b = c"),
        (r"x = \begin{aligned}[t] a \\ &= b\end{aligned}", "x = a = b"),
        (r"\begin{array}{rcl} a &=& b \\ &=& c\end{array}", "a = b = c"),
        (r"a \label{x} &= b, \nonumber \\ c &= d. \tag{1}", "a = b | c = d"),
        (r"a = b, \\ c = d;", "a = b | c = d"),
    ],
)
def test_rows(text: str, expected: str) -> None:
    assert split(text) == expected


def test_multline_rows_go_on() -> None:
    assert split(r"a + b \\ c = d", env="multline") == "a + b c = d"
    assert split(r"a + b \\ c = d") == "a + b | c = d"


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("a = b, c = d", "a = b | c = d"),
        (r"a = b, \qquad c = d", "a = b | c = d"),
        (r"a = b \quad c = d", "a = b | c = d"),
        (r"a = b; c = d", "a = b | c = d"),
        (r"a = b \text{ and } c = d", "a = b | c = d"),
        ("f(x,y) = z", "f(x,y) = z"),
        ("x = 1, 2, 3", "x = 1, 2, 3"),
        (r"a, b \in R", r"a, b \in R"),
        (r"i = 1, \dots, n", r"i = 1, \dots, n"),
        (r"x_i = 0, \quad i = 1, \dots, n", r"x_i = 0 | ! i = 1, \dots, n"),
        (r"a = b \implies c = d", "a = b | => c = d"),
        (r"a = b \iff c = d", "a = b | <=> c = d"),
        (r"a = b \quad\rightarrow\quad c = d", "a = b | => c = d"),
        (r"a = b, \text{ hence } c = d", "a = b | => c = d"),
        (r"a = b 故 c = d", "a = b | => c = d"),
        (r"a = b \quad \text{if } x \neq 0", r"a = b | ! x \neq 0"),
        (r"a = b \text{ if and only if } c = d", "a = b | <=> c = d"),
        (r"a = b，其中 c = d", "a = b | ! c = d"),
        (r"a = b \quad (r \ne 1)", r"a = b | ! r \ne 1"),
        (r"a = b, (t \to 0)", r"a = b | ! t \to 0"),
        (r"a = b (r + 1)", "a = b (r + 1)"),
        (r"a = b \; (r \ne 1)", r"a = b | ! r \ne 1"),
        (r"a = P(X = 1)", "a = P(X = 1)"),
        (r"a = b, c = d, \ldots", "a = b | c = d"),
        (r"a = b \text{ with } c = d, e = f", "a = b | ! c = d | ! e = f"),
        (r"\text{if } c = d, \quad e = f", "! c = d | e = f"),
        (r"f(x) \\ \text{s.t. } & c = d \\ & e = f", "f(x) | ! c = d | ! e = f"),
        (r"(1) \quad a = b", "a = b"),
        (r"a = b \quad (3)", "a = b"),
        (r"a = b \; \forall i \in S", r"a = b | ! \forall i \in S"),
        (r"\max_x \quad f(x) = 3", r"\max_x \quad f(x) = 3"),
        (r"P(X = x) = p", "P(X = x) = p"),
        (r"\sum_{i=1}^n a = b^{c=d}", r"\sum_{i=1}^n a = b^{c=d}"),
        (r"\{x : x > 0\} = S", r"\{x : x > 0\} = S"),
        (r"\left.f\right|_{x=0} = 1", r"\left.f\right|_{x=0} = 1"),
        (r"\underbrace{a = b}_{=c} = d", r"\underbrace{a = b}_{=c} = d"),
        (
            r"f = \begin{cases} 1 & x = 0 \\ 2 & x > 0\end{cases}",
            r"f = \begin{cases} 1 & x = 0 \\ 2 & x > 0\end{cases}",
        ),
        (r"\left\{\begin{aligned} a&=b\\ c&=d\end{aligned}\right.", "a = b | c = d"),
        (r"\begin{cases} a = b \\ c = d\end{cases}", "a = b | c = d"),
        (r"{\small a = b}", "a = b"),
        (r"\boxed{a = b}", "a = b"),
        (r"a = \boxed{b}", r"a = \boxed{b}"),
        (r"a &= b && \text{use } c \text{ here} \\ &= d", "a = b = d"),
        (r"a = & \left( b + \right. \\ & \left. c \right)", r"a = \left( b + \right. \left. c \right)"),
        (r"a &= b && c = d", "a = b | c = d"),
        (r"a {=} b", "a {=} b"),
        (r"{ a = b", "{ a = b"),
        (r"a } = b", "a } = b"),
        (r"= b", "ø = b"),
        (r"a =", "a = ø"),
        (r"x = \text{number of heads}", r"x = \text{number of heads}"),
    ],
)
def test_statements(text: str, expected: str) -> None:
    assert split(text) == expected


@pytest.mark.parametrize(
    ("sign", "kind"),
    [
        ("=", RelationKind.EQUAL),
        (":=", RelationKind.DEFINE),
        (": =", RelationKind.DEFINE),
        ("=:", RelationKind.DEFINE),
        (r"\coloneqq", RelationKind.DEFINE),
        (r"\triangleq", RelationKind.DEFINE),
        (r"\mathrel{\mathop:}=", RelationKind.DEFINE),
        (r"\overset{\mathrm{def}}{=}", RelationKind.DEFINE),
        (r"\stackrel{\triangle}{=}", RelationKind.DEFINE),
        (r"\stackrel\Delta=", RelationKind.DEFINE),
        (r"\stackrel{(a)}{=}", RelationKind.EQUAL),
        (r"\overset{(a)}{\underset{b}{=}}", RelationKind.EQUAL),
        (r"\xlongequal[x]{y}", RelationKind.EQUAL),
        (r"\stackrel{d}{=}", RelationKind.OTHER),
        (r"\overset{?}{=}", RelationKind.OTHER),
        (r"\stackrel{(b)}{\le}", RelationKind.LESS_EQUAL),
        (r"\equiv", RelationKind.EQUIV),
        (r"\not=", RelationKind.NOT_EQUAL),
        (r"\neq", RelationKind.NOT_EQUAL),
        (r"\leqslant", RelationKind.LESS_EQUAL),
        ("<=", RelationKind.LESS_EQUAL),
        (r"\approx", RelationKind.APPROX),
        (r"\propto", RelationKind.PROPORTIONAL),
        (r"\gets", RelationKind.ASSIGN),
        (r"\in", RelationKind.OTHER),
        (r"\sim", RelationKind.OTHER),
        (r"\prec", RelationKind.OTHER),
    ],
)
def test_relation_signs(sign: str, kind: RelationKind) -> None:
    text = f"a {sign} b"
    (chain,) = read(text).chains
    (relation,) = chain.relations
    assert relation.kind is kind
    if "mathrel" not in sign:
        assert relation.latex == sign
    assert text[relation.start : relation.end] == relation.latex
    assert [m.latex for m in chain.members] == ["a", "b"]


def test_words_are_kept() -> None:
    first, second = read(r"a = b \quad \text{for all } i, \qquad \text{where } c = d").chains
    assert (first.words, second.words) == ("for all $i$", "where")
    assert second.connective is Connective.CONDITION


def test_a_label_is_words() -> None:
    (chain,) = read(r"a = b \qquad (3)").chains
    assert chain.words == "(3)"


def test_members_are_written_as_in_the_source() -> None:
    macro = Macro(r"\tr", 1, r"\operatorname{tr}(#1)")
    (chain,) = read(r"\tr{A} &= \bigl(\tr B\bigr)", macro).chains
    assert [m.latex for m in chain.members] == [r"\tr{A}", r"\bigl(\tr B\bigr)"]


def test_a_missing_side_is_empty() -> None:
    (chain,) = read("= b").chains
    assert chain.members[0].node == Empty()


def test_too_large() -> None:
    assert read("a + " * 20_000).unparsed == "too large"


ALPHABET = st.sampled_from(
    [*"ab1.,;:=<>+-&^_{}[]()|'\\ \n", "\\\\", r"\frac", r"\left(", r"\right)",
     r"\text{if }", r"\begin{aligned}",
     r"\end{aligned}", r"\quad", r"\stackrel", r"\begin{cases}", r"\end{cases}",
     r"\implies", r"\forall", r"\text{x y}",
     r"\left\{", r"\right.", r"\le", "其中", r"\max", r"\rightarrow", r"\begin{array}{l}",
     r"\end{array}", r"\dots"]
)  # fmt: skip


@settings(max_examples=200, deadline=None)
@given(st.lists(ALPHABET, max_size=40).map("".join))
def test_any_display_is_read(text: str) -> None:
    display = read(text)
    for chain in display.chains:
        assert len(chain.members) == len(chain.relations) + 1
        for relation in chain.relations:
            assert text[relation.start : relation.end] == relation.latex
        for member in chain.members:
            assert 0 <= member.start <= member.end <= len(text)


@settings(max_examples=100, deadline=None)
@given(
    st.lists(
        st.sampled_from(["a", "=", "&", "\\\\", ",", r"\quad", "+", r"\text{ if }", r"\implies"]), max_size=30
    )
)
def test_no_sign_is_lost(parts: list[str]) -> None:
    display = read(" ".join(parts))
    assert sum(len(c.relations) for c in display.chains) == parts.count("=")


@pytest.mark.parametrize(
    "text",
    [
        "{" * 9_000,
        "{" * 9_000 + "a = b" + "}" * 9_000,
        "(" * 9_000 + "a = b" + ")" * 9_000,
        r"\left(" * 6_000 + r"\right)" * 3_000,
        r"\begin{aligned}" * 9_000 + r"\end{aligned}" * 9_000,
        r"\begin{cases}" * 9_000 + "a=b" + r"\end{cases}" * 9_000,
        r"\stackrel{" * 6_000,
        r"a &= b \\ " * 3_000,
        r"a, " * 6_000,
        r"\text{if } a " * 5_000,
    ],
)
def test_deep_or_long_displays_are_read(text: str) -> None:
    read(text)


@pytest.mark.parametrize("text", [r"x^2 \equiv 1 \pmod p", r"a = b \mod n", r"a \equiv b \;(\mathrm{mod}\ n)"])
def test_congruences_are_not_decided(text: str) -> None:
    (chain,) = read(text).chains
    assert [r.kind for r in chain.relations] == [RelationKind.OTHER]


def test_a_remainder_is_a_number() -> None:
    (chain,) = read(r"7 \bmod 4 = 3").chains
    assert chain.relations[0].kind is RelationKind.EQUAL


def test_a_formula_that_occurs_again_keeps_its_own_block() -> None:
    document = read_document("Here $a = b$ and\n\n$$a = b$$\n\nand $a = b$.\n", path="", flavour=Flavour.MARKDOWN)
    read = read_displays(document)
    assert [len(d.chains) for d in read.values()] == [1, 1, 1]
    assert all(document.items[i] is d.block for i, d in read.items())
