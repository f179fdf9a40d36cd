"""What an elaborator may ask about symbols: the document's context at one place, shapes learned from verified
equations, and how symbols are used."""

from __future__ import annotations

import re
from collections.abc import Callable, Mapping
from dataclasses import dataclass, field
from typing import Any

from derivcheck.context.facts import Convention, DefinitionFact, FunctionFact, MeaningFact, ShapeFact, TaintFact
from derivcheck.context.view import ContextView, Place
from derivcheck.readings.unify import parse_dim
from derivcheck.terms.dim import Dim

_FAMILY_LETTERS = "ijknmtspl"
_FONTED = re.compile(r"^(bf|it|sf|rm|cal|scr|frak|bb|tt):")


def plain(key: str) -> str:
    """The key without its font."""
    return _FONTED.sub("", key)


@dataclass(frozen=True, slots=True)
class Usage:
    """How symbols are used in the document: hints by key (`matrix`, `vector`, `nonscalar`, `bare`, `entry`, `call`)."""

    hints: Mapping[str, frozenset[str]] = field(default_factory=dict)

    def of(self, key: str) -> frozenset[str]:
        return self.hints.get(key, frozenset())


@dataclass(frozen=True, slots=True)
class Known:
    """The context of one display."""

    contexts: ContextView
    at: Place
    usage: Usage
    dimension_names: frozenset[str]
    learned: Mapping[str, str] = field(default_factory=dict)  # key -> kind, from verified equations
    _memo: dict[tuple[str, str], Any] = field(default_factory=dict, compare=False, repr=False)

    def moved(self, item: int) -> Known:
        """The same knowledge as seen from another item."""
        return Known(self.contexts, self.contexts.at(item), self.usage, self.dimension_names, self.learned)

    def _ask(self, question: str, key: str, ask: Callable[[str], Any]) -> Any:
        """Answers are remembered: a symbol is asked about at every occurrence under every choice."""
        memo_key = (question, key)
        if memo_key not in self._memo:
            answer = ask(key)
            if not answer and key.endswith("_·"):
                answer = next((a for i in _FAMILY_LETTERS if (a := ask(key[:-1] + i))), answer)
            self._memo[memo_key] = answer
        return self._memo[memo_key]

    def has(self, convention: Convention) -> bool:
        return convention in self._ask("conventions", "", lambda _: frozenset(self.at.conventions()))

    def shape(self, key: str) -> ShapeFact | None:
        answer: ShapeFact | None = self._ask("shape", key, self.at.shape_of)
        return answer

    def properties(self, key: str) -> frozenset[str]:
        answer: frozenset[str] = self._ask("properties", key, lambda k: frozenset(self.at.properties_of(k)))
        return answer

    def function(self, key: str) -> FunctionFact | None:
        answer: FunctionFact | None = self._ask("function", key, self.at.function_of)
        return answer

    def definition(self, key: str) -> DefinitionFact | None:
        answer: DefinitionFact | None = self._ask("definition", key, self.at.definition_of)
        return answer

    def meaning(self, key: str) -> MeaningFact | None:
        answer: MeaningFact | None = self._ask("meaning", key, self.at.meaning_of)
        return answer

    def taint(self, key: str) -> TaintFact | None:
        answer: TaintFact | None = self._ask("taint", key, self.at.tainted)
        return answer

    def declared(self, key: str) -> bool:
        return bool(
            self.shape(key) or self.function(key) or self.definition(key) or self.meaning(key) or self.properties(key)
        )

    def alias(self, key: str) -> str:
        """`A` and `\\mathbf A` are one symbol where only one of them is declared and both are capitals."""
        if self.declared(key):
            return key
        letter = plain(key)
        if not (len(letter) == 1 and letter.isupper()):
            return key
        for font in ("", "bf:", "sf:"):
            other = font + letter
            if other != key and self.declared(other):
                return other
        return key

    def is_dimension(self, key: str) -> bool:
        return key in self.dimension_names

    def equal_dimensions(self) -> tuple[tuple[Dim, Dim], ...]:
        return self._dimension_pairs(equal=True)

    def ordered_dimensions(self) -> tuple[tuple[Dim, Dim], ...]:
        """(larger, smaller) pairs."""
        return self._dimension_pairs(equal=False)

    def _dimension_pairs(self, *, equal: bool) -> tuple[tuple[Dim, Dim], ...]:
        pairs = []
        for fact in self.at.dimension_facts():
            if fact.equal == equal:
                a, b = parse_dim(fact.larger), parse_dim(fact.smaller)
                if a is not None and b is not None:
                    pairs.append((a, b))
        return tuple(pairs)
