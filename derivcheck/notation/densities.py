"""How densities are written: `p(x \\mid \\theta)`, `\\mathcal N(x \\mid \\mu, \\Sigma)`."""

from __future__ import annotations

import re

from derivcheck.notation import tree
from derivcheck.notation.keys import symbol_key
from derivcheck.notation.moments import BARS

NORMALS = frozenset({"cal:N", "scr:N", "rm:N"})
LETTERS = frozenset({"p", "P", "q", "\\pi", "\\Pr", "bb:P", "cal:P", "rm:P"})
_APART = BARS | {";"}
_BETWEEN = frozenset({",", ";"})
_NAMED = re.compile(r"(?:[a-z]+:)?(?:.|\\[A-Za-z]+)\(.*\)", re.DOTALL)


def is_normal(head: tree.Node, body: tree.Node) -> bool:
    """𝒩(x; μ, Σ), 𝒩(x | μ, Σ), and 𝒩(x, μ, Σ) in the usual fonts: the value of the normal density at x."""
    key = symbol_key(head)
    match body:
        case tree.Sequence(items=items, separators=(first, second)) if len(items) == 3 and second in _BETWEEN:
            return (key in NORMALS and first in _APART | _BETWEEN) or (key == "N" and first in _APART)
        case _:
            return False


def conditioned_at(body: tree.Node) -> int | None:
    """How many arguments stand before the only bar: 1 of `p(x \\mid \\theta)`; None where there is none."""
    if not isinstance(body, tree.Sequence):
        return None
    bars = [i for i, sign in enumerate(body.separators) if sign in BARS]
    plain = all(sign in BARS | _BETWEEN for sign in body.separators)
    return bars[0] + 1 if len(bars) == 1 and plain else None


def is_named(key: str) -> bool:
    """Whether a key is that of a function named by its arguments (`statements.densities`), no accent: `hat(x)`."""
    return _NAMED.fullmatch(key) is not None


def is_density(key: str) -> bool:
    """Whether such a function is a density by its letter."""
    return is_named(key) and key.partition("(")[0] in LETTERS
