"""Questions about the facts that hold at one place of a document.

Of several facts about a symbol the nearest earlier one wins, else the nearest later one whose scope
reaches back;
a "where …" right after a display wins over both for that display. A declaration of another shape opens a
new life of the symbol: properties stated before it no longer hold.
"""

from __future__ import annotations

import re
from bisect import bisect_right
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
    LawFact,
    LayoutFact,
    MeaningFact,
    PropertyFact,
    RankFact,
    ShapeFact,
    TaintFact,
)
from derivcheck.context.index import MEMBER, Entry, Index, item_of
from derivcheck.context.named import Named

_F = TypeVar(
    "_F",
    ShapeFact,
    PropertyFact,
    FunctionFact,
    DefinitionFact,
    MeaningFact,
    LawFact,
    TaintFact,
    RankFact,
    HypothesisFact,
    ConventionFact,
    LayoutFact,
)
_KINDS: dict[str, frozenset[str]] = {
    "matrix": frozenset({"matrix", "square"}),
    "square": frozenset({"square", "matrix"}),
    "vector": frozenset({"vector", "column", "row"}),
    "column": frozenset({"column", "vector"}),
    "row": frozenset({"row", "vector"}),
}


def _members_sizes(shape: ShapeFact) -> tuple[tuple[str, str], ...]:
    """(m_1, n), (m_2, n), … of A_i with m_i×n."""
    index = shape.key.rpartition("_")[2]
    if not _own_size(shape):
        return ()
    own = re.compile(rf"(?<![A-Za-z\\]){index}(?![A-Za-z])")
    return tuple((own.sub(str(k), shape.rows), own.sub(str(k), shape.cols)) for k in range(1, _MEMBERS + 1))


def _own_size(fact: ShapeFact) -> bool:
    """Is the size that of this one member ($I_k$ is k×k)?"""
    m = MEMBER.fullmatch(fact.key)
    return bool(m and m["indices"] and set(m["indices"]) & set(fact.rows + fact.cols))


_FAMILY_LETTERS = "ijklmnt"
_MEMBERS = 4  # of a family whose sizes are equated at once
_NEAREST = 100  # facts about one symbol before and after a place that are looked at


@dataclass(frozen=True, slots=True)
class ContextView:
    """The facts of a document. `displays`: the item indices of its displays, to tell a "where" from other
    facts."""

    facts: tuple[Fact, ...]
    displays: Collection[int] = ()
    _index: Index = field(default_factory=Index, repr=False, compare=False)
    _known: dict[int, int] = field(default_factory=dict, repr=False, compare=False)  # line of the index → number

    def __post_init__(self) -> None:
        if not self._known:
            line = self._index.branch()
            self._known[line] = self._index.add(self.facts, line)

    def extended(self, more: Iterable[Fact]) -> ContextView:
        """The view that knows these facts too, which are stated last."""
        more, known = tuple(more), dict(self._known)
        line, end = next(reversed(known.items()))
        if self._index.ends[line] != end:
            line = self._index.branch()
        known[line] = self._index.add(more, line)
        return ContextView((*self.facts, *more), self.displays, self._index, known)

    def without(self, fact: Fact) -> ContextView:
        """The view that does not know a fact."""
        return ContextView(tuple(f for f in self.facts if f is not fact), self.displays)

    def at(self, item: int) -> Place:
        """What holds at an item."""
        return Place(self, item)

    def keyed(self, kind: type[_F], key: str, near: int) -> list[_F]:
        """The facts about the key nearest to an item; for a member of a family (x_i) without any those about
        another member (x_n)."""
        stated = self._index.keyed.get((kind, key))
        if stated is None and (m := MEMBER.fullmatch(key)):
            stated = self._index.families.get((kind, m["base"]), [])
            if kind is ShapeFact:
                stated = [n for n in stated if isinstance(n.fact, ShapeFact) and not _own_size(n.fact)]
        if not stated:
            return []
        if len(stated) > _NEAREST:
            middle = bisect_right(stated, near, key=item_of)
            stated = stated[max(0, middle - _NEAREST) : middle + _NEAREST]
        return self._of(stated, kind)

    def own_sizes(self, key: str) -> list[ShapeFact]:
        """The declared shapes of the member of a family that depend on its index."""
        found = self._of(self._index.keyed.get((ShapeFact, key), ()), ShapeFact)
        return [f for f in found if _own_size(f)]

    def stated(self, kind: type[_F], named: Named, name: str) -> list[_F]:
        """The facts that speak of a name in this way, in order of statement, whether they hold here or not."""
        return self._of(self._index.named.get((kind, named, name), ()), kind)

    def may_be_meant(self, item: int, *, far: bool = False) -> bool:
        """Whether a condition was stated of a display before an item, in the same section unless `far`."""
        known = self._known
        scopes = (e.fact.scope for e in self._index.echoing if e.number < known.get(e.line, 0))
        return any(s.covers(item, lapsed=True, far=far) and not s.covers(item) for s in scopes)

    def keys_with(self, kind: type[_F]) -> frozenset[str]:
        """The keys of which facts of a kind are known."""
        return frozenset(key for found, key in self._index.keyed if found is kind)

    def unkeyed(self, kind: type[_F]) -> list[_F]:
        return self._of(self._index.unkeyed.get(kind, ()), kind)

    def _of(self, entries: Iterable[Entry], kind: type[_F]) -> list[_F]:
        """The facts among them that this view knows."""
        known = self._known
        return [e.fact for e in entries if e.number < known.get(e.line, 0) and isinstance(e.fact, kind)]


