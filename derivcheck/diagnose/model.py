"""A diagnosis: the edit of the source that makes a false link true, re-verified."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field

from derivcheck.diagnose.patience import Patience
from derivcheck.documents.model import Macro


@dataclass(frozen=True, slots=True)
class Limits:
    """What a repair may be.

    structural_only: only transposes, signs, swaps and numerical factors count (a symbol is on one side only).
    renames: with `structural_only`, renaming a symbol counts too where it makes the link an identity in its own right.
    pairs: two edits together are tried when no single one mends the link; off where a repair opens the gate.
    lone, lacking: the symbols that stand on one side only, and the other side, "lhs" or "rhs"; "" when either side has
    such symbols.
    arbitrary: the symbols that the text treats as arbitrary, where all lone ones are: then no condition is meant.
    rules: of the mistakes looked for, where only some could be meant; empty for all.
    suspect: the side that other links of the chain speak against, "lhs" or "rhs"; its repairs come first.
    macros: those of the document, so that every repair is read back before it is shown.
    seconds: of counted work for candidates, where `patience` allows it.
    patience: that of the document.
    """

    structural_only: bool = False
    renames: bool = False
    pairs: bool = False
    lone: frozenset[str] = frozenset()
    lacking: str = ""
    arbitrary: frozenset[str] = frozenset()
    rules: frozenset[str] = frozenset()
    suspect: str = ""
    macros: Mapping[str, Macro] = field(default_factory=dict)
    seconds: float = 0.6
    patience: Patience = field(default_factory=Patience)

    def is_name(self, key: str | None) -> bool:
        """Whether a mere symbol, the side that lacks symbols, is a name of the other side, or its next value: on the
        right one that may be anything is neither."""
        return key is not None and not (self.lacking == "rhs" and key in self.arbitrary)


@dataclass(frozen=True, slots=True)
class Edit:
    """One edit of one side: replace the block text `start:end` (which reads `old`) by `new`.

    `side` is "lhs" or "rhs"; `rule` the rule it falls under; `size` ranks edits, smaller is more likely.
    """

    kind: str
    rule: str
    side: str
    start: int
    end: int
    old: str
    new: str
    size: int = 1


@dataclass(frozen=True, slots=True)
class Diagnosis:
    """The best repair, None when none was found, and how many others, of another meaning, are about as likely."""

    rule: str
    message: str
    repair: Edit | None = None
    alternatives: int = 0
