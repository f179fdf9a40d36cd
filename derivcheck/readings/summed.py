"""What sums and products of surface trees run over."""

from __future__ import annotations

from collections.abc import Collection, Iterable, Sequence

from derivcheck.notation import tree
from derivcheck.notation.keys import symbol_key
from derivcheck.notation.progression import progression
from derivcheck.notation.walk import rewrite, subtrees


def summed(roots: Iterable[tree.Node]) -> frozenset[str]:
    """Symbols whose members a sum or product runs over: x of Σ_k x_k."""
    found: set[str] = set()
    for big in (n for root in roots for n in subtrees(root) if isinstance(n, tree.Big)):
        if big.op in ("sum", "prod") and big.body is not None and (bound := bound_letters(big)):
            found |= indexed_by(big.body, bound)
    return frozenset(found)


def indexed_by(body: tree.Node, letters: Collection[str]) -> frozenset[str]:
    """Symbols with one of the letters in their subscripts."""
    found: set[str] = set()
    for part in (n for n in subtrees(body) if isinstance(n, tree.Script)):
        key, sub = symbol_key(part.base), part.sub
        if key is not None and sub is not None:
            found |= {key} if any(isinstance(n, tree.Sym) and n.name in letters for n in subtrees(sub)) else set()
    return frozenset(found)


def bound_letters(big: tree.Big) -> frozenset[str]:
    """The letters that stand below a sum sign."""
    if big.sub is None:
        return frozenset()
    return frozenset(n.name for n in subtrees(big.sub) if isinstance(n, tree.Sym))


def renamed_apart(node: tree.Node, taken: frozenset[str]) -> tree.Node:
    """The tree with the indices of its sums renamed where they are among `taken`, so that nothing put into it is
    captured: j → k in Σ_k (x_k − x_j)."""

    def change(inner: tree.Node) -> tree.Node | None:
        if not isinstance(inner, tree.Big) or not bound_letters(inner) & taken:
            return None
        fresh = {name: f"{name}@" for name in bound_letters(inner) & taken}

        def rename(n: tree.Node) -> tree.Node | None:
            name = fresh.get(n.name) if isinstance(n, tree.Sym) and n.font in ("", "it") else None
            return tree.Sym(name, start=n.start, end=n.end) if name is not None else None

        return rewrite(inner, rename)

    return rewrite(node, change) if taken else node


def dummies_apart(node: tree.Node, kept: frozenset[str], taken: frozenset[str]) -> tree.Node:
    """The tree with the letters that the summation convention sums renamed where they are among `taken`: i of
    x_i x_i, where i is put in for another letter. `kept`: the letters that are no such dummies."""
    written = {n.name for n in subtrees(node) if isinstance(n, tree.Sym)}
    below = {
        n.name
        for s in subtrees(node)
        if isinstance(s, tree.Script) and s.sub is not None
        for n in subtrees(s.sub)
        if isinstance(n, tree.Sym)
    }
    letters = "mnrstpqlkjihabuv" if "\\partial" in written else "rstpqlmnkjihabuv"  # ∂_m, for ∂_r is by a variable r
    free = (c for c in letters if c not in written | taken)
    fresh = dict(zip(sorted(below & taken - kept), free, strict=False))

    def rename(n: tree.Node) -> tree.Node | None:
        name = fresh.get(n.name) if isinstance(n, tree.Sym) and n.font in ("", "it") else None
        return tree.Sym(name, start=n.start, end=n.end) if name is not None else None

    return rewrite(node, rename) if fresh else node


def uppers(roots: Iterable[tree.Node]) -> tuple[tuple[str, tree.Node], ...]:
    """The upper limit of the sums over each letter from 1, where it is one and the same wherever it is written."""
    found: dict[str, tree.Node | None] = {}
    for big in (n for root in roots for n in subtrees(root) if isinstance(n, tree.Big) and n.sup is not None):
        match big.sub:
            case tree.Rel(items=(tree.Sym(name=name), tree.Num(text="1")), ops=("=",)):
                found[name] = big.sup if found.get(name, big.sup) == big.sup else None
            case _:
                pass
    return tuple((name, sup) for name, sup in found.items() if sup is not None)


def lasts(roots: Iterable[tree.Node]) -> frozenset[str]:
    """Letters at which a sum ends, and over which none runs: k of Σ_{j=1}^k x_j."""
    bigs = [n for root in roots for n in subtrees(root) if isinstance(n, tree.Big)]
    upper = [big.sup for big in bigs if big.op in ("sum", "prod") and big.sup is not None]
    letters = {n.name for sup in upper for n in subtrees(sup) if isinstance(n, tree.Sym)}
    return frozenset(letters).difference(*map(bound_letters, bigs))


def ends(roots: Sequence[tree.Node]) -> dict[str, tree.Node]:
    """Where indices end: N of every Σ_{i=1}^N, by the letter i, and of x_1, …, x_N, by `x_·`."""
    found: dict[str, tree.Node | None] = dict(uppers(roots))
    for listed in (n for root in roots for n in subtrees(root) if isinstance(n, tree.Sequence)):
        pattern = progression(listed.items)
        if pattern is not None and isinstance(pattern.template, tree.Script):
            family = f"{symbol_key(pattern.template.base)}_·"
            found[family] = pattern.last if found.get(family, pattern.last) == pattern.last else None
    return {name: last for name, last in found.items() if last is not None}
