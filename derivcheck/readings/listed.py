"""Vectors whose entries a display writes out one by one: `𝐚·𝐛 = a_1b_1 + a_2b_2`, `|a⃗|² = a_x² + a_y² + a_z²`."""

from __future__ import annotations

from collections.abc import Iterable
from typing import TYPE_CHECKING

from derivcheck.context.subjects import ADJOINTS
from derivcheck.notation import tree
from derivcheck.notation.keys import symbol_key
from derivcheck.notation.walk import subtrees
from derivcheck.readings.errors import Clash
from derivcheck.terms.dim import Dim, Shape

if TYPE_CHECKING:
    from derivcheck.readings.elaborator import Elaborator

_AXES = ("x", "y", "z")
_MOST = 9


def listed(roots: Iterable[tree.Node]) -> tuple[tuple[str, int, bool], ...]:
    """(letter, how many entries, whether the axes count them) for the letters with the subscripts 1 … k, or x, y and
    perhaps z, and no others. With dots nothing is listed."""
    written = [n for root in roots for n in subtrees(root)]
    if any(isinstance(n, tree.Dots) for n in written):
        return ()
    scripts: dict[str, set[tree.Node]] = {}
    for node in written:
        if isinstance(node, tree.Script) and node.sub is not None and (key := symbol_key(node.base)) is not None:
            scripts.setdefault(key, set()).add(node.sub)
    found = ((key, _counted(subs), _axes(subs)) for key, subs in scripts.items())
    return tuple((key, count or axes, bool(axes)) for key, count, axes in found if count or axes)


def listing(node: tree.Node) -> tuple[tree.Node, ...]:
    """x, y, z of the column (x, y, z)ᵀ, (x, y, z) or a grid of one; () for anything else."""
    match node:
        case tree.Grid(rows=rows, open="(" | "[") if all(len(row) == 1 for row in rows):
            cells = tuple(row[0] for row in rows)
        case tree.Script(base=base, sub=None, sup=tree.Sym(name=mark)) if mark in ADJOINTS:
            match base:
                case tree.Grid(rows=(cells,), open="(" | "["):
                    pass
                case tree.Fence(open="(" | "[", body=tree.Sequence(items=cells)):
                    pass
                case _:
                    return ()
        case tree.Fence(open="(", body=tree.Sequence(items=cells)):
            pass
        case _:
            return ()
    return cells if all(isinstance(c, tree.Sym) for c in cells) else ()


def _counted(subs: set[tree.Node]) -> int:
    numbers = {n.text for n in subs if isinstance(n, tree.Num)}
    count = len(subs)
    return count if 1 < count <= _MOST and numbers == {str(k + 1) for k in range(count)} else 0


def _axes(subs: set[tree.Node]) -> int:
    names = {n.name for n in subs if isinstance(n, tree.Sym) and n.font in ("", "it")}
    count = len(subs)
    return count if 1 < count <= len(_AXES) and names == set(_AXES[:count]) else 0


def component(e: Elaborator, base_key: str, sub: tree.Node) -> tuple[tree.Node, ...] | None:
    """The place of a_y among the entries of a⃗, where the display lists them by axes."""
    if not isinstance(sub, tree.Sym) or sub.name not in _AXES:
        return None
    own = f"{base_key}_{sub.name}"  # σ_x that the text gives a value is no entry
    told = e.known.ended_definition(own) or e.known.earlier_shape(own)
    if told or not any(key == base_key and axes for key, _, axes in e.chain.listed):
        return None
    return (tree.Num(str(_AXES.index(sub.name) + 1), start=sub.start, end=sub.end),)


def fit(e: Elaborator, key: str, shape: Shape) -> None:
    """A vector with as many entries as are listed: along axes always, by numbers where the reading says so."""
    letter = key.removeprefix("bf:").removeprefix("vec(").removesuffix(")")
    for name, count, axes in e.chain.listed:
        if name in (letter, key) and (axes or e.choice.listed) and shape[1].constant == 1:
            mark = e.unifier.mark()
            try:
                e.unifier.unify(shape[0], Dim.of(count))
            except Clash:
                e.unifier.reset(mark)
