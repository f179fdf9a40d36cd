# ruff: noqa: E501 - a row per note reads better than wrapped notes
"""Whole notes as people write them: what once was flagged wrongly, passed wrongly, or went unread."""

from __future__ import annotations

import pytest
from checked import PASSES, verdicts

from derivcheck import check_text
from derivcheck.verdict import Verdict

ALL_HOLD = {
    "a function and its domain": "考虑标量函数$f(\\mathbf{x}),\\mathbf{x}\\in\\mathbb{R}^n$，\n\n$$\n\\mathrm{d}f=\\mathrm{tr}\\left(\\frac{\\partial f(\\mathbf{x})}{\\partial \\mathbf{x}^\\top}\\mathrm{d}\\mathbf{x}\\right)\n$$\n",
    "scalar functions of a matrix": "若$u(\\mathbf{Z}),v(\\mathbf{Z})$分别为矩阵$\\mathbf{Z}$的实值函数，\n\n$$\\frac{\\partial [u(\\mathbf{Z})/v(\\mathbf{Z})]}{\\partial \\mathbf{Z}}=\\frac{1}{v^2(\\mathbf{Z})}\\left[ v(\\mathbf{Z})\\frac{\\partial u(\\mathbf{Z})}{\\partial\\mathbf{Z}}-u(\\mathbf{Z})\\frac{\\partial v(\\mathbf{Z})}{\\partial\\mathbf{Z}}\\right]$$\n",
    "symmetry of a symbol with a subscript": "又$\\boldsymbol P_a=\\boldsymbol P_a^T$，则\n\n$$\\boldsymbol P_a^T\\boldsymbol v = \\boldsymbol P_a\\boldsymbol v$$\n",
    "an asterisk between arrays": "$$\n\\mathrm{d}\\sigma(\\mathbf{X})=\\sigma'(\\mathbf{X})* \\mathrm{d}\\mathbf{X}\n$$\n",
    "a one-hot vector": "其中$\\mathbf{t}$是one-hot向量，$\\mathbf{1}$为全1向量，$\\mathbf{t},\\mathbf{z}\\in\\mathbb{R}^k$。\n\n$$\n-\\mathbf{t}^\\top[\\mathbf{z}-\\mathbf{1}\\log(\\mathbf{1}^\\top\\exp(\\mathbf{z}))]=\\log(\\mathbf{1}^\\top\\exp(\\mathbf{z}))-\\mathbf{t}^\\top\\mathbf{z}\n$$\n",
    "hat and vee": "Let $\\omega\\in\\mathbb R^3$ and $p\\in\\mathbb R^3$.\n\n$$\\omega^\\wedge p = \\omega \\times p = -p^{\\wedge}\\omega = [\\omega]_\\times p$$\n\n$$(\\omega^\\wedge)^\\vee = \\omega$$\n",
    "a rotation carries the hat": "Let $R\\in SO(3)$ be a rotation matrix and $a\\in\\mathbb R^3$.\n\n$$R a^\\wedge R^T = (R a)^\\wedge$$\n",
    "commutators": "For square matrices $X$, $Y$, $Z$:\n\n$$[X,[Y,Z]]+[Z,[X,Y]]+[Y,[Z,X]]=0$$\n",
    "norms between parallel signs": "Let $a, b\\in\\mathbb R^n$.\n\n$$\\frac12\\parallel a-b\\parallel^2 = \\frac12 a^Ta - a^Tb + \\frac12 b^Tb$$\n",
    "a bold group with an inverse": "$$\\mathbf{PQ}^{-1}\\mathbf{QR} = \\mathbf{PR}$$\n",
    "upper limits left out": "Let $u_1,\\dots,u_n$ and $q$ be vectors in $\\mathbb R^d$.\n\n$$\\sum_{i=1}^n (u_i^T q)^2 = \\sum_{i=1} q^T u_i u_i^T q$$\n",
    "a member next to a sum": "$$-t_i(1-p_i) + \\sum_{k\\neq i} t_k p_i = p_i\\sum_k t_k - t_i$$\n",
    "words in text braces": "$$\\text { tr }(A^T B) = \\text { tr }(B^T A)$$\n",
}  # fmt: skip


@pytest.mark.parametrize("name", ALL_HOLD)
def test_every_link_holds(name: str) -> None:
    found = verdicts(ALL_HOLD[name])
    assert found and set(found) <= PASSES


def test_a_display_that_begins_with_a_sign_goes_on_from_the_one_before() -> None:
    note = "$$ (a+b)^2 - (a-b)^2 $$\n$$ = 4ab $$\n\n$$ = 5ab $$\n"
    report = check_text(note, path="note.md")
    links = [link for e in report.equations for link in e.links]
    assert [link.verdict for link in links] == [Verdict.PROVED, Verdict.REFUTED]
    assert [link.place.line for link in links] == [2, 4]


def test_scripts_of_mathjax_are_displays() -> None:
    note = '<script type="math/tex; mode=display"> % <![CDATA[\n(x+y)^2 = x^2+2xy+y^2\n%]]> </script>\n\nand so on\n'
    assert verdicts(note) == [Verdict.PROVED]


