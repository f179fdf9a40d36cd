"""`derivcheck explain PATH:LINE`: how one display was read and decided."""

from __future__ import annotations

from pathlib import Path

import click

from derivcheck.commands.output import write
from derivcheck.commands.settings import settle


@click.command()
@click.argument("place", metavar="PATH:LINE")
@click.option("--config", type=click.Path(path_type=Path), help="Use this configuration file.")
@click.option("--preamble", type=click.Path(path_type=Path), help="Macros and conventions for the document.")
@click.option("--debug", is_flag=True, help="Show tracebacks of internal errors.")
def explain(place: str, config: Path | None, preamble: Path | None, debug: bool) -> None:
    """Say how the display at PATH:LINE was read: symbols, shapes, readings tried, evidence."""
    name, _, line = place.rpartition(":")
    if not name or not line.isdecimal():
        raise click.UsageError(f"`{place}` is not PATH:LINE")
    path = Path(name)
    options = settle([path], config, preamble=preamble)

    from derivcheck.documents.read import decode
    from derivcheck.pipeline import explain as explanation

    try:
        text, _ = decode(path.read_bytes())
    except OSError as error:
        raise click.UsageError(f"{path}: {error.strerror}") from None
    write(str(explanation(text, path=str(path), line=int(line), options=options)), None)
