"""DC218: a sequence written with dots ends with another letter than it starts with."""

from __future__ import annotations

from collections.abc import Iterator
from itertools import chain as chained

from derivcheck.notation.tree import Add, Dots, Grid, Node, Num, Script, Sequence, Sym
from derivcheck.notation.walk import subtrees
from derivcheck.scope.occurrences import Role
from derivcheck.scope.sheet import Sheet
from derivcheck.scope.slip import Slip


def broken_sequence(sheet: Sheet) -> Iterator[Slip]:
    """`(u_1, \\dots, v_n)` beside other u and no other v: v_n is the last of no sequence.

    Sequences of pairs, `(u_1, v_1, \\dots, u_n, v_n)`, are none of these: there one of the letters stands twice.
    """
    for c, members in enumerate(sheet.surveys):
        for m, found in enumerate(members):
            for node in subtrees(found.node):
                for first, last in _ends(node):
                    if _counted(sheet, first) > 1 and _counted(sheet, last) == 1:
                        message = f"the sequence starts with `{first.name}` and ends with `{last.name}`"
                        links = [(c, k) for k in (m - 1, m) if 0 <= k < len(sheet.display.chains[c].relations)]
                        yield Slip("DC218", message, last, tuple(links))


def _ends(node: Node) -> Iterator[tuple[Sym, Sym]]:
    """Letters of a first and a last member that are alike but for the letter and the index, only dots between them."""
    match _listed(node):
        case (Script(Sym() as first, start, sup, 0), Dots(), Script(Sym() as last, end, sup_, 0)):
            if sup == sup_ and first != last and isinstance(start, Num) and isinstance(end, Sym):
                yield first, last


def _listed(node: Node) -> tuple[Node, ...]:
    match node:
        case Sequence(items) | Add(_, items):
            return items
        case Grid(rows=rows) if all(len(row) == 1 for row in rows) or len(rows) == 1:
            return tuple(chained.from_iterable(rows))
    return ()


def _counted(sheet: Sheet, letter: Sym) -> int:
    """How often it stands for a symbol in the display."""
    found = (o for members in sheet.surveys for s in members for o in s.occurrences)
    return sum(o.symbol == letter and o.role in (Role.BASE, Role.FACTOR) for o in found)
