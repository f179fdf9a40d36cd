"""A diagnosis: the edit of the source that makes a false link true, re-verified."""

from __future__ import annotations

from dataclasses import dataclass


@dataclass(frozen=True, slots=True)
class Edit:
    """One edit of one side: replace the block text `start:end` (which reads `old`) by `new`.

    `side` is "lhs" or "rhs"; `rule` the rule it falls under; `size` ranks edits, smaller is more likely.
    """

    kind: str
    rule: str
    side: str
    start: int
    end: int
    old: str
    new: str
    size: int = 1


@dataclass(frozen=True, slots=True)
class Diagnosis:
    """The best repair and how many others exist; `repair` is None when none was found."""

    rule: str
    message: str
    repair: Edit | None = None
    alternatives: int = 0
