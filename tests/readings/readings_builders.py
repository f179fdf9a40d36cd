"""Declarations in words and a formula → what the checker says of its last link."""

from __future__ import annotations

from derivcheck.pipeline import check_text
from derivcheck.report.model import LinkReport

_HOLDS, _FALSE = ("proved", "verified"), ("refuted", "ill-shaped")


def links(text: str) -> list[LinkReport]:
    """The links of all displays of a Markdown note."""
    report = check_text(text, path="note.md")
    assert report.error is None, report.error
    return [link for equation in report.equations for link in equation.links]


def link(declarations: str, latex: str) -> LinkReport:
    """The last link of a display that follows the declarations."""
    return links(f"{declarations}\n\n$$\n{latex}\n$$\n")[-1]


def outcome(found: LinkReport) -> str:
    """"holds", "false", or the verdict with the reason of what was not decided."""
    verdict = found.verdict.value
    if verdict in _HOLDS:
        return "holds"
    if verdict in _FALSE:
        return "false"
    return f"{verdict} ({found.reason})" if found.reason else verdict


def verdict(declarations: str, latex: str) -> str:
    return outcome(link(declarations, latex))


def shapes(found: LinkReport) -> dict[str, str]:
    """Shapes by symbol, as reported."""
    return {s.symbol: s.shape for s in found.shapes}
