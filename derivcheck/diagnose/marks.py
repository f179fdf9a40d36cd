"""Slips in what hangs on a symbol: transposes, inverses, exponents."""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import replace

from derivcheck.diagnose.places import Part, Place, is_inverse, is_mark, is_operator, is_transpose, negated
from derivcheck.diagnose.primes import PRIME
from derivcheck.diagnose.transposed import is_own_transpose, transposed
from derivcheck.diagnose.variant import Scene, Variant, spanned, whole
from derivcheck.notation import tree
from derivcheck.notation.keys import symbol_key
from derivcheck.notation.printer import to_latex
from derivcheck.readings.known import plain

_ATOMS = (tree.Sym, tree.Accent, tree.Fence, tree.Grid, tree.Script)
_VALUES = frozenset({Part.WHOLE, Part.TERM, Part.FACTOR, Part.HEAD, Part.BRACKET})
_NONSCALAR = frozenset({"vector", "nonscalar", "matrix"})
_ONE = tree.Num("1")
_MINUS_ONE = tree.Add(("-",), (_ONE,), True)


def transposes(place: Place, scene: Scene) -> Iterator[Variant]:
    """A → Aᵀ, Aᵀ → A, A⁻¹ ↔ A⁻ᵀ."""
    if not _is_bracket(place.node):
        yield from _transposed(place, scene)


def bracket_transposes(place: Place, scene: Scene) -> Iterator[Variant]:
    """(A B) → Bᵀ Aᵀ and back; (A B) → (A B)ᵀ where that is not written out."""
    node = place.node
    if _is_bracket(node) and place.part in _VALUES:
        several = isinstance(node, tree.Fence) and isinstance(node.body, tree.Juxt | tree.Add | tree.Infix)
        other = transposed(node, scene) if several else None  # of a single symbol it may be an argument: J(z)ᵀ
        if other is not None:
            yield Variant(other, "the transpose is meant", whole(node, other))
        if other is None or not place.path:  # a side written out may say no more than the other one does
            yield from _transposed(place, scene)


def _is_bracket(node: tree.Node) -> bool:
    return isinstance(node.base if isinstance(node, tree.Script) else node, tree.Fence | tree.Grid)


def _transposed(place: Place, scene: Scene) -> Iterator[Variant]:
    node = place.node
    if place.part not in _VALUES | {Part.EXPONENT} or not _takes_marks(node):
        return
    sup = node.sup if isinstance(node, tree.Script) else None
    if isinstance(node, tree.Script) and is_transpose(sup):
        yield _remarked(node, None, "a transpose too many")
    elif isinstance(node, tree.Script) and is_inverse(sup):
        yield _both(node, scene)
    elif isinstance(node, tree.Script) and is_transpose(negated(sup)):
        yield _remarked(node, _MINUS_ONE, "a transpose too many")
    elif sup is None and not is_own_transpose(node, scene) and not _is_scalar_function(node, scene):
        yield _marked(node, scene.transpose, "a transpose is missing", scene.mark)


def inverses(place: Place, scene: Scene) -> Iterator[Variant]:
    """A → A⁻¹, A⁻¹ → A, A⁻ᵀ ↔ Aᵀ."""
    node = place.node
    if place.part not in _VALUES or not _takes_marks(node) or _is_entry(node, scene):
        return
    sup = node.sup if isinstance(node, tree.Script) else None
    if isinstance(node, tree.Script) and is_inverse(sup):
        yield _remarked(node, None, "an inverse too many")
    elif isinstance(node, tree.Script) and is_transpose(negated(sup)):
        yield _remarked(node, negated(sup), "an inverse too many")
    elif sup is None:
        yield _marked(node, _MINUS_ONE, "an inverse is missing")


def exponents(place: Place, scene: Scene) -> Iterator[Variant]:
    """x² → x, x³; A⁻¹ → A⁻²; n − 1 → n, n − 2."""
    node = place.node
    if not isinstance(node, tree.Script) or node.sup is None or is_operator(node):
        return
    match node.sup:
        case tree.Num(text=text) if text.isdigit() and len(text) < 3:
            for other in (int(text) - 1, int(text) + 1):
                if other > 0:
                    yield _remarked(node, None if other == 1 else tree.Num(str(other)), "wrong exponent")
        case tree.Add(signs=("-",), terms=(tree.Num(text=text),)) if text.isdigit() and len(text) < 3:
            for other in (int(text) + 1, int(text) - 1):
                if other > 0:
                    yield _remarked(node, tree.Add(("-",), (tree.Num(str(other)),), True), "wrong exponent")
        case tree.Add() | tree.Sym() | tree.Juxt() as sup if not is_mark(sup):
            for step in (1, -1):
                yield _remarked(node, stepped(sup, step), "wrong exponent")
        case _:
            return


