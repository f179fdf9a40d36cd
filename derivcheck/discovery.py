"""Which files a run checks: the paths given, directories searched, ignored files left out."""

from __future__ import annotations

import os
import re
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING

from derivcheck.documents.model import Flavour
from derivcheck.documents.read import flavour_of

if TYPE_CHECKING:
    from pathspec import GitIgnoreSpec

# Directories of other people's files, and of built ones. Hidden directories are always skipped.
VENDORED = frozenset(
    {"__pycache__", "__pypackages__", "_build", "build", "dist", "node_modules", "site-packages"}
    | {"third_party", "vendor", "vendored", "venv"}
)


# Read as documents when named; in a directory most of them are something else.
UNSEARCHED = frozenset({".txt"})

MAX_WILDCARDS = 8  # asterisks in one pattern


@dataclass(frozen=True, slots=True)
class Discovery:
    """Files in the order of the arguments, sorted within a directory, none twice; and what was unusable."""

    files: tuple[Path, ...]
    problems: tuple[str, ...]


def discover(
    paths: Sequence[Path], *, flavour: Flavour | None = None, exclude: Sequence[str] = ()
) -> Discovery:
    """A file that is named is always taken; a directory is searched for files of a known extension.

    `flavour` makes a named file of any extension acceptable. `exclude` holds patterns as in `.gitignore`,
    relative to each directory searched.
    """
    files: dict[str, Path] = {}
    problems: list[str] = []
    for path in paths:
        if path.is_dir():
            for found in _search(path, _spec(exclude), problems):
                files.setdefault(os.path.abspath(found), found)
        elif not path.exists():
            problems.append(f"{path}: no such file or directory")
        elif flavour is None and flavour_of(str(path)) is None:
            problems.append(f"{path}: unknown format; say which with --format markdown or --format latex")
        else:
            files.setdefault(os.path.abspath(path), path)
    return Discovery(tuple(files.values()), tuple(problems))


def _search(top: Path, exclude: GitIgnoreSpec, problems: list[str]) -> Iterator[Path]:
    specs = _inherited(top)

    def unreadable(error: OSError) -> None:
        problems.append(f"{error.filename}: {error.strerror}")

    for folder, names, files in os.walk(top, onerror=unreadable):
        here = Path(folder)
        specs[here.absolute()] = _gitignore(here)
        own = sorted(n for n in names if not n.startswith(".") and n not in VENDORED)
        names[:] = [name for name in own if not _ignored(here / name, top, specs, exclude)]
        for name in sorted(files):
            path = here / name
            if name.startswith(".") or flavour_of(name) is None or path.suffix.lower() in UNSEARCHED:
                continue
            if path.is_file() and not _ignored(path, top, specs, exclude):
                yield path


def _ignored(path: Path, top: Path, specs: Mapping[Path, GitIgnoreSpec], exclude: GitIgnoreSpec) -> bool:
    """Does a pattern apply? The `.gitignore` nearest to the path that says anything about it decides."""
    slash = "/" if path.is_dir() else ""
    if exclude.match_file(path.relative_to(top).as_posix() + slash):
        return True
    place = path.absolute()
    for folder in place.parents:
        if folder in specs:
            verdict = specs[folder].check_file(place.relative_to(folder).as_posix() + slash).include
            if verdict is not None:
                return verdict
    return False


def _inherited(top: Path) -> dict[Path, GitIgnoreSpec]:
    """The `.gitignore` files above `top`, up to the root of its repository; none outside one."""
    above: dict[Path, GitIgnoreSpec] = {}
    place = top.absolute()
    for folder in (place, *place.parents):
        above[folder] = _gitignore(folder)
        if (folder / ".git").exists():
            return above
    return {}


def _gitignore(folder: Path) -> GitIgnoreSpec:
    try:
        text = (folder / ".gitignore").read_text(encoding="utf-8", errors="replace")
    except OSError:
        text = ""
    return _spec(text.splitlines())


def _spec(lines: Iterable[str]) -> GitIgnoreSpec:
    """The patterns that are valid and cheap: a match may take time exponential in a pattern's wildcards."""
    from pathspec import GitIgnoreSpec  # loaded for directories only

    return GitIgnoreSpec.from_lines(filter(_usable, lines))


def _usable(line: str) -> bool:
    if line.count("*") > MAX_WILDCARDS:
        return False
    from pathspec import GitIgnoreSpec

    try:
        GitIgnoreSpec.from_lines((line,))
    except (ValueError, re.error):
        return False
    return True
