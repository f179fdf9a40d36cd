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
