"""What an elaborator may ask about symbols: the document's context at one place, shapes learned from verified
equations, and how symbols are used."""

from __future__ import annotations

import re
from collections import deque
from collections.abc import Callable, Iterable, Iterator, Mapping
from dataclasses import dataclass, field, replace
from typing import Any

from derivcheck.context.facts import (
    Convention,
    ConventionFact,
    DefinitionFact,
    Fact,
    FunctionFact,
    LawFact,
    MeaningFact,
    RankFact,
    Scope,
    ShapeFact,
    TaintFact,
)
from derivcheck.context.named import Named
from derivcheck.context.spoken import by_its_square
from derivcheck.context.topics import Topics
from derivcheck.context.view import ContextView, Place, compatible
from derivcheck.documents.model import Span
from derivcheck.notation import tree
from derivcheck.notation.keys import symbol_key, symbol_keys
from derivcheck.notation.walk import subtrees
from derivcheck.readings.unify import parse_dim
from derivcheck.terms.dim import Dim

# properties that leave every value possible
UNRESTRICTING = frozenset({"constant", "variable", "random", "independent", "real", "complex", "hermitian", "unitary"})
FIELDS = frozenset({"real", "complex"})  # which a declaration tells that is kept apart as a shape
NORMED = frozenset({"unit", "orthonormal", "orthogonal"})  # as xᵀx = 1 and WᵀW = I say
_FAMILY_LETTERS = "ijknmtspl"
_FONTED = re.compile(r"^(bf|it|sf|rm|cal|scr|frak|bb|tt):")


def plain(key: str) -> str:
    """The key without its font."""
    return _FONTED.sub("", key)


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
    """`t = 0` in passing ("a minimum at t = 0") is a point, no meaning of t; "let t = 0" holds from there on. So is
    `F = I`."""
    closed = not any(isinstance(n, tree.Sym | tree.Grid) and not _is_identity(n) for n in subtrees(fact.right))
    return closed and (not fact.marked or fact.item > item)


def _is_identity(node: tree.Node) -> bool:
    return isinstance(node, tree.Sym) and node.name == "I"


