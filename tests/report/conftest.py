"""A report with every kind of entry, written by hand."""

from __future__ import annotations

import pytest

from derivcheck.report.model import (
    EquationReport,
    FileError,
    FileReport,
    LinkReport,
    Note,
    Place,
    Repair,
    Report,
    ShapeNote,
    Verdict,
    WitnessNote,
)

SOURCE = """\
Let $A$ be $n \\times n$.

$$
\\nabla_x\\, x^\\top A x = A x + A x
$$

其中 $b$ 是向量，
$$ b^\\top x = x^\\top b $$
"""

FALSE_GRADIENT = LinkReport(
    index=0,
    chain=0,
    chain_link=0,
    relation="=",
    lhs="\\nabla_x\\, x^\\top A x",
    rhs="A x + A x",
    place=Place(4, 23, 4, 24),
    verdict=Verdict.REFUTED,
    rule="DC102",
    message="a transpose is missing",
    reading=("denominator layout",),
    shapes=(
        ShapeNote("A", "n × n", "declared", Place(1, 6, 1, 7)),
        ShapeNote("x", "n × 1", "inferred"),
    ),
    witness=WitnessNote({"n": 2}, {"A": "[[0, 1], [0, 0]]", "x": "[1, 2]"}, "[2, 1]", "[4, 0]", (1, 1)),
    repair=Repair("missing transpose", "DC102", "A", "A^\\top", Place(4, 31, 4, 32), 1),
    notes=(Note("the shape of A comes from here", Place(1, 6, 1, 7)),),
    lhs_place=Place(4, 1, 4, 22),
    rhs_place=Place(4, 25, 4, 34),
    caret=Place(4, 31, 4, 32),
)
PROVED = LinkReport(0, 0, 0, "=", "b^\\top x", "x^\\top b", Place(8, 12, 8, 13), Verdict.PROVED)
UNKNOWN = LinkReport(
    1,
    0,
    1,
    "=",
    "f(x)",
    "\\aleph x",
    Place(8, 12, 8, 13),
    Verdict.UNKNOWN,
    reason="unsupported operator",
    message="`\\aleph`",
)


@pytest.fixture
def report() -> Report:
    first = EquationReport(1, Place(3, 1, 5, 3), "\\nabla_x\\, x^\\top A x = A x + A x", (FALSE_GRADIENT,))
    second = EquationReport(2, Place(8, 1, 8, 29), "b^\\top x = x^\\top b", (PROVED, UNKNOWN))
    third = EquationReport(3, Place(9, 1, 9, 9), "\\frac{1", (), unparsed="unclosed group")
    note = Note("unclosed `$$`", Place(9, 1, 9, 3))
    return Report(
        (
            FileReport("notes/梯度.md", (first, second, third), (note,), source=SOURCE),
            FileReport("bad.md", (), error=FileError("ValueError", "boom")),
        )
    )
