"""`<u, v>` typed with the signs for less and greater: brackets, where nothing can be compared."""

from __future__ import annotations

from collections.abc import Sequence

from derivcheck.notation.token import Token, TokenKind

_OPENING = frozenset({"(", "[", "\\left", "\\{", "\\langle"})
_CLOSING = frozenset({")", "]", "\\right", "\\}", "\\rangle"})
_INSIDE = frozenset({TokenKind.AMP, TokenKind.NEWLINE, TokenKind.TEXT, TokenKind.BEGIN, TokenKind.END})
_GOES_ON = frozenset({TokenKind.SUP, TokenKind.AMP, TokenKind.NEWLINE, TokenKind.CLOSE, TokenKind.END, TokenKind.TEXT})
_SIGNS = frozenset("+-=.,;:)]|") | {"\\quad", "\\right", "\\cdot", "\\times", "\\leq", "\\le", "\\geq", "\\ge"}
_LONGEST = 60  # tokens between them


def with_angles(tokens: Sequence[Token]) -> tuple[Token, ...]:
    """The tokens with `<…, …>` as \\langle…, …\\rangle: a comma between, no operand after it to be greater than."""
    out = list(tokens)
    for k, token in enumerate(tokens):
        if token.text == "<" and not _belongs_to_size(tokens, k) and (end := _closing(tokens, k)) is not None:
            for at, command in ((k, "\\langle"), (end, "\\rangle")):
                out[at] = tokens[at]._replace(kind=TokenKind.COMMAND, text=command)
    return tuple(out)


def _closing(tokens: Sequence[Token], start: int) -> int | None:
    """The `>` that closes the `<` at `start`."""
    depth = commas = 0
    for k in range(start + 1, min(start + _LONGEST, len(tokens))):
        token = tokens[k]
        if token.kind is TokenKind.OPEN or token.text in _OPENING:
            depth += 1
        elif token.kind is TokenKind.CLOSE or token.text in _CLOSING:
            depth -= 1
        if depth < 0 or token.kind in _INSIDE or (not depth and token.text in ("<", "=")):
            return None
        if not depth and token.kind is TokenKind.SYMBOL and not _belongs_to_size(tokens, k):
            commas += token.text == ","
            if token.text == ">":
                return k if commas == 1 and _ends_an_operand(tokens, k) else None
    return None


def _belongs_to_size(tokens: Sequence[Token], k: int) -> bool:
    """The sign of `\\left<`, `\\right>`."""
    return k > 0 and tokens[k - 1].text in ("\\left", "\\right", "\\middle")


def _ends_an_operand(tokens: Sequence[Token], k: int) -> bool:
    following = tokens[k + 1] if k + 1 < len(tokens) else None
    return following is None or following.kind in _GOES_ON or following.text in _SIGNS