def test_dollars_inside_a_fence() -> None:
    assert verdicts("```math\n$$ (x+1)^2 = x^2+2x+1 $$\n```\n") == [Verdict.PROVED]


def test_blocks_named_by_letters() -> None:
    note = (
        "$$\\mathbf{K}=\\begin{pmatrix}\\mathbf{K}_{uu}&\\mathbf{K}_{uv}\\\\\\mathbf{K}_{vu}&\\mathbf{K}_{vv}.\\end{pmatrix}$$\n\n"
        "$$(\\mathbf{K}_{uv}\\mathbf{K}_{vv}^{-1})^\\top = \\mathbf{K}_{vv}^{-\\top}\\mathbf{K}_{uv}^\\top$$\n"
    )
    assert verdicts(note) == [Verdict.DEFINITION, Verdict.PROVED]


def test_named_quantities_have_derivatives() -> None:
    note = "$$\\mathrm{RSS}(\\beta)=(y-X\\beta)^T(y-X\\beta)$$\n\n$$\\frac{\\partial^2 \\mathrm{RSS}}{\\partial\\beta\\,\\partial\\beta^T}=%s2X^TX$$\n"
    said = "Let $X\\in\\mathbb R^{n\\times p}$, $y\\in\\mathbb R^n$, $\\beta\\in\\mathbb R^p$.\n\n"
    assert verdicts(said + note % "")[1] in PASSES
    assert verdicts(said + note % "-")[1] is Verdict.REFUTED


def test_the_softmax_of_a_family() -> None:
    note = "$$p_j = \\frac{e^{z_j}}{\\sum_k e^{z_k}}$$\n\n$$\\frac{\\partial p_j}{\\partial z_i} = p_j(\\delta_{ij} %s p_i)$$\n"
    assert verdicts(note % "-")[1] in PASSES
    assert verdicts(note % "+")[1] not in PASSES


def test_an_index_put_into_a_definition_is_not_captured() -> None:
    note = "$$c_j = \\sum_{k=1}^n (x_k - x_j)$$\n\n$$\\sum_{k=1}^n c_k = 0$$\n\n$$c_k = 0$$\n"
    assert verdicts(note)[1] in PASSES
    assert verdicts(note)[2] not in PASSES


def test_a_definition_of_an_earlier_section_passes_but_never_refutes() -> None:
    note = "## One\n\n$$L = w^Tw$$\n\n## Two\n\n$$\\frac{\\partial L}{\\partial w} = %sw$$\n"
    assert verdicts(note % "2")[1] in PASSES
    assert verdicts(note % "3")[1] in (Verdict.UNKNOWN, Verdict.ASSUMPTION)


def test_a_display_after_where_explains_the_one_before() -> None:
    note = "$$\\begin{pmatrix} A & B \\\\ 0 & D \\end{pmatrix}^{-1} = \\begin{pmatrix} A^{-1} & N \\\\ 0 & D^{-1} \\end{pmatrix}$$\n\nwhere\n\n$$N = -A^{-1}BD^{-1}.$$\n"
    assert verdicts(note)[0] in PASSES


def test_the_opposite_of_a_redefined_quantity_is_no_finding() -> None:
    note = "$$l(b) = \\sum_{i=1}^m (\\ln(1+e^{b x_i})-y_i b x_i)$$\n\n最大化似然：\n\n$$l(b) = \\sum_{i=1}^m (y_i b x_i-\\ln(1+e^{b x_i}))$$\n"
    assert verdicts(note) == [Verdict.DEFINITION, Verdict.DEFINITION]


def test_a_derivative_set_to_zero_is_no_proof() -> None:
    assert verdicts("$$\\frac{\\partial QQ(D)}{\\partial \\boldsymbol\\mu_{i}}=0$$\n") == [Verdict.ASSUMPTION]


def test_a_value_named_in_prose_is_applied_not_multiplied() -> None:
    found = verdicts("Let $h = s - t$. Then $h'(s)=1$ and\n\n$$h(s-t) = (s-t)-t$$\n")
    assert found[0] is not Verdict.REFUTED


def test_symmetry_said_by_a_display_holds_for_what_follows() -> None:
    note = "Given the inversible and symmetry matrix:\n\n$$\\mathbf{S}=\\mathbf{S}^\\top$$\n\nwe have\n\n$$\\mathbf{S}^{-1}=(\\mathbf{S}^{-1})^\\top$$\n"
    assert verdicts(note) == [Verdict.UNKNOWN, Verdict.PROVED]


