"""Slips in sums: signs, numerical factors, terms too many or too few."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import replace

from derivcheck.diagnose.groups import groups, item_of
from derivcheck.diagnose.places import Part, Place, is_operator, is_transpose
from derivcheck.diagnose.transposed import is_own_transpose, transposed
from derivcheck.diagnose.variant import Patch, Scene, Variant, spanned, whole
from derivcheck.notation import tree
from derivcheck.notation.derivatives import split_derivative

_TERMS = frozenset({Part.WHOLE, Part.TERM})
_TWO, _HALF = tree.Num("2"), tree.Frac(tree.Num("1"), tree.Num("2"))
_COEFFICIENTS: tuple[tuple[tree.Node, str], ...] = (
    (_TWO, "2"),
    (_HALF, "\\frac12 "),
    (tree.Num("3"), "3"),
)
_FLIPPED = {"+": "-", "-": "+", "\\pm": "\\mp", "\\mp": "\\pm"}


def signs(place: Place, scene: Scene) -> Iterator[Variant]:
    """a + b → a − b; −a → a."""
    node = place.node
    if isinstance(node, tree.Add):
        for i in range(len(node.terms)):
            yield _flipped(node, i, scene)


def lost_signs(place: Place, scene: Scene) -> Iterator[Variant]:
    """2 a → −2 a: the minus sign before a coefficient."""
    if isinstance(place.node, tree.Juxt) and is_number(place.node.items[0]):
        yield from missing_signs(place, scene)


def missing_signs(place: Place, scene: Scene) -> Iterator[Variant]:
    """a → −a where it is all there is."""
    node = place.node
    if isinstance(node, tree.Add):
        return
    if (
        place.part in (Part.WHOLE, Part.ARGUMENT, Part.EXPONENT)
        and not _is_zero(node)
        and not isinstance(node, tree.Sequence | tree.Empty | tree.Dots)
    ):
        new = tree.Add(("-",), (node,), True, start=node.start, end=node.end)
        yield Variant(new, "a minus sign is missing", _before(node, "-", scene))


def differences(place: Place, scene: Scene) -> Iterator[Variant]:
    """a − b → b − a: a difference the wrong way round."""
    node = place.node
    if (
        isinstance(node, tree.Add)
        and len(node.terms) == 2
        and node.signs == ("+", "-")
        and place.part is not Part.TERM
    ):
        a, b = node.terms
        yield Variant(
            replace(node, terms=(b, a)),
            "a difference the wrong way round",
            Patch(a.start, b.end, (b, "-", a)),
        )


def _flipped(node: tree.Add, i: int, scene: Scene) -> Variant:
    sign, term = node.signs[i], node.terms[i]
    flipped = _FLIPPED[sign]
    new: tree.Node = replace(node, signs=(*node.signs[:i], flipped, *node.signs[i + 1 :]))
    assert isinstance(new, tree.Add)
    patch: Patch | None
    if i == 0 and not node.leading:
        new = replace(new, leading=True)
        patch = _before(term, flipped, scene)
    elif i == 0 and flipped == "+":
        at = scene.find(sign, node.start, term.start)
        patch = None if at is None else Patch(at, term.end, (term,))
        new = term if len(node.terms) == 1 else replace(new, leading=False)
    else:
        start = node.start if i == 0 else node.terms[i - 1].end
        at = scene.find(sign, start, term.start)
        patch = None if at is None else Patch(at, at + len(sign), (flipped,))
    return Variant(new, "wrong sign", patch)


def _before(node: tree.Node, sign: str, scene: Scene) -> Patch | None:
    """The sign put before the first thing of a term."""
    first = node
    while True:
        match first:
            case tree.Juxt(items=(head, *_)):
                first = head
            case tree.Script(base=base) if base.end > base.start:
                return Patch(node.start, first.end, (sign, first)) if first.start == node.start else None
            case tree.Add() | tree.Infix():
                return None
            case _:
                break
    return Patch(node.start, first.end, (sign, first)) if first.start == node.start < first.end else None


def _is_zero(node: tree.Node) -> bool:
    return isinstance(node, tree.Num) and node.text == "0"


def dropped_numbers(place: Place, scene: Scene) -> Iterator[Variant]:
    """2 a → a, a 2 b → a b: a numerical factor too many."""
    node = place.node
    if not isinstance(node, tree.Juxt):
        return
    for i, item in enumerate(node.items):
        if not is_number(item):
            continue
        rest = item_of((*node.items[:i], *node.items[i + 1 :]))
        new = rest if len(node.items) == 2 else spanned(rest, node)
        beside = node.items[i + 1] if i + 1 < len(node.items) else node.items[i - 1]
        span = (item.start, beside.end) if beside.start >= item.start else (beside.start, item.end)
        yield Variant(new, "a numerical factor too many", Patch(*span, (beside,)))


def factors(place: Place, scene: Scene) -> Iterator[Variant]:
    """A factor 2 or ½ too many or too few on a term, or another small coefficient."""
    node = place.node
    if place.part not in _TERMS or isinstance(
        node, tree.Add | tree.Num | tree.Sequence | tree.Empty | tree.Words | tree.Dots
    ):
        return
    items = node.items if isinstance(node, tree.Juxt) else (node,)
    if is_number(items[0]) and len(items) > 1:
        for this, other, text in ((_TWO, _HALF, "\\frac12"), (_HALF, _TWO, "2")):
            if items[0] == this:
                new = tree.Juxt((other, *items[1:]), start=node.start, end=node.end)
                yield Variant(new, "wrong numerical factor", Patch(items[0].start, items[0].end, (text,)))
        return
    match items[0]:
        case tree.Frac(num=num, den=den, style="frac") as quotient if split_derivative(num, den) is None:
            for changed, piece in (
                (replace(quotient, num=_doubled(num)), num),
                (replace(quotient, den=_doubled(den)), den),
            ):
                words = "a factor $2$ is missing" if piece is num else "a factor $\\frac12$ is missing"
                whole_item = spanned(item_of((changed, *items[1:])), node) if len(items) > 1 else changed
                doubled = (
                    str(2 * int(piece.text)) if isinstance(piece, tree.Num) and piece.text.isdigit() else None
                )
                yield Variant(
                    whole_item, words, whole(piece, doubled) if doubled else whole(piece, "2", piece)
                )
        case _:
            for factor, text in _COEFFICIENTS:
                new = tree.Juxt((factor, *items), start=node.start, end=node.end)
                yield Variant(new, f"a factor ${text.strip()}$ is missing", _before(node, text, scene))


def _doubled(node: tree.Node) -> tree.Node:
    match node:
        case tree.Num(text=text) if text.isdigit():
            return tree.Num(str(2 * int(text)))
        case tree.Juxt(items=items):
            return tree.Juxt((tree.Num("2"), *items))
        case tree.Add():
            return tree.Juxt((tree.Num("2"), tree.Fence("(", ")", node)))
        case _:
            return tree.Juxt((tree.Num("2"), node))


def scaled_sums(place: Place, scene: Scene) -> Iterator[Variant]:
    """a + b → 2(a + b) and (a + b)/2 for a sum that fills a side."""
    node = place.node
    if isinstance(node, tree.Add) and not place.path:
        half = tree.Frac(node, tree.Num("2"), start=node.start, end=node.end)
        yield Variant(half, "a factor $\\frac12$ is missing", whole(node, "\\frac{", node, "}2"))
        double = tree.Juxt((tree.Num("2"), tree.Fence("(", ")", node)), start=node.start, end=node.end)
        yield Variant(double, "a factor $2$ is missing", whole(node, "2(", node, ")"))


def numbers(place: Place, scene: Scene) -> Iterator[Variant]:
    """A number one off, doubled or halved."""
    node = place.node
    if (
        place.part is Part.EXPONENT
        or not isinstance(node, tree.Num)
        or not node.text.isdigit()
        or len(node.text) > 3
        or node.end <= node.start
    ):
        return
    value = int(node.text)
    others = [
        value + 1,
        value - 1,
        *([2 * value] if value > 1 else []),
        *([value // 2] if value % 2 == 0 and value > 3 else []),
    ]
    for other in others:
        if other >= 0 and (other or place.part is Part.BOUND):
            yield Variant(spanned(tree.Num(str(other)), node), "wrong number", whole(node, str(other)))


def is_number(node: tree.Node) -> bool:
    match node:
        case tree.Num() | tree.Frac(num=tree.Num(), den=tree.Num()):
            return True
        case _:
            return False


def dropped_terms(place: Place, scene: Scene) -> Iterator[Variant]:
    """A sum without one of its terms."""
    node = place.node
    if not isinstance(node, tree.Add) or len(node.terms) < 2:
        return
    for i, term in enumerate(node.terms):
        marks, terms = (*node.signs[:i], *node.signs[i + 1 :]), (*node.terms[:i], *node.terms[i + 1 :])
        leading = marks[0] != "+"
        new: tree.Node = (
            terms[0]
            if len(terms) == 1 and not leading
            else replace(node, signs=marks, terms=terms, leading=leading)
        )
        start, end = (
            (node.terms[i - 1].end, term.end)
            if i
            else (node.start, node.terms[1].start if not leading else term.end)
        )
        yield Variant(new, "a term too many", Patch(start, end, ()))


def symmetrised(place: Place, scene: Scene) -> Iterator[Variant]:
    """2 A → A + Aᵀ and A → A + Aᵀ: symmetry taken for granted; the same for 2 A_ij."""
    node = place.node
    if not isinstance(node, tree.Juxt) or node.items[0] != tree.Num("2"):
        return
    parts = groups(node.items, scene.known)
    for i, j in parts:
        item = node.items[i]
        if j != i + 1 or i == 0 or not isinstance(item, tree.Sym | tree.Accent | tree.Script):
            continue
        other = _mirrored(item, scene)
        if other is None:
            continue
        add = tree.Add(("+", "+"), (item, other))
        rest = node.items[1:]
        inner: tree.Node = add if len(rest) == 1 else tree.Fence("(", ")", add)
        items = (*node.items[1:i], inner, *node.items[j:])
        pieces = ("(", item, "+", other, ")") if len(rest) > 1 else (item, "+", other)
        new = spanned(item_of(items), node)
        yield Variant(
            new,
            "the transposed term is missing",
            Patch(node.start, item.end, (*_run(node.items[1:i]), *pieces)),
        )


def _run(items: tuple[tree.Node, ...]) -> tuple[str | tree.Node, ...]:
    return (item_of(items), " ") if items else ()


def _mirrored(item: tree.Node, scene: Scene) -> tree.Node | None:
    match item:
        case tree.Script(sub=tree.Juxt(items=(a, b)) as sub, sup=None) if a != b:
            return replace(item, sub=replace(sub, items=(b, a)))
        case tree.Script(sub=tree.Sequence(items=(a, b)) as sub, sup=None) if a != b:
            return replace(item, sub=replace(sub, items=(b, a)))
        case tree.Script(sup=sup) if is_transpose(sup):
            return item.base if item.sub is None else replace(item, sup=None)
        case tree.Script(sup=None) | tree.Sym() | tree.Accent():
            return (
                replace(item, sup=scene.transpose)
                if isinstance(item, tree.Script)
                else tree.Script(item, None, scene.transpose)
            )
        case _:
            return None


def added_transposes(place: Place, scene: Scene) -> Iterator[Variant]:
    """a → a + aᵀ for a side or a bracket's content."""
    node = place.node
    if place.part is not Part.WHOLE or isinstance(node, tree.Add | tree.Num | tree.Sequence | tree.Empty):
        return
    other = transposed(node, scene) or tree.Script(tree.Fence("(", ")", node), None, scene.transpose)
    new = tree.Add(("+", "+"), (node, other), start=node.start, end=node.end)
    yield Variant(new, "the transposed term is missing", whole(node, node, "+", other))


def added_halves(place: Place, scene: Scene) -> Iterator[Variant]:
    """A X → (A + Aᵀ) X beside a derivative: that of a quadratic form has both halves."""
    node = place.node
    if not scene.differentiates or place.part not in (Part.FACTOR, Part.HEAD):
        return
    if not isinstance(node, tree.Sym | tree.Accent | tree.Script) or is_operator(node):
        return
    other = None if is_own_transpose(node, scene) else transposed(node, scene)
    if other is not None:
        new = spanned(tree.Fence("(", ")", tree.Add(("+", "+"), (node, other))), node)
        yield Variant(new, "the transposed term is missing", whole(node, "(", node, "+", other, ")"))


def vanishing(place: Place, scene: Scene) -> Iterator[Variant]:
    """A side that ought to be 0."""
    if not place.path and not _is_zero(place.node) and not scene.differentiates:
        yield Variant(spanned(tree.Num("0"), place.node), "this is zero", whole(place.node, "0"))
