"""What the text formats share: where a link is shown, and the lists that follow the findings."""

from __future__ import annotations

from collections.abc import Mapping

from derivcheck.report.model import Note, Report
from derivcheck.report.paint import paint, visible
from derivcheck.report.rules import RULES
from derivcheck.report.summary import Summary, summarize
from derivcheck.report.view import Finding, View, remarks, undecided, unread


def path_of(entry: Finding) -> str:
    return visible(entry.path)


def listing(report: Report, view: View) -> list[str]:
    """Remarks about files, then what the view asks for: undecided links, statistics."""
    lines: list[str] = []
    if not view.quiet:
        lines += _problems(report, view) + _remarks(report, view)
    if view.show_unknown:
        lines += _unread(report, view) + _undecided(report, view)
    if view.statistics:
        lines += _statistics(summarize(report, view))
    return lines


def _problems(report: Report, view: View) -> list[str]:
    word = paint("note", "note", view.color)
    lines = []
    for file in report.files:
        for note in file.problems:
            at = f":{note.place.line}:{note.place.column}" if note.place else ""
            lines.append(f"{visible(file.path)}{at}: {word}: {visible(note.message)}")
    return lines


def _remarks(report: Report, view: View) -> list[str]:
    word = paint("note", "note", view.color)
    lines = []
    for entry, note in remarks(report, view):
        place = entry.place
        at = f"{path_of(entry)}:{place.line}:{place.column}"
        lines.append(f"{at}: {word}: {note.rule} {visible(note.message)}{in_line(note)}")
    return lines


def in_line(note: Note) -> str:
    return f" (line {note.place.line})" if note.place else ""


def _unread(report: Report, view: View) -> list[str]:
    word = paint("not read", "note", view.color)
    return [
        f"{visible(equation.path or file.path)}:{equation.place.line}:{equation.place.column}: "
        f"{word}: {visible(equation.unparsed or '')}"
        for file, equation in unread(report)
    ]


def _undecided(report: Report, view: View) -> list[str]:
    word = paint("unknown", "note", view.color)
    lines = []
    for entry in undecided(report):
        link = entry.link
        if link.suspect and view.suspects:
            continue
        detail = f": {link.message}" if link.message else ""
        lines.append(
            f"{path_of(entry)}:{link.place.line}:{link.place.column}: "
            f"{word}: {visible((link.reason or 'no reason given') + detail)}"
        )
    return lines


def _statistics(summary: Summary) -> list[str]:
    rules = {f"{code} {RULES[code].summary}": n for code, n in summary.rules.items()}
    tables = {"Findings": rules, "Not decided": summary.reasons, "Not read": summary.unread}
    return [line for title, table in tables.items() if table for line in _table(title, table)]


def _table(title: str, table: Mapping[str, int]) -> list[str]:
    digits = max(len(str(n)) for n in table.values())
    return [f"{title}:", *(f"  {n:>{digits}}  {visible(name)}" for name, n in table.items())]
