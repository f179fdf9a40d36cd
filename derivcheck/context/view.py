"""Questions about the facts that hold at one place of a document.

Of several facts about a symbol the nearest earlier one wins, else the nearest later one whose scope
reaches back;
a "where …" right after a display wins over both for that display. A declaration of another shape opens a
new life of the symbol: properties stated before it no longer hold.
"""

from __future__ import annotations

import re
from collections.abc import Collection, Iterable
from dataclasses import dataclass, field, replace
from itertools import pairwise
from typing import TypeVar

from derivcheck.context.facts import (
    ConventionFact,
    DefinitionFact,
    Fact,
    FunctionFact,
    HypothesisFact,
    MeaningFact,
    PropertyFact,
    RankFact,
    ShapeFact,
    TaintFact,
)
from derivcheck.context.subjects import key_of, subject

_F = TypeVar(
    "_F",
    ShapeFact,
    PropertyFact,
    FunctionFact,
    DefinitionFact,
    MeaningFact,
    TaintFact,
    RankFact,
    HypothesisFact,
    ConventionFact,
)
_KINDS: dict[str, frozenset[str]] = {
    "matrix": frozenset({"matrix", "square"}),
    "square": frozenset({"square", "matrix"}),
    "vector": frozenset({"vector", "column", "row"}),
    "column": frozenset({"column", "vector"}),
    "row": frozenset({"row", "vector"}),
}


# x_i, K_{nq}, a_{i,j}, x_2: subscripts that are letters of indices, or numbers
_MEMBER = re.compile(
    r"(?P<base>[^_]+)_(?:(?P<indices>[i-nw-zp-t]|\{[i-np-t],?[i-np-t]?,?[i-np-t]?\})|\d|\{\d+(?:,\d+)*\})"
)


def _own_size(fact: ShapeFact) -> bool:
    """Is the size that of this one member ($I_k$ is k×k)?"""
    m = _MEMBER.fullmatch(fact.key)
    return bool(m and m["indices"] and set(m["indices"]) & set(fact.rows + fact.cols))


@dataclass(frozen=True, slots=True)
class _Index:
    """The facts of one document by kind, and by key where they have one; order of statement kept."""

    keyed: dict[tuple[type, str], list[Fact]]
    families: dict[tuple[type, str], list[Fact]]  # facts about one member (x_n), by base (x)
    unkeyed: dict[type, list[Fact]]


def _key(fact: Fact) -> str | None:
    match fact:
        case ShapeFact() | PropertyFact() | FunctionFact() | MeaningFact() | TaintFact():
            return fact.key
        case DefinitionFact():
            found = subject(fact.left)
            return found.key if found else key_of(fact.left)
        case _:
            return None


def _index(facts: Iterable[Fact]) -> _Index:
    keyed: dict[tuple[type, str], list[Fact]] = {}
    families: dict[tuple[type, str], list[Fact]] = {}
    unkeyed: dict[type, list[Fact]] = {}
    for fact in facts:
        key = _key(fact)
        if key is not None:
            keyed.setdefault((type(fact), key), []).append(fact)
            if (m := _MEMBER.fullmatch(key)) and m["indices"]:
                families.setdefault((type(fact), m["base"]), []).append(fact)
        else:
            unkeyed.setdefault(type(fact), []).append(fact)
    return _Index(keyed, families, unkeyed)


@dataclass(frozen=True, slots=True)
class ContextView:
    """The facts of a document. `displays`: the item indices of its displays, to tell a "where" from other
    facts."""

    facts: tuple[Fact, ...]
    displays: Collection[int] = ()
    _index: _Index = field(init=False, repr=False, compare=False)

    def __post_init__(self) -> None:
        object.__setattr__(self, "_index", _index(self.facts))

    def at(self, item: int) -> Place:
        """What holds at an item."""
        return Place(self, item)

    def keyed(self, kind: type[_F], key: str) -> list[_F]:
        """Facts about the key; for a member of a family (x_i) without any those about another member
        (x_n)."""
        found = self._index.keyed.get((kind, key))
        if found is None and (m := _MEMBER.fullmatch(key)):
            found = self._index.families.get((kind, m["base"]))
            if kind is ShapeFact:
                found = [f for f in found or () if isinstance(f, ShapeFact) and not _own_size(f)]
        return [f for f in found or () if isinstance(f, kind)]

    def unkeyed(self, kind: type[_F]) -> list[_F]:
        return [f for f in self._index.unkeyed.get(kind, ()) if isinstance(f, kind)]


