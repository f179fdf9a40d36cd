"""The entry point of the command line. `--version` answers before anything else is imported."""

from __future__ import annotations

import gc
import sys
from collections.abc import Sequence

from derivcheck import __version__

_RARELY = 200_000  # new objects before rubbish is looked for: next to all that a check makes is kept to its end


def main(arguments: Sequence[str] | None = None) -> int:
    """Run a command line. Returns 0 (nothing found), 1 (findings) or 2 (usage or internal error)."""
    given = list(sys.argv[1:] if arguments is None else arguments)
    if given in (["--version"], ["-V"]):
        print(f"derivcheck {__version__}")
        return 0
    gc.set_threshold(_RARELY)
    from derivcheck.commands import run

    return run(given)
