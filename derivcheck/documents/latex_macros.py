r"""User macros and environments that open, close or wrap mathematics: `\be … \ee`, `\ALI{…}`,
`\newenvironment{eqs}{\begin{align}}{\end{align}}`. The scanner must know them to find the displays."""

from __future__ import annotations

import re
from collections.abc import Mapping
from dataclasses import dataclass, replace

from derivcheck.documents.environments import DISPLAY_ENVIRONMENTS
from derivcheck.documents.model import Macro

_OPEN = re.compile(r"\\begin[ \t]*\{([A-Za-z]+\*?)\}|\\(\[)|(\$\$)")
_CLOSE = re.compile(r"\\end[ \t]*\{([A-Za-z]+\*?)\}|\\(\])|(\$\$)")
_ANY = re.compile(r"\$|\\(?:begin|end|ensuremath|[][(])")
_ONE = re.compile(r"#([1-9])")
_LABEL = re.compile(r"\\(?:label|tag\*?|ref|index)[ \t]*\{[^{}]*\}")
_FORMULA = re.compile(r"\s*(?:\$([^$]+)\$|\\ensuremath\s*\{([^$]+)\})\s*(?:\\xspace)?\s*")


@dataclass(frozen=True, slots=True)
class Wrapper:
    """A macro whose use is a formula by itself: its `argument`-th argument (from 1) is the mathematics,
    or, for argument 0, the call as it stands."""

    env: str
    display: bool
    argument: int
    macro: Macro


@dataclass(frozen=True, slots=True)
class UserDelimiters:
    """By macro name. `opening` and `closing` give the display environment that the macro stands for."""

    opening: Mapping[str, str]
    closing: Mapping[str, str]
    wrappers: Mapping[str, Wrapper]


def user_delimiters(macros: Mapping[str, Macro]) -> UserDelimiters:
    opening: dict[str, str] = {}
    closing: dict[str, str] = {}
    wrappers: dict[str, Wrapper] = {}
    for name, macro in macros.items():
        if macro.delimiters is not None or not _ANY.search(macro.body):
            continue
        opened, closed = _display(_OPEN, macro.body), _display(_CLOSE, macro.body)
        if name.startswith("\\begin{"):
            end = macros.get("\\end{" + name[len("\\begin{") :])
            if opened and end is not None and _display(_CLOSE, end.body):
                opening[name] = opened
                closing[end.name] = opened
        elif name.startswith("\\end{"):
            continue
        elif opened and closed:
            if argument := _argument(macro):
                wrappers[name] = Wrapper(opened, True, argument, macro)
        elif opened:
            opening[name] = opened
        elif closed:
            closing[name] = closed
        elif _FORMULA.fullmatch(macro.body):
            wrappers[name] = Wrapper("$", False, 0, macro)
    return UserDelimiters(opening, closing, wrappers)


def in_math_mode(macro: Macro) -> Macro:
    r"""The macro without the `$…$` or `\ensuremath{…}` around its body: its use is read as mathematics."""
    match = _FORMULA.fullmatch(macro.body)
    return replace(macro, body=match[1] or match[2]) if match else macro


def _display(pattern: re.Pattern[str], body: str) -> str | None:
    """The display environment that the body opens or closes."""
    for match in pattern.finditer(body):
        if match[1] in DISPLAY_ENVIRONMENTS:
            return match[1]
        if match[2]:
            return "["
        if match[3]:
            return "$$"
    return None


def _argument(macro: Macro) -> int | None:
    """The only argument that the body typesets as it is (labels aside)."""
    used = set(_ONE.findall(_LABEL.sub("", macro.body)))
    return int(used.pop()) if len(used) == 1 else None
