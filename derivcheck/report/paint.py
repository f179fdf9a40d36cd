"""Terminal text: colours, display width, and characters that must not reach a terminal as they are."""

from __future__ import annotations

import unicodedata
from collections.abc import Mapping

STYLES: Mapping[str, str] = {
    "error": "1;31",
    "note": "1;36",
    "repair": "1;32",
    "gutter": "1;34",
    "bold": "1",
    "dim": "2",
}


def paint(text: str, style: str, color: bool) -> str:
    return f"\x1b[{STYLES[style]}m{text}\x1b[0m" if color and text else text


def width(text: str) -> int:
    """Terminal cells that `text` takes: two for a wide (CJK) character, none for a combining one."""
    return sum(map(_cells, text))


def _cells(char: str) -> int:
    if unicodedata.combining(char) or unicodedata.category(char) in ("Mn", "Me"):
        return 0
    return 2 if unicodedata.east_asian_width(char) in ("W", "F") else 1


def visible(text: str) -> str:
    """`text` without tabs, controls and direction marks, of the same length: a document can neither command
    the terminal nor reorder what is shown."""
    return text if text.isprintable() else "".join(map(_visible, text))


def _visible(char: str) -> str:
    if char == "\t":
        return " "
    if ord(char) < 0x20:
        return chr(0x2400 + ord(char))  # its picture: ␛ for escape
    # Cc and Cf: other controls, direction overrides, zero-width joiners; Cs: half of a surrogate pair.
    return "\ufffd" if unicodedata.category(char) in ("Cc", "Cf", "Cs", "Zl", "Zp") else char
