"""What a document is once its mathematics has been found: an ordered run of items with exact source offsets.

Offsets are code-point offsets into `Source.text`. `MathBlock.text` is the bare math (quote markers, list
indentation and Markdown escapes removed); `offsets[i]` says where its i-th character stands in the source,
so every later position maps back to a line and a column. Where the source spells a character by an escape of
several characters (a notebook's JSON), `offsets[i]` is where the escape starts and `ends[i]` where it ends.
"""

from __future__ import annotations

from bisect import bisect_right
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from enum import Enum


@dataclass(frozen=True, slots=True)
class Source:
    """One file: its display path, its text and where its lines start."""

    path: str
    text: str
    line_starts: tuple[int, ...]

    @staticmethod
    def of(path: str, text: str) -> Source:
        starts = [0]
        starts.extend(i + 1 for i, c in enumerate(text) if c == "\n")
        return Source(path, text, tuple(starts))

    def position(self, offset: int) -> tuple[int, int]:
        """1-based (line, column) of a code-point offset."""
        line = bisect_right(self.line_starts, offset)
        return line, offset - self.line_starts[line - 1] + 1


@dataclass(frozen=True, slots=True)
class Span:
    """Half-open range of code-point offsets in `Document.sources[source].text`."""

    start: int
    end: int
    source: int = 0


class Flavour(Enum):
    MARKDOWN = "markdown"
    LATEX = "latex"


@dataclass(frozen=True, slots=True)
class MathBlock:
    """Display or inline math. `env` is the delimiter: `$`, `$$`, `[`, `(`, `math`, or an environment name."""

    display: bool
    env: str
    text: str
    offsets: Sequence[int]  # len(text) + 1 entries
    span: Span  # with delimiters
    ends: Sequence[int] | None = None  # len(text) entries; None: every character is one of the source

    def source_span(self, start: int, end: int) -> Span:
        """The source range of `text[start:end]`."""
        return _source_span(self, start, end)


@dataclass(frozen=True, slots=True)
class Prose:
    """Running text between math, markup removed where that is cheap; `offsets` as in MathBlock."""

    text: str
    offsets: Sequence[int]
    span: Span
    ends: Sequence[int] | None = None

    def source_span(self, start: int, end: int) -> Span:
        """The source range of `text[start:end]`."""
        return _source_span(self, start, end)


def _source_span(item: MathBlock | Prose, start: int, end: int) -> Span:
    if end <= start:
        last = item.offsets[start]
    else:
        last = item.ends[end - 1] if item.ends is not None else item.offsets[end - 1] + 1
    return Span(item.offsets[start], last, item.span.source)


@dataclass(frozen=True, slots=True)
class Heading:
    text: str
    level: int  # 1 is the outermost
    span: Span


@dataclass(frozen=True, slots=True)
class ParagraphBreak:
    """A blank line, a list item, the end of a theorem-like block: sentences do not run across it."""

    span: Span


@dataclass(frozen=True, slots=True)
class EnvironmentMark:
    """Start or end of a LaTeX environment that is not math (theorem, proof, example …)."""

    name: str
    opens: bool
    span: Span


@dataclass(frozen=True, slots=True)
class Annotation:
    """`<!-- derivcheck: … -->` or `% derivcheck: …`; `text` is what follows the colon."""

    text: str
    span: Span


Item = MathBlock | Prose | Heading | ParagraphBreak | EnvironmentMark | Annotation


@dataclass(frozen=True, slots=True)
class Macro:
    """A user macro: `\\name` takes `arity` arguments (the first optional when `default` is given).

    `delimiters` holds, for `\\def\\name#1,#2;{…}`, the literal text before, between and after arguments
    (arity + 1 strings); it is None for macros called the usual way.
    `star` marks a paired delimiter (`\\DeclarePairedDelimiter`): `\\name*{…}` is read as `\\name{…}`.
    """

    name: str  # with the backslash
    arity: int
    body: str
    default: str | None = None
    delimiters: tuple[str, ...] | None = None
    star: bool = False


@dataclass(frozen=True, slots=True)
class Problem:
    """Something about the file that the user must know (unclosed `$$`, undecodable bytes …)."""

    message: str
    span: Span


@dataclass(frozen=True, slots=True)
class Document:
    """A file read: items in document order (an `\\input` file's items stand where it is included)."""

    flavour: Flavour
    sources: tuple[Source, ...]
    items: tuple[Item, ...]
    macros: Mapping[str, Macro] = field(default_factory=dict)  # by name, the last definition wins
    problems: tuple[Problem, ...] = ()

    def position(self, span: Span) -> tuple[int, int, int, int]:
        """1-based (line, column, end_line, end_column); the end is exclusive in columns."""
        source = self.sources[span.source]
        return (*source.position(span.start), *source.position(span.end))
