"""Integrals without bounds: ∫ f dx = F + C says that F' = f.

With x moved by a number s, such an integral stands for s f(x): the derivatives of both sides by s at s = 0 agree. Read
so it must be a term of its side, times constants. Where x stands nowhere else, or f is not specified, an integral over
everything may be meant (`∫ p(x) dx = 1`): then what agrees holds either way, and nothing is refuted.
"""

from __future__ import annotations

from collections.abc import Iterator
from typing import TYPE_CHECKING

from derivcheck.notation import tree
from derivcheck.notation.derivatives import is_d
from derivcheck.notation.keys import symbol_key, symbol_keys
from derivcheck.notation.walk import children
from derivcheck.readings import points
from derivcheck.readings.errors import Unread
from derivcheck.readings.numbers import number
from derivcheck.terms.dim import SCALAR
from derivcheck.terms.term import Apply, Arrangement, Call, Derivative, Fold, Substitute, Term, Variable
from derivcheck.terms.walk import subterms

if TYPE_CHECKING:
    from derivcheck.readings.elaborator import Elaborator

_CONSTANTS = frozenset({"C", "c", "\\mathrm{const}", "const"})


def opened(e: Elaborator, side: tree.Node) -> tree.Node:
    """A side of which the integrals may be read, without the constant of integration that ends it."""
    terms = side.terms if isinstance(side, tree.Add) else (side,)
    for term in terms:
        *factors, last = term.items if isinstance(term, tree.Juxt) else (term,)
        if _is_open(last) and not symbol_keys(*factors) & set(_run_through(last)):
            e.open_integrals.add(id(last))
    if not isinstance(side, tree.Add) or not (e.primitive or any(_is_open(n) for n in _parts(side))):
        return side
    *rest, end = terms
    if side.signs[-1] != "+" or not _is_constant(e, end) or symbol_keys(end) & symbol_keys(*rest):
        return side
    e.constants_left_out = True
    if len(rest) == 1 and not side.leading:
        return rest[0]
    return tree.Add(side.signs[:-1], tuple(rest), side.leading, start=side.start, end=rest[-1].end)


def _is_open(node: tree.Node) -> bool:
    return isinstance(node, tree.Big) and node.op == "int" and node.sub is None and node.sup is None


def _run_through(node: tree.Node) -> Iterator[str]:
    """x of every d x in it."""
    for n in _parts(node):
        if isinstance(n, tree.Juxt):
            pairs = zip(n.items, n.items[1:], strict=False)
            yield from (key for d, x in pairs if is_d(d) and (key := symbol_key(x)) is not None)


def _parts(node: tree.Node, *, closed: bool = False) -> Iterator[tree.Node]:
    """The parts of a node, those inside integrals without bounds left out where `closed`."""
    yield node
    for child in children(node):
        if not (closed and _is_open(child)):
            yield from _parts(child, closed=closed)


def _is_constant(e: Elaborator, node: tree.Node) -> bool:
    letter = node.base if isinstance(node, tree.Script) and node.sup is None else node
    match letter:
        case tree.Sym(name=name) if name in _CONSTANTS:
            return not e.known.declared(symbol_key(node) or name)
        case tree.Name(text=text) | tree.Words(text=text):
            return text.strip(" .").lower() in ("const", "constant")
        case _:
            return False


def standing(e: Elaborator, node: tree.Big, body: tree.Node, key: str) -> Term:
    """s f(x), which changes with s as ∫ f dx does with x."""
    if id(node) not in e.open_integrals or e.primitive.keys() - {key} or e.defining:
        raise Unread("unsupported operator", "an indefinite integral", node.start, node.end)
    step = e.primitive.get(key) or points.dummy(e, SCALAR, node, "primitive@")
    e.primitive[key] = step
    value = e.read(body)
    return Apply("scale", (step, value), shape=value.shape, start=node.start, end=node.end)


def differentiated(
    e: Elaborator, left: Term, right: Term, sides: tuple[tree.Node, tree.Node]
) -> tuple[Term, Term]:
    """The rates of both sides, where an integral without bounds was met."""
    for key in e.primitive:
        outside = {symbol_key(n) for side in sides if not _is_open(side) for n in _parts(side, closed=True)}
        told = key in outside or e.constants_left_out
        unspecified = any(isinstance(t, Call | Fold) for side in (left, right) for t in subterms(side))
        if not told or unspecified or "random" in e.known.properties(key):
            e.weakened = e.weakened or "an integral without bounds"
    return of_side(e, left), of_side(e, right)


def of_side(e: Elaborator, side: Term) -> Term:
    """The derivative of a side at x + s by s at s = 0, where an integral without bounds was met."""
    for key, step in e.primitive.items():
        variable = e.symbols.get(key)
        numbers = variable is not None and e.unifier.is_scalar(variable.shape) and e.is_scalar(side)
        if variable is None or variable.definition is not None or not numbers:
            raise Unread("unsupported operator", "an indefinite integral", side.start, side.end)
        moved = Apply("add", (Variable(key), step))
        rate = Derivative(Substitute(side, key, moved), step, Arrangement.LIKE_OPERAND)
        return Substitute(rate, step.key, number(0), start=side.start, end=side.end)
    return side
