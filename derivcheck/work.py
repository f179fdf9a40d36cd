"""Work, counted: limits on it stop at the same step on every machine and in every run.

A clock would not do. What a busy or a cold machine cuts short, another one finds, and the same text would have two
reports. So the steps that cost time are counted, each with the seconds it usually takes, and limits are set on that
sum; the clock remains as a safety net for what no step stands for (the inside of one very large matrix product).
"""

from __future__ import annotations

from time import monotonic, thread_time

NODE_READ = 45e-6  # seconds of a usual machine, by regression over the fixtures
TERM_EVALUATED = 10e-6
INTEGRAND_EVALUATED = 2.5e-6
_SAFETY = 4  # how much longer than counted the clock may run


class _Meter:
    """What was spent since the process began; only differences mean something."""

    __slots__ = ("spent",)

    def __init__(self) -> None:
        self.spent = 0.0


METER = _Meter()


class Allowance:
    """An amount of work, in counted seconds, that begins now. The clock on the wall is read faster than the CPU time of
    the thread and runs at least as fast: before it has come so far, the other one is not asked."""

    __slots__ = ("_end", "_moment", "_soonest")

    def __init__(self, seconds: float) -> None:
        self._end = METER.spent + seconds
        self._moment = thread_time() + _SAFETY * seconds
        self._soonest = monotonic() + _SAFETY * seconds

    def used_up(self) -> bool:
        return METER.spent > self._end or (monotonic() > self._soonest and thread_time() > self._moment)

    def left(self) -> float:
        """Seconds, never negative."""
        return max(0.0, self._end - METER.spent)
