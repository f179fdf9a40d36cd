"""Writing a report, whatever characters it holds, to standard output or a file."""

from __future__ import annotations

import sys
from pathlib import Path

import click


def write(text: str, file: Path | None) -> None:
    """Files are UTF-8. What the terminal cannot encode, and halves of surrogate pairs, come out escaped."""
    if file is not None:
        try:
            file.write_text(text, encoding="utf-8", errors="backslashreplace", newline="\n")
        except OSError as error:
            raise click.UsageError(f"cannot write {file}: {error.strerror}") from None
        return
    encoding = sys.stdout.encoding or "utf-8"
    printable = text.encode(encoding, "backslashreplace").decode(encoding)
    click.echo(printable, nl=not text.endswith("\n"), color=True)  # whether to colour was decided before
