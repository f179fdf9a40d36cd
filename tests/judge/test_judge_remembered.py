"""Properties that an earlier section tells."""

from __future__ import annotations

import pytest

from derivcheck.pipeline import check_text

NOTE = """# Quadratic forms

Let $H \\in \\mathbb R^{n\\times n}$ be symmetric.

$$ \\nabla_z (z^\\top H z) = 2 H z $$

# Penalties

For $P(z) = g(z) + \\frac\\mu2 \\|Hz - c\\|^2$

$$ %s $$
"""


@pytest.mark.parametrize(
    ("formula", "verdicts"),
    [
        ("\\nabla_z (z^\\top H z) = 2 H z", {"proved", "verified"}),
        ("\\nabla^2 P(z) = \\nabla^2 g(z) + \\mu H^\\top H", {"proved", "verified"}),
        ("\\nabla^2 P(z) = \\nabla^2 g(z) + \\mu H H^\\top", {"unknown"}),  # H may be another one here
    ],
)
def test_they_hold_unless_a_slip_explains_it_as_well(formula: str, verdicts: set[str]) -> None:
    equations = check_text(NOTE % formula, path="note.md").equations
    assert equations[-1].links[0].verdict.value in verdicts


CONDITION = """Let $A \\in \\mathbb R^{m\\times n}$.

If $A$ is invertible, then

$$ A^{-1} A = I $$

In general

$$ %s $$
"""


@pytest.mark.parametrize(
    ("formula", "verdicts"),
    [
        ("(A A^+)^\\top = A A^+", {"proved", "verified"}),
        ("(A A^+)^\\top = A^+ A", {"unknown"}),  # true of invertible matrices, an exchange away from all
    ],
)
def test_conditions_that_may_have_ended_hide_no_slip(formula: str, verdicts: set[str]) -> None:
    equations = check_text(CONDITION % formula, path="note.md").equations
    assert equations[-1].links[0].verdict.value in verdicts


def test_a_number_that_is_called_skew_symmetric_is_not_zero() -> None:
    text = "Let $W \\in \\mathbb R$ be skew-symmetric.\n\n$$ W + 3 = 3 $$\n"
    assert check_text(text, path="note.md").equations[-1].links[0].verdict.value not in ("proved", "verified")
