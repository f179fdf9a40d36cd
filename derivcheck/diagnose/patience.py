"""How long repairs are looked for in one document.

A false claim is mended within a few hundredths of a second, if it can be. A document full of equations that hold only
by what was not understood has nothing to mend, and would be searched for half a second each time: there the searches
get shorter. Work is counted (`derivcheck.work`), so that they end at the same step in every run.
"""

from __future__ import annotations

import math
from dataclasses import dataclass

_FREE = 2.0  # counted seconds of vain search that shorten nothing: a repair near the limit may come after them
_HALVING = 0.75  # that halve the time of the next one, from then on
_LEAST = 0.04  # in which nineteen of twenty repairs are found


@dataclass(slots=True)
class Patience:
    """`vain`: counted seconds of searches that found nothing; half of them are forgiven when one finds a repair."""

    vain: float = 0.0

    def allowed(self, seconds: float) -> float:
        """What is left of the time that a search may take."""
        return min(seconds, max(_LEAST, seconds * math.exp2(-max(0.0, self.vain - _FREE) / _HALVING)))

    def learn(self, spent: float, *, found: bool) -> None:
        """What a search came to."""
        self.vain = self.vain / 2 if found else self.vain + spent
