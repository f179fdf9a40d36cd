"""Infinite sums of powers: Σ_{k≥0} x^k/k! = e^x compares the coefficients of x up to an order.

Two functions that are analytic at 0 and agree somewhere near it have the same coefficients; those below the order come
from finitely many terms of the sum, so that the sum ends early and the equation is read as an expansion.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

from derivcheck.notation import tree
from derivcheck.notation.keys import symbol_key, symbol_keys
from derivcheck.notation.walk import subtrees
from derivcheck.readings.errors import Unread
from derivcheck.readings.numbers import number
from derivcheck.terms.term import Apply, Derivative, Fold, Number, Size, Substitute, Term, Variable
from derivcheck.terms.walk import subterms

if TYPE_CHECKING:
    from derivcheck.readings.elaborator import Elaborator

_ORDER = 6  # coefficients that are compared
_DERIVATIVES = 6  # each takes away a power: as many terms more, and no more derivatives than these
_FARTHEST = 4  # how far from 0 the first exponent may be
_COUNTED = frozenset({"integer", "natural"})


def end(e: Elaborator, index: str, body: tree.Node, at: tree.Node) -> Term:
    """Where the sum over an index to ∞ may end; Unread where its terms are no powers of a symbol. Of γ and P in γ^k P^k
    the one by which other sums of the link go on, else the first."""
    found = {e.known.alias(key): first for key, first in _powers(index, body)}
    below = symbol_keys(*(n.den for n in subtrees(body) if isinstance(n, tree.Frac)))
    free = [k for k in found if e.known.definition(k) is None and not e.known.properties(k) & _COUNTED]
    keys = [k for k in free if k in e.remainders] or free
    if not keys or not found.keys().isdisjoint(map(e.known.alias, below)):
        raise Unread("unsupported operator", "an infinite sum", at.start, at.end)
    key = keys[0]
    e.endless.add(key)
    e.remainders[key] = min(_ORDER, e.remainders.get(key, _ORDER))
    return number(_ORDER + _DERIVATIVES + max(0, -found[key]))


def check(e: Elaborator, sides: tuple[Term, ...]) -> None:
    """Unread where a side has powers that the coefficients may not reach, qⁿ of (1 − qⁿ)/(1 − q) or a sum to n, and
    where another value than 0 is put in: G(1) = 1."""
    meanings = [s.definition for s in e.symbols.values() if s.definition is not None]
    parts = [t for side in (*sides, *meanings) for t in subterms(side)] if e.endless else []
    if sum(isinstance(t, Derivative) for t in parts) > _DERIVATIVES:
        raise Unread("unsupported operator", "an infinite sum", 0, 0)
    for term in parts:
        match term:
            case Apply(operator="power_scalar" | "power", args=(base, exponent)) if _has(base, e.endless):
                far = isinstance(exponent, Number) and exponent.value >= _ORDER
                out_of_reach = far or any(isinstance(t, Size | Variable) for t in subterms(exponent))
            case Fold(upper=upper, body=body):
                out_of_reach = not isinstance(upper, Number) and _has(body, e.endless)
            case Substitute(key=key, value=value):
                out_of_reach = key in e.endless and value != number(0)
            case _:
                continue
        if out_of_reach:
            raise Unread("unsupported operator", "an infinite sum", term.start, term.end)


def _has(term: Term, keys: set[str]) -> bool:
    return any(isinstance(t, Variable) and t.key in keys for t in subterms(term))


def _powers(index: str, body: tree.Node) -> tuple[tuple[str, int], ...]:
    """(x, d) for every x^{ck + d} with c ≥ 1."""
    found: list[tuple[str, int]] = []
    for node in subtrees(body):
        if isinstance(node, tree.Script) and node.sup is not None and index in symbol_keys(node.sup):
            base = node.base if node.sub is None else tree.Script(node.base, node.sub)
            key, first = symbol_key(base), _first(index, node.sup)
            if key is not None and key != "e" and first is not None:
                found.append((key, first))
    return tuple(found)


def _first(index: str, exponent: tree.Node) -> int | None:
    """d of ck + d, a number near 0."""
    match exponent:
        case tree.Sym():
            return 0 if symbol_key(exponent) == index else None
        case tree.Juxt(items=(tree.Num(text=text), tree.Sym() as letter)):
            return 0 if text.isdigit() and int(text) > 0 and symbol_key(letter) == index else None
        case tree.Add(signs=("+", sign), terms=(first, tree.Num(text=text))) if text.isdigit():
            started, step = _first(index, first), int(text) if sign == "+" else -int(text)
            return started + step if started is not None and abs(step) <= _FARTHEST else None
        case _:
            return None
