"""Which runs of letters are words: `\\mathrm{tr}`, `\\text{diag}(x)`, bare `tr(A)`; which are products."""

from __future__ import annotations

from typing import TYPE_CHECKING

from derivcheck.notation.symbols import (
    BARS,
    CLOSERS,
    FUNCTION_NAMES,
    OPENERS,
    OPERATORS,
    PROSE,
    UPRIGHT,
    is_function_word,
)
from derivcheck.notation.token import Token, TokenKind
from derivcheck.notation.tree import Juxt, Name, Node, Sym, Words
from derivcheck.patterns import pattern

if TYPE_CHECKING:
    from derivcheck.notation.parser import Parser

_LETTER = TokenKind.LETTER
_ELEMENTARY = frozenset({"sin", "cos", "tan", "exp", "log", "sinh", "cosh", "tanh"})
_INITIALS = frozenset(word[0] for word in FUNCTION_NAMES)
_OPENS_ARGUMENT = frozenset((*OPENERS, *BARS, "\\left"))
_CONTINUES = frozenset((*OPERATORS, *OPENERS, *CLOSERS, *BARS, "\\left", "\\right", "\\over", "!", "'"))
_SCRIPTS = frozenset({TokenKind.SUP, TokenKind.SUB})
_OPERANDS = frozenset(
    {_LETTER, TokenKind.NUMBER, TokenKind.OPEN, TokenKind.COMMAND, TokenKind.NAME, TokenKind.BEGIN}
)


def read_letters(parser: Parser, end: int) -> Node:
    """A letter, or the word that starts with it."""
    tokens, start = parser.tokens, parser.pos
    token, font = tokens[start], parser.font
    parser.pos = start + 1
    if start + 1 < end and tokens[start + 1].kind is _LETTER and (font or token.text in _INITIALS):
        stop = _run(tokens, start, end)
        word = "".join(t.text for t in tokens[start:stop])
        if (font and _is_set_word(word, font, tokens, start, stop, end)) or (
            not font and word in FUNCTION_NAMES and _is_applied(word, tokens, start, stop, end)
        ):
            ahead = tokens[stop] if font and stop < end else None
            if ahead is not None and ahead.kind is TokenKind.NUMBER:
                word, stop = word + ahead.text, stop + 1  # \mathrm{expm1}
            stop, word = _with_extremum(tokens, stop, end, word)
            parser.pos = stop
            return Name(word, start=token.start, end=tokens[stop - 1].end)
        if font == "rm" and word[0] == "d" and len(word) == 2:  # \mathrm{dx}
            parser.pos = stop
            d = Sym("d", "rm", start=token.start, end=token.end)
            x = Sym(word[1], start=tokens[stop - 1].start, end=tokens[stop - 1].end)
            return Juxt((d, x), (False,), start=token.start, end=x.end)
    return Sym(token.text, font, start=token.start, end=token.end)


def read_words(parser: Parser, end: int) -> Node:
    """A TEXT or NAME token: a function's name, an upright letter, or prose."""
    token = parser.tokens[parser.pos]
    parser.pos += 1
    if token.kind is TokenKind.NAME:
        word = (
            token.text.replace("\\,", "")
            .replace("\\!", "")
            .replace("\\;", "")
            .replace(" ", "")
            .replace("~", "")
        )
    else:
        word = token.text
    if len(word) == 1 and word.isalpha() and word.isascii():
        return Sym(word, "rm", start=token.start, end=token.end)
    if token.kind is TokenKind.NAME:
        return Name(word, start=token.start, end=token.end)
    if word.strip() in FUNCTION_NAMES and (word.strip() == word or _takes_argument(parser, end)):
        return Name(word.strip(), start=token.start, end=token.end)
    if word.strip() in ("arg max", "arg min"):
        return Name("".join(word.split()), start=token.start, end=token.end)
    if is_function_word(word) and (
        word in FUNCTION_NAMES or _takes_argument(parser, end) or _is_label(parser, end)
    ):
        return Name(word, start=token.start, end=token.end)
    if _ACRONYM.fullmatch(word):
        return Name(word, start=token.start, end=token.end)  # `\\text{RSS} = e^T e`
    return Words(token.text, start=token.start, end=token.end)


_ACRONYM = pattern(r"(?!LHS|RHS|QED|WLOG|SVD|PSD|PD|IID|OR|AND|IF|FOR)[A-Z]{2,5}[a-z]{0,2}")


def is_prose(parser: Parser, node: Words, follows: bool, end: int) -> bool:
    """Does it part statements, as "if" does, or name a quantity, as in `\\text{bias} + \\text{noise}`?"""
    first = node.text.split()[:1]
    if first and first[0].lower().rstrip(",.:;") in PROSE:
        return True
    if parser.pos >= end:
        return False
    following = parser.tokens[parser.pos]
    if following.kind is TokenKind.COMMAND or following.kind is TokenKind.SYMBOL:
        return following.text not in _CONTINUES
    return following.kind in _OPERANDS


def _run(tokens: list[Token], start: int, end: int) -> int:
    """The end of the run of adjacent letters from `start`."""
    i = start + 1
    while i < end and tokens[i].kind is _LETTER and not tokens[i].spaced:
        i += 1
    return i


def _is_set_word(word: str, font: str, tokens: list[Token], start: int, stop: int, end: int) -> bool:
    if len(word) < 2 or not word.isascii():
        return False
    if font in UPRIGHT:
        return font != "rm" or word in FUNCTION_NAMES or len(word) != 2 or word[0] != "d"
    if font == "it" and len(word) > 2:
        return True
    return word in FUNCTION_NAMES and font == "bf"


def _is_applied(word: str, tokens: list[Token], start: int, stop: int, end: int) -> bool:
    """Does the bare word stand where a function does? Two letters need a parenthesis, more any argument; run together
    with a letter before it, as in `vcos(t)`, only an elementary function."""
    if stop >= end:
        return False
    following = tokens[stop]
    if start and tokens[start - 1].kind is _LETTER and not tokens[start].spaced:
        return word in _ELEMENTARY and following.text in ("(", "\\left", "^")
    if stop - start == 2:
        return following.text in ("(", "\\left", "[")
    return (
        following.text in _OPENS_ARGUMENT
        or following.kind in _SCRIPTS
        or (following.kind in _OPERANDS and (following.spaced or following.kind is not _LETTER))
    )


def _with_extremum(tokens: list[Token], stop: int, end: int, word: str) -> tuple[int, str]:
    """`arg max` in two pieces is one name."""
    if word == "arg" and stop + 3 <= end:
        following = "".join(t.text for t in tokens[stop : stop + 3])
        if following in ("max", "min") and _run(tokens, stop, end) == stop + 3:
            return stop + 3, word + following
    return stop, word


def _takes_argument(parser: Parser, end: int) -> bool:
    if parser.pos >= end:
        return False
    following = parser.tokens[parser.pos]
    tight = parser.pos + 1 if following.text == "\\left" else parser.pos
    if (tight < end and parser.tokens[tight].text in "([") or following.kind in _SCRIPTS:
        return True
    return not following.spaced and following.kind in (TokenKind.OPEN, _LETTER)


def _is_label(parser: Parser, end: int) -> bool:
    """A word alone in its script: `x_{\\text{max}}`, `x_\\text{max}`."""
    before = parser.pos - 2
    if before < 0 or parser.tokens[before].kind in _SCRIPTS:
        return before >= 0
    alone = parser.pos >= end and parser.tokens[before].kind is TokenKind.OPEN
    return alone and before > 0 and parser.tokens[before - 1].kind in _SCRIPTS
