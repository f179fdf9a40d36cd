"""`concise`: one line per finding, `path:line:column: DC101 message`."""

from __future__ import annotations

from derivcheck.report.formats.lists import listing, path_of, place_of
from derivcheck.report.model import Report
from derivcheck.report.paint import paint, visible
from derivcheck.report.summary import sentence, summarize
from derivcheck.report.view import Entry, View, findings, suspects


def concise(report: Report, view: View) -> str:
    shown = findings(report, view) + (suspects(report) if view.suspects else ())
    lines = [_line(entry, view) for entry in shown]
    lines += listing(report, view)
    if not view.quiet:
        lines.append(sentence(summarize(report, view)))
    return "".join(line + "\n" for line in lines)


def _line(entry: Entry, view: View) -> str:
    link = entry.link
    place = place_of(link)
    word = "suspect" if link.suspect else link.rule or link.verdict.value
    head = paint(word, "note" if link.suspect else "error", view.color)
    text = f"{path_of(entry)}:{place.line}:{place.column}: {head} {visible(link.message)}"
    if link.repair is not None:
        text += f"; did you mean `{visible(link.repair.new)}` instead of `{visible(link.repair.old)}`?"
    return text
