r"""Where `\input` may read from: files under the project root, and nothing else."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path

from derivcheck.documents.decode import decode

Loader = Callable[[str], "tuple[str, str] | None"]  # (display path, text) of what `\input` names, None for none
MAX_BYTES = 20_000_000
_SUFFIXES = ("", ".tex", ".ltx", ".latex")
_READABLE = frozenset({".tex", ".ltx", ".latex", ".sty", ".cls", ".def", ".inc", ".md", ".txt", ".tikz", ""})


def file_loader(root: Path, current_dir: Path) -> Loader:
    """Loads `name` from `current_dir`, else from `root`; None for what is missing, too large, or (symlinks
    resolved) outside the root. The display path is relative to the root."""
    base = root.resolve()

    def load(name: str) -> tuple[str, str] | None:
        if "\0" in name or len(name) > 500 or Path(name).is_absolute() or name.startswith("~"):
            return None
        for folder in dict.fromkeys((current_dir, base)):
            for suffix in _SUFFIXES:
                found = _read(base, folder / (name + suffix))
                if found is not None:
                    return found
        return None

    return load


def read_file(root: Path, path: Path) -> tuple[str, str] | None:
    """(display path, text) of one file under the root, or None."""
    return _read(root.resolve(), path)


def _read(base: Path, candidate: Path) -> tuple[str, str] | None:
    try:
        path = candidate.resolve()
        if not path.is_relative_to(base) or path.suffix not in _READABLE or not path.is_file():
            return None
        if path.stat().st_size > MAX_BYTES:
            return None
        return path.relative_to(base).as_posix(), decode(path.read_bytes())[0]
    except (OSError, ValueError, RuntimeError):
        return None
