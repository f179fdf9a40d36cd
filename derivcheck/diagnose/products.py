"""Slips in products: the order of factors, factors too many or too few."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import replace

from derivcheck.diagnose.groups import groups, is_bracket, item_of
from derivcheck.diagnose.places import Part, Place, is_operator, is_transpose
from derivcheck.diagnose.sums import is_number
from derivcheck.diagnose.transposed import transposed
from derivcheck.diagnose.variant import Patch, Piece, Scene, Variant, spanned, whole
from derivcheck.notation import tree
from derivcheck.notation.derivatives import is_sign

_MAX_FACTORS = 8
_SWAPPED = frozenset({"\\otimes", "\\cdot", "\\times", "\\odot", "\\circ", "\\ast", "*", "/"})


def swaps(place: Place, scene: Scene) -> Iterator[Variant]:
    """A B → B A for neighbours; first what puts two letters in the order in which they appear."""
    yield from _exchanged(place, scene, near=True)


def far_swaps(place: Place, scene: Scene) -> Iterator[Variant]:
    """A B C → C B A for factors with others between them."""
    yield from _exchanged(place, scene, near=False)


def _exchanged(place: Place, scene: Scene, *, near: bool) -> Iterator[Variant]:
    node = place.node
    if not isinstance(node, tree.Juxt):
        return
    parts = [(i, j) for i, j in groups(node.items, scene.known) if not is_number(node.items[i])]
    if len(parts) > _MAX_FACTORS:
        return
    behind = [(p, parts[p + 1 : p + 2] if near else parts[p + 2 :]) for p in range(len(parts))]
    pairs = [(parts[p], other) for p, others in behind for other in others]
    for (a, b), (c, d) in sorted(pairs, key=lambda p: not scene.in_order(node.items[p[1][0]], node.items[p[0][0]])):
        if node.items[a:b] == node.items[c:d]:
            continue
        if any(isinstance(node.items[k], tree.Big | tree.Words | tree.Dots) for k in (a, c)):
            continue
        if _takes_what_follows(node.items[c:d]):
            continue
        items = (*node.items[:a], *node.items[c:d], *node.items[b:c], *node.items[a:b], *node.items[d:])
        one, other = item_of(node.items[a:b]), item_of(node.items[c:d])
        middle: tuple[Piece, ...] = (" ", item_of(node.items[b:c]), " ") if c > b else (" ",)
        yield Variant(
            replace(node, items=items),
            "factors in the wrong order",
            Patch(one.start, other.end, (other, *middle, one)),
        )


def _takes_what_follows(group: tuple[tree.Node, ...]) -> bool:
    """Whether a factor behind it would be differentiated too: ∇g and d/dt x without brackets."""
    return is_operator(group[0]) and not is_sign(group[0]) and not is_bracket(group[-1])


def mark_swaps(place: Place, scene: Scene) -> Iterator[Variant]:
    """v uᵀ → u vᵀ: two factors exchanged, the transpose left where it is."""
    node = place.node
    if not isinstance(node, tree.Juxt):
        return
    for i, (first, second) in enumerate(zip(node.items, node.items[1:], strict=False)):
        one: tree.Node
        other: tree.Node
        if is_operator(first) or is_operator(second):
            continue
        match first, second:
            case tree.Sym() | tree.Accent() as a, tree.Script(
                base=tree.Sym() | tree.Accent() as b, sub=None
            ) as marked:
                one, other = spanned(b, a), replace(marked, base=spanned(a, b))
            case tree.Script(
                base=tree.Sym() | tree.Accent() as a, sub=None
            ) as marked, tree.Sym() | tree.Accent() as b:
                one, other = replace(marked, base=spanned(b, a)), spanned(a, b)
            case _:
                continue
        if not is_transpose(marked.sup):
            continue
        new = replace(node, items=(*node.items[:i], one, other, *node.items[i + 2 :]))
        pieces = (b, scene.mark, a) if isinstance(one, tree.Script) else (b, " ", a, scene.mark)
        yield Variant(
            new, "factors in the wrong order", Patch(node.items[i].start, node.items[i + 1].end, pieces)
        )


def moved_marks(place: Place, scene: Scene) -> Iterator[Variant]:
    """uᵀ v → u vᵀ: an inner product where an outer one belongs, and back."""
    node = place.node
    if not isinstance(node, tree.Juxt):
        return
    for i, (first, second) in enumerate(zip(node.items, node.items[1:], strict=False)):
        one, other = _without_transpose(first), _without_transpose(second)
        if (one is None) is (other is None) or is_operator(first) or is_operator(second):
            continue
        left = one or _with_transpose(first, scene)
        right = other or _with_transpose(second, scene)
        if left is None or right is None:
            continue
        pieces = (left, second, scene.mark) if one is not None else (first, scene.mark, " ", right)
        yield Variant(
            replace(node, items=(*node.items[:i], left, right, *node.items[i + 2 :])),
            "the transpose is at the wrong factor",
            Patch(first.start, second.end, pieces),
        )


def _without_transpose(node: tree.Node) -> tree.Node | None:
    """u of uᵀ; None of what is not transposed."""
    if not isinstance(node, tree.Script) or not is_transpose(node.sup) or node.primes:
        return None
    return node.base if node.sub is None else replace(node, sup=None)


def _with_transpose(node: tree.Node, scene: Scene) -> tree.Node | None:
    """uᵀ of a symbol or a bracket that carries nothing yet."""
    match node:
        case tree.Sym() | tree.Accent() | tree.Fence(open="("):
            return spanned(tree.Script(node, None, scene.transpose), node)
        case tree.Script(sup=None, primes=0):
            return replace(node, sup=scene.transpose)
        case _:
            return None


def operand_swaps(place: Place, scene: Scene) -> Iterator[Variant]:
    """A ⊗ B → B ⊗ A; also around a dot, a cross and a slash."""
    node = place.node
    if isinstance(node, tree.Infix) and node.op in _SWAPPED and node.left != node.right:
        new = replace(node, left=node.right, right=node.left)
        op = f" {node.op} " if len(node.op) > 1 else node.op
        yield Variant(new, "operands in the wrong order", whole(node, node.right, op, node.left))


def whole_transposes(place: Place, scene: Scene) -> Iterator[Variant]:
    """A B → Bᵀ Aᵀ for a side, a term or a bracket: rows and columns of a derivative taken for each other.

    Without a derivative it would make a condition of symmetry, Aᵀ B = Bᵀ A, a triviality.
    """
    node = place.node
    if not scene.differentiates:
        return
    if place.part in (Part.WHOLE, Part.TERM, Part.FACTOR) and isinstance(
        node, tree.Juxt | tree.Add | tree.Infix | tree.Frac
    ):
        other = transposed(node, scene)
        if other is not None:
            yield Variant(spanned(other, node), "the transpose is meant", whole(node, other))
            return
        new = spanned(tree.Script(tree.Fence("(", ")", node), None, scene.transpose), node)
        yield Variant(new, "the transpose is meant", whole(node, "(", node, ")" + scene.mark))


def dropped_factors(place: Place, scene: Scene) -> Iterator[Variant]:
    """A product without one of its factors."""
    node = place.node
    if not isinstance(node, tree.Juxt):
        return
    parts = groups(node.items, scene.known)
    for i, j in parts:
        items = (*node.items[:i], *node.items[j:])
        if not items or is_number(node.items[i]):
            continue
        start, end = (
            (node.items[i - 1].end, node.items[j - 1].end)
            if i
            else (node.items[i].start, node.items[j].start)
        )
        yield Variant(spanned(item_of(items), node), "a factor too many", Patch(start, end, ()))


def added_factors(place: Place, scene: Scene) -> Iterator[Variant]:
    """A product with one more factor of the equation, before or after."""
    node = place.node
    inside = bool(place.path) and place.path[-1][0] in ("body", "num")  # of a sum, of a fraction
    whole_product = place.part in (Part.WHOLE, Part.TERM) or inside
    if not whole_product or isinstance(node, tree.Add | tree.Sequence | tree.Empty | tree.Words):
        return
    items = node.items if isinstance(node, tree.Juxt) else (node,)
    if len(items) > _MAX_FACTORS or items[0] == tree.Num("0") or is_operator(items[0]):
        return
    ends = [0, *(j for _, j in groups(items, scene.known))]
    for factor in scene.factors:
        for at in ends:
            new = tree.Juxt((*items[:at], factor, *items[at:]), start=node.start, end=node.end)
            beside = items[at - 1] if at else items[0]
            pieces: tuple[Piece, ...] = (beside, " ", factor) if at else (factor, " ", beside)
            yield Variant(new, "a factor is missing", Patch(beside.start, beside.end, pieces))


def commutations(place: Place, scene: Scene) -> Iterator[Variant]:
    """Qᵀ ⊗ P → (Qᵀ ⊗ P) K_nq: the matrix that takes vec X to vec Xᵀ."""
    node = place.node
    marked = tree.Juxt | tree.Infix | tree.Fence | tree.Script
    if place.part not in (Part.WHOLE, Part.TERM) or not isinstance(node, marked):
        return
    opened, closed = ("(", ")") if isinstance(node, tree.Infix) else ("", "")
    items = node.items if isinstance(node, tree.Juxt) else (tree.Fence("(", ")", node) if opened else node,)
    for factor in scene.commutations:
        for new, pieces in (
            ((*items, factor), (opened, node, closed, factor)),
            ((factor, *items), (factor, opened or " ", node, closed)),
        ):
            product = tree.Juxt(new, start=node.start, end=node.end)
            yield Variant(product, "a commutation matrix is missing", whole(node, *pieces))
