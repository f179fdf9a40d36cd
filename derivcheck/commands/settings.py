"""The options of one run: the configuration file's, overridden by the command line's."""

from __future__ import annotations

import os
import sys
from collections.abc import Sequence
from dataclasses import replace
from pathlib import Path
from typing import Any

import click

from derivcheck.config import ConfigError, Options, find, find_root, load
from derivcheck.report.rules import RULES


def settle(paths: Sequence[Path], config: Path | None, **overrides: Any) -> Options:
    """Options for checking `paths`. An override that is None or empty was not given on the command line."""
    try:
        file = config or find(paths)
        options = load(file) if file else Options(root=find_root(paths))
    except ConfigError as error:
        raise click.UsageError(str(error)) from None
    given = {name: value for name, value in overrides.items() if value not in (None, (), False)}
    options = replace(options, **given)
    for prefix in (*options.select, *options.ignore):
        if not any(code.startswith(prefix) for code in RULES):
            raise click.UsageError(f"no rule starts with `{prefix}`; `derivcheck rule` lists them")
    return options


def colored(wish: str, to_file: bool) -> bool:
    """Colour always, never, or (auto) on a terminal whose user has not set NO_COLOR."""
    if wish != "auto":
        return wish == "always"
    refused = bool(os.environ.get("NO_COLOR")) or os.environ.get("TERM") == "dumb"
    return not to_file and not refused and sys.stdout.isatty()
