"""Numbers for the dimension variables of a claim: small, pairwise distinct, in both orders."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from itertools import islice, permutations

from derivcheck.terms.dim import ONE, Dim, Shape
from derivcheck.terms.term import Claim
from derivcheck.verify.errors import NoDimensions, TooLarge
from derivcheck.verify.seed import Stream
from derivcheck.verify.structure import Structure, own_dims

Dimensions = Mapping[str, int]

MAX_SIDE = 250
MAX_ENTRIES = 20_000
_COMFORTABLE_SIDE = 40
_MAX_DEALS = 30
_MAX_FOUND = 60
_MAX_STEPS = 20_000
_LARGEST_VALUE = 12


@dataclass(frozen=True, slots=True)
class Sizes:
    """What a claim says about dimensions: its variables, the shapes of all its terms, the rectangular pairs.

    `shapes` and `sides` leave out what is a variable or small number and so never too large or empty.
    """

    variables: tuple[str, ...]
    shapes: tuple[Shape, ...]
    sides: tuple[Dim, ...]
    rectangular: tuple[tuple[str, str], ...]  # (rows, columns) of a symbol, two different variables
    facts: tuple[tuple[Dim, Dim], ...]
    equal: tuple[tuple[Dim, Dim], ...]

    @staticmethod
    def of(claim: Claim, structure: Structure) -> Sizes:
        shapes: dict[Shape, None] = {}
        dims: dict[Dim, None] = {dim: None for _, dim in claim.free}
        for side in (claim.lhs, claim.rhs, *claim.given):
            for term in structure.subterms(side):
                if not (term.shape[0] is ONE is term.shape[1]):  # scalars, which most terms are, have no sizes
                    shapes[term.shape] = None
                for dim in own_dims(term):
                    dims[dim] = None
        rectangular: dict[tuple[str, str], None] = {}
        names = frozenset().union(*map(structure.names, (claim.lhs, claim.rhs, *claim.given)))
        for key in sorted(names & structure.symbols.keys()):
            rows, columns = shape = structure.symbols[key].shape
            shapes[shape] = None
            if rows.name and columns.name and rows.name != columns.name:
                rectangular[rows.name, columns.name] = None
        sides = {dim: None for shape in shapes for dim in shape}
        variables = {v for dim in (*dims, *sides) for v in dim.variables()}
        variables |= _related(variables, (*claim.dim_facts, *claim.dim_equal))
        return Sizes(
            tuple(sorted(variables)),
            tuple(s for s in shapes if not (_is_simple(s[0]) and _is_simple(s[1]))),
            tuple(d for d in sides if not _is_simple(d)),
            tuple(rectangular),
            tuple(pair for pair in claim.dim_facts if _variables(pair) <= variables),
            tuple(pair for pair in claim.dim_equal if _variables(pair) <= variables),
        )

    def admits(self, dims: Dimensions) -> bool:
        """Are all facts satisfied and all sides at least 1?"""
        return (
            all(larger.value(dims) >= smaller.value(dims) for larger, smaller in self.facts)
            and all(left.value(dims) == right.value(dims) for left, right in self.equal)
            and all(d.value(dims) >= 1 for d in self.sides)
        )

    def largest(self, dims: Dimensions) -> int:
        """The longest side of any term that is no single variable; TooLarge over the caps."""
        longest = 1
        for rows, columns in self.shapes:
            r, c = rows.value(dims), columns.value(dims)
            if max(r, c) > MAX_SIDE or r * c > MAX_ENTRIES:
                raise TooLarge(f"a matrix of {r}×{c}")
            longest = max(longest, r, c)
        return longest


def _variables(pair: tuple[Dim, Dim]) -> frozenset[str]:
    return pair[0].variables() | pair[1].variables()


def _related(variables: set[str], pairs: tuple[tuple[Dim, Dim], ...]) -> set[str]:
    """The variables that facts tie to these, directly or through others."""
    found = set(variables)
    grown = True
    while grown:
        before = len(found)
        for names in map(_variables, pairs):
            if not found.isdisjoint(names):
                found |= names
        grown = len(found) > before
    return found


def _is_simple(dim: Dim) -> bool:
    """Is it a variable, or a number that needs no check?"""
    if dim.name is not None:
        return True
    constant = dim.constant
    return constant is not None and 1 <= constant <= _COMFORTABLE_SIDE


def choose(sizes: Sizes, count: int, rng: Stream) -> tuple[Dimensions, ...]:
    """Up to `count` assignments of values ≥ 2 to the dimension variables of a claim, most telling first.

    Distinct variables get distinct values unless the facts forbid it. The second assignment reverses the
    order of as many rectangular pairs as the facts allow. Raises NoDimensions when no small values satisfy
    the facts, TooLarge when every assignment makes a term too large.
    """
    if not sizes.variables:
        sizes.largest({})
        if not sizes.admits({}):
            raise NoDimensions("a size that is not positive")
        return ({},)
    chosen: list[Dimensions] = []
    remaining = _fitting(sizes, rng, count)
    while remaining and len(chosen) < count:
        best = max(remaining, key=lambda d: _novelty(sizes, chosen, d)) if chosen else remaining[0]
        remaining.remove(best)
        chosen.append(best)
    return tuple(chosen)


def _novelty(sizes: Sizes, chosen: Sequence[Dimensions], dims: Dimensions) -> int:
    """How many rectangular pairs come in an order not yet among the chosen."""
    return sum(
        all((c[rows] < c[columns]) != (dims[rows] < dims[columns]) for c in chosen)
        for rows, columns in sizes.rectangular
    )


def _fitting(sizes: Sizes, rng: Stream, count: int) -> list[Dimensions]:
    """Assignments that satisfy the facts, comfortable ones first; enough of them to choose `count` from."""
    comfortable: list[Dimensions] = []
    large: list[tuple[int, Dimensions]] = []
    too_large: TooLarge | None = None
    for dims in _candidates(sizes, rng):
        try:
            side = sizes.largest(dims)
        except TooLarge as error:
            too_large = error
            continue
        if side <= _COMFORTABLE_SIDE:
            comfortable.append(dims)
        else:
            large.append((side, dims))
        if len(comfortable) >= count and _both_orders(sizes, comfortable):
            return comfortable
    if not comfortable and not large:
        raise too_large or NoDimensions("no small dimensions satisfy what is known of them")
    return comfortable + [dims for _, dims in sorted(large, key=lambda pair: pair[0])]


def _both_orders(sizes: Sizes, found: Sequence[Dimensions]) -> bool:
    """Does every rectangular pair occur in both orders?"""
    return all(len({d[rows] < d[columns] for d in found}) == 2 for rows, columns in sizes.rectangular)


def _candidates(sizes: Sizes, rng: Stream) -> Iterator[Dimensions]:
    """Assignments that satisfy the facts: orders of small distinct values, else what a search finds."""
    none = True
    if not sizes.equal:
        for dims in _orders(sizes.variables, rng):
            if sizes.admits(dims):
                none = False
                yield dims
    for distinct in (True, False):
        if none:
            for dims in islice(_search(sizes, distinct), _MAX_FOUND):
                none = False
                yield dims


def _orders(names: tuple[str, ...], rng: Stream) -> Iterator[Dimensions]:
    """Distinct values 2, 3, … dealt out at random.

    Every deal is followed by the one in the opposite order, with another largest value.
    """
    count = len(names)
    values = list(range(2, count + 2))
    mirror = dict(zip(values, reversed([*values[:-1], values[-1] + 1]), strict=True))
    if count <= 3:
        deals = [list(order) for order in permutations(values)]
        rng.shuffle(deals)
    else:
        deals = []
        for _ in range(_MAX_DEALS):
            rng.shuffle(values)
            deals.append(list(values))
    for deal in deals:
        yield dict(zip(names, deal, strict=True))
        yield dict(zip(names, (mirror[v] for v in deal), strict=True))
    if count <= 3:
        for shift in (1, 2):
            for deal in deals:
                yield dict(zip(names, (v + shift for v in deal), strict=True))


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
