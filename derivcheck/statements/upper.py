r"""Upper indices: $v^i$, $g^{ij}$, $\Gamma^k_{ij}$ in texts with a summation convention are entries, no powers.

All indices are written below, in the order of their places: T_i^j above one another means the upper one first,
R^i{}_{jk}^l tells each place. Where a metric relates the positions, known by $g^{ik}g_{kj} =
\delta^i_j$, its upper one is the inverse, and what stands with other positions elsewhere is raised or lowered by it:
$v_i$ is $g_{ij}v^j$. Without a metric the position says nothing.
"""

from __future__ import annotations

import re
from bisect import bisect_right
from collections import Counter
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass, replace
from itertools import pairwise

from derivcheck.documents.model import Document, Heading, Prose
from derivcheck.notation import tree
from derivcheck.notation.keys import symbol_key
from derivcheck.notation.tensors import GREEK_INDICES
from derivcheck.notation.walk import rewrite, subtrees
from derivcheck.patterns import pattern
from derivcheck.statements.model import Display

_SAID = pattern(
    r"\beinstein\b|summation convention|(?:repeated|twice|doubled?)\b[^.]{0,40}\bsum|\bsum\w*[^.]{0,40}\brepeated"
    r"|\b(?:upper|raised|contravariant)\b[^.]{0,30}\bind(?:ex|ices)|爱因斯坦|重复(?:的)?(?:下标|指标)|逆变",
    re.IGNORECASE,
)
_LETTERS = frozenset("abcdefghijklmnpqrsuv") | GREEK_INDICES
_KRONECKER = "\\delta"
_NEVER = frozenset({"e", "rm:e", "\\partial", "\\nabla"})  # bases that carry powers, or act
_MINUS_ONE = tree.Add(("-",), (tree.Num("1"),), True)
_FRESH = "pqrsnmlkjihabc"


@dataclass(frozen=True, slots=True)
class _Entry:
    """The letters above and below a base, in their order, with the position of each: "u" or "d"."""

    key: str
    letters: tuple[tree.Sym, ...]
    positions: str

    @property
    def above(self) -> tuple[tree.Sym, ...]:
        return tuple(s for s, p in zip(self.letters, self.positions, strict=True) if p == "u")

    @property
    def below(self) -> tuple[tree.Sym, ...]:
        return tuple(s for s, p in zip(self.letters, self.positions, strict=True) if p == "d")


@dataclass(frozen=True, slots=True)
class _Notation:
    """The bases that have indices above somewhere, in which positions they stand, and the metric."""

    positions: Mapping[str, frozenset[str]]
    metric: str
    fresh: str = ""  # an index letter that the display does not use
    indices: frozenset[str] = frozenset()  # those that it uses

    def usual(self, entry: _Entry) -> str:
        """The positions in which the base is a symbol of its own: (as a matrix) below, else as few above as there are;
        a vector above."""
        order = len(entry.positions)
        seen = [p for p in self.positions[entry.key] if len(p) == order] or [entry.positions]
        return max(seen) if order == 1 else min(seen, key=lambda p: (p.count("u"), p)) if order == 2 else max(seen)


def with_upper_indices(displays: Mapping[int, Display], document: Document) -> Mapping[int, Display]:
    """The displays with all indices below; unchanged where the text has no summation convention, and in sections
    without an upper index."""
    if not any(isinstance(i, Prose) and _SAID.search(i.text) for i in document.items):
        return displays
    written, displays = displays, {item: d.rewritten(_gathered) for item, d in displays.items()}
    headings = [i for i, found in enumerate(document.items) if isinstance(found, Heading)]
    section = {item: bisect_right(headings, item) for item in displays}
    raised = {item: set(_raised(d)) for item, d in displays.items()}
    above = {key for keys in raised.values() for key in keys}
    sections = {section[item] for item, keys in raised.items() if keys}
    here = {item: d for item, d in displays.items() if section[item] in sections}
    positions: dict[str, set[str]] = {}
    for e in (e for d in here.values() for n in _nodes(d) if (e := _entry(n)) is not None and e.key in above):
        positions.setdefault(e.key, set()).add(e.positions)
    metric = next((m for d in here.values() if (m := _metric(d))), "")
    notation = _Notation({k: frozenset(p) for k, p in positions.items()}, metric)
    return {item: _all_below(here[item], notation) if item in here else d for item, d in written.items()}


def _all_below(display: Display, notation: _Notation) -> Display:
    used = {s.name for n in _nodes(display) if isinstance(n, tree.Script) for s in _letters_in(n)}
    known = (e for n in _nodes(display) if (e := _entry(n)) is not None and e.key in notation.positions)
    indices = frozenset(s.name for e in known for s in (*e.above, *e.below))
    here = replace(notation, fresh=next((c for c in _FRESH if c not in used), ""), indices=indices)
    return display.rewritten(lambda n: _lowered(n, here))


