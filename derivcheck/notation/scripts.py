"""What hangs on an atom: subscripts and superscripts, primes, factorials."""

from __future__ import annotations

from dataclasses import replace
from typing import TYPE_CHECKING

from derivcheck.notation.keys import symbol_key
from derivcheck.notation.symbols import FONTS, is_function_word
from derivcheck.notation.token import Token, TokenKind
from derivcheck.notation.transposes import USUAL_TRANSPOSES
from derivcheck.notation.tree import (
    At,
    Big,
    Empty,
    Factorial,
    Fence,
    Infix,
    Juxt,
    Name,
    Node,
    Opaque,
    Script,
    Sym,
    Words,
)

if TYPE_CHECKING:
    from derivcheck.notation.parser import Parser

_OPEN, _SUP, _SUB, _SYMBOL = TokenKind.OPEN, TokenKind.SUP, TokenKind.SUB, TokenKind.SYMBOL
MARKS = frozenset({"'", "!", "\\limits", "\\nolimits"})
_MARK_KINDS = frozenset({TokenKind.SYMBOL, TokenKind.COMMAND})


def scripted(parser: Parser, end: int) -> Node:
    """An atom with all that hangs on it: scripts, primes, factorials."""
    token = parser.tokens[parser.pos]
    grouped = token.kind is _OPEN or token.text in FONTS
    bold = FONTS.get(token.text) == "bf"
    kind = token.kind
    if kind is _SUP or kind is _SUB or (token.text == "'" and kind is _SYMBOL):
        node: Node = Empty(start=token.start, end=token.start)
    else:
        node = parser.atom(end)
    while parser.pos < end:
        token = parser.tokens[parser.pos]
        kind = token.kind
        marks = token.text in MARKS and kind in _MARK_KINDS  # not the words of \text{'}
        if kind is _SUP or kind is _SUB or (marks and token.text != "!"):
            if bold and isinstance(node, Juxt):  # \mathbf{AB}^{-1} is A B^{-1}, as it is set
                last = scripts(parser, node.items[-1], end, True)
                node = replace(node, items=(*node.items[:-1], last), end=last.end)
            else:
                node = scripts(parser, node, end, grouped)
            grouped = bold = False
        elif marks:
            start = parser.pos
            while parser.pos < end and parser.tokens[parser.pos].text == "!":
                parser.pos += 1
            node = Factorial(node, parser.pos - start, start=node.start, end=parser.tokens[parser.pos - 1].end)
        else:
            break
    return node


def scripts(parser: Parser, base: Node, end: int, grouped: bool = False) -> Node:
    """One set of scripts around `base`; a second superscript or subscript starts another set."""
    sub: Node | None = None
    sup: Node | None = None
    primes = 0
    if isinstance(base, Words) and is_function_word(base.text):
        base = Name(base.text, start=base.start, end=base.end)
    if grouped and isinstance(base, Script):  # {x_i}^2 is x_i^2
        mark = parser.tokens[parser.pos].kind
        taken = base.sup if mark is _SUP else base.sub if mark is _SUB else None
        if taken is None or _is_prime(parser, parser.pos + 1, end):
            sub, sup, primes, base = base.sub, base.sup, base.primes, base.base
    while parser.pos < end:
        token = parser.tokens[parser.pos]
        if token.kind is _SUB and sub is None:
            parser.pos += 1
            sub = _subscript(parser, token, end)
        elif token.kind is _SUP and (sup is None or _is_prime(parser, parser.pos + 1, end)):
            parser.pos += 1
            argument = script(parser, token, end)
            count = _prime_count(argument)
            primes += count
            sup = sup if count or isinstance(argument, Empty) else argument
        elif token.text == "'" and token.kind is _SYMBOL:
            parser.pos += 1
            primes += 1
        elif token.text in ("\\limits", "\\nolimits"):
            parser.pos += 1
        else:
            break
    last = parser.tokens[parser.pos - 1].end
    if isinstance(base, Big) and base.body is None and not (base.sub and sub) and not (base.sup and sup):
        if primes:
            sup = Sym("\\prime")
        return Big(base.op, base.sub or sub, base.sup or sup, None, start=base.start, end=last)
    if sub is None and sup is None and not primes:
        return base
    if isinstance(base, At) and base.sub is None and base.sup is None and (sub or sup):
        base = At(base.body, sub, sup, start=base.start, end=last)
        return Script(base, None, None, primes, start=base.start, end=last) if primes else base
    if sup is not None and (pair := _marked_transpose(sup)) is not None:
        name, turned = pair
        marked = Script(base, sub, name, primes, start=base.start, end=name.end)
        return Script(marked, None, turned, start=base.start, end=last)
    return Script(base, sub, sup, primes, start=base.start, end=last)


def _marked_transpose(sup: Node) -> tuple[Node, Node] | None:
    """(*, ⊤) of `x^{*\\top}`, ((k), ⊤) of `x^{(k)\\top}`: what the mark names is transposed."""
    match sup:
        case Infix(op="*" | "\\ast" | "\\star" as op, left=Empty(), right=Sym() as turned) if _transposes(turned):
            return Sym(op, start=sup.start, end=turned.start), turned
        case Infix(op="*" | "\\ast" | "\\star" as op, left=Sym() as turned, right=Empty()) if _transposes(turned):
            return Sym(op, start=turned.end, end=sup.end), turned
        case Juxt(items=(Fence(open="(") as counter, Sym() as turned)) if _transposes(turned):
            return counter, turned
        case _:
            return None


def _transposes(sign: Sym) -> bool:
    return symbol_key(sign) in USUAL_TRANSPOSES


def _subscript(parser: Parser, mark: Token, end: int) -> Node:
    """The i of `\\mathbf{x_i}` is the index i, in whatever font it is set; upright words stay words."""
    outer = parser.font
    if outer != "rm":
        parser.font = ""
    sub = script(parser, mark, end)
    parser.font = outer
    return replace(sub, font="") if outer == "rm" and isinstance(sub, Sym) and sub.font == "rm" else sub


def _is_prime(parser: Parser, pos: int, end: int) -> bool:
    return pos < end and parser.tokens[pos].text == "\\prime"


def script(parser: Parser, mark: Token, end: int) -> Node:
    """What stands behind `^` or `_`."""
    if parser.pos < end:
        return parser.argument(end)
    return Opaque(mark.text, "script without content", start=mark.start, end=mark.end)


def _prime_count(node: Node) -> int:
    """How many primes a superscript is: `^\\prime`, `^{\\prime\\prime}`, `^{''}`."""
    match node:
        case Sym("\\prime"):
            return 1
        case Juxt(items) if all(isinstance(item, Sym) and item.name == "\\prime" for item in items):
            return len(items)
        case Script(Empty(), None, None, primes):
            return primes
    return 0
