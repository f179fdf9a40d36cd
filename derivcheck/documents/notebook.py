"""Jupyter notebooks: their Markdown cells as one document, with offsets into the raw JSON.

Each cell is read as Markdown by itself, since Jupyter shows it so: a fence or a `$$` left open in one cell
does not run into the next. Macros defined in a cell hold in the others, as in MathJax.
"""

from __future__ import annotations

import re
from array import array
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, replace

from derivcheck.documents.json_scan import Decoded, Malformed, Scalar, String, Value, decode, read_json
from derivcheck.documents.markdown import read_markdown
from derivcheck.documents.model import (
    Heading,
    Item,
    Macro,
    MathBlock,
    ParagraphBreak,
    Problem,
    Prose,
    Source,
    Span,
)

_UNUSABLE = re.compile("[\0\ud800-\udfff]")
_LONE_RETURN = re.compile(r"\r(?!\n)")


@dataclass(frozen=True, slots=True)
class _Cell:
    source: Decoded
    level: int = 0  # of a heading cell, which only version 3 of the format has; 0: Markdown


def read_notebook(
    text: str, path: str, preamble: Mapping[str, Macro]
) -> tuple[list[Source], list[Item], dict[str, Macro], list[Problem]]:
    """Source, items in order, macros and problems; what is no notebook is a problem and has no items."""
    source = Source.of(path, text)
    macros = dict(preamble)
    top = read_json(text)
    if isinstance(top, Malformed):
        at = min(top.offset, len(text))
        return [source], [], macros, [Problem("not valid JSON: the notebook was not read", Span(at, at))]
    lists = _cell_lists(top)
    if not lists:
        return [source], [], macros, [Problem("no notebook: the JSON has no list of cells", Span(0, 0))]
    items: list[Item] = []
    problems: list[Problem] = []
    for cell in _cells(text, lists):
        here = cell.source
        if cell.level:
            items.append(Heading(here.text.strip(), cell.level, _span(here, Span(0, len(here.text)))))
            continue
        _, inside, macros, complaints = read_markdown(here.text, path, macros, cell=True)
        if items and inside and not isinstance(items[-1], ParagraphBreak):
            items.append(ParagraphBreak(_span(here, Span(0, 0))))
        items.extend(_in_json(item, here) for item in inside)
        problems.extend(replace(p, span=_span(here, p.span)) for p in complaints)
    return [source], items, macros, problems


# The notebook's JSON


def _cell_lists(top: Value) -> list[list[Value]]:
    """The lists of cells: one in version 4 of the format, one for each worksheet in version 3."""
    if not isinstance(top, dict):
        return []
    sheets = top.get("worksheets")
    holders = [top, *(sheets if isinstance(sheets, list) else ())]
    found = (holder.get("cells") for holder in holders if isinstance(holder, dict))
    return [cells for cells in found if isinstance(cells, list)]


def _cells(text: str, lists: Iterable[Sequence[Value]]) -> Iterator[_Cell]:
    for cell in (c for cells in lists for c in cells):
        if not isinstance(cell, dict):
            continue
        kind = cell.get("cell_type")
        strings = _strings(cell.get("source"))
        if not strings or not isinstance(kind, String):
            continue
        match decode(text, [kind]).text:
            case "markdown":
                yield _Cell(_readable(decode(text, strings)))
            case "heading":
                yield _Cell(_readable(decode(text, strings)), _level(cell.get("level")))


def _strings(source: Value | None) -> list[String]:
    match source:
        case String():
            return [source]
        case list():
            return [part for part in source if isinstance(part, String)]
        case _:
            return []


def _level(value: Value | None) -> int:
    return int(value.text) if isinstance(value, Scalar) and value.text in {*"123456"} else 1


def _readable(cell: Decoded) -> Decoded:
    """Without what only an escape can bring into a text, character for character."""
    text = _LONE_RETURN.sub("\n", _UNUSABLE.sub("\ufffd", cell.text))
    return replace(cell, text=text)


# Offsets in a cell → offsets in the JSON


def _span(cell: Decoded, span: Span) -> Span:
    start = cell.starts[span.start]
    return Span(start, cell.ends[span.end - 1] if span.end > span.start else start)


def _in_json(item: Item, cell: Decoded) -> Item:
    span = _span(cell, item.span)
    if not isinstance(item, MathBlock | Prose):
        return replace(item, span=span)
    offsets = array("q", (cell.starts[at] for at in item.offsets))
    ends = array("q", (cell.ends[at] for at in item.offsets[: len(item.text)]))
    return replace(item, span=span, offsets=offsets, ends=ends)