def _letters_in(node: tree.Script) -> Iterator[tree.Sym]:
    scripts = (s for s in (node.sub, node.sup) if s is not None)
    return (n for s in scripts for n in subtrees(s) if isinstance(n, tree.Sym))


def metric_of(displays: Mapping[int, Display]) -> str:
    """The bold letter for the metric, once all indices are below: g of (g⁻¹)_ik g_kj = δ_ij; "" where there is none."""
    for display in displays.values():
        for member in (m for chain in display.chains for m in chain.members):
            match member.node:
                case tree.Juxt(items=(tree.Script(base=tree.Fence(body=inverse)), tree.Script(base=tree.Sym() as g))):
                    if inverse == tree.Script(g, None, _MINUS_ONE) and g.font == "bf":
                        return symbol_key(g) or ""
                case _:
                    pass
    return ""


def _nodes(display: Display) -> Iterator[tree.Node]:
    return (n for c in display.chains for m in c.members for n in subtrees(m.node))


def _raised(display: Display) -> Iterator[str]:
    """The bases with letters above that stand as an index once more, in a display where one of these stands below."""
    found = [e for n in _nodes(display) if (e := _entry(n)) is not None]
    below = {s.name for e in found for s in e.below} | {s.name for n in _nodes(display) for s in _acting(n)}
    count = Counter(s.name for e in found for s in (*e.above, *e.below))
    count.update(s.name for n in _nodes(display) for s in (*_acting(n), *_of_bracket(n)))
    if any(isinstance(n, tree.Big) for n in _nodes(display)):
        return
    raised = [e for e in found if e.above and all(count[s.name] > 1 for s in e.above)]
    if any(below & {s.name for s in e.above} for e in raised):
        yield from (e.key for e in raised)


def _acting(node: tree.Node) -> tuple[tree.Sym, ...]:
    """The i of ∂_i."""
    match node:
        case tree.Script(base=tree.Sym(name="\\partial" | "\\nabla"), sub=sub, sup=None) if sub is not None:
            return _letters(sub) or ()
        case _:
            return ()


def _of_bracket(node: tree.Node) -> tuple[tree.Sym, ...]:
    """The i of (Ax)^i."""
    match node:
        case tree.Script(base=tree.Fence(open="(" | "["), sub=sub, sup=sup, primes=0):
            return (*(_letters(sup) or ()), *(_letters(sub) or ()))
        case _:
            return ()


def _entry(node: tree.Node) -> _Entry | None:
    match node:
        case tree.Script(base=base, sub=sub, sup=sup, primes=0):
            match base:
                case tree.Sym() | tree.Accent():
                    before = _Entry(symbol_key(base) or "", (), "")
                case tree.Script():
                    before = _entry(base) or _Entry("", (), "")
                case _:
                    return None
            above, below = _letters(sup), _letters(sub)
            if not before.key or before.key in _NEVER or above is None or below is None or not above + below:
                return None
            positions = before.positions + "u" * len(above) + "d" * len(below)
            return _Entry(before.key, (*before.letters, *above, *below), positions)
        case _:
            return None


def _letters(script: tree.Node | None) -> tuple[tree.Sym, ...] | None:
    """The index letters of a script; None when it holds anything else."""
    if script is None:
        return ()
    items = script.items if isinstance(script, tree.Juxt) else (script,)
    found = tuple(i for i in items if isinstance(i, tree.Sym) and i.font in ("", "it") and i.name in _LETTERS)
    return found if len(found) == len(items) else None


def _metric(display: Display) -> str:
    """g of g^{ik} g_{kj} = δ^i_j."""
    for chain in display.chains:
        for one, other in pairwise([m.node for m in chain.members]):
            for product, unit in ((one, other), (other, one)):
                match product, _entry(unit):
                    case tree.Juxt(items=(a, b)), _Entry(key=key) if key == _KRONECKER:
                        left, right = _entry(a), _entry(b)
                        if left is not None and right is not None and left.key == right.key:
                            if {left.positions, right.positions} == {"uu", "dd"}:
                                return left.key
                    case _:
                        pass
    return ""


def _lowered(node: tree.Node, notation: _Notation) -> tree.Node | None:
    match node:
        case tree.Juxt(items=(tree.Name(text="det"), tree.Fence(body=tree.Script() as inside) as fence)):
            return _determinant(node, fence, inside, notation)
        case tree.Script(base=tree.Fence(open="(" | "[") as whole, sub=sub, sup=sup, primes=0) if sup is not None:
            letters = (*(_letters(sup) or ()), *(_letters(sub) or ()))
            if _letters(sup) and _letters(sub) is not None and {s.name for s in letters} <= notation.indices:
                return _indexed(rewrite(whole, lambda n: _lowered(n, notation)), letters, node)
            return None
        case tree.Script():
            entry = _entry(node)
            if entry is None or entry.key not in (*notation.positions, _KRONECKER, notation.metric):
                return None
            return _below(node, entry, notation)
        case _:
            return None


