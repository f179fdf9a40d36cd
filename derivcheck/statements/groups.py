"""Which token closes which: braces, environments, `\\left…\\right`; brackets as far as they match."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from derivcheck.notation.token import Token, TokenKind
from derivcheck.statements.relations import SIGNS

_BRACKETS_OPEN = frozenset({"(", "[", "\\{", "\\lbrace", "\\langle", "\\lfloor", "\\lceil"})
_BRACKETS_CLOSE = frozenset({")", "]", "\\}", "\\rbrace", "\\rangle", "\\rfloor", "\\rceil"})
_INERT = frozenset(
    {
        TokenKind.LETTER,
        TokenKind.NUMBER,
        TokenKind.NAME,
        TokenKind.TEXT,
        TokenKind.SUP,
        TokenKind.SUB,
        TokenKind.AMP,
    }
    | {TokenKind.NEWLINE}
)
_HARD_OPEN = {TokenKind.OPEN: "}", TokenKind.BEGIN: "end"}
_HARD_CLOSE = {TokenKind.CLOSE: "}", TokenKind.END: "end"}


@dataclass(frozen=True, slots=True)
class Groups:
    """`partner[i]` is the index of the token that closes the group opened at i, or -1."""

    partner: Sequence[int]

    @staticmethod
    def of(tokens: Sequence[Token]) -> Groups:
        return Groups(_match(tokens))

    def holds_relation(
        self, tokens: Sequence[Token], start: int, stop: int, *, environments: bool = False
    ) -> bool:
        """Is there a relation sign outside groups (inside environments, braced or not, if asked)?"""
        i = start
        while i < stop:
            token = tokens[i]
            if token.kind in (TokenKind.SUP, TokenKind.SUB):
                i += 1
            if i < stop and self.partner[i] >= 0 and not (environments and _opens_rows(tokens, i)):
                i = self.partner[i]
            elif tokens[i].text in SIGNS and i < stop and tokens[i].kind is not TokenKind.TEXT:
                return True
            i += 1
        return False


def _opens_rows(tokens: Sequence[Token], i: int) -> bool:
    """An environment, or the `\\left` before its brace."""
    at = i + 2 if tokens[i].text == "\\left" else i
    return at < len(tokens) and tokens[at].kind is TokenKind.BEGIN


def _match(tokens: Sequence[Token]) -> list[int]:
    """Closing index by opening index. What is not closed is no group: it hides nothing."""
    partner = [-1] * len(tokens)
    hard: list[tuple[str, int, int]] = []  # (what closes it, index, height of `soft` when it was opened)
    waiting = {"}": 0, "end": 0, "right": 0}
    soft: list[int] = []
    previous: TokenKind | None = None
    delimiter = False  # the token is the delimiter of a \left, \middle or \right
    for i, token in enumerate(tokens):
        kind, text = token.kind, token.text
        if kind in _INERT:
            delimiter, previous = False, kind
            continue
        opens = _HARD_OPEN.get(kind) or ("right" if text == "\\left" else None)
        closes = _HARD_CLOSE.get(kind) or ("right" if text == "\\right" else None)
        floor = hard[-1][2] if hard else 0
        if opens:
            hard.append((opens, i, len(soft)))
            waiting[opens] += 1
        elif closes:
            if waiting[closes]:
                while True:
                    expected, index, height = hard.pop()
                    waiting[expected] -= 1
                    if expected == closes:
                        break
                partner[index] = i
                del soft[height:]
        elif delimiter:
            pass
        elif text in _BRACKETS_OPEN:
            soft.append(i)
        elif text in _BRACKETS_CLOSE:
            if len(soft) > floor:
                partner[soft.pop()] = i
        elif text in SIGNS and previous in (TokenKind.AMP, TokenKind.NEWLINE):
            del soft[floor:]  # a sign at the start of a cell is at top level, whatever bracket stands open
        delimiter = text in ("\\left", "\\right", "\\middle")
        previous = kind
    return partner
