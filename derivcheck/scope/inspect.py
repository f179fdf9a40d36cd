"""Looking for slips: every display of a document through every check."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping
from functools import cache

from derivcheck.notation.height import height_exceeds
from derivcheck.notation.tree import Big, Script
from derivcheck.notation.walk import subtrees
from derivcheck.scope.averages import wrong_count
from derivcheck.scope.crossed import summed_index_free
from derivcheck.scope.integrals import wrong_integration_variable
from derivcheck.scope.lost import lost_index
from derivcheck.scope.objective import variable_not_in_objective
from derivcheck.scope.occurrences import survey
from derivcheck.scope.ranges import wrong_range
from derivcheck.scope.rebound import index_bound_twice
from derivcheck.scope.sequences import broken_sequence
from derivcheck.scope.sheet import Habits, Sheet, habits_of, spread
from derivcheck.scope.slip import Slip
from derivcheck.scope.unused import unused_index
from derivcheck.statements.model import Display

CHECKS: tuple[Callable[[Sheet], Iterator[Slip]], ...] = (
    wrong_range,
    index_bound_twice,
    summed_index_free,
    unused_index,
    wrong_integration_variable,
    variable_not_in_objective,
    lost_index,
    wrong_count,
    broken_sequence,
)
MAX_HEIGHT = 150  # of a formula's tree
MAX_WORK = 200_000  # big operators times letters of one display


def find_slips(displays: Mapping[int, Display]) -> dict[int, tuple[Slip, ...]]:
    """The slips of every display by its item, as they stand in it; no entry where there are none."""
    readable = {item: display for item, display in displays.items() if _is_readable(display)}

    @cache
    def habits() -> Habits:
        return habits_of(survey(m.node) for d in readable.values() for c in d.chains for m in c.members)

    found = {item: _slips(display, habits) for item, display in readable.items() if _has_signs(display)}
    return {item: slips for item, slips in found.items() if slips}


def _is_readable(display: Display) -> bool:
    return not any(height_exceeds(m.node, MAX_HEIGHT) for c in display.chains for m in c.members)


def _has_signs(display: Display) -> bool:
    """Does it hold a big operator or an entry, without which no check finds anything?"""
    return any(isinstance(n, Big | Script) for c in display.chains for m in c.members for n in subtrees(m.node))


def _slips(display: Display, habits: Callable[[], Habits]) -> tuple[Slip, ...]:
    """One slip for each place: the first check that finds something there tells it."""
    sheet = spread(display, habits)
    if sheet.size > MAX_WORK:
        return ()
    found: dict[tuple[int, int], Slip] = {}
    for check in CHECKS:
        for slip in check(sheet):
            found.setdefault((slip.start, slip.end), slip)
    return tuple(found[place] for place in sorted(found))
