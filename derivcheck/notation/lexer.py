"""The text of a math block as tokens: user macros expanded, layout dropped, prose gathered into TEXT.

What the parser can rely on: thin spaces only set `spaced`; wide ones are COMMAND `\\quad`; `\\text{…}` is
TEXT and `\\operatorname{…}` NAME; sizes, colours, labels and tags are gone; `\\left`, `\\middle`, `\\right`
stay, and are put where `\\bigl|…\\bigr|` pair up; `\\not=` is `\\ne`; an array's column
specification has been read.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from types import MappingProxyType

from derivcheck.documents.model import Macro
from derivcheck.notation import layout
from derivcheck.notation.angles import with_angles
from derivcheck.notation.bare_words import with_words
from derivcheck.notation.expand import expand
from derivcheck.notation.scan import scan
from derivcheck.notation.symbols import OPENERS, OPERATORS
from derivcheck.notation.token import Token, TokenKind

_NONE: Mapping[str, Macro] = MappingProxyType({})
_COMMAND, _OPEN, _CLOSE, _SYMBOL = TokenKind.COMMAND, TokenKind.OPEN, TokenKind.CLOSE, TokenKind.SYMBOL
_SCRIPTS = (TokenKind.SUP, TokenKind.SUB)
_BEFORE_OPERAND = frozenset({_OPEN, TokenKind.AMP, TokenKind.NEWLINE, TokenKind.BEGIN, *_SCRIPTS})
_WIDE = 0.9  # em; thin spaces that add up to it separate like \quad


def tokenize(text: str, macros: Mapping[str, Macro] = _NONE) -> tuple[Token, ...]:
    """The tokens of a math block; never raises, linear in the text and in the (bounded) expansion."""
    return with_angles(with_words(_Folding(expand(scan(text), macros)).run()))


class _Folding:
    """One pass over raw tokens: `out` is the result so far, `gap` the width in em of the spaces after it."""

    def __init__(self, tokens: Sequence[Token]) -> None:
        self.tokens = tokens
        self.at = 0
        self.out: list[Token] = []
        self.gap = 0.0
        self.depth = 0
        self.left_out: dict[
            int, int
        ] = {}  # closing braces of unwrapped groups: the length of `out` at their start
        self.prefix: int | None = None  # where a dropped size or colour starts: the next token takes it in
        self.bars: list[tuple[int, int]] = []  # \left written for a \bigl: (index in out, brace depth)
        self.norms: list[int] = []  # brace depths at which a \parallel has opened a norm
        self._closing: dict[int, int] | None = None

    def run(self) -> tuple[Token, ...]:
        tokens, size, folds, out = self.tokens, len(self.tokens), _FOLDS, self.out
        while self.at < size:
            token = tokens[self.at]
            self.at += 1
            kind = token.kind
            if kind is _COMMAND:
                if (fold := folds.get(token.text)) is not None:
                    fold(self, token)
                    continue
            elif kind is _OPEN:
                self.depth += 1
            elif kind is _CLOSE:
                if self.at - 1 in self.left_out:
                    self.take_in(token.end, self.left_out[self.at - 1])
                    continue
                self.depth -= 1
            elif kind is TokenKind.BEGIN:
                self.skip_environment_arguments(token.text)
            elif kind is _SYMBOL and token.text == "~":
                self.gap += 0.33
                continue
            if self.gap or self.prefix is not None:
                self.emit(token)
            else:
                out.append(token)
        unpaired = {index for index, _ in self.bars}
        return tuple(t for i, t in enumerate(out) if i not in unpaired) if unpaired else tuple(out)

    def take_in(self, end: int, size: int) -> None:
        """The last token reaches to `end` if it stands in the group whose braces are left out."""
        if len(self.out) > size and self.out[-1].end < end:
            last = self.out[-1]
            self.out[-1] = Token(last.kind, last.text, last.start, end, last.spaced)

    def emit(self, token: Token) -> None:
        if self.prefix is not None:
            token = Token(token.kind, token.text, min(self.prefix, token.start), token.end, token.spaced)
            self.prefix = None
        if self.gap:
            if self.gap >= _WIDE:
                previous = self.out[-1].end if self.out else 0
                self.out.append(Token(_COMMAND, "\\quad", min(previous, token.start), token.start))
            self.gap = 0.0
            if not token.spaced:
                token = Token(token.kind, token.text, token.start, token.end, True)
        self.out.append(token)

    def alias(self, token: Token) -> None:
        self.emit(token._replace(text=layout.ALIASES[token.text]))

    # What follows the current token.

    def next_is(self, kind: TokenKind, text: str | None = None) -> bool:
        if self.at >= len(self.tokens):
            return False
        token = self.tokens[self.at]
        return token.kind is kind and (text is None or token.text == text)

    def closing(self) -> int | None:
        """Index of the brace that closes the group that follows."""
        if not self.next_is(_OPEN):
            return None
        if self._closing is None:
            self._closing = _matching_braces(self.tokens)
        return self._closing.get(self.at)

    def group(self) -> Sequence[Token] | None:
        """The tokens of a braced group that follows, consumed; None when there is no closed one."""
        if (closing := self.closing()) is None:
            return None
        content = self.tokens[self.at + 1 : closing]
        self.at = closing + 1
        return content

    def end_of(self, command: Token) -> int:
        """Where a command ends whose last argument has just been read."""
        return max(command.end, self.tokens[self.at - 1].end)

    def skip_optional(self) -> None:
        """Consume `[…]` if it follows."""
        if self.next_is(_SYMBOL, "["):
            for i in range(self.at, min(self.at + layout.MAX_OPTIONAL, len(self.tokens))):
                if self.tokens[i].kind is _SYMBOL and self.tokens[i].text == "]":
                    self.at = i + 1
                    return

    def skip_star(self) -> None:
        if self.next_is(_SYMBOL, "*"):
            self.at += 1

    def skip_environment_arguments(self, name: str) -> None:
        """`[t]` of aligned, the column specification of array, the number of alignat."""
        if self.next_is(_SYMBOL, "[") and (
            self.at + 2 < len(self.tokens)
            and (self.tokens[self.at + 1].text in ("t", "b", "c") or name in layout.ARRAYS)
            and self.tokens[self.at + 2].text == "]"
        ):
            self.at += 3
        if name in layout.ARRAYS:
            self.skip_optional()
            self.group()
        elif name.endswith("matrix*"):
            self.skip_optional()

    # One method per way of folding a command.

    def drop(self, token: Token) -> None:
        """Layout only."""

    def space(self, token: Token) -> None:
        self.gap += layout.SPACES[token.text]

    def drop_with_arguments(self, token: Token) -> None:
        self.skip_star()
        self.skip_optional()
        for _ in range(layout.DROPPED_WITH_ARGUMENTS[token.text]):
            self.group()
        if token.text == "\\color":
            self.unwrap_group(token.start)

    def unwrap(self, token: Token) -> None:
        self.skip_optional()
        for _ in range(layout.UNWRAPPED[token.text]):
            self.group()
            self.skip_optional()
        self.unwrap_group(token.start)

    def unwrap_group(self, start: int) -> None:
        """Leave out the braces of the group that follows, unless a script hangs on it."""
        closing = self.closing()
        if closing is None or (self.out and self.out[-1].kind in _SCRIPTS):
            return
        if closing + 1 < len(self.tokens):
            after = self.tokens[closing + 1]
            if after.kind in _SCRIPTS or after.text == "'":
                return
        whole = self.is_one_side(closing)
        self.left_out[closing] = len(self.out) if whole else len(self.tokens)
        self.at += 1
        if whole and self.prefix is None:
            self.prefix = start

    def is_one_side(self, closing: int) -> bool:
        """Is the group that follows short and without relations? Then its wrapper belongs to it."""
        if closing - self.at > layout.MAX_NAME:
            return False
        return not any(
            t.text in layout.SEPARATING or t.kind in (TokenKind.AMP, TokenKind.NEWLINE)
            for t in self.tokens[self.at : closing]
        )

    def hspace(self, token: Token) -> None:
        self.skip_star()
        if (content := self.group()) is not None:
            self.gap += layout.width(_source(content))

    def skip_bare_length(self, token: Token) -> None:
        """`\\hskip 1em`, `\\kern-2pt`, `\\mkern3mu`: the length stands without braces."""
        parts: list[str] = []
        while self.at < len(self.tokens) and len(parts) < 4:
            following = self.tokens[self.at]
            if following.kind is not TokenKind.NUMBER and following.text != "-":
                break
            parts.append(following.text)
            self.at += 1
        unit = "".join(t.text for t in self.tokens[self.at : self.at + 2])
        if parts and unit in layout.UNITS:
            self.at += 2
            self.gap += layout.width("".join(parts) + unit)

    def text(self, token: Token) -> None:
        self.skip_star()
        if (content := self.group()) is not None:
            self.emit(Token(TokenKind.TEXT, _source(content), token.start, self.end_of(token), token.spaced))

    def text_if_words(self, token: Token) -> None:
        """`\\textit{for all}` is prose, `\\textit{AB}` and `\\textbf{x}` are fonts."""
        start = self.at
        content = self.group()
        if content is not None:
            source = _source(content)
            if " " in source.strip() and not any(t.kind is _COMMAND for t in content):
                self.emit(Token(TokenKind.TEXT, source, token.start, self.end_of(token), token.spaced))
                return
        self.at = start
        self.emit(token)

    def upright(self, token: Token) -> None:
        """`\\mathrm{if}` is prose when it is one of the little words of mathematical prose."""
        start = self.at
        closing = self.closing()
        if closing is not None and closing - start <= layout.MAX_OPTIONAL:
            content = self.tokens[start + 1 : closing]
            word = "".join(t.text if t.kind in (TokenKind.LETTER, _SYMBOL) else " " for t in content).strip(
                " .,~"
            )
            if word and set(word.replace("~", " ").split()) <= layout.WORDS:
                self.at = closing + 1
                self.emit(
                    Token(
                        TokenKind.TEXT, word.replace("~", " "), token.start, self.end_of(token), token.spaced
                    )
                )
                return
        self.emit(token)

    def row_text(self, token: Token) -> None:
        """`\\intertext{…}` is a row of its own."""
        self.emit(Token(TokenKind.NEWLINE, "\\\\", token.start, token.start))
        self.text(token)
        self.emit(Token(TokenKind.NEWLINE, "\\\\", self.out[-1].end, self.out[-1].end))

    def operator_name(self, token: Token) -> None:
        self.skip_star()
        content = self.group()
        if content is None:
            self.emit(token)
            return
        name = "".join(t.text for t in content if t.kind not in (_COMMAND, _OPEN, _CLOSE))
        name = name or "".join(
            t.text[1:] for t in content if t.kind is _COMMAND and t.text not in layout.FONTS
        )
        self.emit(Token(TokenKind.NAME, name, token.start, self.end_of(token), token.spaced))

    def mathop(self, token: Token) -> None:
        """`\\mathop{\\mathrm{tr}}` is a name; around anything else `\\mathop` says nothing."""
        closing = self.closing()
        if closing is None or closing - self.at > layout.MAX_NAME:
            return
        content = self.tokens[self.at + 1 : closing]
        letters = [t for t in content if t.kind is TokenKind.LETTER]
        plain = all(t.kind in (TokenKind.LETTER, _OPEN, _CLOSE) or t.text in layout.FONTS for t in content)
        if plain and len(letters) > 1:
            self.at = closing + 1
            name = "".join(t.text for t in letters)
            self.emit(Token(TokenKind.NAME, name, token.start, self.end_of(token), token.spaced))
        elif all(t.kind is _SYMBOL for t in content):
            self.unwrap_group(token.start)

    def size(self, token: Token) -> None:
        """`\\bigl|` and `\\bigr|` that pair up become `\\left|` and `\\right|`; any other size is dropped."""
        side = layout.SIZES[token.text]
        if self.at >= len(self.tokens) or self.tokens[self.at].text not in layout.BARS:
            self.prefix = token.start
            return
        if side == "l":
            self.emit(Token(_COMMAND, "\\left", token.start, token.end, token.spaced))
            self.bars.append((len(self.out) - 1, self.depth))
        elif side == "r" and self.bars and self.bars[-1][1] == self.depth:
            self.bars.pop()
            self.emit(Token(_COMMAND, "\\right", token.start, token.end, token.spaced))

    def negate(self, token: Token) -> None:
        if self.at >= len(self.tokens):
            return
        negated = self.tokens[self.at]
        self.at += 1
        if negated.kind in (_SYMBOL, _COMMAND):
            name = layout.NEGATED.get(negated.text, "\\not" + negated.text)
            self.emit(Token(_COMMAND, name, token.start, negated.end, token.spaced))
        else:
            self.at -= 1
            self.emit(token)

    def parallel(self, token: Token) -> None:
        """`\\parallel x\\parallel` is a norm: a sign that stands where no relation can opens it, the next closes."""
        last = self.out[-1] if self.out else None
        opens = last is None or last.kind in _BEFORE_OPERAND or last.text in OPERATORS or last.text in OPENERS
        closes = not opens and self.norms[-1:] == [self.depth]
        if closes:
            self.norms.pop()
        elif (opens and self._closing_parallel()) or self._closing_parallel(scripted=True):
            self.norms.append(self.depth)
        else:
            self.emit(token)
            return
        self.emit(Token(_COMMAND, "\\|", token.start, token.end, token.spaced))

    def _closing_parallel(self, *, scripted: bool = False) -> bool:
        """Is there a next sign (with a script on it, as only norms have)?"""
        following = self.tokens[self.at : self.at + layout.MAX_OPTIONAL]
        for t, after in zip(following, (*following[1:], None), strict=True):
            if t.kind is _COMMAND and t.text == "\\parallel":
                return not scripted or (after is not None and after.kind in _SCRIPTS)
        return False

    def newline(self, token: Token) -> None:
        self.emit(Token(TokenKind.NEWLINE, "\\\\", token.start, token.end, token.spaced))


_Fold = Callable[[_Folding, Token], None]
_FOLDS: dict[str, _Fold] = {
    **dict.fromkeys(layout.SPACES, _Folding.space),
    **dict.fromkeys(layout.DROPPED, _Folding.drop),
    **dict.fromkeys(layout.DROPPED_WITH_ARGUMENTS, _Folding.drop_with_arguments),
    **dict.fromkeys(layout.UNWRAPPED, _Folding.unwrap),
    **dict.fromkeys(layout.TEXT, _Folding.text),
    **dict.fromkeys(layout.TEXT_IF_WORDS, _Folding.text_if_words),
    **dict.fromkeys(layout.ROW_TEXT, _Folding.row_text),
    **dict.fromkeys(layout.OPERATOR_NAME, _Folding.operator_name),
    **dict.fromkeys(layout.NEWLINES, _Folding.newline),
    **dict.fromkeys(layout.SIZES, _Folding.size),
    **dict.fromkeys(("\\hskip", "\\kern", "\\mkern", "\\mskip"), _Folding.skip_bare_length),
    **dict.fromkeys(layout.ALIASES, _Folding.alias),
    "\\hspace": _Folding.hspace,
    "\\mspace": _Folding.hspace,
    "\\mathrm": _Folding.upright,
    "\\mathop": _Folding.mathop,
    "\\parallel": _Folding.parallel,
    "\\not": _Folding.negate,
}


FOLDED = frozenset(_FOLDS)


def _matching_braces(tokens: Sequence[Token]) -> dict[int, int]:
    """The index of the closing brace by that of the opening one."""
    closing: dict[int, int] = {}
    opened: list[int] = []
    for i, token in enumerate(tokens):
        if token.kind is _OPEN:
            opened.append(i)
        elif token.kind is _CLOSE and opened:
            closing[opened.pop()] = i
    return closing


def _source(tokens: Sequence[Token]) -> str:
    """Tokens written out again, a blank where white space stood."""
    parts: list[str] = []
    for token in tokens:
        if token.spaced:
            parts.append(" ")
        parts.append(" " if token.text == "~" or token.text in layout.SPACES else token.text)
    return "".join(parts)
