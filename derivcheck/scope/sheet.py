"""A display spread out for the checks: every member surveyed, and the rest of the document at hand."""

from __future__ import annotations

import re
from collections import defaultdict
from collections.abc import Callable, Iterator, Mapping
from dataclasses import dataclass, field
from functools import cached_property

from derivcheck.notation.keys import base_key
from derivcheck.notation.tree import Dots, Fence, Juxt, Node, Opaque, Sym, Words
from derivcheck.notation.walk import subtrees
from derivcheck.scope.binders import Binder
from derivcheck.scope.occurrences import Occurrence, Role, Survey, survey
from derivcheck.statements.model import Display, RelationKind

_EQUALITIES = frozenset({RelationKind.EQUAL, RelationKind.DEFINE, RelationKind.EQUIV})

_ORDERS = frozenset({RelationKind.LESS, RelationKind.LESS_EQUAL, RelationKind.GREATER, RelationKind.GREATER_EQUAL})


@dataclass(frozen=True, slots=True)
class Habits:
    """How the document writes its symbols: the letters that stand as index of a base, those of them over which
    something runs, and those that a function has as its only argument."""

    indices: Mapping[str, frozenset[str]]
    summed: Mapping[str, frozenset[str]]
    arguments: Mapping[str, frozenset[str]]


@dataclass(frozen=True, slots=True)
class Place:
    """A big operator: member `member` of chain `chain` holds it."""

    chain: int
    member: int
    binder: Binder


@dataclass(frozen=True)
class Sheet:
    """`surveys[c][m]` is member m of chain c. `habits` are worked out when they are asked for."""

    display: Display
    surveys: tuple[tuple[Survey, ...], ...]
    habits: Callable[[], Habits] = field(compare=False)

    def places(self) -> Iterator[Place]:
        """Every big operator."""
        for c, members in enumerate(self.surveys):
            for m, found in enumerate(members):
                for binder in found.binders:
                    yield Place(c, m, binder)

    @property
    def size(self) -> int:
        """How much work it is to look at every letter for every big operator."""
        found = [s for members in self.surveys for s in members]
        return sum(len(s.binders) for s in found) * sum(len(s.occurrences) for s in found)

    def around(self, place: Place) -> Survey:
        """The member that holds it."""
        return self.surveys[place.chain][place.member]

    def inside(self, place: Place) -> Iterator[Occurrence]:
        """What occurs in the body of a big operator."""
        return (o for o in self.around(place).occurrences if o.within(place.binder))

    def outside(self, place: Place) -> Iterator[Occurrence]:
        """What occurs anywhere else in the display."""
        for members in self.surveys:
            for found in members:
                yield from (o for o in found.occurrences if not o.within(place.binder))

    def elsewhere(self, chain: int, member: int) -> Iterator[Occurrence]:
        """What occurs in any other member of the display."""
        for c, members in enumerate(self.surveys):
            for m, found in enumerate(members):
                if (c, m) != (chain, member):
                    yield from found.occurrences

    def equalities(self) -> Iterator[tuple[int, int]]:
        """(chain, link) of everything said to be equal."""
        for c, chain in enumerate(self.display.chains):
            yield from ((c, k) for k, relation in enumerate(chain.relations) if relation.kind in _EQUALITIES)

    def links(self, place: Place) -> tuple[tuple[int, int], ...]:
        """The links that the member belongs to."""
        count = len(self.display.chains[place.chain].relations)
        return tuple((place.chain, k) for k in (place.member - 1, place.member) if 0 <= k < count)

    def equals(self, place: Place) -> Iterator[Survey]:
        """The members next to it that are said to be equal to it."""
        yield from self._neighbours(place, _EQUALITIES)

    def compared(self, place: Place) -> Iterator[Survey]:
        """The members next to it that are said to be smaller or larger."""
        yield from self._neighbours(place, _ORDERS)

    def others(self, place: Place) -> Iterator[Survey]:
        """The other members of its chain, when the whole chain is one of equalities."""
        if all(r.kind in _EQUALITIES for r in self.display.chains[place.chain].relations):
            yield from (s for m, s in enumerate(self.surveys[place.chain]) if m != place.member)

    def _neighbours(self, place: Place, kinds: frozenset[RelationKind]) -> Iterator[Survey]:
        relations = self.display.chains[place.chain].relations
        for _, k in self.links(place):
            if relations[k].kind in kinds:
                yield self.surveys[place.chain][k if k < place.member else k + 1]

    def says(self, letter: str) -> bool:
        """Is the letter named in words?"""
        return re.search(rf"(?<![A-Za-z\\\\]){re.escape(letter)}(?![A-Za-z])", self._words) is not None

    @cached_property
    def _words(self) -> str:
        trees = [s.node for members in self.surveys for s in members]
        inside = [n.text for tree in trees for n in subtrees(tree) if isinstance(n, Words)]
        return " ".join([*(c.words for c in self.display.chains), *inside])


def spread(display: Display, habits: Callable[[], Habits]) -> Sheet:
    """A display ready for the checks."""
    return Sheet(display, tuple(tuple(survey(m.node) for m in c.members) for c in display.chains), habits)


def habits_of(surveys: Iterator[Survey]) -> Habits:
    """The habits of a document, from all its formulas."""
    indices, summed, arguments = _table(), _table(), _table()
    for found in surveys:
        for o in found.occurrences:
            if o.role is Role.INDEX and not o.word:
                indices[o.owner].add(o.letter)
                if o.bound:
                    summed[o.owner].add(o.letter)
        for function, argument in applications(found.node):
            arguments[function].add(argument)
    return Habits(_frozen(indices), _frozen(summed), _frozen(arguments))


def _table() -> defaultdict[str, set[str]]:
    return defaultdict(set)


def _frozen(table: Mapping[str, set[str]]) -> Mapping[str, frozenset[str]]:
    return {key: frozenset(letters) for key, letters in table.items()}


def applications(node: Node) -> Iterator[tuple[str, str]]:
    """(f, x) for every `f(x)` where x is a letter."""
    for found in subtrees(node):
        if isinstance(found, Juxt):
            for function, group in zip(found.items, found.items[1:], strict=False):
                match group:
                    case Fence("(", ")", Sym(argument)):
                        key = base_key(function)
                        if key is not None:
                            yield key, argument


def is_legible(node: Node) -> bool:
    """Was all of it read, and is nothing left out or said in words?"""
    return not any(isinstance(n, Opaque | Words | Dots) for n in subtrees(node))
