"""Math tokens. A token knows where it stands in the text of its math block; one that a user macro produced
stands at the call of that macro (`start`..`end` cover the whole call with its arguments), unless it came in
through a macro argument: then it keeps its own place."""

from __future__ import annotations

from enum import Enum
from typing import NamedTuple


class TokenKind(Enum):
    COMMAND = "command"  # \alpha, \frac, \, : text with the backslash
    LETTER = "letter"  # one letter, any script but CJK
    NUMBER = "number"  # 12, 3.14
    SYMBOL = "symbol"  # + - = ( ) [ ] | , . : ; ! / < > * ' etc., one character
    OPEN = "open"  # {
    CLOSE = "close"  # }
    SUP = "sup"  # ^
    SUB = "sub"  # _
    AMP = "amp"  # &
    NEWLINE = "newline"  # \\ (its [2pt] swallowed), \cr, \tabularnewline
    TEXT = "text"  # the content of \text{…}, \mbox{…}, \textrm{…}, \intertext{…}, or bare CJK prose
    NAME = "name"  # the content of \operatorname{…} (starred or not) or of a \DeclareMathOperator
    BEGIN = "begin"  # \begin{name}: text is name
    END = "end"  # \end{name}

    __hash__ = object.__hash__  # members are singletons: Enum's own hash runs in Python at every lookup


class Token(NamedTuple):
    kind: TokenKind
    text: str
    start: int
    end: int
    spaced: bool = False  # white space stood before it
