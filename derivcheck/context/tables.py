"""Tables of symbols: the row `| $R$ | $3\\times 3$ | rotation |` says what "$R$: $3\\times 3$." and "$R$: rotation."
say."""

from __future__ import annotations

import re
from collections.abc import Iterator

_FORMULAS = "\ue000\ue001"  # what stands for inline mathematics in the text of a sentence
_MARKDOWN = re.compile(r"\s*\|[^\n]*\|\s*")
_CELL_ENDS = "|&"
_PIECE = re.compile("[^,;，；、]+")
_NAMES = re.compile(f"\\s*[{_FORMULAS}](?:\\s*(?:[,，、]|and|和|与)\\s*[{_FORMULAS}])*\\s*")

Placed = list[tuple[str, int]]  # characters, each with its place in the text they were taken from


def is_table(text: str) -> bool:
    """Whether a paragraph is a row of a Markdown table, or a LaTeX one with its separators."""
    return "&" in text or _MARKDOWN.fullmatch(text) is not None


def rows(text: str) -> Iterator[Placed] | None:
    """What the rows of a table say, a sentence for each cell beside the symbols; None for a text that is no table."""
    if _MARKDOWN.fullmatch(text):
        return _said(_cells(text, 0))
    if "&" not in text:
        return None
    return (s for m in re.finditer(r"[^\n]+", text) for s in _said(_cells(m[0], m.start())))


def _cells(row: str, start: int) -> list[Placed]:
    cells: list[Placed] = [[]]
    for k, c in enumerate(row, start):
        if c in _CELL_ENDS:
            cells.append([])
        else:
            cells[-1].append((c, k))
    return [cell for cell in cells if _text(cell).strip()]


def _said(cells: list[Placed]) -> Iterator[Placed]:
    """The symbols with every part of the other cells; a row without symbols, or nothing but them, as it is."""
    named = next((i for i, cell in enumerate(cells) if _NAMES.fullmatch(_text(cell))), None)
    if named is None or len(cells) == 1:
        yield from cells
        return
    for cell in (*cells[:named], *cells[named + 1 :]):
        for piece in _PIECE.finditer(_text(cell)):
            part = cell[piece.start() : piece.end()]
            yield [*cells[named], (":", part[0][1]), *part, (".", part[-1][1])]


def _text(cell: Placed) -> str:
    return "".join(c for c, _ in cell)
