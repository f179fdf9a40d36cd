"""∫ f dx = F + C says that F' = f."""

from __future__ import annotations

import pytest
from checked import PASSES

from derivcheck import check_text
from derivcheck.verdict import Verdict


def verdicts(formula: str) -> list[Verdict]:
    report = check_text(f"$$\n{formula}\n$$\n", path="note.md")
    assert report.error is None
    return [link.verdict for link in report.equations[0].links]


@pytest.mark.parametrize(
    "formula",
    [
        r"\int \cos^2 u\,du = \frac{u}{2} + \frac{\sin 2u}{4} + C",
        r"\int u^2e^u\,du = u^2e^u - 2\int u e^u\,du = (u^2 - 2u + 2)e^u + c",
        r"\int \frac{dt}{a^2 + t^2} = \frac1a\arctan\frac ta + \text{const}",
        r"\int f(t)g'(t)\,dt = f(t)g(t) - \int f'(t)g(t)\,dt",
        r"\int (a f(t) + b g(t))\,dt = a\int f(t)\,dt + b\int g(t)\,dt",
    ],
)
def test_antiderivatives_hold(formula: str) -> None:
    assert set(verdicts(formula)) <= set(PASSES)


@pytest.mark.parametrize(
    "formula",
    [
        r"\int \cos^2 u\,du = \frac{u}{2} - \frac{\sin 2u}{4} + C",
        r"\int t\ln t\,dt = \frac{t^2}{2}\ln t - \frac{t^2}{2} + C",
        r"\int u^2e^u\,du = u^2e^u + 2\int u e^u\,du",
    ],
)
def test_wrong_antiderivatives_are_found(formula: str) -> None:
    assert verdicts(formula) == [Verdict.REFUTED]


@pytest.mark.parametrize(
    "formula",
    [
        r"\int p(t)\,dt = 1",
        r"\int e^{-t^2}\,dt = \sqrt{\pi}",
        r"\int (t - m)^2p(t)\,dt = \int t^2p(t)\,dt - m^2",
        r"\|f(t)\|^2 = \int f(t)^2\,dt",
        r"t\int e^t\,dt = t e^t",
        r"\int u\,dv = uv + \int v\,du",
    ],
)
def test_integrals_over_everything_are_left_alone(formula: str) -> None:
    """Also what stands inside a product, and what has two variables."""
    assert verdicts(formula) == [Verdict.UNKNOWN]


def test_a_wrong_sign_is_mended() -> None:
    report = check_text("$$\\int u e^u\\,du = u e^u + \\int e^u\\,du$$\n", path="note.md")
    repair = report.equations[0].links[0].repair
    assert repair is not None and (repair.old, repair.new) == ("+", "-")
