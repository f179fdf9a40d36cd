"""Why a claim cannot be decided: raised in the depths of an evaluation, turned into evidence by `decide`."""

from __future__ import annotations

from time import perf_counter

from derivcheck.verify.evidence import Undecidable


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
    """A moment after which `check` raises TimedOut."""

    __slots__ = ("_moment",)

    def __init__(self, seconds: float) -> None:
        self._moment = perf_counter() + seconds

    def check(self) -> None:
        if perf_counter() > self._moment:
            raise TimedOut("the deadline of the claim passed")
