"""What facts say together: one may take another back, and shapes follow from properties and meanings."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import replace

from derivcheck.context.facts import DefinitionFact, Fact, HypothesisFact, MeaningFact, PropertyFact, ShapeFact
from derivcheck.context.partitions import blocks
from derivcheck.context.subjects import key_of
from derivcheck.context.systems import with_solutions
from derivcheck.notation.tree import Add, Fence, Grid, Juxt, Node, Num, Rel, Script
from derivcheck.notation.tree import Sequence as Listed

_OPPOSITE = {"symmetric": "skew", "skew": "symmetric"}
_SIGNS = frozenset({"positive", "nonnegative"})
_VECTOR_LETTERS = frozenset("uvwxyz")
_SQUARE_PROPS = frozenset({"symmetric", "skew", "spd", "psd", "orthogonal", "rotation", "invertible", "unitriangular"})
_SCALAR_PROPS = frozenset({"positive", "negative", "nonnegative", "greater_one", "unit_interval", "integer", "natural"})


def with_consequences(facts: Sequence[Fact]) -> list[Fact]:
    """The facts that stand, and the shapes that follow from them."""
    found = with_solutions(list(_undisputed(facts)))
    found.extend(_scalars(found))
    found.extend(_covariances(found))
    found.extend(_factors(found))
    found.extend(_parts_of_units(found))
    found.extend(_blocks(found))
    return found


def _undisputed(facts: Sequence[Fact]) -> Iterator[Fact]:
    """Without what a display says of a matrix (for what follows it) against what is said of it elsewhere."""
    said = {(f.key, f.prop) for f in facts if isinstance(f, PropertyFact)}
    for f in facts:
        if isinstance(f, PropertyFact) and f.scope.first > f.item and (f.key, _OPPOSITE.get(f.prop)) in said:
            continue
        yield f


def _scalars(facts: Sequence[Fact]) -> Iterator[ShapeFact]:
    """A symbol with a sign and no shape anywhere is a scalar, unless it is bold or a capital."""
    shaped = {f.key for f in facts if isinstance(f, ShapeFact)}
    for f in facts:
        if isinstance(f, PropertyFact) and f.prop in _SCALAR_PROPS and f.key not in shaped:
            letter = f.key.rpartition(":")[2]
            if f.prop in _SIGNS and letter in _VECTOR_LETTERS:
                continue  # `x ≥ 0` may be meant entry by entry
            if ":" not in f.key and (letter[:1].islower() or (letter[:1] == "\\" and letter[1:2].islower())):
                shaped.add(f.key)
                yield ShapeFact(f.span, replace(f.scope, echo=0), f.item, f.key, "scalar", "1", "1")


def _covariances(facts: Sequence[Fact]) -> Iterator[ShapeFact]:
    """The covariance Σ of an n-vector is n×n, its mean an n-vector."""
    vectors = (f for f in facts if isinstance(f, ShapeFact) and f.is_column)
    sized = {f.key: f for f in vectors if f.rows}
    for f in facts:
        if not isinstance(f, MeaningFact) or f.word != "covariance":
            continue
        known = next((sized[key] for key in f.of if key in sized), None)
        if known is None or not known.scope.first <= f.item < known.scope.last:
            continue
        yield ShapeFact(f.span, f.scope, f.item, f.key, "square", known.rows, known.rows)
        for key in f.of:
            if key not in sized:
                yield ShapeFact(f.span, f.scope, f.item, key, "vector", known.rows)


def _parts_of_units(facts: Sequence[Fact]) -> Iterator[HypothesisFact]:
    """‖w‖² + ‖v‖² = 1 where q = (w, v) is said to have length one, as a unit quaternion."""
    for f in (f for f in facts if isinstance(f, PropertyFact) and f.prop == "unit"):
        for d in (d for d in facts if isinstance(d, DefinitionFact) and key_of(d.left) == f.key):
            if not d.scope.meets(f.scope) or len(parts := _components(d.right)) < 2:
                continue
            squares = tuple(Script(Fence("\\|", "\\|", p), None, Num("2")) for p in parts)
            relation = Rel((Add(("+",) * len(squares), squares), Num("1")), ("=",))
            yield HypothesisFact(f.span, f.scope, f.item, relation)


def _blocks(facts: Sequence[Fact]) -> Iterator[Fact]:
    """What is said of a partitioned matrix, said of its blocks."""
    for d in (d for d in facts if isinstance(d, DefinitionFact) and isinstance(d.right, Grid)):
        near = [f for f in facts if f.scope.meets(d.scope)]
        key = key_of(d.left)
        said = {f.prop for f in near if isinstance(f, PropertyFact) and f.key == key}
        defined = {name for f in near if isinstance(f, DefinitionFact) and (name := key_of(f.left)) is not None}
        yield from blocks(d, said, defined)


def _components(node: Node) -> tuple[Node, ...]:
    """The symbols of (w, v); () for anything else."""
    match node:
        case Fence(open="(" | "[", body=Listed() as inside) | Script(base=Fence(body=Listed() as inside), sub=None):
            return _components(inside)
        case Grid(rows=rows) if all(len(row) == 1 for row in rows):
            return _components(Listed(tuple(row[0] for row in rows), (",",) * (len(rows) - 1)))
        case Listed(items=items, separators=separators) if set(separators) == {","}:
            return items if all(key_of(i) is not None for i in items) else ()
        case _:
            return ()


def _factors(facts: Sequence[Fact]) -> Iterator[ShapeFact]:
    """A = QR with A m×n and R square: Q, of which nothing else is said, is m×n."""
    for f in facts:
        if not isinstance(f, DefinitionFact) or not isinstance(f.right, Juxt):
            continue
        factors = [key_of(item) for item in f.right.items]
        if None in factors or len(factors) < 2:
            continue
        here = [g for g in facts if g.scope.meets(f.scope)]
        shapes = {g.key: g for g in here if isinstance(g, ShapeFact)}
        square = {key for key, g in shapes.items() if g.kind == "square" or (g.rows and g.rows == g.cols)}
        square |= {g.key for g in here if isinstance(g, PropertyFact) and g.prop in _SQUARE_PROPS}
        whole = shapes.get(key_of(f.left) or "")
        rest = [key for key in factors if key not in square]
        if whole is None or not (whole.rows and whole.cols) or len(rest) != 1:
            continue
        key = rest[0]
        if key is not None and key not in shapes:
            yield ShapeFact(f.span, f.scope, f.item, key, "matrix", whole.rows, whole.cols)
