"""A clash of shapes that goes away when a matrix is square: det(P Q) = det P det Q for P of m×n."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import replace
from itertools import islice
from typing import TYPE_CHECKING

from derivcheck.diagnose.credible import says_something, trivial
from derivcheck.notation import tree
from derivcheck.notation.keys import symbol_key
from derivcheck.notation.walk import subtrees
from derivcheck.verify.decide import passes

if TYPE_CHECKING:
    from derivcheck.judge.question import Question, Settled

_MOST = 3  # pairs of sizes tried


def missing_squareness(question: Question, settled: Settled) -> str:
    """The two sizes of a declared symbol with which, if they were equal, the ill-shaped link would make sense and hold:
    `m = n`; "" when there are none."""
    choice = settled.tried[0].reading.choice
    for rows, columns in islice(_rectangular(question), _MOST):
        known = question.known.equating(rows, columns)
        claim = replace(question, known=known).read(choice).claim
        if claim is None or not says_something(claim) or trivial(claim):
            continue
        if passes(claim) is not None:
            return f"{rows} = {columns}"
    return ""


def _rectangular(question: Question) -> Iterator[tuple[str, str]]:
    """(rows, columns) of the symbols whose declared sizes differ, each pair of sizes once."""
    seen: set[tuple[str, str]] = set()
    for node in (n for root in question.nodes for n in subtrees(root)):
        key = symbol_key(node) if isinstance(node, tree.Sym) else None
        shape = question.known.shape(key) if key is not None else None
        if shape is None or (shape.rows, shape.cols) in seen:
            continue
        seen.add((shape.rows, shape.cols))
        if shape.rows.isalpha() and shape.cols.isalpha() and shape.rows != shape.cols:
            yield shape.rows, shape.cols
