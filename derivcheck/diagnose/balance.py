"""A term that one side of an equation lacks, or has alone.

Where a symbol stands on one side only, the equation may be a condition: `A(x + y) = A x` says that y is in the kernel.
It is none where it would say no more than that a symbol is zero: `∂/∂x (xᵀA x + bᵀx) = (A + Aᵀ) x` does not mean b = 0.
So a term that is added or dropped must vanish with one of its symbols only.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass, replace
from typing import TYPE_CHECKING

from derivcheck.diagnose.places import Part, Path, Place, is_inverse, is_mark, is_operator, is_transpose, places
from derivcheck.diagnose.sums import dropped_terms
from derivcheck.diagnose.variant import Balance, Patch, Scene, Variant, whole
from derivcheck.notation import tree
from derivcheck.notation.derivatives import split_derivative
from derivcheck.notation.keys import symbol_key
from derivcheck.notation.walk import children, rewrite, subtrees
from derivcheck.terms.dim import SCALAR, Shape
from derivcheck.terms.term import Claim, Symbol

if TYPE_CHECKING:
    from derivcheck.diagnose.model import Limits
    from derivcheck.judge.settle import Question

_MOST_TERMS = 24
_LARGEST = 12  # nodes of a term
_IDENTITIES = frozenset({"I", "bf:I", "rm:I", "sf:I"})
_NUMBERS = frozenset({"e", "\\pi", "\\infty"})
_INJECTIVE = frozenset({"\\otimes"})
_NONLINEAR = frozenset({"det", "log", "ln", "exp", "sin", "cos", "tan", "sinh", "cosh", "tanh"})
_NORMS = frozenset({"|", "\\|"})
_OPEN = frozenset({Part.WHOLE, Part.ARGUMENT, Part.EXPONENT})


def balance_of(question: Question, claim: Claim | None, limits: Limits) -> Balance | None:
    """What may be added to the side that lacks symbols, and where; what may be dropped from the other one."""
    if claim is None or not limits.lacking:
        return None
    poor, rich = question.nodes if limits.lacking == "lhs" else question.nodes[::-1]
    if isinstance(poor, tree.Num) or symbol_key(poor) is not None:
        return None  # set to a number; a lone symbol: its next value, or what the other side is called
    reader = _Reader(question, claim.symbols, limits.lone)
    if reader.has_remainder(rich.terms if isinstance(rich, tree.Add) else (rich,)):
        return None
    return Balance(
        limits.lacking,
        tuple(_offered(poor, rich, reader)),
        frozenset(p.path for p in places(poor) if _open(p, poor) and reader.transparent(poor, p.path)),
        frozenset(p.path for p in places(rich) if reader.transparent(rich, p.path)),
        lambda node: reader.lone(node) and reader.degenerate(node),
    )


def missing_terms(place: Place, scene: Scene) -> Iterator[Variant]:
    """a + b → a + b ± c for a c that stands on the other side, or is like a term of this one."""
    if scene.balance is None or place.path not in scene.balance.open:
        return
    node = place.node
    for term in scene.balance.terms:
        for sign in ("+", "-"):
            if isinstance(node, tree.Add):
                new: tree.Node = replace(node, signs=(*node.signs, sign), terms=(*node.terms, term))
                last = node.terms[-1]
                patch = Patch(last.start, last.end, (last, sign, term))
            else:
                new = tree.Add(("+", sign), (node, term), start=node.start, end=node.end)
                patch = whole(node, node, sign, term)
            yield Variant(new, "a term is missing", patch)


def lone_terms(place: Place, scene: Scene) -> Iterator[Variant]:
    """a + b → a where the other side has nothing of b."""
    node = place.node
    if scene.balance is None or not isinstance(node, tree.Add) or place.path not in scene.balance.spare:
        return
    for term, variant in zip(node.terms, dropped_terms(place, scene), strict=False):
        if scene.balance.alone(term):
            yield variant


@dataclass(frozen=True, slots=True)
class _Reader:
    """What the nodes of a link are: scalars, the symbols that one side lacks."""

    question: Question
    symbols: Mapping[str, Symbol]
    keys: frozenset[str]

    def key(self, node: tree.Node) -> str | None:
        key = symbol_key(node)
        return None if key is None else self.question.known.alias(key)

    def lone(self, node: tree.Node) -> bool:
        return any(self.key(n) in self.keys for n in subtrees(node))

    def shape(self, node: tree.Node) -> Shape | None:
        symbol = self.symbols.get(self.key(node) or "")
        return None if symbol is None else symbol.shape

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
            elif isinstance(n, tree.Sym) and not is_operator(n) and key not in _IDENTITIES | _NUMBERS:
                found.append(f"?{key}")
            elif isinstance(n, tree.Frac) and split_derivative(n.num, n.den) is not None:
                stack.append((n.num, ""))
            elif isinstance(n, tree.Script):
                if symbol_key(n.base) not in _IDENTITIES:
                    stack += [(n.base, "ᵀ" if is_transpose(n.sup) else mark)] * (2 if _is_power(n) else 1)
            else:
                stack.extend((c, "") for c in reversed(children(n)))
        return found

    def degenerate(self, term: tree.Node) -> bool:
        """Whether a term vanishes with one of its symbols only: λ x, x⁻¹, ‖x‖², x xᵀ."""
        if any(isinstance(n, tree.Name) and n.text not in _NONLINEAR for n in subtrees(term)):
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
            return node.text not in _NONLINEAR
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


def _open(place: Place, root: tree.Node) -> bool:
    """Whether a term can be added there without brackets."""
    quotient = bool(place.path) and place.path[-1][0] in ("num", "den")
    held = isinstance(place.node, tree.Num | tree.Sequence | tree.Empty | tree.Words | tree.Grid)
    return isinstance(place.node, tree.Add) or (not held and (place.part in _OPEN or quotient)) or (
        isinstance(place.node, tree.Num) and place.part in _OPEN and place.node.text != "0"
    )


def _offered(poor: tree.Node, rich: tree.Node, reader: _Reader) -> Iterator[tree.Node]:
    """Terms with a symbol that one side lacks: those of the other side, then the like of terms of this one."""
    found: list[tree.Node] = []
    for node in (*_parts(rich, reader), *_alike(poor, rich, reader)):
        if node not in found and reader.lone(node) and reader.degenerate(node):
            found.append(node)
            if len(found) > _MOST_TERMS:
                return
            yield rewrite(node, _anew)


def _anew(node: tree.Node) -> tree.Node | None:
    """An identity has a size of its own wherever it stands."""
    return replace(node) if symbol_key(node) in _IDENTITIES else None


def _parts(root: tree.Node, reader: _Reader) -> list[tree.Node]:
    """Symbols, marked ones, products and functions of a side, small ones first."""
    found = [p.node for p in places(root) if not isinstance(p.node, tree.Add | tree.Fence | tree.Sequence)]
    lone = [n for n in dict.fromkeys(found) if reader.key(n) in reader.keys]
    scaled = [tree.Juxt((n, unit)) for n in lone for unit in _identities(root)]
    matrices = [n for n in lone if reader.shape(n) != SCALAR]
    inverted = [tree.Script(n, None, tree.Add(("-",), (tree.Num("1"),), True)) for n in matrices]
    sized = [(sum(1 for _ in subtrees(n)), k, n) for k, n in enumerate((*found, *scaled, *inverted))]
    return [n for size, _, n in sorted(sized, key=lambda s: s[:2]) if size <= _LARGEST]


def _identities(root: tree.Node) -> list[tree.Node]:
    bare = [n for n in subtrees(root) if symbol_key(n) in _IDENTITIES]
    return list(dict.fromkeys(bare))


def _alike(poor: tree.Node, rich: tree.Node, reader: _Reader) -> Iterator[tree.Node]:
    """The terms of a side with a symbol of the other side in the place of one of theirs: ‖y‖² for ‖x‖²."""
    lone = list(dict.fromkeys(n for n in subtrees(rich) if reader.key(n) in reader.keys))
    for node in (p.node for p in places(poor)):
        for term in node.terms if isinstance(node, tree.Add) else (node,):
            if sum(1 for _ in subtrees(term)) > _LARGEST:
                continue
            for old in dict.fromkeys(n for n in subtrees(term) if reader.shape(n) is not None):
                for new in lone:
                    if reader.shape(old) == reader.shape(new):
                        yield _renamed(term, old, new)


def _renamed(term: tree.Node, old: tree.Node, new: tree.Node) -> tree.Node:
    return rewrite(term, lambda n: new if n == old else None)
