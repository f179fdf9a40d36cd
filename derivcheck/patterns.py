"""Regular expressions that are compiled when they are first used: a note needs few of those that all notes need."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:

    def pattern(source: str, flags: int = 0) -> re.Pattern[str]: ...

else:

    class pattern:  # noqa: N801
        """Stands for `re.compile(source, flags)`."""

        def __init__(self, source: str, flags: int = 0) -> None:
            self._source = source, flags

        def __getattr__(self, name: str) -> Any:
            """Only reached when the method is not there yet: it then is, as quick as that of a compiled pattern."""
            found = getattr(re.compile(*self._source), name)
            self.__dict__[name] = found
            return found


__all__ = ["pattern"]
