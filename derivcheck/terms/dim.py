"""Symbolic dimensions: polynomials with integer coefficients in named dimension variables (m, n, m·p, n+1)."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from functools import lru_cache, reduce

Monomial = tuple[str, ...]  # sorted names with repetition; () is the constant


@dataclass(frozen=True, slots=True)
class Dim:
    """Σ coefficient · monomial, normalised: sorted, no zero coefficients."""

    terms: tuple[tuple[Monomial, int], ...]

    @staticmethod
    @lru_cache(maxsize=4096)
    def of(value: int | str) -> Dim:
        """A constant or a variable."""
        if isinstance(value, int):
            return Dim((((), value),) if value else ())
        return Dim((((value,), 1),))

    @staticmethod
    def _collect(parts: Mapping[Monomial, int]) -> Dim:
        return Dim(tuple(sorted((m, c) for m, c in parts.items() if c)))

    def __add__(self, other: Dim) -> Dim:
        parts = dict(self.terms)
        for m, c in other.terms:
            parts[m] = parts.get(m, 0) + c
        return Dim._collect(parts)

    def __neg__(self) -> Dim:
        return Dim(tuple((m, -c) for m, c in self.terms))

    def __sub__(self, other: Dim) -> Dim:
        return self + -other

    def __mul__(self, other: Dim) -> Dim:
        if self.terms == ONE.terms:
            return other
        parts: dict[Monomial, int] = {}
        for m, c in self.terms:
            for n, d in other.terms:
                key = tuple(sorted(m + n))
                parts[key] = parts.get(key, 0) + c * d
        return Dim._collect(parts)

    @property
    def constant(self) -> int | None:
        """Its value when no variable occurs in it."""
        terms = self.terms
        if not terms:
            return 0
        return terms[0][1] if len(terms) == 1 and not terms[0][0] else None

    @property
    def name(self) -> str | None:
        """The variable when it is just one."""
        terms = self.terms
        if len(terms) != 1:
            return None
        monomial, coefficient = terms[0]
        return monomial[0] if coefficient == 1 and len(monomial) == 1 else None

    def variables(self) -> frozenset[str]:
        terms = self.terms
        if len(terms) == 1:
            return frozenset(terms[0][0])
        return frozenset([v for m, _ in terms for v in m])

    def value(self, env: Mapping[str, int]) -> int:
        """Evaluate; KeyError when a variable is missing."""
        if (name := self.name) is not None:
            return env[name]
        return sum(c * reduce(lambda a, v: a * env[v], m, 1) for m, c in self.terms)

    def substitute(self, env: Mapping[str, Dim]) -> Dim:
        if (name := self.name) is not None:
            return env.get(name, self)
        if self.constant is not None:
            return self
        total = Dim(())
        for m, c in self.terms:
            total = total + reduce(lambda a, v: a * env.get(v, Dim.of(v)), m, Dim.of(c))
        return total

    def __str__(self) -> str:
        if (name := self.name) is not None:
            return name
        if (constant := self.constant) is not None:
            return str(constant)
        out = ""
        for m, c in sorted(self.terms, key=lambda t: (-len(t[0]), t[0])):
            body = "·".join(m)
            factor = str(abs(c)) if not m or abs(c) != 1 else ""
            sign = ("-" if c < 0 else "") if not out else (" - " if c < 0 else " + ")
            out += sign + factor + ("·" if factor and body else "") + body
        return out


ONE = Dim.of(1)
Shape = tuple[Dim, Dim]  # rows, columns; a scalar is (1, 1), a column (n, 1)
SCALAR: Shape = (ONE, ONE)
