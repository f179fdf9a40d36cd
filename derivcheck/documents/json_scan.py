"""JSON whose strings know where they stand: one pass over the text, no recursion, no exception.

Strings are kept as ranges of the text; those that are wanted are decoded character by character later. What
RFC 8259 allows is read, and `NaN` and `Infinity` besides, which notebooks hold in their outputs.
"""

from __future__ import annotations

import re
from array import array
from collections.abc import Sequence
from dataclasses import dataclass, field
from typing import NamedTuple, TypeAlias

_TOKEN = re.compile(
    r"[ \t\n\r]*+(?:"
    r'("(?:[^"\\\x00-\x1f]++|\\(?:["\\/bfnrt]|u[0-9A-Fa-f]{4}))*+")|([\[\]{}:,])|'
    r"(-?(?:0|[1-9][0-9]*+)(?:\.[0-9]++)?(?:[eE][+-]?[0-9]++)?|true|false|null|NaN|-?Infinity))"
)
_SIGNS = ("", "s", "", "v")  # of a string, a mark (which is its own sign) and a scalar, the groups of _TOKEN
_SPACE = re.compile(r"[ \t\n\r]*+")
_PART = re.compile(r"[^\\]++|\\u[dD][89abAB][0-9A-Fa-f]{2}\\u[dD][c-fC-F][0-9A-Fa-f]{2}|\\u[0-9A-Fa-f]{4}|\\[^u]")
_ESCAPES = {"b": "\b", "f": "\f", "n": "\n", "r": "\r", "t": "\t"}

MAX_DEPTH = 500


class String(NamedTuple):
    """`text[start:end]` is what stands between the quotes."""

    start: int
    end: int


class Scalar(NamedTuple):
    """A number, `true`, `false` or `null`, as written."""

    text: str


Value: TypeAlias = "dict[str, Value] | list[Value] | String | Scalar"


@dataclass(frozen=True, slots=True)
class Malformed:
    """No JSON: the first offset that does not fit."""

    offset: int


@dataclass(frozen=True, slots=True)
class Decoded:
    """What JSON strings say; `starts` (len(text) + 1 entries) and `ends` (len(text)) lead into the JSON."""

    text: str
    starts: Sequence[int]
    ends: Sequence[int]


# What may come next, by what came last: `s` a string, `v` a number or name, else the mark itself.
_VALUE, _FIRST_VALUE, _KEY, _FIRST_KEY = "sv[{", "sv[{]", "s", "s}"
_COLON, _MORE_VALUES, _MORE_KEYS, _NOTHING = ":", ",]", ",}", ""


def read_json(text: str) -> Value | Malformed:
    """The value that the text holds; of equal keys the last counts. Linear in the length of the text."""
    return _Scan(text).read()


@dataclass
class _Scan:
    text: str
    root: list[Value] = field(default_factory=list)
    open: list[list[Value] | dict[str, Value]] = field(default_factory=list)
    keys: list[str] = field(default_factory=list)  # the key whose value is awaited, of each open object

    def read(self) -> Value | Malformed:
        at = 1 if self.text.startswith("\ufeff") else 0
        expected = _VALUE
        while token := _TOKEN.match(self.text, at):
            start = token.start(token.lastindex or 0)
            sign = _SIGNS[token.lastindex or 0] or self.text[start]
            if sign not in expected or len(self.open) > MAX_DEPTH:
                return Malformed(start)
            at = token.end()
            expected = self._take(sign, start, at, expected)
        end = _SPACE.match(self.text, at)
        at = end.end() if end is not None else at
        complete = self.root and not self.open and at == len(self.text)
        return self.root[0] if complete else Malformed(at)

    def _take(self, sign: str, start: int, end: int, expected: str) -> str:
        """Takes in one token; returns what may follow."""
        match sign:
            case "s" if expected in (_KEY, _FIRST_KEY):
                self.keys[-1] = decode(self.text, [String(start + 1, end - 1)]).text
                return _COLON
            case "s":
                self._put(String(start + 1, end - 1))
            case "v":
                self._put(Scalar(self.text[start:end]))
            case "[":
                opened: list[Value] = []
                self._put(opened)
                self.open.append(opened)
                return _FIRST_VALUE
            case "{":
                fields: dict[str, Value] = {}
                self._put(fields)
                self.open.append(fields)
                self.keys.append("")
                return _FIRST_KEY
            case "]":
                self.open.pop()
            case "}":
                self.open.pop()
                self.keys.pop()
            case ",":
                return _KEY if isinstance(self.open[-1], dict) else _VALUE
            case _:  # a colon
                return _VALUE
        if not self.open:
            return _NOTHING
        return _MORE_KEYS if isinstance(self.open[-1], dict) else _MORE_VALUES

    def _put(self, value: Value) -> None:
        match self.open[-1] if self.open else self.root:
            case list() as values:
                values.append(value)
            case fields:
                fields[self.keys[-1]] = value


def decode(text: str, strings: Sequence[String], nowhere: int = 0) -> Decoded:
    """The strings one after the other; `nowhere` is the place of an empty sequence of them."""
    parts: list[str] = []
    starts, ends = array("q"), array("q")
    for string in strings:
        for part in _PART.finditer(text, string.start, string.end):
            start, end = part.span()
            if text[start] == "\\":
                parts.append(_character(text[start + 1 : end]))
                starts.append(start)
                ends.append(end)
            else:
                parts.append(text[start:end])
                starts.extend(range(start, end))
                ends.extend(range(start + 1, end + 1))
    starts.append(strings[-1].end if strings else nowhere)
    return Decoded("".join(parts), starts, ends)


def _character(escape: str) -> str:
    """What an escape stands for, its backslash left out; a surrogate without its partner stays one."""
    if escape[0] != "u":
        return _ESCAPES.get(escape, escape)
    code = int(escape[1:5], 16)
    if len(escape) > 5:
        code = 0x10000 + ((code & 0x3FF) << 10) + (int(escape[7:11], 16) & 0x3FF)
    return chr(code)
