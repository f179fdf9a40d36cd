r"""Sums into which something known is split: "$M = H + K$ with $$H = \tfrac12(M + M^T), …$$" defines H, not M."""

from __future__ import annotations

from collections.abc import Mapping, Sequence

from derivcheck.context.facts import DefinitionFact, Fact
from derivcheck.context.subjects import key_of, symbols_in
from derivcheck.notation.tree import Add
from derivcheck.statements.model import Display, RelationKind

_EXPLAINING = frozenset({RelationKind.EQUAL, RelationKind.DEFINE})


def without_decompositions(facts: Sequence[Fact], displays: Mapping[int, Display]) -> list[Fact]:
    """The facts but for unmarked definitions by a sum whose terms the next display explains by what they define."""
    shown = sorted(item for item, display in displays.items() if display.block.display)
    return [f for f in facts if not (isinstance(f, DefinitionFact) and _splits(f, displays, shown))]


def _splits(fact: DefinitionFact, displays: Mapping[int, Display], shown: Sequence[int]) -> bool:
    whole = key_of(fact.left)
    if fact.marked or whole is None or not isinstance(fact.right, Add) or fact.item in shown:
        return False
    parts = {key for term in fact.right.terms if (key := key_of(term)) is not None}
    following = next((item for item in shown if item > fact.item), None)
    if not parts or following is None:
        return False
    return any(
        chain.relations
        and chain.relations[0].kind in _EXPLAINING
        and key_of(chain.members[0].node) in parts
        and whole in symbols_in(chain.members[1].node)
        for chain in displays[following].chains
    )
