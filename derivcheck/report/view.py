"""What of a report is shown: which rules count, which extra lists are wanted, how it is coloured."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass

from derivcheck.report.model import EquationReport, FileReport, LinkReport, Note, Place, Report, SlipReport
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

    def wants(self, rule: str | None) -> bool:
        """Is a finding of this rule shown?"""
        return selected(rule, self.select, self.ignore)


@dataclass(frozen=True, slots=True)
class _Entry:
    file: FileReport
    equation: EquationReport

    @property
    def path(self) -> str:
        return self.equation.path or self.file.path


@dataclass(frozen=True, slots=True)
class Entry(_Entry):
    """A link with the equation and the file it stands in."""

    link: LinkReport

    @property
    def rule(self) -> str | None:
        return self.link.rule

    @property
    def place(self) -> Place:
        """What to point at: the narrowest part that is wrong, else the whole link from side to side."""
        link = self.link
        if link.caret is not None:
            return link.caret
        first, last = link.lhs_place or link.place, link.rhs_place or link.place
        return Place(first.line, first.column, last.end_line, last.end_column)


@dataclass(frozen=True, slots=True)
class SlipEntry(_Entry):
    """A slip with the equation and the file it stands in."""

    slip: SlipReport

    @property
    def rule(self) -> str:
        return self.slip.rule

    @property
    def place(self) -> Place:
        return self.slip.place


Finding = Entry | SlipEntry


def entries(report: Report) -> Iterator[Entry]:
    for file in report.files:
        for equation in file.equations:
            for link in equation.links:
                yield Entry(file, equation, link)


def mistakes(report: Report) -> Iterator[Finding]:
    """Everything that was found, one for each mistake, display by display."""
    for file in report.files:
        for equation in file.equations:
            before: Entry | None = None
            for link in equation.links:
                entry = Entry(file, equation, link)
                if link.verdict.is_finding:
                    if before is None or not _same_mistake(before, entry):
                        yield entry
                    before = entry
            for slip in equation.slips:
                yield SlipEntry(file, equation, slip)


def findings(report: Report, view: View) -> tuple[Finding, ...]:
    """What was found of the rules that are wanted."""
    return tuple(found for found in mistakes(report) if view.wants(found.rule))


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


def remarks(report: Report, view: View) -> tuple[tuple[Entry, Note], ...]:
    """Notes under a rule of their own, beside links that hold."""
    found = ((entry, note) for entry in entries(report) for note in entry.link.notes)
    return tuple((entry, note) for entry, note in found if note.rule is not None and view.wants(note.rule))


def undecided(report: Report) -> tuple[Entry, ...]:
    return tuple(entry for entry in entries(report) if entry.link.verdict is Verdict.UNKNOWN)


def unread(report: Report) -> tuple[tuple[FileReport, EquationReport], ...]:
    """The displays that could not be read at all."""
    return tuple((f, e) for f in report.files for e in f.equations if e.unparsed is not None)
