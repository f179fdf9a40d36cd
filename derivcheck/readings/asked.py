"""What an attempt at reading asks of its choice: choices that give the same answers give the same reading."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field
from typing import Any

from derivcheck.readings.choice import Choice


@dataclass(frozen=True, slots=True)
class Answers:
    """What was asked of a choice, and what it said. `laid`: the kinds of derivatives asked of its layout."""

    fields: Mapping[str, Any] = field(default_factory=dict)
    kinds: Mapping[str, str | None] = field(default_factory=dict)
    laid: tuple[tuple[str, Any], ...] = ()

    def given_by(self, choice: Choice) -> bool:
        """Whether another choice says the same."""
        return (
            all(getattr(choice, name) == value for name, value in self.fields.items())
            and all(getattr(choice.layout, kind) is side for kind, side in self.laid)
            and all(choice.kind(key) == kind for key, kind in self.kinds.items())
        )


class Asked:
    """A choice that keeps what is asked of it: a field asked for becomes an attribute of its own."""

    def __init__(self, choice: Choice) -> None:
        self._choice, self._kinds = choice, dict[str, str | None]()

    def __getattr__(self, name: str) -> Any:
        value = getattr(self._choice, name)
        if name != "layout":  # of which the kinds of derivatives met are noted one by one
            setattr(self, name, value)
        return value

    def kind(self, key: str) -> str | None:
        """The kind that an undeclared symbol is read as, if it is not the usual one."""
        found = self._kinds[key] = self._choice.kind(key)
        return found

    def fork(self) -> Asked:
        """The same choice, with what was asked of it so far."""
        other = Asked(self._choice)
        vars(other).update(vars(self), _kinds=dict(self._kinds))
        return other

    def answers(self, laid: Iterable[str]) -> Answers:
        """All that was asked so far, with the kinds of derivatives whose layout was."""
        fields = {name: value for name, value in vars(self).items() if not name.startswith("_")}
        sides = tuple((kind, getattr(self._choice.layout, kind)) for kind in sorted(laid))
        return Answers(fields, self._kinds, sides)
