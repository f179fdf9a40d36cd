"""Operands: letters, numbers, words, commands with their arguments, environments."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import replace
from typing import TYPE_CHECKING

from derivcheck.notation import fences, scripts, words
from derivcheck.notation.quotients import QUOTIENTS, read_quotient
from derivcheck.notation.symbols import (
    ACCENT_ALIASES,
    ACCENTS,
    BARS,
    BIG_NAMES,
    BIG_SIGNS,
    CLOSERS,
    DOTS,
    DOUBLE_STRUCK_COMMANDS,
    FONTS,
    FRACTIONS,
    GRIDS,
    NAME_COMMANDS,
    NOTED_STYLES,
    OPENERS,
    STACKS,
    STYLES,
    SYMBOL_COMMANDS,
)
from derivcheck.notation.token import Token, TokenKind
from derivcheck.notation.tree import (
    Accent,
    Big,
    Dots,
    Empty,
    Fence,
    Frac,
    Grid,
    Juxt,
    Name,
    Node,
    Num,
    Script,
    Sqrt,
    Stack,
    Styled,
    Sym,
)

if TYPE_CHECKING:
    from derivcheck.notation.parser import Parser

_COMMAND, _SYMBOL, _OPEN, _CLOSE = TokenKind.COMMAND, TokenKind.SYMBOL, TokenKind.OPEN, TokenKind.CLOSE
_CHARACTERS = frozenset({"@", "?", "#", "%", "$", "&"})


def read(parser: Parser, end: int) -> Node:
    """The operand at the cursor, without scripts; at least one token is read."""
    token = parser.tokens[parser.pos]
    kind = token.kind
    if kind is TokenKind.LETTER:
        return words.read_letters(parser, end)
    if kind is TokenKind.NUMBER:
        parser.pos += 1
        if parser.font and token.text in ("0", "1") and _is_bold_digit(parser, end):
            return Sym(token.text, parser.font, start=token.start, end=token.end)
        return Num(token.text, start=token.start, end=token.end)
    if kind is _COMMAND:
        text = token.text
        if text in SYMBOL_COMMANDS:
            parser.pos += 1
            return Sym(text, parser.font, start=token.start, end=token.end)
        reader = COMMANDS.get(text)
        if reader is not None:
            return reader(parser, end)
        return _read_unknown(parser, end)
    if kind is _SYMBOL:
        return _read_character(parser, end)
    if kind is _OPEN:
        return _read_group(parser, end)
    if kind is TokenKind.TEXT or kind is TokenKind.NAME:
        return words.read_words(parser, end)
    if kind is TokenKind.BEGIN:
        return _read_environment(parser, end)
    parser.pos += 1
    reason = "row break" if kind is TokenKind.NEWLINE else f"stray {kind.value}"
    return parser.opaque(parser.pos - 1, parser.pos, reason)


def _is_bold_digit(parser: Parser, end: int) -> bool:
    """`\\mathbf{1}`, `\\mathbf{0}_n`, `\\mathbb{1}`: a digit of its own, not one inside an expression."""
    tokens, i = parser.tokens, parser.pos - 1
    if i > 0 and tokens[i - 1].text in FONTS:
        return True
    starts = i == 0 or tokens[i - 1].kind is _OPEN
    ends = parser.pos >= end or tokens[parser.pos].kind in (TokenKind.SUB, TokenKind.SUP, _CLOSE)
    return starts and ends


def _read_character(parser: Parser, end: int) -> Node:
    token = parser.tokens[parser.pos]
    text = token.text
    if text in OPENERS:
        return fences.read_fence(parser, end)
    if text in BARS:
        return fences.read_bars(parser, end)
    if text in CLOSERS and parser.layout.partner[parser.pos] > parser.pos:
        return fences.read_fence(parser, end)
    parser.pos += 1
    if text == "'":  # as an argument: \hat'
        return Sym("\\prime", start=token.start, end=token.end)
    if text in _CHARACTERS:
        return Sym(text, start=token.start, end=token.end)
    return parser.opaque(parser.pos - 1, parser.pos, "stray character")


def _read_group(parser: Parser, end: int) -> Node:
    start, close = parser.pos, parser.layout.partner[parser.pos]
    if not start < close < end:
        parser.pos = start + 1
        return parser.opaque(start, start + 1, "unclosed group")
    node = parser.region(start + 1, close)
    parser.pos = close + 1
    return node


def _read_unknown(parser: Parser, end: int) -> Node:
    """An unknown command takes the brace groups after it along."""
    start = parser.pos
    parser.pos += 1
    if parser.tokens[start].text not in ("\\left", "\\right"):
        parser.skip_groups(end)
    return parser.opaque(start, parser.pos, "unknown command")


def _next(parser: Parser) -> Token:
    parser.pos += 1
    return parser.tokens[parser.pos - 1]


def _last(parser: Parser) -> int:
    return parser.tokens[parser.pos - 1].end


def _read_bracket(parser: Parser, end: int) -> Node | None:
    """An optional argument `[…]`, the cursor before it."""
    close = parser.layout.partner[parser.pos] if parser.pos < end else -1
    if parser.pos >= end or parser.tokens[parser.pos].text != "[" or not parser.pos < close < end:
        return None
    node = parser.region(parser.pos + 1, close)
    parser.pos = close + 1
    return node


def _read_accent(parser: Parser, end: int) -> Node:
    token = _next(parser)
    body = parser.argument(end)
    accent = ACCENT_ALIASES.get(token.text) or token.text[1:]
    end = _last(parser)
    if isinstance(body, Script) and isinstance(body.base, Sym) and body.sup is None and not body.primes:
        # \\hat{x_i} is \\hat{x}_i: the accent belongs to the letter, and the index stays one
        letter = Accent(accent, body.base, start=token.start, end=body.base.end)
        return replace(body, base=letter, start=token.start, end=end)
    return Accent(accent, body, start=token.start, end=end)


def _read_font(parser: Parser, end: int) -> Node:
    """A font command sets what its argument holds; the innermost wins."""
    token = _next(parser)
    outer, parser.font = parser.font, FONTS[token.text]
    node = parser.argument(end)
    parser.font = outer
    if isinstance(node, Sym) and node.name == "d" and node.font == "sf":
        return replace(node, font="rm")  # the sign of differentiation is set upright, in either upright face
    return node


def _read_name(parser: Parser, end: int) -> Node:
    token = _next(parser)
    if token.text == "\\arg" and parser.pos < end:
        following = parser.tokens[parser.pos]
        if following.text in ("\\max", "\\min") or (
            following.kind is TokenKind.NAME and following.text in ("max", "min")
        ):
            parser.pos += 1
            return Name("arg" + following.text.lstrip("\\"), start=token.start, end=following.end)
    return Name(NAME_COMMANDS[token.text], start=token.start, end=token.end)


def _read_big_sign(parser: Parser, end: int) -> Node:
    token = _next(parser)
    return Big(BIG_SIGNS[token.text], None, None, None, start=token.start, end=token.end)


def _read_fraction(parser: Parser, end: int) -> Node:
    token = _next(parser)
    if token.text == "\\cfrac":
        _read_bracket(parser, end)  # [l]: where the numerator stands
    num = parser.argument(end)
    den = parser.argument(end)
    return Frac(num, den, FRACTIONS[token.text], start=token.start, end=_last(parser))


def _read_root(parser: Parser, end: int) -> Node:
    token = _next(parser)
    index = _read_bracket(parser, end)
    return Sqrt(parser.argument(end), index, start=token.start, end=_last(parser))


def _read_style(parser: Parser, end: int) -> Node:
    """A decoration; the label of a brace is its script."""
    token = _next(parser)
    style = STYLES[token.text]
    if token.text == "\\bbox":
        _read_bracket(parser, end)
    body = parser.argument(end)
    note = None
    if style in NOTED_STYLES and parser.pos < end:
        mark = parser.tokens[parser.pos]
        if mark.kind in (TokenKind.SUB, TokenKind.SUP):
            parser.pos += 1
            note = scripts.script(parser, mark, end)
    return Styled(style, body, note, start=token.start, end=_last(parser))


def _read_stack(parser: Parser, end: int) -> Node:
    """`\\overset{a}{b}`; around a big operator the annotation is its script."""
    token = _next(parser)
    annotation = parser.argument(end)
    body = parser.argument(end)
    start, last = token.start, _last(parser)
    below = STACKS[token.text] == "below"
    match body:
        case Name(op) if op in BIG_NAMES:
            body = Big(op, None, None, None, start=body.start, end=body.end)
        case Script(Name(op), sub, sup, 0) if op in BIG_NAMES:
            body = Big(op, sub, sup, None, start=body.start, end=body.end)
    match body:
        case Big(op, None, sup, None) if below:
            return Big(op, annotation, sup, None, start=start, end=last)
        case Big(op, sub, None, None) if not below:
            return Big(op, sub, annotation, None, start=start, end=last)
        case Stack(inner, above, None) if below:
            return Stack(inner, above, annotation, start=start, end=last)
        case Stack(inner, None, lower) if not below:
            return Stack(inner, annotation, lower, start=start, end=last)
    if below:
        return Stack(body, None, annotation, start=start, end=last)
    return Stack(body, annotation, None, start=start, end=last)


def _read_dots(parser: Parser, end: int) -> Node:
    token = _next(parser)
    return Dots(DOTS[token.text], start=token.start, end=token.end)


def _read_double_struck(parser: Parser, end: int) -> Node:
    token = _next(parser)
    return Sym(DOUBLE_STRUCK_COMMANDS[token.text], "bb", start=token.start, end=token.end)


def _read_d(parser: Parser, end: int) -> Node:
    token = _next(parser)
    return Sym("d", "rm", start=token.start, end=token.end)


def _read_wrapped(opener: str, closer: str) -> Callable[[Parser, int], Node]:
    """`\\abs{x}` and its like, where the document does not define them: the physics package's."""

    def read_wrapped(parser: Parser, end: int) -> Node:
        token = _next(parser)
        if parser.pos < end and parser.tokens[parser.pos].text == "*":
            parser.pos += 1
        body = parser.argument(end)
        return Fence(opener, closer, body, start=token.start, end=_last(parser))

    return read_wrapped


