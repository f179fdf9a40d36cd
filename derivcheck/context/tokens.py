"""The tokens of a sentence: phrases of the tables, formulas, marks and other words."""

from __future__ import annotations

import re
from collections.abc import Callable
from dataclasses import dataclass

from derivcheck.context.phrases import DISPLAYED, FORMULA, MARKS, SIZED, WORD, Phrase, Role, Vocabulary, lowered
from derivcheck.context.phrases_chinese import CHINESE
from derivcheck.context.phrases_eastern import EASTERN, is_eastern
from derivcheck.context.phrases_english import ENGLISH
from derivcheck.context.phrases_european import EUROPEAN, is_european
from derivcheck.context.sentences import DISPLAY, INLINE, SIZE
from derivcheck.patterns import pattern

_ENGLISH = Vocabulary(ENGLISH, words=True)
_EUROPEAN = Vocabulary(EUROPEAN, words=True)
_CHINESE = Vocabulary(CHINESE, words=False)
_EASTERN = Vocabulary(EASTERN, words=False)
_HAN = pattern("[\u4e00-\u9fff]")
_WORD_RE = re.compile(r"[A-Za-zÀ-ɏЀ-ӿ']+")


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
    vocabularies = _vocabularies(lower)
    while at < n:
        c = text[at]
        if c.isspace():
            at += 1
            continue
        piece = _phrase_at(lower, at, vocabularies) or _plain_at(text, at)
        out.append(piece)
        at = piece.end
    return out


def _vocabularies(lower: str) -> tuple[tuple[Vocabulary, Callable[[str], bool]], ...]:
    """The tables for a sentence, in the order they are asked, each with the characters its phrases start with."""
    if is_eastern(lower):
        return (_EASTERN, _is_foreign), (_ENGLISH, _is_latin)
    if is_european(lower):
        return (_EUROPEAN, _is_letter), (_ENGLISH, _is_latin)
    if _HAN.search(lower):
        return (_ENGLISH, _is_latin), (_CHINESE, _is_foreign)
    return ((_ENGLISH, _is_latin),)


def _is_latin(c: str) -> bool:
    return c in (INLINE, SIZE) or c == "(" or (c.isascii() and c.isalpha())


def _is_letter(c: str) -> bool:
    return c.isalpha() or c == "—"


def _is_foreign(c: str) -> bool:
    return not c.isascii() or c in "gklm"


def _phrase_at(
    lower: str, at: int, vocabularies: tuple[tuple[Vocabulary, Callable[[str], bool]], ...]
) -> Piece | None:
    for vocabulary, starts in vocabularies:
        found = vocabulary.match(lower, at) if starts(lower[at]) else None
        if found is not None and found[1] != at:
            return Piece(found[0].role, found[0], at, found[1])
    return None


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
