"""Families: x_i as the i-th of like-shaped things, as an entry of a vector, or as a line of a matrix."""

from __future__ import annotations

from typing import TYPE_CHECKING

from derivcheck.notation import tree
from derivcheck.notation.keys import symbol_key
from derivcheck.notation.printer import to_latex
from derivcheck.readings import definitions, entries, shapes, symbols
from derivcheck.readings.errors import Unread
from derivcheck.readings.known import UNRESTRICTING, Known, plain
from derivcheck.terms.dim import ONE, SCALAR, Shape
from derivcheck.terms.term import Apply, Index, Symbol, Term, Variable

if TYPE_CHECKING:
    from derivcheck.readings.elaborator import Elaborator


def line(e: Elaborator, base_key: str, items: tuple[tree.Node, ...], node: tree.Script) -> Term | None:
    """x_n where the text says that the x_n are the rows or columns of X: a column vector either way."""
    meaning = e.known.meaning(base_key) or e.known.special(base_key)
    if meaning is None and e.choice.columns and len(items) == 1:
        return _of_capital(e, base_key, items[0], node)
    if meaning is None or meaning.word not in ("rows", "columns") or len(meaning.of) != 1 or len(items) != 1:
        return None
    matrix = symbols.named(e, meaning.of[0], node)
    if not e.is_matrix(matrix):
        return None
    return _column(e, e.apply("transpose", (matrix,), node) if meaning.word == "rows" else matrix, items, node)


def _of_capital(e: Elaborator, base_key: str, item: tree.Node, node: tree.Script) -> Term | None:
    """u_j as the j-th column of U, σ_j as the j-th entry on the diagonal of a diagonal Σ, of which nothing is said by
    themselves."""
    capital = capital_of(e.known, base_key)
    if capital is None or base_key in e.chain.bare:
        return None
    matrix = symbols.named(e, capital, node)
    if not e.is_matrix(matrix):
        return None
    if "diagonal" in e.known.properties(capital):
        return entries.at(e, matrix, (item, item), node)
    return _column(e, matrix, (item,), node)


def capital_of(known: Known, base_key: str) -> str | None:
    """The declared matrix whose letter in small this is: U of u, Σ of σ, 𝐔 of 𝐮."""
    font, _, letter = base_key.rpartition(":")
    head = letter.lstrip("\\")
    if known.declared(base_key) or not head.islower() or (len(letter) > 1 and head == letter):
        return None
    capital = letter.replace(head, head[0].upper() + head[1:])
    names = (f"{font}:{capital}" if font else capital, capital)
    return next((name for name in names if _is_matrix(known, name)), None)


def _is_matrix(known: Known, key: str) -> bool:
    """Whether the text declares a matrix, or says what only matrices are."""
    fact = known.shape(key)
    if fact is not None:
        return fact.kind in ("matrix", "square")
    return bool(known.properties(key) & (shapes.SQUARE | {"orthonormal"}))


def is_defined_by_members(known: Known, base_key: str) -> bool:
    """Whether the text defines y_i = …, and says nothing else of y."""
    fact = known.by_members(base_key)
    return fact is not None and len(definitions.member_letters(fact.left)) == 1 and known.shape(base_key) is None


def _column(e: Elaborator, matrix: Term, items: tuple[tree.Node, ...], node: tree.Script) -> Term:
    index = entries.index_term(e, items[0])
    size = matrix.shape[1]
    if isinstance(index, Index):
        e.unifier.unify(e.index_range(index.name), size)
    unit = Apply("basis", (index,), dims=(size,), shape=(size, ONE))
    return Apply("matmul", (matrix, unit), shape=(matrix.shape[0], ONE), start=node.start, end=node.end)


def labelled(e: Elaborator, node: tree.Script) -> Term | None:
    """x^{(i)} with i bound: the i-th of like-shaped things; x_j^{(i)} is entry j of it. None where the label is a name.

    A label that is bound here and free there would be two things in one claim: no reading."""
    label = node.sup.body if isinstance(node.sup, tree.Fence) and node.sup.open == "(" else None
    base_key = symbol_key(node.base)
    if label is None or base_key is None or node.primes:
        return None
    key, name = f"{base_key}^(·)", tree.Script(node.base, None, node.sup, start=node.start, end=node.end)
    if not entries.mentions_bound(e, label):
        if key in e.symbols and entries.may_be_index(e, base_key, label):
            raise Unread("unsupported operator", "a label that is bound elsewhere", node.start, node.end)
        return None
    own = symbol_key(name) or key
    if e.known.definition(own) is not None:
        return None
    if any(k.startswith(f"{base_key}^{{(") for k in e.symbols):
        raise Unread("unsupported operator", "a label that is bound elsewhere", node.start, node.end)
    items = entries.index_items(label)
    if items is None or not all(entries.may_be_index(e, base_key, i) for i in items):
        raise Unread("unsupported operator", "superscript", node.start, node.end)
    if key not in e.symbols:
        shape, origin = _shape_by_label(e, key, own, node.sub is not None)
        e.symbols[key] = Symbol(key, shape, frozenset(), None, (), to_latex(node.base))
        e.origins[key] = origin
    indices = entries.index_terms(e, items)
    term = Variable(key, indices, shape=e.symbols[key].shape, start=node.start, end=node.end)
    if node.sub is None:
        return term
    at = entries.index_items(node.sub)
    if at is None or not all(entries.may_be_index(e, base_key, i) for i in at):
        raise Unread("unsupported operator", "subscript", node.start, node.end)
    return entries.at(e, term, at, node)


