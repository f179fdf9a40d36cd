"""Models of what is observed: `y = Xβ + u`, which give no value to their left side."""

from __future__ import annotations

from derivcheck.notation import tree
from derivcheck.notation.keys import base_key, symbol_key
from derivcheck.readings.known import Known, plain

_NOISE = frozenset({"u", "e", "v", "\\epsilon", "\\varepsilon", "\\eta", "\\xi", "\\nu"})


def has_noise(node: tree.Node) -> bool:
    """`Xβ + u`: a sum with a letter of its own for what is not observed. Such a model gives no value to its left side:
    the data do not vary with the parameters."""
    return any(plain(base_key(term) or "") in _NOISE for term in _terms(node))


def has_random_term(node: tree.Node, known: Known) -> bool:
    """Such a sum where the text says that a term is random."""
    return any((key := symbol_key(term)) is not None and "random" in known.properties(key) for term in _terms(node))


def _terms(node: tree.Node) -> tuple[tree.Node, ...]:
    return node.terms if isinstance(node, tree.Add) else ()
