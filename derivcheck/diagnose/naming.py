"""Slips in names: symbols, functions, bounds, the variable of a derivative."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import replace
from itertools import pairwise

from derivcheck.diagnose.marks import stepped
from derivcheck.diagnose.places import Part, Place, is_head, replaced
from derivcheck.diagnose.variant import Patch, Piece, Scene, Variant, spanned, whole
from derivcheck.notation import tree
from derivcheck.notation.derivatives import split_derivative
from derivcheck.notation.keys import symbol_key
from derivcheck.notation.printer import to_latex
from derivcheck.notation.walk import rewrite, subtrees
from derivcheck.readings.summed import bound_letters

_TWINS = {
    "sin": "cos", "cos": "sin", "sinh": "cosh", "cosh": "sinh", "tan": "cot", "cot": "tan",
    "tr": "det", "det": "tr",
    "arcsin": "arccos", "arccos": "arcsin", "ln": "exp", "min": "max", "max": "min",
}  # fmt: skip

_IDENTITY = frozenset({"I", "bf:I", "rm:I", "sf:I"})


def exchanged_letters(place: Place, scene: Scene) -> Iterator[Variant]:
    """Two letters of a term exchanged throughout: δ_ij x_k → δ_ik x_j, a dᵀ ⊗ b cᵀ → a cᵀ ⊗ b dᵀ."""
    node = place.node
    if place.part not in (Part.WHOLE, Part.TERM) or not isinstance(
        node, tree.Juxt | tree.Infix | tree.Script | tree.Add
    ):
        return
    found: list[tree.Node] = []
    products = [n.items for n in subtrees(node) if isinstance(n, tree.Juxt)]
    heads = [items[i] for items in products for i in range(len(items)) if is_head(items, i)]
    for n in subtrees(node):
        if isinstance(n, tree.Sym) and n not in heads and n in (*scene.symbols, *scene.letters) and n not in found:
            found.append(n)
    if len(found) > 8:
        return
    for i, a in enumerate(found):
        for b in found[i + 1 :]:
            if (a in scene.symbols) is not (b in scene.symbols):
                continue  # a subscript letter is no symbol
            yield Variant(_exchanged(node, a, b), "two symbols exchanged", _letter_by_letter(node, a, b, scene))


def _exchanged(node: tree.Node, a: tree.Node, b: tree.Node) -> tree.Node:
    def change(n: tree.Node) -> tree.Node | None:
        return spanned(b, n) if n == a else spanned(a, n) if n == b else None

    return rewrite(node, change)


def _letter_by_letter(node: tree.Node, a: tree.Node, b: tree.Node, scene: Scene) -> Patch | None:
    """The source with only the letters replaced: what stands between them, macros too, stays as it is."""
    letters = [n for n in subtrees(node) if n in (a, b)]
    letters.sort(key=lambda n: n.start)
    if any(n.end <= n.start for n in letters) or any(m.end > n.start for m, n in pairwise(letters)):
        return None
    pieces: list[Piece] = []
    at = node.start
    for n in letters:
        pieces += [scene.text[at : n.start], b if n == a else a]
        at = n.end
    return whole(node, *pieces, scene.text[at : node.end])


def other_symbols(place: Place, scene: Scene) -> Iterator[Variant]:
    """One symbol for another of the equation."""
    node = place.node
    if place.part is Part.HEAD and scene.known.shape(symbol_key(node) or "") is None:
        return  # a function of which nothing is known may be any
    if node in scene.symbols and place.part is not Part.BOUND and symbol_key(node) not in _IDENTITY:
        for other in scene.symbols:
            counted = other in scene.sizes and node not in scene.sizes  # a size stands for no matrix
            if other != node and symbol_key(other) not in _IDENTITY and not counted:
                yield Variant(spanned(other, node), "wrong symbol", whole(node, other))


def other_sizes(place: Place, scene: Scene) -> Iterator[Variant]:
    """n → k for a size that stands for a number."""
    node = place.node
    if place.part in (Part.WHOLE, Part.TERM, Part.FACTOR, Part.EXPONENT) and node in scene.sizes:
        for other in scene.sizes:
            if other != node:
                yield Variant(spanned(other, node), "another size is meant", whole(node, other))


def defined_symbols(place: Place, scene: Scene) -> Iterator[Variant]:
    """A → S where the text has S := A − B D⁻¹ C: what a symbol was corrected to."""
    node = place.node
    if node in scene.symbols and place.part is not Part.BOUND:
        for symbol, meaning in scene.definitions:
            if symbol != node and node in subtrees(meaning):
                yield Variant(spanned(symbol, node), "wrong symbol", whole(node, to_latex(symbol)))


def symbols_for_identities(place: Place, scene: Scene) -> Iterator[Variant]:
    """I_p → R: an identity where a symbol of the equation belongs."""
    node = place.node
    letter = node.base if isinstance(node, tree.Script) and node.sup is None else node
    if place.part in (Part.WHOLE, Part.TERM, Part.FACTOR) and symbol_key(letter) in _IDENTITY:
        for other in scene.symbols:
            if symbol_key(other) not in _IDENTITY:
                yield Variant(spanned(other, node), "wrong symbol", whole(node, other))


def special_sizes(place: Place, scene: Scene) -> Iterator[Variant]:
    """I_m → I_n, K_{mm} → K_{mn}: a matrix that is told by its size, of another one."""
    match place.node:
        case tree.Script(base=base, sub=tree.Sym() as size, sup=None, primes=0) if symbol_key(base) in _IDENTITY:
            for other in scene.sizes:
                if other != size:
                    new = replace(place.node, sub=spanned(other, size))
                    yield Variant(new, "an identity of another size is meant", whole(place.node, base, "_", other))
        case tree.Script(base=base, sub=sub, primes=0) if sub is not None and _is_stacking(base, scene):
            items = sub.items if isinstance(sub, tree.Juxt | tree.Sequence) else (sub,)
            others = dict.fromkeys((*scene.letters, *scene.sizes))
            for k, item in enumerate(items):
                for letter in (o for o in others if o != item and isinstance(item, tree.Sym)):
                    changed = (*items[:k], spanned(letter, item), *items[k + 1 :])
                    sizes = replace(sub, items=changed) if isinstance(sub, tree.Juxt | tree.Sequence) else changed[0]
                    yield Variant(
                        replace(place.node, sub=sizes), "a matrix of other sizes is meant", whole(sub, sizes)
                    )
        case _:
            pass


def _is_stacking(base: tree.Node, scene: Scene) -> bool:
    """K of K_{mn}, D of D_n, where the text says that they rearrange vec."""
    key = symbol_key(base)
    said = scene.known.special(key) if key is not None else None
    return said is not None and said.word in ("commutation", "duplication", "elimination")


def twin_functions(place: Place, scene: Scene) -> Iterator[Variant]:
    """sin for cos and the like."""
    if isinstance(place.node, tree.Name) and (twin := _TWINS.get(place.node.text)) is not None:
        yield Variant(
            replace(place.node, text=twin),
            f"{twin} is meant",
            whole(place.node, tree.Name(twin)),
        )


def off_by_one(place: Place, scene: Scene) -> Iterator[Variant]:
    """n → n ± 1 for a size or index that stands for a number; the bounds of a sum."""
    node = place.node
    key = symbol_key(node)
    if place.part is Part.BOUND and isinstance(node, tree.Sym | tree.Add):
        if isinstance(node, tree.Sym) and node.name == "\\infty":
            return
        for step in (1, -1):
            new = stepped(node, step)
            yield Variant(spanned(new, node), "a bound one off", whole(node, new))
    elif (
        place.part in (Part.WHOLE, Part.FACTOR)
        and isinstance(node, tree.Sym)
        and key in scene.known.dimension_names
    ):
        for step in (1, -1):
            new = stepped(node, step)
            shown = new if place.part is Part.WHOLE else tree.Fence("(", ")", new)
            yield Variant(spanned(shown, node), "a number one off", whole(node, shown))


def derivative_variables(place: Place, scene: Scene) -> Iterator[Variant]:
    """∂/∂x → ∂/∂λ."""
    node = place.node
    if not isinstance(node, tree.Frac) or (split := split_derivative(node.num, node.den)) is None:
        return
    if len(split[1]) != 1 or not isinstance(node.den, tree.Juxt):
        return
    for k, item in enumerate(node.den.items):
        if item in scene.symbols:
            for other in scene.symbols:
                if other != item:
                    new = replaced(node, (("den", -1), ("items", k)), spanned(other, item))
                    yield Variant(new, "the derivative is by another variable", whole(item, other))


def evaluated_derivatives(place: Place, scene: Scene) -> Iterator[Variant]:
    """d/dx → d/dλ before a bar that puts in a value of λ: a derivative along a line is taken at its parameter."""
    match place.node:
        case tree.At(body=tree.Juxt(items=items), sub=tree.Rel(items=(tree.Sym() as point, _), ops=("=",))):
            for i, item in enumerate(items):
                if isinstance(item, tree.Frac) and isinstance(item.den, tree.Juxt) and _is_single(item):
                    for k, variable in enumerate(item.den.items):
                        if variable in scene.symbols and variable != point:
                            path = (("body", -1), ("items", i), ("den", -1), ("items", k))
                            new = replaced(place.node, path, spanned(point, variable))
                            yield Variant(new, "the derivative is by another variable", whole(variable, point))
        case _:
            pass


def _is_single(node: tree.Frac) -> bool:
    """Whether a quotient is a first derivative."""
    split = split_derivative(node.num, node.den)
    return split is not None and len(split[1]) == 1


def dropped_sums(place: Place, scene: Scene) -> Iterator[Variant]:
    """Σ aᵢ → aᵢ."""
    node = place.node
    if isinstance(node, tree.Big) and node.op in ("sum", "prod") and node.body is not None:
        yield Variant(node.body, "a summation too many", whole(node, node.body))


def added_sums(place: Place, scene: Scene) -> Iterator[Variant]:
    """aᵢ → Σ aᵢ, with the bounds of another sum of the equation."""
    node = place.node
    if place.part not in (Part.WHOLE, Part.TERM) or isinstance(
        node, tree.Add | tree.Big | tree.Num | tree.Sequence | tree.Empty
    ):
        return
    letters = {n.name for n in subtrees(node) if isinstance(n, tree.Sym)}
    for head in scene.sums:
        if not bound_letters(head) & letters:
            continue  # n equal terms: a factor is missing
        new = replace(head, body=node, start=node.start, end=node.end)
        yield Variant(new, "a summation is missing", whole(node, replace(head, body=None), " ", node))