def _starts_anew(shape: ShapeFact, found: DefinitionFact, item: int) -> bool:
    """Whether a symbol is declared again after its definition: not where a formula only tells its kind, as N(x | μ, Σ)
    does of μ."""
    return not shape.in_passing and shape.scope.first > found.item and shape.item < item


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
    remembers: bool = False  # properties do
    forgets: bool = False  # definitions are left out: symbols are as open as their declarations leave them
    freed: frozenset[str] = frozenset()  # symbols without definitions
    section: int = 0  # the first item of the section that is read
    revalued: frozenset[str] = frozenset()  # symbols that the section has given another value than before
    goes_on: bool = False  # definitions made for one display outlive it, within their section
    normless: bool = False  # no vector has a given length
    generic: bool = False  # sizes of examples, and of symbols introduced again, are left open
    values: Place | None = None  # where values are mentioned that hold in definitions too
    origin: Place | None = None  # the display that is read, where a definition is read as seen from its own place
    _memo: dict[tuple[str, str], Any] = field(default_factory=dict, compare=False, repr=False)
    _places: dict[int, Known] = field(default_factory=dict, compare=False, repr=False)  # seen from other items
    _variants: dict[str, Known] = field(default_factory=dict, compare=False, repr=False)

    def _anew(self, **changes: Any) -> Known:
        """With other knowledge: nothing that was answered before counts."""
        return replace(self, **changes, _memo={}, _places={}, _variants={})

    def _variant(self, name: str, **changes: Any) -> Known:
        """With other rules for what is known, remembered by name."""
        if name not in self._variants:
            self._variants[name] = self._anew(**changes)
        return self._variants[name]

    def extended(self, facts: Iterable[Fact]) -> Known:
        """With these facts too, which are stated last."""
        contexts = self.contexts.extended(facts)
        return self._anew(contexts=contexts, at=contexts.at(self.at.item))

    def without(self, fact: Fact) -> Known:
        """The same knowledge but for one fact."""
        contexts = self.contexts.without(fact)
        return self._anew(contexts=contexts, at=contexts.at(self.at.item))

    def moved(self, item: int) -> Known:
        """The same knowledge as seen from another item."""
        if item not in self._places:
            origin = self.origin or self.at
            self._places[item] = replace(self, at=self.contexts.at(item), origin=origin, _memo={}, _variants={})
        return self._places[item]

    def recalling(self) -> Known:
        """The same knowledge, with definitions of sections that have ended where nothing else defines a symbol."""
        return self._variant("recalling", recalls=True)

    def remembering(self) -> Known:
        """The same knowledge, with properties told in sections that have ended where nothing else is said."""
        return self._variant("remembering", remembers=True)

    def going_on(self) -> Known:
        """The same knowledge, with what displays before were said to define for themselves."""
        return self._variant("going on", goes_on=True)

    def valuing(self) -> Known:
        """The same knowledge, with the values mentioned here in the definitions made elsewhere."""
        return self._variant("valuing", values=self.at)

    def lapsing(self, *, far: bool = False) -> Known:
        """The same knowledge, with the conditions stated of displays before, in other sections too if `far`."""
        return self._variant("lapsing far" if far else "lapsing", at=replace(self.at, lapsed=True, far=far))

    @property
    def conditions_lapsed(self) -> bool:
        """Whether a condition was stated of a display before, in the same section."""
        answer: bool = self._ask("lapsed", "", lambda _: self.at.conditions_lapsed())
        return answer

    @property
    def conditions_far(self) -> bool:
        """Whether a case was named for a display before, in any section."""
        answer: bool = self._ask("lapsed far", "", lambda _: self.at.conditions_lapsed(far=True))
        return answer

    def generalising(self) -> Known:
        """The same knowledge, where the sizes of what only explains a layout are left open."""
        return self._variant("generalising", generic=True)

    def explains(self, roots: Iterable[tree.Node]) -> bool:
        """Whether the sizes of a symbol may be left open: they come from where a layout is explained, the symbol was
        introduced again without them, or this is said of matrices without a name."""
        return any((fact := self.shape(key)) is not None and self._left_open(fact) for key in symbol_keys(*roots))

    def _left_open(self, fact: ShapeFact) -> bool:
        return fact.example or self.declared_anew(fact.key) or self.has(Convention.OPEN_SIZES)

    def unnormed(self) -> Known:
        """The same knowledge without the conditions that fix the length of a vector: on both sides of ∂/∂λ of the
        Lagrangian of xᵀx = 1 nothing else would remain."""
        return self._variant("unnormed", normless=True)

    def using(self, usage: Usage) -> Known:
        """The same knowledge with the use of symbols in this section alone."""
        return self._variant("using", usage=usage)

    def forgetting(self) -> Known:
        """The same knowledge without definitions."""
        return self._variant("forgetting", forgets=True)

    def freeing(self, keys: frozenset[str]) -> Known:
        """The same knowledge without the definitions of some symbols."""
        return self._variant(f"freeing {' '.join(sorted(keys))}", freed=self.freed | keys)

    def equating(self, rows: str, columns: str) -> Known:
        """The same knowledge with two sizes equal."""
        item = self.at.item
        equal = RankFact(Span(0, 0), Scope(item, item + 1), item, rows, columns, equal=True)
        return self.extended((equal,))

    def _ask(self, question: str, key: str, ask: Callable[[str], Any]) -> Any:
        """Answers are remembered: a symbol is asked about at every occurrence under every choice."""
        memo_key = (question, key)
        try:
            return self._memo[memo_key]
        except KeyError:
            pass
        answer = ask(key)
        if not answer and key.endswith("_·"):
            answer = next((a for i in _FAMILY_LETTERS if (a := ask(key[:-1] + i))), answer)
        self._memo[memo_key] = answer
        return answer

    def conventions(self) -> Mapping[object, ConventionFact]:
        """Convention → the fact that states it here."""
        answer: Mapping[object, ConventionFact] = self._ask("conventions", "", lambda _: self.at.conventions())
        return answer

    def has(self, convention: Convention) -> bool:
        return convention in self.conventions()

    def shape(self, key: str) -> ShapeFact | None:
        answer: ShapeFact | None = self._ask("shape", key, self._shape)
        return answer

    def _shape(self, key: str) -> ShapeFact | None:
        found = self.at.shape_of(key)
        if found is None or not self.generic or not self._left_open(found):
            return found
        said = self.conventions().get(Convention.OPEN_SIZES)
        square = said is not None and bool(said.detail) and found.kind == "matrix"
        return replace(found, kind="square" if square else found.kind, rows="", cols="")

    def is_column(self, key: str) -> bool:
        """Whether the symbol is declared as a column, or as a vector."""
        fact = self.shape(key)
        return fact is not None and fact.is_column

    def shape_before(self, key: str) -> ShapeFact | None:
        """Another declaration in force that the last one contradicts: a letter used for two things."""
        answer: ShapeFact | None = self._ask("before", key, self.at.declared_before)
        return answer

    def declared_anew(self, key: str) -> bool:
        """Whether a symbol that had a size was spoken of again without one: as any matrix, any vector."""
        answer: bool = self._ask("anew", key, self.at.declared_anew)
        return answer

    def earlier_shape(self, key: str) -> ShapeFact | None:
        """The last declaration before this place whose scope has ended."""
        answer: ShapeFact | None = self._ask("earlier", key, self._earlier_shape)
        return answer

    def _earlier_shape(self, key: str) -> ShapeFact | None:
        found = None
        for fact in self.contexts.stated(ShapeFact, Named.ITSELF, key):
            if fact.item < self.at.item and fact.kind != "like":
                found = fact
        return found

    def properties(self, key: str) -> frozenset[str]:
        answer: frozenset[str] = self._ask("properties", key, self._properties)
        return answer

    def _properties(self, key: str) -> frozenset[str]:
        found = frozenset(self.at.properties_of(key))
        found = found if found - FIELDS else found | self._remembered(key)
        return found - NORMED if self.normless else found

    def _remembered(self, key: str) -> frozenset[str]:
        return self.ended_properties(key) if self.recalls or self.remembers else frozenset()

    def ended_properties(self, key: str) -> frozenset[str]:
        """What a section that has ended says of a symbol, where no later one speaks of it."""
        answer: frozenset[str] = self._ask("ended properties", key, lambda k: frozenset(self.at.ended_properties(k)))
        return answer

    def function(self, key: str) -> FunctionFact | None:
        answer: FunctionFact | None = self._ask("function", key, self.at.function_of)
        return answer

    def definition(self, key: str) -> DefinitionFact | None:
        answer: DefinitionFact | None = self._ask("definition", key, self._definition)
        return answer

    def _definition(self, key: str) -> DefinitionFact | None:
        """The definition in force: a later declaration of the symbol's shape starts a new life of it."""
        if self.forgets or key in self.freed:
            return None
        found = self.at.definition_of(key)
        if found is None and self.goes_on:
            return self.passing_definition(key)
        if found is None and self.recalls:
            return self.ended_definition(key)
        if found is not None and by_its_square(found):
            found = self._before(key, found)
        if found is None or _is_mere_value(found, self.at.item) or _of_another_member(key, found):
            return None
        if found.item > self.at.item and self.by_members(key) is not None:
            return None  # what was said of its members before goes first
        for name in (key, key.split("_")[0]):
            shape = self.shape(name)
            if shape is not None and _starts_anew(shape, found, self.at.item):
                return None
        return None if self._of_other_things(found) else found

    def _of_other_things(self, found: DefinitionFact) -> bool:
        """Whether what a definition speaks of was declared anew since, as something else: E[e^{tX}] of a number X,
        where X is a vector now."""
        if found.item >= self.at.item:
            return False
        then = self.contexts.at(found.item)
        for key in sorted(symbol_keys(found.right)):
            now = self.shape(key)
            if now is not None and found.item < now.scope.first and now.item <= self.at.item:
                before = then.shape_of(key)
                if before is not None and not compatible(before, now):
                    return True
        return False

    def _before(self, key: str, told: DefinitionFact) -> DefinitionFact:
        """What was in force when the square of a symbol was told: that is a claim then, and defines nothing."""
        stated = self.contexts.keyed(DefinitionFact, key, told.item)
        direct = [f for f in stated if f.item < told.item < f.scope.last and not by_its_square(f)]
        return direct[-1] if direct else told

    def passing_definition(self, key: str) -> DefinitionFact | None:
        """What a display before was said to define for itself: "for $f(x) = …$ we get"."""
        found = self.at.passing_definition(key)
        return None if found is None or _is_mere_value(found, self.at.item) else found

    def ended_definition(self, key: str) -> DefinitionFact | None:
        """The last definition of a symbol, or of its members, before this place whose section has ended."""
        answer: DefinitionFact | None = self._ask("ended", key, self._ended_definition)
        return answer

    def _ended_definition(self, key: str) -> DefinitionFact | None:
        ended = self._ended(key)
        found = ended[-1] if ended else None
        return None if found is None or _is_mere_value(found, self.at.item) else found

    def _ended(self, key: str) -> list[DefinitionFact]:
        stated = self.contexts.keyed(DefinitionFact, key, self.at.item)
        return [f for f in stated if f.scope.last <= self.at.item]

    def ended_in_several_ways(self, key: str) -> bool:
        """Whether sections that have ended define a symbol otherwise than their last definition does."""
        return len({f.right for f in self._ended(key)}) > 1

    def _definitions(self, named: Named, name: str, *, ended: bool = False) -> Iterator[DefinitionFact]:
        """Those in force, as stated in the document; with those of sections that have ended when asked for."""
        for fact in () if self.forgets or name in self.freed else self.contexts.stated(DefinitionFact, named, name):
            if fact.scope.first <= self.at.item and (ended or self.at.item < fact.scope.last):
                yield fact

    def by_members(self, base: str) -> DefinitionFact | None:
        """A definition of the members or entries of a symbol: `p_k = …` for p."""
        answer: DefinitionFact | None = self._ask("members", base, self._by_members)
        return answer

    def _by_members(self, base: str) -> DefinitionFact | None:
        found = None
        for fact in self._definitions(Named.MEMBERS, base, ended=self.recalls):
            if fact.item <= self.at.item:
                found = fact
        shape = self.shape(base)
        if found is not None and shape is not None and _starts_anew(shape, found, self.at.item):
            return None
        return found if found is not None or shape is not None else self._explained_later(base)

    def _explained_later(self, base: str) -> DefinitionFact | None:
        """In a definition that is read for a later display, what was said of members in between: `s_{ij} = 2μe_{ij}`
        before `e_{ij} = …`. Left open there, they would not be the members that the display names."""
        if self.origin is None or self.forgets:
            return None
        stated = self.contexts.stated(DefinitionFact, Named.MEMBERS, base)
        between = [f for f in stated if self.at.item < f.item <= self.origin.item and f.scope.covers(self.origin.item)]
        return between[-1] if between else None

    def operator(self, key: str) -> DefinitionFact | None:
        """A definition of an operator by its effect on a function: `D F(X) := …`."""
        answer: DefinitionFact | None = self._ask("operator", key, self._operator)
        return answer

    def _operator(self, key: str) -> DefinitionFact | None:
        return next(self._definitions(Named.OPERATOR, key), None)

    def infix(self, sign: str) -> DefinitionFact | None:
        """A definition of an infix sign: `A * B := …`."""
        answer: DefinitionFact | None = self._ask("infix", sign, self._infix)
        return answer

    def _infix(self, sign: str) -> DefinitionFact | None:
        last = deque(self._definitions(Named.INFIX, sign), maxlen=1)
        return last[0] if last else None

    def value(self, key: str) -> tree.Node | None:
        """The value of the symbol that is mentioned nearby (`for n = 3`), if any."""
        place = self.values or self.at
        found = place.definition_of(key)
        return found.right if found is not None and _is_mere_value(found, place.item) else None

    def valued(self, key: str) -> bool:
        """Whether a value of the symbol is mentioned nearby."""
        return self.value(key) is not None

    def special(self, base: str) -> MeaningFact | None:
        """The meaning of a letter used with several subscripts (`K_{mn}`, `K_{pq}`), whichever was explained."""
        answer: MeaningFact | None = self._ask("special", base, self._special)
        return answer

    def _special(self, base: str) -> MeaningFact | None:
        said = self.contexts.stated(MeaningFact, Named.SUBSCRIPTED, base)
        held = next((f for f in said if f.scope.covers(self.at.item)), None)
        return held or (self.ended_meaning(base) if self.recalls else None)

    def meaning(self, key: str) -> MeaningFact | None:
        answer: MeaningFact | None = self._ask("meaning", key, self._meaning)
        return answer

    def _meaning(self, key: str) -> MeaningFact | None:
        return self.at.meaning_of(key) or (self.ended_meaning(key) if self.recalls else None)

    def ended_meaning(self, key: str) -> MeaningFact | None:
        """What a section that has ended says in a word that a symbol is, by itself or with subscripts."""
        answer: MeaningFact | None = self._ask("ended meaning", key, self._ended_meaning)
        return answer

    def _ended_meaning(self, key: str) -> MeaningFact | None:
        indexed = self.contexts.stated(MeaningFact, Named.SUBSCRIPTED, key)
        said = (*self.contexts.keyed(MeaningFact, key, self.at.item), *indexed)
        return next((f for f in reversed(said) if f.scope.last <= self.at.item), None)

    def law(self, key: str) -> LawFact | None:
        answer: LawFact | None = self._ask("law", key, self.at.law_of)
        return answer or (self.ended_law(key) if self.recalls else None)

    def ended_law(self, key: str) -> LawFact | None:
        """What a section that has ended tells of the law of a random symbol."""
        answer: LawFact | None = self._ask("ended law", key, self.at.ended_law)
        return answer

    def taint(self, key: str) -> TaintFact | None:
        answer: TaintFact | None = self._ask("taint", key, self.at.tainted)
        return None if answer is not None and answer.item in self.identities else answer

    def declared(self, key: str) -> bool:
        return self.introduced(key) or bool(self.properties(key) - FIELDS)

    def introduced(self, key: str) -> bool:
        """Whether the text says here what the symbol is, more than a property of it."""
        return bool(self.shape(key) or self.function(key) or self.definition(key) or self.meaning(key))

    def alias(self, key: str) -> str:
        """`A` and `\\mathbf A` are one symbol where only one of them is declared and both are capitals, and where the
        document uses them as one: then the one that was spoken of last."""
        answer: str = self._ask("alias", key, self._alias)
        return answer

    def _alias(self, key: str) -> str:
        letter = plain(key)
        if not (len(letter) == 1 and letter.isupper()):
            return key
        both = [k for k in (letter, f"bf:{letter}") if self.declared(k)]
        if len(both) == 2 and "either font" in self.usage.of(letter) and key in both:
            return max(both, key=lambda k: self._ask("said", k, self._said))
        if self.declared(key) or key.startswith("sf:"):
            return key
        other = next((k for k in both if k != key), key)
        apart = {key, other} <= self.usage.shown and not (self.shape(other) or self.properties(other) - FIELDS)
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
