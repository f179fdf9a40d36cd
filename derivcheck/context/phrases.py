"""The vocabulary in which documents speak about symbols: one row per phrase family and language.

A pattern is a regular expression over sentence text in which `M` stands for an inline formula and `S` for
one that is a size (m×n). The grammar that ties phrases to symbols is in `clauses`.
"""

from __future__ import annotations

import re
from dataclasses import dataclass
from enum import Enum
from functools import cached_property

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
    `extent`: how its formulas are dimensions (length, order, size, rows-cols, rows, cols;
    unlike: of different sizes); `like`: it shares the shape of its formula, or of its neighbours;
    `taint`: a constraint that is not understood."""

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
    by: str = ""  # what it is a function of where no formula says so: t of "depends on time"
    adjective: bool = False  # its kind is that of an adjective (square): a noun may follow
    definite: str = ""  # its meaning with the definite article and nothing behind it: "the unit vectors"
    of: bool = False  # its formulas are what the meaning refers to
    restates: bool = False  # "that is": what was supposed is said again, not concluded


class Vocabulary:
    """A table of phrases as one regular expression over lower-case text; the first row that matches wins."""

    def __init__(self, phrases: tuple[Phrase, ...], *, words: bool) -> None:
        """`words`: match whole words."""
        self._phrases = phrases
        self._words = words

    @cached_property
    def _table(self) -> tuple[re.Pattern[str], list[Phrase]]:
        """Compiled when first needed: few documents are written in two languages.

        Every alternative of every row stands by itself, its (empty) group last: the engine then skips at once those
        that start with another letter.
        """
        branches = [(phrase, branch) for phrase in self._phrases for branch in _alternatives(phrase.pattern)]
        body = "|".join(f"{_with_placeholders(branch)}()" for _, branch in branches)
        pattern = re.compile(f"(?:{body})(?![a-zß-ɏа-ӿ])" if self._words else body)
        return pattern, [phrase for phrase, _ in branches]

    def match(self, text: str, at: int) -> tuple[Phrase, int] | None:
        """The phrase that stands at an offset, and where it ends."""
        pattern, rows = self._table
        m = pattern.match(text, at)
        return None if m is None else (rows[(m.lastindex or 1) - 1], m.end())


def _with_placeholders(pattern: str) -> str:
    pattern = re.sub(r"(?<![A-Za-z])M(?![A-Za-z])", INLINE, pattern)
    return re.sub(r"(?<![A-Za-z\\])S(?![A-Za-z])", SIZE, pattern)


def _alternatives(pattern: str) -> list[str]:
    """`a|b(?:c|d)` is `a` or `b(?:c|d)`."""
    found, start, depth = [], 0, 0
    for m in re.finditer(r"\\.|\[(?:\\.|[^\]])*\]|[(|)]", pattern):
        depth += (m[0] == "(") - (m[0] == ")")
        if m[0] == "|" and not depth:
            found.append(pattern[start : m.start()])
            start = m.end()
    return [*found, pattern[start:]]


def lowered(text: str) -> str:
    """Lower case, every character in its place."""
    lower = text.lower()
    if len(lower) == len(text):
        return lower
    return "".join(c.lower() if len(c.lower()) == 1 else c for c in text)


FORMULA = Phrase(INLINE, Role.FORMULA)
DISPLAYED = Phrase(DISPLAY, Role.STOP)
SIZED = Phrase(SIZE, extent="size")
WORD = Phrase("", Role.WORD)

# Punctuation, the same in all languages.
MARKS: dict[str, Role] = {
    ",": Role.JOIN, "，": Role.JOIN, "、": Role.JOIN,
    "(": Role.OPEN, "（": Role.OPEN, ")": Role.CLOSE, "）": Role.CLOSE,
    "&": Role.STOP, "|": Role.STOP, "\\": Role.STOP,
    ";": Role.STOP, "；": Role.STOP, ".": Role.STOP, "。": Role.STOP, "?": Role.STOP, "？": Role.STOP,
    ":": Role.WORD, "：": Role.WORD, "—": Role.WORD, "–": Role.WORD,
}  # fmt: skip
