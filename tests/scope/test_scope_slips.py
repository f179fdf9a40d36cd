"""Slips: rows of wrong displays with the rule and the place, rows of displays that are usual and right."""

from __future__ import annotations

import pytest

from derivcheck.documents.model import Flavour
from derivcheck.pipeline import check_text
from derivcheck.report.model import SlipReport


def slips(display: str, prose: str = "") -> list[SlipReport]:
    text = f"{prose}\n\n$$\n{display}\n$$\n" if prose else f"$$\n{display}\n$$\n"
    report = check_text(text, path="note.md")
    assert report.error is None
    return [slip for equation in report.equations for slip in equation.slips]


WRONG = [
    # DC211: the body has another index, which nothing binds.
    ("DC211", r"q(t) = \sum_{i=1}^{k} q_j(t)"),
    ("DC211", r"p(u \mid c) = \prod_{i=1}^{D} p(u_j \mid c)"),
    ("DC211", r"\frac{1}{n} \sum_{j=1}^{n-1} (C \epsilon_{t+1})(C \epsilon_{t+1})^T"),
    ("DC211", r"r(s) = \sum_{j=1}^\infty \beta_j \phi_j(s) \approx \sum_{i=1}^J \beta_j \phi_j(s)"),
    ("DC211", r"H(\omega) = \sum_{k=-\infty}^{\infty} h[n] e^{-\omega n}"),
    ("DC211", r"\frac{1}{1 - x} = \sum_{k=0}^{\infty} x^n"),
    ("DC211", r"\alpha = \sum_{I \subseteq S} g_I + \sum_{I \subseteq S} f_J \, w_J"),
    ("DC211", r"m = \sum_{i \in X} a_{t \pi(t)}"),
    ("DC211", r"S_n = \sum_{i=1}^{n} x_n"),
    ("DC211", r"B = \bigcup_{i=1}^{n} A_j"),
    ("DC211", r"v = \max_{i \in S} u_i, \qquad w = \max_{i \in S} u_j"),
    ("DC211", r"e = \sum_{j=0}^\infty \frac{1}{2!} + 1"),
    # DC202
    ("DC202", r"p_{ij} = P(X_1 = k \mid X_0 = i)"),
    ("DC202", r"P_{ij} = P\{s_1 = u_j \mid s_0 = u_k\}"),
    ("DC202", r"x_i^T A y_k = m_{ij}"),
    # DC212
    ("DC212", r"\bar u = \frac1n \sum_{1=1}^{n} u_i"),
    ("DC212", r"P = \prod_{2=1}^{n} p_i"),
    ("DC212", r"P = \prod_{i=i}^{n} p_i"),
    ("DC212", r"P = \prod_{i=1}^{i} p_i"),
    ("DC212", r"P = \sum_{k=1}^{2k} p_k"),
    ("DC212", r"X(z) = \sum_{n=\infty}^{\infty} x_n z^{-n}"),
    ("DC212", r"I = \int_{\infty}^{\infty} \phi(t)\,dt"),
    ("DC212", r"I = \int_{y=\infty}^{\infty} f(x, y)\,dy"),
    # DC213
    ("DC213", r"\mu_j = \sum_{j=1}^{n} l_{ij}"),
    ("DC213", r"\sum_{x \in X} \mu_{xy} = n_x"),
    ("DC213", r"r_i = \sum_{i=1}^{N} w_t(i) M_t(i)"),
    ("DC213", r"\sum_{i=1}^{n} Q_{ki} P_{ij} = \delta_{ij}"),
    ("DC213", r"V_{pqr} = \sum_{r=1}^{R} L_{pq} M_r"),
    ("DC213", r"\sum_{k=m}^{\infty} 2^{-k} = 2 \cdot 2^{-k}"),
    ("DC213", r"\sum_{t=0}^{T-1} (1 + r)^t = \frac{(1 + r)^t - 1}{r}"),
    # DC214
    ("DC214", r"h(x) = \int_{-\infty}^{\infty} f(x - t) g(t)\,dx"),
    ("DC214", r"g(x) = \int_{-\infty}^{\infty} h(a) e^{a x}\,dx"),
    ("DC214", r"F(x) = P(X \le x) = \int_{-\infty}^{y} p(y)\,dy"),
    ("DC214", r"A'(t) = \int_{h(t)}^{g(t)} f(x, t)\,dt"),
    ("DC214", r"A = \int_0^1 f(x)\,dx + \int_1^2 f(y)\,dx"),
    # DC215
    ("DC215", r"U = \sum_{i=1}^{n} \sum_{i=1}^{n} \phi(r_i - r_j)"),
    ("DC215", r"I = \int_0^1 \left( \int_0^{1-x} g(x, y)\,dy \right) dy"),
    # DC216
    ("DC216", r"L(w) = \phi(w), \qquad \hat w = \arg\min_w L(v)"),
    # DC217
    ("DC217", r"D = \frac1N \sum_{n=1}^N a_n^2 - \frac1M \sum_{n=1}^N b_n^2"),
    ("DC217", r"\frac1n \sum_{t=1}^{m} x_t \to \mu \quad \text{as } m \to \infty"),
    ("DC217", r"\lim_{T \to \infty} \frac1N \sum_{t=1}^{T} r_t = \bar r"),
    # DC218
    ("DC218", r"u = \begin{bmatrix} u_1 \\ \vdots \\ v_n \end{bmatrix}"),
    ("DC218", r"u^k = (u^k_1, \dots, w^k_m)"),
]


