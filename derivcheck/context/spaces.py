"""The sets that declarations name: `\\mathbb R^{m\\times n}`, `M_n(\\mathbb R)`, `S^n_{++}`, `O(n)`,
`(0,1)`."""

from __future__ import annotations

from dataclasses import dataclass, replace

from derivcheck.context.subjects import dimension, size
from derivcheck.notation.tree import (
    Add,
    Dots,
    Empty,
    Fence,
    Infix,
    Juxt,
    Name,
    Node,
    Num,
    Script,
    Sequence,
    Sym,
)


@dataclass(frozen=True, slots=True)
class Space:
    """kind, rows, cols as in facts.ShapeFact ("" when the set says nothing), and the properties of its
    members."""

    kind: str = ""
    rows: str = ""
    cols: str = ""
    props: tuple[str, ...] = ()


_NUMBERS: dict[str, tuple[str, ...]] = {
    "R": ("real",),
    "C": ("complex",),
    "Q": (),
    "K": (),
    "F": (),
    "Z": ("integer",),
    "N": ("natural",),
}
_GROUPS: dict[str, tuple[str, ...]] = {
    "GL": ("invertible",), "O": ("orthogonal",), "SO": ("rotation",), "U": ("orthogonal",), "Sym":
    ("symmetric",),
    "M": (), "Mat": (), "SL": ("invertible",),
}  # fmt: skip
_CONE_SIGNS = {"+": "psd", "++": "spd"}


def space(node: Node) -> Space | None:
    """The set that a node denotes; None when it is not known."""
    match node:
        case Infix(op="\\setminus", left=left, right=Fence(open="{", body=Num(text="0") | Sym(name="0"))):
            whole = space(left)
            return None if whole is None else replace(whole, props=(*whole.props, "nonzero"))
        case _:
            pass
    return _numbers(node) or _symmetric(node) or _matrix_space(node) or _interval(node) or _finite(node)


def _field(node: Node, *, powered: bool) -> tuple[str, ...] | None:
    """Properties of the numbers of a field; a plain letter R counts only with an exponent."""
    if not isinstance(node, Sym):
        return None
    if node.name == "\\Re" or (node.name == "\\real"):
        return ("real",)
    fonts = ("bb", "bf", "cal", "rm", "") if powered else ("bb", "bf")
    if node.name == "R" and node.font in fonts:
        return ("real",)
    return _NUMBERS.get(node.name) if node.font == "bb" else None


def _numbers(node: Node) -> Space | None:
    if not isinstance(node, Script):
        props = _field(node, powered=False)
        return None if props is None else Space("scalar", "1", "1", props)
    sign, power = _signs(node.sub), node.sup
    if power is not None and (above := _signs(power)):
        sign, power = above, None
    props = _field(node.base, powered=power is not None)
    if props is None or (node.sub is not None and not sign):
        return None
    if sign:
        props = (
            *props,
            "positive" if sign in ("++", ">0", "*+") else "nonnegative" if sign == "+" else "nonzero",
        )
    if power is None:
        return Space("scalar", "1", "1", _natural(props))
    return _powered(power, props)


def _natural(props: tuple[str, ...]) -> tuple[str, ...]:
    return ("natural",) if props == ("integer", "positive") else props


def _powered(power: Node, props: tuple[str, ...]) -> Space | None:
    """F^{m×n}, F^{m,n}, F^n."""
    extent = _plain(size(power))
    if extent is None and isinstance(power, Sequence) and len(power.items) == 2:
        rows, cols = (dimension(i) for i in power.items)
        extent = _plain((rows, cols)) if rows and cols else None
    if extent is not None:
        rows, cols = extent
        kind = "column" if cols == "1" else "row" if rows == "1" else "square" if rows == cols else "matrix"
        return Space(kind, rows, cols, props)
    length = dimension(power)
    return Space("vector", length.replace("bb:", ""), "", props) if length else None


def _plain(extent: tuple[str, str] | None) -> tuple[str, str] | None:
    """`\\mathbb{R^{m\\times n}}` sets the exponents in blackboard bold too."""
    return (extent[0].replace("bb:", ""), extent[1].replace("bb:", "")) if extent else None


def _signs(node: Node | None) -> str:
    """ "+", "++", ">0", "*": how a cone or the non-zero numbers are marked."""
    match node:
        case Sym(name="+" | "*" | "\\ast" as name):
            return "+" if name == "+" else "*"
        case Add(terms=terms) if all(isinstance(t, Empty) for t in terms):
            return "+" * len(node.signs)
        case Add(signs=signs, terms=(Add() as inner,)):
            return "+" * len(signs) + _signs(inner)
        case Juxt(items=items):
            return "".join(_signs(i) for i in items)
        case _:
            text = getattr(node, "source", "") or getattr(node, "text", "")
            return text if text in ("+", "++", ">0", "*") else ""


