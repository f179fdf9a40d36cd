"""Index contractions as labelled hypergraphs.

A monomial is Σ over inner indices of coefficient · Π node(label; indices) · Π atom^power. An index may
touch any number of nodes, so copy tensors need no node of their own: the identity is one index at a row
and a column position, a Hadamard product one index shared by two nodes, a vector of ones an index that
touches nothing. Composite dimensions (vec, Kronecker) are ordered runs of indices, the major one first.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass, field
from fractions import Fraction

from derivcheck.prove.proof import OutOfReach
from derivcheck.terms.dim import Dim

UNIT = Fraction(1)
MAX_NODES = 40  # per monomial
MAX_TERMS = 2000  # per polynomial

FUSE = "fuse"  # fuse(k; i, j, …) = 1 where k is the composite index (i, j, …), else 0


@dataclass(frozen=True, slots=True)
class Node:
    """A tensor of the network; the legs of a symmetric one (two legs) are unordered."""

    label: str
    legs: tuple[int, ...]
    symmetric: bool = False


Powers = tuple[tuple[str, Fraction], ...]  # closed atoms by canonical name, sorted, no zero exponent


@dataclass(frozen=True, slots=True)
class Monomial:
    """One signed contraction. `bound`: positions named by index variables; `loose`: dimensions of summed
    indices that touch nothing, each a factor."""

    coefficient: Fraction
    nodes: tuple[Node, ...] = ()
    powers: Powers = ()
    rows: tuple[int, ...] = ()
    cols: tuple[int, ...] = ()
    bound: tuple[tuple[str, int], ...] = ()
    loose: tuple[Dim, ...] = ()

    def positions(self) -> Iterator[tuple[str, int]]:
        """Free positions in their canonical order: rows, columns, index variables."""
        yield from ((f"r{i}", index) for i, index in enumerate(self.rows))
        yield from ((f"c{i}", index) for i, index in enumerate(self.cols))
        yield from ((f"e:{name}", index) for name, index in self.bound)

    def open_indices(self) -> frozenset[int]:
        return frozenset([*self.rows, *self.cols, *[index for _, index in self.bound]])

    def indices(self) -> frozenset[int]:
        return self.open_indices().union(*[node.legs for node in self.nodes])

    def occurrences(self) -> dict[int, int]:
        """How many legs touch each index."""
        count: dict[int, int] = {}
        for node in self.nodes:
            for leg in node.legs:
                count[leg] = count.get(leg, 0) + 1
        return count


@dataclass(slots=True)
class Indices:
    """The indices of one proof attempt with their dimensions."""

    dims: dict[int, Dim] = field(default_factory=dict)

    def fresh(self, dim: Dim) -> int:
        index = len(self.dims)
        if index > 500_000:
            raise OutOfReach("too many indices")
        self.dims[index] = dim
        return index

    def fresh_like(self, index: int) -> int:
        return self.fresh(self.dims[index])


def add_powers(*parts: Iterable[tuple[str, Fraction]]) -> Powers:
    total: dict[str, Fraction] = {}
    for part in parts:
        for atom, exponent in part:
            total[atom] = total[atom] + exponent if atom in total else exponent
    return tuple(sorted((a, e) for a, e in total.items() if e))


def renamed(m: Monomial, names: Mapping[int, int]) -> Monomial:
    """The monomial with indices replaced; indices not named stay."""
    return Monomial(
        m.coefficient,
        tuple(Node(n.label, tuple(names.get(leg, leg) for leg in n.legs), n.symmetric) for n in m.nodes),
        m.powers,
        tuple(names.get(i, i) for i in m.rows),
        tuple(names.get(i, i) for i in m.cols),
        tuple((name, names.get(i, i)) for name, i in m.bound),
        m.loose,
    )


def refreshed(m: Monomial, indices: Indices) -> Monomial:
    """A copy that shares no index with the original."""
    return renamed(m, {i: indices.fresh_like(i) for i in sorted(m.indices())})


def identified(m: Monomial, pairs: Iterable[tuple[int, int]], indices: Indices) -> Monomial:
    """The monomial with each pair of indices made one (a factor δ for each pair)."""
    parent: dict[int, int] = {}

    def find(i: int) -> int:
        while i in parent:
            i = parent[i]
        return i

    for a, b in pairs:
        ra, rb = find(a), find(b)
        if ra == rb:
            continue
        if indices.dims[ra] != indices.dims[rb]:
            raise OutOfReach("dimensions differ")
        parent[max(ra, rb)] = min(ra, rb)
    return renamed(m, {i: find(i) for i in list(parent)}) if parent else m


def with_loose(after: Monomial, before: frozenset[int], indices: Indices) -> Monomial:
    """`after` with a factor for each index of `before` that has lost all its legs and positions."""
    gone = before - after.indices()
    if not gone:
        return after
    dims = sorted([*after.loose, *(indices.dims[i] for i in gone)], key=lambda d: d.terms)
    return Monomial(
        after.coefficient, after.nodes, after.powers, after.rows, after.cols, after.bound, tuple(dims)
    )
