"""Single edits of a formula: what people really get wrong, one generator per kind of mistake.

Each generator yields (replacement node, replacement text) for one node of the tree; the table below gives every kind
its rule, its size (how unlikely it is) and whether it keeps the symbols of the formula (structural).
"""

from __future__ import annotations

from collections.abc import Callable, Iterator
from dataclasses import dataclass, replace

from derivcheck.notation import tree
from derivcheck.notation.keys import symbol_key
from derivcheck.notation.printer import to_latex

Variant = tuple[tree.Node, str]


@dataclass(frozen=True, slots=True)
class Scene:
    """What an edit may draw on: the block text, the author's transpose sign, the other symbols of the equation."""

    text: str
    transpose: tree.Node
    symbols: tuple[tree.Node, ...]
    indices: tuple[tree.Sym, ...]

    def source(self, node: tree.Node) -> str:
        return self.text[node.start : node.end] or to_latex(node)


@dataclass(frozen=True, slots=True)
class EditKind:
    name: str
    rule: str
    size: int
    structural: bool
    variants: Callable[[tree.Node, Scene], Iterator[Variant]]


_TRANSPOSES = frozenset({"T", "\\top", "\\intercal", "sf:T", "rm:T", "t", "rm:t", "sf:t"})
_ATOMS = (tree.Sym, tree.Script, tree.Accent, tree.Fence, tree.Grid)


def _is_transpose(sup: tree.Node | None) -> bool:
    return sup is not None and symbol_key(sup) in _TRANSPOSES


def _negated(sup: tree.Node | None) -> tree.Node | None:
    match sup:
        case tree.Add(signs=("-",), terms=(term,)):
            return term
        case _:
            return None


def _without_sup(node: tree.Script) -> tree.Node:
    if node.sub is None and not node.primes:
        return node.base
    return replace(node, sup=None)


def _tail(node: tree.Script, scene: Scene) -> str:
    """The text of a script node without its superscript."""
    assert node.sup is not None
    text = scene.source(node)
    cut = text.rfind("^", 0, max(node.sup.start - node.start, 1) + 1)
    if cut < 0 or node.sup.end < node.sup.start or node.end <= node.start:
        return to_latex(_without_sup(node))
    rest = text[node.sup.end - node.start :].lstrip("}")
    return text[:cut].rstrip() + (rest if rest.startswith("_") else "")


def transposes(node: tree.Node, scene: Scene) -> Iterator[Variant]:
    """A → Aᵀ, Aᵀ → A, A⁻¹ ↔ A⁻ᵀ."""
    if isinstance(node, tree.Script) and node.sup is not None:
        inner = _negated(node.sup)
        if _is_transpose(node.sup):
            yield _without_sup(node), _tail(node, scene)
        elif inner == tree.Num("1"):
            new = tree.Add(("-",), (scene.transpose,), True)
            yield replace(node, sup=new), f"{_tail(node, scene)}^{{-{to_latex(scene.transpose)}}}"
        elif inner is not None and symbol_key(inner) in _TRANSPOSES:
            yield replace(node, sup=tree.Add(("-",), (tree.Num("1"),), True)), f"{_tail(node, scene)}^{{-1}}"
        return
    if isinstance(node, _ATOMS):
        if isinstance(node, tree.Fence) and node.open not in ("(", "["):
            return
        base = replace(node, sup=scene.transpose) if isinstance(node, tree.Script) else tree.Script(node, None, scene.transpose)
        yield replace(base, start=node.start, end=node.end), f"{scene.source(node)}^{_braced(scene.transpose)}"


def inverses(node: tree.Node, scene: Scene) -> Iterator[Variant]:
    """A → A⁻¹, A⁻¹ → A."""
    if isinstance(node, tree.Script) and node.sup is not None:
        if _negated(node.sup) == tree.Num("1"):
            yield _without_sup(node), _tail(node, scene)
        return
    if isinstance(node, _ATOMS) and not (isinstance(node, tree.Fence) and node.open not in ("(", "[")):
        sup = tree.Add(("-",), (tree.Num("1"),), True)
        base = replace(node, sup=sup) if isinstance(node, tree.Script) else tree.Script(node, None, sup)
        yield replace(base, start=node.start, end=node.end), f"{scene.source(node)}^{{-1}}"


def swaps(node: tree.Node, scene: Scene) -> Iterator[Variant]:
    """A B → B A for neighbours."""
    if not isinstance(node, tree.Juxt):
        return
    for i in range(len(node.items) - 1):
        a, b = node.items[i], node.items[i + 1]
        if a == b or isinstance(a, tree.Name | tree.Big) or isinstance(b, tree.Big):
            continue
        items = (*node.items[:i], b, a, *node.items[i + 2 :])
        text = scene.source(node)
        if node.end > node.start and b.end > a.start >= node.start:
            head, tail = text[: a.start - node.start], text[b.end - node.start :]
            middle = scene.text[a.end : b.start]
            text = head + scene.source(b) + (middle or " ") + scene.source(a) + tail
        else:
            text = to_latex(tree.Juxt(items))
        yield replace(node, items=items), text