@dataclass(frozen=True, slots=True)
class Place:
    """One item of a document and the facts that hold there."""

    view: ContextView
    item: int

    def _holding(self, facts: list[_F]) -> list[_F]:
        """Those whose scope covers the item, the one that wins last."""
        here = [f for f in facts if f.scope.first <= self.item < f.scope.last]
        return sorted(here, key=self._rank)

    def _rank(self, fact: Fact) -> tuple[int, int]:
        if fact.item <= self.item:
            return 1, fact.item
        bound = fact.scope.first in self.view.displays
        return (2 if bound else 0), -fact.item

    def shape_of(self, key: str) -> ShapeFact | None:
        """The declared shape; one that says less ("matrix") gives way to an agreeing one that says more
        ("m×n")."""
        found: ShapeFact | None = None
        for fact in reversed(self._holding(self.view.keyed(ShapeFact, key))):
            if found is None:
                found = fact
            elif not compatible(found, fact):
                break
            elif "like" not in (found.kind, fact.kind):
                kind = fact.kind if found.kind in ("matrix", "vector") else found.kind
                found = replace(found, kind=kind, rows=found.rows or fact.rows, cols=found.cols or fact.cols)
            elif (found.kind == "like" and fact.rows) or (fact.kind == "like" and not found.rows):
                found = fact
        return found

    def properties_of(self, key: str) -> dict[str, PropertyFact]:
        """Property word → the fact that states it; those of an earlier life of the symbol left out, and those
        of square matrices for a symbol that is none."""
        since = self._life_start(key)
        held = self._holding(self.view.keyed(PropertyFact, key))
        shape = self.shape_of(key)
        barred = _not_of(shape) if shape is not None else frozenset()
        return {f.prop: f for f in held if (since is None or f.item >= since) and f.prop not in barred}

    def _life_start(self, key: str) -> int | None:
        """Item of the last declaration that disagrees with the one before; None when there is none."""
        held = [f for f in self._holding(self.view.keyed(ShapeFact, key)) if f.item <= self.item]
        start: int | None = None
        for before, after in pairwise(held):
            if not compatible(before, after):
                start = after.item
        return start

    def function_of(self, key: str) -> FunctionFact | None:
        """The dependence that holds; of facts that agree the one with arguments and a shape."""
        held = self._holding(self.view.keyed(FunctionFact, key))
        if not held:
            return None
        best = held[-1]
        for fact in reversed(held[:-1]):
            if best.args and fact.args and fact.args != best.args:
                break
            if (bool(fact.args), bool(fact.rows)) > (bool(best.args), bool(best.rows)):
                best = fact
        return best

    def elementwise(self, key: str) -> bool:
        return any(f.elementwise for f in self._holding(self.view.keyed(FunctionFact, key)))

    def definition_of(self, key: str) -> DefinitionFact | None:
        held = self._holding(self.view.keyed(DefinitionFact, key))
        return held[-1] if held else None

    def definitions(self) -> tuple[DefinitionFact, ...]:
        """Those whose left side is not one symbol or call (`[M]_{ij} := …`)."""
        return tuple(self._holding(self.view.unkeyed(DefinitionFact)))

    def meaning_of(self, key: str) -> MeaningFact | None:
        held = self._holding(self.view.keyed(MeaningFact, key))
        return held[-1] if held else None

    def tainted(self, key: str) -> TaintFact | None:
        """The constraint on the symbol that was not understood; None when there is none."""
        held = self._holding(self.view.keyed(TaintFact, key))
        return held[-1] if held else None

    def conventions(self) -> dict[object, ConventionFact]:
        """Convention → the fact that states it."""
        return {f.convention: f for f in self._holding(self.view.unkeyed(ConventionFact))}

    def dimension_facts(self) -> tuple[RankFact, ...]:
        return tuple(self._holding(self.view.unkeyed(RankFact)))

    def hypotheses(self) -> tuple[HypothesisFact, ...]:
        return tuple(self._holding(self.view.unkeyed(HypothesisFact)))


_SQUARE_ONLY = frozenset({
    "symmetric", "skew", "spd", "psd", "orthogonal", "rotation", "idempotent", "projection", "invertible",
    "permutation", "unitriangular",
})  # fmt: skip
_MATRIX_ONLY = _SQUARE_ONLY | {"diagonal", "upper", "lower", "stochastic", "orthonormal"}


def _not_of(shape: ShapeFact) -> frozenset[str]:
    """Properties that a symbol of this shape cannot have."""
    if shape.kind in ("vector", "column", "row"):
        return _MATRIX_ONLY
    rectangular = shape.kind == "matrix" and shape.rows and shape.cols and shape.rows != shape.cols
    return _SQUARE_ONLY if rectangular else frozenset()


def compatible(a: ShapeFact, b: ShapeFact) -> bool:
    """Can both describe one symbol, one perhaps in less detail?"""
    if "like" in (a.kind, b.kind):
        return a.kind != b.kind or a.like == b.like
    if a.kind != b.kind and b.kind not in _KINDS.get(a.kind, ()):
        return False
    if "square" in (a.kind, b.kind) and any(f.rows and f.cols and f.rows != f.cols for f in (a, b)):
        return a.kind == b.kind
    return all(not x or not y or x == y for x, y in ((a.rows, b.rows), (a.cols, b.cols)))
