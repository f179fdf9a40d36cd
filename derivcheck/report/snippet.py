"""Source lines with a gutter of line numbers and marks beneath, as wide as what they mark."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from derivcheck.report.model import Place
from derivcheck.report.paint import paint, visible, width

MAX_LINES = 8  # of one mark; what is between the first and the last ones is left out
MAX_COLUMNS = 140  # of one line; a longer one is cut around its mark
LEAD = 40  # characters kept before a mark in a line that is cut


@dataclass(frozen=True, slots=True)
class Mark:
    place: Place
    sign: str = "^"
    style: str = "error"


def gutter_width(marks: Sequence[Mark]) -> int:
    return max((len(str(mark.place.end_line)) for mark in marks), default=1)


def snippet(lines: Sequence[str], marks: Sequence[Mark], color: bool) -> list[str]:
    """The marked lines of a source in order, each with its marks beneath it; places outside are left out."""
    gutter = gutter_width(marks)
    blank = " " * gutter + paint(" |", "gutter", color)
    out = [blank]
    previous: int | None = None
    for number in sorted({n for mark in marks for n in _line_numbers(mark.place)}):
        if not 1 <= number <= len(lines):
            continue
        if previous is not None and number > previous + 1:
            out.append(paint("…".rjust(gutter), "gutter", color))
        text = visible(lines[number - 1].rstrip("\r"))
        ranges = [(mark, *_columns(mark.place, number, text)) for mark in marks]
        present = [(mark, start, end) for mark, start, end in ranges if end > start]
        cut = _cut(text, [start for _, start, _ in present])
        present = [(mark, start, end) for mark, start, end in present if cut.shows(start, end)]
        out.append(paint(f"{number:>{gutter}} |", "gutter", color) + " " + cut.text)
        out.extend(
            f"{blank} {' ' * width(cut.text[: cut.at(start)])}"
            + paint(mark.sign * max(1, width(cut.text[cut.at(start) : cut.at(end)])), mark.style, color)
            for mark, start, end in present
        )
        previous = number
    return [*out, blank] if previous is not None else []


def _line_numbers(place: Place) -> list[int]:
    numbers = list(range(place.line, min(place.end_line, place.line + MAX_LINES - 2) + 1))
    return numbers if place.end_line in numbers else [*numbers, place.end_line]


def _columns(place: Place, number: int, text: str) -> tuple[int, int]:
    """The 0-based half-open range of `text` that the place covers on line `number`, without indentation."""
    if not place.line <= number <= place.end_line:
        return 0, 0
    start = place.column - 1 if number == place.line else len(text) - len(text.lstrip())
    end = place.end_column - 1 if number == place.end_line else len(text.rstrip())
    if place.line == place.end_line:  # an empty range marks the place itself
        end = max(end, start + 1)
    return start, end


@dataclass(frozen=True, slots=True)
class _Cut:
    text: str
    first: int  # the first kept character of the line
    lead: int  # characters put before it

    def at(self, column: int) -> int:
        return max(0, min(column - self.first + self.lead, len(self.text)))

    def shows(self, start: int, end: int) -> bool:
        return start - self.first < MAX_COLUMNS and end > self.first


def _cut(text: str, starts: Sequence[int]) -> _Cut:
    """Around the marks that start there, the foremost first; around that one if there is no room for all."""
    if len(text) <= MAX_COLUMNS:
        return _Cut(text, 0, 0)
    start = min(starts, default=0)
    if starts and starts[0] - start >= MAX_COLUMNS - LEAD:
        start = starts[0]
    first = max(0, min(start - LEAD, len(text) - MAX_COLUMNS))
    last = min(len(text), first + MAX_COLUMNS)
    before, after = "…" if first else "", "…" if last < len(text) else ""
    return _Cut(before + text[first:last] + after, first, len(before))