@pytest.mark.parametrize(("rule", "display"), WRONG)
def test_a_slip_is_found_once(rule: str, display: str) -> None:
    assert [slip.rule for slip in slips(display)] == [rule]


RIGHT = [
    # A constant is summed, or what is summed is named without its arguments.
    r"\sum_{i=1}^{n} c = n c",
    r"\sum_{i=1}^{n} 1 = n",
    r"J = \sum_{i=1}^{n} L",
    r"\sum_{i=1}^{n} E[X_j] = n E[X_j]",
    r"s_n = \sum_{i=1}^{n} \sigma_n^2 = n \sigma_n^2",
    r"\sum_{k=1}^{n} \lambda_k \le \sum_{k=1}^{n} \lambda_n",
    r"U(t) = \prod_{k=1}^{n} \prod_j e^{-H_j t / n}",
    r"\sum_{n=1}^{\infty} 1 = \infty",
    r"\sum_{n=1}^{\infty} 0 = 0",
    r"\bigcup_{n=1}^{\infty} \mathbb{R}^d = \mathbb{R}^d",
    # The body reaches further, the index is elsewhere, is fixed in words, or is a label.
    r"J = \sum_{i=1}^{n} a_j + b_i",
    r"J = \sum_{i=1}^{n} x^{(i)} + \sum_{i=1}^{n} \mathbf{x}_i + \sum_{i=1}^{n} x[i]",
    r"J = \sum_{i=1}^{n} x_j \quad \text{for all } j",
    r"y_j = \sum_{i=1}^{n} x_j",
    r"W = \sum_{i} m_v",
    r"W = \sum_{i=1}^{n} F_x",
    r"J = \sum_{i=1}^{n} (\text{cost of } x_j)",
    r"J = \sum_{i=1}^{n} \unknown{x}_j",
    r"J = \prod_{i=1}^{n} p(x_1, \dots, x_n)",
    r"\frac{1}{n} \sum_n x_i",
    r"J = \sum_{i=1}^{N} L_{kl}",
    r"T = \sum_{i=1}^{N} E_k",
    r"V = \sum_{i=1}^{N} v_{max}",
    r"V = \sum_{i=1}^{N} \sum_m v_{max} w_m",
    # Ranges.
    r"S = \sum_{n=0}^{n=N} c_n",
    r"S = \sum_{i=1}^{m} \sum_{j=1}^{m_i} x_{ij}",
    r"S = \sum_{i=1}^{I} x_i",
    r"S = \sum_{i=n}^{n} x_i",
    r"S = \sum_{t=0}^{t'} x_t + \sum_{t=0}^{t^*} x_t + \sum_{t=0}^{\hat t} x_t + \sum_{t=0}^{t_1} x_t",
    # An index of an entry that does not occur.
    r"a_{ij} = x_i y_k, \quad k = 1, \dots, n",
    r"a_{ij} = x_i",
    r"a_{ij} = \sum_{k=1}^{n} x_{ik}",
    r"E_{kin} = \frac12 m v_i^2",
    r"f_{i,s} = \sin(2 \pi i t_k)",
    # One letter, summed here and free there.
    r"E_k = \sum_k \frac12 m_k v_k^2",
    r"\lambda_\nu = \sum_{\nu \in G} \frac{1}{\|\nu\|^2}",
    r"a_i b_i = \sum_{i=1}^{3} a_i b_i",
    r"\sum_{i=1}^{n} (-1)^{i+j} a_{ij} M_{ij} = \sum_{j=1}^{n} (-1)^{i+j} a_{ij} M_{ij}",
    r"\sum \lambda_{ij} = \sum_i \sum_j \lambda_i \mu_j",
    r"\operatorname{tr} \sigma_{ij} = \sum_i s_i",
    r"p_i = \frac{e^{z_i}}{\sum_i e^{z_i}}",
    r"\mathbb{E}[x_i] = \sum_i x_i p_{ij}",
    r"p(\{y_i\}) = \prod_{i=1}^{N} p(y_i \mid x_j)",
    r"\frac{\partial}{\partial x_i} \sum_i x_i a_{ij} = a_{ij}",
    r"\theta = \arg\min_\theta \sum_j L_j(\theta)",
    # Integrals.
    r"F(x) = \int_0^x f(x)\,dx",
    r"F(x) = \int_0^x f(x; \theta)\,dx",
    r"\mu(x) = \int_{-\infty}^{\infty} x f(x; \theta)\,dx",
    r"\mu(x) = \int_{-\infty}^{\infty} x p(x \mid y)\,dx",
    r"I = \int_a^b c\,dx",
    r"T f(x) = \int_0^1 K(x, y) f(y)\,dy",
    r"E(x) = \int_{-\infty}^{\infty} x f(x - \mu)\,dx",
    r"\mathcal{F}(f(t)) = \int_{-\infty}^{\infty} f(t) e^{-\omega t}\,dt",
    r"p(x) = \int p(x, z)\,dz",
    r"W = \int_0^T L(x, u)\,dt",
    r"c = \int_0^1 f(x)\,d\mu(x)",
    r"F(x, y) = \int f(x, y)\,dx",
    # Nested.
    r"P = \sum_{i=1}^{n} a_i \sum_{i=1}^{n} b_i",
    r"x = \iint a\,dt\,dt",
    r"R = \sum_{t=2}^{T} (e_t - e_{t-1})^2 \Big/ \sum_{t=1}^{T} e_t^2",
    # Averages.
    r"\frac1K \sum_{t=1}^{n} x_t = \frac nK \frac1n \sum_{t=1}^{n} x_t",
    r"D = \frac1M \sum_{n=1}^N b_n",
    r"\frac1n \sum_{t=1}^{n} x_t \to \mu \quad \text{as } n \to \infty",
    r"\frac1n \sum_{t=1}^{m} x_t \to c \mu \quad \text{as } m \to \infty, \; m/n \to c",
    r"D = \frac1N \sum_{n=1}^N a_n - \frac1M \sum_{m=1}^M b_m",
    # Sequences.
    r"z = (u_1, v_1, \dots, u_n, v_n) = (u_1, \dots, u_n, v_1, \dots, v_n)",
    r"\int f(u)\,du_1 \cdots dv_n = c",
    r"(u_1, \dots, v_n) = w",
    # Objectives.
    r"\hat\theta = \arg\min_\theta L",
    r"\hat\theta = \arg\max_\theta \log p(x)",
]


