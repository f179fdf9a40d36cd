"""`concise`: one line per finding, `path:line:column: DC101 message`."""

from __future__ import annotations

from derivcheck.report.formats.lists import listing, path_of
from derivcheck.report.model import Report
from derivcheck.report.paint import paint, visible
from derivcheck.report.summary import sentence, summarize
from derivcheck.report.view import Entry, Finding, View, findings, suspects


def concise(report: Report, view: View) -> str:
    shown = findings(report, view) + (suspects(report) if view.suspects else ())
    lines = [_line(entry, view) for entry in shown]
    lines += listing(report, view)
    if not view.quiet:
        lines.append(sentence(summarize(report, view)))
    return "".join(line + "\n" for line in lines)


def _line(found: Finding, view: View) -> str:
    place = found.place
    return f"{path_of(found)}:{place.line}:{place.column}: {_text(found, view)}"


def _text(found: Finding, view: View) -> str:
    if not isinstance(found, Entry):
        return f"{paint(found.rule, 'error', view.color)} {visible(found.slip.message)}"
    link = found.link
    word = "suspect" if link.suspect else link.rule or link.verdict.value
    text = f"{paint(word, 'note' if link.suspect else 'error', view.color)} {visible(link.message)}"
    if link.repair is not None:
        text += f"; did you mean `{visible(link.repair.new)}` instead of `{visible(link.repair.old)}`?"
    return text
