"""The surface tree as LaTeX that reads back as the same tree: parse(tokenize(to_latex(tree))) == tree."""

from __future__ import annotations

from typing import assert_never

from derivcheck.notation.capitals import as_written
from derivcheck.notation.symbols import BIG_SIGNS, DOTS, FONT_COMMANDS, GRIDS, OPERATORS
from derivcheck.notation.tree import (
    Accent,
    Add,
    At,
    Big,
    Dots,
    Empty,
    Factorial,
    Fence,
    Frac,
    Grid,
    Infix,
    Juxt,
    Name,
    Node,
    Num,
    Opaque,
    Rel,
    Script,
    Sequence,
    Sqrt,
    Stack,
    Styled,
    Sym,
    Words,
)

_DELIMITERS = {"{": "\\{", "}": "\\}", "<": "\\langle", ">": "\\rangle"}
_PLAIN_FENCES = frozenset({("(", ")"), ("[", "]"), ("{", "}"), ("<", ">")})
_DOTS = {kind: command for command, kind in reversed(DOTS.items())}
_BIG_SIGNS = frozenset(BIG_SIGNS.values())
_WITH_COLUMNS = frozenset({"array", "alignat", "alignedat", "tabular", "darray", "subarray"})


def to_latex(node: Node) -> str:
    """LaTeX of the node; macros are gone, invisible groups appear only where the tree needs them."""
    match node:
        case Num(text):
            return text
        case Sym(name, font):
            return _symbol(as_written(name), font)
        case Name(text):
            return f"\\operatorname{{{text}}}"
        case Accent(accent, body):
            return f"\\{accent}{_argument(body)}"
        case Script(base, sub, Sym("'"), 0):
            return _base(base) + "'" + _scripts(sub, None)
        case Script(base, sub, sup, primes):
            return _base(base) + "'" * primes + _scripts(sub, sup)
        case Juxt(items):
            return _juxtaposed(items)
        case Infix(op, left, right):
            return _join(_operand(left), op, _operand(right))
        case Add(signs, terms, leading):
            return _sum(signs, terms, leading)
        case Frac(num, den, style):
            return f"\\{style}{_argument(num)}{_argument(den)}"
        case Sqrt(body, index):
            return f"\\sqrt{'' if index is None else _bracketed(index)}{_argument(body)}"
        case Fence(opener, closer, body):
            return _fenced(opener, closer, to_latex(body))
        case Sequence(items, separators):
            bars = sum(separator in ("|", "\\|") for separator in separators)
            text = _chained(items, tuple(f"\\middle{s}" if bars > 1 and "|" in s else s for s in separators))
            return f"{text} {{}}" if isinstance(items[-1], Empty) else text
        case Rel(items, ops):
            return _chained(items, ops)
        case Empty():
            return "{}"
        case Big():
            return _big(node)
        case Grid():
            return _grid(node)
        case Factorial(body, count):
            return _base(body) + "!" * count
        case At(body, sub, sup):
            return f"\\left. {to_latex(body)} \\right|{_scripts(sub, sup)}"
        case Styled(style, body, note):
            return _styled(style, _argument(body), note)
        case Stack(body, above, below):
            text = _argument(body)
            if above is not None:
                text = f"\\overset{_argument(above)}{text}"
                return text if below is None else f"\\underset{_argument(below)}{{{text}}}"
            return text if below is None else f"\\underset{_argument(below)}{text}"
        case Dots(kind):
            return _DOTS[kind]
        case Words(text):
            return f"\\text{{{text}}}"
        case Opaque(source):
            return source
        case _:
            assert_never(node)


def _symbol(name: str, font: str) -> str:
    if font:
        return f"{FONT_COMMANDS[font]}{{{name}}}"
    return name


def _base(node: Node) -> str:
    """What scripts and factorials hang on."""
    match node:
        case Empty():
            return "{}"
        case (
            Name()
            | Num()
            | Fence()
            | Accent()
            | Frac()
            | Sqrt()
            | Grid()
            | Dots()
            | Stack()
            | Words()
            | Opaque()
        ):
            return to_latex(node)
        case Sym(name) if name not in OPERATORS:
            return to_latex(node)
        case Big(_, _, _, None):
            return to_latex(node)
        case _:
            return f"{{{to_latex(node)}}}"


