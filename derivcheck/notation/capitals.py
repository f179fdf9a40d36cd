"""Names of capital index letters, J of F_{iJ}: a mark that is not printed tells them from the symbols."""

from __future__ import annotations

LETTERS = frozenset("IJKLMN")
_MARK = "\N{ZERO WIDTH SPACE}"


def capital_index(letter: str) -> str:
    """The name of the index."""
    return letter + _MARK


def as_written(name: str) -> str:
    """The letter of a name."""
    return name.removesuffix(_MARK)


CAPITAL_INDICES = frozenset(map(capital_index, LETTERS))
