"""Columns of a matrix taken together: "the first $k$ columns $U_k$ of $U$", "$W$ holds the last $m$ columns of $V$"."""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass

from derivcheck.context.sentences import INLINE
from derivcheck.notation.tree import Grid, Juxt, Node, Num, Script, Sym
from derivcheck.patterns import pattern

_M = INLINE
_FIRST = r"(?P<which>first|leading|top|last|trailing)"
_HOLD = (
    r"(?:is|are|be|being|has|have|holds?|holding|contains?|containing|consists? of|consisting of|collects?|denotes?"
    r"|(?:formed|made) (?:by|from|of|up of))"
)
_OF = rf"of (?:the (?:\w+ ){{0,2}})?(?P<whole>{_M})"
_PATTERNS = tuple(
    pattern(p, re.IGNORECASE)
    for p in (
        rf"{_FIRST} (?P<count>{_M}) columns (?P<part>{_M}) {_OF}",
        rf"(?P<part>{_M}),? (?:which )?{_HOLD} (?:the )?{_FIRST} (?P<count>{_M}) columns {_OF}",
        rf"(?P<part>{_M})\s*(?:为|是|由|表示|取)\s*(?P<whole>{_M})\s*的?(?P<which>前|后)\s*(?P<count>{_M})\s*列",
        rf"(?P<whole>{_M})\s*的?(?P<which>前|后)\s*(?P<count>{_M})\s*列(?:构成|组成)?(?:的矩阵)?\s*(?:为|记为|记作)?\s*(?P<part>{_M})",
    )
)
_TRIGGER = pattern(r"columns\b|列", re.IGNORECASE)
_LAST = frozenset({"last", "trailing", "后"})
_LONGEST = 1500  # characters of a sentence that are looked at


@dataclass(frozen=True, slots=True)
class Part:
    """The formulas (offsets in the sentence) of a part, of the matrix it is taken from and of its number of columns."""

    part: int
    whole: int
    count: int
    last: bool


def parts(text: str) -> Iterator[Part]:
    """What a sentence takes from matrices."""
    text = text[:_LONGEST]
    if not _TRIGGER.search(text):
        return
    seen: set[int] = set()
    for told in _PATTERNS:
        for m in told.finditer(text):
            if m.start("part") not in seen:
                seen.add(m.start("part"))
                last = m["which"].lower() in _LAST
                yield Part(m.start("part"), m.start("whole"), m.start("count"), last)


def columns_of(whole: Node, count: Node, *, last: bool) -> Node:
    """The first k columns of U as U (I_k; 0), the last ones as U (0; I_k)."""
    identity, zero = Script(Sym("I"), count), Num("0")
    rows: tuple[tuple[Node, ...], ...] = ((zero,), (identity,)) if last else ((identity,), (zero,))
    return Juxt((whole, Grid("pmatrix", "(", ")", rows)), start=whole.start, end=whole.end)
