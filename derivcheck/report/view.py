"""What of a report is shown: which rules count, which extra lists are wanted, how it is coloured."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass

from derivcheck.report.model import EquationReport, FileReport, LinkReport, Report
from derivcheck.report.rules import selected
from derivcheck.verdict import Verdict


@dataclass(frozen=True, slots=True)
class View:
    select: tuple[str, ...] = ("DC",)
    ignore: tuple[str, ...] = ()
    suspects: bool = False
    show_unknown: bool = False
    statistics: bool = False
    quiet: bool = False
    color: bool = False

    def is_finding(self, link: LinkReport) -> bool:
        return link.verdict.is_finding and selected(link.rule, self.select, self.ignore)


@dataclass(frozen=True, slots=True)
class Entry:
    """A link with the equation and the file it stands in."""

    file: FileReport
    equation: EquationReport
    link: LinkReport

    @property
    def path(self) -> str:
        return self.equation.path or self.file.path


def entries(report: Report) -> Iterator[Entry]:
    for file in report.files:
        for equation in file.equations:
            for link in equation.links:
                yield Entry(file, equation, link)


def findings(report: Report, view: View) -> tuple[Entry, ...]:
    shown: list[Entry] = []
    for entry in entries(report):
        if view.is_finding(entry.link) and not (shown and _same_mistake(shown[-1], entry)):
            shown.append(entry)
    return tuple(shown)


def _same_mistake(before: Entry, entry: Entry) -> bool:
    """Whether one edit of one place mends both: a slip in a middle member breaks the links on either side of it."""
    one, other = before.link.repair, entry.link.repair
    return (
        before.equation is entry.equation
        and one is not None
        and other is not None
        and ((one.place, one.new) == (other.place, other.new))
    )


def suspects(report: Report) -> tuple[Entry, ...]:
    return tuple(entry for entry in entries(report) if entry.link.suspect)


def undecided(report: Report) -> tuple[Entry, ...]:
    return tuple(entry for entry in entries(report) if entry.link.verdict is Verdict.UNKNOWN)


def unread(report: Report) -> tuple[tuple[FileReport, EquationReport], ...]:
    """The displays that could not be read at all."""
    return tuple((f, e) for f in report.files for e in f.equations if e.unparsed is not None)
