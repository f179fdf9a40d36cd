"""The words inside a display, ready to be read as a sentence about its symbols."""

from __future__ import annotations

import re

from derivcheck.notation.tree import Sym
from derivcheck.notation.walk import subtrees
from derivcheck.statements.model import Chain

_LETTER = re.compile(r"(?<![\w\\'-])[A-Za-z](?![\w'-])")


def with_symbols(chain: Chain) -> str:
    """The words of a chain, its letters among them as formulas: `\\text{since A is symmetric}` speaks of A."""
    if not chain.words or "$" in chain.words:
        return chain.words
    letters = {n.name for m in chain.members for n in subtrees(m.node) if isinstance(n, Sym)} - {"a"}
    return _LETTER.sub(lambda m: f"${m[0]}$" if m[0] in letters else m[0], chain.words)
