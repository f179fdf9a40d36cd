r"""The first pass over LaTeX: what TeX never sees is cut out (comments, `\iffalse … \fi`, verbatim text, what
follows `\end{document}`), annotations are taken from the comments."""

from __future__ import annotations

import re
from dataclasses import dataclass

from derivcheck.documents.environments import VERBATIM_ENVIRONMENTS
from derivcheck.documents.model import Annotation, Span
from derivcheck.documents.stretch import Finder, Range, Stretch, complement

_NOTABLE = re.compile(
    r"%[^\n]*"
    r"|\\(?:(?P<verb>verb|lstinline)(?![A-Za-z@])\*?(?P<bar>[^A-Za-z\s{]?)"
    r"|(?P<false>iffalse)(?![A-Za-z@])|begin[ ]*\{(?P<env>[A-Za-z]+\*?)\}|(?P<end>end[ ]*\{document\})|.)",
    re.DOTALL,
)
_CONDITIONAL = re.compile(r"\\.|%[^\n]*", re.DOTALL)
_CONDITIONAL_WORD = re.compile(r"\\(if(?:[a-zA-Z@]+)?|fi|else)(?![A-Za-z@])")
_NO_CONDITIONAL = frozenset({"iff", "ifthenelse"})
_ANNOTATION = re.compile(r"%+[ \t]*derivcheck:[ \t]*([^\r\n]*)", re.IGNORECASE)


@dataclass(frozen=True, slots=True)
class Cleaned:
    body: Stretch
    annotations: tuple[Annotation, ...]


def clean(text: str, source: int) -> Cleaned:
    """The text without what TeX skips; linear time."""
    removed: list[Range] = []
    annotations: list[Annotation] = []
    finders = {name: Finder(text, f"\\end{{{name}}}") for name in VERBATIM_ENVIRONMENTS}
    at, end = 0, len(text)
    while (match := _NOTABLE.search(text, at)) is not None:
        at = match.end()
        start = match.start()
        if text[start] == "%":
            if note := _ANNOTATION.match(match[0]):
                annotations.append(Annotation(note[1].strip(), Span(start, match.end(), source)))
            removed.append(_comment(text, start, match.end()))
        elif match["verb"] and match["bar"]:
            close = text.find(match["bar"], at, _line_end(text, at))
            if close >= 0:
                removed.append((start, close + 1))
                at = close + 1
        elif match["false"]:
            at = _end_of_false(text, at)
            removed.append((start, at))
        elif match["env"] in finders:
            close = finders[match["env"]](at)
            if close >= 0:
                at = close + len(f"\\end{{{match['env']}}}")
                removed.append((start, at))
        elif match["end"]:
            end = start
            break
    removed.extend(_carriage_returns(text, removed))
    removed = _flatten(removed)
    return Cleaned(Stretch.whole(text).pick(complement(removed, 0, end)), tuple(annotations))


def _comment(text: str, start: int, end: int) -> Range:
    """A comment alone on its line goes with its line, so that it does not leave a blank one."""
    line = text.rfind("\n", max(0, start - 200), start) + 1
    alone = (line > 0 or start <= 200) and not text[line:start].strip(" \t")
    return (line, min(end + 1, len(text))) if alone else (start, end)


def _line_end(text: str, at: int) -> int:
    end = text.find("\n", at, at + 2000)
    return end if end >= 0 else min(len(text), at + 2000)


def _end_of_false(text: str, at: int) -> int:
    r"""Past the `\fi` or `\else` that ends an `\iffalse`; nested conditionals are skipped."""
    depth = 1
    while (match := _CONDITIONAL.search(text, at)) is not None:
        at = match.end()
        word = _CONDITIONAL_WORD.match(text, match.start())
        if word is None or word[1] in _NO_CONDITIONAL:
            continue
        at = word.end()
        if word[1] == "else" and depth == 1:
            return at
        depth += {"fi": -1, "else": 0}.get(word[1], 1)
        if depth == 0:
            return at
    return len(text)


def _carriage_returns(text: str, removed: list[Range]) -> list[Range]:
    return [(m.start(), m.start() + 1) for m in re.finditer(r"\r(?=\n)", text)] if "\r" in text else []


def _flatten(ranges: list[Range]) -> list[Range]:
    """Sorted, overlaps joined."""
    flat: list[Range] = []
    for start, end in sorted(ranges):
        if flat and start <= flat[-1][1]:
            flat[-1] = (flat[-1][0], max(end, flat[-1][1]))
        else:
            flat.append((start, end))
    return flat
