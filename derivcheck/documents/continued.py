"""Displays that go on: `$$ a = b $$` and right after it `$$ = c $$` are one chain, written over two displays."""

from __future__ import annotations

import re
from collections.abc import Iterable, Sequence

from derivcheck.documents.model import Item, MathBlock, ParagraphBreak, Prose, Span

_GOES_ON = re.compile(r"\s*(?:(?:\\quad|\\qquad|&|\\[,;:! ])\s*)*=(?!=)")
_PLAIN = frozenset({"$$", "[", "math"})  # not an environment of aligned rows
_ROW = r" \\ "


def joined(items: Iterable[Item]) -> list[Item]:
    """The items, every display that begins with `=` put to the one before it when nothing but space is between."""
    out: list[Item] = []
    for item in items:
        if isinstance(item, MathBlock) and item.display and item.env in _PLAIN and _GOES_ON.match(item.text):
            at = _last(out)
            before = out[at] if at >= 0 else None
            if isinstance(before, MathBlock) and before.env in _PLAIN and _side_by_side(before, item):
                out[at:] = [_join(before, item)]
                continue
        out.append(item)
    return out


def _last(items: Sequence[Item]) -> int:
    """The last item that is more than white space; -1 when there is none."""
    for k in range(len(items) - 1, -1, -1):
        found = items[k]
        if not isinstance(found, ParagraphBreak) and not (isinstance(found, Prose) and not found.text.strip()):
            return k
    return -1


def _side_by_side(a: MathBlock, b: MathBlock) -> bool:
    """Two displays of one file, in order."""
    apart = a.span.source != b.span.source or a.span.end > b.span.start
    return a.display and not apart and (a.ends is None) == (b.ends is None)


def _join(a: MathBlock, b: MathBlock) -> MathBlock:
    """Both as rows of one display; the row break that was not written stands where the first one ends."""
    end = a.offsets[-1]
    ends = None if a.ends is None or b.ends is None else (*a.ends, *[end] * len(_ROW), *b.ends)
    offsets = (*a.offsets[:-1], *[end] * len(_ROW), *b.offsets)
    span = Span(a.span.start, b.span.end, a.span.source)
    return MathBlock(True, a.env, a.text + _ROW + b.text, offsets, span, ends)
