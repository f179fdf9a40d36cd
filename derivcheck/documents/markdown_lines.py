"""The lines of a Markdown document: what stands before their content, and where the body of a display lies in them."""

from __future__ import annotations

import re
from dataclasses import dataclass

from derivcheck.documents.stretch import Range

_PREFIX = re.compile(r"[ \t]*(?:>[ \t]*)*")
_QUOTE = re.compile(r"[ \t]*>")
_LIST = re.compile(r"(?:[-*+]|\d{1,9}[.)])(?:[ \t]+|$)")
RULE = re.compile(r"(?:-[ \t]*){3,}$|(?:\*[ \t]*){3,}$|(?:_[ \t]*){3,}$")


@dataclass(frozen=True, slots=True)
class Line:
    """A line after its quote markers, indentation and, once they are read, list markers."""

    start: int  # of the content
    end: int  # without the line break
    depth: int  # of quotes
    indent: int  # in columns

    @property
    def blank(self) -> bool:
        return self.start >= self.end


@dataclass(frozen=True, slots=True)
class Lines:
    """The text and the bounds of its lines, without `\\n` or `\\r\\n`."""

    text: str
    bounds: tuple[Range, ...]

    @staticmethod
    def of(text: str) -> Lines:
        bounds: list[Range] = []
        start = 0
        while start < len(text):
            end = text.find("\n", start)
            end = end if end >= 0 else len(text)
            bounds.append((start, end - 1 if end > start and text[end - 1] == "\r" else end))
            start = end + 1
        return Lines(text, tuple(bounds))

    def __len__(self) -> int:
        return len(self.bounds)

    def at(self, i: int) -> Line:
        start, end = self.bounds[i]
        match = _PREFIX.match(self.text, start, end)
        assert match is not None
        prefix = match[0]
        depth = prefix.count(">")
        tail = prefix[prefix.rfind(">") + 1 :] if depth else prefix
        indent = len(tail.expandtabs(4)) - (1 if depth and tail else 0)
        return Line(match.end(), end, depth, indent)

    def whole(self, i: int) -> str:
        """Line i as it is written, markers and all."""
        return self.text[slice(*self.bounds[i])]

    def until(self, i: int, offset: int) -> int:
        """The first line from line i on that ends at this offset or later."""
        while i + 1 < len(self.bounds) and self.bounds[i][1] < offset:
            i += 1
        return i

    def after_front_matter(self) -> int:
        """The first line after the metadata between `---` or `+++` that a file may begin with."""
        mark = self.whole(0).rstrip().lstrip("\ufeff") if self.bounds else ""
        if mark not in ("---", "+++"):
            return 0
        closings = (mark,) if mark == "+++" else ("---", "...")
        return next((i + 1 for i in range(1, len(self)) if self.whole(i).rstrip() in closings), 0)

    def after_list_marker(self, line: Line) -> Line | None:
        """The line after one list marker; None when none is there."""
        marker = _LIST.match(self.text, line.start, line.end)
        if marker is None or RULE.match(self.text, line.start, line.end):
            return None
        width = marker.end() - marker.start()
        quote = _PREFIX.match(self.text, marker.end(), line.end)
        after = quote.end() if quote else marker.end()
        depth = line.depth + self.text.count(">", marker.end(), after)
        return Line(after, line.end, depth, line.indent + width)

    def body(self, i: int, line: Line, inner: int, last: int, close: int) -> list[Range]:
        """The body of a display that `line` opens, from `inner` on line i to `close` on line `last`."""
        if i == last:
            return [(inner, close)]
        ranges = [(inner, line.end), self.newline(i)]
        for k in range(i + 1, last):
            ranges.extend(self.body_line(k, line))
        ranges.append((min(self._body_start(last, line), close), close))
        return ranges

    def body_line(self, k: int, line: Line) -> list[Range]:
        """Line k of a display that `line` opens, with its line break."""
        return [(self._body_start(k, line), self.bounds[k][1]), self.newline(k)]

    def _body_start(self, k: int, line: Line) -> int:
        """After the quote markers and the indentation that the display itself has."""
        at, end = self.bounds[k]
        for _ in range(line.depth):
            match = _QUOTE.match(self.text, at, end)
            if match is None:
                break
            at = match.end()
        indent = line.indent + (1 if line.depth else 0)
        while indent > 0 and at < end and self.text[at] in " \t":
            indent -= 4 if self.text[at] == "\t" else 1
            at += 1
        return at

    def newline(self, k: int) -> Range:
        """The line break of line k, empty at the end of the text."""
        at = self.text.find("\n", self.bounds[k][1], self.bounds[k][1] + 2)
        return (at, at + 1) if at >= 0 else (self.bounds[k][1], self.bounds[k][1])
