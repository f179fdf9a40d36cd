"""The facts of a document by what they speak of, for the views of it that grow while it is followed."""

from __future__ import annotations

import re
from bisect import insort
from collections.abc import Iterable
from dataclasses import dataclass, field

from derivcheck.context.facts import (
    DefinitionFact,
    Fact,
    FunctionFact,
    LawFact,
    MeaningFact,
    PropertyFact,
    RankFact,
    ShapeFact,
    TaintFact,
)
from derivcheck.context.named import Named, names_of
from derivcheck.context.subjects import key_of, subject

# x_i, K_{nq}, a_{i,j}, x_2, x_{t+1}: subscripts that are letters of indices, numbers, or one index moved on
MEMBER = re.compile(
    r"(?P<base>[^_]+)_(?:(?P<indices>[i-nw-zp-t]|\{[i-np-t],?[i-np-t]?,?[i-np-t]?\})|\d|\{\d+(?:,\d+)*\}|\{[i-np-t][+-]\d\})"
)


@dataclass(frozen=True, slots=True)
class Entry:
    """A fact with its number in order of statement, and the line of views for which it was stated."""

    number: int
    line: int
    fact: Fact

    @property
    def item(self) -> int:
        return self.fact.item


def item_of(entry: Entry) -> int:
    return entry.fact.item


@dataclass(slots=True)
class Index:
    """Facts by kind, and by key where they have one; those of one key stand in document order.

    It only ever grows, and all views of a document share it. A view that goes on from the latest one goes on its line;
    two views that go on from the same one part, and the second begins a line of its own. So a view knows what was
    stated before some number on each line that it came along."""

    ends: list[int] = field(default_factory=list)  # of each line: behind its last fact
    size: int = 0
    keyed: dict[tuple[type, str], list[Entry]] = field(default_factory=dict)
    families: dict[tuple[type, str], list[Entry]] = field(default_factory=dict)  # x_n, by base x
    unkeyed: dict[type, list[Entry]] = field(default_factory=dict)
    named: dict[tuple[type, Named, str], list[Entry]] = field(default_factory=dict)  # in order of statement
    echoing: list[Entry] = field(default_factory=list)  # what may be meant after its scope

    def branch(self) -> int:
        """A new line."""
        self.ends.append(0)
        return len(self.ends) - 1

    def add(self, facts: Iterable[Fact], line: int) -> int:
        """States facts on a line; the number behind the last of them."""
        for fact in facts:
            self._add(Entry(self.size, line, fact))
            self.size += 1
        self.ends[line] = self.size
        return self.size

    def _add(self, entry: Entry) -> None:
        fact = entry.fact
        kind, key = type(fact), _key(fact)
        for name in names_of(fact):
            self.named.setdefault((kind, *name), []).append(entry)
        outlives = max(fact.scope.echo, fact.scope.far) > fact.scope.last
        if outlives and isinstance(fact, PropertyFact | RankFact | ShapeFact):
            self.echoing.append(entry)
        if key is None:
            self.unkeyed.setdefault(kind, []).append(entry)
            return
        insort(self.keyed.setdefault((kind, key), []), entry, key=item_of)
        if (m := MEMBER.fullmatch(key)) and m["indices"]:
            insort(self.families.setdefault((kind, m["base"]), []), entry, key=item_of)


def _key(fact: Fact) -> str | None:
    match fact:
        case ShapeFact() | PropertyFact() | FunctionFact() | MeaningFact() | LawFact() | TaintFact():
            return fact.key
        case DefinitionFact():
            found = subject(fact.left)
            return found.key if found else key_of(fact.left)
        case _:
            return None
