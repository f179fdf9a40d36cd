"""Big operators: how far the body of a sum, a limit or an integral reaches."""

from __future__ import annotations

from typing import TYPE_CHECKING

from derivcheck.notation import scripts
from derivcheck.notation.symbols import (
    ACCENTS,
    BARS,
    BIG_NAMES,
    CLOSERS,
    FONTS,
    INFIX_FRACTIONS,
    INTEGRALS,
    LETTER_COMMANDS,
    OPENERS,
    OPERATORS,
    TRANSPARENT,
    Rank,
)
from derivcheck.notation.token import Token, TokenKind
from derivcheck.notation.tree import Big, Frac, Juxt, Name, Node, Num, Script, Sym

if TYPE_CHECKING:
    from derivcheck.notation.expression import Expression
    from derivcheck.notation.parser import Parser

_FENCES = frozenset((*OPENERS, *BARS, "\\left"))
_NO_BODY = frozenset((*OPERATORS, *CLOSERS, *_FENCES, *INFIX_FRACTIONS, "\\right"))
_VARIABLES = LETTER_COMMANDS | FONTS.keys() | ACCENTS
_D_KINDS = frozenset({TokenKind.LETTER, TokenKind.NAME, TokenKind.TEXT})


def with_body(parser: Parser, node: Node, end: int) -> Node:
    """A big operator that has just been read, with its body; any other node as it is.

    `\\max(a, b)` without a subscript is a function of its arguments and stays a Name.
    """
    match node:
        case Name(text) if text in BIG_NAMES:
            while parser.pos < end and _is_layout(parser.tokens[parser.pos]):
                parser.pos += 1
            if parser.pos >= end or parser.tokens[parser.pos].text in _NO_BODY:
                return node
            op, sub, sup = text, None, None
        case Script(Name(text), sub, sup, 0) if text in BIG_NAMES:
            op = text
        case Big(op, sub, sup, None):
            pass
        case _:
            return node
    body = _body(parser, op, end)
    if body is None and isinstance(node, Name):
        return node
    last = body.end if body is not None else node.end
    return Big(op, sub, sup, body, start=node.start, end=last)


def _is_layout(token: Token) -> bool:
    return token.kind is TokenKind.CLOSE or token.text in TRANSPARENT


def _body(parser: Parser, op: str, end: int) -> Node | None:
    wanted = INTEGRALS.get(op)
    if wanted is None or not _differential_ahead(parser, end):
        return parser.expression(end, Rank.COLON)
    parser.integrals += 1
    body = parser.expression(end, Rank.SIGN, wanted)
    parser.integrals -= 1
    return body


def read_differential(parser: Parser, built: Expression, node: Node, end: int) -> bool:
    """Is `node`, the operand last read, a differential? The variable of a `d` is read with it."""
    match node:
        case Sym("d") | Script(Sym("d"), None, Num(), 0):
            if not _starts_variable(parser, end) or _differential_at(parser.tokens, parser.pos, end):
                return False  # in `d \, dt` the first d is a factor
            spaced = parser.tokens[parser.pos].spaced
            variable = scripts.scripted(parser, end)
            built.operand(variable, spaced)
            if parser.pos < end and parser.tokens[parser.pos].text == "(" and _is_measure(variable):
                built.operand(scripts.scripted(parser, end))
            return True
        case Juxt((*_, Sym("d"), _)):
            return True
        case Frac(num, den, "frac"):
            return _ends_in_differential(num) and not _starts_with_d(den)
    return False


def takes_another(parser: Parser, taken: int, wanted: int, end: int) -> bool:
    """Does the next differential belong to the same integral? In `\\int\\int f dx dy` it does not."""
    return (parser.integrals <= 1 or taken < wanted) and _differential_at(parser.tokens, parser.pos, end)


def _is_measure(variable: Node) -> bool:
    """`dF(x)`, `d\\mu(x)`; but `dx (1 + x)`."""
    return isinstance(variable, Sym) and (variable.name.startswith("\\") or variable.name.isupper())


def _ends_in_differential(num: Node) -> bool:
    match num:
        case Juxt((*_, Sym("d") | Script(Sym("d")), _)):
            return True
    return False


def _starts_with_d(den: Node) -> bool:
    return isinstance(den, Juxt) and isinstance(den.items[0], Sym) and den.items[0].name == "d"


def _starts_variable(parser: Parser, end: int) -> bool:
    return parser.pos < end and _is_variable(parser.tokens[parser.pos])


def _is_variable(token: Token) -> bool:
    kind = token.kind
    return (
        kind is TokenKind.LETTER
        or kind is TokenKind.OPEN
        or (kind is TokenKind.COMMAND and token.text in _VARIABLES)
    )


def _differential_at(tokens: list[Token], i: int, end: int) -> bool:
    """Does a `d` with a variable stand at i? Upright or not, with a power or not."""
    while i < end and (tokens[i].text in FONTS or tokens[i].kind is TokenKind.OPEN):
        i += 1
    if i >= end:
        return False
    if tokens[i].text != "\\dd" and not (tokens[i].text == "d" and tokens[i].kind in _D_KINDS):
        return False
    i += 1
    if i < end and tokens[i].kind is TokenKind.CLOSE:
        i += 1
    if i + 1 < end and tokens[i].kind is TokenKind.SUP:
        i += 2
        if tokens[i - 1].kind is TokenKind.OPEN:
            i += 2
        elif not tokens[i - 1].text.isdigit():
            return False
    return i < end and _is_variable(tokens[i])


def _differential_ahead(parser: Parser, end: int) -> bool:
    """Does one follow in this region? Each stretch of tokens is searched once."""
    known = parser.differentials.get(end, -1)
    if known >= parser.pos:
        return known < end
    tokens, partner = parser.tokens, parser.layout.partner
    i = parser.pos
    while i < end and not (tokens[i].text in ("d", "\\dd") and _differential_at(tokens, i, end)):
        fenced = partner[i] > i and (
            tokens[i].kind is not TokenKind.OPEN or tokens[i - 1].kind in _SCRIPT_MARKS
        )
        i = partner[i] + 1 if fenced else i + 1
    parser.differentials[end] = max(i, end) if i >= end else i
    return i < end


_SCRIPT_MARKS = frozenset({TokenKind.SUP, TokenKind.SUB})
