"""What the symbols of a link are when one side lacks some of them: which terms vanish with one symbol only, and where a
change cannot be lost in a kernel."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from typing import TYPE_CHECKING

from derivcheck.diagnose.missing import IDENTITIES
from derivcheck.diagnose.places import Path, is_inverse, is_mark, is_operator, is_transpose
from derivcheck.notation import tree
from derivcheck.notation.derivatives import split_derivative
from derivcheck.notation.keys import symbol_key
from derivcheck.notation.walk import children, subtrees
from derivcheck.terms.dim import SCALAR, Shape
from derivcheck.terms.term import Symbol

if TYPE_CHECKING:
    from derivcheck.judge.question import Question

_NUMBERS = frozenset({"e", "\\pi", "\\infty"})
_INJECTIVE = frozenset({"\\otimes"})
_NONLINEAR = frozenset({"det", "log", "ln", "exp", "sin", "cos", "tan", "sinh", "cosh", "tanh"})
_CLEAR = _NONLINEAR | {"vec"}  # functions behind which a change is not lost
_NORMS = frozenset({"|", "\\|"})


@dataclass(frozen=True, slots=True)
class LoneSymbols:
    """What the nodes of a link are: scalars, the symbols that one side lacks."""

    question: Question
    symbols: Mapping[str, Symbol]
    keys: frozenset[str]
    arbitrary: bool

    def key(self, node: tree.Node) -> str | None:
        key = symbol_key(node)
        return None if key is None else self.question.known.alias(key)

    def lone(self, node: tree.Node) -> bool:
        return any(self.key(n) in self.keys for n in subtrees(node))

    def shape(self, node: tree.Node) -> Shape | None:
        symbol = self.symbols.get(self.key(node) or "")
        return None if symbol is None else symbol.shape

    def is_array(self, node: tree.Node) -> bool:
        """Whether it is a vector or matrix, perhaps transposed."""
        shape = self.shape(node.base if isinstance(node, tree.Script) and is_transpose(node.sup) else node)
        return shape is not None and shape != SCALAR

    def is_constant(self, node: tree.Node) -> bool:
        """Whether none of the claim's symbols stands in it: 1, π/2, I."""
        return self.symbols.keys().isdisjoint(self.key(n) for n in subtrees(node))

    def has_remainder(self, terms: tuple[tree.Node, ...]) -> bool:
        """Whether one term has nothing but symbols that the other side lacks, and the others have none of these: c,
        R(h), of which the equation says what it is."""
        holding = [t for t in terms if self.lone(t)]
        return len(holding) == 1 and self._is_remainder(holding[0])

    def _is_remainder(self, term: tree.Node) -> bool:
        if any(isinstance(n, tree.Add) and len(n.terms) > 1 for n in subtrees(term)):
            return False
        return {self.key(n) for n in subtrees(term) if isinstance(n, tree.Sym)} & self.symbols.keys() <= self.keys

    def carriers(self, node: tree.Node) -> list[str]:
        """The occurrences of symbols that are no scalars; a transposed one with a mark."""
        found: list[str] = []
        stack = [(node, "")]
        while stack:
            n, mark = stack.pop()
            key = self.key(n)
            symbol = self.symbols.get(key) if key is not None else None
            if symbol is not None:
                if symbol.shape != SCALAR:
                    found.append(f"{key}{mark}")
            elif isinstance(n, tree.Sym) and not is_operator(n) and key not in IDENTITIES | _NUMBERS:
                found.append(f"?{key}")
            elif isinstance(n, tree.Frac) and split_derivative(n.num, n.den) is not None:
                stack.append((n.num, ""))
            elif isinstance(n, tree.Script):
                if symbol_key(n.base) not in IDENTITIES:
                    stack += [(n.base, "ᵀ" if is_transpose(n.sup) else mark)] * (2 if _is_power(n) else 1)
            else:
                stack.extend((c, "") for c in reversed(children(n)))
        return found

    def degenerate(self, term: tree.Node) -> bool:
        """Whether a term vanishes with one of its symbols only: λ x, x⁻¹, ‖x‖², x xᵀ; that of symbols which are
        arbitrary does not vanish for another reason."""
        if self.arbitrary:
            return True
        if any(isinstance(n, tree.Name) and n.text not in _CLEAR for n in subtrees(term)):
            return False
        if isinstance(term, tree.Infix) and term.op in _INJECTIVE:
            return self.degenerate(term.left) and self.degenerate(term.right)
        match self.carriers(term):
            case [] | [_]:
                return True
            case [one, other]:
                return f"{one}ᵀ" == other or f"{other}ᵀ" == one
            case _:
                return False

    def transparent(self, root: tree.Node, path: Path) -> bool:
        """Whether a change at a path changes the whole: no factor that might have a kernel stands beside it."""
        if self.arbitrary:
            return True
        node, clear = root, True
        for step, (name, i) in enumerate(path):
            clear = clear and self._clear(node, name, i)
            below = getattr(node, name)
            if name == "rows":
                return clear  # a cell
            node = below[i] if i >= 0 else below
            if _is_nonlinear(node, path[step + 1 :]):
                clear = True
        return clear

    def _clear(self, node: tree.Node, name: str, i: int) -> bool:
        match node:
            case tree.Juxt(items=items):
                return not any(self._blocks(n) for k, n in enumerate(items) if k != i)
            case tree.Infix(op=op, left=left, right=right):
                return op in _INJECTIVE or not self._blocks(right if name == "left" else left)
            case tree.Big():
                return False
            case _:
                return True

    def _blocks(self, node: tree.Node) -> bool:
        """A factor with which a product may vanish though the other factor does not."""
        if isinstance(node, tree.Name):
            return node.text not in _CLEAR
        return not is_operator(node) and bool(self.carriers(node))


def _is_power(node: tree.Script) -> bool:
    """A² may be zero though A is not; ‖x‖² may not."""
    norm = isinstance(node.base, tree.Fence) and node.base.open in _NORMS
    return not norm and node.sup is not None and not is_mark(node.sup)


def _is_nonlinear(node: tree.Node, rest: Path) -> bool:
    """Whether what stands further below goes into an inverse, a power, a norm, a root, a denominator, an exponent."""
    match node:
        case tree.Script(sup=sup):
            return sup is not None and not is_transpose(sup) and (rest[:1] == (("sup", -1),) or is_inverse(sup))
        case tree.Fence(open=opener):
            return opener in _NORMS
        case tree.Sqrt():
            return True
        case tree.Frac():
            return rest[:1] == (("den", -1),)
        case _:
            return False
