"""A chain while it is being put together."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, field

from derivcheck.statements.model import Connective, RelationKind
from derivcheck.statements.units import Unit, UnitKind

_DOTS = frozenset({"\\dots", "\\ldots", "\\cdots", "\\dotsc", "\\dotsb"})


@dataclass(slots=True)
class Draft:
    """A chain being put together: members[i] relations[i] members[i+1], each member a list of units."""

    connective: Connective
    column: int
    members: list[list[Unit]] = field(default_factory=lambda: [[]])
    relations: list[Unit] = field(default_factory=list)
    words: list[str] = field(default_factory=list)
    leading: int = 0  # so many of the words stand before the mathematics

    @property
    def open(self) -> bool:
        """Does it end in a relation or an operator?"""
        last = self.members[-1]
        return (not last and bool(self.relations)) or (bool(last) and last[-1].kind is UnitKind.OPERATOR)

    @property
    def blank(self) -> bool:
        return not self.relations and not self.members[0]


@dataclass(slots=True)
class Gap:
    """The separators between the last unit of a member and the next."""

    row: bool = False
    cell: bool = False
    space: bool = False
    strong: bool = False  # a semicolon or a full stop
    commas: list[Unit] = field(default_factory=list)


def relation_ahead(units: Sequence[Unit], ends: frozenset[UnitKind]) -> list[bool]:
    """For each unit: does a relation sign stand between it and the next unit whose kind is in `ends`?"""
    found = [False] * (len(units) + 1)
    for k in range(len(units) - 1, -1, -1):
        kind = units[k].kind
        found[k] = kind is UnitKind.RELATION or (kind not in ends and found[k + 1])
    return found


def is_range(draft: Draft) -> bool:
    """`i = 1, \\dots, n` says over which values its neighbour holds."""
    if len(draft.relations) != 1 or draft.relations[0].relation is not RelationKind.EQUAL:
        return False
    values = draft.members[1]
    dots = next((k for k, u in enumerate(values) if u.text in _DOTS), 0)
    return dots > 3 or (dots > 1 and dots + 1 < len(values) and values[dots + 1].kind is UnitKind.COMMA)


def drop_and_so_on(member: list[Unit]) -> None:
    """`x = y, \\dots`: the dots stand for further statements."""
    if len(member) > 2 and member[-1].text in _DOTS and member[-2].kind is UnitKind.COMMA:
        del member[-2:]
