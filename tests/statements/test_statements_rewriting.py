"""The table of rewritings: each does its own, nothing else, and nothing twice."""

from __future__ import annotations

import pytest

from derivcheck.documents.model import Document, Flavour
from derivcheck.documents.read import read_document
from derivcheck.statements.rewriting import REWRITINGS, Written, rewritten
from derivcheck.statements.split import read_displays

PLAIN = "Let $A$ be a matrix.\n\n$$\n(AB)^\\top = B^\\top A^\\top\n$$\n"
# a note in which the notation of the row stands, in the order of the table
SAMPLES = (
    "A comma denotes a derivative.\n\n$$\nu_{i,j} = \\partial_j u_i\n$$\n",
    "We use the Einstein summation convention.\n\n$$\ng_{ij} v^j = v_i\n$$\n",
    "$$\n\\Delta x = v\\,\\Delta t\n$$\n",
    "$$\n\\dot x(t) = A x(t)\n$$\n\n$$\ny(t) = C x(t)\n$$\n",
    "$$\np(x \\mid \\theta) p(\\theta) = p(\\theta \\mid x) p(x)\n$$\n",
    "$$\nF_{iK} G_{Kj} = \\delta_{ij}\n$$\n",
    "$$\n\\ell(\\mu, \\sigma^2) = -\\frac{(x - \\mu)^2}{2\\sigma^2} - \\frac12\\log\\sigma^2\n$$\n",
)


def _written(text: str) -> Written:
    document: Document = read_document(text, path="note.md", flavour=Flavour.MARKDOWN)
    return Written(read_displays(document), document)


@pytest.mark.parametrize("row", REWRITINGS, ids=lambda row: row.notation)
def test_leaves_other_notation_alone(row) -> None:
    written = _written(PLAIN)
    assert row.rewrite(written).displays == written.displays


@pytest.mark.parametrize(("row", "text"), list(zip(REWRITINGS, SAMPLES, strict=True)), ids=lambda p: getattr(p, "notation", ""))
def test_rewrites_its_notation_once(row, text: str) -> None:
    written = _written(text)
    once = row.rewrite(written)
    assert once.displays != written.displays
    assert row.rewrite(once).displays == once.displays


def test_those_that_rename_come_last() -> None:
    assert [row.renames for row in REWRITINGS] == sorted(row.renames for row in REWRITINGS)
    written = _written("\n".join(SAMPLES))
    assert rewritten(rewritten(written, renaming=False), renaming=True).displays != written.displays
