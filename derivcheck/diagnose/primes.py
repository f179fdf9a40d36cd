"""Primes that transpose, as superscripts: the edits of a transpose then need to know one notation only."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import replace
from typing import TYPE_CHECKING

from derivcheck.context.facts import Convention
from derivcheck.notation import tree
from derivcheck.notation.keys import symbol_key
from derivcheck.notation.walk import rewrite
from derivcheck.readings.heads import names_a_function
from derivcheck.readings.known import Known

if TYPE_CHECKING:
    from derivcheck.judge.question import Question

PRIME = tree.Sym("'")
Spelling = Callable[[tree.Node], tree.Node]


def superscribed(question: Question) -> Question:
    """The link with `'` as a superscript wherever it transposes."""
    spell = spelling(question.known)
    return replace(question, lhs=spell(question.lhs), rhs=spell(question.rhs))


def spelling(known: Known) -> Spelling:
    """What makes superscripts of the primes in a formula: nothing where primes do not transpose."""
    if not known.has(Convention.PRIME_TRANSPOSE):
        return _as_it_is
    return lambda root: rewrite(root, _superscript)


def _superscript(node: tree.Node) -> tree.Node | None:
    match node:
        case tree.Script(base=base, sub=sub, sup=None, primes=1) if not names_a_function(symbol_key(base)):
            return replace(node, base=rewrite(base, _superscript), sub=sub, sup=PRIME, primes=0)
        case _:
            return None


def _as_it_is(root: tree.Node) -> tree.Node:
    return root
