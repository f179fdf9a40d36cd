"""The vocabulary in which documents speak about symbols: one row per phrase family, English and Chinese.

A pattern is a regular expression over sentence text in which `M` stands for an inline formula and `S` for
one that is a size (m×n). The grammar that ties phrases to symbols is in `clauses`.
"""

from __future__ import annotations

import re
from dataclasses import dataclass
from enum import Enum

from derivcheck.context.sentences import DISPLAY, INLINE, SIZE


class Role(Enum):
    DESCRIBE = "says something about a symbol"
    COPULA = "is"
    CALLED = "is called"
    JOIN = "and, comma"
    NEGATE = "not"
    SKIP = "articles, adverbs"
    OPEN = "("
    CLOSE = ")"
    IF = "if, when"
    FOR = "for"
    WHERE = "where"
    LET = "let, suppose, given"
    DEFINE = "define, put"
    DERIVE = "hence, we get"
    STOP = "ends what was said"
    FORMULA = "inline math"
    PREPOSITION = "of, in, by: a noun phrase does not run across it"
    WORD = "anything else"


@dataclass(frozen=True, slots=True)
class Phrase:
    """What a phrase says. `kind`: a shape kind of facts.ShapeFact, "function" or "identity"-like nouns by
    `meaning`;
    `extent`: how its formulas are dimensions (length, order, size, rows-cols, rows, cols); `like`: it
    shares the shape of its formula, or of its neighbours; `taint`: a constraint that is not understood."""

    pattern: str
    role: Role = Role.DESCRIBE
    kind: str = ""
    props: tuple[str, ...] = ()
    meaning: str = ""
    extent: str = ""
    like: bool = False
    taint: bool = False
    verb: bool = False  # "such that", "satisfies": taints unless a formula follows
    elementwise: bool = False
    argument: bool = False  # its formulas are what the symbol is a function of
    adjective: bool = False  # its kind is that of an adjective (square): a noun may follow
    of: bool = False  # its formulas are what the meaning refers to
    restates: bool = False  # "that is": what was supposed is said again, not concluded


def compile_phrases(phrases: tuple[Phrase, ...], *, words: bool) -> re.Pattern[str]:
    """One alternation, the first row that matches wins; group names are row numbers. `words`: match whole
    words."""
    rows = []
    for k, phrase in enumerate(phrases):
        pattern = re.sub(r"(?<![A-Za-z])M(?![A-Za-z])", INLINE, phrase.pattern)
        pattern = re.sub(r"(?<![A-Za-z\\])S(?![A-Za-z])", SIZE, pattern)
        rows.append(f"(?P<p{k}>{pattern})")
    body = "|".join(rows)
    return re.compile(rf"(?:{body})(?![a-zA-Z])" if words else body, re.IGNORECASE)


def formulas_in(text: str) -> list[int]:
    """Offsets of the formulas in a piece of sentence text."""
    return [k for k, c in enumerate(text) if c in (INLINE, SIZE)]


FORMULA = Phrase(INLINE, Role.FORMULA)
DISPLAYED = Phrase(DISPLAY, Role.STOP)
SIZED = Phrase(SIZE, extent="size")
WORD = Phrase("", Role.WORD)

# Punctuation, the same in both languages.
MARKS: dict[str, Role] = {
    ",": Role.JOIN, "，": Role.JOIN, "、": Role.JOIN,
    "(": Role.OPEN, "（": Role.OPEN, ")": Role.CLOSE, "）": Role.CLOSE,
    "&": Role.STOP, "|": Role.STOP, "\\": Role.STOP,
    ";": Role.STOP, "；": Role.STOP, ".": Role.STOP, "。": Role.STOP, "?": Role.STOP, "？": Role.STOP,
    ":": Role.WORD, "：": Role.WORD, "—": Role.WORD, "–": Role.WORD,
}  # fmt: skip
