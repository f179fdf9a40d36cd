"""The measurements, each a function that returns rows of the table."""

from __future__ import annotations

import os
import resource
import subprocess
import sys
import tempfile
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from functools import partial
from pathlib import Path
from statistics import median
from time import process_time
from typing import TYPE_CHECKING

from benchmarks import samples

if TYPE_CHECKING:
    from derivcheck.terms.term import Claim

FORBIDDEN_AT_VERSION = ("flint", "sympy", "markdown_it")
FORBIDDEN_IN_A_CHECK = ("sympy", "latex2sympy2", "rich", "mpmath")
MEGABYTE = 1_000_000
ROOT = Path(__file__).resolve().parent.parent


@dataclass(frozen=True, slots=True)
class Row:
    """One line of the table: milliseconds (or a plain ratio) against its budget; None where none is set."""

    what: str
    value: float
    budget: float | None = None
    unit: str = "ms"

    @property
    def within(self) -> bool:
        return self.budget is None or self.value <= self.budget


def milliseconds(run: Callable[[], object], repeat: int = 1) -> float:
    """The best of `repeat` runs."""
    best = float("inf")
    for _ in range(repeat):
        start = process_time()
        run()
        best = min(best, process_time() - start)
    return best * 1000


class Child:
    """Command lines in fresh processes, byte code cached, as an installed package runs."""

    def __init__(self, folder: Path) -> None:
        self.folder = folder
        self.environment = {k: v for k, v in os.environ.items() if k != "PYTHONDONTWRITEBYTECODE"}
        self.environment |= {"PYTHONPATH": str(ROOT), "PYTHONPYCACHEPREFIX": str(folder / "bytecode")}

    def run(self, *arguments: str) -> str:
        done = subprocess.run(
            [sys.executable, *arguments],
            env=self.environment, cwd=self.folder, capture_output=True, text=True, check=False,
        )  # fmt: skip
        return done.stdout + done.stderr

    def process_time(self, *arguments: str, repeat: int = 5) -> float:
        """Milliseconds of processor time, the best of `repeat` after one to warm up."""
        self.run(*arguments)
        best = float("inf")
        for _ in range(repeat):
            before = _children()
            self.run(*arguments)
            best = min(best, _children() - before)
        return best * 1000

    def imported(self, names: tuple[str, ...], *arguments: str) -> list[str]:
        """Which of these packages a command imports."""
        report = self.run("-X", "importtime", *arguments)
        modules = {line.rsplit("|", 1)[-1].strip() for line in report.splitlines() if "import time:" in line}
        return [name for name in names if name in modules]


def _children() -> float:
    used = resource.getrusage(resource.RUSAGE_CHILDREN)
    return used.ru_utime + used.ru_stime


def start_up() -> Iterator[Row]:
    """Process time of the command line."""
    with tempfile.TemporaryDirectory() as name:
        child = Child(Path(name))
        note = Path(name) / "note.md"
        note.write_text(samples.markdown_note(samples.TRUE_LINKS, 40), encoding="utf-8")
        version, check = ("-m", "derivcheck", "--version"), ("-m", "derivcheck", "check", str(note))
        needless = len(child.imported(FORBIDDEN_AT_VERSION, *version))
        yield Row("derivcheck --version", child.process_time(*version), 40)
        yield Row("  packages imported for nothing", needless, 0, "")
        needless = len(child.imported(FORBIDDEN_IN_A_CHECK, *check))
        yield Row("cold check of a note with 40 equations", child.process_time(*check), 300)
        yield Row("  packages imported for nothing", needless, 0, "")


def reading() -> Iterator[Row]:
    """Extraction, parsing and collecting."""
    from derivcheck.context.collect import collect
    from derivcheck.documents.model import Flavour
    from derivcheck.documents.read import read_document
    from derivcheck.notation.lexer import tokenize
    from derivcheck.notation.parser import parse
    from derivcheck.statements.split import read_displays

    tokens = [tokenize(text) for text in samples.DISPLAYS]
    yield Row("parse a display (median)", median(milliseconds(partial(parse, t), 20) for t in tokens), 0.1)

    total = 0.0
    for flavour, note in (
        (Flavour.MARKDOWN, samples.markdown_note(samples.DISPLAYS, 2_500)),
        (Flavour.LATEX, samples.latex_note(samples.DISPLAYS, 2_500)),
    ):
        name = flavour.value
        assert len(note) >= MEGABYTE
        texts = [note[: MEGABYTE // 2], note[:MEGABYTE]]
        half, whole = (milliseconds(partial(read_document, t, path="", flavour=flavour)) for t in texts)
        yield Row(f"extract 1 MB of {name}", whole, 2000)
        yield Row("  against half of it", whole / half, 3, "x")
        document = read_document(texts[1], path="", flavour=flavour)
        parsing = milliseconds(partial(read_displays, document))
        yield Row(f"read the formulas of 1 MB of {name}", parsing)
        found = read_displays(document)
        yield Row(f"collect what 1 MB of {name} says", milliseconds(partial(collect, document, found)))
        total += whole + parsing
    yield Row("1 MB of both extracted and parsed", total, 4000)


def deciding() -> Iterator[Row]:
    """Verdicts on single links, everything imported and the declarations counted out."""
    from derivcheck.pipeline import check_text
    from derivcheck.verify.decide import decide

    def check(*displays: str) -> None:
        check_text(samples.DECLARATIONS + "".join(f"\n\n$$\n{d}\n$$\n" for d in displays))

    def links(found: tuple[str, ...]) -> list[float]:
        empty = milliseconds(check, 5)
        return [milliseconds(partial(check, d), 5) - empty for d in found]

    check(*samples.TRUE_LINKS, *samples.FALSE_LINKS)
    true, false = links(samples.TRUE_LINKS), links(samples.FALSE_LINKS)
    yield Row("verdict on a true link (median)", median(true), 1)
    yield Row("  the slowest", max(true))
    yield Row("finding with its repair (median)", median(false), 20)
    yield Row("  the slowest", max(false))
    times = [milliseconds(partial(decide, claim), 5) for claim in _false_claims()]
    yield Row("certified refutation (median)", median(times), 1)


def _false_claims() -> Iterator[Claim]:
    """The natural readings of the false links."""
    from derivcheck.config import Options
    from derivcheck.documents.model import Flavour
    from derivcheck.pipeline import judge_document, read_text

    displays = "".join(f"\n\n$$\n{d}\n$$\n" for d in samples.FALSE_LINKS)
    document = read_text(
        samples.DECLARATIONS + displays, path="", flavour=Flavour.MARKDOWN, options=Options()
    )
    _, judged = judge_document(document, Options())
    for display in judged.values():
        for chain in display.outcomes:
            for outcome in chain:
                reading = outcome.settled.best.reading if outcome.settled is not None else None
                if reading is not None and reading.claim is not None:
                    yield reading.claim
