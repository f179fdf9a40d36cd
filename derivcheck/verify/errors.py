"""Why a claim cannot be decided: raised in the depths of an evaluation, turned into evidence by `decide`."""

from __future__ import annotations

from derivcheck.verify.evidence import Undecidable
from derivcheck.work import Allowance


class CannotDecide(Exception):
    """Ends the decision of a claim with a reason of the closed list."""

    reason: Undecidable

    def __init__(self, detail: str = "") -> None:
        super().__init__(detail)
        self.detail = detail


class Unsupported(CannotDecide):
    reason = Undecidable.UNSUPPORTED


class Inaccurate(CannotDecide):
    """Higher precision would not help."""

    reason = Undecidable.IMPRECISE


class TooLarge(CannotDecide):
    reason = Undecidable.TOO_LARGE


class TimedOut(CannotDecide):
    reason = Undecidable.TIMEOUT


class NoDimensions(CannotDecide):
    reason = Undecidable.DIMENSIONS


class NoValidPoints(CannotDecide):
    reason = Undecidable.NO_VALID_POINTS


class Unsamplable(Exception):
    """No value has these properties at these dimensions; others may do."""


class Deadline:
    """An amount of work after which `check` raises TimedOut."""

    __slots__ = ("_allowance",)

    def __init__(self, seconds: float) -> None:
        self._allowance = Allowance(seconds)

    def check(self) -> None:
        if self._allowance.used_up():
            raise TimedOut("the deadline of the claim passed")
