"""Densities: the normal one, those that the text defines, and laws of which only the rules of probability are known."""

from __future__ import annotations

import pytest

from derivcheck.pipeline import check_text

PASSES = ("proved", "verified")


def verdicts(note: str) -> list[str]:
    return [link.verdict.value for e in check_text(note, path="note.md").equations for link in e.links]


def last(words: str, formula: str) -> str:
    return verdicts(f"{words}\n\n$$\n{formula}\n$$\n")[-1]


VECTORS = "Let $v, m \\in \\mathbb R^k$ and let $C \\in \\mathbb R^{k\\times k}$ be a covariance matrix."
QUADRATIC = "(v - m)^\\top C^{-1} (v - m)"


@pytest.mark.parametrize(
    ("formula", "holds"),
    [
        (f"\\mathcal N(v; m, C) = (2\\pi)^{{-k/2}} |C|^{{-1/2}} e^{{-\\frac12 {QUADRATIC}}}", True),
        (f"\\mathcal N(v; m, C) = (2\\pi)^{{-k}} |C|^{{-1/2}} e^{{-\\frac12 {QUADRATIC}}}", False),
        (f"\\log N(v \\mid m, C) = -\\frac12 {QUADRATIC} - \\frac12 \\log\\det(2\\pi C)", True),
        (f"\\log N(v \\mid m, C) = -\\frac12 {QUADRATIC} - \\log\\det(2\\pi C)", False),
        ("\\nabla_v \\log \\mathcal N(v \\mid m, C) = C^{-1}(m - v)", True),
        ("\\nabla_m \\log \\mathcal N(v \\mid m, C) = C^{-1}(m - v)", False),
        ("\\log \\mathcal N(v \\mid 0, s^2 I) = -\\frac{v^\\top v}{2 s^2} - \\frac k2 \\log(2\\pi s^2)", True),
    ],
)
def test_the_normal_density(formula: str, holds: bool) -> None:
    found = last(VECTORS, formula)
    assert found in PASSES if holds else found == "refuted"


def test_the_last_argument_of_a_normal_law_of_numbers_may_be_the_deviation() -> None:
    said = last(
        "For real $y$, $a$ and $s > 0$,",
        "\\mathcal N(y; a, s) = \\frac{1}{s\\sqrt{2\\pi}} e^{-(y-a)^2/(2s^2)}",
    )
    assert said not in (*PASSES, "refuted", "ill-shaped")


LIKELIHOOD = """Let $H \\in \\mathbb R^{m\\times q}$, $r \\in \\mathbb R^m$, $\\beta > 0$ and

$$
p(r \\mid z) = \\mathcal N(r \\mid Hz, \\beta^{-1} I), \\qquad p(z) = \\mathcal N(z \\mid 0, I)
$$

Then

$$
%s
$$
"""


@pytest.mark.parametrize(
    ("formula", "verdict"),
    [
        ("\\nabla_z \\log p(r \\mid z) = \\beta H^\\top (r - Hz)", "proved"),
        ("\\nabla_z \\log p(r \\mid z) = \\beta H (r - Hz)", "ill-shaped"),
        ("\\nabla_z [\\log p(r \\mid z) + \\log p(z)] = \\beta H^\\top (r - Hz) - z", "proved"),
        ("\\nabla_z [\\log p(r \\mid z) + \\log p(z)] = \\beta H^\\top (r - Hz) + z", "refuted"),
    ],
)
def test_densities_are_told_apart_by_their_arguments(formula: str, verdict: str) -> None:
    assert verdicts(LIKELIHOOD % formula) == ["definition", "definition", verdict]


@pytest.mark.parametrize(
    ("formula", "passes"),
    [
        ("\\log p(b \\mid a) + \\log p(a) = \\log p(a \\mid b) + \\log p(b)", True),
        ("\\frac{p(a, b)}{p(b)} = p(a \\mid b)", True),
        ("p(a \\mid b, c)\\, p(b \\mid c) = p(b \\mid a, c)\\, p(a \\mid c)", True),
        ("\\log p(b \\mid a) + \\log p(b) = \\log p(a \\mid b) + \\log p(a)", False),
        ("p(a \\mid b)\\, p(c \\mid b) = p(a, c \\mid b)", False),  # a and c may be independent given b
    ],
)
def test_bayes_rule_is_an_identity_and_independence_is_not_denied(formula: str, passes: bool) -> None:
    found = last("Densities are denoted $p$.", formula)
    assert found in PASSES if passes else found == "unknown"


POSTERIOR = """Let $F \\in \\mathbb R^{m\\times q}$ and $r \\in \\mathbb R^m$. Define

$$ V = (I + \\beta F^\\top F)^{-1}, \\qquad c = \\beta V F^\\top r $$

The posterior is

$$ p(z \\mid r) = \\mathcal N(z \\mid c, V) $$

so that

$$ %s $$
"""


def test_a_law_takes_no_definition_from_its_parameters() -> None:
    assert verdicts(POSTERIOR % "V^{-1} c = \\beta F^\\top r")[-1] in PASSES
    assert verdicts(POSTERIOR % "V^{-1} c = \\beta F r")[-1] in ("refuted", "ill-shaped")


def test_responsibilities_of_a_mixture_add_up() -> None:
    law = "\\pi_%s\\, \\mathcal N(x_i \\mid \\mu_%s, \\Sigma_%s)"
    given = f"r_{{ik}} = \\frac{{{law % ('k', 'k', 'k')}}}{{\\sum_{{j=1}}^K {law % ('j', 'j', 'j')}}}"
    note = f"For $x_1, \\dots, x_n \\in \\mathbb R^d$ let\n\n$$ {given} $$\n\nThen\n\n$$ \\sum_{{k=1}}^K r_{{ik}} = %s $$\n"
    assert verdicts(note % "1")[-1] in PASSES
    assert verdicts(note % "K")[-1] not in PASSES


@pytest.mark.parametrize("other", ["p(a | b | c)", "p(a, b | c)", "p(a \\| b, c)"])
def test_other_bars_make_other_functions(other: str) -> None:
    formula = f"2 p(a, b, c) + p(b \\mid a) = p(a, b, c) + {other} + p(b \\mid a)"
    assert last("Densities are denoted $p$.", formula) not in PASSES
