r"""The names of environments and delimiters, and how they pair up."""

from __future__ import annotations

import re
from collections.abc import Iterable
from dataclasses import dataclass

DISPLAY_ENVIRONMENTS = frozenset(
    name + star
    for name in (
        "equation", "align", "alignat", "flalign", "xalignat", "xxalignat", "gather", "multline", "eqnarray",
        "displaymath", "dmath", "dgroup", "darray", "IEEEeqnarray", "subeqnarray", "empheq", "mathpar",
    )
    for star in ("", "*")
)  # fmt: skip

# Environments of displayed mathematics that are written with `math` around inline formulas.
INLINE_ENVIRONMENTS = frozenset({"math"})

# Environments whose content is not text of the document.
VERBATIM_ENVIRONMENTS = (
    "verbatim", "verbatim*", "Verbatim", "Verbatim*", "BVerbatim", "lstlisting", "minted", "comment", "alltt",
    "filecontents", "filecontents*", "pycode", "sagesilent", "tikzpicture", "asy", "luacode", "luacode*",
)  # fmt: skip

# Environments with arguments before their content: the arguments are no mathematics.
_ARGUMENTS = {"alignat": 1, "alignat*": 1, "xalignat": 1, "xalignat*": 1, "xxalignat": 1, "xxalignat*": 1,
              "IEEEeqnarray": 1, "IEEEeqnarray*": 1, "empheq": 1, "empheq*": 1}  # fmt: skip
_ARGUMENT = re.compile(r"\s*\{(?:[^{}]|\{(?:[^{}]|\{[^{}]*\})*\})*\}")
_OPTION = re.compile(r"[ \t]*\[[^][\n]*\]")

# Commands whose argument is text, where a `$` opens inline math within the formula.
TEXT_GROUP = re.compile(
    r"\\(?:text(?:rm|it|bf|sf|tt|sl|sc|up|normal)?|[mhf]box|(?:short)?intertext|tag\*?)[ \t]*\{"
)

_BRACE = re.compile(r"\\.|[{}]", re.DOTALL)


def braces(text: str) -> dict[int, int]:
    """Where the group opened at each `{` ends (position of its `}`); unmatched ones are absent."""
    pairs: dict[int, int] = {}
    open_at: list[int] = []
    for match in _BRACE.finditer(text):
        if match[0] == "{":
            open_at.append(match.start())
        elif match[0] == "}" and open_at:
            pairs[open_at.pop()] = match.start()
    return pairs


def skip_arguments(env: str, text: str, start: int, end: int) -> int:
    r"""Where the mathematics starts after `\begin{env}` at `start`: `{2}` of alignat and the like skipped."""
    if env.startswith(("IEEE", "empheq", "dmath", "dgroup")) and (option := _OPTION.match(text, start, end)):
        start = option.end()
    for _ in range(_ARGUMENTS.get(env, 0)):
        argument = _ARGUMENT.match(text, start, min(end, start + 200))
        if argument is None:
            break
        start = argument.end()
    return start


@dataclass(frozen=True, slots=True)
class Delimiter:
    r"""Opens or closes an environment: `\begin{…}`, `\end{…}` or a user macro that stands for one."""

    env: str
    opens: bool
    start: int
    end: int


def pair(delimiters: Iterable[Delimiter]) -> dict[int, tuple[Delimiter, Delimiter]]:
    """Openings by position, each with the closing of the same environment that is nearest; linear time."""
    pairs: dict[int, tuple[Delimiter, Delimiter]] = {}
    waiting: dict[str, list[Delimiter]] = {}
    for delimiter in delimiters:
        stack = waiting.setdefault(delimiter.env, [])
        if delimiter.opens:
            stack.append(delimiter)
        elif stack:
            opening = stack.pop()
            pairs[opening.start] = (opening, delimiter)
    return pairs


_BEGIN_END = re.compile(r"\\(begin|end)[ \t]*\{([A-Za-z]+)(?:\\?(\*))?\}")  # `align\*` in escaped Markdown


def delimiters(text: str) -> list[Delimiter]:
    r"""Every `\begin{…}` and `\end{…}` of the text."""
    found = _BEGIN_END.finditer(text)
    return [Delimiter(m[2] + (m[3] or ""), m[1] == "begin", m.start(), m.end()) for m in found]
