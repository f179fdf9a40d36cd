"""The whole flow on one screen: text → document → displays → slips; facts → readings → evidence → verdicts → report."""

from __future__ import annotations

import time
from collections.abc import Mapping, Sequence
from dataclasses import replace
from pathlib import Path

from derivcheck.config import Options
from derivcheck.context.collect import collect
from derivcheck.documents.model import Document, Flavour, Macro, MathBlock
from derivcheck.documents.read import decode, file_loader, flavour_of, read_document
from derivcheck.judge.course import follow
from derivcheck.judge.model import Course, Judged
from derivcheck.notation.usual import usual_macros
from derivcheck.report.assemble import file_report, unreadable
from derivcheck.report.model import FileError, FileReport, Report
from derivcheck.scope.inspect import find_slips
from derivcheck.statements.model import Display
from derivcheck.statements.rewriting import Written, rewritten
from derivcheck.statements.split import read_displays


def check_document(
    text: str, *, path: str, flavour: Flavour | None = None, options: Options | None = None
) -> FileReport:
    """Check one document given as text. Deterministic; never raises on what the text holds."""
    options = options or Options()
    document = read_text(text, path=path, flavour=flavour, options=options)
    displays, judged = judge_document(document, options)
    return file_report(path, text, document, displays, judged, find_slips(displays))


def read_text(text: str, *, path: str, flavour: Flavour | None, options: Options) -> Document:
    """The document, macros of the preamble file included."""
    kind = flavour or options.flavour or flavour_of(path) or Flavour.MARKDOWN
    folder = Path(path).parent if path else Path()
    loader = file_loader(options.root, folder)
    chapter = _book_macros(text, Path(path), options) if kind is Flavour.LATEX and path else {}
    document = read_document(text, path=path, flavour=kind, loader=loader, preamble={**chapter, **_preamble(options)})
    formulas = (item.text for item in document.items if isinstance(item, MathBlock))
    return replace(document, macros={**usual_macros(formulas, document.macros), **document.macros})


def judge_document(document: Document, options: Options) -> tuple[Mapping[int, Display], Mapping[int, Judged]]:
    """(displays by item, verdicts by item): one pass collects what the document says, the second decides. Slips are
    looked for in the displays before their functions get names."""
    written = rewritten(Written(read_displays(document), document), renaming=False)
    named = rewritten(written, renaming=True)
    facts = collect(document, named.displays, named.moving)
    deadline = time.monotonic() + options.deadline
    course = Course(document, named.displays, facts, options.inline, deadline, options.prove)
    return written.displays, follow(course)


def check_text(
    text: str, *, path: str = "<text>", flavour: Flavour | None = None, options: Options | None = None
) -> FileReport:
    """Check text that is not a file."""
    return check_document(text, path=path, flavour=flavour, options=options)


def check_paths(paths: Sequence[Path | str], *, options: Options | None = None, jobs: int | None = None) -> Report:
    """Check files, in the order given; the report does not depend on the number of jobs."""
    options = options or Options()
    files = [Path(p) for p in paths]
    count = min(jobs or options.jobs, len(files))
    if count <= 1:
        return Report(tuple(_check_file(p, options) for p in files))
    from concurrent.futures import ProcessPoolExecutor
    from multiprocessing import get_context

    with ProcessPoolExecutor(count, mp_context=get_context("spawn")) as pool:
        return Report(tuple(pool.map(_check_file, files, [options] * len(files))))


def _check_file(path: Path, options: Options) -> FileReport:
    try:
        if not path.is_file():
            return unreadable(str(path), "not a regular file: not read")
        if path.stat().st_size > options.max_bytes:
            return unreadable(str(path), f"larger than {options.max_bytes} bytes: not read")
        text, note = decode(path.read_bytes())
        report = check_document(text, path=str(path), options=options)
    except Exception as error:  # a crash in one file is told as such; the other files are still checked
        return FileReport(str(path), (), error=FileError.of(error))
    return report.with_note(note) if note else report


def _book_macros(text: str, path: Path, options: Options) -> Mapping[str, Macro]:
    from derivcheck.documents.book import book_macros  # loaded for LaTeX only

    return book_macros(text, path, options.root)


def _preamble(options: Options) -> Mapping[str, Macro]:
    if options.preamble is None:
        return {}
    text, _ = decode(options.preamble.read_bytes())
    return read_document(text, path=str(options.preamble), flavour=Flavour.LATEX).macros


def explain(text: str, *, path: str, line: int, options: Options | None = None, flavour: Flavour | None = None) -> str:
    """How the display at a line was read: symbols, shapes with origins, readings tried, the verdict of each."""
    from derivcheck.report.explain import explanation

    options = options or Options()
    document = read_text(text, path=path, flavour=flavour, options=options)
    displays, judged = judge_document(document, options)
    return explanation(document, displays, judged, find_slips(displays), line)


__all__ = ["check_document", "check_paths", "check_text", "explain"]
