"""Candidates: every edit of either side, likeliest first."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass, replace
from typing import TYPE_CHECKING, assert_never

from derivcheck.diagnose.kinds import KINDS, SIZES
from derivcheck.diagnose.model import Limits
from derivcheck.diagnose.places import Place, places, replaced
from derivcheck.diagnose.variant import Balance, Balances, EditKind, Scene, Variant
from derivcheck.notation import tree
from derivcheck.notation.keys import symbol_key

if TYPE_CHECKING:
    from derivcheck.judge.question import Question


@dataclass(frozen=True, slots=True)
class Candidate:
    """An edited side: `root` is the side after the edit, `size` ranks it."""

    kind: EditKind
    side: str
    place: Place
    variant: Variant
    root: tree.Node
    size: int

    def on(self, root: tree.Node) -> Candidate:
        """The same edit as part of another side."""
        return replace(self, root=root)

    def sides(self, question: Question) -> tuple[tree.Node, tree.Node]:
        """Both sides after the edit."""
        return (self.root, question.rhs) if self.side == "lhs" else (question.lhs, self.root)


def candidates(question: Question, scene: Scene, limits: Limits) -> Iterator[Candidate]:
    """Edits by size; those of the side that nothing speaks against, usually the left one, count as larger, and more so
    where that side is no longer than the other: slips are made where much is written."""
    sides = (("rhs", question.rhs), ("lhs", question.lhs))
    if limits.suspect == "lhs":
        sides = (sides[1], sides[0])
    all_places = {name: tuple(places(root)) for name, root in sides}
    most = 1 if len(all_places[sides[1][0]]) > len(all_places[sides[0][0]]) else 2
    for size in range(1, SIZES[-1] + most + 1):
        for more, (name, root) in zip((0, most), sides, strict=True):
            if more and symbol_key(root) is not None:
                continue  # a lone symbol is what the other side is said of
            other = question.lhs if name == "rhs" else question.rhs
            for kind in KINDS:
                if kind.size + more != size or not _admitted(kind, limits) or not _balances(kind, name, scene.balance):
                    continue
                for place in reversed(all_places[name]) if kind.last_first else all_places[name]:
                    for variant in kind.variants(place, scene):
                        new = replaced(root, place.path, variant.node)
                        if new not in (root, other):
                            yield Candidate(kind, name, place, variant, new, size)


def _admitted(kind: EditKind, limits: Limits) -> bool:
    if limits.rules and kind.rule not in limits.rules:
        return False
    restores = kind.renames or kind.balances is not None
    return kind.structural or not limits.structural_only or (limits.renames and restores)


def _balances(kind: EditKind, side: str, balance: Balance | None) -> bool:
    """Whether the kind is for this side: any is that does not make up for symbols on one side only."""
    match kind.balances:
        case None:
            return True
        case Balances.ADDS:
            return balance is not None and side == balance.lacking
        case Balances.DROPS:
            return balance is not None and side != balance.lacking
        case _:
            assert_never(kind.balances)
