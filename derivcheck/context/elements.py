"""Elements of spaces in words: "a vector $x$ in $\\mathbb R^n$", "$A$ lies in $\\mathbb R^{m\\times n}$", "an
$\\mathbb R^{m\\times n}$ matrix $A$"."""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass

from derivcheck.context.sentences import INLINE
from derivcheck.patterns import pattern

_M = INLINE
_LIST = rf"(?P<who>{_M}(?:\s*(?:,|,? and|或|，|、|和|与)\s*{_M})*)"
_SPACE = rf"(?:the (?:vector )?space )?(?P<where>{_M})"
_NOUN = r"(?:vectors?|matri(?:x|ces)|points?|elements?|members?)"
_BARE = r"(?:column )?(?:matri(?:x|ces)|vectors?)"
_NO_NOUN = r"(?!of|between|among|by|with|sets?|all|family|collection|span|sum|product|number|pair)"
_KIND = rf"(?:an?|the|some|any|two|three|both)?\s*(?:{_NO_NOUN}[a-z-]+ ){{0,3}}?{_NOUN}"
_IN = r"(?:in|from|of|belonging to|living in|lying in)"
_LIES = r"(?:(?:both |all )?(?:lies?|lives?|belongs?|takes? values|is contained|are contained)(?: in| to)|is in|are in)"
_BEFORE = r"(?:\b(?:for|all|any|every|each|let|given|fix|take|where|with|an?|the|some|two|three)\s+)"
_PATTERNS = tuple(
    pattern(p, re.IGNORECASE)
    for p in (
        rf"{_LIST},?\s*(?:is|are|be|being|denotes?|:)?\s*{_KIND} {_IN} {_SPACE}",
        rf"\b(?:{_NOUN}|inputs?|outputs?) {_LIST},? (?:in|from|of) {_SPACE}",
        rf"{_BEFORE}{_LIST} (?:in|from) {_SPACE}",
        rf"{_LIST},?\s*(?:is|are|be|being|denotes?) (?:an? )?(?P<where>{_M})[ -]{_BARE}",
        rf"(?P<where>{_M})[ -]{_BARE} {_LIST}",
        rf"\A\s*{_LIST}\s*:\s*(?P<where>{_M})\s*\.?\Z",
        rf"{_LIST}\s*(?:均?属于|都?在)\s*(?P<where>{_M})",
        rf"{_LIST}\s*(?:均?为|都?是)\s*(?P<where>{_M})\s*(?:中|上|里)的?(?:任意)?(?:一个)?[一-鿿]{{0,3}}?(?:向量|矩阵|点|元素)",
        rf"(?P<where>{_M})\s*(?:中|上|里)的?(?:任意)?(?:一个)?[一-鿿]{{0,3}}?(?:向量|矩阵|点|元素)\s*{_LIST}",
    )
)
_LYING = pattern(rf"(?<!of )(?<!by ){_LIST},? {_LIES} {_SPACE}", re.IGNORECASE)
_JOINED = re.compile(rf"{_M}\s*(?:,|,? and|，|、|和|与)\s*\Z")
_LONGEST = 1500  # characters of a sentence that are looked at


@dataclass(frozen=True, slots=True)
class Elements:
    """The formulas (offsets in the sentence) of what lies in a space, and of the space."""

    members: tuple[int, ...]
    space: int


def elements(text: str) -> Iterator[Elements]:
    """What a sentence says to lie in a space; whether those formulas are symbols and spaces is not looked at."""
    text = text[:_LONGEST]
    if text.count(_M) < 2:
        return
    for told in (*_PATTERNS, _LYING):
        for m in told.finditer(text):
            if told is _LYING and _JOINED.search(text, 0, m.start("who")):
                continue  # "the rows of $X$ and $Y$ lie in …"
            members = tuple(k for k in range(m.start("who"), m.end("who")) if text[k] == _M)
            yield Elements(members, m.start("where"))
