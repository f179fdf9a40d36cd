"""Places of a formula where a slip can be: every node that stands for a value, with the part it plays.

Signs of differentiation, variables of derivatives, bound variables and marks such as a transpose are none.
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass, replace
from enum import Enum
from typing import Any

from derivcheck.notation import tree
from derivcheck.notation.derivatives import is_sign, split_derivative
from derivcheck.notation.keys import symbol_key
from derivcheck.notation.remainders import remainder
from derivcheck.notation.symbols import INTEGRALS

Path = tuple[tuple[str, int], ...]  # (field, position in its tuple or -1); a cell of a grid takes two steps
TRANSPOSES = frozenset({"T", "\\top", "\\intercal", "sf:T", "rm:T", "t", "rm:t", "sf:t", "'"})
_MAX_DEPTH = 60
_SYMBOL = tree.Sym | tree.Accent | tree.Script


class Part(Enum):
    """What a node is to its parent."""

    WHOLE = "a side, a bracket's content, an argument or a cell"
    TERM = "a term of a sum"
    FACTOR = "a factor or operand"
    HEAD = "a symbol before a bracket that holds a symbol, perhaps a function"
    BRACKET = "a bracket right behind a symbol, perhaps of a call"
    ARGUMENT = "all that stands in such a bracket"
    BASE = "what scripts hang on"
    EXPONENT = "an exponent"
    INTEGRAND = "what an integral is taken of, with its differential"
    BOUND = "a bound of a sum, product or integral"


@dataclass(frozen=True, slots=True)
class Place:
    """A node at a path from the root of its side."""

    path: Path
    node: tree.Node
    part: Part


def is_transpose(sup: tree.Node | None) -> bool:
    return sup is not None and symbol_key(sup) in TRANSPOSES


def negated(sup: tree.Node | None) -> tree.Node | None:
    """The t of `-t`."""
    match sup:
        case tree.Add(signs=("-",), terms=(term,)):
            return term
        case _:
            return None


def is_inverse(sup: tree.Node | None) -> bool:
    return negated(sup) == tree.Num("1")


def is_mark(sup: tree.Node | None) -> bool:
    """A transpose, an inverse, both, or a mark that belongs to the name."""
    inner = negated(sup)
    if is_transpose(sup) or inner == tree.Num("1") or is_transpose(inner):
        return True
    return isinstance(sup, tree.Fence | tree.Name | tree.Words) or symbol_key(sup or tree.Empty()) in (
        "*",
        "\\ast",
        "+",
        "-",
        "\\star",
        "\\dagger",
    )


def is_operator(node: tree.Node) -> bool:
    """∂, d or ∇, with scripts or without, and d/dx: what acts on what follows."""
    inner = node.base if isinstance(node, tree.Script) else node
    if isinstance(inner, tree.Frac):
        split = split_derivative(inner.num, inner.den)
        return split is not None and split[0] is None
    return is_sign(inner) or inner == tree.Sym("\\nabla")


def places(root: tree.Node) -> Iterator[Place]:
    """All places of a side, parents first."""
    yield from _walk(root, (), Part.WHOLE, 0)


def _walk(node: tree.Node, path: Path, part: Part, depth: int) -> Iterator[Place]:
    if depth > _MAX_DEPTH:
        return
    yield Place(path, node, part)
    for step, child, its_part in _below(node, part):
        yield from _walk(child, path + step, its_part, depth + 1)


def _below(node: tree.Node, part: Part) -> Iterator[tuple[Path, tree.Node, Part]]:
    match node:
        case tree.Script(base=base, sup=sup):
            if not is_operator(base):
                yield (("base", -1),), base, Part.BASE
                if sup is not None and not is_mark(sup):
                    yield (("sup", -1),), sup, Part.EXPONENT
        case tree.Frac(num=num, den=den):
            yield from _quotient("num", num, "den", den)
        case tree.Infix(op="/", left=left, right=right):
            yield from _quotient("left", left, "right", right)
        case tree.Infix(left=left, right=right):
            yield (("left", -1),), left, Part.FACTOR
            yield (("right", -1),), right, Part.FACTOR
        case tree.Juxt(items=items):
            for i, item in enumerate(items):
                bound = part is Part.INTEGRAND and i > 0 and is_sign(items[i - 1])
                if not is_operator(item) and not bound:
                    yield (("items", i),), item, _part_of_product(items, i)
        case tree.Add(terms=terms):
            for i, term in enumerate(terms):
                if remainder(term) is None:  # which is no part of the values that are compared
                    yield (("terms", i),), term, Part.TERM
        case tree.Sequence(items=items):
            for i, item in enumerate(items):
                yield (("items", i),), item, Part.WHOLE
        case tree.Big(op=op, sub=sub, sup=sup, body=body):
            if sup is not None:
                yield (("sup", -1),), sup, Part.BOUND
            if isinstance(sub, tree.Rel) and len(sub.items) == 2:
                yield (("sub", -1), ("items", 1)), sub.items[1], Part.BOUND
            if body is not None:
                yield (("body", -1),), body, Part.INTEGRAND if op in INTEGRALS else Part.FACTOR
        case tree.Grid(rows=rows):
            for i, row in enumerate(rows):
                for j, cell in enumerate(row):
                    yield (("rows", i), ("", j)), cell, Part.WHOLE
        case tree.Fence(body=body) if part is Part.BRACKET and isinstance(body, _SYMBOL):
            yield (("body", -1),), body, Part.ARGUMENT
        case tree.Fence(body=body) | tree.Sqrt(body=body) | tree.Styled(body=body):
            yield (("body", -1),), body, Part.WHOLE
        case tree.Stack(body=body) | tree.At(body=body) | tree.Factorial(body=body):
            yield (("body", -1),), body, Part.FACTOR
        case _:
            return


def _part_of_product(items: tuple[tree.Node, ...], i: int) -> Part:
    if is_head(items, i):
        return Part.HEAD
    behind = i > 0 and isinstance(items[i], tree.Fence) and isinstance(items[i - 1], _SYMBOL)
    return Part.BRACKET if behind else Part.FACTOR


def is_head(items: tuple[tree.Node, ...], i: int) -> bool:
    """f of f(x): whether a symbol stands right before a bracket that holds one symbol."""
    after = items[i + 1] if i + 1 < len(items) else None
    return isinstance(items[i], _SYMBOL) and isinstance(after, tree.Fence) and isinstance(after.body, _SYMBOL)


def _quotient(
    above: str, num: tree.Node, below: str, den: tree.Node
) -> Iterator[tuple[Path, tree.Node, Part]]:
    """Of a derivative only what is differentiated is a place."""
    if split_derivative(num, den) is None:
        yield ((above, -1),), num, Part.FACTOR
        yield ((below, -1),), den, Part.FACTOR
    elif isinstance(num, tree.Juxt):
        for i, item in enumerate(num.items[1:], start=1):
            yield ((above, -1), ("items", i)), item, Part.FACTOR


def at_path(node: Any, path: Path) -> Any:
    """What stands at `path`."""
    for name, i in path:
        value = getattr(node, name) if name else node
        node = value if i < 0 else value[i]
    return node


def replaced(node: Any, path: Path, new: tree.Node) -> tree.Node:
    """The tree with `new` at `path`; spans of the nodes above are kept."""
    if not path:
        return new
    (name, i), *rest = path
    value = getattr(node, name)
    if i < 0:
        inner: Any = replaced(value, tuple(rest), new)
    elif rest and rest[0][0] == "":
        row = list(value[i])
        row[rest[0][1]] = replaced(row[rest[0][1]], tuple(rest[1:]), new)
        inner = (*value[:i], tuple(row), *value[i + 1 :])
    else:
        inner = (*value[:i], replaced(value[i], tuple(rest), new), *value[i + 1 :])
    result: tree.Node = replace(node, **{name: inner})
    return result
