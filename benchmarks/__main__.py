"""`python -m benchmarks [start_up] [reading] [deciding]`: every budget and what was measured."""

from __future__ import annotations

import sys
from collections.abc import Callable, Iterator

from benchmarks.measure import Row, deciding, reading, start_up

PARTS: dict[str, Callable[[], Iterator[Row]]] = {
    "start_up": start_up,
    "reading": reading,
    "deciding": deciding,
}


def main(chosen: list[str]) -> int:
    unknown = [name for name in chosen if name not in PARTS]
    if unknown:
        print(f"unknown: {', '.join(unknown)}; choose from {', '.join(PARTS)}", file=sys.stderr)
        return 2
    print(f"{'':44} {'measured':>12} {'budget':>10}")
    for name in chosen or PARTS:
        for row in PARTS[name]():
            print(line(row), flush=True)
    return 0


def line(row: Row) -> str:
    digits = 2 if row.value < 10 and row.unit else 0
    budget = "" if row.budget is None else f"{row.budget:g} {row.unit}"
    measured = f"{row.value:.{digits}f} {row.unit}"
    return f"{row.what:44} {measured:>12} {budget:>10}{'' if row.within else '  over'}"


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
