"""Numbers for the dimension variables of a claim: small, pairwise distinct, in both orders."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from itertools import islice, permutations

from derivcheck.terms.dim import Dim, Shape
from derivcheck.terms.term import Claim, Term
from derivcheck.verify.errors import NoDimensions, TooLarge
from derivcheck.verify.seed import Stream
from derivcheck.verify.structure import Structure, own_dims

Dimensions = Mapping[str, int]

MAX_SIDE = 250
MAX_ENTRIES = 20_000
_COMFORTABLE_SIDE = 40
_MAX_CANDIDATES = 240
_MAX_STEPS = 20_000
_LARGEST_VALUE = 12


@dataclass(frozen=True, slots=True)
class Sizes:
    """What a claim says about dimensions: its variables, the shapes of all its terms, the rectangular pairs."""

    variables: tuple[str, ...]
    shapes: tuple[Shape, ...]
    sizes: tuple[Dim, ...]
    rectangular: tuple[tuple[str, str], ...]  # (rows, columns) of a symbol, two different variables
    facts: tuple[tuple[Dim, Dim], ...]
    equal: tuple[tuple[Dim, Dim], ...]

    @staticmethod
    def of(claim: Claim, structure: Structure) -> Sizes:
        shapes: dict[Shape, None] = {}
        sizes: dict[Dim, None] = {}
        for term in _terms(claim, structure):
            shapes[term.shape] = None
            for dim in own_dims(term):
                sizes[dim] = None
        rectangular: dict[tuple[str, str], None] = {}
        names = structure.names(claim.lhs) | structure.names(claim.rhs)
        for key in sorted(names & structure.symbols.keys()):
            rows, columns = shape = structure.symbols[key].shape
            shapes[shape] = None
            if rows.name and columns.name and rows.name != columns.name:
                rectangular[rows.name, columns.name] = None
        for _, dim in claim.free:
            sizes[dim] = None
        dims = {*sizes, *(d for s in shapes for d in s)}
        related = [d for pair in (*claim.dim_facts, *claim.dim_equal) for d in pair]
        variables = sorted({v for d in (*dims, *related) for v in d.variables()})
        return Sizes(
            tuple(variables), tuple(shapes), tuple(sizes), tuple(rectangular), claim.dim_facts, claim.dim_equal
        )

    def admits(self, dims: Dimensions) -> bool:
        """Are all facts satisfied and all sides at least 1?"""
        return (
            all(larger.value(dims) >= smaller.value(dims) for larger, smaller in self.facts)
            and all(left.value(dims) == right.value(dims) for left, right in self.equal)
            and all(d.value(dims) >= 1 for s in self.shapes for d in s)
        )

    def largest(self, dims: Dimensions) -> int:
        """The longest side of any term; TooLarge over the caps."""
        longest = 1
        for rows, columns in self.shapes:
            r, c = rows.value(dims), columns.value(dims)
            if max(r, c) > MAX_SIDE or r * c > MAX_ENTRIES:
                raise TooLarge(f"a matrix of {r}×{c}")
            longest = max(longest, r, c)
        return longest


def _terms(claim: Claim, structure: Structure) -> Iterator[Term]:
    for side in (claim.lhs, claim.rhs, *claim.given):
        yield from structure.subterms(side)


def assignments(claim: Claim, count: int, rng: Stream) -> tuple[Dimensions, ...]:
    """Up to `count` assignments of values ≥ 2 to the dimension variables of a claim, most telling first.

    Distinct variables get distinct values unless the facts forbid it. The second assignment reverses the order
    of as many rectangular pairs as the facts allow. Raises NoDimensions when no small values satisfy the
    facts, TooLarge when every assignment makes a term too large.
    """
    return choose(Sizes.of(claim, Structure(claim.symbols)), count, rng)


def choose(sizes: Sizes, count: int, rng: Stream) -> tuple[Dimensions, ...]:
    """`assignments` for sizes that are known already."""
    if not sizes.variables:
        sizes.largest({})
        return ({},) if sizes.admits({}) else _refuse()
    candidates = _candidates(sizes, rng)
    if not candidates:
        _refuse()
    ranked = _rank(sizes, candidates)
    chosen = [ranked[0]]
    remaining = ranked[1:]
    while remaining and len(chosen) < count:
        best = max(remaining, key=lambda d: _novelty(sizes, chosen, d))
        remaining.remove(best)
        chosen.append(best)
    return tuple(chosen)


def _refuse() -> tuple[Dimensions, ...]:
    raise NoDimensions("no small dimensions satisfy what is known of them")


def _novelty(sizes: Sizes, chosen: Sequence[Dimensions], dims: Dimensions) -> int:
    """How many rectangular pairs come in an order not yet among the chosen."""
    return sum(
        all((c[rows] < c[columns]) != (dims[rows] < dims[columns]) for c in chosen)
        for rows, columns in sizes.rectangular
    )


def _rank(sizes: Sizes, candidates: list[Dimensions]) -> list[Dimensions]:
    """Comfortable sizes first, otherwise in the order given; what is too large is left out."""
    fitting: list[tuple[bool, int, Dimensions]] = []
    too_large: TooLarge | None = None
    for position, dims in enumerate(candidates):
        try:
            fitting.append((sizes.largest(dims) > _COMFORTABLE_SIDE, position, dims))
        except TooLarge as error:
            too_large = error
    if not fitting:
        raise too_large or TooLarge()
    return [dims for _, _, dims in sorted(fitting, key=lambda f: f[:2])]


def _candidates(sizes: Sizes, rng: Stream) -> list[Dimensions]:
    """Assignments that satisfy the facts: permutations of small distinct values, else a search."""
    names = sizes.variables
    found: list[Dimensions] = []
    if not sizes.equal:
        values = list(range(2, len(names) + 3))
        pools = (values[: len(names)], [*values[:-2], values[-1]], values[1:])
        for pool in pools if len(names) <= 4 else pools[:1]:
            found += [d for d in _orders(names, pool, rng) if sizes.admits(d)]
    return found or list(islice(_search(sizes, distinct=True), 60)) or list(islice(_search(sizes, distinct=False), 60))


def _orders(names: tuple[str, ...], pool: list[int], rng: Stream) -> Iterator[Dimensions]:
    """The pool dealt out to the names in every order, or in a sample of orders when there are many."""
    shuffled = list(pool)
    rng.shuffle(shuffled)
    if len(names) <= 4:
        orders = list(permutations(shuffled))
        yield from (dict(zip(names, order, strict=True)) for order in orders)
        return
    for _ in range(_MAX_CANDIDATES // 8):
        yield dict(zip(names, shuffled, strict=True))
        yield dict(zip(names, reversed(shuffled), strict=True))
        rng.shuffle(shuffled)


def _search(sizes: Sizes, distinct: bool) -> Iterator[Dimensions]:
    """Backtracking over values 2..12; a fact is checked as soon as its variables have values."""
    names = _by_constraint(sizes)
    position = {name: i for i, name in enumerate(names)}
    due: list[list[tuple[Dim, Dim, bool]]] = [[] for _ in range(len(names) + 1)]
    for pairs, equality in ((sizes.facts, False), (sizes.equal, True)):
        for left, right in pairs:
            last = max((position[v] + 1 for v in left.variables() | right.variables()), default=0)
            due[last].append((left, right, equality))
    steps = 0
    dims: dict[str, int] = {}
    values: list[Iterator[int]] = [iter(range(2, _LARGEST_VALUE + 1))]
    while values and steps < _MAX_STEPS:
        steps += 1
        level = len(values) - 1
        value = next(values[-1], None)
        name = names[level]
        dims.pop(name, None)
        if value is None:
            values.pop()
            continue
        if distinct and value in dims.values():
            continue
        dims[name] = value
        if not all(_satisfied(*constraint, dims) for constraint in due[level + 1]):
            continue
        if len(dims) == len(names):
            if sizes.admits(dims):
                yield dict(dims)
        else:
            values.append(iter(range(2, _LARGEST_VALUE + 1)))


def _satisfied(left: Dim, right: Dim, equality: bool, dims: Dimensions) -> bool:
    a, b = left.value(dims), right.value(dims)
    return a == b if equality else a >= b


def _by_constraint(sizes: Sizes) -> tuple[str, ...]:
    """Variables of one equation side by side, so that it is checked early."""
    order: dict[str, None] = {}
    for left, right in sizes.equal:
        for name in sorted(left.variables() | right.variables()):
            order[name] = None
    return (*order, *(v for v in sizes.variables if v not in order))
