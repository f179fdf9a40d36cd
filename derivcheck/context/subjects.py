"""What an inline formula names: the symbols it lists, the calls it shows, dimensions and symbols it uses."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass, field, fields, is_dataclass, replace

from derivcheck.notation.keys import base_key, symbol_key
from derivcheck.notation.progression import progression
from derivcheck.notation.symbols import FUNCTION_NAMES
from derivcheck.notation.tree import (
    Accent,
    Add,
    Dots,
    Empty,
    Fence,
    Infix,
    Juxt,
    Name,
    Node,
    Num,
    Rel,
    Script,
    Sequence,
    Sym,
)
from derivcheck.statements.model import Chain, Display, RelationKind

_MAX_DEPTH = 60
# superscripts of transposes and adjoints, in any font: they belong to no name
ADJOINTS = frozenset({"T", "t", "H", "*", "\\top", "\\intercal", "\\prime", "\\dagger", "\\ast"})
_CONSTANT_NAMES = frozenset(
    {"0", "\\partial", "\\nabla", "\\infty", "\\top", "\\cdot", "\\circ", "\\odot", "\\otimes", "\\emptyset"}
)


@dataclass(frozen=True, slots=True)
class Subject:
    """A symbol or a call `f(x, y)` that prose can speak about; `letter` is the bare name, its case tells
    its look."""

    key: str
    args: tuple[str, ...] | None
    letter: str
    node: Node = field(compare=False)


def key_of(node: Node) -> str | None:
    """The key of a node that is a symbol, else None."""
    if isinstance(node, Sym | Accent | Script) or _is_word(node):
        return symbol_key(node) or base_key(node)
    return None


def _is_word(node: Node) -> bool:
    """An upright word that names a quantity (`\\mathrm{RSS}`), no function of its own."""
    return isinstance(node, Name) and node.text not in FUNCTION_NAMES


def letter_of(node: Node, depth: int = 0) -> str:
    match node:
        case Sym():
            return node.name
        case Name(text=text):
            return text
        case Accent(body=body) | Script(base=body) if depth < _MAX_DEPTH:
            return letter_of(body, depth + 1)
        case _:
            return ""


def subject(node: Node) -> Subject | None:
    """The subject that a node is; None for anything but symbols, families `\\{u_i\\}` and calls of a
    symbol."""
    match node:
        case Sym() | Accent() | Script() | Name():
            key = key_of(node)
            letter = letter_of(node)
            if key is None or not letter or letter in _CONSTANT_NAMES or _is_set(node):
                return None
            if isinstance(node, Script) and node.sup is not None and symbol_key(node) is None:
                return None  # a power, a transpose or an inverse is no symbol
            return Subject(key, None, letter, node)
        case Fence(open="{", close="}", body=Script() as body):
            return subject(body)
        case Juxt(items=(head, Fence(open="(", close=")") as fence)) if size(fence) is not None:
            return subject(head)
        case Juxt(items=(head, Fence(open="(", close=")", body=inside))):
            found = subject(head)
            args = argument_keys(inside)
            return Subject(found.key, args, found.letter, node) if found and args else None
        case _:
            return None


def _is_set(node: Node) -> bool:
    base = node.base if isinstance(node, Script) else node
    return isinstance(base, Sym) and base.font == "bb"


def argument_keys(node: Node) -> tuple[str, ...]:
    """The keys of `x` or `x, y`; empty unless all are symbols (`X^{-1}` is none)."""
    items = node.items if isinstance(node, Sequence) else (node,)
    if any(isinstance(i, Script) and i.sup is not None and symbol_key(i) is None for i in items):
        return ()
    found = [key_of(item) for item in items if letter_of(item) not in _CONSTANT_NAMES]
    if len(found) < len(items):
        return ()
    return tuple(k for k in found if k is not None) if all(found) else ()


def listed(node: Node) -> tuple[Node, ...]:
    """`A, B` as (A, B); anything else alone."""
    return node.items if isinstance(node, Sequence) else (node,)


def _spelled(nodes: tuple[Node, ...]) -> tuple[Node, ...]:
    """`x_1, …, x_n` as x_1, x_i, x_n: what is said is said of every member."""
    out: list[Node] = []
    for k, node in enumerate(nodes):
        if not isinstance(node, Dots):
            out.append(node)
        elif (pattern := progression((*nodes[:k], *nodes[k : k + 2]))) is not None:
            out.append(pattern.member(Sym("i", start=node.start, end=node.end)))
    return tuple(out)


def groups(display: Display) -> Iterator[tuple[tuple[Node, ...], Chain | None]]:
    """Each relation of an inline formula with the nodes it speaks about: `x, y \\in S` gives (x, y).

    Lone expressions at the end come with None. `i = 1, \\dots, n` is one group whose chain is the range.
    """
    waiting: list[Node] = []
    range_open = False
    for chain in display.chains:
        if not chain.relations:
            nodes = [n for m in chain.members for n in listed(m.node)]
            if range_open or any(isinstance(n, Dots) for n in nodes):
                range_open = True
                if waiting or not is_range(chain):
                    waiting.extend(n for n in nodes if not isinstance(n, Num))
                continue
            waiting.extend(nodes)
            continue
        range_open = is_range(chain)
        if chain.relations[0].kind is RelationKind.OTHER or chain.relations[0].kind in _BOUNDS:
            yield _spelled((*waiting, *listed(chain.members[0].node))), chain
        else:
            if waiting:
                yield _spelled(tuple(waiting)), None
            yield listed(chain.members[0].node), chain
        waiting = []
        if range_open:
            continue
    if waiting:
        yield _spelled(tuple(waiting)), None


_BOUNDS = frozenset({RelationKind.LESS, RelationKind.LESS_EQUAL, RelationKind.GREATER, RelationKind.GREATER_EQUAL})


def is_range(chain: Chain) -> bool:
    """`i = 1` of `i = 1, \\dots, n`, or `i = 1, \\dots, n` itself."""
    if len(chain.relations) != 1 or chain.relations[0].kind is not RelationKind.EQUAL:
        return False
    right = listed(chain.members[1].node)
    return len(right) > 1 and any(isinstance(n, Dots) for n in right)


def dimension(node: Node, depth: int = 0) -> str | None:
    """The dimension text of `m`, `3`, `np`, `n+1`, `n^2`, `n_1`, `mn/2` has none."""
    if depth > 20:
        return None
    match node:
        case Num(text=text):
            return text if text.isdigit() else None
        case Sym() | Accent():
            return key_of(node)
        case Script(base=base, sub=None, sup=Num(text=text), primes=0) if text.isdigit() and 0 < int(text) <= 4:
            inner = dimension(base, depth + 1)
            return "*".join([inner] * int(text)) if inner and not set("+-") & set(inner) else None
        case Script(sup=None):
            return symbol_key(node) or _subscripted(node)
        case Juxt() | Infix(op="\\cdot"):
            factors = node.items if isinstance(node, Juxt) else (node.left, node.right)
            parts = [dimension(i, depth + 1) for i in factors]
            ok = all(p is not None and not set("+-") & set(p) for p in parts)
            return "*".join(p for p in parts if p) if ok else None
        case Add(signs=signs, terms=terms):
            parts = [dimension(t, depth + 1) for t in terms]
            if any(p is None for p in parts) or any(s not in ("+", "-") for s in signs):
                return None
            text = "".join(s + (p or "") for s, p in zip(signs, parts, strict=True))
            return text.removeprefix("+")
        case Fence(open="(", close=")", body=body):
            return dimension(body, depth + 1)
        case _:
            return None


def _subscripted(node: Script) -> str | None:
    base, sub = key_of(node.base), node.sub
    inner = key_of(sub) if sub is not None else None
    return f"{base}_{inner}" if base and inner else None


def size(node: Node) -> tuple[str, str] | None:
    """(rows, columns) of `m \\times n` or `(m \\times n)`."""
    match node:
        case Fence(open="(", close=")", body=body):
            return size(body)
        case Infix(op="\\times", left=left, right=right):
            rows, cols = dimension(left), dimension(right)
            return (rows, cols) if rows and cols else None
        case _:
            return None


def sized(node: Node) -> tuple[str, tuple[str, str]] | None:
    """(key, size) of `X\\;(n\\times k)`."""
    match node:
        case Juxt(items=(head, Fence(open="(", close=")") as fence)):
            key, extent = symbol_key(head), size(fence)
            return (key, extent) if key is not None and extent is not None else None
        case _:
            return None


def display_size(display: Display) -> tuple[str, str] | None:
    if len(display.chains) == 1 and len(display.chains[0].members) == 1:
        return size(display.chains[0].members[0].node)
    return None


def symbols_in(node: Node, *, bases: bool = True) -> tuple[str, ...]:
    """The keys of all symbols of a tree, in order, each once; with `bases` `x_i` gives x_i and x."""
    out: dict[str, None] = {}
    stack: list[object] = [node]
    while stack:
        top = stack.pop()
        if (
            isinstance(top, Script)
            and symbol_key(top) is None
            and isinstance(top.sup, Sym)
            and top.sup.name in ADJOINTS
        ):
            top = replace(top, sup=None)
        if isinstance(top, Sym | Accent | Script):
            key = symbol_key(top)
            if key is not None and letter_of(top) not in _CONSTANT_NAMES:
                if not _is_set(top):
                    out[key] = None
                    if bases and isinstance(top, Script) and top.sub is not None and (base := base_key(top)):
                        out[base] = None
                continue
        if isinstance(top, tuple):
            stack.extend(reversed(top))
        elif is_dataclass(top) and not isinstance(top, Empty):
            stack.extend(getattr(top, f.name) for f in reversed(fields(top)) if f.name not in ("start", "end"))
    return tuple(out)


def letters_in(node: Node) -> frozenset[str]:
    """The names of all `Sym` nodes."""
    out: set[str] = set()
    stack: list[object] = [node]
    while stack:
        top = stack.pop()
        if isinstance(top, Sym):
            out.add(top.name)
        elif isinstance(top, tuple):
            stack.extend(top)
        elif is_dataclass(top):
            stack.extend(getattr(top, f.name) for f in fields(top) if f.name not in ("start", "end"))
    return frozenset(out)


def is_number(node: Node, text: str) -> bool:
    return isinstance(node, Num) and node.text == text


def subjects(nodes: tuple[Node, ...]) -> tuple[Subject, ...]:
    """The subjects among some formulas."""
    return tuple(s for s in map(subject, nodes) if s is not None)


def colon(node: Node) -> tuple[tuple[Node, ...], Node] | None:
    """`f : D` as ((f,), D)."""
    match node:
        case Infix(op=":" | "\\colon", left=left, right=right):
            return (left,), right
        case Rel(items=(left, right), ops=(":" | "\\colon",)):
            return (left,), right
        case Sequence(items=items, separators=separators) if len(items) > 1 and separators[-1] in (
            ":",
            "\\colon",
        ):
            return items[:-1], items[-1]
        case Juxt(items=items):
            for k, item in enumerate(items):
                if isinstance(item, Sym) and item.name in (":", "\\colon") and 0 < k < len(items) - 1:
                    rest = items[k + 1 :]
                    return (items[:k] if k == 1 else (Juxt(items[:k]),)), rest[0] if len(rest) == 1 else Juxt(rest)
            return None
        case _:
            return None
