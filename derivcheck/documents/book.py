r"""A chapter that is checked alone takes the macros of the book that reads it in."""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping
from itertools import islice
from pathlib import Path

from derivcheck.documents.include import file_loader, read_file
from derivcheck.documents.latex import read_latex
from derivcheck.documents.model import Macro

_WHOLE = re.compile(r"\\(?:documentclass|begin\s*\{document\})")
_BODY = re.compile(r"\\begin\s*\{document\}")
_READS = re.compile(r"\\(?:input|include|subfile|subfileinclude)\s*\{([^{}\n]{1,300})\}")
_IMPORTS = re.compile(r"\\(?:import|subimport)\s*\{[^{}\n]{0,300}\}\s*\{([^{}\n]{1,300})\}")
_MOST_FILES = 60  # looked at in a folder


def book_macros(text: str, path: Path, root: Path) -> Mapping[str, Macro]:
    r"""The macros in force where `path`, a LaTeX file without a preamble, is read in: those of the first file
    of its folder, else of the folder above, that has a preamble and an `\input` of it. Empty when there is
    none; nothing outside `root` is read."""
    if _WHOLE.search(text) or path.suffix != ".tex":
        return {}
    for candidate in _candidates(path):
        found = read_file(root, candidate)
        if found is None:
            continue
        name, book = found
        body = _BODY.search(book)
        if body is None or not _reads(book, path.stem):
            continue
        loader = file_loader(root, candidate.parent)
        _, _, macros, _ = read_latex(book[: body.start()], name, loader, {})
        return macros
    return {}


def _candidates(path: Path) -> Iterator[Path]:
    for folder in dict.fromkeys((path.parent, path.parent / "..")):
        try:
            entries = sorted(islice((f for f in folder.iterdir() if f.suffix == ".tex"), _MOST_FILES))
        except OSError:
            continue
        yield from (f for f in entries if f.name != path.name or folder != path.parent)


def _reads(book: str, stem: str) -> bool:
    names = (m[1] for pattern in (_READS, _IMPORTS) for m in pattern.finditer(book))
    return any(Path(name.strip()).name in (stem, stem + ".tex") for name in names)
