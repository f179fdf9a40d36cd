"""Records behave as the dataclasses of the standard library; patterns as compiled regular expressions."""

from __future__ import annotations

import dataclasses
import pickle
from typing import Any

import pytest

from derivcheck.patterns import pattern
from derivcheck.records import dataclass, field, fields, replace


@dataclass(frozen=True, slots=True)
class Place:
    start: int = field(default=0, compare=False, kw_only=True)


@dataclass(frozen=True, slots=True)
class Word(Place):
    """A word."""

    text: str
    marks: tuple[str, ...] = ()
    notes: list[str] = field(default_factory=list, compare=False, repr=False)


@dataclass(slots=True)
class Count:
    value: int
    doubled: int = field(init=False)

    def __post_init__(self) -> None:
        self.doubled = 2 * self.value


def test_values_are_compared_by_the_fields_that_count() -> None:
    assert Word("a", start=1) == Word("a", start=2)
    assert hash(Word("a", start=1)) == hash(Word("a", start=2))
    assert Word("a") != Word("a", ("b",))
    assert Place() == Place(start=3) and Place() != Word("a")


def test_a_frozen_record_stays_as_it_is() -> None:
    word: Any = Word("a")
    with pytest.raises(dataclasses.FrozenInstanceError):
        word.text = "b"
    with pytest.raises(dataclasses.FrozenInstanceError):
        del word.text
    assert word == Word("a")


def test_defaults_and_what_is_worked_out() -> None:
    assert Word("a").notes == [] and Word("a").notes is not Word("a").notes
    assert Count(3).doubled == 6
    with pytest.raises(TypeError):
        hash(Count(3))
    with pytest.raises(TypeError):
        Word()  # type: ignore[call-arg]


def test_replace_and_fields_and_repr() -> None:
    assert replace(Word("a", start=4), text="b").start == 4
    assert [f.name for f in fields(Word)] == ["start", "text", "marks", "notes"]
    assert repr(Word("a", start=1)) == "Word(start=1, text='a', marks=())"
    match Word("a", ("b",)):
        case Word(text, marks):
            assert (text, marks) == ("a", ("b",))


def test_records_travel_between_processes() -> None:
    assert pickle.loads(pickle.dumps(Word("a", ("b",), start=7))) == Word("a", ("b",))


def test_a_pattern_is_compiled_when_it_is_used() -> None:
    broken = pattern("(")
    with pytest.raises(Exception, match="unterminated"):
        broken.search("a")
    words = pattern("[a-z]+")
    assert words.findall("ab cd") == words.findall("ab cd") == ["ab", "cd"]
    assert words.sub("x", "ab 1") == "x 1"
