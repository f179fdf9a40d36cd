"""Terms that were left out: a number, the identity, a symbol that the text defines."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from dataclasses import replace

from derivcheck.diagnose.places import Part, Place
from derivcheck.diagnose.variant import Patch, Scene, Variant, whole
from derivcheck.notation import tree
from derivcheck.notation.keys import symbol_key
from derivcheck.notation.walk import subtrees

IDENTITIES = frozenset({"I", "bf:I", "rm:I", "sf:I"})
OPEN = frozenset({Part.WHOLE, Part.ARGUMENT, Part.EXPONENT})
_OPPOSITE = {"+": "-", "-": "+"}
_HELD = tree.Num | tree.Sequence | tree.Empty | tree.Words | tree.Grid | tree.Dots


def missing_constants(place: Place, scene: Scene) -> Iterator[Variant]:
    """−σ(t) → −σ(t) + 1, (−H) X → (−H + I) X: a number, where there is none, or the identity."""
    if is_open(place):
        terms = place.node.terms if isinstance(place.node, tree.Add) else (place.node,)
        there = {symbol_key(t) for t in terms} & IDENTITIES or any(isinstance(t, tree.Num) for t in terms)
        if not there:
            yield from with_terms(place, scene.constants)


def missing_symbols(place: Place, scene: Scene) -> Iterator[Variant]:
    """−y → −y + p where the text defines p."""
    if is_open(place):
        names = {symbol_key(n) for n in subtrees(place.node)}
        yield from with_terms(place, (s for s, _ in scene.definitions if symbol_key(s) not in names))


def missing_parts(place: Place, scene: Scene) -> Iterator[Variant]:
    """(y − X w)ᵀ(−X w) → (y − X w)ᵀ(−X w + y): a term or a symbol that stands elsewhere in the equation."""
    if is_open(place):
        there = place.node.terms if isinstance(place.node, tree.Add) else (place.node,)
        yield from with_terms(place, (t for t in scene.terms if t not in there))


def is_open(place: Place) -> bool:
    """Whether a term can be added there without brackets."""
    quotient = bool(place.path) and place.path[-1][0] in ("num", "den")
    return isinstance(place.node, tree.Add) or (
        not isinstance(place.node, _HELD) and (place.part in OPEN or quotient)
    )


def with_terms(place: Place, terms: Iterable[tree.Node]) -> Iterator[Variant]:
    """a → a + c and a − c, unless that leaves nothing of a term; in brackets where a is a factor or a base."""
    node = place.node
    bracketed = not is_open(place) and not isinstance(node, tree.Num)
    there = zip(node.signs, node.terms, strict=True) if isinstance(node, tree.Add) else [("+", node)]
    cancelled = {(_OPPOSITE.get(sign), term) for sign, term in there}
    for term in terms:
        for sign in ("+", "-"):
            if (sign, term) in cancelled:
                continue
            if isinstance(node, tree.Add):
                new: tree.Node = replace(node, signs=(*node.signs, sign), terms=(*node.terms, term))
                last = node.terms[-1]
                patch = Patch(last.start, last.end, (last, sign, term))
            elif bracketed:
                new = tree.Fence("(", ")", tree.Add(("+", sign), (node, term)), start=node.start, end=node.end)
                patch = whole(node, "(", node, sign, term, ")")
            else:
                new = tree.Add(("+", sign), (node, term), start=node.start, end=node.end)
                patch = whole(node, node, sign, term)
            yield Variant(new, "a term is missing", patch)
