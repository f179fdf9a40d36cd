"""A display as chains of links: `a = b = c` is one chain with two links."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass, replace
from enum import Enum

from derivcheck.documents.model import MathBlock
from derivcheck.notation.tree import Node
from derivcheck.notation.walk import rewrite


class RelationKind(Enum):
    EQUAL = "="
    DEFINE = ":="  # := \coloneqq \triangleq \equiv(kept as EQUIV) \overset{\mathrm{def}}{=} \doteq
    EQUIV = "\\equiv"
    NOT_EQUAL = "\\ne"
    LESS_EQUAL = "\\le"
    GREATER_EQUAL = "\\ge"
    LESS = "<"
    GREATER = ">"
    APPROX = "\\approx"
    PROPORTIONAL = "\\propto"
    ASSIGN = "\\leftarrow"  # \gets \leftarrow
    OTHER = "other"  # \in \sim \to \subset \prec \mid …: recognised, never decided


@dataclass(frozen=True, slots=True)
class Relation:
    kind: RelationKind
    latex: str  # as written, macros not expanded, annotation included (`\stackrel{(a)}{=}`)
    start: int
    end: int  # offsets in the block text


@dataclass(frozen=True, slots=True)
class Member:
    """One side. `latex` is its source as written (macros not expanded, alignment marks and row breaks removed)."""

    node: Node
    latex: str
    start: int
    end: int


class Connective(Enum):
    """How a chain is tied to what stands before it in its display."""

    NONE = ""  # its own statement: first, or after a comma, \quad, a new row, "and"
    IMPLIES = "implies"  # \implies, \Rightarrow, "hence", "so", 故, 从而
    IFF = "iff"
    CONDITION = "if"  # a condition on its neighbour: \text{if } …, when, for, where, 当, 若


@dataclass(frozen=True, slots=True)
class Chain:
    """members[i] relations[i] members[i+1]; a chain without relations is a lone expression."""

    members: tuple[Member, ...]
    relations: tuple[Relation, ...]
    connective: Connective = Connective.NONE
    words: str = ""  # prose inside the math that belongs to it ("for all $i$", "where P is …"), joined by spaces


@dataclass(frozen=True, slots=True)
class Display:
    """A display's chains in order; `unparsed` is the reason when nothing at all could be made of it."""

    block: MathBlock
    chains: tuple[Chain, ...]
    unparsed: str | None = None

    def rewritten(self, change: Callable[[Node], Node | None]) -> Display:
        """The display with `change` applied to its members, as `notation.walk.rewrite` does."""
        chains = tuple(
            replace(c, members=tuple(replace(m, node=rewrite(m.node, change)) for m in c.members)) for c in self.chains
        )
        return replace(self, chains=chains)
