"""Laws taken for granted: that factors commute, that a function of a sum is a sum, that an inner derivative is 1."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import replace

from derivcheck.diagnose.groups import groups, item_of
from derivcheck.diagnose.places import Part, Place
from derivcheck.diagnose.variant import Scene, Variant, spanned, whole
from derivcheck.notation import tree
from derivcheck.notation.walk import subtrees

_FLIPPED = {"+": "-", "-": "+"}


def sums_for_products(place: Place, scene: Scene) -> Iterator[Variant]:
    """a + b → a b and a b → a + b."""
    node = place.node
    match node:
        case tree.Add(terms=(_, tree.Num(text="1")) | (tree.Num(text="1"), _)):
            return  # n + 1, the next number, is no slip for n·1
        case tree.Add(signs=("+", "+"), terms=(a, b)) if not isinstance(a, tree.Add) and not isinstance(b, tree.Add):
            new: tree.Node = tree.Juxt((*_items(a), *_items(b)), start=node.start, end=node.end)
            yield Variant(new, "a sum for a product", whole(node, a, " ", b))
        case tree.Juxt(items=(a, b)) if place.part is Part.WHOLE and len(groups(node.items, scene.known)) == 2:
            new = tree.Add(("+", "+"), (a, b), start=node.start, end=node.end)
            yield Variant(new, "a product for a sum", whole(node, a, "+", b))
        case _:
            return


def merged_calls(place: Place, scene: Scene) -> Iterator[Variant]:
    """tr(A) tr(B) → tr(A B), one function of a product for a product of functions, and back."""
    match place.node:
        case tree.Juxt(items=(tree.Name() as f, tree.Fence() as a, tree.Name() as g, tree.Fence() as b)) if f == g:
            inner = tree.Juxt((*_items(a.body), *_items(b.body)))
            new = spanned(tree.Juxt((f, replace(a, body=inner))), place.node)
            words = "a product of functions for the function of a product"
            yield Variant(new, words, whole(place.node, f, a.open, inner, a.close))
        case tree.Juxt(items=(tree.Name() as f, tree.Fence(body=tree.Juxt(items=(x, y))) as a)):
            new = spanned(tree.Juxt((f, replace(a, body=x), f, replace(a, body=y))), place.node)
            yield Variant(new, "the function of a product for a product of functions")
        case _:
            return


def merged_sums(place: Place, scene: Scene) -> Iterator[Variant]:
    """ln a − ln b → ln(a − b): a function taken for a linear one."""
    match place.node:
        case tree.Add(
            signs=("+", "+" | "-" as sign),
            terms=(tree.Juxt(items=(tree.Name() as f, a)), tree.Juxt(items=(tree.Name() as g, b))),
        ) if f == g:
            inner = tree.Add(("+", sign), tuple(n.body if isinstance(n, tree.Fence) else n for n in (a, b)))
            new = spanned(tree.Juxt((f, tree.Fence("(", ")", inner))), place.node)
            words = "a sum of functions for the function of a sum"
            yield Variant(new, words, whole(place.node, f, "(", inner, ")"))
        case _:
            return


def commuted(place: Place, scene: Scene) -> Iterator[Variant]:
    """2 A B → A B + B A and A² − B² → (A + B)(A − B): products taken for ones that commute."""
    node = place.node
    match node:
        case tree.Add(
            signs=("+", "-"), terms=(tree.Script(sup=tree.Num("2")) as a, tree.Script(sup=tree.Num("2")) as b)
        ):
            pair = (_rooted(a), _rooted(b))
            new: tree.Node = tree.Juxt(tuple(tree.Fence("(", ")", tree.Add(("+", sign), pair)) for sign in "+-"))
            yield Variant(spanned(new, node), "the factors need not commute", whole(node, new))
        case tree.Add(signs=signs, terms=terms):
            for k, term in enumerate(terms):
                if (both := _both_ways(term, scene)) is not None and signs[k] in _FLIPPED:
                    several = (*terms[:k], *both, *terms[k + 1 :])
                    marks = (*signs[:k], signs[k], *signs[k:])
                    pieces = (both[0], signs[k], both[1])
                    changed = replace(node, signs=marks, terms=several)
                    yield Variant(changed, "the factors need not commute", whole(term, *pieces))
        case tree.Juxt() if place.part is Part.WHOLE and (both := _both_ways(node, scene)) is not None:
            new = tree.Add(("+", "+"), both)
            yield Variant(spanned(new, node), "the factors need not commute", whole(node, both[0], "+", both[1]))
        case _:
            return


def _both_ways(term: tree.Node, scene: Scene) -> tuple[tree.Node, tree.Node] | None:
    """A B and B A of 2 A B."""
    match term:
        case tree.Juxt(items=(tree.Num(text="2"), *rest)):
            parts = [item_of(tuple(rest[i:j])) for i, j in groups(tuple(rest), scene.known)]
            if len(parts) == 2:
                one, other = parts
                return tree.Juxt((*_items(one), *_items(other))), tree.Juxt((*_items(other), *_items(one)))
        case _:
            pass
    return None


def _rooted(square: tree.Script) -> tree.Node:
    return square.base if square.sub is None else replace(square, sup=None)


def inner_derivatives(place: Place, scene: Scene) -> Iterator[Variant]:
    """cos(x²) → 2x cos(x²): the derivative of an argument is missing."""
    node = place.node
    if place.part not in (Part.WHOLE, Part.TERM) or not isinstance(node, tree.Juxt):
        return
    seen: list[tree.Node] = []
    for argument in _arguments(node):
        for variable in scene.variables:
            factor = _derivative(argument, variable)
            if factor is not None and factor not in seen:
                seen.append(factor)
                numbers = sum(isinstance(n, tree.Num) for n in (node.items[0], *_items(factor)))
                front = int(isinstance(node.items[0], tree.Num) and numbers == 1)  # 4 a (a x + b)³
                new = replace(node, items=(*node.items[:front], *_items(factor), *node.items[front:]))
                pieces = (*node.items[:front], factor, " ", item_of(node.items[front:]))
                yield Variant(new, "an inner derivative is missing", whole(node, *pieces))


def _arguments(term: tree.Juxt) -> Iterator[tree.Node]:
    """What functions are taken of, and the bases of powers."""
    for name, argument in zip(term.items, term.items[1:], strict=False):
        if isinstance(name, tree.Name) or (isinstance(name, tree.Script) and isinstance(name.base, tree.Name)):
            yield argument
    for item in term.items:
        if isinstance(item, tree.Script) and isinstance(item.base, tree.Fence):
            yield item.base


def _derivative(node: tree.Node, by: tree.Node) -> tree.Node | None:
    """The derivative of c, c x, c xⁿ and their sums; None for anything else, for 0 and for 1."""
    match node:
        case tree.Fence(body=body):
            return _derivative(body, by)
        case tree.Script(base=base, sub=None, sup=tree.Num(text=text)) if base == by and text.isdigit():
            power = base if text == "2" else replace(node, sup=tree.Num(str(int(text) - 1)))
            return tree.Juxt((tree.Num(text), power)) if int(text) > 1 else None
        case tree.Juxt(items=items):
            holding = [k for k, item in enumerate(items) if by in subtrees(item)]
            if len(holding) != 1:
                return None
            k = holding[0]
            inner = () if items[k] == by else _items(_derivative(items[k], by) or tree.Empty())
            kept = (*items[:k], *inner, *items[k + 1 :])
            numbers = sum(isinstance(i, tree.Num) for i in kept)
            return item_of(kept) if kept and tree.Empty() not in kept and numbers < 2 else None
        case tree.Add(signs=signs, terms=terms):
            varying = [(s, t) for s, t in zip(signs, terms, strict=True) if by in subtrees(t)]
            if len(varying) != 1 or varying[0][0] != "+":
                return None
            return _derivative(varying[0][1], by)
        case _:
            return None


def _items(node: tree.Node) -> tuple[tree.Node, ...]:
    return node.items if isinstance(node, tree.Juxt) else (node,)
