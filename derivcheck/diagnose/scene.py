"""What the equation itself offers to its edits."""

from __future__ import annotations

from collections.abc import Mapping
from typing import TYPE_CHECKING

from derivcheck.diagnose.notation import transpose_mark
from derivcheck.diagnose.places import Part, is_operator, places
from derivcheck.diagnose.variant import Scene
from derivcheck.documents.model import Macro
from derivcheck.notation import tree
from derivcheck.notation.derivatives import split_derivative
from derivcheck.notation.keys import symbol_key
from derivcheck.notation.walk import subtrees

if TYPE_CHECKING:
    from derivcheck.judge.settle import Question

_MAX_SYMBOLS = 12
_MAX_FACTORS = 8
_NO_MACROS: Mapping[str, Macro] = {}
_NO_SYMBOLS = frozenset({"\\partial", "\\nabla", "d", "\\top", "\\intercal", "T", "\\infty"})


def scene_of(question: Question, text: str, macros: Mapping[str, Macro] = _NO_MACROS) -> Scene:
    """Symbols, subscript letters, factors and sums of both sides, in order of appearance."""
    transpose, mark = transpose_mark(question.nodes, text, question.known, macros)
    symbols: list[tree.Node] = []
    letters: list[tree.Sym] = []
    factors: list[tree.Node] = []
    sums: list[tree.Big] = []
    for root in question.nodes:
        for node in subtrees(root):
            match node:
                case tree.Big(op="sum" | "prod") if not any(
                    s.sub == node.sub and s.sup == node.sup for s in sums
                ):
                    sums.append(node)
                    letters += _bound(node)
                case _:
                    pass
            if isinstance(node, tree.Script) and node.sub is not None and not is_operator(node):
                letters += [s for s in subtrees(node.sub) if isinstance(s, tree.Sym) and s not in letters]
        for place in places(root):
            node = place.node
            if (
                isinstance(node, tree.Sym | tree.Accent)
                and symbol_key(node) not in _NO_SYMBOLS
                and node not in symbols
            ):
                symbols.append(node)
            if (
                place.part is Part.FACTOR
                and isinstance(node, tree.Sym | tree.Script | tree.Fence)
                and node not in factors
            ):
                factors.append(node)
            if (
                place.part in (Part.FACTOR, Part.TERM, Part.WHOLE)
                and isinstance(node, tree.Sym)
                and node in symbols
                and node not in factors
            ):
                factors.append(node)
    return Scene(
        text,
        question.known,
        transpose,
        mark,
        tuple(symbols[:_MAX_SYMBOLS]),
        tuple(dict.fromkeys(letters))[:_MAX_SYMBOLS],
        tuple(factors[:_MAX_FACTORS]),
        tuple(sums),
        any(_is_derivative(n) for root in question.nodes for n in subtrees(root)),
        tuple(dict.fromkeys(v for root in question.nodes for n in subtrees(root) for v in _variables(n))),
    )


def _is_derivative(node: tree.Node) -> bool:
    match node:
        case tree.Frac(num=num, den=den):
            return split_derivative(num, den) is not None
        case _:
            return node == tree.Sym("\\nabla")


def _variables(node: tree.Node) -> tuple[tree.Node, ...]:
    """The symbols by which a quotient differentiates."""
    match node:
        case tree.Frac(num=num, den=den) if split_derivative(num, den) is not None and isinstance(den, tree.Juxt):
            return tuple(n for n in den.items if isinstance(n, tree.Sym) and symbol_key(n) not in _NO_SYMBOLS)
        case _:
            return ()


def _bound(node: tree.Big) -> list[tree.Sym]:
    """The index of a sum."""
    match node.sub:
        case tree.Rel(items=(tree.Sym() as index, *_)):
            return [index]
        case tree.Sym() as index:
            return [index]
        case _:
            return []