def kronecker_swaps(node: tree.Node, scene: Scene) -> Iterator[Variant]:
    """A ⊗ B → B ⊗ A."""
    if isinstance(node, tree.Infix) and node.op in ("\\otimes", "\\cdot", "\\times", "\\odot", "/", ":"):
        text = scene.source(node.right) + scene.text[node.left.end : node.right.start] + scene.source(node.left)
        yield replace(node, left=node.right, right=node.left), text


def signs(node: tree.Node, scene: Scene) -> Iterator[Variant]:
    """a + b → a − b for one term."""
    if not isinstance(node, tree.Add):
        return
    for i, sign in enumerate(node.signs):
        if sign not in ("+", "-"):
            continue
        flipped = "-" if sign == "+" else "+"
        new = replace(node, signs=(*node.signs[:i], flipped, *node.signs[i + 1 :]), leading=node.leading or i == 0)
        if i == 0 and flipped == "+":
            if len(node.terms) == 1:
                yield node.terms[0], scene.source(node.terms[0])
                continue
            new = replace(new, leading=False)
        yield new, _joined(new, scene)


def whole_sign(node: tree.Node, scene: Scene) -> Iterator[Variant]:
    """a → −a for a product or atom that is a whole side."""
    if isinstance(node, tree.Add):
        return
    yield tree.Add(("-",), (node,), True, start=node.start, end=node.end), f"-{scene.source(node)}"


def factors(node: tree.Node, scene: Scene) -> Iterator[Variant]:
    """Factor 2 or ½ too many or too few on a term."""
    source = scene.source(node)
    if isinstance(node, tree.Juxt):
        first = node.items[0]
        rest = node.items[1] if len(node.items) == 2 else replace(node, items=node.items[1:], start=node.items[1].start)
        if _is_factor(first):
            yield rest, source[node.items[1].start - node.start :] if node.end > node.start else to_latex(rest)
            if isinstance(first, tree.Num) and first.text.isdigit() and len(first.text) < 4:
                for other in (int(first.text) - 1, int(first.text) + 1):
                    if other > 1:
                        yield replace(node, items=(tree.Num(str(other)), *node.items[1:])), str(other) + source[len(first.text) :]
            return
    if isinstance(node, tree.Num):
        return
    for factor, text in ((tree.Num("2"), "2"), (tree.Frac(tree.Num("1"), tree.Num("2")), "\\frac12 ")):
        items = node.items if isinstance(node, tree.Juxt) else (node,)
        yield tree.Juxt((factor, *items), start=node.start, end=node.end), text + source


def _is_factor(node: tree.Node) -> bool:
    match node:
        case tree.Num() | tree.Frac(num=tree.Num(), den=tree.Num()):
            return True
        case _:
            return False


def exponents(node: tree.Node, scene: Scene) -> Iterator[Variant]:
    """x² → x, x³; x → x²; n−1 → n, n−2."""
    if isinstance(node, tree.Script) and node.sup is not None:
        match node.sup:
            case tree.Num(text=text) if text.isdigit() and len(text) < 3:
                for other in (int(text) - 1, int(text) + 1):
                    new = _without_sup(node) if other == 1 else replace(node, sup=tree.Num(str(other)))
                    yield new, _tail(node, scene) + ("" if other == 1 else f"^{{{other}}}")
            case tree.Add() | tree.Sym() as sup if not _is_transpose(sup) and _negated(sup) != tree.Num("1"):
                for sign in ("+", "-"):
                    grown = _plus_one(sup, sign)
                    yield replace(node, sup=grown), f"{_tail(node, scene)}^{{{to_latex(grown)}}}"
            case _:
                pass
    elif isinstance(node, tree.Sym | tree.Fence | tree.Accent) and not (isinstance(node, tree.Fence) and node.open == "["):
        yield tree.Script(node, None, tree.Num("2"), start=node.start, end=node.end), f"{scene.source(node)}^2"


def _plus_one(sup: tree.Node, sign: str) -> tree.Node:
    terms, marks = (sup.terms, sup.signs) if isinstance(sup, tree.Add) else ((sup,), ("+",))
    out_terms, out_signs, step = [], [], 1 if sign == "+" else -1
    total = step
    for s, t in zip(marks, terms, strict=True):
        if isinstance(t, tree.Num) and t.text.isdigit():
            total += int(t.text) if s == "+" else -int(t.text)
        else:
            out_terms.append(t)
            out_signs.append(s)
    if total:
        out_terms.append(tree.Num(str(abs(total))))
        out_signs.append("+" if total > 0 else "-")
    if len(out_terms) == 1 and out_signs == ["+"]:
        return out_terms[0]
    return tree.Add(tuple(out_signs), tuple(out_terms), out_signs[0] == "-")


