"""Rows and columns of a matrix named in prose: "X, whose rows are x_n", "a_j is the jth column of A"."""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass

from derivcheck.context.sentences import INLINE, SIZE
from derivcheck.context.subjects import ADJOINTS, subject
from derivcheck.notation.keys import base_key
from derivcheck.notation.tree import Node, Script, Sequence, Sym
from derivcheck.patterns import pattern
from derivcheck.statements.model import Display

_M = f"[{INLINE}{SIZE}]"
_NTH = rf"(?:(?:{_M}|[a-z])?\s*-?\s*(?:th|st|nd|rd)\s+)?"
_LINE = r"(?P<line>rows?|columns?)(?:[- ]vectors?)?"
_BE = r"(?:is|are|being|equals?|denoted(?: by)?|given by)"
_OF = rf"of\s+(?:the\s+)?(?:\w+\s+){{0,2}}(?P<matrix>{_M})"
_NOUN = r"(?:(?:the\s+)?(?:column |row )?(?:vectors?|inputs?|samples?|data points?|points?|observations?)\s+)?"
_PATTERNS = tuple(
    pattern(p, re.IGNORECASE)
    for p in (
        rf"(?P<matrix>{_M})(?:(?!\band\s+{_M})[\w\s(),-]|{_M}){{0,50}}?\b(?:whose|with)\s+{_NTH}{_LINE}\s+(?:{_BE}\s+){{0,2}}{_NOUN}(?P<family>{_M})",
        rf"{_NTH}{_LINE}\s+{_OF}\s*,?\s+(?:{_BE}\s+){{1,2}}{_NOUN}(?P<family>{_M})",
        rf"(?P<family>{_M})\s*,?\s+(?:{_BE}\s+)?(?:the\s+|its\s+)?{_NTH}{_LINE}\s+{_OF}",
        rf"(?P<family>{_M})\s+as\s+(?:the\s+|its\s+)?{_LINE}\s+{_OF}",
        rf"\b(?:the|into|as)\s+{_LINE}\s+(?P<family>{_M})\s+{_OF}",
        rf"(?P<matrix>{_M})\s*的(?:第\s*{_M}?\s*个?|各|每一?|所有)?(?P<line>行|列)(?:向量)?(?:分别|依次)?(?:为|是|记作|记为)\s*(?:向量\s*)?(?P<family>{_M})",
        rf"(?P<family>{_M})\s*(?:为|是|表示)\s*(?:矩阵\s*)?(?P<matrix>{_M})\s*的第?\s*{_M}?\s*个?(?P<line>行|列)",
    )
)
_AND = r"(?:\s*(?:,|、|和|与|及)\s*|,?\s+and\s+)"
_PAIR = rf"(?P<family>{_M}){_AND}(?P<second>{_M})"
_OF_PAIR = rf"(?P<matrix>{_M}){_AND}(?P<other>{_M})"
_RESPECTIVE = tuple(
    pattern(p, re.IGNORECASE)
    for p in (
        rf"{_OF_PAIR}\s*,?\s+(?:with|having)\s+{_LINE}\s+{_PAIR}",
        rf"{_OF_PAIR}\s*,?\s+whose\s+{_LINE}\s+{_BE}\s+{_PAIR}",
        rf"{_PAIR}\s*,?\s+(?:(?:are|being|denot(?:e|ing)|for)\s+)?(?:the\s+)?{_NTH}{_LINE}\s+of\s+{_OF_PAIR}",
        rf"{_PAIR}\s*(?:分别|依次)\s*(?:为|是|表示|记)\s*(?:矩阵\s*)?{_OF_PAIR}\s*的第?\s*{_M}?\s*个?(?P<line>行|列)",
    )
)
_TRIGGER = pattern(r"\b(?:row|column)|行|列", re.IGNORECASE)
_LONGEST = 1500  # characters of a sentence that are looked at


@dataclass(frozen=True, slots=True)
class Lines:
    """The formulas (offsets in the sentence) of a family of rows or columns and of their matrix."""

    family: int
    matrix: int
    word: str  # rows, columns


def lines(text: str) -> Iterator[Lines]:
    """What a sentence says of rows and columns."""
    text = text[:_LONGEST]
    if not _TRIGGER.search(text):
        return
    seen: set[int] = set()
    for found in _spoken(text):
        if found.family != found.matrix and found.family not in seen:
            seen.add(found.family)
            yield found


def _spoken(text: str) -> Iterator[Lines]:
    """`$u_i$, $v_i$ are the columns of $U$, $V$` first: read in part it would say something else."""
    for words in _RESPECTIVE:
        for m in words.finditer(text):
            yield Lines(m.start("family"), m.start("matrix"), _word(m["line"]))
            yield Lines(m.start("second"), m.start("other"), _word(m["line"]))
    for words in _PATTERNS:
        for m in words.finditer(text):
            yield Lines(m.start("family"), m.start("matrix"), _word(m["line"]))


def _word(line: str) -> str:
    return "rows" if line[:1].lower() == "r" or line == "行" else "columns"


def family_key(display: Display) -> str | None:
    """The base of `x_n`, `x_n^\\top`, `a_1, \\dots, a_n`; None for anything but a family of symbols."""
    bases = {key for chain in display.chains for member in chain.members for key in _bases(member.node)}
    return bases.pop() if len(bases) == 1 and not any(c.relations for c in display.chains) else None


def _bases(node: Node) -> Iterator[str]:
    match node:
        case Sequence(items=items):
            for item in items:
                yield from _bases(item)
        case Script(base=Script() as inner, sub=None, sup=Sym(name=name)) if name in ADJOINTS:
            yield from _bases(inner)
        case Script(base=base, sub=sub, sup=sup) if sub is not None:
            transposed = isinstance(sup, Sym) and sup.name in ADJOINTS
            key = base_key(base)
            if key is not None and (sup is None or transposed):
                yield key
        case _:
            return


def matrix_key(display: Display) -> str | None:
    """The key of the symbol that a formula names, its set left out (`A \\in …`)."""
    if not display.chains or not display.chains[0].members:
        return None
    found = subject(display.chains[0].members[0].node)
    return found.key if found is not None and found.args is None else None
