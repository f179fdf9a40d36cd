"""Two edits at once, for what no single edit mends: both on one side, at places apart."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from itertools import combinations

from derivcheck.diagnose.candidate import Candidate
from derivcheck.diagnose.places import Path, replaced
from derivcheck.diagnose.render import Written

_LARGEST = 2  # size of each edit
_MAX_EDITS = 48


def pairs(candidates: Sequence[Candidate], side: str) -> Iterator[tuple[Candidate, Candidate]]:
    """Pairs of small edits of a side, the smallest first; the second is made in what the first gives."""
    small = [c for c in candidates if c.side == side and c.kind.size <= _LARGEST][:_MAX_EDITS]
    ranked = sorted(
        combinations(range(len(small)), 2), key=lambda ij: small[ij[0]].kind.size + small[ij[1]].kind.size
    )
    for i, j in ranked:
        one, other = small[i], small[j]
        if _apart(one.place.path, other.place.path):
            root = replaced(one.root, other.place.path, other.variant.node)
            yield one, other.on(root)


def _apart(a: Path, b: Path) -> bool:
    """Whether neither place lies in the other."""
    least = min(len(a), len(b))
    return a[:least] != b[:least]


def joined(text: str, one: Written, other: Written) -> Written | None:
    """One replacement for two; None when they overlap."""
    first, second = sorted((one, other), key=lambda w: w.start)
    if first.end > second.start:
        return None
    return Written(first.start, second.end, first.new + text[first.end : second.start] + second.new)