def _scripts(sub: Node | None, sup: Node | None) -> str:
    return _script("_", sub) + _script("^", sup)


def _script(mark: str, node: Node | None) -> str:
    if node is None:
        return ""
    if isinstance(node, Opaque) and node.source == mark:  # a mark with nothing after it
        return mark
    return mark + _argument(node)


def _argument(node: Node) -> str:
    if isinstance(node, Opaque) and not node.source:  # a missing argument
        return ""
    return f"{{{to_latex(node)}}}"


def _bracketed(node: Node) -> str:
    text = to_latex(node)
    return f"[{{{text}}}]" if "]" in text or "[" in text else f"[{text}]"


def _join(*parts: str) -> str:
    """Side by side, with a space so that no control word swallows what follows."""
    return " ".join(part for part in parts if part)


def _juxtaposed(items: tuple[Node, ...]) -> str:
    prose = any(isinstance(item, Words) for item in items)
    parts = []
    for item in items:
        match item:
            case Add() | Rel() | Infix() | Juxt() if prose:
                parts.append(to_latex(item))
            case Add() | Rel() | Sequence() | Infix() | Juxt():
                parts.append(f"{{{to_latex(item)}}}")
            case _:
                parts.append(to_latex(item))
    return _join(*parts)


def _operand(node: Node) -> str:
    """Beside an operator; what is missing there leaves nothing."""
    return "" if isinstance(node, Empty) else to_latex(node)


def _sum(signs: tuple[str, ...], terms: tuple[Node, ...], leading: bool) -> str:
    parts = [] if not leading else [signs[0]]
    parts.append(_operand(terms[0]))
    for sign, term in zip(signs[1:], terms[1:], strict=True):
        parts += (sign, _operand(term))
    return _join(*parts)


def _chained(items: tuple[Node, ...], signs: tuple[str, ...]) -> str:
    parts = [_operand(items[0])]
    for sign, item in zip(signs, items[1:], strict=True):
        parts += (sign, _operand(item))
    return _join(*parts)


def _delimiter(text: str) -> str:
    return _DELIMITERS.get(text, text)


def _fenced(opener: str, closer: str, body: str) -> str:
    if body == "{}":
        body = ""
    if (opener, closer) in _PLAIN_FENCES:
        return (
            f"{_delimiter(opener)} {body} {_delimiter(closer)}"
            if opener == "<"
            else (f"{_delimiter(opener)}{body}{_delimiter(closer)}")
        )
    return f"\\left{_delimiter(opener)} {body} \\right{_delimiter(closer)}"


def _big(node: Big) -> str:
    head = f"\\{node.op}" if node.op in _BIG_SIGNS else f"\\operatorname{{{node.op}}}"
    head += _scripts(node.sub, node.sup)
    if node.body is None:
        return head
    body = to_latex(node.body)
    return f"{head} {body}"


def _grid(node: Grid) -> str:
    if node.env == "substack":
        return f"\\substack{{{_rows(node)}}}"
    opened, closed = f"\\begin{{{node.env}}}", f"\\end{{{node.env}}}"
    if node.env in _WITH_COLUMNS:
        opened += "{}"
    text = f"{opened} {_rows(node)} {closed}"
    if (node.open, node.close) == GRIDS[node.env]:
        return text
    return f"\\left{_delimiter(node.open)} {text} \\right{_delimiter(node.close)}"


def _rows(node: Grid) -> str:
    rows = [" & ".join(to_latex(cell) for cell in row) for row in node.rows]
    return " \\\\ ".join(rows)


def _styled(style: str, body: str, note: Node | None) -> str:
    text = f"\\{style}{body}"
    if note is None:
        return text
    mark = "_" if style == "underbrace" else "^"
    return text + _script(mark, note)
