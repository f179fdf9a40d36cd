"""DC202: an index of an entry is lost, and another one stands in its place."""

from __future__ import annotations

from collections.abc import Iterator

from derivcheck.notation.tree import Node, Script, Sym
from derivcheck.notation.walk import subtrees
from derivcheck.scope.occurrences import Occurrence, Role, Survey
from derivcheck.scope.sheet import Sheet, is_legible
from derivcheck.scope.slip import Slip

_INDICES = frozenset({"i", "j", "k", "l"})  # hardly ever labels when several stand together
_ROLES = (Role.FACTOR, Role.INDEX, Role.ARGUMENT)


def lost_index(sheet: Sheet) -> Iterator[Slip]:
    """`p_{ij} = P(X_1 = k \\mid X_0 = i)`: j is free on the left only, k on the right only.

    A side without one of the indices may be the same for all its values, and one letter alone may be a label.
    """
    for chain, link in sheet.equalities():
        for entry, member in ((link, link + 1), (link + 1, link)):
            side = sheet.surveys[chain][member]
            lost = _lost(sheet.surveys[chain][entry].node, side)
            if not lost or sheet.says(lost):
                continue
            known = {o.letter for o in sheet.elsewhere(chain, member)}
            instead = next((o for o in side.occurrences if _is_free(o) and o.letter not in known), None)
            if instead is not None and not sheet.says(instead.letter):
                message = f"`{lost}` is free on the other side only, `{instead.letter}` on this side only"
                yield Slip("DC202", message, instead.symbol, ((chain, link),))


def _lost(entry: Node, side: Survey) -> str:
    """The index of the entry that the side lacks, when it has all the others."""
    match entry:
        case Script(Sym(), sub, None, 0) if sub is not None:
            indices = [n.name for n in subtrees(sub) if isinstance(n, Sym)]
            there = {o.letter for o in side.occurrences}
            lost = [name for name in indices if name not in there]
            if len(indices) > 1 and set(indices) <= _INDICES and len(lost) == 1 and is_legible(side.node):
                return lost[0]
    return ""


def _is_free(o: Occurrence) -> bool:
    """Is it an index of its own that no sum binds?"""
    return o.letter in _INDICES and o.is_variable and not o.word and not o.bound and o.role in _ROLES
