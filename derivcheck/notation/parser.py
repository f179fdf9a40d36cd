"""Tokens to the surface tree.

Precedence climbing over regions whose ends are known beforehand: every fence, group and cell is read
by one loop, in linear time, and nothing in a document can make it raise.
"""

from __future__ import annotations

from collections.abc import Sequence as Tokens
from typing import Final

from derivcheck.notation import atoms, big, fences, scripts, words
from derivcheck.notation.delimiters import Layout, pair
from derivcheck.notation.expression import Expression
from derivcheck.notation.height import height_exceeds
from derivcheck.notation.symbols import (
    BARS,
    CLOSERS,
    DELIMITERS,
    FONT_SWITCHES,
    INFIX_FRACTIONS,
    OPERATORS,
    ROW_STACKERS,
    STACKS,
    TRANSPARENT,
    Rank,
)
from derivcheck.notation.token import Token, TokenKind
from derivcheck.notation.tree import (
    Add,
    Big,
    Empty,
    Frac,
    Grid,
    Infix,
    Juxt,
    Name,
    Node,
    Opaque,
    Rel,
    Script,
    Sequence,
    Sym,
    Words,
)

MAX_DEPTH: Final = 48  # nested regions; real mathematics stays below 20
MAX_HEIGHT: Final = 500  # of the tree: a\cdot b\cdot c … leans to the left
_SHORT = 300  # tokens that cannot make a tree higher than that

_COMMAND, _SYMBOL, _LETTER, _NUMBER = TokenKind.COMMAND, TokenKind.SYMBOL, TokenKind.LETTER, TokenKind.NUMBER
_OPEN, _CLOSE, _SUP, _SUB = TokenKind.OPEN, TokenKind.CLOSE, TokenKind.SUP, TokenKind.SUB
_AMP, _NEWLINE = TokenKind.AMP, TokenKind.NEWLINE

_SINGLE = frozenset({_LETTER, _NUMBER})
_BODIED = (Big, Name)  # what takes in the product after it
_LOOSE = frozenset({Add, Infix, Rel, Sequence})  # \mathbf{a+b} stands in the line as a+b does

# Commands that act on the expression around them instead of being an operand of it.
_ACTING = frozenset(
    (
        *BARS,
        *CLOSERS,
        *TRANSPARENT,
        *INFIX_FRACTIONS,
        *ROW_STACKERS,
        *FONT_SWITCHES,
        *STACKS,
        "\\right",
        "\\not",
    )
)


def parse(tokens: Tokens[Token], text: str = "") -> Node:
    """The surface tree of one side of a formula; what cannot be read is Opaque inside it.

    With `text`, the math block the tokens come from, an Opaque quotes it; without, it quotes the tokens.
    Punctuation that ends a sentence is not part of the formula.
    """
    end = len(tokens)
    while end and tokens[end - 1].kind is _SYMBOL and tokens[end - 1].text in ".,;":
        end -= 1
    parser = Parser(tokens[:end], text)
    node = parser.region(0, end)
    if end > _SHORT and height_exceeds(node, MAX_HEIGHT):
        return parser.opaque(0, end, "nested too deeply")
    return node


