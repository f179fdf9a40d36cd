"""The tokens of a sentence: phrases of the tables, formulas, marks and other words."""

from __future__ import annotations

import re

from derivcheck.context.phrases import DISPLAYED, FORMULA, MARKS, SIZED, WORD, Phrase, Role, Vocabulary, lowered
from derivcheck.context.phrases_chinese import CHINESE
from derivcheck.context.phrases_english import ENGLISH
from derivcheck.context.sentences import DISPLAY, INLINE, SIZE
from derivcheck.patterns import pattern
from derivcheck.records import dataclass

_ENGLISH = Vocabulary(ENGLISH, words=True)
_CHINESE = Vocabulary(CHINESE, words=False)
_HAN = pattern("[\u4e00-\u9fff]")
_WORD_RE = re.compile(r"[A-Za-zÀ-ɏ']+")


@dataclass(frozen=True, slots=True)
class Piece:
    """One token of a sentence."""

    role: Role
    phrase: Phrase
    start: int
    end: int


def pieces(text: str) -> list[Piece]:
    """The tokens of a sentence, white space dropped."""
    out: list[Piece] = []
    at, n, lower = 0, len(text), lowered(text)
    chinese = _HAN.search(text) is not None
    while at < n:
        c = text[at]
        if c.isspace():
            at += 1
            continue
        piece = _phrase_at(lower, at, chinese) or _plain_at(text, at)
        out.append(piece)
        at = piece.end
    return out


def _phrase_at(lower: str, at: int, chinese: bool) -> Piece | None:
    c = lower[at]
    found: tuple[Phrase, int] | None = None
    if c in (INLINE, SIZE) or c == "(" or (c.isascii() and c.isalpha()):
        found = _ENGLISH.match(lower, at)
    if found is None and chinese and (not c.isascii() or c in "gklm"):
        found = _CHINESE.match(lower, at)
    if found is None or found[1] == at:
        return None
    phrase, end = found
    return Piece(phrase.role, phrase, at, end)


def _plain_at(text: str, at: int) -> Piece:
    c = text[at]
    if c == INLINE:
        return Piece(Role.FORMULA, FORMULA, at, at + 1)
    if c == SIZE:
        return Piece(Role.DESCRIBE, SIZED, at, at + 1)
    if c == DISPLAY:
        return Piece(Role.STOP, DISPLAYED, at, at + 1)
    if c in MARKS:
        return Piece(MARKS[c], WORD, at, at + 1)
    m = _WORD_RE.match(text, at)
    return Piece(Role.WORD, WORD, at, m.end() if m else at + 1)
