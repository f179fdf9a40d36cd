"""`full`: every finding with the author's own line, a caret under the place, and what it was decided from."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence

from derivcheck.report.formats.lists import in_line, listing, path_of
from derivcheck.report.model import LinkReport, Place, Repair, Report, ShapeNote, WitnessNote
from derivcheck.report.paint import paint, visible
from derivcheck.report.snippet import Mark, gutter_width, snippet
from derivcheck.report.summary import sentence, summarize
from derivcheck.report.view import Entry, Finding, View, findings, suspects


def full(report: Report, view: View) -> str:
    shown = findings(report, view) + (suspects(report) if view.suspects else ())
    paths = {entry.path for entry in shown}
    sources = {file.path: file.source.split("\n") for file in report.files if file.path in paths}
    blocks = [_block(entry, sources, view) for entry in shown]
    tail = listing(report, view)
    if not view.quiet:
        tail.append(sentence(summarize(report, view)))
    return "".join(block + "\n\n" for block in blocks) + "".join(line + "\n" for line in tail)


def _block(found: Finding, sources: Mapping[str, Sequence[str]], view: View) -> str:
    suspected = isinstance(found, Entry) and found.link.suspect
    word, style = ("suspect", "note") if suspected else ("error", "error")
    marks = _marks(found, style)
    margin = " " * gutter_width(marks)
    place = found.place
    head = paint(f"{word}[{found.rule}]" if found.rule else word, style, view.color)
    lines = [
        f"{head}: {paint(visible(_message(found)), 'bold', view.color)}",
        f"{margin}{paint('-->', 'gutter', view.color)} {path_of(found)}:{place.line}:{place.column}",
        *snippet(sources.get(found.path, ()), marks, view.color),
    ]
    for title, text in _remarks(found.link) if isinstance(found, Entry) else ():
        name = paint(title, "repair" if title == "did you mean" else "bold", view.color)
        lines.append(f"{margin} {paint('=', 'gutter', view.color)} {name}: {visible(text)}")
    return "\n".join(lines)


def _message(found: Finding) -> str:
    if isinstance(found, Entry):
        return found.link.message or found.link.verdict.value
    return found.slip.message


def _marks(found: Finding, style: str) -> list[Mark]:
    """Carets under what is wrong; dashes under the relation sign when it stands outside that."""
    marks = [Mark(found.place, "^", style)]
    if isinstance(found, Entry) and not _within(found.link.place, found.place):
        marks.append(Mark(found.link.place, "-", "gutter"))
    return marks


def _within(inner: Place, outer: Place) -> bool:
    begins = (outer.line, outer.column) <= (inner.line, inner.column)
    return begins and (inner.end_line, inner.end_column) <= (outer.end_line, outer.end_column)


def _remarks(link: LinkReport) -> Iterator[tuple[str, str]]:
    if link.shapes:
        yield "shapes", "; ".join(map(_shape, link.shapes))
    if link.witness is not None:
        yield "counterexample", _witness(link.witness)
    if link.repair is not None:
        yield "did you mean", _repair(link.repair)
    if link.reading:
        yield "assuming", "; ".join(link.reading)
    if link.evidence:
        yield "evidence", link.evidence
    for note in link.notes:
        yield "note", note.message + in_line(note)


def _shape(note: ShapeNote) -> str:
    origin = f"line {note.place.line}" if note.place else note.origin
    return f"{note.symbol}: {note.shape}" + (f" ({origin})" if origin else "")


def _witness(witness: WitnessNote) -> str:
    parts = [f"{name} = {size}" for name, size in witness.dims.items()]
    parts += [f"{symbol} = {value}" for symbol, value in witness.values.items()]
    parts += [f"left = {witness.lhs}", f"right = {witness.rhs}"]
    text = ", ".join(parts)
    if witness.entry is not None:
        text += f" (they differ at row {witness.entry[0]}, column {witness.entry[1]})"
    return text


def _repair(repair: Repair) -> str:
    match repair.old, repair.new:
        case "", new:
            text = f"insert `{new}`"
        case old, "":
            text = f"`{old}` left out"
        case old, new:
            text = f"`{new}` instead of `{old}`"
    if repair.alternatives:
        others = "edit also passes" if repair.alternatives == 1 else "edits also pass"
        text += f" ({repair.alternatives} other {others})"
    return text
