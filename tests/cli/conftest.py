"""A stand-in for the pipeline, so that the command line is tested by itself.

It finds one false equation per line that contains `WRONG` and a slip per line that contains `SLIP`, and fails on a
text that contains `CRASH`.
"""

from __future__ import annotations

import sys
from collections.abc import Callable, Sequence
from dataclasses import dataclass, field
from pathlib import Path
from types import ModuleType

import pytest

import derivcheck
from derivcheck.cli import main
from derivcheck.config import Options
from derivcheck.report.model import (
    EquationReport,
    FileError,
    FileReport,
    LinkReport,
    Place,
    Report,
    SlipReport,
    Verdict,
)


@dataclass
class Calls:
    options: list[Options] = field(default_factory=list)
    paths: list[str] = field(default_factory=list)
    jobs: list[int] = field(default_factory=list)


def equation(index: int, line: int, verdict: Verdict, *, slips: tuple[SlipReport, ...] = ()) -> EquationReport:
    place = Place(line, 1, line, 6)
    rule = "DC101" if verdict is Verdict.REFUTED else None
    sign = Place(line, 3, line, 4)
    link = LinkReport(0, 0, 0, "=", "a", "b", sign, verdict, rule, message="the sides differ")
    return EquationReport(index, place, "a = b", (link,), slips=slips)


def slips_of(line: str, number: int) -> tuple[SlipReport, ...]:
    return (SlipReport("DC211", "a slip", Place(number, 1, number, 2)),) if "SLIP" in line else ()


def stub(calls: Calls) -> ModuleType:
    module = ModuleType("derivcheck.pipeline")

    def check_text(text: str, *, path: str = "<text>", options: Options) -> FileReport:
        calls.options.append(options)
        calls.paths.append(path)
        if "CRASH" in text:
            raise ZeroDivisionError("a crash")
        equations = tuple(
            equation(i, number, Verdict.REFUTED if "WRONG" in line else Verdict.PROVED, slips=slips_of(line, number))
            for i, (number, line) in enumerate(enumerate(text.splitlines(), 1), 1)
        )
        return FileReport(path, equations, source=text)

    def check_paths(paths: Sequence[Path], *, options: Options, jobs: int = 1) -> Report:
        calls.jobs.append(jobs)
        files = []
        for path in paths:
            try:
                files.append(check_text(path.read_text("utf-8"), path=str(path), options=options))
            except Exception as error:
                files.append(FileReport(str(path), (), error=FileError.of(error)))
        return Report(tuple(files))

    def explain(text: str, *, path: str, line: int, options: Options) -> str:
        return f"{path} line {line}: {text.splitlines()[line - 1]}\n"

    module.check_text = check_text  # type: ignore[attr-defined]
    module.check_paths = check_paths  # type: ignore[attr-defined]
    module.explain = explain  # type: ignore[attr-defined]
    return module


@pytest.fixture
def calls(monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> Calls:
    """Replaces the pipeline and enters an empty directory."""
    seen = Calls()
    module = stub(seen)
    monkeypatch.setitem(sys.modules, "derivcheck.pipeline", module)
    monkeypatch.setattr(derivcheck, "pipeline", module, raising=False)
    monkeypatch.chdir(tmp_path)
    return seen


@dataclass(frozen=True)
class Outcome:
    code: int
    out: str
    err: str


@pytest.fixture
def run(capsys: pytest.CaptureFixture[str]) -> Callable[..., Outcome]:
    def call(*arguments: str) -> Outcome:
        code = main(arguments)
        captured = capsys.readouterr()
        return Outcome(code, captured.out, captured.err)

    return call
