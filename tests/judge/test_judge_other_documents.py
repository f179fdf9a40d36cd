# ruff: noqa: E501 - a row per case reads better than wrapped notes
"""What documents say that no note on matrices says: another value announced in words, examples, numbers in a row."""

from __future__ import annotations

import pytest
from checked import FINDINGS, PASSES, verdicts

from derivcheck.verdict import Verdict

ANOTHER = [
    pytest.param(
        r"The first loss is given by $$\ell(u,v) = \mathrm{sign}(v-u)$$ The second loss function is defined as",
        r"\ell(u,v) = |v-u|\,\mathrm{sign}(v-u)",
        id="a second function",
    ),
    pytest.param(
        r"Let $u_1,\dots,u_N$ be numbers and $m$ one more. $$v = \frac{1}{N}\sum_{n=1}^N (u_n-m)^2$$ It is biased. The unbiased estimate is",
        r"v = \frac{1}{N-1}\sum_{n=1}^N (u_n-m)^2",
        id="an unbiased estimate",
    ),
    pytest.param(
        r"An approximate variance is $$s^2 = \frac{u}{2} + \frac{u^2}{w^2}$$ The package uses instead the more exact",
        r"s^2 = \frac{u}{2} - \frac{u^2}{w^2}",
        id="the square of a symbol",
    ),
    pytest.param(
        r"If both have scores, the matrix of weights is $M = \xi\otimes\gamma\in\mathbb{R}^{1\times KJ}$. In case one of them has none, the matrix of weights $M$ is",
        r"M = \mathrm{diag}(\gamma)",
        id="of another shape",
    ),
]


@pytest.mark.parametrize(("said", "claim"), ANOTHER)
def test_another_value_is_no_mistake_where_words_announce_it(said: str, claim: str) -> None:
    assert not FINDINGS.intersection(verdicts(f"{said}\n\n$${claim}$$\n"))


def test_without_such_words_a_slip_in_a_value_is_told() -> None:
    said = r"Let $A$ be $m\times n$ and $b\in\mathbb{R}^m$. $$g := A^\top b$$ As seen above,"
    assert verdicts(f"{said}\n\n$$g = A b$$\n")[-1] in FINDINGS


def test_a_word_below_a_letter_is_no_size() -> None:
    said = r"Flexible thresholds take $\mathcal{J}$ to be an identity matrix. For even ones with three categories"
    first = r"\mathcal{J}_{\mathrm{even}} = \begin{bmatrix} 1 & 1 & 1 \\ 0 & 1 & 2 \end{bmatrix}"
    second = r"\mathcal{J}_{\mathrm{odd}} = \begin{bmatrix} 1 & 3 \\ 0 & 1 \\ 2 & 5 \end{bmatrix}"
    assert verdicts(f"{said}\n\n$${first},\\quad {second}$$\n") == [Verdict.DEFINITION] * 2


def test_rows_that_begin_with_a_relation_are_values_of_something_else() -> None:
    rows = r"\begin{array}[l]{l} = 0 \mbox{ as usual}\\ = 1 \mbox{ the other way} \end{array}"
    assert not FINDINGS.intersection(verdicts(f"The flag is\n$$\\left\\{{ {rows} \\right.$$\n", "a.tex"))


def test_an_exponent_zero_is_a_label_where_a_value_is_given() -> None:
    assert verdicts("We set\n$$\nv_i^0 = 6,\\quad S_i^0 = 0.01\n$$\n") == [Verdict.DEFINITION] * 2
    assert verdicts("Let $A$ be $n\\times n$.\n$$\nA^0 = I\n$$\n") == [Verdict.PROVED]


def test_a_function_of_a_vector_may_have_any_values() -> None:
    said = r"A link function $g$ is a function that maps a parameter to the predictor $\mathbf{h}$."
    assert not FINDINGS.intersection(verdicts(f"{said}\n\n$$\ng(\\mathbf{{m}}) = \\mathbf{{h}} = \\mathbf{{X}}\\mathbf{{b}}\n$$\n"))


def test_an_operator_with_other_operands_is_another_function() -> None:
    claim = r"\Gamma(a,x) = \int_x^\infty t^{a-1}e^{-t}\,dt, \quad x > 0, \quad a\in\mathbb{R}"
    text = f"Let $x\\in\\mathbb{{R}}$. The incomplete function is\n$$\n{claim}\n$$\n"
    assert not FINDINGS.intersection(verdicts(text))


def test_numbers_set_apart_are_a_row() -> None:
    chain = r"(0.5\: 0.5)\begin{bmatrix} 0.5 & 0.5 \\ 0.25 & 0.75 \end{bmatrix}"
    assert verdicts(f"One step:\n$$\n{chain} = (0.375\\: 0.625)\n$$\n")[0] in PASSES
    assert verdicts(f"One step:\n$$\n{chain} = (0.375\\: 0.725)\n$$\n")[0] is Verdict.REFUTED


CHAINS = [
    r"Let $P = \begin{bmatrix} 0.5 & 0.5 \\ 0.25 & 0.75 \end{bmatrix}$. It satisfies $$\pi \cdot P = \pi$$",
    r"If $M$ is an $m\times m$ matrix, there is a unique $v\in\mathbb{R}^m$ such that $$v \cdot M = v$$",
]


@pytest.mark.parametrize("text", CHAINS)
def test_distributions_may_be_rows(text: str) -> None:
    assert not FINDINGS.intersection(verdicts(text.replace("$$", "\n$$\n")))