def test_functions_in_square_brackets_and_their_powers() -> None:
    said = "假设$g(y)$是以标量$y$为变元的实值函数，$u(\\mathbf Z)$为矩阵$\\mathbf Z$的实值函数，$y=u(\\mathbf Z)$，\n\n"
    note = "$$\\frac{\\partial g[u(\\mathbf{Z})]}{\\partial \\mathbf{Z}}=%s\\frac{dg(y)}{dy}\\frac{\\partial u(\\mathbf{Z})}{\\partial\\mathbf{Z}}$$\n"
    assert verdicts(said + note % "")[0] not in (Verdict.REFUTED, Verdict.ILL_SHAPED)
    assert verdicts("Let $g(t)$ be a scalar function.\n\n$$g^2(t) - 1 = (g(t)-1)(g(t)+1)$$\n")[0] in PASSES


def test_a_loss_is_what_matrices_differentiate() -> None:
    said = "With $W\\in\\mathbb R^{m\\times n}$, $x\\in\\mathbb R^n$, $b\\in\\mathbb R^m$:\n\n$$z=Wx+b$$\n\nThe loss\n\n$$L=L(z)$$\n\n"
    note = (
        said
        + "$$\\frac{\\partial L}{\\partial W}=\\frac{\\partial L}{\\partial z}x^T%s$$\n\n$$\\frac{\\partial L}{\\partial x}=%s\\frac{\\partial L}{\\partial z}$$\n"
    )
    found = verdicts(note % ("", "W^T"))
    assert found[:2] == [Verdict.DEFINITION, Verdict.DEFINITION] and set(found[2:]) <= PASSES
    assert not PASSES & set(verdicts(note % ("x", "W"))[2:])


def test_gradients_next_to_other_factors() -> None:
    said = "Let $z = Wx$ with $W\\in\\mathbb R^{m\\times n}$ and $x\\in\\mathbb R^n$.\n\n"
    assert (
        set(verdicts(said + "$$\\nabla_W L = \\nabla_z L\\, x^T, \\qquad \\nabla_x L = W^T\\nabla_z L$$\n")) <= PASSES
    )


def test_the_chain_rule_through_declared_functions() -> None:
    note = "Given a function $w(p,q)$ where $p(s,t)$ and $q(s,t)$, we have\n\n$$\\frac{\\partial w}{\\partial s}=\\frac{\\partial w}{\\partial p}\\frac{\\partial p}{\\partial s}+\\frac{\\partial w}{\\partial q}\\frac{\\partial q}{\\partial s}$$\n"
    assert set(verdicts(note)) <= PASSES


def test_another_case_of_a_definition_is_no_finding() -> None:
    note = "$$h=Vu \\quad \\frac{d\\vec h}{d\\vec u}=V$$\n\n$$h=uV \\quad \\frac{d\\vec h}{d\\vec u}=V^T$$\n"
    assert Verdict.REFUTED not in verdicts(note)


def test_shortcodes_around_formulas() -> None:
    note = (
        "{{< math >}}$$a(b+c)=ab+ac$${{< /math >}}\n\n"
        "{% raw %}$$a(b+c)=ab+2ac$${% endraw %}\n\n"
        "{{< katex display=true >}}\na(b-c)=ab+ac\n{{< /katex >}}\n\n"
        "{{% katex %}} a(b-c)=ab-ac {{% /katex %}}\n\n"
        "{% katex display %} a(b-c)=ab-ac {% endkatex %}\n"
    )
    report = check_text(note, path="note.md")
    links = [(link.place.line, link.verdict) for e in report.equations for link in e.links]
    proved, refuted = Verdict.PROVED, Verdict.REFUTED
    assert links == [(1, proved), (3, refuted), (6, refuted), (9, proved), (11, proved)]


def test_rows_in_braces_within_rows() -> None:
    note = (
        "$$\n\\left\\{\n\\begin{aligned}\n&\\left.\n\\begin{aligned}\na(b+c) &= ab+ac \\\\\na(b-c) &= ab-ac\n\\end{aligned}\n"
        "\\quad\\right\\} \\text{first} \\\\\n&\\left.\n\\begin{aligned}\n(a+b)^2 &= a^2+2ab+b^2 \\\\\n(a-b)^2 &= a^2+2ab+b^2\n"
        "\\end{aligned}\n\\quad\\right\\} \\text{second}\n\\end{aligned}\n\\right.\n$$\n"
    )
    assert verdicts(note) == [Verdict.PROVED, Verdict.PROVED, Verdict.PROVED, Verdict.REFUTED]


def test_bold_and_accented_members_keep_their_index() -> None:
    assert verdicts("$$\\sum_{i=1}^m \\mathbf{x_i} = m\\mathbf{x_i}$$\n")[0] not in PASSES
    assert verdicts("$$\\sum_{i=1}^m \\hat{x_i} = m\\hat{x_i}$$\n")[0] not in PASSES
    note = "We define $g(\\boldsymbol{\\hat{x_i}};b)=e^{-\\boldsymbol{\\hat{x_i}}}$.\n\n$$\\sum_{i=1}^m g(\\boldsymbol{\\hat{x_%s}};b)=\\sum_{i=1}^m e^{-\\boldsymbol{\\hat{x_i}}}$$\n"
    assert verdicts(note % "i")[0] in PASSES
    assert verdicts(note % "j")[0] not in PASSES
