# ruff: noqa: E501 - a formula per row reads better than wrapped ones
r"""Derivatives by time where the text gives ẋ: Lyapunov functions, energies, Riccati equations."""

from __future__ import annotations

import pytest

from derivcheck import check_text
from derivcheck.verdict import Verdict

LINEAR = "Consider $\\dot x = Ax$ and the function $V = x^\\top P x$ with symmetric $P$.\n\n"
INPUT = (
    "Let $A\\in\\mathbb R^{n\\times n}$, $B\\in\\mathbb R^{n\\times m}$, $C\\in\\mathbb R^{p\\times n}$, "
    "$x\\in\\mathbb R^n$, $u\\in\\mathbb R^m$.\n\n$$\\dot x = Ax + Bu,\\qquad y = Cx$$\n\n"
)
RICCATI = "Let $P(t)$ satisfy\n\n$$\\frac{dP}{dt} = AP + PA^\\top + Q$$\n\n"
PENDULUM = "The pendulum obeys\n\n$$\\ddot\\theta = -\\frac{g}{l}\\sin\\theta .$$\n\n"
ENERGY = "Let $E = \\frac12 l^2\\dot\\theta^2 - g l\\cos\\theta$.\n\n"
GRADIENT = "Consider the gradient flow $\\dot z = -\\nabla f(z)$.\n\n"


def last(text: str, formula: str) -> list[Verdict]:
    report = check_text(f"{text}$${formula}$$\n", path="note.md")
    assert report.error is None
    return [link.verdict for link in report.equations[-1].links]


def holds(verdicts: list[Verdict]) -> bool:
    return all(v in (Verdict.VERIFIED, Verdict.PROVED) for v in verdicts)


@pytest.mark.parametrize(
    ("said", "right", "wrong"),
    [
        (LINEAR, r"\dot V = x^\top(A^\top P + PA)x", r"\dot V = x^\top(AP + PA)x"),
        (LINEAR, r"\frac{dV}{dt} = x^\top(A^\top P + PA)x", r"\frac{dV}{dt} = x^\top(A^\top P - PA)x"),
        (LINEAR, r"\ddot x = A^2 x", r"\ddot x = A^\top A x"),
        (LINEAR, r"\frac{d}{dt}\|x(t)\|^2 = 2x(t)^\top A x(t)", r"\frac{d}{dt}\|x(t)\|^2 = x(t)^\top A x(t)"),
        (INPUT, r"\dot y = CAx + CBu", r"\dot y = CAx - CBu"),
        (RICCATI, r"\frac{d}{dt}P^{-1} = -P^{-1}A - A^\top P^{-1} - P^{-1}QP^{-1}",
         r"\frac{d}{dt}P^{-1} = -P^{-1}A - AP^{-1} - P^{-1}QP^{-1}"),
        (PENDULUM + ENERGY, r"\dot E = l^2\dot\theta\ddot\theta + g l \sin\theta\,\dot\theta",
         r"\frac{dE}{dt} = l^2\dot\theta\ddot\theta - g l \sin\theta\,\dot\theta"),
        (GRADIENT, r"\frac{d}{dt} f(z(t)) = -\|\nabla f(z)\|^2", r"\frac{d}{dt} f(z(t)) = -\|\nabla f(z)\|"),
    ],
)  # fmt: skip
def test_along_a_flow(said: str, right: str, wrong: str) -> None:
    assert holds(last(said, right))
    assert last(said, wrong) == [Verdict.REFUTED]


def test_an_energy_is_conserved() -> None:
    formula = r"\dot E = l^2\dot\theta\ddot\theta + g l \sin(\theta)\dot\theta = 0"
    assert holds(last(PENDULUM + ENERGY, formula))


def test_states_named_by_a_definition_move_once() -> None:
    said = PENDULUM + "With $x_1=\\theta$, $x_2=\\dot\\theta$,\n\n$$\\dot x_1 = x_2,\\quad \\dot x_2 = -\\frac gl \\sin x_1$$\n\n"
    assert holds(last(said + "and $W = \\frac12 x_2^2$.\n\n", r"\dot W = x_2\dot x_2 = -\frac gl x_2\sin x_1"))


def test_an_input_may_vary_too() -> None:
    assert last(INPUT, r"\ddot y = CA^2x + CABu") == [Verdict.UNKNOWN]


def test_data_within_what_flows_are_no_inputs() -> None:
    said = "Let $X\\in\\mathbb R^{n\\times p}$, $y\\in\\mathbb R^n$ and $J(w) = \\|Xw-y\\|^2$. For $\\dot w = -\\nabla J(w)$,\n\n"
    assert holds(last(said, r"\frac{d}{dt}J(w) = -\|\nabla J(w)\|^2"))
    assert not holds(last(said, r"\frac{d}{dt}J(w) = \|\nabla J(w)\|^2"))


def test_another_system_is_no_finding() -> None:
    """Here u = 0 was not understood; no small edit mends what is said."""
    said = INPUT + "Let $V = x^\\top P x$, $P$ symmetric. When the input is switched off,\n\n"
    assert last(said, r"\dot V = x^\top(A^\top P + PA)x") != [Verdict.REFUTED]


def test_a_rate_at_another_time_leaves_calls_alone() -> None:
    said = "Let $\\dot q = v$, $q(0) = c$.\n\n"
    assert last(said, r"q(t)\,c = q(0)\,q(t)") != [Verdict.REFUTED]
