"""Options of a run; read from `derivcheck.toml` or from `[tool.derivcheck]` in `pyproject.toml`."""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, replace
from pathlib import Path
from typing import Any

from derivcheck.documents.model import Flavour


class ConfigError(Exception):
    """A configuration that cannot be used: unknown key, value of the wrong kind, invalid TOML."""


@dataclass(frozen=True, slots=True)
class Options:
    """Everything a run can be told.

    root: what `\\input` may reach. flavour: the format of every file, whatever its extension.
    inline: check inline math too. suspects: show undecided links that have a counterexample.
    prove: let SymPy try to prove what agreed (slower; polynomial matrix identities are always tried by networks).
    preamble: a file whose macros and conventions hold in every document. select, ignore: prefixes of
    rule codes; the longest prefix that fits a code decides. exclude: patterns as in `.gitignore`, for
    directories that are searched. deadline: seconds for one file. max_bytes: larger files are not read.
    """

    root: Path = Path()
    flavour: Flavour | None = None
    inline: bool = False
    suspects: bool = False
    prove: bool = False
    preamble: Path | None = None
    select: tuple[str, ...] = ("DC",)
    ignore: tuple[str, ...] = ()
    exclude: tuple[str, ...] = ()
    deadline: float = 60.0
    max_bytes: int = 4_000_000
    jobs: int = 1


def _flag(value: Any, _folder: Path) -> bool:
    if not isinstance(value, bool):
        raise ConfigError("expected true or false")
    return value


def _count(value: Any, _folder: Path) -> int:
    if isinstance(value, bool) or not isinstance(value, int) or value < 1:
        raise ConfigError("expected a whole number, 1 or more")
    return value


def _seconds(value: Any, _folder: Path) -> float:
    if isinstance(value, bool) or not isinstance(value, int | float) or not value > 0:
        raise ConfigError("expected a positive number of seconds")
    return float(value)


def _texts(value: Any, _folder: Path) -> tuple[str, ...]:
    if not isinstance(value, list) or not all(isinstance(item, str) for item in value):
        raise ConfigError("expected a list of strings")
    return tuple(value)


def _path(value: Any, folder: Path) -> Path:
    if not isinstance(value, str):
        raise ConfigError("expected a path")
    return folder / value


def _flavour(value: Any, _folder: Path) -> Flavour:
    try:
        return Flavour(value)
    except ValueError:
        raise ConfigError("expected " + " or ".join(f'"{f.value}"' for f in Flavour)) from None


# Key in the file -> (field of Options, how its value is read; relative paths are relative to the file).
KEYS: Mapping[str, tuple[str, Callable[[Any, Path], Any]]] = {
    "root": ("root", _path),
    "format": ("flavour", _flavour),
    "inline": ("inline", _flag),
    "suspects": ("suspects", _flag),
    "prove": ("prove", _flag),
    "preamble": ("preamble", _path),
    "select": ("select", _texts),
    "ignore": ("ignore", _texts),
    "exclude": ("exclude", _texts),
    "deadline": ("deadline", _seconds),
    "max-bytes": ("max_bytes", _count),
    "jobs": ("jobs", _count),
}


def load(file: Path) -> Options:
    """The options that a configuration file sets. Its directory is the root unless it names another.

    Raises ConfigError, naming the file and the key.
    """
    table = _table(file)
    options = Options(root=file.parent)
    for key, value in (table or {}).items():
        if key not in KEYS:
            raise ConfigError(f"{file}: unknown key `{key}` (known: {', '.join(sorted(KEYS))})")
        name, read = KEYS[key]
        try:
            options = replace(options, **{name: read(value, file.parent)})
        except ConfigError as error:
            raise ConfigError(f"{file}: `{key}`: {error}") from None
    return options


def find(paths: Sequence[Path]) -> Path | None:
    """The nearest configuration file at or above the deepest directory that holds all `paths`."""
    for folder in _upwards(paths):
        own = folder / "derivcheck.toml"
        if own.is_file():
            return own
        shared = folder / "pyproject.toml"
        # A project that does not configure derivcheck may stand inside one that does.
        if shared.is_file() and _table(shared) is not None:
            return shared
    return None


def find_root(paths: Sequence[Path]) -> Path:
    """What documents may `\\input` from when nothing is configured: the enclosing repository, else the
    deepest directory that holds all `paths`."""
    folders = _upwards(paths)
    return next((folder for folder in folders if (folder / ".git").exists()), folders[0])


def _upwards(paths: Sequence[Path]) -> tuple[Path, ...]:
    """The deepest directory that holds all paths, then its parents."""
    chains = [_folders(path) for path in paths] or [_folders(Path())]
    shared = [level[0] for level in zip(*chains, strict=False) if len(set(level)) == 1]
    return tuple(reversed(shared)) or (Path.cwd(),)


def _folders(path: Path) -> tuple[Path, ...]:
    """The directories from the file system's root down to the path (to its parent for a file)."""
    place = path.absolute().resolve()
    start = place if place.is_dir() else place.parent
    return (*reversed(start.parents), start)


def _table(file: Path) -> Mapping[str, Any] | None:
    """The derivcheck table of a configuration file; None when a `pyproject.toml` has none."""
    import tomllib  # loaded where there is a file

    try:
        with file.open("rb") as stream:
            data = tomllib.load(stream)
    except OSError as error:
        raise ConfigError(f"{file}: {error.strerror}") from None
    except (tomllib.TOMLDecodeError, UnicodeDecodeError) as error:
        raise ConfigError(f"{file}: not valid TOML: {error}") from None
    if file.name != "pyproject.toml":
        return data
    table = data.get("tool", {})
    own = table.get("derivcheck") if isinstance(table, dict) else None
    if own is not None and not isinstance(own, dict):
        raise ConfigError(f"{file}: `tool.derivcheck` is not a table")
    return own