@pytest.mark.parametrize("display", RIGHT)
def test_what_is_usual_is_no_slip(display: str) -> None:
    assert slips(display) == []


def test_a_slip_is_shown_at_the_variable() -> None:
    (slip,) = slips(r"q(t) = \sum_{i=1}^{k} q_j(t)")
    assert (slip.place.line, slip.place.column, slip.place.end_column) == (2, 14, 15)
    assert slip.message == "the sum runs over `i`, which does not occur in it; nothing binds `j`"


def test_a_document_tells_an_index_from_a_label() -> None:
    display = r"W = \sum_{i \in S} m_r"
    assert slips(display) == []
    assert [s.rule for s in slips(display, "The masses are $m_i$.")] == ["DC211"]
    assert [s.rule for s in slips(display, "Here $\\sum_r m_r = 1$.")] == ["DC211"]


def test_displays_without_an_equation_and_definitions_are_looked_at() -> None:
    assert len(slips(r"\frac1n \sum_{i=1}^{n} x_j")) == 1
    assert len(slips(r"\mu := \frac1n \sum_{i=1}^{n} x_j")) == 1


def test_an_equation_that_holds_has_no_slip() -> None:
    report = check_text("$$\n\\sum_{i=1}^{n} \\sum_{i=1}^{m} x_i = n \\sum_{i=1}^{m} x_i\n$$\n", path="note.md")
    (equation,) = report.equations
    holds = not equation.links[0].verdict.is_finding and equation.links[0].verdict.value in ("proved", "verified")
    assert bool(equation.slips) is not holds


