"""What deciding a claim yields. Never a bare bool."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from enum import Enum


class Undecidable(Enum):
    """The closed list of reasons for not deciding."""

    NO_VALID_POINTS = "no valid points"
    UNSUPPORTED = "unsupported operator"
    TOO_LARGE = "too large"
    TIMEOUT = "timeout"
    IMPRECISE = "precision exhausted"
    DIMENSIONS = "no common dimensions"
    DEPENDENCE = "nothing varies"


@dataclass(frozen=True, slots=True)
class Agreed:
    """Both sides agreed at `points` random points to at least `digits` digits; exact: with zero error; zero: they may
    both be zero everywhere, as far as the points tell."""

    points: int
    digits: int
    exact: bool = False
    dimensions: tuple[Mapping[str, int], ...] = ()
    zero: bool = True


@dataclass(frozen=True, slots=True)
class Witness:
    """A certified counterexample: dimensions, values of the symbols, both sides, the entry that differs."""

    dims: Mapping[str, int]
    values: Mapping[str, str]  # symbol key -> "[[1, 2], [0, 1]]" or "3"
    lhs: str
    rhs: str
    entry: tuple[int, int] | None = None
    free: Mapping[str, int] = field(default_factory=dict)  # values of free indices
    gap: str = ""  # certified lower bound of the difference


@dataclass(frozen=True, slots=True)
class Refuted:
    witness: Witness


@dataclass(frozen=True, slots=True)
class Undecided:
    reason: Undecidable
    detail: str = ""


Evidence = Agreed | Refuted | Undecided
