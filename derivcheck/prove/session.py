"""What one proof attempt knows: indices, names of symbols, and what each atom stands for."""

from __future__ import annotations

from dataclasses import dataclass, field, replace
from fractions import Fraction

from derivcheck.prove.canonical import component_name, components
from derivcheck.prove.graph import UNIT, Indices, Monomial, Node, add_powers
from derivcheck.prove.polynomial import Polynomial
from derivcheck.terms.dim import Dim

Key = tuple[tuple[str, Fraction], ...]  # a monomial's atoms, open ones named by their positions


@dataclass(frozen=True, slots=True)
class VariableAtom:
    """A symbol; `order` counts the differentials taken of it."""

    key: str
    order: int = 0
    diagonal: bool = False


@dataclass(frozen=True, slots=True)
class InverseAtom:
    """S⁻¹ of a canonical sum S; rewriting singles out its term number `lead`: lead·S⁻¹ → I − rest·S⁻¹."""

    argument: Polynomial
    lead: int | None


@dataclass(frozen=True, slots=True)
class FunctionAtom:
    """A function applied entry by entry; its legs are the rows of `argument`. `order` counts derivatives."""

    name: str
    argument: Polynomial
    order: int = 0


@dataclass(frozen=True, slots=True)
class DeterminantAtom:
    argument: Polynomial


@dataclass(frozen=True, slots=True)
class OpaqueAtom:
    """A function of its arguments of which nothing else is known; `varies` when a variable occurs in it."""

    arguments: tuple[Polynomial, ...] = ()


@dataclass(frozen=True, slots=True)
class ConstantAtom:
    """A fixed tensor."""


Atom = VariableAtom | InverseAtom | FunctionAtom | DeterminantAtom | OpaqueAtom | ConstantAtom


@dataclass(slots=True)
class Session:
    """Mutable state of one attempt; never shared between claims."""

    indices: Indices = field(default_factory=Indices)
    numbers: dict[str, int] = field(default_factory=dict)
    atoms: dict[str, Atom] = field(default_factory=dict)
    closed: dict[str, tuple[Node, ...]] = field(default_factory=dict)  # closed components by canonical name
    sums: dict[str, Polynomial] = field(default_factory=dict)  # closed sums raised to a power
    traits: dict[str, frozenset[str]] = field(default_factory=dict)  # rewriting properties by label
    reciprocal: dict[str, str] = field(default_factory=dict)  # label ↔ label whose entrywise product is one
    positive: set[str] = field(default_factory=set)  # closed atoms known to be positive
    assumptions: dict[str, None] = field(default_factory=dict)
    steps: int = 0
    clearings: int = 0
    _keys: dict[int, tuple[Monomial, list[tuple[Key, Fraction]]]] = field(default_factory=dict)

    def number(self, name: str) -> int:
        """Symbols and index variables are numbered: no spelling of theirs can imitate another label."""
        return self.numbers.setdefault(name, len(self.numbers))

    def assume(self, text: str) -> None:
        self.assumptions.setdefault(text)

    def monomial_keys(self, m: Monomial) -> list[tuple[Key, Fraction]]:
        """Canonical key(s) of a monomial less its coefficient, with theirs; several when a loose dimension is a sum."""
        known = self._keys.get(id(m))
        if known is None:
            known = self._keys[id(m)] = m, self._monomial_keys(m)
        return known[1]

    def _monomial_keys(self, m: Monomial) -> list[tuple[Key, Fraction]]:
        labels: dict[int, str] = {}
        deltas: dict[str, Fraction] = {}
        for position, index in m.positions():
            if index in labels:
                deltas[f"δ({labels[index]},{position})"] = UNIT
            else:
                labels[index] = position
        open_indices = frozenset(labels)
        atoms: list[tuple[str, Fraction]] = []
        for component in components(m.nodes, open_indices):
            name = component_name(component, labels, self.indices.dims)
            if not any(leg in open_indices for n in component for leg in n.legs):
                self.closed.setdefault(name, tuple(component))
            atoms.append((name, UNIT))
        powers = add_powers(m.powers, atoms, deltas.items())
        expanded = [(powers, UNIT)]
        for dim in m.loose:
            expanded = [
                (add_powers(key, _dim_powers(names)), c * k) for key, c in expanded for names, k in dim.terms
            ]
        return expanded

    def collected(self, p: Polynomial) -> dict[Key, Fraction]:
        """The canonical form: equal polynomials have equal forms, for one structure of legs."""
        total: dict[Key, Fraction] = {}
        for m in p.terms:
            for key, c in self.monomial_keys(m):
                total[key] = total.get(key, 0) + m.coefficient * c
        return {k: total[k] for k in sorted(total) if total[k]}

    def text(self, p: Polynomial) -> str:
        shape = f"{'|'.join(map(str, p.rows))}×{'|'.join(map(str, p.cols))}"
        body = "+".join(f"{c}*{_spelled(key)}" for key, c in self.collected(p).items())
        return f"{shape}:{body}"

    def merged(self, p: Polynomial) -> Polynomial:
        """Like terms added up."""
        if len(p.terms) < 2:
            return p if all(m.coefficient for m in p.terms) else Polynomial(p.rows, p.cols, ())
        total: dict[tuple[Key, ...], tuple[Monomial, Fraction]] = {}
        for m in p.terms:
            key = tuple(k for k, _ in self.monomial_keys(m))
            kept = total.get(key)
            total[key] = (m, m.coefficient) if kept is None else (kept[0], kept[1] + m.coefficient)
        terms = tuple(m if c == m.coefficient else replace(m, coefficient=c) for m, c in total.values() if c)
        return Polynomial(p.rows, p.cols, terms)


def _dim_powers(names: tuple[str, ...]) -> list[tuple[str, Fraction]]:
    return [(f"#{name}", UNIT) for name in names]


def _spelled(key: Key) -> str:
    return "·".join(name if e == 1 else f"{name}^{e}" for name, e in key) or "1"


def size_polynomial(dim: Dim) -> Polynomial:
    """A dimension as a number."""
    return Polynomial((), (), (Monomial(UNIT, loose=(dim,)),) if dim.terms else ())
