"""Shorter names for what has one: "write $P$ for $P_{k+1}$ and $L$ for $L_k$", "abbreviate $X^TX$ by $G$"."""

from __future__ import annotations

import re
from collections.abc import Iterator

from derivcheck.context.sentences import INLINE
from derivcheck.patterns import pattern

_M = INLINE
_PAIR = rf"{_M} (?:for|instead of|in place of) {_M}"
_LIST = pattern(rf"\b(?:writ(?:e|es|ing)|put|use) (?P<pairs>{_PAIR}(?:(?:,| and|, and) {_PAIR})*)", re.IGNORECASE)
_NAME_FIRST = pattern(rf"(?P<name>{_M}) (?:for|instead of|in place of) (?P<what>{_M})")
_WHAT_FIRST = pattern(
    rf"\babbreviat(?:e|es|ing) (?P<what>{_M}) (?:by|as|to) (?P<name>{_M})"
    rf"|[将把](?P<subject>{_M})\s*简?(?:记为|记作|写为|写作)\s*(?P<short>{_M})",
    re.IGNORECASE,
)
_LONGEST = 1500  # characters of a sentence that are looked at


def abbreviations(text: str) -> Iterator[tuple[int, int]]:
    """(offset of the new name, offset of what it stands for) of each that a sentence introduces."""
    text = text[:_LONGEST]
    for found in _LIST.finditer(text):
        for m in _NAME_FIRST.finditer(text, found.start("pairs"), found.end("pairs")):
            yield m.start("name"), m.start("what")
    for m in _WHAT_FIRST.finditer(text):
        if m["name"] is not None:
            yield m.start("name"), m.start("what")
        else:
            yield m.start("short"), m.start("subject")
