"""Derivatives of the physics package as fractions: `\\dv{f}{x}`, `\\pdv[2]{f}{x}`, `\\pdv{f}{x}{y}`."""

from __future__ import annotations

from typing import TYPE_CHECKING

from derivcheck.notation.token import TokenKind
from derivcheck.notation.tree import Empty, Frac, Juxt, Node, Num, Script, Sym

if TYPE_CHECKING:
    from derivcheck.notation.parser import Parser

QUOTIENTS = {"\\dv": "d", "\\pdv": "\\partial"}


def read_quotient(parser: Parser, end: int) -> Node:
    """One group is the variable of an operator; of more, the first is what is differentiated."""
    token = parser.tokens[parser.pos]
    start, d = token.start, Sym(QUOTIENTS[token.text], start=token.start, end=token.end)
    parser.pos += 1
    order: Node | None = None
    close = parser.layout.partner[parser.pos] if parser.pos < end else -1
    if parser.pos < close < end and parser.tokens[parser.pos].text == "[":
        order = parser.region(parser.pos + 1, close)
        parser.pos = close + 1
    groups = [parser.argument(end)]
    while parser.pos < end and len(groups) < 3 and parser.tokens[parser.pos].kind is TokenKind.OPEN:
        groups.append(parser.argument(end))
    last = parser.tokens[parser.pos - 1].end
    if len(groups) == 3 and order is None:
        order, powers = Num("2", start=start, end=start), False
    else:
        powers = order is not None
    function, variables = (groups[:1], groups[1:]) if len(groups) > 1 else ([], groups)
    above: Node = d if order is None else Script(d, None, order, start=start, end=token.end)
    items = [item for node in function for item in (node.items if isinstance(node, Juxt) else (node,))]
    items = [above, *(item for item in items if not isinstance(item, Empty))]
    num = Juxt(tuple(items), (False,) * (len(items) - 1), start=start, end=last) if len(items) > 1 else above
    below: list[Node] = []
    for variable in variables:
        raised = _power(variable, order) if powers else variable
        below += (d, raised)
    return Frac(
        num, Juxt(tuple(below), (False,) * (len(below) - 1), start=start, end=last), start=start, end=last
    )


def _power(variable: Node, order: Node | None) -> Node:
    """x_1 squared is x_1^2, with both scripts on x."""
    match variable:
        case Script(base, sub, None, primes):
            return Script(base, sub, order, primes, start=variable.start, end=variable.end)
    return Script(variable, None, order, start=variable.start, end=variable.end)
