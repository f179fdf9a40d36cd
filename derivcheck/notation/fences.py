"""Fences, bars and annotated relation signs."""

from __future__ import annotations

from typing import TYPE_CHECKING

from derivcheck.notation import scripts
from derivcheck.notation.symbols import BARS, DELIMITERS, RELATIONS, Rank
from derivcheck.notation.token import TokenKind
from derivcheck.notation.tree import At, Empty, Fence, Grid, Node

if TYPE_CHECKING:
    from derivcheck.notation.expression import Expression
    from derivcheck.notation.parser import Parser

_SCRIPTS = frozenset({TokenKind.SUP, TokenKind.SUB})


def read_fence(parser: Parser, end: int) -> Node:
    """The fence opened at the cursor; without a partner it runs to the end of what surrounds it."""
    tokens, start = parser.tokens, parser.pos
    inside = start + 1
    if tokens[start].text == "\\left":
        if inside >= end or tokens[inside].text not in DELIMITERS:
            parser.pos = inside
            return parser.opaque(start, inside, "\\left without a delimiter")
        inside += 1
    opener = DELIMITERS[tokens[inside - 1].text]
    close = parser.layout.partner[start]
    if not inside <= close < end:
        body = parser.region(inside, end)
        return _fenced(opener, ".", body, tokens[start].start, tokens[end - 1].end)
    body = parser.region(inside, close)
    if tokens[close].text == "\\right":
        close += 1
    closer = DELIMITERS.get(tokens[close].text, ".") if close < end else "."
    parser.pos = min(close + 1, end)
    last = tokens[parser.pos - 1].end
    if opener == "." and closer == "|" and parser.pos < end and tokens[parser.pos].kind in _SCRIPTS:
        return At(body, None, None, start=tokens[start].start, end=last)
    return _fenced(opener, closer, body, tokens[start].start, last)


def _fenced(opener: str, closer: str, body: Node, start: int, end: int) -> Node:
    if isinstance(body, Grid) and body.open == body.close == "." and body.env != "substack":
        return Grid(body.env, opener, closer, body.rows, start=start, end=end)
    return Fence(opener, closer, body, start=start, end=end)


def bar_at(parser: Parser) -> tuple[str, int]:
    """The bar at the cursor and how many tokens make it: `||` is `\\|`."""
    norms = parser.layout.adjacent if parser.bar == "\\|" else parser.layout.doubled
    if parser.pos in norms:
        return "\\|", 2
    return BARS[parser.tokens[parser.pos].text], 1


def read_bars(parser: Parser, end: int) -> Node:
    """`|…|` or `\\|…\\|`, the cursor on the first bar."""
    start = parser.pos
    bar, width = bar_at(parser)
    outer, parser.bar = parser.bar, bar
    parser.pos += width
    body = parser.expression(end)
    first = parser.tokens[start].start
    inner = body if body is not None else Empty(start=first + 1, end=first + 1)
    closed = parser.pos < end and parser.tokens[parser.pos].text in BARS and bar_at(parser)[0] == bar
    if closed:
        parser.pos += bar_at(parser)[1]
    parser.bar = outer
    return _fenced(bar, bar if closed else ".", inner, first, parser.tokens[parser.pos - 1].end)


def meet_bar(parser: Parser, built: Expression, end: int, floor: Rank) -> bool | None:
    """What a bar is, by its surroundings: True when it has been dealt with, False when it closes the
    innermost fence, None when it opens a fence."""
    bar, width = bar_at(parser)
    left = parser.layout.bars_left.get(parser.pos, 1)
    closes = parser.bar == bar
    if built.expects_operand or built.follows_function:
        if closes and (left == 1 or built.is_lone_operator):
            return False
        if not _has_script(parser, parser.pos + width, end) or left > 1:
            return None
    if closes:
        return False
    if _has_script(parser, parser.pos + width, end) and left % 2:
        body = built.take_product() or Empty(
            start=parser.tokens[parser.pos].start, end=parser.tokens[parser.pos].start
        )
        parser.pos += width
        at = At(body, None, None, start=body.start, end=parser.tokens[parser.pos - 1].end)
        built.operand(scripts.scripts(parser, at, end))
        return True
    if left % 2 == 0:
        return None
    if floor is not Rank.SEPARATOR:
        return False
    token = parser.tokens[parser.pos]
    parser.pos += width
    built.operator(Rank.SEPARATOR, bar, token.start, parser.tokens[parser.pos - 1].end)
    return True


def _has_script(parser: Parser, i: int, end: int) -> bool:
    return i < end and parser.tokens[i].kind is TokenKind.SUB


def read_relation(parser: Parser, built: Expression, end: int, floor: Rank) -> bool | None:
    """`\\overset{!}{=}`, `\\stackrel{(a)}{\\le}`, `\\not\\sim`: an annotated relation; None if it is none."""
    tokens, partner, start = parser.tokens, parser.layout.partner, parser.pos
    at = start + 1
    if tokens[start].text != "\\not" and at < end:
        at = partner[at] + 1 if tokens[at].kind is TokenKind.OPEN else at + 1
    last = at
    if 0 < at < end and tokens[at].kind is TokenKind.OPEN:
        last = partner[at]
        at += 1
        if last != at + 1:
            return None
    if not 0 < at < end or tokens[at].text not in RELATIONS:
        return None
    if floor > Rank.RELATION:
        return False
    parser.pos = last + 1
    built.operator(Rank.RELATION, parser.join(start, last + 1), tokens[start].start, tokens[last].end)
    return True
