"""Why a claim cannot be decided: raised in the depths of an evaluation, turned into evidence by `decide`."""

from __future__ import annotations

from time import monotonic, thread_time

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
    """An amount of work after which `check` raises TimedOut.

    Measured in CPU time of the thread: other processes on a busy machine change no verdict. The clock on the wall is
    read faster and runs at least as fast: before it has come so far, the other one is not asked.
    """

    __slots__ = ("_moment", "_soonest")

    def __init__(self, seconds: float) -> None:
        self._moment = thread_time() + seconds
        self._soonest = monotonic() + seconds

    def check(self) -> None:
        if monotonic() > self._soonest and thread_time() > self._moment:
            raise TimedOut("the deadline of the claim passed")
