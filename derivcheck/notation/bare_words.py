r"""Words that stand between spaces without `\text`: the `for` of `x_i = 0 \ for \ i > 1` is no product of letters."""

from __future__ import annotations

from collections.abc import Iterator, Sequence

from derivcheck.notation.token import Token, TokenKind

_WORDS = frozenset({"for", "and", "where", "when", "with", "then", "since", "such", "that", "all", "otherwise", "thus"})
_INITIALS = frozenset(word[0] for word in _WORDS)
_LETTER = TokenKind.LETTER
_ENDS = frozenset({TokenKind.NEWLINE, TokenKind.AMP, TokenKind.END})


def with_words(tokens: Sequence[Token]) -> tuple[Token, ...]:
    """The tokens with TEXT for such words."""
    if not any(t.spaced and t.kind is _LETTER and t.text in _INITIALS for t in tokens):
        return tuple(tokens)
    return tuple(_joined(tokens))


def _joined(tokens: Sequence[Token]) -> Iterator[Token]:
    i = 0
    while i < len(tokens):
        stop = _run(tokens, i)
        word = "".join(t.text for t in tokens[i:stop])
        if word in _WORDS and (tokens[i].spaced or _ends(tokens, i - 1)) and _ends(tokens, stop):
            yield Token(TokenKind.TEXT, word, tokens[i].start, tokens[stop - 1].end, True)
        else:
            yield from tokens[i:stop]
        i = stop


def _run(tokens: Sequence[Token], i: int) -> int:
    """Where the letters end that are written as one word from tokens[i] on."""
    stop = i + 1
    if tokens[i].kind is _LETTER:
        while stop < len(tokens) and tokens[stop].kind is _LETTER and tokens[stop].start == tokens[stop - 1].end:
            if tokens[stop].spaced:
                break
            stop += 1
    return stop


def _ends(tokens: Sequence[Token], i: int) -> bool:
    """Whether a space or nothing at all stands at tokens[i]."""
    return not 0 <= i < len(tokens) or tokens[i].spaced or tokens[i].kind in _ENDS or tokens[i].text == "\\quad"
