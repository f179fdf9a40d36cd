"""A stretch of text every character of which knows its source offset: what remains after quote markers,
indentation, comments and escapes are cut out."""

from __future__ import annotations

from array import array
from bisect import bisect_left, bisect_right
from collections.abc import Iterable, Sequence
from dataclasses import dataclass

Range = tuple[int, int]


@dataclass(frozen=True, slots=True)
class Stretch:
    """`offsets` has len(text) + 1 entries, strictly increasing but for the last, which may repeat."""

    text: str
    offsets: Sequence[int]

    @staticmethod
    def whole(text: str) -> Stretch:
        return Stretch(text, range(len(text) + 1))

    def cut(self, start: int, end: int) -> Stretch:
        return Stretch(self.text[start:end], self.offsets[start : end + 1])

    def pick(self, ranges: Sequence[Range]) -> Stretch:
        """The given ranges (ascending, disjoint), joined."""
        if not ranges:
            return self.cut(0, 0)
        merged = merge(ranges)
        if len(merged) == 1:
            return self.cut(*merged[0])
        offsets = array("i")
        for start, end in merged:
            offsets.extend(self.offsets[start:end])
        offsets.append(self.offsets[merged[-1][1]])
        return Stretch("".join(self.text[a:b] for a, b in merged), offsets)

    def without(self, removed: Sequence[Range]) -> Stretch:
        """The rest when the given ranges (ascending, disjoint) are cut out."""
        return self.pick(complement(removed, 0, len(self.text))) if removed else self

    def strip(self) -> Stretch:
        start = len(self.text) - len(self.text.lstrip())
        return self.cut(start, max(start, len(self.text.rstrip())))


def merge(ranges: Iterable[Range]) -> list[Range]:
    """Empty ranges dropped, touching ones joined; one empty range if nothing is left."""
    merged: list[Range] = []
    last = 0
    for start, end in ranges:
        last = start
        if start >= end:
            continue
        if merged and merged[-1][1] == start:
            merged[-1] = (merged[-1][0], end)
        else:
            merged.append((start, end))
    return merged or [(last, last)]


def complement(removed: Sequence[Range], start: int, end: int) -> list[Range]:
    """What of start..end lies outside the removed ranges (ascending)."""
    kept: list[Range] = []
    for a, b in removed:
        if a > start:
            kept.append((start, min(a, end)))
        start = max(start, b)
    if start < end:
        kept.append((start, end))
    return kept


def within(ranges: Sequence[Range], start: int, end: int) -> Sequence[Range]:
    """Those of the (ascending, disjoint) ranges that meet start..end."""
    first = bisect_right(ranges, start, key=lambda r: r[1])
    last = bisect_left(ranges, end, key=lambda r: r[0])
    return ranges[first:last]


class Finder:
    """`str.find` for ascending start positions: a result is kept until it is passed, so that many
    searches for the same far (or absent) needle cost one scan of the text."""

    def __init__(self, text: str, needle: str) -> None:
        self._text = text
        self._needle = needle
        self._from = self._found = -1

    def __call__(self, start: int) -> int:
        """The first occurrence at or after `start`, or -1."""
        known = self._from >= 0 and start >= self._from
        if not known or (self._found >= 0 and self._found < start):
            self._from = start
            self._found = self._text.find(self._needle, start)
        return self._found

