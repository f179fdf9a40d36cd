"""∇ and ∂_i where the text names no variable: what they act on, which letter is the position."""

from __future__ import annotations

from collections.abc import Iterable, Iterator

from derivcheck.notation import tree
from derivcheck.notation.keys import symbol_key
from derivcheck.notation.walk import children, subtrees

NABLA = tree.Sym("\\nabla")
_INDICES = frozenset("ijklmn")
_CONSTANTS = frozenset({
    "\\alpha", "\\beta", "\\gamma", "\\delta", "\\epsilon", "\\varepsilon", "\\eta", "\\kappa", "\\lambda", "\\mu",
    "\\nu", "\\pi", "e",
})  # fmt: skip
_PLACES = ("vec(r)", "bf:r", "vec(x)", "bf:x", "x", "r")  # letters of the position itself


def fields(roots: Iterable[tree.Node]) -> tuple[tuple[str, str], ...]:
    """The letters that ∇ and ∂_i act on, with their kind: a vector behind ∇· and ∇×, else what their indices show."""
    found: dict[str, str] = {}
    for node in (n for root in roots for n in subtrees(root)):
        match node:
            case tree.Infix(op="\\cdot" | "\\times", left=left, right=right) if ends_in_nabla(left):
                _note(found, right, "column")
            case tree.Juxt(items=items):
                for k, head in enumerate(items):
                    if is_coordinate(head) or is_nabla(head) or along(head) is not None:
                        for operand in items[k + 1 :]:
                            _note(found, operand, "")
            case _:
                pass
    return tuple(found.items())


def speaks_of_space(nodes: Iterable[tree.Node]) -> bool:
    """Whether ∇·, ∇×, ∂_i or (w·∇) is among the nodes, or a ∇ before something else than f(z)."""
    for node in nodes:
        match node:
            case tree.Infix(op="\\cdot" | "\\times", left=left, right=right):
                if ends_in_nabla(left) or right == NABLA:
                    return True
            case tree.Juxt(items=(*_, tree.Fence())):
                pass
            case tree.Juxt(items=items) if any(map(is_nabla, items[:-1])):
                return True
            case tree.Script() if is_coordinate(node):
                return True
            case _:
                pass
    return False


def _note(found: dict[str, str], operand: tree.Node, kind: str) -> None:
    """The letters of an operand; `kind` is that of an operand of a single letter."""
    core = operand.body if isinstance(operand, tree.Fence) else operand
    for node in _outside_subscripts(core):
        key = _letter(node)
        if key and key not in _PLACES and key not in _CONSTANTS:
            found[key] = (kind if node is core else "") or _by_indices(node) or found.get(key, "")


def _outside_subscripts(node: tree.Node) -> Iterator[tree.Node]:
    """Symbols, with their subscripts and accents where they have some, down to the arguments of functions."""
    if isinstance(node, tree.Script | tree.Sym | tree.Accent) and _letter(node):
        yield node
    else:
        for child in children(node):
            yield from _outside_subscripts(child)


def _by_indices(node: tree.Node) -> str:
    """F_j is an entry of a vector, F_jk one of a matrix."""
    match node:
        case tree.Script(sub=tree.Sym(name=name)) if name in _INDICES:
            return "column"
        case tree.Script(sub=tree.Juxt(items=(tree.Sym(), tree.Sym()))):
            return "matrix"
        case _:
            return ""


def place(roots: Iterable[tree.Node]) -> str:
    """The letter of the position, where it is written: x of ∂_i x_j."""
    written = {symbol_key(n) for root in roots for n in subtrees(root) if isinstance(n, tree.Sym | tree.Accent)}
    return next((key for key in _PLACES if key in written), "")


def _letter(node: tree.Node) -> str:
    """f of f, f_i, and of the f with an arrow."""
    match node:
        case tree.Script(base=base, sup=None, primes=0):
            return _letter(base)
        case tree.Accent(accent="vec", body=body):
            return _letter(body)
        case tree.Sym() if not is_nabla(node) and node.name != "\\partial":
            return symbol_key(node) or ""
        case _:
            return ""


def is_nabla(node: tree.Node) -> bool:
    """∇ or ∇²."""
    squared = isinstance(node, tree.Script) and node.base == NABLA and node.sub is None and node.sup == tree.Num("2")
    return node == NABLA or squared


def is_coordinate(node: tree.Node) -> bool:
    """∂_i."""
    match node:
        case tree.Script(base=tree.Sym(name="\\partial"), sub=tree.Sym(name=name), sup=None, primes=0):
            return name in _INDICES
        case _:
            return False


def ends_in_nabla(node: tree.Node) -> bool:
    return node == NABLA or (isinstance(node, tree.Juxt) and node.items[-1] == NABLA)


def along(node: tree.Node) -> tree.Node | None:
    """w of (w·∇)."""
    match node:
        case tree.Fence(open="(" | "[", body=tree.Infix(op="\\cdot", left=left, right=tree.Sym(name="\\nabla"))):
            return left
        case _:
            return None
