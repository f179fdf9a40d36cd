"""Symbols whose subscript is a size or an index by convention: I_n, 0_{m×n}, K_{mn}, D_n, e_i, δ_ij, ε_ijk."""

from __future__ import annotations

from typing import TYPE_CHECKING

from derivcheck.notation import tree
from derivcheck.notation.keys import symbol_key
from derivcheck.readings import entries
from derivcheck.readings.errors import Unread
from derivcheck.readings.known import plain
from derivcheck.readings.sizes import size_of
from derivcheck.terms.dim import ONE, Dim
from derivcheck.terms.term import Apply, Index, Term

if TYPE_CHECKING:
    from derivcheck.readings.elaborator import Elaborator

_SIZED_WORDS = frozenset({"commutation", "duplication", "elimination", "identity", "zero", "ones"})
_EPSILON = frozenset({"\\epsilon", "\\varepsilon"})
_UNITS = _EPSILON | {"\\delta"}  # what is said of a few of their entries, ε_123 = 1, is no definition


def is_sized(e: Elaborator, node: tree.Script) -> bool:
    """Whether the subscript tells the size of a special matrix, K of K_{mn}ᵀ."""
    key = symbol_key(node.base)
    found = (e.known.meaning(key) or e.known.special(key)) if key is not None else None
    return found is not None and found.word in _SIZED_WORDS


def sized_symbol(e: Elaborator, base_key: str, key: str | None, sub: tree.Node, node: tree.Script) -> Term | None:
    """I_n, 0_{m×n}, 1_n, K_{mn}, D_n, L_n, e_i, δ_ij, ε_ijk; no J_{short}: a word is no size."""
    if isinstance(sub, tree.Words | tree.Name):
        return None
    meaning = e.known.meaning(base_key) or (e.known.meaning(key) if key is not None else None)
    if meaning is None and (found := e.known.special(base_key)) is not None and found.word in _SIZED_WORDS:
        meaning = found
    word = meaning.word if meaning is not None else ""
    if word == "identity" and isinstance(sub, tree.Name | tree.Words):
        return None  # J_{symmetric} where J is the identity
    if not word and plain(base_key) not in _UNITS:
        if key is not None and e.known.definition(key) is not None:
            return None  # I_1 = tr C
        if e.known.by_members(base_key) is not None:
            return None  # I_{n-2} after I_n = ∫ xⁿ eˣ dx
    items = entries.index_items(sub)
    if e.choice.commutation and not word and plain(base_key) in ("K", "T", "C") and len(items or ()) == 2:
        word = "commutation"
    if e.choice.unit_vectors and not word and letter_of(base_key) and len(items or ()) == 1:
        word = "basis"
    declared = e.known.shape(base_key) is not None or e.known.definition(base_key) is not None
    letter = plain(base_key)
    counted = isinstance(sub, tree.Num) and "counted" in e.known.usage.of(base_key)  # invariants I_1, I_2, I_3
    if word == "identity" or (letter == "I" and not declared and not word and not counted):
        if isinstance(sub, tree.Num) and key is not None:
            e.typographic.setdefault(key, "matrix")  # I_1, I_2 may be names as well
        return _identity(e, sub)
    if word == "zero" or base_key in ("bf:0", "bb:0"):
        return _filled(e, "zeros", sub)
    if word == "ones" or base_key in ("bf:1", "bb:1"):
        return _filled(e, "ones", sub)
    if word in ("commutation", "duplication", "elimination"):
        return _stacking(e, word, sub)
    if word == "basis":
        return _basis(e, sub)
    if items is not None and letter == "\\delta" and len(items) == 2 and not declared:
        return e.apply("kronecker_delta", _paired(e, [entries.index_term(e, i) for i in items]), node)
    if items is not None and letter in _EPSILON and len(items) == 3 and not declared:
        parts = [entries.index_term(e, i) for i in items]
        for p in parts:
            if isinstance(p, Index):
                e.unifier.unify(e.index_range(p.name), Dim.of(3))
        return e.apply("levi_civita", tuple(parts), node)
    return None


