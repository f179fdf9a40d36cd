"""Index expressions, and the entries that they select."""

from __future__ import annotations

from typing import TYPE_CHECKING

from derivcheck.notation import tree
from derivcheck.notation.capitals import CAPITAL_INDICES
from derivcheck.notation.keys import symbol_key
from derivcheck.notation.tensors import GREEK_INDICES
from derivcheck.readings import numbers
from derivcheck.readings.errors import Clash, Unread
from derivcheck.terms.dim import Dim
from derivcheck.terms.term import Apply, Entry, Index, Number, Size, Term, Variable

if TYPE_CHECKING:
    from derivcheck.readings.elaborator import Elaborator

_RUNNING = frozenset("ijklmnpqrst") | CAPITAL_INDICES | {"\\ell"}
_INDEX_LETTERS = frozenset("ijklmnpqrstuvhab") | CAPITAL_INDICES | {"\\alpha", "\\beta", "\\mu", "\\nu", "\\ell"}


def index_items(sub: tree.Node) -> tuple[tree.Node, ...] | None:
    """The indices a subscript lists: `ij`, `i,j`, `i+1`, `1`; None when it is something else."""
    match sub:
        case tree.Juxt(items=items):
            if all(isinstance(i, tree.Sym | tree.Num) for i in items):
                return items
            return (sub,) if len(items) == 2 and isinstance(items[0], tree.Num) else None
        case tree.Sequence(items=items, separators=separators):
            return items if all(s == "," for s in separators) else None
        case tree.Num(text=text):
            if len(text) == 2 and "0" not in text and text.isdigit():
                return (
                    tree.Num(text[0], start=sub.start, end=sub.end),
                    tree.Num(text[1], start=sub.start, end=sub.end),
                )
            return (sub,)
        case tree.Sym() | tree.Add():
            return (sub,)
        case _:
            return None


def may_be_index(e: Elaborator, base_key: str, item: tree.Node) -> bool:
    match item:
        case tree.Num(text=text):
            return text.isdigit() and len(text) < 4
        case tree.Sym(name=name, font=font):
            key = symbol_key(item)
            usual = name in _INDEX_LETTERS or (e.choice.einstein and name in GREEK_INDICES)
            running = font in ("", "it") and usual and name not in e.known.usage.labels
            beside = name not in _RUNNING and key in e.chain.bare  # R_{v,α} beside vvᵀ: no entry
            return key in e.bound or (running and not beside)
        case tree.Add(terms=terms):
            return all(may_be_index(e, base_key, t) for t in terms)
        case tree.Juxt(items=items):
            return all(may_be_index(e, base_key, t) for t in items)
        case _:
            return False


def index_term(e: Elaborator, node: tree.Node) -> Term:
    """An index expression: a letter (bound or free), an integer, a sum of such."""
    match node:
        case tree.Num():
            return numbers.literal(node)
        case tree.Sym() | tree.Script() | tree.Accent():
            key = symbol_key(node)
            if key is None:
                raise Unread("unparsed", "index", node.start, node.end)
            if key not in e.bound and e.known.is_dimension(key) and key not in e.ranges and _is_last(e, key):
                return Size(Dim.of(key), start=node.start, end=node.end)
            e.index_range(key)
            return Index(key, start=node.start, end=node.end)
        case tree.Add(signs=signs, terms=terms):
            parts = []
            for s, t in zip(signs, terms, strict=True):
                part = index_term(e, t)
                parts.append(Apply("negate", (part,)) if s == "-" else part)
            return Apply("add", tuple(parts), start=node.start, end=node.end) if len(parts) > 1 else parts[0]
        case tree.Juxt(items=items):
            product = index_term(e, items[0])
            for item in items[1:]:
                product = Apply("scale", (product, index_term(e, item)), start=node.start, end=node.end)
            return product
        case _:
            raise Unread("unsupported operator", "index", node.start, node.end)


def _is_last(e: Elaborator, key: str) -> bool:
    """A declared dimension used as an index means its last value, unless it is a usual running index that no sum
    ends at."""
    return key not in ("i", "j", "k", "l") or key in e.chain.lasts


def mentions_bound(e: Elaborator, item: tree.Node) -> bool:
    match item:
        case tree.Sym():
            return symbol_key(item) in e.bound
        case tree.Add(terms=terms):
            return any(mentions_bound(e, t) for t in terms)
        case tree.Juxt(items=items):
            return any(mentions_bound(e, t) for t in items)
        case _:
            return False


def index_terms(e: Elaborator, items: tuple[tree.Node, ...]) -> tuple[Term, ...]:
    return tuple(index_term(e, i) for i in items)


def at(e: Elaborator, base: Term, items: tuple[tree.Node, ...], node: tree.Node) -> Term:
    """The entry of `base` with these subscripts."""
    return entry(e, base, index_terms(e, items), node)


def _names_a_map(e: Elaborator, base: Term) -> bool:
    from derivcheck.readings.definitions import target

    definition = e.known.definition(base.key) if isinstance(base, Variable) else None
    return definition is not None and bool(target(definition.left)[1])


def entry(e: Elaborator, base: Term, at: tuple[Term, ...], node: tree.Node) -> Term:
    """base[at], the ranges of plain indices tied to the shape of the base."""
    rows, cols = e.unifier.shape(base.shape)
    one = Number(numbers.number(1).value)
    if e.is_scalar(base):
        if _names_a_map(e, base):  # P(e_i) = … defines the map whose matrix P_ij is
            raise Unread("undefined function", "the matrix of a map", node.start, node.end)
        raise Clash("an index on a scalar", node.start, node.end)
    match at:
        case (i,) if cols.constant == 1:
            _tie(e, i, rows)
            return Entry(base, i, one, start=node.start, end=node.end)
        case (j,) if rows.constant == 1:
            _tie(e, j, cols)
            return Entry(base, one, j, start=node.start, end=node.end)
        case (i, j):
            _tie(e, i, rows)
            _tie(e, j, cols)
            return Entry(base, i, j, start=node.start, end=node.end)
        case _:
            raise Unread("unsupported operator", "a single index on a matrix", node.start, node.end, broken=True)


def _tie(e: Elaborator, index: Term, size: object) -> None:
    if isinstance(index, Index) and isinstance(size, Dim):
        e.unifier.unify(e.index_range(index.name), size)