def squares(place: Place, scene: Scene) -> Iterator[Variant]:
    """x → x²: a square that is missing."""
    node = place.node
    if (
        place.part in _VALUES
        and _takes_marks(node)
        and not (isinstance(node, tree.Script) and node.sup is not None)
    ):
        yield _marked(node, tree.Num("2"), "a square is missing")


def roots(place: Place, scene: Scene) -> Iterator[Variant]:
    """√x → x and x → √x."""
    node = place.node
    if place.part not in _VALUES:
        return
    if isinstance(node, tree.Sqrt) and node.index is None:
        yield Variant(node.body, "a root too many", whole(node, node.body))
    elif isinstance(node, tree.Sym | tree.Fence) and _takes_marks(node):
        body = node.body if isinstance(node, tree.Fence) else node
        yield Variant(spanned(tree.Sqrt(body), node), "a root is missing", whole(node, "\\sqrt{", body, "}"))


def stepped(node: tree.Node, step: int) -> tree.Node:
    """node + step, numbers added up: n − 1 and 1 give n."""
    terms, signs = (node.terms, node.signs) if isinstance(node, tree.Add) else ((node,), ("+",))
    kept: list[tuple[str, tree.Node]] = []
    total = step
    for sign, term in zip(signs, terms, strict=True):
        if isinstance(term, tree.Num) and term.text.isdigit():
            total += int(term.text) if sign == "+" else -int(term.text)
        else:
            kept.append((sign, term))
    if total:
        kept.append(("+" if total > 0 else "-", tree.Num(str(abs(total)))))
    if not kept:
        return tree.Num("0")
    if len(kept) == 1 and kept[0][0] == "+":
        return kept[0][1]
    return tree.Add(tuple(s for s, _ in kept), tuple(t for _, t in kept), kept[0][0] != "+")


def _takes_marks(node: tree.Node) -> bool:
    if not isinstance(node, _ATOMS) or is_operator(node):
        return False
    match node:
        case tree.Fence(open=opener):
            return opener in ("(", "[")
        case tree.Script(base=tree.Name()):
            return False
        case tree.Script(base=base):
            return not isinstance(base, tree.Fence) or base.open in ("(", "[")
        case _:
            return True


def _is_scalar_function(node: tree.Node, scene: Scene) -> bool:
    """f of f(x), f' of f'(x): a small letter that is called, of which no shape is known and which no use shows to be a
    vector."""
    head = node.base if isinstance(node, tree.Script) else node
    key = symbol_key(head)
    if key is None or scene.known.shape(key) is not None or not plain(key)[:1].islower():
        return False
    function, usage = scene.known.function(key), scene.known.usage.of(key)
    return "called" in usage and not usage & _NONSCALAR and (function is None or not function.rows)


def _is_entry(node: tree.Node, scene: Scene) -> bool:
    """Whether a running index hangs on it: an entry, or one of a family."""
    if not isinstance(node, tree.Script) or node.sub is None:
        return False
    items = node.sub.items if isinstance(node.sub, tree.Juxt | tree.Sequence) else (node.sub,)
    return all(isinstance(i, tree.Sym) and len(i.name) == 1 and i.name.islower() for i in items)


def _marked(node: tree.Node, sup: tree.Node, words: str, mark: str = "") -> Variant:
    new = replace(node, sup=sup) if isinstance(node, tree.Script) else tree.Script(node, None, sup)
    return Variant(spanned(new, node), words, whole(node, node, mark or "^" + _braced(sup)))


def _remarked(node: tree.Script, sup: tree.Node | None, words: str) -> Variant:
    """The script with another superscript, or none."""
    bare: tree.Node = node.base if node.sub is None and not node.primes else replace(node, sup=None)
    if sup is None:
        return Variant(spanned(bare, node) if bare is not node.base else bare, words, whole(node, bare))
    return Variant(replace(node, sup=sup), words, whole(node, bare, "^" + _braced(sup)))


def _both(node: tree.Script, scene: Scene) -> Variant:
    """A⁻¹ with a transpose: (A')⁻¹ where a prime transposes, which leaves no room for an exponent."""
    if scene.transpose != PRIME:
        return _remarked(node, tree.Add(("-",), (scene.transpose,), True), "a transpose is missing")
    bare: tree.Node = replace(node, sup=None) if node.sub is not None else node.base
    marked = replace(node, sup=PRIME) if node.sub is not None else tree.Script(node.base, None, PRIME)
    new = tree.Script(tree.Fence("(", ")", marked), None, _MINUS_ONE)
    return Variant(spanned(new, node), "a transpose is missing", whole(node, "(", bare, "')^{-1}"))


def _braced(node: tree.Node) -> str:
    text = re.sub(r" ?([+-]) ?", r"\1", to_latex(node))
    return text if len(text) == 1 or (text.startswith("\\") and text[1:].isalpha()) else f"{{{text}}}"
