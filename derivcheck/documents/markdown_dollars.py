"""Where a display between double dollars opens and ends.

A body with a bare `$` is no display: the dollars were paired wrongly, or the text is broken.
"""

from __future__ import annotations

import re
from dataclasses import dataclass

from derivcheck.documents.environments import TEXT_GROUP
from derivcheck.documents.markdown_lines import Line, Lines
from derivcheck.documents.markdown_math import looks_like_prose

ATX = re.compile(r"(#{1,6})(?:[ \t]|$)")
_BODY = re.compile(r"\\(?:(?:text|[mhf]box|intertext|shortintertext)\w*|tag\*?)[ \t]*\{|\\.|\$\$?|[{}]", re.DOTALL)


@dataclass(frozen=True, slots=True)
class Closing:
    """Line and offset of the closing `$$`, and whether a bare `$` stood before it."""

    line: int
    at: int
    stray: bool


def opening_at_end(text: str, line: Line) -> int | None:
    """Where a line of text ends in the only `$$` it has: a display may open there."""
    end = line.end
    while end > line.start and text[end - 1] in " \t":
        end -= 1
    if not text.endswith("$$", line.start, end) or end - 2 <= line.start:
        return None
    alone = text.find("$$", line.start, end - 2) < 0 and text[end - 3] not in "$\\"
    return end - 2 if alone else None


def closing_dollars(lines: Lines, i: int, line: Line, one_paragraph: bool) -> Closing | None:
    """The end of the display that the `$$` at the start of `line`, which is line i, opens; None when nothing closes it
    or what stands between cannot be a display."""
    body = _Body()
    blank_seen = False
    for k in range(i, len(lines)):
        at = lines.at(k)
        start = line.start + 2 if k == i else at.start
        if k > i and at.blank:
            if body.stray or one_paragraph or at.depth < line.depth:
                return None
            blank_seen, body.in_text = True, 0
            continue
        if k > i and _is_no_body(lines.text, start, at.end, blank_seen):
            return None
        close = body.scan(lines.text, start, at.end)
        if blank_seen and body.stray:
            return None
        if close is not None:
            return Closing(k, close, body.stray)
    return None


def _is_no_body(text: str, start: int, end: int, blank_seen: bool) -> bool:
    """Whether a line opens a block of another kind, or goes on with prose after a blank line."""
    head = text[start : start + 3]
    if head in ("```", "~~~") or (head[:1] == "#" and ATX.match(text, start, end)):
        return True
    return blank_seen and looks_like_prose(text[start : min(end, start + 500)])


class _Body:
    """What a scan of the body has seen: how deep in `\\text{…}` it stands, whether a bare `$` stood outside."""

    def __init__(self) -> None:
        self.in_text = 0
        self.stray = False

    def scan(self, text: str, start: int, end: int) -> int | None:
        """The offset of a closing `$$` on this line."""
        for match in _BODY.finditer(text, start, end):
            token = match[0]
            if token == "$$":
                return match.start()
            if token == "{":
                self.in_text += self.in_text > 0
            elif token == "}":
                self.in_text -= self.in_text > 0
            elif token == "$":
                self.stray |= not self.in_text
            elif token[-1] == "{":
                self.in_text += self.in_text > 0 or TEXT_GROUP.match(text, match.start()) is not None
        return None