def _gathered(node: tree.Node) -> tree.Node | None:
    """With the indices that go on behind an empty group, the {}_{jk} of R^i{}_{jk}, at their base."""
    match node:
        case tree.Juxt(items=items) if any(_goes_on(i) for i in items[1:]):
            joined = [rewrite(i, _gathered) for i in _joined(items)]
            return joined[0] if len(joined) == 1 else replace(node, items=tuple(joined))
        case _:
            return None


def _goes_on(node: tree.Node) -> bool:
    match node:
        case tree.Script(base=tree.Empty(), sub=sub, sup=sup, primes=0):
            return bool(_letters(sub) or _letters(sup))
        case _:
            return False


def _joined(items: Iterable[tree.Node]) -> list[tree.Node]:
    out: list[tree.Node] = []
    for item in items:
        match out[-1] if out else None, item:
            case tree.Script() as before, tree.Script(sub=sub, sup=sup) if _goes_on(item):
                one_more = before.sub is None and sup is None
                out[-1] = replace(before, sub=sub, end=item.end) if one_more else replace(item, base=before)
            case _:
                out.append(item)
    return out


def _determinant(
    node: tree.Juxt, fence: tree.Fence, inside: tree.Script, notation: _Notation
) -> tree.Node | None:
    """det(g_{ij}) is that of the metric."""
    entry = _entry(inside)
    if entry is None or entry.key != notation.metric or entry.positions != "dd":
        return None
    return replace(node, items=(node.items[0], replace(fence, body=_whole(inside, notation))))


def _whole(node: tree.Script, notation: _Notation) -> tree.Node:
    """The symbol without indices; the metric is bold, for its plain letter may be its determinant."""
    base = node.base
    while isinstance(base, tree.Script):
        base = base.base
    if symbol_key(base) == notation.metric and isinstance(base, tree.Sym):
        return replace(base, font="bf")
    return base


def _below(node: tree.Script, entry: _Entry, notation: _Notation) -> tree.Node:
    letters = entry.letters
    metric = tree.Sym(notation.metric, "bf", start=node.start, end=node.start) if notation.metric else None
    if entry.key == notation.metric and entry.positions in ("ud", "du"):
        return _indexed(tree.Sym(_KRONECKER, start=node.base.start, end=node.base.end), letters, node)
    base = _whole(node, notation)
    usual = "dd" if entry.key == notation.metric else notation.usual(entry) if entry.key in notation.positions else ""
    if metric is None or entry.key == _KRONECKER or entry.positions == usual:
        return _indexed(base, letters, node)
    inverse = tree.Script(metric, None, _MINUS_ONE, start=node.start, end=node.start)
    match usual, entry.positions:
        case "dd", "uu" if entry.key == notation.metric:
            return _indexed(_fence(node, tree.Script(base, None, _MINUS_ONE)), letters, node)
        case "u", "d":
            return _indexed(_fence(node, metric, base), letters, node)
        case "dd", "ud":
            return _indexed(_fence(node, inverse, base), letters, node)
        case "dd", "du":
            return _indexed(_fence(node, base, inverse), letters, node)
        case "dd", "uu":
            return _indexed(_fence(node, inverse, base, inverse), letters, node)
        case "ud", "uu":
            return _indexed(_fence(node, base, inverse), letters, node)
        case "uu", "ud":
            return _indexed(_fence(node, base, metric), letters, node)
        case "uu", "du":
            return _indexed(_fence(node, metric, base), letters, node)
        case _ if notation.fresh and usual[:1] == "u" and entry.positions == "d" + usual[1:]:
            fresh = tree.Sym(notation.fresh, start=node.start, end=node.start)
            lowering = tree.Script(metric, tree.Juxt((letters[0], fresh)), start=node.start, end=node.start)
            return _fence(node, lowering, _indexed(base, (fresh, *letters[1:]), node))
        case _:
            return node


def _fence(node: tree.Node, *factors: tree.Node) -> tree.Fence:
    body = factors[0] if len(factors) == 1 else tree.Juxt(factors, start=node.start, end=node.end)
    return tree.Fence("(", ")", body, start=node.start, end=node.end)


def _indexed(base: tree.Node, letters: tuple[tree.Sym, ...], node: tree.Node) -> tree.Script:
    sub = letters[0] if len(letters) == 1 else tree.Juxt(letters, start=letters[0].start, end=letters[-1].end)
    return tree.Script(base, sub, start=node.start, end=node.end)
