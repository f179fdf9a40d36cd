"""Which symbols of a link are random: those that the text calls so or an expectation is over, and what they make up."""

from __future__ import annotations

from dataclasses import dataclass, field
from typing import TYPE_CHECKING

from derivcheck.notation.keys import symbol_keys
from derivcheck.readings.expectations import EXPECTATION
from derivcheck.terms.term import Apply, Term, Variable
from derivcheck.terms.walk import children

if TYPE_CHECKING:
    from derivcheck.readings.elaborator import Elaborator


@dataclass(slots=True)
class Occurrences:
    """Which symbols stand outside of expectations, and which in each of them; those of definitions with them."""

    e: Elaborator
    expected: bool = False
    over: set[str] = field(default_factory=set)
    outside: set[str] = field(default_factory=set)
    bodies: list[set[str]] = field(default_factory=list)
    meant: set[str] = field(default_factory=set)  # what stands in expectations that symbols are defined by
    limited: list[tuple[set[str], set[str]]] = field(default_factory=list)  # (over, in the body), where one says so
    _opened: set[str] = field(default_factory=set)  # symbols whose definitions are being followed

    def note(self, term: Term) -> None:
        """Notes a side of the link."""
        self._note(term, self.outside)

    @property
    def met(self) -> set[str]:
        return self.outside.union(*self.bodies)

    def _note(self, term: Term, symbols: set[str]) -> None:
        match term:
            case Apply(operator=operator, args=(body, *over)) if operator == EXPECTATION:
                self.expected = True
                keys, within = {t.key for t in over if isinstance(t, Variable)}, set[str]()
                self.over |= keys
                self.bodies.append(within)
                if keys:
                    self.limited.append((keys, within))
                self._note(body, within)
                self.meant |= within if self._opened else set()
                return
            case Variable(key=key) if key not in symbols:
                symbols.add(key)
                symbol = self.e.symbols.get(key)
                if symbol is not None and symbol.definition is not None and key not in self._opened:
                    self._opened.add(key)
                    self._note(symbol.definition, symbols)
                    self._opened.discard(key)
            case _:
                pass
        for child in children(term):
            self._note(child, symbols)

    def random(self) -> set[str]:
        """What is said to be random, what an expectation is over; and what stands within expectations only, in one
        where nothing else is random or by which a symbol is defined: p = E[dx] is not d E[x]."""
        declared = {k for k in self.met if "random" in self.e.known.properties(k)} | self.over
        parameters = {letter for k in declared for letter in _parameters(self.e, k)}
        alone = self.meant.union(*(body for body in self.bodies if not body & declared)) - self.outside - parameters
        free = declared | {k for k in alone if not self.e.symbols[k].constant}
        return {k for k in free if k in self.e.symbols and self.e.symbols[k].definition is None}

    def derived(self, random: set[str]) -> set[str]:
        """The symbols that are random by their definitions."""
        found: set[str] = set()
        for _ in self.e.symbols:
            new = {
                k for k, s in self.e.symbols.items()
                if k not in found and s.definition is not None and is_free(s.definition, random | found)
            }  # fmt: skip
            if not new:
                break
            found |= new
        return found


def is_free(term: Term, keys: set[str]) -> bool:
    """Whether one of the symbols stands in the term outside its expectations."""
    match term:
        case Apply(operator=operator) if operator == EXPECTATION:
            return False
        case Variable(key=key) if key in keys:
            return True
        case _:
            return any(is_free(c, keys) for c in children(term))


def _parameters(e: Elaborator, key: str) -> set[str]:
    """The symbols of a random symbol's law."""
    law = e.known.law(key)
    nodes = (law.mean, law.covariance, law.square) if law is not None else ()
    return {key for node in nodes if node is not None for key in symbol_keys(node)}
