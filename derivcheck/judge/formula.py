"""A relation of a display as it is written, whatever its role."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass

from derivcheck.notation import tree
from derivcheck.statements.model import Chain, RelationKind


@dataclass(frozen=True, slots=True)
class Formula:
    """Two neighbouring members of a chain, with the sign between them as written."""

    left: tree.Node
    right: tree.Node
    kind: RelationKind
    sign: str


def formulas_of(chains: Iterable[Chain]) -> tuple[Formula, ...]:
    """All relations of the chains, in order."""
    return tuple(
        Formula(c.members[k].node, c.members[k + 1].node, relation.kind, relation.latex.strip())
        for c in chains
        for k, relation in enumerate(c.relations)
    )
