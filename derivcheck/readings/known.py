"""What an elaborator may ask about symbols: the document's context at one place, shapes learned from verified
equations, and how symbols are used."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator, Mapping
from dataclasses import dataclass, field, replace
from typing import Any

from derivcheck.context.facts import (
    Convention,
    ConventionFact,
    DefinitionFact,
    FunctionFact,
    LawFact,
    MeaningFact,
    RankFact,
    Scope,
    ShapeFact,
    TaintFact,
)
from derivcheck.context.topics import Topics
from derivcheck.context.view import ContextView, Place
from derivcheck.documents.model import Span
from derivcheck.notation import tree
from derivcheck.notation.keys import symbol_key
from derivcheck.notation.walk import subtrees
from derivcheck.readings.unify import parse_dim
from derivcheck.terms.dim import Dim

# properties that leave every value possible
UNRESTRICTING = frozenset({"constant", "variable", "random", "independent", "real"})
_FAMILY_LETTERS = "ijknmtspl"
_FONTED = re.compile(r"^(bf|it|sf|rm|cal|scr|frak|bb|tt):")


def plain(key: str) -> str:
    """The key without its font."""
    return _FONTED.sub("", key)


def member_base(left: tree.Node) -> str | None:
    """The symbol whose members a definition's left side speaks of: `p_k` → p, `[A]_{ij}` → A."""
    match left:
        case tree.Juxt(items=(head, tree.Fence(open="("))):
            return member_base(head)
        case tree.Script(base=tree.Fence(open="[" | "(", body=body), sub=sub, sup=None) if sub is not None:
            return symbol_key(body)
        case tree.Script(base=tree.Sym() | tree.Accent() as base, sub=sub, sup=None, primes=primes) if sub is not None:
            return symbol_key(tree.Script(base, primes=primes) if primes else base)
        case _:
            return None


@dataclass(frozen=True, slots=True)
class Usage:
    """How symbols are used in the document: hints by key (`matrix`, `vector`, `nonscalar`, `bare`, … of `usage`)."""

    hints: Mapping[str, frozenset[str]] = field(default_factory=dict)
    shown: frozenset[str] = frozenset()  # capitals that stand in displays
    labels: frozenset[str] = frozenset()  # letters that name blocks: a, b of Σ_{ab}
    ends: Mapping[str, tree.Node] = field(default_factory=dict)  # N of every Σ_{i=1}^N, by i; of x_1, …, x_N, by x_·

    def of(self, key: str) -> frozenset[str]:
        return self.hints.get(key, frozenset())


def _is_mere_value(fact: DefinitionFact, item: int) -> bool:
    """`t = 0` in passing ("a minimum at t = 0") is a point, no meaning of t; "let t = 0" holds from there on."""
    closed = not any(isinstance(n, tree.Sym | tree.Grid) for n in subtrees(fact.right))
    return closed and (not fact.marked or fact.item > item)


def _of_another_member(key: str, fact: DefinitionFact) -> bool:
    """`x_i = …` says nothing of x_1 before its index is put in (`by_members`)."""
    left = fact.left
    while isinstance(left, tree.Styled):
        left = left.body
    head = left.items[0] if isinstance(left, tree.Juxt) else left
    own = symbol_key(head)
    return own is not None and own != key and "_" in key and "_" in own