def index_edits(node: tree.Node, scene: Scene) -> Iterator[Variant]:
    """A_ij → A_ji; one index letter for another of the equation."""
    if not isinstance(node, tree.Script) or node.sub is None:
        return
    sub = node.sub
    if isinstance(sub, tree.Juxt | tree.Sequence) and len(sub.items) == 2 and sub.items[0] != sub.items[1]:
        swapped = replace(sub, items=(sub.items[1], sub.items[0]))
        yield _with_sub(node, swapped, scene)
    letters = sub.items if isinstance(sub, tree.Juxt | tree.Sequence) else (sub,)
    for k, letter in enumerate(letters):
        if not isinstance(letter, tree.Sym):
            continue
        for other in scene.indices:
            if other == letter:
                continue
            if isinstance(sub, tree.Juxt | tree.Sequence):
                yield _with_sub(node, replace(sub, items=(*sub.items[:k], other, *sub.items[k + 1 :])), scene)
            else:
                yield _with_sub(node, other, scene)


def _with_sub(node: tree.Script, sub: tree.Node, scene: Scene) -> Variant:
    new = replace(node, sub=sub)
    return new, to_latex(new)


def dropped_terms(node: tree.Node, scene: Scene) -> Iterator[Variant]:
    """A sum without one of its terms."""
    if not isinstance(node, tree.Add) or len(node.terms) < 2:
        return
    for i in range(len(node.terms)):
        marks = (*node.signs[:i], *node.signs[i + 1 :])
        terms = (*node.terms[:i], *node.terms[i + 1 :])
        new: tree.Node = terms[0] if len(terms) == 1 and marks[0] == "+" else replace(node, signs=marks, terms=terms, leading=marks[0] == "-")
        yield new, _joined(new, scene) if isinstance(new, tree.Add) else scene.source(new)


def dropped_factors(node: tree.Node, scene: Scene) -> Iterator[Variant]:
    """A product without one of its factors."""
    if not isinstance(node, tree.Juxt):
        return
    for i, item in enumerate(node.items):
        if isinstance(item, tree.Name):
            continue
        items = (*node.items[:i], *node.items[i + 1 :])
        new: tree.Node = items[0] if len(items) == 1 else replace(node, items=items)
        yield new, " ".join(scene.source(n) for n in items)


def other_symbols(node: tree.Node, scene: Scene) -> Iterator[Variant]:
    """One symbol for another of the equation."""
    if isinstance(node, tree.Sym) and node in scene.symbols:
        for other in scene.symbols:
            if other != node:
                yield replace(other, start=node.start, end=node.end), to_latex(other)


_TWINS = {"sin": "cos", "cos": "sin", "sinh": "cosh", "cosh": "sinh", "tan": "cot", "cot": "tan", "tr": "det", "det": "tr"}


def twin_functions(node: tree.Node, scene: Scene) -> Iterator[Variant]:
    """sin for cos and the like."""
    if isinstance(node, tree.Name) and node.text in _TWINS:
        twin = _TWINS[node.text]
        yield replace(node, text=twin), scene.source(node).replace(node.text, twin)


KINDS: tuple[EditKind, ...] = (
    EditKind("transpose", "DC102", 1, True, transposes),
    EditKind("sign", "DC103", 1, True, signs),
    EditKind("factors swapped", "DC104", 2, True, swaps),
    EditKind("Kronecker factors swapped", "DC105", 2, True, kronecker_swaps),
    EditKind("scalar factor", "DC106", 2, True, factors),
    EditKind("inverse", "DC107", 2, True, inverses),
    EditKind("exponent", "DC108", 3, False, exponents),
    EditKind("index", "DC109", 3, False, index_edits),
    EditKind("function", "DC110", 3, False, twin_functions),
    EditKind("symbol", "DC110", 4, False, other_symbols),
    EditKind("extra term", "DC111", 4, False, dropped_terms),
    EditKind("extra factor", "DC111", 5, False, dropped_factors),
)


def _joined(node: tree.Add, scene: Scene) -> str:
    out = ""
    for i, (s, t) in enumerate(zip(node.signs, node.terms, strict=True)):
        mark = "" if i == 0 and s == "+" else s if i == 0 else f" {s} "
        out += mark + scene.source(t)
    return out


def _braced(node: tree.Node) -> str:
    text = to_latex(node)
    return text if len(text) == 1 or (text.startswith("\\") and text[1:].isalpha()) else f"{{{text}}}"
