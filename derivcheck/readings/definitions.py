"""Definitions hang on the symbol: `S = XᵀX` gives the symbol S a term, `f(x) := …` a term in its parameter."""

from __future__ import annotations

from typing import TYPE_CHECKING

from derivcheck.context.facts import DefinitionFact
from derivcheck.notation import tree
from derivcheck.notation.keys import symbol_key
from derivcheck.readings.errors import Clash, Unread
from derivcheck.terms.term import Term

if TYPE_CHECKING:
    from derivcheck.readings.elaborator import Elaborator


def target(left: tree.Node) -> tuple[str | None, tuple[str, ...]]:
    """(key, parameter keys) of a definition's left side: `f(x, y)` → ("f", ("x", "y")); (None, ()) if it names nothing."""
    match left:
        case tree.Juxt(items=(head, tree.Fence(open="(", body=body))):
            key = symbol_key(head)
            parts = body.items if isinstance(body, tree.Sequence) else (body,)
            keys = tuple(symbol_key(p) for p in parts)
            if key is not None and all(k is not None for k in keys):
                return key, tuple(k for k in keys if k is not None)
            return None, ()
        case tree.Styled(body=body):
            return target(body)
        case _:
            return symbol_key(left), ()


def meaning_of(e: Elaborator, key: str, fact: DefinitionFact) -> Term | None:
    """The defining term, read where it was stated; None when the definition mentions its own symbol.

    Unread("definition unread") when it has no reading: its dependants are unknown, not wrong.
    """
    _, parameters = target(fact.left)
    if len(e.defining) > 24:
        raise Unread("definition unread", f"{key}: definitions nested too deeply")
    outer = (e.known, e.bound, e.defining, e.parameters)
    e.known, e.bound, e.defining = e.known.moved(fact.item), (), e.defining | {key}
    e.parameters = frozenset(parameters)
    before = dict(e.symbols)
    try:
        term = e.read(fact.right)
    except (Unread, Clash) as problem:
        e.symbols = before
        raise Unread("definition unread", f"{key}: {problem}") from None
    finally:
        e.known, e.bound, e.defining, e.parameters = outer
    return None if mentions(term, key) else term


def mentions(term: Term, key: str) -> bool:
    from derivcheck.terms.walk import subterms
    from derivcheck.terms.term import Variable

    return any(isinstance(t, Variable) and t.key == key for t in subterms(term))
