"""Marks whose meaning the formulas themselves show: primes that can only be transposes.

X'X, (y - Xb)'(y - Xb) and x'Ax are written for transposes; a derivative or a second symbol that happens to carry a
prime does not stand beside the same letter without it again and again.
"""

from __future__ import annotations

from collections.abc import Iterable
from itertools import pairwise

from derivcheck.notation import tree
from derivcheck.notation.keys import symbol_key
from derivcheck.notation.transposes import USUAL_TRANSPOSES
from derivcheck.notation.walk import subtrees

_BETWEEN = 1  # factors between the two members of a pair: x'Ax
_ENOUGH = 2


def primes_transpose(trees: Iterable[tree.Node]) -> bool:
    """Whether the document writes transposes as primes without saying so.

    Products of a bracket with itself, one of them primed, settle it. Pairs of letters count where no other mark stands
    for a transpose: X'X twice as much as XX', and small letters only where no prime is a derivative.
    """
    pairs: set[tuple[str, bool]] = set()
    marked = derived = False
    for root in trees:
        for node in subtrees(root):
            match node:
                case tree.Juxt(items=items):
                    for first, second in _neighbours(items):
                        if _same_bracket(first, second) or _same_bracket(second, first):
                            return True
                        if (key := _letter_pair(first, second)) is not None:
                            pairs.add((key, True))
                        if (key := _letter_pair(second, first)) is not None:
                            pairs.add((key, False))
                    derived = derived or any(_is_called(a, b) for a, b in pairwise(items))
                case tree.Script(primes=primes, sup=sup):
                    derived = derived or primes > 1
                    marked = marked or (sup is not None and symbol_key(sup) in USUAL_TRANSPOSES)
                case _:
                    pass
    if marked:
        return False
    weights = [(2 if first else 1) if _is_matrix_letter(key) else 0 if derived else 1 for key, first in pairs]
    return sum(weights) >= _ENOUGH


def _neighbours(items: tuple[tree.Node, ...]) -> Iterable[tuple[tree.Node, tree.Node]]:
    for i, first in enumerate(items):
        for second in items[i + 1 : i + 2 + _BETWEEN]:
            yield first, second


def _primed(node: tree.Node) -> tree.Node | None:
    """X of X'."""
    match node:
        case tree.Script(base=base, sub=sub, sup=None, primes=1):
            return base if sub is None else tree.Script(base, sub)
        case _:
            return None


def _same_bracket(primed: tree.Node, other: tree.Node) -> bool:
    base = _primed(primed)
    return isinstance(base, tree.Fence) and base == other


def _letter_pair(primed: tree.Node, other: tree.Node) -> str | None:
    base = _primed(primed)
    return symbol_key(base) if base is not None and base == other else None


def _is_matrix_letter(key: str) -> bool:
    """A capital, a bold or a Greek letter, with or without an accent."""
    core = key.split("(")[-1]
    return core.startswith(("bf:", "\\")) or core[:1].isupper()


def _is_called(head: tree.Node, following: tree.Node) -> bool:
    """f'(x) of a small letter."""
    base = _primed(head)
    key = symbol_key(base) if base is not None else None
    return key is not None and not _is_matrix_letter(key) and isinstance(following, tree.Fence)
