"""What is said of symbols that the text defines, and what their use in the text shows of them."""

from __future__ import annotations

import pytest

from derivcheck import check_text
from derivcheck.report.model import LinkReport

_PROJECTION = "Let $Q = B(B^\\top B)^{-1}B^\\top$ where $B$ has full column rank."


def last(words: str, formula: str) -> LinkReport:
    return check_text(f"{words}\n\n$$\n{formula}\n$$\n", path="note.md").equations[-1].links[-1]


@pytest.mark.parametrize(
    ("words", "right", "wrong"),
    [
        (_PROJECTION, "Q^2 = Q", "Q^2 = I"),
        (_PROJECTION, r"Q^\top Q = Q", r"Q^\top Q = I"),
        ("Let $a, b \\in \\mathbb R^n$.", r"(a b^\top) a = a (b^\top a)", r"(a b^\top) a = (a^\top b) b"),
    ],
)
def test_a_claim_about_what_is_defined(words: str, right: str, wrong: str) -> None:
    assert last(words, right).verdict.value in ("proved", "verified")
    assert last(words, wrong).verdict.is_finding


def test_an_inner_product_where_an_outer_one_belongs() -> None:
    link = last("Let $a, b, x \\in \\mathbb R^n$.", r"a (b^\top x) = (a^\top b) x")
    assert link.repair is not None
    assert link.repair.new.replace(" ", "") == "ab^\\top"


def test_what_earlier_sections_define_in_several_ways_refutes_nothing() -> None:
    text = (
        "# The loss\n\nLet $A \\in \\mathbb R^{m\\times n}$ and $b \\in \\mathbb R^m$. We minimise\n\n"
        "$$\nf(x) = -\\tfrac12\\|Ax-b\\|^2{}\n$$\n\n# The gradient\n\n$$\n\\nabla f(x) = A^\\top(Ax-b)\n$$\n"
    )
    other = "\n$$\n\nor, with the other sign, minimise\n\n$$\nf(x) = \\tfrac12\\|Ax-b\\|^2"
    once, twice = (
        check_text(text.replace("{}", s), path="note.md").equations[-1].links[-1].verdict for s in ("", other)
    )
    assert once.is_finding
    assert not twice.is_finding


def test_a_definition_ends_where_its_symbols_become_other_things() -> None:
    first = "For a number $X \\in \\mathbb R$ put\n\n$$\ng_X(t) = e^{tX}, \\quad t \\in \\mathbb R.\n$$\n\n"
    text = first + "For a vector $X \\in \\mathbb R^n$ it is\n\n$$\ng_X(t) = e^{t^\\top X}, \\quad t \\in \\mathbb R^n.\n$$\n"
    assert not any(link.verdict.is_finding for e in check_text(text, path="n.md").equations for link in e.links)
    text = first + "Hence\n\n$$\ng_X(s + t) = g_X(s) + g_X(t).\n$$\n"
    assert check_text(text, path="n.md").equations[-1].links[0].verdict.is_finding