@dataclass(frozen=True, slots=True)
class Known:
    """The context of one display."""

    contexts: ContextView
    at: Place
    usage: Usage
    dimension_names: frozenset[str]
    learned: Mapping[str, str] = field(default_factory=dict)  # key -> kind, from verified equations
    topics: Topics = field(default_factory=Topics)  # what the document speaks of anywhere
    identities: frozenset[int] = frozenset()  # items whose inline relation holds identically: it constrains nothing
    recalls: bool = False  # definitions outlive their section
    forgets: bool = False  # definitions are left out: symbols are as open as their declarations leave them
    goes_on: bool = False  # definitions made for one display outlive it, within their section
    _memo: dict[tuple[str, str], Any] = field(default_factory=dict, compare=False, repr=False)

    def moved(self, item: int) -> Known:
        """The same knowledge as seen from another item."""
        return replace(self, at=self.contexts.at(item), _memo={})

    def recalling(self) -> Known:
        """The same knowledge, with definitions of sections that have ended where nothing else defines a symbol."""
        return replace(self, recalls=True, _memo={})

    def going_on(self) -> Known:
        """The same knowledge, with what displays before were said to define for themselves."""
        return replace(self, goes_on=True, _memo={})

    def lapsing(self) -> Known:
        """The same knowledge, with the conditions that were stated of displays before."""
        return replace(self, at=replace(self.at, lapsed=True), _memo={})

    @property
    def conditions_lapsed(self) -> bool:
        """Whether a condition was stated of a display before, in the same section."""
        answer: bool = self._ask("lapsed", "", lambda _: self.at.conditions_lapsed)
        return answer

    def forgetting(self) -> Known:
        """The same knowledge without definitions."""
        return replace(self, forgets=True, _memo={})

    def equating(self, rows: str, columns: str) -> Known:
        """The same knowledge with two sizes equal."""
        item = self.at.item
        equal = RankFact(Span(0, 0), Scope(item, item + 1), item, rows, columns, equal=True)
        contexts = self.contexts.extended((equal,))
        return replace(self, contexts=contexts, at=contexts.at(item), _memo={})

    def _ask(self, question: str, key: str, ask: Callable[[str], Any]) -> Any:
        """Answers are remembered: a symbol is asked about at every occurrence under every choice."""
        memo_key = (question, key)
        if memo_key not in self._memo:
            answer = ask(key)
            if not answer and key.endswith("_·"):
                answer = next((a for i in _FAMILY_LETTERS if (a := ask(key[:-1] + i))), answer)
            self._memo[memo_key] = answer
        return self._memo[memo_key]

    def conventions(self) -> Mapping[object, ConventionFact]:
        """Convention → the fact that states it here."""
        answer: Mapping[object, ConventionFact] = self._ask("conventions", "", lambda _: self.at.conventions())
        return answer

    def has(self, convention: Convention) -> bool:
        return convention in self.conventions()

    def shape(self, key: str) -> ShapeFact | None:
        answer: ShapeFact | None = self._ask("shape", key, self.at.shape_of)
        return answer

    def is_column(self, key: str) -> bool:
        """Whether the symbol is declared as a column, or as a vector."""
        fact = self.shape(key)
        return fact is not None and fact.is_column

    def shape_before(self, key: str) -> ShapeFact | None:
        """Another declaration in force that the last one contradicts: a letter used for two things."""
        answer: ShapeFact | None = self._ask("before", key, self.at.declared_before)
        return answer

    def earlier_shape(self, key: str) -> ShapeFact | None:
        """The last declaration before this place whose scope has ended."""
        answer: ShapeFact | None = self._ask("earlier", key, self._earlier_shape)
        return answer

    def _earlier_shape(self, key: str) -> ShapeFact | None:
        found = None
        for fact in self.contexts.facts:
            if isinstance(fact, ShapeFact) and fact.key == key and fact.item < self.at.item and fact.kind != "like":
                found = fact
        return found

    def properties(self, key: str) -> frozenset[str]:
        answer: frozenset[str] = self._ask("properties", key, lambda k: frozenset(self.at.properties_of(k)))
        return answer

    def function(self, key: str) -> FunctionFact | None:
        answer: FunctionFact | None = self._ask("function", key, self.at.function_of)
        return answer

    def definition(self, key: str) -> DefinitionFact | None:
        answer: DefinitionFact | None = self._ask("definition", key, self._definition)
        return answer

    def _definition(self, key: str) -> DefinitionFact | None:
        """The definition in force: a later declaration of the symbol's shape starts a new life of it."""
        if self.forgets:
            return None
        found = self.at.definition_of(key)
        if found is None and self.goes_on:
            return self.passing_definition(key)
        if found is None and self.recalls:
            return self.ended_definition(key)
        if found is None or _is_mere_value(found, self.at.item) or _of_another_member(key, found):
            return None
        for name in (key, key.split("_")[0]):
            shape = self.shape(name)
            if shape is not None and shape.scope.first > found.item and shape.item <= self.at.item:
                return None
        return found

    def passing_definition(self, key: str) -> DefinitionFact | None:
        """What a display before was said to define for itself: "for $f(x) = …$ we get"."""
        found = self.at.passing_definition(key)
        return None if found is None or _is_mere_value(found, self.at.item) else found

    def ended_definition(self, key: str) -> DefinitionFact | None:
        """The last definition of a symbol, or of its members, before this place whose section has ended."""
        answer: DefinitionFact | None = self._ask("ended", key, self._ended_definition)
        return answer

    def _ended_definition(self, key: str) -> DefinitionFact | None:
        stated = self.contexts.keyed(DefinitionFact, key, self.at.item)
        ended = [f for f in stated if f.scope.last <= self.at.item]
        found = ended[-1] if ended else None
        return None if found is None or _is_mere_value(found, self.at.item) else found

    def _definitions_in_force(self, *, ended: bool = False) -> Iterator[DefinitionFact]:
        """In the order of the document; with those of sections that have ended when asked for."""
        for fact in self.contexts.facts:
            if isinstance(fact, DefinitionFact) and fact.scope.first <= self.at.item and not self.forgets:
                if ended or self.at.item < fact.scope.last:
                    yield fact

    def by_members(self, base: str) -> DefinitionFact | None:
        """A definition of the members or entries of a symbol: `p_k = …` for p."""
        answer: DefinitionFact | None = self._ask("members", base, self._by_members)
        return answer

    def _by_members(self, base: str) -> DefinitionFact | None:
        found = None
        for fact in self._definitions_in_force(ended=self.recalls):
            if fact.item <= self.at.item and member_base(fact.left) == base:
                found = fact
        shape = self.shape(base)
        if found is not None and shape is not None and shape.scope.first > found.item and shape.item <= self.at.item:
            return None
        return found

    def operator(self, key: str) -> DefinitionFact | None:
        """A definition of an operator by its effect on a function: `D F(X) := …`."""
        answer: DefinitionFact | None = self._ask("operator", key, self._operator)
        return answer

    def _operator(self, key: str) -> DefinitionFact | None:
        for fact in self._definitions_in_force():
            match fact.left:
                case tree.Juxt(items=(tree.Sym() as sign, tree.Sym(), tree.Fence(open="("))) if symbol_key(sign) == key:
                    return fact
                case _:
                    pass
        return None

    def infix(self, sign: str) -> DefinitionFact | None:
        """A definition of an infix sign: `A * B := …`."""
        answer: DefinitionFact | None = self._ask("infix", sign, self._infix)
        return answer

    def _infix(self, sign: str) -> DefinitionFact | None:
        found = None
        for fact in self._definitions_in_force():
            match fact.left:
                case tree.Infix(op=op, left=left, right=right) if op == sign and symbol_key(left) is not None:
                    if symbol_key(right) not in (None, symbol_key(left)):
                        found = fact
                case _:
                    pass
        return found

    def value(self, key: str) -> tree.Node | None:
        """The value of the symbol that is mentioned nearby (`for n = 3`), if any."""
        found = self.at.definition_of(key)
        return found.right if found is not None and _is_mere_value(found, self.at.item) else None

    def valued(self, key: str) -> bool:
        """Whether a value of the symbol is mentioned nearby."""
        return self.value(key) is not None

    def special(self, base: str) -> MeaningFact | None:
        """The meaning of a letter used with several subscripts (`K_{mn}`, `K_{pq}`), whichever was explained."""
        answer: MeaningFact | None = self._ask("special", base, self._special)
        return answer

    def _special(self, base: str) -> MeaningFact | None:
        for fact in self.contexts.facts:
            if isinstance(fact, MeaningFact) and fact.key.startswith(base + "_"):
                if fact.scope.first <= self.at.item < fact.scope.last:
                    return fact
        return None

    def meaning(self, key: str) -> MeaningFact | None:
        answer: MeaningFact | None = self._ask("meaning", key, self.at.meaning_of)
        return answer

    def law(self, key: str) -> LawFact | None:
        answer: LawFact | None = self._ask("law", key, self.at.law_of)
        return answer

    def taint(self, key: str) -> TaintFact | None:
        answer: TaintFact | None = self._ask("taint", key, self.at.tainted)
        return None if answer is not None and answer.item in self.identities else answer

    def declared(self, key: str) -> bool:
        return bool(
            self.shape(key) or self.function(key) or self.definition(key) or self.meaning(key) or self.properties(key)
        )

    def alias(self, key: str) -> str:
        """`A` and `\\mathbf A` are one symbol where only one of them is declared and both are capitals, and where the
        document uses them as one: then the one that was spoken of last."""
        letter = plain(key)
        if not (len(letter) == 1 and letter.isupper()):
            return key
        both = [k for k in (letter, f"bf:{letter}") if self.declared(k)]
        if len(both) == 2 and "either font" in self.usage.of(letter) and key in both:
            return max(both, key=lambda k: self._ask("said", k, self._said))
        if self.declared(key) or key.startswith("sf:"):
            return key
        other = next((k for k in both if k != key), key)
        apart = {key, other} <= self.usage.shown and not (self.shape(other) or self.properties(other))
        return key if apart else other

    def _said(self, key: str) -> int:
        """Where the document last spoke of the symbol before this place."""
        held = [self.shape(key), self.function(key), self.definition(key), self.meaning(key)]
        facts = [*held, *self.at.properties_of(key).values()]
        return max((f.item for f in facts if f is not None and f.item <= self.at.item), default=-1)

    def elementwise(self, key: str) -> bool:
        """Whether the function is said to act entry by entry."""
        return self.at.elementwise(key) or self.has(Convention.ELEMENTWISE_FUNCTIONS)

    def is_dimension(self, key: str) -> bool:
        return key in self.dimension_names

    def equal_dimensions(self) -> tuple[tuple[Dim, Dim], ...]:
        pairs: tuple[tuple[Dim, Dim], ...] = self._ask("equal", "", lambda _: self._dimension_pairs(equal=True))
        return pairs

    def ordered_dimensions(self) -> tuple[tuple[Dim, Dim], ...]:
        """(larger, smaller) pairs."""
        pairs: tuple[tuple[Dim, Dim], ...] = self._ask("ordered", "", lambda _: self._dimension_pairs(equal=False))
        return pairs

    def _dimension_pairs(self, *, equal: bool) -> tuple[tuple[Dim, Dim], ...]:
        texts = [(f.larger, f.smaller) for f in self.at.dimension_facts() if f.equal == equal]
        if equal:
            texts.extend(self.at.squared())
        pairs = ((parse_dim(larger), parse_dim(smaller)) for larger, smaller in texts)
        return tuple((a, b) for a, b in pairs if a is not None and b is not None)
