r"""Commas that differentiate: $u_{i,j}$ is ∂_j u_i and $\phi_{,i}$ is ∂_i φ, where the document writes them so."""

from __future__ import annotations

import re
from collections.abc import Iterable, Mapping
from dataclasses import replace

from derivcheck.documents.model import Document, Prose
from derivcheck.notation import tree
from derivcheck.notation.derivatives import split_derivative
from derivcheck.notation.walk import rewrite, subtrees
from derivcheck.patterns import pattern
from derivcheck.statements.model import Display

_SAID = pattern(
    r"\bcommas?\b[^.;]{0,60}\b(derivativ|differentia)\w*|\b(derivativ|differentia)\w*[^.;]{0,60}\bcommas?\b"
    r"|逗号[^。；]{0,30}(导数|求导|微分)",
    re.IGNORECASE,
)
_PARTIAL = "\\partial"
_INDICES = frozenset("ijklmnpqrst")


def with_comma_derivatives(displays: Mapping[int, Display], document: Document) -> Mapping[int, Display]:
    """The displays with derivatives for such commas; unchanged where nothing in the document says what they mean."""
    roots = [m.node for d in displays.values() for c in d.chains for m in c.members]
    nodes = [n for root in roots for n in subtrees(root)]
    if not any(_differentiated(n) for n in nodes):
        return displays
    told = _stands_alone(nodes) or _explained(displays) or any(
        isinstance(i, Prose) and _SAID.search(i.text) for i in document.items
    )
    return {item: display.rewritten(_derivative) for item, display in displays.items()} if told else displays


def _stands_alone(nodes: Iterable[tree.Node]) -> bool:
    """Is there a comma with nothing before it, as only derivatives have?"""
    found = (parts for n in nodes if (parts := _differentiated(n)) is not None)
    return any(isinstance(before, tree.Empty) for before, _ in found)


def _explained(displays: Mapping[int, Display]) -> bool:
    """Does a formula say what a comma means: `u_{i,j} = ∂u_i/∂x_j`, `u_{i,j} = ∂_j u_i`?"""
    return any(
        len(c.members) > 1
        and _differentiated(c.members[0].node) is not None
        and _is_derivative(c.members[1].node)
        for d in displays.values()
        for c in d.chains
    )


def _is_derivative(node: tree.Node) -> bool:
    match node:
        case tree.Frac(num=num, den=den) | tree.Infix(op="/", left=num, right=den):
            return split_derivative(num, den) is not None
        case tree.Juxt(items=(tree.Script(base=tree.Sym(name=name)), _)):
            return name == _PARTIAL
        case _:
            return False


def _differentiated(node: tree.Node) -> tuple[tree.Node, tuple[tree.Node, ...]] | None:
    """(i, (j, k)) of u_{i,jk}, (nothing, (j,)) of u_{,j}."""
    match node:
        case tree.Script(sub=tree.Sequence(items=(before, after), separators=(",",)), primes=0):
            own = before.items if isinstance(before, tree.Juxt) else (before,)
            by = after.items if isinstance(after, tree.Juxt) else (after,)
            known = all(map(_is_index, by)) and (isinstance(before, tree.Empty) or all(map(_is_index, own)))
            return (before, by) if known else None
        case _:
            return None


def _is_index(node: tree.Node) -> bool:
    return isinstance(node, tree.Sym) and node.font in ("", "it") and node.name in _INDICES


def _derivative(node: tree.Node) -> tree.Node | None:
    parts = _differentiated(node)
    if parts is None:
        return None
    assert isinstance(node, tree.Script)
    before, by = parts
    base = rewrite(node.base, _derivative)
    operand = base if isinstance(before, tree.Empty) else replace(node, base=base, sub=before, sup=None)
    signs = tuple(
        tree.Script(tree.Sym(_PARTIAL, start=k.start, end=k.start), k, start=k.start, end=k.end) for k in reversed(by)
    )
    found: tree.Node = tree.Juxt((*signs, operand), start=node.start, end=node.end)
    if node.sup is None:
        return found
    fence = tree.Fence("(", ")", found, start=node.start, end=node.end)
    return tree.Script(fence, None, node.sup, start=node.start, end=node.end)
