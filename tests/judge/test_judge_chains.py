"""What a link says together with what stands around it: unread members between, equations before."""

from __future__ import annotations

import pytest

from derivcheck import check_text
from derivcheck.report.model import LinkReport
from derivcheck.verdict import Verdict


def links(text: str, path: str = "note.md") -> list[LinkReport]:
    report = check_text(text, path=path)
    assert report.error is None
    return [link for equation in report.equations for link in equation.links]


def findings(text: str) -> list[LinkReport]:
    return [link for link in links(text) if link.verdict.is_finding]


def test_members_are_compared_across_what_is_unread() -> None:
    said = "Let $a, b$ be real numbers.\n\n"
    (found,) = findings(said + r"$$(a+b)^2 = \unheard{a}{b} = \unheard{b}{a} = a^2 + b^2$$" + "\n")
    assert (found.lhs, found.rhs) == ("(a+b)^2", "a^2 + b^2")
    assert not findings(said + r"$$(a+b)^2 = \unheard{a}{b} = a^2 + 2ab + b^2$$" + "\n")


def test_what_is_unread_may_say_what_a_new_symbol_means() -> None:
    assert not findings("Let $a, b$ be real numbers.\n\n" + r"$$a + b = \unheard{a}{c} = a - c$$" + "\n")


SOLVED = "Let $A\\in\\mathbb R^{{n\\times n}}$, $s, r\\in\\mathbb R^n$. The step is chosen such that\n\n$$\n{}\n$$\n\nHence\n\n$$\n{}\n$$\n"


def test_a_solution_is_held_against_its_equation() -> None:
    equation = r"(r - \alpha A s)^\top s = 0"
    (found,) = findings(SOLVED.format(equation, r"\alpha = -\frac{r^\top s}{s^\top A^\top s}"))
    assert found.message == r"wrong sign: `\frac{r^\top s}{s^\top A^\top s}`"
    assert [note.message for note in found.notes] == ["as it stands it does not solve the equation before it"]
    assert not findings(SOLVED.format(equation, r"\alpha = \frac{r^\top s}{s^\top A^\top s}"))


def test_a_solution_may_rest_on_more_than_the_equation_before() -> None:
    assert not findings(SOLVED.format(r"(r - \alpha A s)^\top s = 0", r"\alpha = \frac{1}{s^\top A s}"))


def test_another_case_is_no_solution() -> None:
    text = SOLVED.format(r"(r - \alpha A s)^\top s = 0", r"\alpha = \frac{r^\top s}{s^\top s} s^\top A s")
    assert not findings(text.replace("Hence", "If however A is singular, let"))


@pytest.mark.parametrize(
    ("right", "wrong"),
    [
        (r"v = (X^\top X)^{-1}X^\top y", r"v = (XX^\top)^{-1}X^\top y"),
        (r"q = w^\top X^\top y", r"q = w^\top X y"),
        (r"L(w) = \|Xw - y\|^2", r"L(w) = \|Xw - w\|^2"),
    ],
)
def test_a_definition_must_have_shapes(right: str, wrong: str) -> None:
    said = "Let $X\\in\\mathbb R^{n\\times d}$, $w\\in\\mathbb R^d$ and $y\\in\\mathbb R^n$.\n\n"
    assert [link.verdict for link in links(f"{said}$$\n{right}\n$$\n")] == [Verdict.DEFINITION]
    assert [link.verdict for link in links(f"{said}$$\n{wrong}\n$$\n")] == [Verdict.ILL_SHAPED]


def test_an_example_may_have_sizes_of_its_own() -> None:
    text = "Let $M\\in\\mathbb R^{n\\times n}$. For instance\n\n$$\nM = \\begin{pmatrix}1&2\\\\0&1\\end{pmatrix}\n$$\n"
    assert not findings(text)


def test_a_subscript_may_tell_which_vector() -> None:
    text = "Let $x\\in\\mathbb R^n$, $y\\in\\mathbb R^p$ and let $H$ be $p\\times n$.\n\n$$\n{}\n$$\n"
    assert not findings(text.format(r"y_k = H x_k + e_k"))
    assert not findings(text.format(r"H x_k + e_k = y_k"))
    assert [v.verdict.is_finding for v in links(text.format(r"H(x_k + x_{k+1}) = Hx_k + 2Hx_{k+1}"))] == [True]


def test_a_repair_makes_no_factor_of_a_function() -> None:
    text = "Here $\\beta(b) = c$ for a map $\\beta$.\n\n$$\n\\beta(b + p(a)) = \\beta b + \\beta p a\n$$\n"
    assert not findings(text)


def test_a_tag_may_hold_dollars() -> None:
    text = "\\[\n 1 + 1 = 3.\\tag{$*$}\n\\]\nand\n\\[ 1 + 2 = 3 \\]\n"
    assert [link.verdict.is_finding for link in links(text, "note.tex")] == [True, False]
    assert len(links("$$\n 1 + 1 = 3 \\tag{$*$}\n$$\n\n$$\n1 + 2 = 3\n$$\n")) == 2


def test_a_reason_given_behind_a_display_holds_in_it() -> None:
    text = "Then\n\n$$\nps^2 - s + q = (ps - q)(s - 1),\n$$\n\nnoting that $p = 1 - q$.\n"
    assert not findings(text)
    assert findings(text.replace("ps - q", "ps + q"))


def test_weights_that_add_up_to_one_are_no_free_numbers() -> None:
    text = "$$\n\\sum{w_i} = 1, \\qquad \\sum{v_j} = 1\n$$\n\nThus\n\n$$\n\\frac{w_iv_j}{\\sum_j w_iv_j} = \\frac{w_iv_j}{w_i}\n$$\n"
    assert not findings(text)


def test_a_function_repaired_by_itself_is_no_repair() -> None:
    text = "By division $f(t) = (t - a)g(t) + r(t)$ with a constant $r$. At $a$\n\n$$\nf(a) = (a - a)g(a) + r(a)\n$$\n"
    assert not findings(text)
