"""DC217: an average over a range is divided by something else than the length of the range."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from itertools import pairwise

from derivcheck.notation.tree import Big, Frac, Juxt, Node, Num, Rel, Sym
from derivcheck.notation.walk import subtrees
from derivcheck.scope.sheet import Sheet
from derivcheck.scope.slip import Slip

_INFINITY = Sym("\\infty")


@dataclass(frozen=True, slots=True)
class _Average:
    """`\\frac1c \\sum_{i=1}^n`: the count c, the length n."""

    count: Sym
    length: Sym
    chain: int
    member: int


def wrong_count(sheet: Sheet) -> Iterator[Slip]:
    """`\\frac1N \\sum_{n=1}^N a_n - \\frac1M \\sum_{n=1}^N b_n`; `\\frac1n \\sum_{t=1}^m x_t \\to \\mu` as m → ∞.

    A sum may be divided by anything. But the count stands nowhere else in the display, and either another sum over the
    same range is divided by its length, or its length tends to infinity and nothing else does.
    """
    found = list(_averages(sheet))
    for average in found:
        count, length = average.count, average.length
        if count == length or _occurrences(sheet, count) > 1:
            continue
        if any(a.count == a.length == length for a in found) or _tends_to_infinity(sheet, length):
            links = tuple((c, k) for c, k in sheet.equalities() if c == average.chain and average.member in (k, k + 1))
            message = f"the sum has `{length.name}` terms, and nothing says what `{count.name}` is"
            yield Slip("DC217", message, count, links)


def _averages(sheet: Sheet) -> Iterator[_Average]:
    for c, members in enumerate(sheet.surveys):
        for m, found in enumerate(members):
            for node in subtrees(found.node):
                yield from (_Average(*pair, c, m) for pair in _counts(node))


def _counts(node: Node) -> Iterator[tuple[Sym, Sym]]:
    if not isinstance(node, Juxt):
        return
    for before, after in pairwise(node.items):
        match before, after:
            case Frac(Num("1"), Sym() as count), Big("sum", Rel((Sym(), Num("1")), ("=",)), Sym() as length):
                yield count, length


def _occurrences(sheet: Sheet, letter: Sym) -> int:
    return sum(o.letter == letter.name for members in sheet.surveys for found in members for o in found.occurrences)


def _tends_to_infinity(sheet: Sheet, length: Sym) -> bool:
    """`m \\to \\infty` on its own or under a limit."""
    relations = [
        (members[k].node, relation.latex.strip(), members[k + 1].node)
        for members, chain in zip(sheet.surveys, sheet.display.chains, strict=True)
        for k, relation in enumerate(chain.relations)
    ]
    limits = (n for members in sheet.surveys for found in members for n in subtrees(found.node) if isinstance(n, Rel))
    relations += [(n.items[0], n.ops[0], n.items[1]) for n in limits if len(n.items) == 2]
    return any(a == length and sign in ("\\to", "\\rightarrow") and b == _INFINITY for a, sign, b in relations)
