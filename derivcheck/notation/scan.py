"""Characters of a math block as raw tokens: nothing expanded, nothing dropped but white space and comments."""

from __future__ import annotations

import re
from functools import lru_cache

from derivcheck.notation.characters import ASCII, CJK, COMMANDS, SUBSCRIPTS, SUPERSCRIPTS, styled_letter
from derivcheck.notation.token import Token, TokenKind

_LENGTH = r"-?\s*[0-9]*[.,]?[0-9]*\s*(?:pt|em|ex|mm|cm|in|bp|pc|mu|sp|\\[A-Za-z]+)"
# \text and \operatorname without anything to expand inside are read at once: they are most of their kind.
_PLAIN_TEXT = r"\\(?:text|mbox|textrm|textnormal|textup|hbox)\s*\{[^{}\\#]*\}"

_GROUPS: tuple[tuple[TokenKind | None, str], ...] = (
    (TokenKind.LETTER, r"[A-Za-z]"),
    (TokenKind.TEXT, _PLAIN_TEXT),
    (TokenKind.NEWLINE, rf"\\\\(?:\*)?(?:\[\s*{_LENGTH}\s*\])?"),
    (TokenKind.BEGIN, r"\\begin\s*\{[^{}\\#]*\}"),
    (TokenKind.END, r"\\end\s*\{[^{}\\#]*\}"),
    (TokenKind.COMMAND, r"\\(?:[A-Za-z]+|[\s\S])?"),
    (TokenKind.NUMBER, r"[0-9]+(?:\.[0-9]+)?|(?<![A-Za-z])\.[0-9]+"),
    (TokenKind.OPEN, r"\{"),
    (TokenKind.CLOSE, r"\}"),
    (TokenKind.SUP, r"\^"),
    (TokenKind.SUB, r"_"),
    (None, r"&(?:lt|gt|amp|nbsp);|\.\.\."),
    (TokenKind.AMP, r"&"),
    (TokenKind.SYMBOL, r"#[1-9]|[!-~]"),
    (TokenKind.TEXT, rf"[{CJK}]+(?:[\s，、：]*[{CJK}]+)*"),
    (None, rf"[{''.join(SUPERSCRIPTS)}]+|[{''.join(SUBSCRIPTS)}]+|\S"),
)
_SKIPPED = r"(?:\s|(?<![0-9])%[^\n]*+)*+"  # white space and comments; the sign of 50% is kept
_TOKEN = re.compile(_SKIPPED + "(?:" + "|".join(f"({pattern})" for _, pattern in _GROUPS) + ")")
_KINDS: tuple[TokenKind | None, ...] = (None, *(kind for kind, _ in _GROUPS))
_BRACED = frozenset({TokenKind.TEXT, TokenKind.BEGIN, TokenKind.END})
_ENTITIES = {"&lt;": (TokenKind.SYMBOL, "<"), "&gt;": (TokenKind.SYMBOL, ">"), "&amp;": (TokenKind.AMP, "&")}


def scan(text: str) -> list[Token]:
    """The raw tokens of `text`, in order; linear in its length."""
    tokens: list[Token] = []
    append = tokens.append
    kinds, make = _KINDS, Token
    for match in _TOKEN.finditer(text.rstrip()):
        group = match.lastindex or 0
        kind = kinds[group]
        start, end = match.span(group)
        spaced = start > match.start()
        content = match[group]
        if kind is None:
            tokens.extend(_uncommon(content, start, end, spaced))
            continue
        if kind in _BRACED:
            content = _inside(content)
        append(make(kind, content, start, end, spaced))
    return tokens


@lru_cache(maxsize=4096)
def scan_body(body: str) -> tuple[Token, ...]:
    """The raw tokens of a macro body or delimiter; parameters are SYMBOL `#1`."""
    return tuple(scan(body))


def _inside(content: str) -> str:
    """`if ` of `\\text{if }`, `align` of `\\begin{align}`; CJK prose as it is."""
    return content[content.index("{") + 1 : -1] if content[0] == "\\" else content


def _uncommon(content: str, start: int, end: int, spaced: bool) -> list[Token]:
    """HTML entities and characters beyond ASCII, as the tokens they stand for."""

    def at_place(*items: tuple[TokenKind, str]) -> list[Token]:
        return [Token(kind, text, start, end, spaced and i == 0) for i, (kind, text) in enumerate(items)]

    if content == "...":
        return at_place((TokenKind.COMMAND, "\\dots"))
    if content == "&nbsp;":
        return at_place((TokenKind.COMMAND, "\\ "))
    if content in _ENTITIES:
        return at_place(_ENTITIES[content])
    for sign, script in ((TokenKind.SUP, SUPERSCRIPTS), (TokenKind.SUB, SUBSCRIPTS)):
        if content[0] in script:
            inner = [(t.kind, t.text) for t in scan("".join(script[c] for c in content))]
            return at_place((sign, sign_text(sign)), (TokenKind.OPEN, "{"), *inner, (TokenKind.CLOSE, "}"))
    if content in COMMANDS:
        return at_place((TokenKind.COMMAND, COMMANDS[content]))
    if content in ASCII:
        return at_place((TokenKind.SYMBOL, ASCII[content]))
    if content == "″":
        return at_place((TokenKind.SYMBOL, "'"), (TokenKind.SYMBOL, "'"))
    if styled := styled_letter(content):
        return at_place(*_styled(*styled))
    if content.isalpha():
        return at_place((TokenKind.LETTER, content))
    return at_place((TokenKind.SYMBOL, content))


def sign_text(sign: TokenKind) -> str:
    return "^" if sign is TokenKind.SUP else "_"


def _styled(font: str, plain: str) -> list[tuple[TokenKind, str]]:
    body = [(t.kind, t.text) for t in scan(plain)]
    if not font:
        return body
    return [(TokenKind.COMMAND, font), (TokenKind.OPEN, "{"), *body, (TokenKind.CLOSE, "}")]
