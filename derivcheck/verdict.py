"""The verdicts a link can get. Never a bare bool."""

from __future__ import annotations

from enum import Enum


class Verdict(Enum):
    PROVED = "proved"
    VERIFIED = "verified"
    REFUTED = "refuted"
    ILL_SHAPED = "ill-shaped"
    DEFINITION = "definition"
    ASSUMPTION = "assumption"
    UNKNOWN = "unknown"

    @property
    def is_finding(self) -> bool:
        return self in (Verdict.REFUTED, Verdict.ILL_SHAPED)
