"""Counts over a report: every verdict, every reason for not deciding, every rule."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Mapping
from dataclasses import dataclass

from derivcheck.report.model import Report
from derivcheck.report.view import SlipEntry, View, entries, findings, mistakes, remarks, suspects, undecided, unread
from derivcheck.verdict import Verdict


@dataclass(frozen=True, slots=True)
class Summary:
    """`files` counts those checked; `failed` those that could not be. Tables are sorted, most frequent first,
    but for `verdicts`, which has every verdict in the order of the enumeration."""

    files: int
    failed: int
    equations: int
    unread: Mapping[str, int]  # displays that could not be read, by reason
    links: int
    verdicts: Mapping[Verdict, int]
    reasons: Mapping[str, int]  # links not decided, by reason
    rules: Mapping[str, int]  # findings, by rule
    findings: int
    ignored: int  # findings of rules that are not selected
    suspects: int
    slips: int  # of the findings, those that need no mathematics
    notes: int  # remarks under a rule of their own, which fail nothing


def summarize(report: Report, view: View) -> Summary:
    links = [entry.link for entry in entries(report)]
    verdicts = Counter(link.verdict for link in links)
    found = findings(report, view)
    failed = sum(file.error is not None for file in report.files)
    return Summary(
        files=len(report.files) - failed,
        failed=failed,
        equations=sum(len(file.equations) for file in report.files),
        unread=_ranked(equation.unparsed or "" for _, equation in unread(report)),
        links=len(links),
        verdicts={verdict: verdicts[verdict] for verdict in Verdict},
        reasons=_ranked(entry.link.reason or "no reason given" for entry in undecided(report)),
        rules=_ranked(each.rule for each in found if each.rule is not None),
        findings=len(found),
        ignored=sum(not view.wants(each.rule) for each in mistakes(report)),
        suspects=len(suspects(report)),
        slips=sum(isinstance(each, SlipEntry) for each in found),
        notes=len(remarks(report, view)),
    )


def sentence(summary: Summary) -> str:
    """One line that leaves nothing out: `Checked 3 files, 25 displays, 41 links: 20 proved, …`."""
    line = f"Checked {count(summary.files, 'file')}, {count(summary.equations, 'display')}, "
    line += count(summary.links, "link")
    parts = [_part(verdict, n, summary) for verdict, n in summary.verdicts.items() if n]
    line += ": " + ", ".join(parts) if parts else ""
    if summary.slips:
        line += f"; {count(summary.slips, 'slip')}"
    if summary.unread:
        line += f"; {count(sum(summary.unread.values()), 'display')} not read ({_breakdown(summary.unread)})"
    if summary.ignored:
        line += f"; {count(summary.ignored, 'finding')} of rules not selected"
    if summary.notes:
        line += f"; {count(summary.notes, 'note')}"
    if summary.failed:
        line += f"; {count(summary.failed, 'file')} could not be checked"
    return line + "."


def count(n: int, noun: str) -> str:
    return f"{n} {noun}" if n == 1 else f"{n} {noun}s"


def _part(verdict: Verdict, n: int, summary: Summary) -> str:
    match verdict:
        case Verdict.DEFINITION:
            return count(n, "definition")
        case Verdict.ASSUMPTION:
            return count(n, "assumption")
        case Verdict.UNKNOWN:
            return f"{n} unknown ({_breakdown(summary.reasons)})"
        case _:
            return f"{n} {verdict.value}"


def _breakdown(table: Mapping[str, int]) -> str:
    return ", ".join(f"{n} {reason}" for reason, n in table.items())


def _ranked(values: Iterable[str]) -> Mapping[str, int]:
    return dict(sorted(Counter(values).items(), key=lambda item: (-item[1], item[0])))