def _symmetric(node: Node) -> Space | None:
    """\\mathbb S^n, S^n_+, S^n_{++}."""
    if not (isinstance(node, Script) and isinstance(node.base, Sym) and node.base.name == "S"):
        return None
    sign, order = _signs(node.sub), dimension(node.sup) if node.sup is not None else None
    if not sign and node.sup is not None and node.sub is not None:
        sign, order = _signs(node.sup), dimension(node.sub)
    if sign in _CONE_SIGNS and order:
        return Space("square", order, order, (_CONE_SIGNS[sign],))
    if node.base.font == "bb" and node.sub is None and order and not order.endswith("-1"):
        return Space("square", order, order, ("symmetric",))
    return None


def _group_name(node: Node) -> str | None:
    match node:
        case Name(text=text) | Sym(name=text) if text in _GROUPS:
            return text
        case Juxt(items=items) if all(isinstance(i, Sym) for i in items):
            text = "".join(i.name for i in items if isinstance(i, Sym))
            return text if text in _GROUPS else None
        case _:
            return None


def _matrix_space(node: Node) -> Space | None:
    """M_n(F), M_{m×n}(F), GL_n, O(n), SO(n), Sym(n)."""
    subscript: Node | None = None
    head: Node = node
    inside: Node | None = None
    if isinstance(node, Juxt) and isinstance(last := node.items[-1], Fence):
        head = node.items[0] if len(node.items) == 2 else Juxt(node.items[:-1])
        inside = last.body
    if isinstance(head, Script) and head.sup is None:
        subscript, head = head.sub, head.base
    elif isinstance(head, Juxt) and isinstance(tail := head.items[-1], Script) and tail.sup is None:
        head, subscript = Juxt((*head.items[:-1], tail.base)), tail.sub
    name = _group_name(head)
    extent = subscript if subscript is not None else inside
    if name is None or extent is None or (name in ("M", "U") and subscript is None):
        return None
    found = _powered(_by_columns(extent), _GROUPS[name])
    if found is None:
        return None
    return Space("square", found.rows, found.rows, found.props) if found.kind == "vector" else found


def _by_columns(extent: Node) -> Node:
    """`M_{mn}`, `M_{23}`: an order has no factors, so two letters or digits side by side are two sizes."""
    match extent:
        case Juxt(items=(Sym() | Num(), Sym() | Num())):
            return Sequence(extent.items, (",",), start=extent.start, end=extent.end)
        case Num(text=text) if len(text) == 2 and text.isdigit() and min(text) > "1":
            sides = tuple(replace(extent, text=digit) for digit in text)
            return Sequence(sides, (",",), start=extent.start, end=extent.end)
        case _:
            return extent


def _interval(node: Node) -> Space | None:
    match node:
        case Fence(open="(" | "[" as left, close=")" | "]", body=Sequence(items=(low, high))):
            props: tuple[str, ...] = ()
            if isinstance(low, Num) and low.text == "0":
                unit = isinstance(high, Num) and high.text == "1"
                props = (
                    ("unit_interval",) if unit and left == "(" else ("positive",) if left == "(" else ("nonnegative",)
                )
            return Space("scalar", "1", "1", props)
        case _:
            return None


def _finite(node: Node) -> Space | None:
    """\\{0, 1\\}, \\{1, \\dots, n\\}, \\{-1, +1\\}: integers."""
    match node:
        case Fence(open="{", close="}", body=Sequence(items=items)):
            numeric = all(_integer(i) for i in items)
            ranged = any(isinstance(i, Dots) for i in items) and _integer(items[0])
            props = ("integer", *_pair(items)) if numeric else ("integer",)
            return Space("scalar", "1", "1", props) if numeric or ranged else None
        case _:
            return None


def _pair(items: tuple[Node, ...]) -> tuple[str, ...]:
    """What is known of the values 1 and −1, of 0 and 1: y² = 1, y² = y."""
    values = {(isinstance(i, Add) and i.signs == ("-",), i.terms[0] if isinstance(i, Add) else i) for i in items}
    one, zero = Num("1"), Num("0")
    match values:
        case _ if values == {(False, one), (True, one)}:
            return ("sign",)
        case _ if values == {(False, zero), (False, one)}:
            return ("bit",)
        case _:
            return ()


def _integer(node: Node) -> bool:
    match node:
        case Num(text=text):
            return text.isdigit()
        case Add(terms=(Num(text=text),)):
            return text.isdigit()
        case _:
            return False


def product(node: Node) -> tuple[Node, ...]:
    """The factors of `\\mathbb R^n \\times \\mathbb R^m`."""
    out: list[Node] = []
    while isinstance(node, Infix) and node.op == "\\times":
        out.append(node.right)
        node = node.left
    out.append(node)
    return tuple(reversed(out))