def test_a_false_equation_is_one_finding_and_says_the_slip() -> None:
    text = "Let $A$ be $n \\times n$.\n\n$$\n\\|A\\|_F^2 = \\sum_{i=1}^{n} \\sum_{i=1}^{n} A_{ii}^2\n$$\n"
    (equation,) = check_text(text, path="note.md").equations
    assert equation.links[0].verdict.is_finding
    assert not equation.slips
    assert any("bound here and once more around it" in note.message for note in equation.links[0].notes)


@pytest.mark.parametrize("comment", ["<!-- derivcheck: ignore -->", "% derivcheck: ignore"])
def test_a_comment_leaves_a_display_alone(comment: str) -> None:
    latex = comment.startswith("%")
    display = "\\[ q = \\sum_{i=1}^{k} q_j \\]" if latex else "$$ q = \\sum_{i=1}^{k} q_j $$"
    flavour = Flavour.LATEX if latex else Flavour.MARKDOWN
    report = check_text(f"Words.\n\n{comment}\n{display}\n", path="note", flavour=flavour)
    assert not [s for e in report.equations for s in e.slips]


def test_a_macro_is_shown_where_it_is_called() -> None:
    text = "$\\newcommand{\\all}{\\sum_{i=1}^{n}}$\n\n$$\nq = \\all q_j\n$$\n"
    (slip,) = [s for e in check_text(text, path="note.md").equations for s in e.slips]
    assert (slip.place.line, slip.place.column) == (4, 5)


@pytest.mark.parametrize(
    "display",
    [
        r"\sum_{i=1}^{n}" * 400 + " x_j",
        r"\sum_{i=1}^{n} x_j + " * 800 + "1",
        "a" + r"\cdot a" * 400 + r"\sum_{i=1}^{n} x_j",
        r"\int " * 300 + " x",
        r"\left(" * 40 + r"\sum_i x_j" + r"\right)" * 40,
    ],
)
def test_hostile_displays_end(display: str) -> None:
    slips(display)
