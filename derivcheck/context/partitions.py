"""What a partition tells. The blocks of a symmetric matrix: those on the diagonal are symmetric, definite if it is,
those beside it are each other's transposes. The sizes: X = [X_1 X_2] with k columns, X_1 with k_1, X_2 with k_2 says
that k = k_1 + k_2; b = (b_1; b_2) with k entries, that b_1 and b_2 are vectors."""

from __future__ import annotations

from collections.abc import Callable, Collection, Iterator, Mapping, Sequence

from derivcheck.context.facts import DefinitionFact, Fact, PropertyFact, RankFact, Scope, ShapeFact
from derivcheck.context.subjects import ADJOINTS, key_of
from derivcheck.notation.tree import Fence, Grid, Juxt, Node, Script, Sym
from derivcheck.notation.tree import Sequence as Listed
from derivcheck.statements.model import Display, RelationKind

_MIRRORED = frozenset({"symmetric", "spd", "psd"})


def blocks(whole: DefinitionFact, said: Collection[str], defined: Collection[str]) -> Iterator[Fact]:
    """What follows for the symbols in Σ = ((Σ_aa, Σ_ab), (Σ_ba, Σ_bb)) from what is `said` of Σ; Σ_ba = Σ_abᵀ where
    it is not `defined` otherwise."""
    rows = whole.right.rows if isinstance(whole.right, Grid) else ()
    props = sorted(_MIRRORED.intersection(said))
    if not props or any(len(row) != len(rows) for row in rows):
        return
    for i, row in enumerate(rows):
        if (block := key_of(row[i])) is not None:
            yield from (PropertyFact(whole.span, whole.scope, whole.item, block, prop) for prop in props)
        for j in range(i):
            below, above = key_of(row[j]), key_of(rows[j][i])
            if None not in (below, above) and below != above and below not in defined:
                mirrored = Script(rows[j][i], None, Sym("\\top"), start=row[j].start, end=row[j].end)
                yield DefinitionFact(whole.span, whole.scope, whole.item, row[j], mirrored, True)


Rows = tuple[tuple[Node, ...], ...]


def partition_sizes(
    displays: Mapping[int, Display], facts: Sequence[Fact], end: Callable[[int], int]
) -> Iterator[RankFact | ShapeFact]:
    """What equations of a matrix or vector with a grid of symbols tell of sizes, up to the `end` of the section."""
    shapes = [f for f in facts if isinstance(f, ShapeFact)]
    for item, display in displays.items():
        for chain in display.chains:
            equates = chain.relations and chain.relations[0].kind in (RelationKind.EQUAL, RelationKind.DEFINE)
            rows = _grid(chain.members[1].node) if equates else ()
            key = key_of(chain.members[0].node) if rows else None
            keys = [[key_of(cell) for cell in row] for row in rows]
            if key is None or len(rows) * len(keys[0]) < 2 or any(None in row or key in row for row in keys):
                continue
            scope = Scope(item, end(item))
            here = {f.key: f for f in shapes if f.scope.meets(scope)}
            if key in here:
                named = [[name for name in row if name is not None] for row in keys]
                yield from _sizes(display, item, scope, here, here[key], named)


def _grid(node: Node) -> Rows:
    """The cells of ((A, B), (C, D)), [A B] and (aᵀ, bᵀ)ᵀ; none of what may be a list of numbers."""
    match node:
        case Grid(rows=rows, open="(" | "[") if len({len(row) for row in rows}) == 1:
            return rows
        case Fence(open="[", close="]", body=Juxt(items=items)):
            return (items,)
        case Script(base=Fence(body=Listed(items=items)), sub=None, sup=Sym(name=mark)) if mark in ADJOINTS:
            turned = tuple(
                i.base if i.sub is None else Script(i.base, i.sub)
                for i in items
                if isinstance(i, Script) and isinstance(i.sup, Sym) and i.sup.name in ADJOINTS
            )
            return tuple((i,) for i in turned) if len(turned) == len(items) else ()
        case _:
            return ()


def _sizes(
    display: Display, item: int, scope: Scope, here: Mapping[str, ShapeFact], whole: ShapeFact, keys: list[list[str]]
) -> Iterator[RankFact | ShapeFact]:
    span = display.block.span
    column, lines = len(keys[0]) == 1, ([row[0] for row in keys], keys[0])
    for axis, size in enumerate((whole.rows, "1" if whole.is_column else whole.cols)):
        parts = [_size(here.get(name), axis) for name in lines[axis]]
        if len(parts) > 1 and all(parts) and size.isidentifier() and size not in parts:
            yield RankFact(span, scope, item, size, "+".join(parts), equal=True)
    if column and whole.is_column and whole.rows.isidentifier():
        for name in lines[0]:
            if name not in here:
                yield ShapeFact(span, scope, item, name, "vector")


def _size(fact: ShapeFact | None, axis: int) -> str:
    """The rows (axis 0) or columns that a symbol is declared to have."""
    if fact is None:
        return ""
    return fact.rows if axis == 0 else "1" if fact.is_column else fact.cols
