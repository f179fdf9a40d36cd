"""Why an attempt at reading fails."""

from __future__ import annotations

BY_EXPRESSION = "derivative by this expression"  # ∂W/∂F_iJ, where F_iJ has a value


class Unread(Exception):
    """This reading does not exist: a construct has no meaning here. `reason` is from the closed list of unknowns.

    `broken`: the notation is known, and what stands there breaks its rules: a row of dots with a stray member.
    """

    def __init__(
        self, reason: str, detail: str = "", start: int = 0, end: int = 0, *, broken: bool = False
    ) -> None:
        super().__init__(f"{reason}: {detail}" if detail else reason)
        self.reason = reason
        self.detail = detail
        self.start = start
        self.end = end
        self.broken = broken


class Clash(Exception):
    """Shapes do not fit: two places that disagree."""

    def __init__(self, message: str, start: int = 0, end: int = 0) -> None:
        super().__init__(message)
        self.message = message
        self.start = start
        self.end = end
