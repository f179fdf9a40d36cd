"""One linear pass over the tokens that pairs up groups, environments and fences before anything is parsed.

Groups `{ }`, environments and `\\left \\right` are hard: a fence never reaches out of one. Fences are
tolerant: any of `( [` pairs with any of `) ]`; leftover square brackets around a comma are an interval
`]0,1[`; a `\\left` without `\\right` (or the reverse) counts as a plain fence. Bars are left to the
parser, which knows whether an operand is expected; it is told how many more of them follow at the same
level.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, field
from itertools import pairwise

from derivcheck.notation.symbols import BARS, CLOSERS, FONT_SWITCHES, INFIX_FRACTIONS, OPENERS, ROW_STACKERS
from derivcheck.notation.token import Token, TokenKind

_COMMAND, _SYMBOL = TokenKind.COMMAND, TokenKind.SYMBOL
_FAMILIES = {
    "(": "(",
    "[": "(",
    ")": "(",
    "]": "(",
    "{": "{",
    "}": "{",
    "<": "<",
    ">": "<",
    "|": "|",
    "\\|": "\\|",
    "\\lfloor": "\\lfloor",
    "\\rfloor": "\\lfloor",
    "\\lceil": "\\lceil",
    "\\rceil": "\\lceil",
}
_FAMILY = {text: _FAMILIES[sign] for text, sign in (*OPENERS.items(), *CLOSERS.items())}
_SWITCHES = frozenset((*FONT_SWITCHES, *INFIX_FRACTIONS, *ROW_STACKERS))
_NOTED = _SWITCHES | {*OPENERS, *CLOSERS, *BARS, ",", "\\left", "\\right", "\\middle"}


@dataclass(slots=True)
class Layout:
    """`partner[i]`: where what is opened at i closes, else -1. `bars_left[i]`: bars of the same kind and
    level from i on. `adjacent`: the first of two adjacent `|`; `doubled`: those opening a norm."""

    partner: list[int]
    bars_left: dict[int, int] = field(default_factory=dict)
    adjacent: set[int] = field(default_factory=set)
    doubled: set[int] = field(default_factory=set)
    switched: set[int] = field(default_factory=set)  # groups whose reading differs from that of their content


@dataclass(slots=True)
class _Hard:
    """What is open inside a group, an environment or a `\\left`."""

    opener: int
    kind: TokenKind | None
    fences: list[tuple[int, str]] = field(default_factory=list)
    count: dict[str, int] = field(default_factory=dict)  # open fences by family
    stray: list[tuple[int, str]] = field(default_factory=list)  # closers that closed nothing
    comma: int = -1  # the last one


class _Pairing:
    def __init__(self, tokens: Sequence[Token]) -> None:
        self.tokens = tokens
        self.layout = Layout([-1] * len(tokens))
        self.stack = [_Hard(-1, None)]
        self.environments = 0
        self.bars: dict[tuple[int, str], list[int]] = {}

    def run(self) -> Layout:
        tokens, size = self.tokens, len(self.tokens)
        i = 0
        while i < size:
            token = tokens[i]
            kind = token.kind
            if kind is _SYMBOL or kind is _COMMAND:
                if token.text in _NOTED:
                    i = self.delimiter(i, token.text)
            elif kind is TokenKind.OPEN or kind is TokenKind.BEGIN:
                self.environments += kind is TokenKind.BEGIN
                self.stack.append(_Hard(i, kind))
            elif kind is TokenKind.CLOSE:
                self.close_group(i)
            elif kind is TokenKind.END:
                self.close_environment(i)
            elif kind is TokenKind.AMP or kind is TokenKind.NEWLINE:
                self.end_cell(self.stack[-1])
            i += 1
        while self.stack:
            self.abandon()
        for level in self.bars.values():
            self.count_bars(level)
        return self.layout

    def delimiter(self, i: int, text: str) -> int:
        """Notes the delimiter at i, if it is one; returns the index of the last token used."""
        if text in OPENERS:
            self.open_fence(i, text)
        elif text in CLOSERS:
            self.close_fence(i, text)
        elif text in BARS:
            frame = self.stack[-1]
            level = frame.fences[-1][0] if frame.fences else frame.opener
            self.bars.setdefault((level, BARS[text]), []).append(i)
        elif text == ",":
            self.stack[-1].comma = i
        elif text == "\\left":
            self.stack.append(_Hard(i, _COMMAND))
            return i + 1
        elif text == "\\right":
            if self.stack[-1].kind is _COMMAND:
                self.layout.partner[self.stack.pop().opener] = i
            elif i + 1 < len(self.tokens) and self.tokens[i + 1].text in CLOSERS:
                self.close_fence(i, self.tokens[i + 1].text)
            return i + 1
        elif text == "\\middle":
            return i + 1
        elif text in _SWITCHES:
            self.layout.switched.add(self.stack[-1].opener)
        return i

    def open_fence(self, i: int, text: str) -> None:
        frame = self.stack[-1]
        if text == "[" and self.is_interval(frame):
            self.layout.partner[frame.stray.pop()[0]] = i
            return
        family = _FAMILY[text]
        frame.fences.append((i, family))
        frame.count[family] = frame.count.get(family, 0) + 1

    def close_fence(self, i: int, text: str) -> None:
        frame, family = self.stack[-1], _FAMILY[text]
        if text == "]" and self.is_interval(frame):
            self.layout.partner[frame.stray.pop()[0]] = i
            return
        opens_interval = (
            text == "]" and frame.fences and frame.fences[-1][0] == i - 1 and self.tokens[i - 1].text != "["
        )
        if not frame.count.get(family) or opens_interval:
            frame.stray.append((i, family))
            return
        while True:
            opener, opened = frame.fences.pop()
            frame.count[opened] -= 1
            if opened == family:
                self.layout.partner[opener] = i
                return

    def is_interval(self, frame: _Hard) -> bool:
        """Is a stray `]` followed by a comma waiting for its other end?"""
        if not frame.stray or self.tokens[frame.stray[-1][0]].text != "]":
            return False
        start = frame.stray[-1][0]
        return frame.comma > start and (not frame.fences or frame.fences[-1][0] < start)

    def close_group(self, i: int) -> None:
        while self.stack[-1].kind is _COMMAND:
            self.abandon()
        if self.stack[-1].kind is TokenKind.OPEN:
            self.layout.partner[self.abandon()] = i

    def close_environment(self, i: int) -> None:
        if self.environments:
            while self.stack[-1].kind is not TokenKind.BEGIN:
                self.abandon()
            self.environments -= 1
            self.layout.partner[self.abandon()] = i

    def abandon(self) -> int:
        """Ends the innermost hard frame; a `\\left` takes the first stray closer that suits it."""
        frame = self.stack.pop()
        if frame.kind is _COMMAND and frame.opener + 1 < len(self.tokens):
            family = _FAMILY.get(self.tokens[frame.opener + 1].text)
            for i, stray in frame.stray:
                if stray == family:
                    self.layout.partner[frame.opener] = i
                    break
        self.end_cell(frame)
        return frame.opener

    def end_cell(self, frame: _Hard) -> None:
        """No fence reaches over a cell; of those left open, `[0,1[` is an interval."""
        if not frame.fences:
            frame.stray.clear()
            return
        square = [i for i, _ in frame.fences if self.tokens[i].text == "["]
        if len(square) == 2 and square[0] < frame.comma < square[1]:
            self.layout.partner[square[0]] = square[1]
        frame.fences.clear()
        frame.count.clear()
        frame.stray.clear()

    def count_bars(self, level: list[int]) -> None:
        """`||` opens a norm when the next bars of its level are two: not in `||x|-|y||` or `|A||B|`."""
        tokens, layout = self.tokens, self.layout
        runs: list[tuple[int, int]] = []  # first index, width
        for i in level:
            adjacent = runs and i == runs[-1][0] + 1 and runs[-1][1] == 1 and not tokens[i].spaced
            if adjacent and tokens[i].text == tokens[i - 1].text == "|":
                runs[-1] = (i - 1, 2)
            else:
                runs.append((i, 1))
        layout.adjacent.update(i for i, width in runs if width == 2)
        layout.doubled.update(i for (i, width), (_, after) in pairwise(runs) if width == after == 2)
        if len(runs) == 1 and runs[0][1] == 2:  # D(P || Q)
            layout.doubled.add(level[0])
            level = level[:1]
        for k, i in enumerate(level):
            layout.bars_left[i] = len(level) - k


def pair(tokens: Sequence[Token]) -> Layout:
    """Partners of all delimiters; the unmatched ones have none. Linear."""
    return _Pairing(tokens).run()
