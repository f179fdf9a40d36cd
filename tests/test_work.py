"""Limits on work are counted, so that they stop at the same step in every run."""

from __future__ import annotations

from itertools import count
from unittest.mock import patch

import pytest

from derivcheck import check_text, work
from derivcheck.readings import elaborator
from derivcheck.work import METER, Allowance

NOTE = """
Let $A, B$ be $n \\times n$ matrices and $x, y \\in \\mathbb{R}^n$.

$$
(A x + B y)^\\top (A x - B y) = x^\\top A^\\top A x - x^\\top A^\\top B y + y^\\top B^\\top A x + y^\\top B^\\top B x
$$

$$
\\nabla_x (x^\\top A B x + y^\\top B x) = A B x + B A x + B^\\top y
$$
"""


def test_what_is_spent_is_not_left() -> None:
    allowance = Allowance(1.0)
    METER.spent += 0.25
    assert allowance.left() == pytest.approx(0.75)
    assert not allowance.used_up()
    METER.spent += 0.8
    assert allowance.left() == 0
    assert allowance.used_up()


def test_the_clock_is_a_safety_net() -> None:
    assert Allowance(-1.0).used_up()
    allowance = Allowance(1.0)
    with patch.object(work, "monotonic", lambda: 1e12), patch.object(work, "thread_time", lambda: 1e12):
        assert allowance.used_up()


def verdicts(node_read: float, seconds_per_look: float) -> list[tuple[str, str | None]]:
    """Of the note, where a node costs so much and the CPU clock advances so fast."""
    clock = (k * seconds_per_look for k in count())
    with (
        patch.object(elaborator, "NODE_READ", node_read),
        patch.object(work, "monotonic", lambda: 0.0 if seconds_per_look == 0 else 1e9 * next(clock)),
        patch.object(work, "thread_time", lambda: next(clock)),
    ):
        report = check_text(NOTE, path="note.md")
    return [(link.verdict.value, link.message) for e in report.equations for link in e.links]


@pytest.mark.parametrize("node_read", [2e-3, 5e-3, 2e-2])
def test_a_search_cut_short_stops_at_the_same_step(node_read: float) -> None:
    """However fast the machine is: here most searches end early."""
    assert verdicts(node_read, 0.0) == verdicts(node_read, 1e-5)


def test_work_is_what_ends_a_search() -> None:
    assert verdicts(work.NODE_READ, 0.0) != verdicts(0.3, 0.0)
