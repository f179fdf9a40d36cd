"""Remainders of expansions about zero: O(h²), o(‖h‖)."""

from __future__ import annotations

from dataclasses import dataclass
from itertools import pairwise

from derivcheck.notation import tree
from derivcheck.notation.keys import symbol_key
from derivcheck.notation.walk import subtrees

MOST = 5  # coefficients of an expansion that are compared
_GROWING = frozenset("nNmMkKdpqrTLDPQ")  # letters of sizes, which do not tend to zero
_FONTS = {"O": ("", "cal", "rm"), "o": ("", "cal")}


@dataclass(frozen=True, slots=True)
class Remainder:
    """What tends to zero, and how many coefficients of the expansion in it are told: two by O(h²), three by o(h²)."""

    variable: tree.Node
    told: int


def is_asymptotic(node: tree.Node) -> bool:
    """Whether O(…) or o(…) stands anywhere in it."""
    pairs = (pair for n in subtrees(node) if isinstance(n, tree.Juxt) for pair in pairwise(n.items))
    return any(_is_sign(a) and isinstance(b, tree.Fence) for a, b in pairs)


def _is_sign(node: tree.Node) -> bool:
    return isinstance(node, tree.Sym) and node.font in _FONTS.get(node.name, ())


def remainder(node: tree.Node) -> Remainder | None:
    """What a term says that is O or o of a power of one quantity; None for any other."""
    match node:
        case tree.Juxt(items=(tree.Sym(name=name) as sign, tree.Fence(open="(", body=body))) if _is_sign(sign):
            power, base = 1, body
            match body:
                case tree.Script(base=base, sub=None, sup=tree.Num(text=text), primes=0) if text.isdigit():
                    power = int(text)
                case _:
                    pass
            variable = base.body if isinstance(base, tree.Fence) and base.open in ("\\|", "|") else base
            key, told = symbol_key(variable), power + (name == "o")
            tends = key is not None and key not in _GROWING and 1 <= told <= MOST
            return Remainder(variable, told) if tends else None
        case _:
            return None


def without_remainder(side: tree.Node) -> tuple[tree.Node, Remainder | None]:
    """A side without its last term where that is a remainder, of either sign, and what that says. (One alone is a
    bound.)"""
    match side:
        case tree.Add(signs=(*signs, "+" | "-"), terms=(*terms, last), leading=leading) if (found := remainder(last)):
            if len(terms) == 1 and not leading:
                return terms[0], found
            rest = tree.Add(tuple(signs), tuple(terms), leading, start=side.start, end=terms[-1].end)
            return rest, found
        case _:
            return side, None


def is_expansion(left: tree.Node, right: tree.Node) -> bool:
    """Whether the sides are expansions that can be compared: O and o stand at their ends only."""
    sides = [without_remainder(side) for side in (left, right)]
    return any(found for _, found in sides) and not any(is_asymptotic(rest) for rest, _ in sides)
