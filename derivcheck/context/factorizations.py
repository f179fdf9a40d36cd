"""Factorizations called by their names: "the SVD $A = U\\Sigma V^\\top$", "$S = Q\\Lambda Q^\\top$ is its
eigendecomposition", "the QR factorization $A = QR$" (Golub and Van Loan, Matrix Computations, 2013)."""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass

from derivcheck.context.properties import transposed
from derivcheck.context.sentences import INLINE
from derivcheck.context.subjects import key_of
from derivcheck.notation.tree import Add, Juxt, Node, Num, Script
from derivcheck.patterns import pattern
from derivcheck.statements.model import Display, RelationKind

_KIND = r"(?:decomposition|factori[sz]ation)"
_NAMES = {
    "singular": rf"svd|singular[- ]value {_KIND}|奇异值分解",
    "spectral": rf"(?:eigen(?:value)?|spectral)[- ]?{_KIND}|evd|diagonali[sz]ation|(?:特征值?|谱)分解",
    "qr": rf"qr(?:[- ]?{_KIND}|分解)",
    "lu": rf"lu(?:[- ]?{_KIND}|分解)",
    "cholesky": rf"cholesky(?:[- ]?{_KIND}|分解)",
    "schur": rf"schur[- ]?{_KIND}",
}
_NAME = pattern("|".join(f"(?P<{name}>{words})" for name, words in _NAMES.items()), re.IGNORECASE)
_BEFORE = pattern(rf"{INLINE}[^.;:。；{INLINE}]{{0,50}}$")  # "$X = UDV'$ be the thin SVD"
_AFTER = pattern(rf"[^.;。；{INLINE}]{{0,40}}(?P<one>{INLINE})(?:[^.;。；{INLINE}]{{0,20}}(?P<other>{INLINE}))?")
_LONGEST = 1500  # characters of a sentence that are looked at


@dataclass(frozen=True, slots=True)
class Named:
    """The name of a factorization, where it stands, and the formulas (offsets in the sentence) that may be it."""

    name: str
    start: int
    end: int
    formulas: tuple[int, ...]


def named_factorizations(text: str) -> Iterator[Named]:
    """The names in a sentence with the formulas right before and behind them."""
    text = text[:_LONGEST]
    for m in _NAME.finditer(text):
        before, after = _BEFORE.search(text, 0, m.start()), _AFTER.match(text, m.end())
        near = [before.start()] if before else []
        near += [after.start(group) for group in ("one", "other") if after and after[group]]
        yield Named(m.lastgroup or "", m.start(), m.end(), tuple(near))


def factors(name: str, display: Display) -> Iterator[tuple[str, tuple[str, ...]]]:
    """(key, properties) of the factors that a formula writes out; nothing where it is no such factorization."""
    chain = next((c for c in display.chains if c.relations), None)
    for relation, member in zip(chain.relations, chain.members[1:], strict=True) if chain is not None else ():
        found = tuple(_factors(name, member.node)) if relation.kind in _EQUAL else ()
        if found:
            yield from found
            return


_EQUAL = (RelationKind.EQUAL, RelationKind.DEFINE)


def _factors(name: str, product: Node) -> Iterator[tuple[str, tuple[str, ...]]]:
    items = product.items if isinstance(product, Juxt) else ()
    keys = tuple(key_of(transposed(i) or _inverted(i) or i) for i in items)
    if len(items) not in (2, 3) or None in keys:
        return
    marks = tuple("T" if transposed(i) else "-1" if _inverted(i) else "" for i in items)
    mirrored = keys[0] == keys[-1]
    match name, marks:
        case "singular", ("", "", "T") if not mirrored:
            props: tuple[tuple[str, ...], ...] = (("orthonormal",), ("diagonal", "nonnegative"), ("orthonormal",))
        case "spectral", ("", "", "T") if mirrored:
            props = (("orthogonal",), ("diagonal",))
        case "spectral", ("", "", "-1") if mirrored:
            props = (("invertible",), ("diagonal",))
        case "schur", ("", "", "T") if mirrored:
            props = (("orthogonal",), ("upper",))
        case "qr", ("", ""):
            props = (("orthonormal",), ("upper",))
        case "lu", ("", ""):
            props = (("unitriangular", "lower"), ("upper",))
        case "cholesky", ("", "T") if mirrored:
            props = (("lower",),)
        case "cholesky", ("T", "") if mirrored:
            props = (("upper",),)
        case _:
            return
    for key, said in zip(keys, props, strict=False):
        yield key or "", said


def _inverted(node: Node) -> Node | None:
    """V of V^{-1}."""
    match node:
        case Script(base=base, sub=None, sup=Add(signs=("-",), terms=(Num(text="1"),)), primes=0):
            return base
        case _:
            return None