@dataclass(frozen=True, slots=True)
class Place:
    """One item of a document and the facts that hold there."""

    view: ContextView
    item: int
    lapsed: bool = False  # conditions of displays before still hold
    far: bool = False  # those of other sections as well

    def _about(self, kind: type[_F], key: str) -> list[_F]:
        """The facts about the key that hold here, the one that wins last."""
        return self._holding(self.view.keyed(kind, key, self.item))

    def _holding(self, facts: list[_F], *, lapsed: bool = False) -> list[_F]:
        """Those whose scope covers the item, the one that wins last."""
        if not facts:
            return facts
        here = [f for f in facts if f.scope.covers(self.item, lapsed=lapsed, far=self.far and lapsed)]
        return sorted(here, key=self._rank) if len(here) > 1 else here

    def _shapes(self, key: str) -> list[ShapeFact]:
        """The declarations of a symbol's shape that hold here; where there are none, those that may be meant."""
        stated = self.view.keyed(ShapeFact, key, self.item)
        return self._holding(stated, lapsed=self.lapsed) or self._holding(stated, lapsed=True)

    def conditions_lapsed(self, *, far: bool = False) -> bool:
        """Whether a condition was stated of a display before, in the same section unless `far`."""
        return self.view.may_be_meant(self.item, far=far)

    def _rank(self, fact: Fact) -> tuple[int, int]:
        if fact.item <= self.item:
            return 1, fact.item
        bound = fact.scope.first in self.view.displays
        return (2 if bound else 0), -fact.item

    def shape_of(self, key: str) -> ShapeFact | None:
        """The declared shape; one that says less ("matrix") gives way to an agreeing one that says more
        ("m×n")."""
        found: ShapeFact | None = None
        for fact in reversed(self._shapes(key)):
            if found is None:
                found = fact
            elif not compatible(found, fact):
                break
            elif "like" not in (found.kind, fact.kind):
                kind = fact.kind if found.kind in ("matrix", "vector") or _said_square(found, fact) else found.kind
                found = replace(found, kind=kind, rows=found.rows or fact.rows, cols=found.cols or fact.cols)
            elif (found.kind == "like" and fact.rows) or (fact.kind == "like" and not found.rows):
                found = fact
        return found or self._shape_in_family(key)

    def declared_before(self, key: str) -> ShapeFact | None:
        """The last declaration in force that the present one contradicts."""
        held = self._shapes(key)
        return next((fact for fact in reversed(held) if not compatible(held[-1], fact)), None)

    def declared_anew(self, key: str) -> bool:
        """Whether a symbol that had a size was introduced again without one: "let $A$ be m×n … for matrices $A$ and
        $B$ we have"."""
        held = self._shapes(key)
        return bool(held) and held[-1].anew and any(f.rows or f.cols for f in held)

    def _shape_in_family(self, key: str) -> ShapeFact | None:
        """The shape of A_1 where the A_i are m_i×n: m_1×n."""
        m = MEMBER.fullmatch(key)
        if m is None or not (index := key.rpartition("_")[2]).isdigit():
            return None
        for letter in _FAMILY_LETTERS:
            held = self._holding(self.view.own_sizes(f"{m['base']}_{letter}"))
            if held:
                own = re.compile(rf"(?<![A-Za-z\\]){letter}(?![A-Za-z])")
                fact = held[-1]
                return replace(fact, key=key, rows=own.sub(index, fact.rows), cols=own.sub(index, fact.cols))
        return None

    def properties_of(self, key: str) -> dict[str, PropertyFact]:
        """Property word → the fact that states it; those of an earlier life of the symbol left out, and those
        of square matrices for a symbol that is none."""
        since = self._life_start(key)
        held = self._properties(key)
        shape = self.shape_of(key)
        barred = _not_of(shape) if shape is not None else frozenset()
        return {f.prop: f for f in held if (since is None or f.item >= since) and f.prop not in barred}

    def _properties(self, key: str) -> list[PropertyFact]:
        return self._holding(self.view.keyed(PropertyFact, key, self.item), lapsed=self.lapsed)

    def ended_properties(self, key: str) -> tuple[str, ...]:
        """Property words of the sections before this one, where nothing says them of the next display only and no
        declaration of the symbol holds here."""
        if self._shapes(key) or self._properties(key):
            return ()
        stated = self.view.keyed(PropertyFact, key, self.item)
        return tuple(f.prop for f in stated if f.scope.last <= self.item and not f.scope.echo)

    def _life_start(self, key: str) -> int | None:
        """Item of the last declaration that disagrees with the one before; None when there is none."""
        held = [f for f in self._shapes(key) if f.item <= self.item]
        start: int | None = None
        for before, after in pairwise(held):
            if not compatible(before, after):
                start = after.item
        return start

    def function_of(self, key: str) -> FunctionFact | None:
        """The dependence that holds; of facts that agree the one with arguments and a shape. What is said later on
        does not change a function that acts entry by entry here."""
        held = self._about(FunctionFact, key)
        if not held:
            return None
        best = held[-1]
        for fact in reversed(held[:-1]):
            if best.args and fact.args and fact.args != best.args:
                break
            if best.elementwise and best.item <= self.item < fact.item:
                break
            if (bool(fact.args), bool(fact.rows)) > (bool(best.args), bool(best.rows)):
                best = replace(fact, elementwise=fact.elementwise or best.elementwise)
        return None if best.args and self._constant_since(best.item, key) else best

    def _constant_since(self, item: int, key: str) -> bool:
        """Whether the symbol was called constant after an item: A(t) before, "with constant $A$" here."""
        said = self._about(PropertyFact, key)
        return any(f.prop == "constant" and item < f.item for f in said)

    def elementwise(self, key: str) -> bool:
        return any(f.elementwise for f in self._about(FunctionFact, key))

    def definition_of(self, key: str) -> DefinitionFact | None:
        held = self._about(DefinitionFact, key)
        if held and held[-1].derived:  # nor does it define again what the same section has defined
            held = [f for f in held if not f.derived and f.scope.last == held[-1].scope.last] or held
        return held[-1] if held else None

    def passing_definition(self, key: str) -> DefinitionFact | None:
        """The definition that was made for a display before, in the same section."""
        held = self._holding(self.view.keyed(DefinitionFact, key, self.item), lapsed=True)
        return held[-1] if held else None

    def definitions(self) -> tuple[DefinitionFact, ...]:
        """Those whose left side is not one symbol or call (`[M]_{ij} := …`)."""
        return tuple(self._holding(self.view.unkeyed(DefinitionFact)))

    def meaning_of(self, key: str) -> MeaningFact | None:
        held = self._about(MeaningFact, key)
        return held[-1] if held else None

    def tainted(self, key: str) -> TaintFact | None:
        """The constraint on the symbol that was not understood; None when there is none."""
        held = self._about(TaintFact, key)
        return held[-1] if held else None

    def law_of(self, key: str) -> LawFact | None:
        """What is told of the law of a random symbol, each part as last stated; not by the item that is looked at,
        which would be its own reason."""
        return self._law(f for f in self._about(LawFact, key) if f.item != self.item)

    def ended_law(self, key: str) -> LawFact | None:
        """What sections that have ended tell of it."""
        return self._law(f for f in self.view.keyed(LawFact, key, self.item) if f.scope.last <= self.item)

    @staticmethod
    def _law(facts: Iterable[LawFact]) -> LawFact | None:
        found: LawFact | None = None
        for fact in facts:
            found = fact if found is None else replace(
                fact,
                mean=fact.mean or found.mean,
                covariance=fact.covariance or found.covariance,
                square=fact.square or found.square,
                normal=fact.normal or found.normal,
            )
        return found

    def conventions(self) -> dict[object, ConventionFact]:
        """Convention → the fact that states it."""
        return {f.convention: f for f in self._holding(self.view.unkeyed(ConventionFact))}

    def layouts(self) -> tuple[LayoutFact, ...]:
        """What equations define of the layout of derivatives."""
        return tuple(self._holding(self.view.unkeyed(LayoutFact)))

    def dimension_facts(self) -> tuple[RankFact, ...]:
        held = self._holding(self.view.unkeyed(RankFact), lapsed=self.lapsed)
        parities = {f.larger: f for f in held if f.of_parity}  # the last one counts
        return tuple(f for f in held if not f.of_parity or parities[f.larger] is f)

    def squared(self) -> tuple[tuple[str, str], ...]:
        """(rows, cols) of matrices declared m×n that are said to be invertible, symmetric, … here: there m = n."""
        found: dict[tuple[str, str], None] = {}
        for key in sorted(self.view.keys_with(PropertyFact) | self.view.keys_with(ShapeFact)):
            if any(f.prop in _SQUARE_ONLY for f in self._properties(key)) or self.called_square(key):
                shape = self.shape_of(key)
                if shape is not None and shape.kind == "matrix" and shape.rows and shape.cols:
                    if shape.rows != shape.cols:
                        found[shape.rows, shape.cols] = None
                        found.update(dict.fromkeys(_members_sizes(shape)))
        return tuple(found)

    def called_square(self, key: str) -> bool:
        """Whether a symbol is said to be square, and not declared with two sizes since."""
        held, sized = self._shapes(key), self.shape_of(key)
        since = sized.item if sized is not None and sized.kind == "matrix" else 0
        return any(f.kind == "square" and not (f.rows or f.cols or f.anew) and f.item >= since for f in held)

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


def _said_square(word: ShapeFact, sized: ShapeFact) -> bool:
    """Whether "for square $A$" is said of an m×n matrix: there m = n."""
    bare = word.kind == "square" and not (word.rows or word.cols or word.anew)
    return bare and sized.kind == "matrix" and sized.item <= word.item and _letters(sized)


def _letters(sized: ShapeFact) -> bool:
    """Whether both sizes are names, which may stand for the same number."""
    return not any(c.isdigit() for c in sized.rows + sized.cols)


def compatible(a: ShapeFact, b: ShapeFact) -> bool:
    """Can both describe one symbol, one perhaps in less detail?"""
    if "like" in (a.kind, b.kind):
        return a.kind != b.kind or a.like == b.like
    if a.kind != b.kind and b.kind not in _KINDS.get(a.kind, ()):
        return False
    if "square" in (a.kind, b.kind) and any(f.rows and f.cols and f.rows != f.cols for f in (a, b)):
        return a.kind == b.kind or _said_square(a, b) or _said_square(b, a)
    return all(not x or not y or x == y for x, y in ((a.rows, b.rows), (a.cols, b.cols)))
