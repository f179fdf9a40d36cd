"""The outcome of one link, before it becomes a line of a report."""

from __future__ import annotations

from dataclasses import dataclass, field

from derivcheck.diagnose.model import Diagnosis
from derivcheck.documents.model import Span
from derivcheck.judge.layouts import Fit
from derivcheck.judge.question import Question, Settled
from derivcheck.judge.roles import Role
from derivcheck.verdict import Verdict


@dataclass(frozen=True, slots=True)
class Remark:
    """Something to say beside a verdict: about another place of the document, perhaps under a rule."""

    message: str
    span: Span | None = None
    rule: str | None = None


@dataclass(frozen=True, slots=True)
class Outcome:
    """A verdict with its reason. `settled` is None when nothing was computed."""

    verdict: Verdict
    role: Role
    reason: str | None = None
    detail: str = ""
    settled: Settled | None = None
    diagnosis: Diagnosis | None = None
    suspect: bool = False
    proof: str = ""
    notes: tuple[Remark, ...] = ()
    fit: Fit | None = None
    against: int | None = None  # the member on the left, where it is not the one right before
    asked: Question | None = field(default=None, compare=False)  # what was judged
    error: Exception | None = field(default=None, compare=False)