def _read_pmod(parser: Parser, end: int) -> Node:
    token = _next(parser)
    modulus = parser.argument(end)
    start, last = token.start, _last(parser)
    body = Juxt((Name("mod", start=start, end=start), modulus), (True,), start=start, end=last)
    return Fence("(", ")", body, start=start, end=last)


def _read_substack(parser: Parser, end: int) -> Node:
    start, token = parser.pos, _next(parser)
    close = parser.layout.partner[parser.pos] if parser.pos < end else -1
    if not parser.pos < close < end:
        return parser.opaque(start, parser.pos, "\\substack without rows")
    rows = _read_rows(parser, parser.pos + 1, close)
    parser.pos = close + 1
    return Grid("substack", ".", ".", rows, start=token.start, end=_last(parser))


def _read_environment(parser: Parser, end: int) -> Node:
    start, close = parser.pos, parser.layout.partner[parser.pos]
    token = parser.tokens[start]
    environment = token.text.strip()
    if not start < close < end:
        parser.pos = end
        return parser.opaque(start, end, "environment without end")
    base = environment[:-1] if environment[:-1] in GRIDS and environment.endswith("*") else environment
    if base not in GRIDS:
        parser.pos = close + 1
        return parser.opaque(start, parser.pos, "unknown environment")
    rows = _read_rows(parser, start + 1, close)
    parser.pos = close + 1
    return Grid(base, *GRIDS[base], rows, start=token.start, end=_last(parser))


