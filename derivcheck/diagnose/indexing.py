"""Slips in indices: the wrong letter, two of them exchanged, one lost or a step off."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import replace

from derivcheck.diagnose.marks import stepped
from derivcheck.diagnose.places import Part, Place, is_operator
from derivcheck.diagnose.variant import Scene, Variant, spanned, whole
from derivcheck.notation import tree
from derivcheck.notation.keys import symbol_key


def index_swaps(place: Place, scene: Scene) -> Iterator[Variant]:
    """A_ij → A_ji, ε_ijk → ε_jik; first what puts two letters in the order in which they appear."""
    node = place.node
    match node:
        case tree.Script(sub=tree.Juxt(items=items) | tree.Sequence(items=items)) if not is_operator(node):
            pairs = [i for i in range(len(items) - 1) if items[i] != items[i + 1]]
            for i in sorted(pairs, key=lambda i: not scene.in_order(items[i + 1], items[i])):
                if isinstance(items[i], tree.Sym | tree.Num):
                    swapped = (*items[:i], items[i + 1], items[i], *items[i + 2 :])
                    yield _with_letters(node, swapped, "indices in the wrong order")
        case _:
            return


def indices(place: Place, scene: Scene) -> Iterator[Variant]:
    """One subscript letter for another of the equation."""
    node = place.node
    if not isinstance(node, tree.Script) or node.sub is None or is_operator(node):
        return
    sub = node.sub
    items = sub.items if isinstance(sub, tree.Juxt | tree.Sequence) else (sub,)
    for k, letter in enumerate(items):
        if not isinstance(letter, tree.Sym | tree.Num):
            continue
        others = scene.letters if letter not in scene.symbols else (*scene.letters, *scene.symbols)
        for other in others:
            if other != letter:
                new = spanned(other, letter)
                if isinstance(sub, tree.Juxt | tree.Sequence):
                    yield _with_letters(node, (*items[:k], new, *items[k + 1 :]), "wrong index")
                else:
                    yield Variant(replace(node, sub=new), "wrong index", whole(letter, other))


def _with_letters(node: tree.Script, items: tuple[tree.Node, ...], words: str) -> Variant:
    sub = node.sub
    assert isinstance(sub, tree.Juxt | tree.Sequence)
    new = replace(sub, items=items)
    return Variant(replace(node, sub=new), words, whole(sub, new))


def lost_indices(place: Place, scene: Scene) -> Iterator[Variant]:
    """y → y_i, where the equation speaks of y_i."""
    if place.part is not Part.BASE and isinstance(place.node, tree.Sym | tree.Accent):
        for member in scene.members:
            if member.base == place.node:
                yield Variant(spanned(member, place.node), "an index is missing", whole(place.node, member))


def stray_indices(place: Place, scene: Scene) -> Iterator[Variant]:
    """y_i → y, where the equation speaks of y or the text says that it is a vector."""
    match place.node:
        case tree.Script(base=base, sub=tree.Sym(), sup=None, primes=0) if (
            base in scene.standing or _is_declared_vector(base, scene)
        ):
            yield Variant(spanned(base, place.node), "an index too many", whole(place.node, base))
        case _:
            return


def _is_declared_vector(base: tree.Node, scene: Scene) -> bool:
    key = symbol_key(base)
    shape = scene.known.shape(key) if key is not None else None
    return shape is not None and shape.is_column


def steps(place: Place, scene: Scene) -> Iterator[Variant]:
    """x_t → x_{t+1} where the text says what x_{t+1} is."""
    node = place.node
    match node:
        case tree.Script(base=base, sub=tree.Sym() as sub) if any(_is_next(s, base) for s, _ in scene.definitions):
            for step in (1, -1):
                new = stepped(sub, step)
                yield Variant(replace(node, sub=new), "an index one off", whole(sub, new))
        case _:
            return


def _is_next(symbol: tree.Node, base: tree.Node) -> bool:
    return isinstance(symbol, tree.Script) and symbol.base == base and isinstance(symbol.sub, tree.Add)
