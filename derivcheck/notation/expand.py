"""User macros replaced by their bodies, boundedly.

A call that would exceed a bound, or whose arguments are missing, stays as its COMMAND token, which the parser
shows as opaque. Tokens of a body stand at the call; tokens of an argument keep their own place.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence

from derivcheck.documents.model import Macro
from derivcheck.notation.scan import scan_body
from derivcheck.notation.token import Token, TokenKind

MAX_DEPTH = 64
MAX_EXPANSIONS = 10_000
MAX_TOKENS = 100_000  # read or written while expanding
MAX_DELIMITER = 16
_FROM_DEFAULT = -1  # depth of a token of an optional argument's default: it has no place of its own

_SIZES = frozenset(
    "\\" + size + side for size in ("big", "Big", "bigg", "Bigg") for side in ("", "l", "r", "m")
)


def expand(tokens: Sequence[Token], macros: Mapping[str, Macro]) -> list[Token]:
    """`tokens` with every call of a user macro expanded and every definition inside the math left out."""
    if not any(t.kind is TokenKind.COMMAND and (t.text in macros or t.text in _DEFINITIONS) for t in tokens):
        return list(tokens)
    return _Expansion(tokens, macros).run()


class _MissingError(Exception):
    """The call lacks an argument."""


class _Expansion:
    """One expansion: `pending` is the input still to be read, reversed, each token with its macro depth."""

    def __init__(self, tokens: Sequence[Token], macros: Mapping[str, Macro]) -> None:
        self.pending: list[tuple[Token, int]] = [(t, 0) for t in reversed(tokens)]
        self.taken: list[tuple[Token, int]] = []  # what the current call has consumed
        self.macros = macros
        self.work = 0
        self.calls = 0

    def run(self) -> list[Token]:
        out: list[Token] = []
        while self.pending:
            token, depth = self.pending.pop()
            if token.kind is TokenKind.COMMAND:
                if (macro := self.macros.get(token.text)) is not None:
                    if self.within_bounds(depth) and self.attempt(self.call, macro, token, depth):
                        continue
                elif (
                    (swallow := _DEFINITIONS.get(token.text))
                    and self.work < MAX_TOKENS
                    and self.attempt(swallow, self)
                ):
                    continue
            out.append(token)
        return out

    def within_bounds(self, depth: int) -> bool:
        return depth < MAX_DEPTH and self.calls < MAX_EXPANSIONS and self.work < MAX_TOKENS

    def attempt(self, read: Callable[..., None], *arguments: object) -> bool:
        """Run `read`; when an argument is missing, put back what it consumed."""
        self.taken = []
        try:
            read(*arguments)
        except _MissingError:
            self.work += len(self.taken)
            self.pending.extend(reversed(self.taken))
            return False
        self.work += len(self.taken)
        return True

    def call(self, macro: Macro, name: Token, depth: int) -> None:
        arguments = self.arguments(macro)
        body = scan_body(macro.body)
        start = name.start
        end = max([name.end, *(t.end for t, _ in self.taken)])
        produced: list[tuple[Token, int]] = []
        for token in body:
            if token.text[0:1] == "#" and token.kind is TokenKind.SYMBOL and len(token.text) == 2:
                index = int(token.text[1]) - 1
                if index < len(arguments):
                    produced.extend(
                        (Token(t.kind, t.text, start, end, t.spaced), depth + 1)
                        if level == _FROM_DEFAULT
                        else (t, level)
                        for t, level in arguments[index]
                    )
                if len(produced) + self.work > MAX_TOKENS:
                    raise _MissingError
                continue
            produced.append((Token(token.kind, token.text, start, end, token.spaced), depth + 1))
        if produced and name.spaced and not produced[0][0].spaced:
            produced[0] = (_spaced(produced[0][0]), produced[0][1])
        self.calls += 1
        self.work += len(produced) + 1
        self.pending.extend(reversed(produced))

    def arguments(self, macro: Macro) -> list[list[tuple[Token, int]]]:
        if macro.delimiters is not None:
            return self.delimited(macro.delimiters)
        if macro.star:
            self.skip_star_and_size()
        found: list[list[tuple[Token, int]]] = []
        if macro.default is not None:
            found.append(self.optional() or [(t, _FROM_DEFAULT) for t in scan_body(macro.default)])
        while len(found) < macro.arity:
            found.append(self.argument())
        return found

    def skip_star_and_size(self) -> None:
        if self.next_is("*"):
            self.take()
        if self.next_is("[") and len(self.pending) > 2 and self.pending[-2][0].text in _SIZES:
            self.optional()

    def take(self) -> Token:
        if not self.pending:
            raise _MissingError
        item = self.pending.pop()
        self.taken.append(item)
        return item[0]

    def next_is(self, character: str) -> bool:
        return bool(self.pending) and self.pending[-1][0].text == character

    def argument(self) -> list[tuple[Token, int]]:
        """A braced group without its braces, or one token (one digit of a number)."""
        token = self.take()
        if token.kind is TokenKind.CLOSE or token.kind is TokenKind.AMP or token.kind is TokenKind.NEWLINE:
            raise _MissingError
        if token.kind is TokenKind.OPEN:
            return self.up_to(lambda t: t.kind is TokenKind.CLOSE)
        if (
            token.kind is TokenKind.NUMBER
            and len(token.text) > 1
            and token.end - token.start == len(token.text)
        ):
            _, depth = self.taken.pop()
            first = Token(token.kind, token.text[0], token.start, token.start + 1, token.spaced)
            rest = Token(token.kind, token.text[1:], token.start + 1, token.end)
            self.taken.append((first, depth))
            self.pending.append((rest, depth))
        return [self.taken[-1]]

    def optional(self) -> list[tuple[Token, int]] | None:
        """The content of `[…]` if one follows."""
        if not self.next_is("["):
            return None
        self.take()
        return self.up_to(lambda t: t.kind is TokenKind.SYMBOL and t.text == "]")

    def up_to(self, closes: Callable[[Token], bool]) -> list[tuple[Token, int]]:
        """What stands before the first closing token outside braces, which is consumed."""
        content_start = len(self.taken)
        depth = 0
        while True:
            token = self.take()
            if depth == 0 and closes(token):
                return self.taken[content_start:-1]
            if token.kind is TokenKind.OPEN:
                depth += 1
            elif token.kind is TokenKind.CLOSE:
                depth -= 1
                if depth < 0:
                    raise _MissingError

    def delimited(self, delimiters: Sequence[str]) -> list[list[tuple[Token, int]]]:
        """Arguments of `\\def\\name#1,#2;{…}`."""
        for expected in scan_body(delimiters[0]) if delimiters else ():
            if self.take().text != expected.text:
                raise _MissingError
        return [
            self.up_to_delimiter(scan_body(text)) if text.strip() else self.argument()
            for text in delimiters[1:]
        ]

    def up_to_delimiter(self, delimiter: Sequence[Token]) -> list[tuple[Token, int]]:
        size, begin, depth = len(delimiter), len(self.taken), 0
        if size > MAX_DELIMITER:
            raise _MissingError
        while True:
            token = self.take()
            if token.kind is TokenKind.OPEN:
                depth += 1
            elif token.kind is TokenKind.CLOSE:
                depth -= 1
            if (
                depth == 0
                and len(self.taken) - begin >= size
                and self.taken[-1][0].text == delimiter[-1].text
            ):
                last = [t.text for t, _ in self.taken[-size:]]
                if last == [t.text for t in delimiter]:
                    return _unbraced(self.taken[begin : len(self.taken) - size])

    def swallow_newcommand(self) -> None:
        """`*`, the name, `[n]`, `[default]`, the body."""
        if self.next_is("*"):
            self.take()
        self.argument()
        while self.optional() is not None:
            pass
        self.argument()

    def swallow_def(self) -> None:
        while self.take().kind is not TokenKind.OPEN:
            pass
        self.up_to(lambda t: t.kind is TokenKind.CLOSE)

    def swallow_let(self) -> None:
        self.take()
        if self.next_is("="):
            self.take()
        self.take()


_DEFINITIONS: dict[str, Callable[[_Expansion], None]] = {
    "\\newcommand": _Expansion.swallow_newcommand,
    "\\renewcommand": _Expansion.swallow_newcommand,
    "\\providecommand": _Expansion.swallow_newcommand,
    "\\DeclareMathOperator": _Expansion.swallow_newcommand,
    "\\DeclareRobustCommand": _Expansion.swallow_newcommand,
    "\\def": _Expansion.swallow_def,
    "\\gdef": _Expansion.swallow_def,
    "\\edef": _Expansion.swallow_def,
    "\\let": _Expansion.swallow_let,
}


def _spaced(token: Token) -> Token:
    return Token(token.kind, token.text, token.start, token.end, True)


def _unbraced(items: list[tuple[Token, int]]) -> list[tuple[Token, int]]:
    """A delimited argument that is one braced group loses its braces."""
    if len(items) < 2 or items[0][0].kind is not TokenKind.OPEN or items[-1][0].kind is not TokenKind.CLOSE:
        return items
    depth = 0
    for i, (token, _) in enumerate(items):
        depth += (token.kind is TokenKind.OPEN) - (token.kind is TokenKind.CLOSE)
        if depth == 0 and i < len(items) - 1:
            return items
    return items[1:-1]