def _read_rows(parser: Parser, start: int, close: int) -> tuple[tuple[Node, ...], ...]:
    """Cells between `&`, rows between `\\\\`; a row break at the end starts no row."""
    tokens, partner = parser.tokens, parser.layout.partner
    rows: list[tuple[Node, ...]] = []
    row: list[Node] = []
    i = cell = start
    while i < close:
        kind = tokens[i].kind
        if kind is TokenKind.AMP or kind is TokenKind.NEWLINE:
            row.append(parser.region(cell, i))
            cell = i + 1
            if kind is TokenKind.NEWLINE:
                rows.append(tuple(row))
                row = []
        elif partner[i] > i and (kind is _OPEN or kind is TokenKind.BEGIN or tokens[i].text == "\\left"):
            i = min(partner[i], close)
        i += 1
    final = parser.region(cell, close - _ends_sentence(tokens, cell, close))
    if row or not rows or not isinstance(final, Empty):
        rows.append((*row, final))
    return tuple(rows)


def _ends_sentence(tokens: Sequence[Token], cell: int, close: int) -> bool:
    """Does a full stop or a comma of the sentence around stand at the end of the last cell?"""
    if close - cell < 2 or tokens[close - 1].text not in (".", ","):
        return False
    return tokens[close - 2].text not in (".", ",")


def join(tokens: Sequence[Token]) -> str:
    """The tokens as LaTeX that reads back as the same tokens."""
    parts: list[str] = []
    for token in tokens:
        match token.kind:
            case TokenKind.TEXT:
                parts.append(f"\\text{{{token.text}}}")
            case TokenKind.NAME:
                parts.append(f"\\operatorname{{{token.text}}}")
            case TokenKind.BEGIN:
                parts.append(f"\\begin{{{token.text}}}")
            case TokenKind.END:
                parts.append(f"\\end{{{token.text}}}")
            case TokenKind.NEWLINE:
                parts.append("\\\\ ")
            case TokenKind.COMMAND if token.text[-1].isalpha():
                parts.append(token.text + " ")
            case _:
                parts.append(token.text)
    return "".join(parts).strip()


COMMANDS: dict[str, Callable[[Parser, int], Node]] = {
    **dict.fromkeys(ACCENTS, _read_accent),
    **dict.fromkeys(ACCENT_ALIASES, _read_accent),
    **dict.fromkeys(FONTS, _read_font),
    **dict.fromkeys(NAME_COMMANDS, _read_name),
    **dict.fromkeys(BIG_SIGNS, _read_big_sign),
    **dict.fromkeys(FRACTIONS, _read_fraction),
    **dict.fromkeys(STYLES, _read_style),
    **dict.fromkeys(STACKS, _read_stack),
    **dict.fromkeys(DOTS, _read_dots),
    **dict.fromkeys(DOUBLE_STRUCK_COMMANDS, _read_double_struck),
    **dict.fromkeys(OPENERS, fences.read_fence),
    **dict.fromkeys(CLOSERS, _read_character),
    **dict.fromkeys(BARS, fences.read_bars),
    "\\left": fences.read_fence,
    "\\sqrt": _read_root,
    "\\substack": _read_substack,
    "\\dd": _read_d,
    "\\differentialD": _read_d,
    "\\pmod": _read_pmod,
    "\\abs": _read_wrapped("|", "|"),
    "\\norm": _read_wrapped("\\|", "\\|"),
    "\\ket": _read_wrapped("|", ">"),
    **dict.fromkeys(QUOTIENTS, read_quotient),
    "\\bra": _read_wrapped("<", "|"),
}