def test_the_end_of_a_sum_is_no_identity() -> None:
    text = "The estimator is\n$$\nb = \\frac{1}{I-1}\\sum_{i=1}^I z_i(x_i-m)^2\n$$\nwith\n$$\nm = \\sum_{i=1}^I z_ix_i.\n$$\n"
    assert verdicts(text) == [Verdict.DEFINITION] * 2
    elsewhere = "# Inverses\n\nLet $A$ be invertible and $n\\times n$.\n$$\nAA^{-1} = I\n$$\n"
    assert verdicts(f"# Sums\n\n{text}\n{elsewhere}")[-1] is Verdict.PROVED


def test_vectors_of_another_section_may_be_numbers_in_an_example() -> None:
    model = "# Model\n\nThe observed $y_t$ are $n\\times 1$, the states $a_t$ are $r\\times 1$.\n$$\ny_t = Za_t + u_t\n$$\n"
    example = "## A moving average\n\nThe equation is then\n$$\ny_t = a_t + c\\,a_{t-1}\n$$\n"
    assert not FINDINGS.intersection(verdicts(f"{model}\n{example}"))
    assert verdicts(f"{model}\nThe equation is then\n$$\ny_t = a_t\n$$\n")[-1] in FINDINGS


def test_a_restriction_holds_from_where_it_is_made() -> None:
    text = "One has\n$$\nr = 2a + b.\n$$\nHere however, we restrict ourselves to $a = 1.5k$, $b = 3.5k$ and $r = 8k$.\n"
    assert not FINDINGS.intersection(verdicts(text))


def test_zeros_and_ones_have_a_size_below() -> None:
    said = "Let $A$ be $n\\times n$, $B$ be $n\\times p$."
    assert set(verdicts(f"{said}\n$$\nA\\,0_n = 0_n, \\qquad 0_{{n\\times n}}B = 0_{{n\\times p}}, \\qquad 1_n^\\top 1_n = n\n$$\n")) == {Verdict.PROVED}
    assert verdicts(f"{said}\n$$\n0_{{n\\times n}}B = 0_{{p\\times p}}\n$$\n")[0] in FINDINGS


def test_symbols_before_a_number_all_get_it() -> None:
    text = "Let $u_1 = 2a + b$ and $u_2 = 5a - b$ be the rates. At the start\n$$\nu_1 = u_2 = u_3 = 0.\n$$\n"
    assert not FINDINGS.intersection(verdicts(text))


def test_a_number_that_stands_for_a_list_equals_nothing() -> None:
    assert not FINDINGS.intersection(verdicts("The classes are\n$$\n1 \\equiv (0,0,0), \\qquad 2 \\equiv (0,0,1)\n$$\n"))


ORTHONORMAL = r"\sum_{j=2}^D\sum_{k=2}^D \xi_j\xi_j^\top \lambda_k \xi_k\xi_k^\top = \sum_{j=2}^D \lambda_j\xi_j\xi_j^\top"
AXES = r"""$$
\begin{aligned}
\mathbf{u} &= \mathbf{e}_x + 4\mathbf{e}_y\\
\mathbf{w} &= \mathbf{e}_y + c\,\mathbf{e}_z\\
\mathbf{u}\times\mathbf{w} &= %s c\,\mathbf{e}_x - c\,\mathbf{e}_y + \mathbf{e}_z
\end{aligned}
$$
"""


def test_vectors_of_a_text_on_orthonormal_ones_may_be() -> None:
    assert verdicts(f"By the definition of an ONB we get\n$$\n{ORTHONORMAL}\n$$\n") == [Verdict.UNKNOWN]
    wrong = ORTHONORMAL.replace("= ", "= 2")
    assert verdicts(f"By the definition of an ONB we get\n$$\n{wrong}\n$$\n") == [Verdict.REFUTED]
    assert verdicts(f"For the terms we get\n$$\n{ORTHONORMAL}\n$$\n") == [Verdict.REFUTED]


def test_axes_of_a_text_on_orthonormal_ones_may_be() -> None:
    said = r"The unit vectors $\mathbf{e}_x, \mathbf{e}_y, \mathbf{e}_z$ of $\mathbb{R}^3$ are usually right-handed."
    assert verdicts(f"{said}\n\n{AXES % 4}")[-1] is Verdict.UNKNOWN
    assert verdicts(f"{said}\n\n{AXES % 5}")[-1] is Verdict.REFUTED


def test_a_condition_behind_its_consequence_defines_nothing() -> None:
    said = r"Let $a = u\,p + v\,q$ and $b = w\,p + z\,q$. They are the same if $u = w$ and $v = z$."
    claim = "Sums are found by entries.\n\n$$\na + b = (u + w)p + (v + z)q\n$$\n"
    assert verdicts(f"{said}\n\n{claim}")[-1] in PASSES
    assert verdicts(f"{said}\n\n{claim.replace('(u + w)', '2w')}")[-1] not in PASSES


def test_a_symbol_of_several_cases_refutes_nothing_without_an_edit() -> None:
    cases = "The exponential weights are\n$$\nw = \\exp(2h).\n$$\nThe plain polynomial in $h$ is\n$$\nw = 3h + h^2.\n$$\n"
    claim = "For the exponential weights\n$$\n\\frac{dw}{dh} = 2\\exp(2h).\n$$\n"
    assert verdicts(f"{cases}{claim}")[-1] is Verdict.UNKNOWN
    assert verdicts(f"{cases[cases.index('The plain') :]}{claim}")[-1] is Verdict.REFUTED
