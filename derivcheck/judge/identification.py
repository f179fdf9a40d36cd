"""The identification theorem: `dy = tr(A dX)` tells the derivative of y.

Where y is not known otherwise, what is linear in the differentials is y itself as far as its first derivatives go:
`y = tr(A X)` has the same ones, provided that the coefficients do not vary with X (Magnus & Neudecker 1999, ch. 5).
"""

from __future__ import annotations

from dataclasses import replace

from derivcheck.notation import tree
from derivcheck.notation.derivatives import is_sign
from derivcheck.notation.keys import symbol_key
from derivcheck.notation.walk import rewrite, subtrees
from derivcheck.readings.differentials import is_differential
from derivcheck.readings.known import Known


def identified(left: tree.Node, right: tree.Node, known: Known) -> tuple[tree.Node, tree.Node] | None:
    """(y, tr(A X)) for `dy = tr(A dX)` with y unknown; None for any other equation."""
    match left:
        case tree.Juxt(items=(tree.Sym() as sign, tree.Sym() as unknown)) if _is_d(sign, unknown, known):
            key = symbol_key(unknown)
        case _:
            return None
    if key is None or known.definition(key) is not None:
        return None
    varied: list[str | None] = []
    value = _integrated(right, known, varied)
    names = [known.alias(k) for n in subtrees(value) if isinstance(n, tree.Sym) and (k := symbol_key(n)) is not None]
    moving = [known.alias(k) for k in varied if k is not None]
    if not moving or None in varied or key in names or any(names.count(k) != moving.count(k) for k in moving):
        return None
    constant = all(known.definition(k) is None and known.function(k) is None for k in set(names) - set(moving))
    return (unknown, value) if constant else None


def _is_d(sign: tree.Node, following: tree.Node, known: Known) -> bool:
    return isinstance(sign, tree.Sym) and is_sign(sign) and is_differential(known, sign, following)


def _integrated(node: tree.Node, known: Known, varied: list[str | None]) -> tree.Node:
    """X for dX everywhere; `varied` is given the symbols after each d, None for anything else."""

    def change(n: tree.Node) -> tree.Node | None:
        if not isinstance(n, tree.Juxt):
            return None
        kept: list[tree.Node] = []
        for item, following in zip(n.items, (*n.items[1:], None), strict=True):
            if following is not None and _is_d(item, following, known):
                varied.append(symbol_key(following))
            else:
                kept.append(rewrite(item, change))
        return kept[0] if len(kept) == 1 else replace(n, items=tuple(kept))

    return rewrite(node, change)
