"""Terms that the product rule gives: of d(X Y) they are (dX) Y and X dY."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from dataclasses import replace
from itertools import pairwise

from derivcheck.diagnose.groups import groups, item_of
from derivcheck.diagnose.missing import is_open, with_terms
from derivcheck.diagnose.places import Place, is_operator, is_transpose
from derivcheck.diagnose.sums import is_number
from derivcheck.diagnose.variant import Scene, Variant
from derivcheck.notation import tree
from derivcheck.notation.derivatives import split_derivative
from derivcheck.notation.keys import symbol_keys
from derivcheck.notation.walk import subtrees
from derivcheck.readings.known import Known

_DOTS = {"dot": "ddot"}
_MAX_TERMS = 8
_PRODUCTS = frozenset({"\\times", "\\cdot", "\\otimes", "\\odot", "\\circ", "*"})
_TIME = tree.Sym("t")
_FEW_FACTORS = ("2", "3", "4")

Factors = tuple[tree.Node, ...]


def missing_product_terms(place: Place, scene: Scene) -> Iterator[Variant]:
    """d(X Y) = X dY → X dY + (dX) Y: a side without one of the terms that the product rule gives."""
    if not place.path and is_open(place):
        yield from with_terms(place, scene.product_terms)


def product_terms(roots: Iterable[tree.Node], known: Known) -> tuple[tree.Node, ...]:
    """The terms of the product rule for every product that is differentiated, in order of appearance."""
    found: dict[tree.Node, None] = {}
    for node in (n for root in roots for n in subtrees(root)):
        for operator, operand in _differentiated(node):
            for term in _terms(operator, operand, known):
                found[term] = None
                if len(found) == _MAX_TERMS:
                    return tuple(found)
    return tuple(found)


def _differentiated(node: tree.Node) -> Iterator[tuple[tree.Node, tree.Node]]:
    """The operator and what it acts on: of d(X Y), ∇(f g), d/dt (M v) and ∂(u v)/∂x."""
    match node:
        case tree.Juxt(items=items):
            for head, following in pairwise(items):
                if is_operator(head) and isinstance(following, tree.Fence):
                    yield head, following.body
            if isinstance(items[0], tree.Frac) and is_operator(items[0]) and len(items) > 2:
                yield items[0], item_of(items[1:])
        case tree.Frac(num=num, den=den):
            split = split_derivative(num, den)
            operand = split[0] if split is not None and len(split[1]) == 1 else None
            if isinstance(num, tree.Juxt) and operand is not None:
                body = operand.body if isinstance(operand, tree.Fence) else operand
                yield replace(node, num=num.items[0]), body
        case _:
            pass


def _terms(operator: tree.Node, operand: tree.Node, known: Known) -> Iterator[tree.Node]:
    """The product with one of its factors differentiated; the gradient of a factor stands last."""
    if isinstance(operand, tree.Infix) and operand.op in _PRODUCTS and not _in_space(operator):
        yield replace(operand, left=item_of(_derivative(operator, operand.left, last=True)))
        yield replace(operand, right=item_of(_derivative(operator, operand.right, last=True)))
    if isinstance(operand, tree.Script):
        yield from _of_power(operator, operand)
    if not isinstance(operand, tree.Juxt):
        return
    parts = groups(operand.items, known)
    if len([i for i, _ in parts if not is_number(operand.items[i])]) < 2:
        return
    for i, j in parts:
        if is_number(operand.items[i]):
            continue
        before, factor, after = operand.items[:i], item_of(operand.items[i:j]), operand.items[j:]
        if _in_space(operator) and not any(known.function(key) for key in symbol_keys(factor)):
            continue  # it may be constant: that it is a field was not said
        if _is_gradient(operator):
            yield tree.Juxt((*before, *after, operator, factor))
        else:
            yield tree.Juxt((*before, *_derivative(operator, factor, last=not after), *after))


def _of_power(operator: tree.Node, operand: tree.Script) -> Iterator[tree.Node]:
    """The terms of d(X³): (dX) X², X (dX) X and X² dX."""
    base, sup = operand.base, operand.sup
    if operand.sub is not None or operand.primes or _in_space(operator) or not isinstance(sup, tree.Num):
        return
    order = int(sup.text) if sup.text in _FEW_FACTORS else 0
    powers = [(), (base,), *((replace(operand, sup=tree.Num(str(k))),) for k in range(2, order))]
    for before in range(order):
        after = powers[order - 1 - before]
        yield tree.Juxt((*powers[before], *_derivative(operator, base, last=not after), *after))


def _in_space(operator: tree.Node) -> bool:
    """∇, ∂_i: by the coordinates of a place that may stand nowhere."""
    return _is_gradient(operator) or (isinstance(operator, tree.Script) and operator.sub is not None)


def _is_gradient(operator: tree.Node) -> bool:
    return (operator.base if isinstance(operator, tree.Script) else operator) == tree.Sym("\\nabla")


def _derivative(operator: tree.Node, factor: tree.Node, *, last: bool) -> Factors:
    """dX, ẋ, ∂u/∂x; in brackets where a factor follows that is not meant."""
    if isinstance(operator, tree.Frac):
        dotted = _dotted(factor) if isinstance(operator.den, tree.Juxt) and operator.den.items[-1] == _TIME else None
        return (dotted or replace(operator, num=tree.Juxt((operator.num, factor))),)
    differential = tree.Juxt((operator, factor))
    return differential.items if last else (tree.Fence("(", ")", differential),)


def _dotted(factor: tree.Node) -> tree.Node | None:
    """ẋ of x, ẍ of ẋ, ẋᵀ of xᵀ."""
    match factor:
        case tree.Sym():
            return tree.Accent("dot", factor)
        case tree.Accent(accent=accent) if accent in _DOTS:
            return replace(factor, accent=_DOTS[accent])
        case tree.Script(base=base, sub=None, sup=sup, primes=0) if is_transpose(sup):
            body = _dotted(base)
            return None if body is None else replace(factor, base=body)
        case _:
            return None
