r"""Capital indices: $F_{iJ}$, $C_{IJ}$, $\partial x_i/\partial X_J$ in texts that count with letters of both cases.

They get names of their own, so that the J of an index is not the J of a determinant.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import replace

from derivcheck.notation import tree
from derivcheck.notation.capitals import LETTERS as _CAPITAL
from derivcheck.notation.capitals import capital_index
from derivcheck.notation.walk import rewrite, subtrees
from derivcheck.statements.model import Display

_SMALL = frozenset("ijklmn")


def with_capital_indices(displays: Mapping[int, Display]) -> Mapping[int, Display]:
    """The displays with such indices told from symbols; unchanged where no symbol has an index of each case."""
    lists = [found for d in displays.values() for node in _nodes(d) if (found := _indices(node))]
    if not any(set(names) & _SMALL and set(names) & _CAPITAL for names in lists):
        return displays
    return {item: d.rewritten(_renamed) for item, d in displays.items()}


def _nodes(display: Display) -> Iterator[tree.Node]:
    return (n for c in display.chains for m in c.members for n in subtrees(m.node))


def _indices(node: tree.Node) -> tuple[str, ...]:
    """The letters of a subscript that lists indices, of either case; nothing for any other node."""
    if not isinstance(node, tree.Script) or node.sub is None:
        return ()
    items = node.sub.items if isinstance(node.sub, tree.Juxt) else (node.sub,)
    names = tuple(i.name for i in items if isinstance(i, tree.Sym) and i.font in ("", "it"))
    return names if len(names) == len(items) and set(names) <= _SMALL | _CAPITAL else ()


def _renamed(node: tree.Node) -> tree.Node | None:
    match node:
        case tree.Script(base=base, sub=sub, sup=sup) if sub is not None and _indices(node):
            above = rewrite(sup, _renamed) if sup is not None else None
            return replace(node, base=rewrite(base, _renamed), sub=rewrite(sub, _as_index), sup=above)
        case tree.Big(sub=tree.Rel(items=(tree.Sym(name=name), *_)) as sub) if name in _CAPITAL:
            return replace(node, sub=rewrite(sub, _as_index))
        case _:
            return None


def _as_index(node: tree.Node) -> tree.Node | None:
    named = isinstance(node, tree.Sym) and node.name in _CAPITAL
    return replace(node, name=capital_index(node.name)) if named and isinstance(node, tree.Sym) else None
