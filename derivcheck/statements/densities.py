"""Densities are told apart by their arguments: p(x | θ), p(θ) and p(x) are three functions.

Where a document writes a bar in a call of p somewhere, every call of p gets a name of its own, made of the letters in
its bracket: then p(x | θ) is an ordinary function of x and θ, with a definition of its own.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import replace
from itertools import pairwise

from derivcheck.notation import tree
from derivcheck.notation.densities import conditioned_at, is_normal
from derivcheck.notation.keys import symbol_key
from derivcheck.notation.moments import may_be_moment
from derivcheck.notation.printer import to_latex
from derivcheck.notation.walk import rewrite, subtrees
from derivcheck.statements.model import Display
from derivcheck.statements.parameters import square_root


def with_densities(displays: Mapping[int, Display]) -> Mapping[int, Display]:
    """The displays with a name for every density."""
    roots = [m.node for d in displays.values() for c in d.chains for m in c.members]
    heads = frozenset(key for root in roots for n in subtrees(root) for key in _conditioned(n))
    if not heads:
        return displays

    def change(node: tree.Node) -> tree.Node | None:
        if not isinstance(node, tree.Juxt):
            return None
        items = tuple(rewrite(item, change) for item in node.items)
        named = _named(items, heads)
        return None if named == node.items else tree.Juxt(named, node.gaps, start=node.start, end=node.end)

    return {item: display.rewritten(change) for item, display in displays.items()}


def _conditioned(node: tree.Node) -> list[str]:
    """The letters that are called with a bar here."""
    if not isinstance(node, tree.Juxt):
        return []
    calls = [(head, body) for head, after in pairwise(node.items) if (body := _body(after)) is not None]
    heads = [head for head, body in calls if conditioned_at(body) is not None and not is_normal(head, body)]
    letters = [head for head in heads if isinstance(head, tree.Sym) and not may_be_moment(head)]
    return [key for letter in letters if (key := symbol_key(letter)) is not None]


def _body(node: tree.Node) -> tree.Node | None:
    """What stands in the bracket behind a head, scripts behind it or not."""
    base = node.base if isinstance(node, tree.Script) else node
    return base.body if isinstance(base, tree.Fence) and base.open == "(" else None


def _named(items: tuple[tree.Node, ...], heads: frozenset[str]) -> tuple[tree.Node, ...]:
    out = list(items)
    for i, (head, after) in enumerate(pairwise(items)):
        body = _body(after)
        if body is None or not isinstance(head, tree.Sym) or symbol_key(head) not in heads:
            continue
        name = _name(head, body)
        if name is not None:
            out[i] = tree.Sym(name, head.font, start=head.start, end=head.end)
            out[i + 1] = _with_commas(after)
    return tuple(out)


def _name(head: tree.Sym, body: tree.Node) -> str | None:
    """`p(x|\\theta)` of p(x_i | θ); None where an argument is no symbol."""
    parts = body.items if isinstance(body, tree.Sequence) else (body,)
    letters = [_letter(part) for part in parts]
    at = conditioned_at(body)
    signs = body.separators if isinstance(body, tree.Sequence) and at is None else ()
    if None in letters or not set(signs) <= {",", ";"}:
        return None
    named = [letter for letter in letters if letter is not None]
    if at is None:
        return f"{head.name}({','.join(named)})"
    return f"{head.name}({','.join(named[:at])}|{','.join(named[at:])})"


def _letter(part: tree.Node) -> str | None:
    """The letter of an argument, its index aside."""
    whole = square_root(part) or part
    base = whole.base if isinstance(whole, tree.Script) else whole
    return to_latex(base) if isinstance(base, tree.Sym | tree.Accent) and symbol_key(whole) is not None else None


def _with_commas(node: tree.Node) -> tree.Node:
    """The bracket with its parameters, set apart by commas."""
    match node:
        case tree.Script(base=base):
            return replace(node, base=_with_commas(base))
        case tree.Fence(body=tree.Sequence(items=items) as body):
            commas = (",",) * (len(items) - 1)
            return replace(node, body=replace(body, items=tuple(square_root(i) or i for i in items), separators=commas))
        case _:
            return node
