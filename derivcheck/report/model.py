"""The report: frozen dataclasses that every output format renders (schema derivcheck/1)."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field, replace

from derivcheck.verdict import Verdict


@dataclass(frozen=True, slots=True)
class Place:
    """1-based; end_column exclusive; path when it is not the file the report entry is about."""

    line: int
    column: int
    end_line: int
    end_column: int


@dataclass(frozen=True, slots=True)
class Note:
    """A secondary remark: text with an optional place ("A: m×n" declared at line 12).

    With a rule it is shown by itself, whatever the verdict of its link; it never fails a run.
    """

    message: str
    place: Place | None = None
    rule: str | None = None


@dataclass(frozen=True, slots=True)
class ShapeNote:
    """The shape of a symbol and where it came from."""

    symbol: str  # in the author's notation
    shape: str  # "m × n", "scalar"
    origin: str  # "declared", "convention", "inferred", …
    place: Place | None = None


@dataclass(frozen=True, slots=True)
class WitnessNote:
    dims: Mapping[str, int]
    values: Mapping[str, str]  # by symbol in the author's notation
    lhs: str
    rhs: str
    entry: tuple[int, int] | None = None


@dataclass(frozen=True, slots=True)
class Repair:
    """One edit of the source that makes the link pass: replace `place` (text `old`) by `new`."""

    kind: str  # "missing transpose", "sign", …
    rule: str
    old: str
    new: str
    place: Place
    alternatives: int = 0  # further distinct repairs, about as likely, that also pass


@dataclass(frozen=True, slots=True)
class LinkReport:
    index: int  # 0-based among the relations of the display
    chain: int
    chain_link: int
    relation: str
    lhs: str
    rhs: str
    place: Place  # of the relation sign
    verdict: Verdict
    rule: str | None = None
    reason: str | None = None  # for unknown: from the closed list
    message: str = ""
    reading: tuple[str, ...] = ()  # readings and assumptions used: "numerator layout", "`T` as transpose"
    shapes: tuple[ShapeNote, ...] = ()
    witness: WitnessNote | None = None
    repair: Repair | None = None
    notes: tuple[Note, ...] = ()
    lhs_place: Place | None = None
    rhs_place: Place | None = None
    caret: Place | None = None  # what to underline when it is narrower than the link
    suspect: bool = False  # unknown, but a counterexample exists (shown with --suspects)
    evidence: str = ""  # "agrees to 38 digits at 4 points, 2 dimension assignments"


@dataclass(frozen=True, slots=True)
class SlipReport:
    """A variable that is bound wrongly, seen without any mathematics: a finding that needs no claim."""

    rule: str
    message: str
    place: Place


@dataclass(frozen=True, slots=True)
class EquationReport:
    index: int  # 1-based in the file
    place: Place  # of the display, delimiters included
    latex: str
    links: tuple[LinkReport, ...]
    unparsed: str | None = None  # reason, when the display could not be read at all
    path: str | None = None  # an included file, when not the entry's own
    slips: tuple[SlipReport, ...] = ()


@dataclass(frozen=True, slots=True)
class FileError:
    """Why a file could not be checked: neither a finding nor a pass. `kind` is the type of the exception."""

    kind: str
    message: str
    traceback: str = field(default="", repr=False, compare=False)

    @staticmethod
    def of(error: BaseException) -> FileError:
        from traceback import format_exception  # needed after a crash only

        message = error.strerror if isinstance(error, OSError) and error.strerror else str(error)
        return FileError(type(error).__name__, message, "".join(format_exception(error)))


@dataclass(frozen=True, slots=True)
class FileReport:
    path: str
    equations: tuple[EquationReport, ...]
    problems: tuple[Note, ...] = ()  # about the file: undecodable bytes, unclosed delimiters
    source: str = field(default="", repr=False, compare=False)  # for snippets
    error: FileError | None = None  # the file could not be checked, or not to its end

    def with_note(self, message: str) -> FileReport:
        """The same report with a remark about the file."""
        return replace(self, problems=(*self.problems, Note(message)))


@dataclass(frozen=True, slots=True)
class Report:
    files: tuple[FileReport, ...]
