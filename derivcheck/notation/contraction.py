"""Index notation without sum signs: which indices of an expression are free, and whether one is repeated."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable
from dataclasses import dataclass, replace

from derivcheck.notation import tree
from derivcheck.notation.capitals import CAPITAL_INDICES
from derivcheck.notation.derivatives import split_derivative
from derivcheck.notation.walk import subtrees

_PRODUCTS = frozenset({"\\cdot", "\\times", "*", "/"})
_LETTERS = frozenset("abcdefghijklmnpqrstuv") | CAPITAL_INDICES


@dataclass(frozen=True, slots=True)
class _Indices:
    free: frozenset[str] = frozenset()
    repeated: bool = False


def in_index_notation(members: Iterable[tree.Node]) -> bool:
    """Whether two of the members follow the rules of index notation, with the same free indices: in a product no index
    stands more than twice, all terms of a sum have the same free ones, and one is repeated or that of a coordinate."""
    found = [i for m in members if (i := _indices(m)) is not None]
    alike = Counter(i.free for i in found)
    return any(count > 1 and any(i.repeated and i.free == free for i in found) for free, count in alike.items())


def index_letters(node: tree.Node) -> frozenset[str]:
    """The index letters among the subscripts of an expression."""
    subs = (n.sub for n in subtrees(node) if isinstance(n, tree.Script) and n.sub is not None)
    return frozenset(name for sub in subs for name in _subscripts(sub) or ())


def has_triple(node: tree.Node) -> bool:
    """Whether an index stands more than twice in a product, A_ij δ_jj: no sum over it is meant."""
    products = (n.items for n in subtrees(node) if isinstance(n, tree.Juxt))
    return any(n > 2 for items in products for n in _counts(items).values())


def _counts(items: Iterable[tree.Node]) -> Counter[str]:
    subs = (i.sub for i in items if isinstance(i, tree.Script) and i.sub is not None)
    return Counter(name for sub in subs for name in _subscripts(sub) or ())


def _indices(node: tree.Node) -> _Indices | None:
    """None where the rules are broken, or where there is more than products and sums of entries."""
    match node:
        case tree.Sym() | tree.Num() | tree.Accent():
            return _Indices()
        case tree.Script(base=base, sub=sub, sup=None | tree.Num(), primes=0) if sub is not None:
            letters = _subscripts(sub)
            inner = _indices(base)
            if letters is None or inner is None or (node.sup is not None and letters):
                return None
            return _product((inner, *(_Indices(frozenset({letter})) for letter in letters)))
        case tree.Script(base=base, sub=None, sup=tree.Num(), primes=0):
            inner = _indices(base)
            return inner if inner is not None and not inner.free else None
        case tree.Juxt(items=items):
            return _product(map(_indices, items))
        case tree.Infix(op=op, left=left, right=right) if op in _PRODUCTS:
            return _product((_indices(left), _indices(right)))
        case tree.Frac(num=num, den=den):
            quotient = _product((_indices(num), _indices(den)))
            by_coordinate = split_derivative(num, den) is not None and bool(index_letters(den))
            return replace(quotient, repeated=True) if quotient is not None and by_coordinate else quotient
        case tree.Fence(open="(" | "[" | "{", body=body) | tree.Styled(body=body):
            return _indices(body)
        case tree.Add(terms=terms):
            return _sum(list(map(_indices, terms)))
        case _:
            return None


def _subscripts(sub: tree.Node) -> tuple[str, ...] | None:
    """The letters of a subscript; None when it is no list of indices."""
    items = sub.items if isinstance(sub, tree.Juxt | tree.Sequence) else (sub,)
    names = tuple(i.name for i in items if isinstance(i, tree.Sym) and i.font in ("", "it") and i.name in _LETTERS)
    return names if len(names) == len(items) else None


def _product(factors: Iterable[_Indices | None]) -> _Indices | None:
    counts: Counter[str] = Counter()
    repeated = False
    for factor in factors:
        if factor is None:
            return None
        counts.update(factor.free)
        repeated = repeated or factor.repeated
    if any(n > 2 for n in counts.values()):
        return None
    free = frozenset(name for name, n in counts.items() if n == 1)
    return _Indices(free, repeated or len(free) < len(counts))


def _sum(terms: list[_Indices | None]) -> _Indices | None:
    found = [t for t in terms if t is not None]
    if len(found) < len(terms) or len({t.free for t in found}) != 1:
        return None
    return _Indices(found[0].free, any(t.repeated for t in found))
