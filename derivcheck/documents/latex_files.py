r"""The files of one LaTeX document: what `\input` and its like read in, and what preambles and packages define."""

from __future__ import annotations

import posixpath
import re
from collections.abc import Iterator
from dataclasses import dataclass, field

from derivcheck.documents.include import Loader
from derivcheck.documents.latex_clean import clean
from derivcheck.documents.macros import collect, definitions
from derivcheck.documents.model import Item, Macro, Problem, Source

MAX_DEPTH = 16
MAX_FILES = 500  # read in for one document, repetitions counted
MAX_CHARACTERS = 50_000_000  # of all of them
_THEOREM = re.compile(r"\\newtheorem\*?\s*\{([A-Za-z@]+)\}\s*(?:\[[^]\n]{0,100}\]\s*)?\{([^{}\n]{0,100})\}")
_PARENT = re.compile(r"\\documentclass\s*\[([^][\n]{1,300})\]\s*\{subfiles\}")
_PACKAGE = re.compile(r"\\(?:usepackage|RequirePackage)\s*(?:\[[^][]{0,500}\]\s*)?\{([^{}]{1,500})\}")
_INPUT = re.compile(r"\\(?:input|include)(?![A-Za-z@])(?:\s*\{([^{}\n]{1,300})\}|[ \t]+([^\s{}\\]{1,300}))")


def theorems(text: str) -> Iterator[tuple[str, str]]:
    """(environment, title) of the theorem-like environments that are declared."""
    return ((m[1], m[2].strip().lower()) for m in _THEOREM.finditer(text))


@dataclass
class Reading:
    """What is shared by a file and the files that it reads in."""

    loader: Loader | None
    macros: dict[str, Macro]
    sources: list[Source] = field(default_factory=list)
    items: list[Item] = field(default_factory=list)
    problems: list[Problem] = field(default_factory=list)
    theorems: dict[str, str] = field(default_factory=dict)  # environment name → what it is titled
    open_files: list[str] = field(default_factory=list)
    seen_preambles: set[str] = field(default_factory=set)
    loads: int = 0
    characters: int = 0

    def preamble(self, text: str, folder: str, depth: int) -> None:
        """Macros of the text before `\\begin{document}`, and of the files and packages that it reads."""
        if depth > MAX_DEPTH:
            return
        events: list[tuple[int, str | None]] = []
        if (parent := _PARENT.search(text)) is not None:
            events.append((parent.start(), parent[1].strip()))
        events.extend((match.start(), match[1] or match[2]) for match in _INPUT.finditer(text))
        for match in _PACKAGE.finditer(text):
            events.extend((match.start(), name.strip() + ".sty") for name in match[1].split(","))
        found = definitions(text)
        at = 0
        for where, name in sorted((e for e in events if e[1]), key=lambda event: event[0]):
            before = [d for d in found if at <= d.start < where]
            self.macros = collect(self.macros, before)
            at = where
            self._preamble_file(name or "", folder, depth)
        self.macros = collect(self.macros, [d for d in found if d.start >= at])
        self.theorems.update(theorems(text))

    def _preamble_file(self, name: str, folder: str, depth: int) -> None:
        loaded = self.load(name, folder)
        if loaded is None or loaded[0] in self.seen_preambles:
            return
        self.seen_preambles.add(loaded[0])
        text = clean(loaded[1], 0).body.text
        begin = text.find("\\begin{document}")
        self.preamble(text if begin < 0 else text[:begin], folder, depth + 1)

    def load(self, name: str, folder: str) -> tuple[str, str] | None:
        """The file from the place of the main file, else from the folder of the including one."""
        if self.loader is None or self.loads >= MAX_FILES or self.characters >= MAX_CHARACTERS:
            return None
        self.loads += 1
        found = self.loader(name)
        if found is None and folder:
            found = self.loader(posixpath.join(folder, name))
        self.characters += len(found[1]) if found else 0
        return found