def _shape_by_label(e: Elaborator, key: str, own: str, indexed: bool) -> tuple[Shape, str]:
    """The shape that the document declares for one member, else what use and typography suggest."""
    fact = e.known.shape(own)
    if fact is not None:
        return shapes.shape_of(e, own, frozenset())
    usual = "column" if indexed else shapes.default_kind(e, own)
    kind = e.choice.kind(key) or usual
    if kind != usual:
        e.flipped[key] = usual
    e.typographic.setdefault(key, kind)
    return shapes.shape_of_kind(e, kind), "convention"


def of_its_kind(
    e: Elaborator, base_key: str, base: tree.Node, items: tuple[tree.Node, ...], node: tree.Script
) -> Term:
    """x_k as the k-th of vectors with the shape of x: a name, or a member where k is bound. Any shape where nothing is
    said of x."""
    bound = any(entries.mentions_bound(e, i) for i in items)
    key = f"{base_key}_·" if bound else symbol_key(node)
    if key is None:
        raise Unread("unsupported operator", "subscript", node.start, node.end)
    others = (k for k in e.symbols if k.startswith(f"{base_key}_") and k.endswith("·") is not bound)
    if next(others, None) is not None:
        raise Unread("unsupported operator", "an index that is bound elsewhere", node.start, node.end)
    if key not in e.symbols:
        declared = e.known.shape(base_key) is not None
        shape = symbols.variable(e, base_key, base).shape if declared else e.unifier.fresh_shape()
        e.symbols[key] = Symbol(key, shape, frozenset(), None, (), to_latex(base if bound else node))
        e.origins[key] = "declared" if declared else "reading"
    indices = entries.index_terms(e, items) if bound else ()
    return Variable(key, indices, shape=e.symbols[key].shape, start=node.start, end=node.end)


def member(
    e: Elaborator, base_key: str, items: tuple[tree.Node, ...], node: tree.Script,
    like: tuple[Shape, str] | None = None,
) -> Term:  # fmt: skip
    """x_i as the i-th member of a family of like-shaped things. `like`: the shape and its origin, when undeclared."""
    indices = entries.index_terms(e, items)
    key = f"{base_key}_·"
    if key not in e.symbols:
        fact = e.known.shape(key)
        properties = e.known.properties(key) - UNRESTRICTING
        if fact is not None:
            shape, origin = shapes.shape_of(e, key, properties)
        elif like is not None:
            shape, origin = like
        else:
            bold_or_vector = base_key.startswith("bf:") or "indexed nonscalar" in e.known.usage.of(base_key)
            upper = plain(base_key)[:1].isupper()
            usual = "matrix" if upper else "column" if bold_or_vector else "scalar"
            kind = e.choice.kind(key) or usual
            if kind != usual:
                e.flipped[key] = usual
            shape, origin = shapes.shape_of_kind(e, kind), "convention"
            e.typographic.setdefault(key, kind)
        e.symbols[key] = Symbol(key, shape, properties, None, (), to_latex(node.base))
        e.origins[key] = origin
    return Variable(key, indices, shape=e.symbols[key].shape, start=node.start, end=node.end)


def scalar_sequence(
    e: Elaborator, base_key: str, base: tree.Node, items: tuple[tree.Node, ...], node: tree.Script
) -> Term:
    """x_i with x undeclared: the entries of a vector x (scalars), so that bare x agrees with it."""
    plain_index = isinstance(items[0], tree.Sym)
    hints = e.known.usage.of(base_key)
    if base_key in e.symbols and e.unifier.is_scalar(e.symbols[base_key].shape):
        return member(e, base_key, items, node, (SCALAR, "indices"))
    if base_key in e.chain.moved and "bare" not in hints:
        return member(e, base_key, items, node, (SCALAR, "indices"))  # a_{n+1} is no entry of (a_1, …, a_n)
    a_vector = hints & {"vector", "nonscalar"} or base_key in e.chain.by_entries
    if not plain_index or ("bare" in hints and not a_vector):
        return member(e, base_key, items, node, (SCALAR, "indices"))
    if base_key not in e.symbols:
        properties = e.known.properties(f"{base_key}_·") - UNRESTRICTING
        properties |= e.known.properties(base_key) - UNRESTRICTING - {"integer", "natural"}
        e.symbols[base_key] = Symbol(base_key, shapes.shape_of_kind(e, "column"), properties, None, (), to_latex(base))
        e.origins[base_key] = "indices"
        symbols.add_dependence(e, base_key, node)
    return entries.at(e, symbols.variable(e, base_key, base), items, node)