class Parser:
    """A cursor over the tokens of one formula, with what holds there: font, open bar, nesting."""

    __slots__ = ("bar", "depth", "differentials", "font", "integrals", "layout", "pos", "text", "tokens")

    def __init__(self, tokens: Tokens[Token], text: str) -> None:
        self.tokens: list[Token] = list(tokens)
        self.text = text
        self.layout: Layout = pair(tokens)
        self.pos = 0
        self.depth = 0
        self.font = ""
        self.bar = ""  # the bar that would close the innermost fence
        self.integrals = 0  # integrals in this region that wait for their differential
        self.differentials: dict[int, int] = {}  # region end -> the next differential known in it

    # Regions and expressions.

    def region(self, start: int, end: int) -> Node:
        """All of tokens[start:end] as one node; the cursor ends up at `end`."""
        if end - start == 1 and self.tokens[start].kind in _SINGLE:  # most groups, scripts and cells
            self.pos = start
            return self.atom(end)
        bar, integrals, font = self.bar, self.integrals, self.font
        self.bar, self.integrals, self.pos = "", 0, start
        node = self.expression(end)
        self.pos = end
        self.bar, self.integrals, self.font = bar, integrals, font
        if node is None:
            at = self.tokens[start].start if start < len(self.tokens) else 0
            return Empty(start=at, end=at)
        return node

    def expression(self, end: int, floor: Rank = Rank.SEPARATOR, differentials: int = 0) -> Node | None:
        """Reads up to `end`, to an operator looser than `floor`, to the closing bar, or through the
        differential when `differentials` are waited for. None when nothing was there."""
        if self.depth >= MAX_DEPTH:
            start, self.pos = self.pos, end
            return self.opaque(start, end, "nested too deeply") if start < end else None
        self.depth += 1
        built = Expression()
        tokens = self.tokens
        spaced = False
        first, taken, leading = (
            -1,
            0,
            False,
        )  # first operand, differentials so far, do they open the integral?
        while self.pos < end:
            pos = self.pos
            token = tokens[pos]
            kind = token.kind
            if kind is _COMMAND or kind is _SYMBOL:
                text = token.text
                rank = OPERATORS.get(text)
                if rank is not None:
                    if rank is Rank.COLON and self.is_definition(pos, end):
                        rank = Rank.RELATION
                    if rank < floor and not (rank is Rank.SIGN and built.is_fresh):
                        break
                    self.operator(built, rank, token, end)
                    continue
                if text in _ACTING:
                    if text in TRANSPARENT:
                        spaced = spaced or text in ("\\quad", "\\qquad")
                        self.pos = pos + 1
                        continue
                    if (going_on := self.act(built, text, end, floor)) is not None:
                        if going_on:
                            continue
                        break
            elif (
                kind is _CLOSE
                or kind is _AMP
                or (kind is _OPEN and self.is_inline(pos, end))
                or (kind is _NEWLINE and self.is_last_break(pos, end))
            ):
                self.pos = pos + 1
                continue
            node = scripts.scripted(self, end)
            if isinstance(node, _BODIED) or (isinstance(node, Script) and isinstance(node.base, Name)):
                node = big.with_body(self, node, end)
            if isinstance(node, Words) and words.is_prose(self, node, not built.expects_operand, end):
                if floor is Rank.COLON and not built.is_fresh:
                    self.pos = pos
                    break
                if floor is Rank.SEPARATOR:
                    built.words(node)
                    spaced = False
                    continue
            if type(node) is Empty:
                continue
            if isinstance(node, Juxt):
                for item in node.items:
                    built.operand(item, spaced or token.spaced)
                    spaced = False
            elif type(node) in _LOOSE and floor is Rank.SEPARATOR:
                built.absorb(node)
            else:
                built.operand(node, spaced or token.spaced)
            spaced = False
            if differentials:
                first = pos if first < 0 else first
                if big.read_differential(self, built, node, end):
                    leading = leading or (taken == 0 and first == pos)
                    taken += 1
                    if not big.takes_another(self, taken, differentials, end):
                        if not leading:
                            break
                        floor, differentials = Rank.COLON, 0  # \int dx f(x)
        self.depth -= 1
        return built.finish(tokens[self.pos - 1].end if self.pos else 0)

    def operator(self, built: Expression, rank: Rank, token: Token, end: int) -> None:
        start, text = self.pos, token.text
        self.pos += 1
        following = self.tokens[self.pos] if self.pos < end else None
        if following is not None:
            if text == ":" and rank is Rank.RELATION:
                self.pos += 1
                text = ":="
            elif text == "\\middle":
                self.pos += 1
                text = DELIMITERS.get(following.text, following.text)
                if text == "/":
                    rank = Rank.INFIX
            elif text.startswith("\\x"):  # \xrightarrow[below]{above}
                if following.text == "[" and 0 < self.layout.partner[self.pos] < end:
                    self.pos = self.layout.partner[self.pos] + 1
                self.skip_groups(end)
                text = self.join(start, self.pos)
        built.operator(rank, text, token.start, token.end)

    def is_last_break(self, pos: int, end: int) -> bool:
        """A row break before a closing brace breaks nothing."""
        return pos + 1 < end and self.tokens[pos + 1].kind is _CLOSE

    def is_definition(self, pos: int, end: int) -> bool:
        """Is the colon at `pos` that of `:=`?"""
        return pos + 1 < end and self.tokens[pos + 1].text == "=" and not self.tokens[pos + 1].spaced

    def act(self, built: Expression, text: str, end: int, floor: Rank) -> bool | None:
        """Lets a command act on what has been built: True to go on, False to stop, None for an operand."""
        start = self.pos
        if text in BARS:
            return fences.meet_bar(self, built, end, floor)
        if text in CLOSERS or text == "\\right":
            if text in CLOSERS and self.layout.partner[start] > start:
                return None
            self.pos += 2 if text == "\\right" and start + 1 < end else 1
            built.operand(self.opaque(start, self.pos, "unmatched closing delimiter"))
            return True
        if text in FONT_SWITCHES:
            self.font = FONT_SWITCHES[text]
            self.pos += 1
            return True
        if text in STACKS or text == "\\not":
            return fences.read_relation(self, built, end, floor)
        if floor is not Rank.SEPARATOR:
            return False
        self.pos += 1
        above = built.finish(self.tokens[start].end)
        below = self.expression(end)
        num = above or Empty(start=self.tokens[start].start, end=self.tokens[start].start)
        den = below or Empty(start=self.tokens[start].end, end=self.tokens[start].end)
        node: Node = Frac(num, den, INFIX_FRACTIONS.get(text, "frac"), start=num.start, end=den.end)
        if text in ROW_STACKERS:
            node = Grid("substack", ".", ".", ((num,), (den,)), start=num.start, end=den.end)
        built.clear()
        built.operand(node)
        return True

    def is_inline(self, pos: int, end: int) -> bool:
        """A group without scripts is typographic: what it holds stands in the line around it."""
        close = self.layout.partner[pos]
        if close < 0 or pos in self.layout.switched:
            return close < 0
        if close + 1 >= end:
            return close > pos + 1 or close + 1 == end
        following = self.tokens[close + 1]
        return following.kind is not _SUP and following.kind is not _SUB and following.text not in scripts.MARKS

    # Operands.

    def argument(self, end: int) -> Node:
        """A group, or the single thing that stands for one: `\\frac12`, `x^\\top`, `\\hat\\beta`."""
        if self.pos >= end:
            at = self.tokens[end - 1].end if end else 0
            return Opaque("", "missing argument", start=at, end=at)
        if self.depth >= MAX_DEPTH:
            start, self.pos = self.pos, end
            return self.opaque(start, end, "nested too deeply")
        token = self.tokens[self.pos]
        if token.kind is _NUMBER and len(token.text) > 1:
            return self.digit(token)
        if token.text in OPERATORS or token.text in scripts.MARKS:
            self.pos += 1
            return Sym("\\prime" if token.text == "'" else token.text, start=token.start, end=token.end)
        self.depth += 1
        # an unbraced argument is one letter, whatever word it begins: `\\mathsf DF` is D of F
        node = self.atom(self.pos + 1 if token.kind is TokenKind.LETTER else end)
        self.depth -= 1
        return node

    def digit(self, token: Token) -> Node:
        """The first digit of a number: `\\frac12` is a half."""
        digit = Token(_NUMBER, token.text[0], token.start, token.start + 1, token.spaced)
        rest = Token(_NUMBER, token.text[1:], token.start + 1, token.end)
        self.tokens[self.pos] = digit
        node = self.atom(self.pos + 1)
        self.pos -= 1
        self.tokens[self.pos] = rest
        return node

    def atom(self, end: int) -> Node:
        return atoms.read(self, end)

    # Quoting.

    def join(self, start: int, end: int) -> str:
        """The tokens as LaTeX that reads back as them."""
        return atoms.join(self.tokens[start:end])

    def opaque(self, start: int, end: int, reason: str) -> Opaque:
        first, last = self.tokens[start].start, self.tokens[end - 1].end
        source = self.text[first:last] if self.text else self.join(start, end)
        return Opaque(source, reason, start=first, end=last)

    def skip_groups(self, end: int) -> None:
        """Moves over the brace groups that follow."""
        partner = self.layout.partner
        while self.pos < end and self.tokens[self.pos].kind is _OPEN and 0 < partner[self.pos] < end:
            self.pos = partner[self.pos] + 1
