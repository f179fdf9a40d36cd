"""What an edit of one place is, and what it may draw on."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from dataclasses import dataclass, replace
from enum import Enum

from derivcheck.diagnose.places import Path, Place
from derivcheck.notation import tree
from derivcheck.readings.known import Known

Piece = str | tree.Node


@dataclass(frozen=True, slots=True)
class Patch:
    """Replace the block text `start:end` by the pieces: text as it stands, nodes in the author's notation."""

    start: int
    end: int
    pieces: tuple[Piece, ...]


@dataclass(frozen=True, slots=True)
class Variant:
    """Another node for a place. `patch`: the smallest change of the source; None rewrites the whole place."""

    node: tree.Node
    words: str  # the mistake, in words
    patch: Patch | None = None


@dataclass(frozen=True, slots=True)
class Balance:
    """One side has symbols that the other one lacks.

    lacking: "lhs" or "rhs", the side that lacks them. terms: what it may lack. open: where these may be added.
    spare: the sums of the other side of which a term may be dropped. alone: whether a term may.
    """

    lacking: str
    terms: tuple[tree.Node, ...]
    open: frozenset[Path]
    spare: frozenset[Path]
    alone: Callable[[tree.Node], bool]


@dataclass(frozen=True, slots=True)
class Scene:
    """What an edit may draw on: the block text, the author's transpose sign, the symbols, subscript letters,
    factors and sums of the equation."""

    text: str
    known: Known
    transpose: tree.Node
    mark: str = "^\\top"  # the text that puts it on a base
    symbols: tuple[tree.Node, ...] = ()
    letters: tuple[tree.Sym, ...] = ()
    factors: tuple[tree.Node, ...] = ()
    sums: tuple[tree.Big, ...] = ()
    members: tuple[tree.Script, ...] = ()  # of families: symbols with an index
    differentiates: bool = False  # a derivative or gradient stands somewhere
    variables: tuple[tree.Node, ...] = ()  # by which derivatives are taken
    commutations: tuple[tree.Node, ...] = ()  # K_mn of sizes of the equation, where the text has such a matrix
    sizes: tuple[tree.Sym, ...] = ()  # letters of the sizes of what occurs
    definitions: tuple[tuple[tree.Node, tree.Node], ...] = ()  # symbols that the text defines, with what they are
    standing: frozenset[tree.Node] = frozenset()  # symbols that stand by themselves, not only as the base of others
    terms: tuple[tree.Node, ...] = ()  # of the sums of the equation, and its symbols
    constants: tuple[tree.Node, ...] = ()  # 1, the numbers of the equation, the identity by the author's letter
    product_terms: tuple[tree.Node, ...] = ()  # what the product rule gives for what is differentiated
    inner_values: tuple[tree.Node, ...] = ()  # h(x) of the g(h(x)) that occur
    balance: Balance | None = None

    def in_order(self, first: tree.Node, second: tree.Node) -> bool:
        """Whether two letters appear in this order in the equation."""
        for row in (self.symbols, self.letters):
            if first in row and second in row:
                return row.index(first) < row.index(second)
        return False

    def find(self, sign: str, start: int, end: int) -> int | None:
        """Where the only `sign` stands in a stretch of the source; None when it is not there as such."""
        if not 0 <= start <= end <= len(self.text):
            return None
        stretch = self.text[start:end]
        return start + stretch.index(sign) if stretch.count(sign) == 1 else None


class Balances(Enum):
    """How an edit makes up for symbols that stand on one side only."""

    ADDS = "to the side that lacks them"
    DROPS = "from the side that has them"


@dataclass(frozen=True, slots=True)
class EditKind:
    """A kind of slip: its rule, how unlikely it is, whether it keeps the symbols of the formula (structural),
    whether it may stand against a literal 0 on the other side, whether it puts the symbol that stands on one side only
    where it belongs (renames), whether it may give a meaning to what clashes (reshapes)."""

    name: str
    rule: str
    size: int
    variants: Callable[[Place, Scene], Iterator[Variant]]
    structural: bool = False
    against_zero: bool = False
    renames: bool = False
    last_first: bool = False  # of several places the last is the likelier
    balances: Balances | None = None
    reshapes: bool = True


def whole(node: tree.Node, *pieces: Piece) -> Patch:
    """A patch of the whole node."""
    return Patch(node.start, node.end, pieces)


def spanned(new: tree.Node, old: tree.Node) -> tree.Node:
    """A new node in the place of an old one."""
    result: tree.Node = replace(new, start=old.start, end=old.end)
    return result
