# ruff: noqa: E501 - a row per case reads better than wrapped notes
"""What a text denies is no claim and no hypothesis; cases and notation that were once taken for mistakes."""

from __future__ import annotations

import pytest
from checked import verdicts

from derivcheck.context.denials import denied
from derivcheck.verdict import Verdict

FALSE = r"(P + Q)^2 = P^2 + 2PQ + Q^2"
DENIED = [
    "For matrices $P$, $Q$ we do **not** have",
    r"For matrices $P$, $Q$ we do \textbf{not}, in general, have:",
    "Of matrices it is not true that",
    "It would be wrong to write, for matrices,",
    "A common mistake with matrices is to write",
    "For matrices $P$, $Q$ one cannot conclude that",
    "对一般的矩阵，下式不成立：",
    "常见错误：",
]
SAID = [
    "The square of a sum of matrices has an error of second order:",
    "It is not hard to see, for matrices $P$ and $Q$, that",
    "We do not have to look far:",
    "不难得到",
]


@pytest.mark.parametrize("words", DENIED)
def test_what_the_words_before_it_deny_is_no_claim(words: str) -> None:
    assert verdicts(f"{words}\n\n$${FALSE}$$\n") == [Verdict.UNKNOWN]


@pytest.mark.parametrize("words", SAID)
def test_other_negations_leave_a_claim(words: str) -> None:
    assert verdicts(f"{words}\n\n$${FALSE}$$\n") == [Verdict.REFUTED]


def test_what_the_words_behind_it_deny_is_no_claim() -> None:
    assert verdicts(f"Let $P$, $Q$ be square. The rule\n$${FALSE}$$\ndoes not hold in general.") == [Verdict.UNKNOWN]


@pytest.mark.parametrize(
    "words",
    [
        "In general we do not have $PQ = QP$. Then",
        "It is wrong to assume that $PQ = QP$. Then",
        "一般 $PQ = QP$ 不成立。于是",
    ],
)
def test_what_is_denied_in_words_is_no_hypothesis(words: str) -> None:
    assert verdicts(f"Let $P$ and $Q$ be $n\\times n$ matrices. {words}\n\n$${FALSE}$$\n") == [Verdict.REFUTED]


NO_FINDING = [
    pytest.param(
        r"Observations are explained by" "\n\n" r"$$ q_{rs} = \kappa + \eta^\top z_{rs} + e_{rs}. $$",
        id="a vector with two subscripts, that of unit r in period s",
    ),
    pytest.param(
        r"The outcome $W_{rs}$ is regressed on a $1\times k$ row vector of covariates $\mathbf z_{rs}$:" "\n\n" r"$$ W_{rs} = \mathbf z_{rs}\boldsymbol\eta + e_{rs}. $$",
        id="a row with two subscripts",
    ),
    pytest.param(r"The action is" "\n\n" r"$$ I = 3\int_0^2 s^3\,ds. $$", id="an I that is a number"),
    pytest.param(
        r"$$ \gamma = C \cdot \gamma^\mathrm{C}, $$" "\n\n" r"where $\gamma^\mathrm{C}$ holds the free coefficients and $C$ is a matrix.",
        id="an upright capital above is a label",
    ),
    pytest.param(r"The Stokes number is" "\n\n" r"$$ S = \frac{\tau_q}{\tau_{g\ q}^T}. $$", id="nothing is divided by a transpose"),
    pytest.param(
        r"Let $s\in\mathbb R^{k}$ hold variances, $u, m\in\mathbb R^{k}$, and put" "\n\n" r"$$ w = s^{-1/2}(u - m). $$",
        id="powers of a vector go by entries, and so does what they multiply",
    ),
    pytest.param(
        r"Let $\mathbf H$ be an $n\times h$ matrix and let $\mathbf Y$ be an $n\times d$ matrix. We define a third one," "\n\n" r"$$ \mathbf M = (\mathbf H^\top * \mathbf Y^\top)^\top. $$",
        id="an asterisk is the sign of many products",
    ),
    pytest.param(
        r"Of a vector $\vec a$:" "\n\n" r"$$\begin{aligned} \min(a_x, a_y, a_z) = a_z \Longrightarrow \vec a\mbox{.normal()} = \{a_y, -a_x, 0\} \\ \min(a_x, a_y, a_z) = a_y \Longrightarrow \vec a\mbox{.normal()} = \{-a_z, 0, a_x\} \end{aligned}$$",
        id="which of them is the least is a case",
    ),
]


@pytest.mark.parametrize("text", NO_FINDING)
def test_notation_of_authors_is_no_finding(text: str) -> None:
    assert not any(v.is_finding for v in verdicts(text))


def test_a_case_gives_values_anew() -> None:
    """C = 1 + 3B/2 stands beside a new A, on which the old C rested: it is no slip in the old C."""
    text = (
        "When $s = t$,\n\n$$ A = 1 + r, \\quad B = 2A - 1, \\quad C = 1 + 3B. $$\n\n"
        "When $s = 0$,\n\n$$ A = \\ln(1 + r), \\quad B = 2A - 1, \\quad C = 1 + \\frac{3B}{2}. $$\n"
    )
    assert not any(v.is_finding for v in verdicts(text))


DOWNWARDS = [
    (r"\sum_{t=T}^{1} c_t = \sum_{t=1}^{T} c_t", r"\sum_{t=T}^{1} c_t = 2\sum_{t=1}^{T} c_t"),
    (
        r"\Big(\prod_{i=1}^{k} F_i\Big)^{-1} = \prod_{i=k}^{1} F_i^{-1}",
        r"\Big(\prod_{i=1}^{k} F_i\Big)^{-1} = \prod_{i=1}^{k} F_i^{-1}",
    ),
    (
        r"\sum_{i=1}^m\sum_{j=1}^m |h_i - h_j| = 2\sum_{i=1}^m\sum_{h_j > h_i}(h_j - h_i)",
        r"\sum_{i=1}^m\sum_{j=1}^m |h_i - h_j| = \sum_{i=1}^m\sum_{h_j > h_i}(h_j - h_i)",
    ),
]


@pytest.mark.parametrize(("true", "false"), DOWNWARDS)
def test_sums_downwards_and_over_conditions_on_members(true: str, false: str) -> None:
    said = "Let $F_1, \\dots, F_k$ be invertible matrices.\n\n"
    assert set(verdicts(f"{said}$${true}$$\n")) <= {Verdict.PROVED, Verdict.VERIFIED}
    assert verdicts(f"{said}$${false}$$\n") == [Verdict.REFUTED]


@pytest.mark.parametrize("run", ["{" * 60, "* " * 40, "\\em " * 18, "_" * 90])
def test_a_long_run_of_markup_is_read_at_once(run: str) -> None:
    """Divided among the gaps of the patterns, it had exponentially many readings."""
    formula = "\ue000"
    assert list(denied(f"we do not {run}q {formula} ok")) == []
    assert list(denied(f"{formula} {run} x, it is not so")) == []
