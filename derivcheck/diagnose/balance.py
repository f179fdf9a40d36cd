"""A term that one side of an equation lacks, or has alone.

Where a symbol stands on one side only, the equation may be a condition: `A(x + y) = A x` says that y is in the kernel.
It is none where it would say no more than that a symbol is zero: `∂/∂x (xᵀA x + bᵀx) = (A + Aᵀ) x` does not mean b = 0.
So a term that is added or dropped must vanish with one of its symbols only.
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import replace
from itertools import combinations, permutations
from typing import TYPE_CHECKING

from derivcheck.diagnose.lone import LoneSymbols
from derivcheck.diagnose.missing import IDENTITIES, OPEN, is_open, with_terms
from derivcheck.diagnose.places import Part, Place, places, replaced
from derivcheck.diagnose.sums import dropped_terms
from derivcheck.diagnose.variant import Balance, Scene, Variant
from derivcheck.notation import tree
from derivcheck.notation.keys import letter, symbol_key
from derivcheck.notation.walk import rewrite, subtrees
from derivcheck.terms.dim import SCALAR
from derivcheck.terms.term import Claim

if TYPE_CHECKING:
    from derivcheck.diagnose.model import Limits
    from derivcheck.judge.question import Question

_MOST_TERMS = 32
_LARGEST = 12  # nodes of a term
_LARGEST_ARBITRARY = 24  # of one with symbols that may be anything
_FACTORS = frozenset({Part.FACTOR, Part.BASE})


def balance_of(question: Question, claim: Claim | None, limits: Limits) -> Balance | None:
    """What may be added to the side that lacks symbols, and where; what may be dropped from the other one."""
    if claim is None or not limits.lacking:
        return None
    poor, rich = question.nodes if limits.lacking == "lhs" else question.nodes[::-1]
    reader = LoneSymbols(question, claim.symbols, limits.lone, bool(limits.arbitrary))
    if reader.is_constant(poor):
        return _constant_sum(limits.lacking, poor, rich, reader)
    if limits.is_name(reader.key(poor)):
        return None
    if not limits.arbitrary and reader.has_remainder(rich.terms if isinstance(rich, tree.Add) else (rich,)):
        return None
    return Balance(
        limits.lacking,
        tuple(_offered(poor, rich, reader)),
        frozenset(p.path for p in places(poor) if _open(p) and reader.transparent(poor, p.path)),
        frozenset(p.path for p in places(rich) if reader.transparent(rich, p.path)),
        lambda node: reader.lone(node) and reader.degenerate(node),
    )


def _constant_sum(lacking: str, value: tree.Node, terms: tree.Node, reader: LoneSymbols) -> Balance | None:
    """Where a side is set to a value, what may be missing of it: sin²x of cos²x = 1. A value of what is not arbitrary
    is a condition, and so is the value 0."""
    if not reader.arbitrary or value == tree.Num("0"):
        return None
    side = "lhs" if lacking == "rhs" else "rhs"
    open_ = frozenset(p.path for p in places(terms) if _open(p))
    return Balance(side, tuple(_offered(terms, terms, reader)), open_, frozenset(), reader.lone)


def missing_terms(place: Place, scene: Scene) -> Iterator[Variant]:
    """a + b → a + b ± c for a c that stands on the other side, or is like a term of this one."""
    if scene.balance is None or place.path not in scene.balance.open:
        return
    terms = scene.balance.terms
    yield from with_terms(place, terms)
    if not place.path or isinstance(place.node, tree.Add):
        yield from with_terms(place, (_twice(t) for t in terms))


def lone_terms(place: Place, scene: Scene) -> Iterator[Variant]:
    """a + b → a where the other side has nothing of b."""
    node = place.node
    if scene.balance is None or not isinstance(node, tree.Add) or place.path not in scene.balance.spare:
        return
    for term, variant in zip(node.terms, dropped_terms(place, scene), strict=False):
        if scene.balance.alone(term):
            yield variant


def _open(place: Place) -> bool:
    """Whether a term can be added there: to a number too, in brackets to a symbol that is a factor or a base."""
    factor = place.part in _FACTORS and isinstance(place.node, tree.Sym | tree.Accent | tree.Script)
    number = place.part in OPEN and isinstance(place.node, tree.Num) and place.node.text != "0"
    return is_open(place) or factor or number


def _offered(poor: tree.Node, rich: tree.Node, reader: LoneSymbols) -> Iterator[tree.Node]:
    """Terms with a symbol that one side lacks: those of the other side, the like of terms of this one, those of the
    other side with one summand in the place of a sum; where the symbols are arbitrary, those with two letters exchanged
    and products of two factors too."""
    found: list[tree.Node] = []
    more: tuple[tree.Node, ...] = ()
    if reader.arbitrary:
        more = (*_companions(rich), *_exchanged(rich, reader), *_products((rich, poor), reader))
    for node in (*_parts(rich, poor, reader), *_alike(poor, rich, reader), *_summands(rich, reader), *more):
        if node not in found and reader.lone(node) and reader.degenerate(node):
            found.append(node)
            if len(found) > _MOST_TERMS:
                return
            yield rewrite(node, _anew)


def _anew(node: tree.Node) -> tree.Node | None:
    """An identity has a size of its own wherever it stands."""
    return replace(node) if symbol_key(node) in IDENTITIES else None


def _twice(term: tree.Node) -> tree.Node:
    return tree.Juxt((tree.Num("2"), *term.items) if isinstance(term, tree.Juxt) else (tree.Num("2"), term))


def _parts(root: tree.Node, poor: tree.Node, reader: LoneSymbols) -> list[tree.Node]:
    """Symbols, marked ones, products and functions of a side, small ones first; multiples of arrays of either side."""
    found = [p.node for p in places(root) if not isinstance(p.node, tree.Add | tree.Fence | tree.Sequence)]
    lone = [n for n in dict.fromkeys(found) if reader.key(n) in reader.keys]
    lone += [n for key in sorted(reader.keys) if (n := letter(key)) is not None and n not in lone]
    scalars = [n for n in lone if reader.shape(n) == SCALAR]
    scaled = [tree.Juxt((n, unit)) for n in lone for unit in _identities(root)]
    arrays = [n for n in dict.fromkeys((*found, *subtrees(poor))) if reader.is_array(n)]
    scaled += [tree.Juxt((n, array)) for n in scalars for array in arrays]
    matrices = [n for n in lone if reader.shape(n) != SCALAR]
    inverted = [tree.Script(n, None, tree.Add(("-",), (tree.Num("1"),), True)) for n in matrices]
    sized = [(sum(1 for _ in subtrees(n)), k, n) for k, n in enumerate((*found, *lone, *scaled, *inverted))]
    return [n for size, _, n in sorted(sized, key=lambda s: s[:2]) if size <= _largest(reader)]


def _largest(reader: LoneSymbols) -> int:
    return _LARGEST_ARBITRARY if reader.arbitrary else _LARGEST


def _summands(rich: tree.Node, reader: LoneSymbols) -> Iterator[tree.Node]:
    """A C of A (B + C), vec C of vec(B + C)."""
    for place in places(rich):
        if not isinstance(place.node, tree.Add) or not place.path:
            continue
        for term in (t for t in place.node.terms if reader.lone(t)):
            whole = replaced(rich, place.path, term)
            yield whole.terms[place.path[0][1]] if isinstance(whole, tree.Add) else whole


def _identities(root: tree.Node) -> list[tree.Node]:
    bare = [n for n in subtrees(root) if symbol_key(n) in IDENTITIES]
    return list(dict.fromkeys(bare))


def _alike(poor: tree.Node, rich: tree.Node, reader: LoneSymbols) -> Iterator[tree.Node]:
    """The terms of a side with a symbol of the other side in the place of one of theirs: ‖y‖² for ‖x‖²."""
    lone = list(dict.fromkeys(n for n in subtrees(rich) if reader.key(n) in reader.keys))
    for node in (p.node for p in places(poor)):
        for term in node.terms if isinstance(node, tree.Add) else (node,):
            if sum(1 for _ in subtrees(term)) > _largest(reader):
                continue
            for old in dict.fromkeys(n for n in subtrees(term) if reader.shape(n) is not None):
                for new in lone:
                    if reader.shape(old) == reader.shape(new):
                        yield _renamed(term, old, new)


def _exchanged(rich: tree.Node, reader: LoneSymbols) -> Iterator[tree.Node]:
    """B (A + B)⁻¹ B of A (A + B)⁻¹ A: the terms of a side with two letters exchanged."""
    for term in rich.terms if isinstance(rich, tree.Add) else (rich,):
        letters = dict.fromkeys(n for n in subtrees(term) if reader.shape(n) is not None)
        for one, other in combinations(letters, 2):
            if reader.shape(one) == reader.shape(other):
                yield rewrite(term, {one: other, other: one}.get)


def _companions(rich: tree.Node) -> Iterator[tree.Node]:
    """sin²x of cos²x: the terms of a side with the function that goes with theirs."""
    for term in rich.terms if isinstance(rich, tree.Add) else (rich,):
        other = rewrite(term, lambda n: _COMPANIONS.get(n.text) if isinstance(n, tree.Name) else None)
        if other != term:
            yield other


_COMPANIONS = {
    name: tree.Name(other) for a, b in (("sin", "cos"), ("sinh", "cosh")) for name, other in ((a, b), (b, a))
}


def _products(roots: tuple[tree.Node, tree.Node], reader: LoneSymbols) -> Iterator[tree.Node]:
    """B A, vᵀu of what stands in the equation, with a mark or without; a b of numbers."""
    nodes = dict.fromkeys(n for root in roots for n in subtrees(root))
    for pair in permutations((n for n in nodes if reader.is_array(n)), 2):
        yield tree.Juxt(pair)
    for pair in combinations((n for n in nodes if reader.shape(n) == SCALAR), 2):
        yield tree.Juxt(pair)


def _renamed(term: tree.Node, old: tree.Node, new: tree.Node) -> tree.Node:
    return rewrite(term, lambda n: new if n == old else None)
