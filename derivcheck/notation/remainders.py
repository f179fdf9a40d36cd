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


def going_on(side: tree.Node) -> tuple[tree.Node, tuple[Remainder, ...]]:
    """A side without the dots that it ends with, 1 + x + x²/2! + …, and what they leave told of the symbols in whose
    powers it rises; the side itself and () where it does not rise in any."""
    match side:
        case tree.Add(signs=(*signs, _), terms=(*terms, tree.Dots()), leading=leading) if len(terms) >= _WRITTEN:
            rest = tree.Add(tuple(signs), tuple(terms), leading, start=side.start, end=terms[-1].end)
            symbols = dict.fromkeys(n for n in subtrees(terms[-1]) if isinstance(n, tree.Sym))
            found: list[Remainder] = []
            for symbol in symbols:
                degrees = [_degree(term, symbol) for term in terms]
                known = [d for d in degrees if d is not None]
                rises = len(known) == len(terms) and all(a < b for a, b in pairwise(known)) and known[0] <= 1
                if rises and known[-1] > 1:
                    found.append(Remainder(symbol, min(known[-1] + 1, MOST)))
            return (rest, tuple(found)) if found else (side, ())
        case _:
            return side, ()


_WRITTEN = 3  # terms before dots, at least


def _degree(term: tree.Node, symbol: tree.Sym) -> int | None:
    """How often a symbol is a factor of a product; None where it stands elsewhere in it."""
    match term:
        case tree.Sym():
            return int(term == symbol)
        case tree.Script(base=base, sub=None, sup=tree.Num(text=text), primes=0) if base == symbol and text.isdigit():
            return int(text)
        case tree.Juxt(items=items):
            degrees = [_degree(i, symbol) for i in items]
            return None if None in degrees else sum(d for d in degrees if d is not None)
        case tree.Frac(num=num, den=den):
            return None if symbol in subtrees(den) else _degree(num, symbol)
        case _:
            return None if symbol in subtrees(term) else 0


def is_expansion(left: tree.Node, right: tree.Node) -> bool:
    """Whether the sides are expansions that can be compared: O and o stand at their ends only."""
    sides = [without_remainder(side) for side in (left, right)]
    return any(found for _, found in sides) and not any(is_asymptotic(rest) for rest, _ in sides)
