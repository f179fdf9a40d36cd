r"""Matrices written out: "$M = \begin{pmatrix} a & b \\ c & d \end{pmatrix}$ is a 2×2 matrix" says that a, b, c, d are
numbers, whatever they were before."""

from __future__ import annotations

from collections.abc import Iterator, Sequence

from derivcheck.context.facts import DefinitionFact, Fact, ShapeFact
from derivcheck.context.subjects import key_of
from derivcheck.notation.tree import Add, Grid, Node, Script, Sym


def numbers_written(facts: Sequence[Fact]) -> Iterator[Fact]:
    """The letters that stand as entries of a matrix that has as many rows and columns as its size says."""
    sizes = {(f.item, f.key): (f.rows, f.cols) for f in facts if isinstance(f, ShapeFact) and f.rows and f.cols}
    for fact in facts:
        match fact:
            case DefinitionFact(right=Grid(rows=rows)) if rows and (key := key_of(fact.left)) is not None:
                if sizes.get((fact.item, key)) == (str(len(rows)), str(len(rows[0]))):
                    for name in dict.fromkeys(n for row in rows for cell in row if (n := _letter(cell)) is not None):
                        yield ShapeFact(fact.span, fact.scope, fact.item, name, "scalar", "1", "1", anew=True)
            case _:
                pass


def _letter(cell: Node) -> str | None:
    """a of `a` and `-a`."""
    match cell:
        case Add(terms=(term,)):
            return _letter(term)
        case Sym() | Script(sup=None, primes=0):
            return key_of(cell)
        case _:
            return None