def letter_of(base_key: str) -> bool:
    """Whether the letter is the usual one of the standard basis."""
    return plain(base_key) == "e"


def _paired(e: Elaborator, parts: list[Term]) -> tuple[Term, ...]:
    """The two indices of δ_ij run over one range."""
    names = [p.name for p in parts if isinstance(p, Index)]
    if len(names) == 2:
        e.unifier.unify(e.index_range(names[0]), e.index_range(names[1]))
    return tuple(parts)


def _identity(e: Elaborator, sub: tree.Node) -> Term:
    size = size_of(sub)
    if isinstance(sub, tree.Infix) and sub.op == "\\times":
        size = size_of(sub.left)
    if size is None:
        size = e.unifier.fresh(proper=True)
    return Apply("identity", (), dims=(size,), shape=(size, size))


def numeral(e: Elaborator, base: tree.Num, sub: tree.Node, node: tree.Node) -> Term:
    """0_{m×n}, 1_n; 0_n may be a column or a square matrix."""
    sizes = sub.items if isinstance(sub, tree.Sequence) else (sub,)
    sizes = (sub.left, sub.right) if isinstance(sub, tree.Infix) and sub.op == "\\times" else sizes
    letters = {key for s in sizes if (key := symbol_key(s)) is not None}
    members = letters & {*e.bound} or (base.text == "1" and not all(map(e.known.is_dimension, letters)))  # 1_A of a set
    if base.text not in _NUMERALS or members or len(sizes) > 2 or any(size_of(s) is None for s in sizes):
        raise Unread("unsupported operator", f"{base.text} with a subscript", node.start, node.end)
    if base.text == "0" and len(sizes) == 1:
        rows, cols = size_of(sub) or e.unifier.fresh(), e.unifier.fresh()
        return Apply("zeros", (), dims=(rows, cols), shape=(rows, cols))
    return _filled(e, _NUMERALS[base.text], sub)


_NUMERALS = {"0": "zeros", "1": "ones"}


def _filled(e: Elaborator, name: str, sub: tree.Node) -> Term:
    """0_{m×n}, 0_n, 1_n: a single size is a column."""
    match sub:
        case tree.Infix(op="\\times", left=left, right=right):
            pair = (size_of(left), size_of(right))
        case tree.Sequence(items=(left, right)):
            pair = (size_of(left), size_of(right))
        case _:
            pair = (size_of(sub), ONE)
    rows, cols = pair[0] or e.unifier.fresh(), pair[1] or e.unifier.fresh()
    return Apply(name, (), dims=(rows, cols), shape=(rows, cols))


def _stacking(e: Elaborator, word: str, sub: tree.Node) -> Term:
    """K_{mn} (vec A ↦ vec Aᵀ for m×n), D_n, L_n. Magnus & Neudecker 1999, ch. 3."""
    parts = entries.index_items(sub)
    sizes = [size_of(p) for p in parts] if parts is not None else [size_of(sub)]
    if any(s is None for s in sizes):
        raise Unread("unsupported operator", word, sub.start, sub.end)
    known = [s for s in sizes if s is not None]
    if word == "commutation":
        m, n = (known[0], known[1]) if len(known) == 2 else (known[0], known[0])
        return Apply("commutation", (), dims=(m, n), shape=(m * n, m * n))
    (n, *rest) = known
    if rest:
        raise Unread("unsupported operator", word, sub.start, sub.end)
    half = e.unifier.fresh()
    shape = (n * n, half) if word == "duplication" else (half, n * n)
    return Apply(word, (), dims=(n,), shape=shape)


def _basis(e: Elaborator, sub: tree.Node) -> Term:
    size = e.unifier.fresh(proper=True)
    term = entries.index_term(e, sub)
    if isinstance(term, Index):
        e.unifier.unify(e.index_range(term.name), size)
    return Apply("basis", (term,), dims=(size,), shape=(size, ONE))
