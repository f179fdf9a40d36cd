"""Declarations in words and a formula → the verdict, the shapes and the terms of its last link."""

from __future__ import annotations

from derivcheck.config import Options
from derivcheck.judge.outcome import Outcome
from derivcheck.pipeline import check_text, judge_document, read_text
from derivcheck.report.assemble import show_shape
from derivcheck.report.model import LinkReport
from derivcheck.terms.term import Claim
from derivcheck.verdict import Verdict

_HOLDS, _FALSE = ("proved", "verified"), ("refuted", "ill-shaped")


def note(declarations: str, latex: str) -> str:
    return f"{declarations}\n\n$$\n{latex}\n$$\n"


def links(text: str) -> list[LinkReport]:
    """The links of all displays of a Markdown note."""
    report = check_text(text, path="note.md")
    assert report.error is None, report.error
    return [link for equation in report.equations for link in equation.links]


def verdicts(text: str) -> list[Verdict]:
    """Those of all links of a Markdown note."""
    return [found.verdict for found in links(text)]


def link(declarations: str, latex: str) -> LinkReport:
    """The last link of a display that follows the declarations."""
    return links(note(declarations, latex))[-1]


def word(found: LinkReport) -> str:
    """`holds`, `false`, or the verdict as it is."""
    verdict = found.verdict.value
    return "holds" if verdict in _HOLDS else "false" if verdict in _FALSE else verdict


def verdict(declarations: str, latex: str) -> str:
    return word(link(declarations, latex))


def outcome(declarations: str, latex: str) -> Outcome:
    """The last link before it becomes a line of a report."""
    options = Options()
    document = read_text(note(declarations, latex), path="note.md", flavour=None, options=options)
    _, judged = judge_document(document, options)
    return [o for display in judged.values() for chain in display.outcomes for o in chain][-1]


def claim(declarations: str, latex: str) -> Claim:
    """What the last link says under the reading that decides."""
    settled = outcome(declarations, latex).settled
    assert settled is not None and settled.best.reading.claim is not None, latex
    return settled.best.reading.claim


def same(declarations: str, one: str, other: str) -> bool:
    """Whether two notations are read as one and the same term."""
    found = claim(declarations, f"{one} = {other}")
    return found.lhs == found.rhs


def shapes(declarations: str, latex: str) -> dict[str, str]:
    """Shape of every symbol of the last link; sizes that the document does not name are `_`."""
    symbols = claim(declarations, latex).symbols
    return {key: _anonymous(show_shape(s.shape)) for key, s in symbols.items()}


def shape(declarations: str, latex: str) -> str:
    """Shape of the left side of the last link."""
    return _anonymous(show_shape(claim(declarations, latex).lhs.shape))


def _anonymous(shown: str) -> str:
    return "×".join("_" if part.startswith("_") else part for part in shown.split("×"))
