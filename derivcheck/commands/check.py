"""`derivcheck check`: check files and report what was found."""

from __future__ import annotations

import sys
from dataclasses import dataclass, replace
from pathlib import Path
from typing import Any

import click

from derivcheck.commands.output import write
from derivcheck.commands.settings import colored, settle
from derivcheck.config import Options
from derivcheck.documents.model import Flavour
from derivcheck.report.formats import FORMATS
from derivcheck.report.model import FileError, FileReport, Note, Report
from derivcheck.report.view import View, findings

_FILE = click.Path(path_type=Path)
_FLAVOURS = click.Choice([flavour.value for flavour in Flavour])

EXIT_CLEAN, EXIT_FINDINGS, EXIT_ERROR = 0, 1, 2


@dataclass(frozen=True, slots=True)
class Checked:
    report: Report
    problems: tuple[str, ...]  # paths that could not be used


@click.command(epilog="Exit codes: 0 nothing found, 1 findings, 2 usage or internal error.")
@click.argument("paths", nargs=-1, type=click.Path(path_type=Path, allow_dash=True))
@click.option("--format", "flavour", type=_FLAVOURS, help="Read every file as this format.")
@click.option("--output-format", type=click.Choice(list(FORMATS)), default="full", show_default=True)
@click.option("-o", "--output-file", type=_FILE, help="Write the report here instead of to standard output.")
@click.option("--stdin-filename", default="<stdin>", help="The name of what `-` reads; its extension counts.")
@click.option("--select", multiple=True, metavar="RULE", help="Report these rules only (code or prefix).")
@click.option("--ignore", multiple=True, metavar="RULE", help="Do not report these rules (code or prefix).")
@click.option("--exclude", multiple=True, metavar="PATTERN", help="Skip, when searching a directory.")
@click.option("--inline", is_flag=True, help="Check inline mathematics as well.")
@click.option("--preamble", type=_FILE, help="A file of macros and conventions for every document.")
@click.option("--prove", is_flag=True, help="Let SymPy try to prove what agrees numerically (slower).")
@click.option("--suspects", is_flag=True, help="Show undecided equations that have a counterexample.")
@click.option("--show-unknown", is_flag=True, help="List what was not decided, with reasons and places.")
@click.option("--statistics", is_flag=True, help="Count findings by rule, and the undecided by reason.")
@click.option("-q", "--quiet", is_flag=True, help="Print findings only, no summary.")
@click.option("--color", type=click.Choice(["auto", "always", "never"]), default="auto", show_default=True)
@click.option("-j", "--jobs", type=click.IntRange(min=1), help="Processes to use.  [default: 1]")
@click.option("--deadline", type=click.FloatRange(min=0, min_open=True), help="Seconds for one file.")
@click.option("--config", type=_FILE, help="Use this configuration file, and look for no other.")
@click.option("--exit-zero", is_flag=True, help="Exit with 0 even when something is found.")
@click.option("--debug", is_flag=True, help="Show tracebacks of internal errors.")
def check(paths: tuple[Path, ...], **given: Any) -> int:
    """Check every display equation in PATHS: Markdown, LaTeX, notebooks, directories, `-` for standard input.

    Without PATHS, checks the current directory. What `.gitignore` names is skipped, as are hidden directories
    and other people's code (node_modules, venv, …). A file that is named is always checked.
    """
    stdin = Path("-") in paths
    if stdin and len(paths) > 1:
        raise click.UsageError("`-` cannot be combined with other paths")
    places = [Path(given["stdin_filename"])] if stdin else list(paths or (Path(),))
    options = settle(
        places,
        given["config"],
        flavour=Flavour(given["flavour"]) if given["flavour"] else None,
        **{key: given[key] for key in ("inline", "prove", "preamble", "suspects", "select", "ignore", "exclude")},
        **{key: given[key] for key in ("jobs", "deadline")},
    )
    if options.preamble is not None and not options.preamble.is_file():
        raise click.UsageError(f"preamble {options.preamble}: no such file")
    checked = _check_stdin(given["stdin_filename"], options) if stdin else _check_paths(places, options)
    view = View(
        select=options.select,
        ignore=options.ignore,
        suspects=options.suspects,
        color=colored(given["color"], given["output_file"] is not None),
        **{key: given[key] for key in ("show_unknown", "statistics", "quiet")},
    )
    text = FORMATS[given["output_format"]](checked.report, view)
    if text:
        write(text, given["output_file"])
    failed = _complain(checked, given["debug"] or bool(click.get_current_context().obj))
    if failed:
        return EXIT_ERROR
    return EXIT_FINDINGS if findings(checked.report, view) and not given["exit_zero"] else EXIT_CLEAN


def _check_paths(paths: list[Path], options: Options) -> Checked:
    from derivcheck.discovery import discover

    found = discover(paths, flavour=options.flavour, exclude=options.exclude)
    if not found.files:
        return Checked(Report(()), found.problems)

    from derivcheck.pipeline import check_paths

    return Checked(check_paths(found.files, options=options, jobs=options.jobs), found.problems)


def _check_stdin(name: str, options: Options) -> Checked:
    from derivcheck.documents.read import decode, flavour_of
    from derivcheck.pipeline import check_text

    flavour = options.flavour or flavour_of(name) or Flavour.MARKDOWN
    try:
        text, remark = decode(sys.stdin.buffer.read())
        file = check_text(text, path=name, options=replace(options, flavour=flavour))
        if remark is not None:
            file = replace(file, problems=(Note(remark), *file.problems))
    except Exception as error:
        file = FileReport(name, (), error=FileError.of(error))
    return Checked(Report((file,)), ())


def _complain(checked: Checked, debug: bool) -> bool:
    """One line on standard error for everything that could not be checked. Was there anything?"""
    for problem in checked.problems:
        click.echo(f"derivcheck: {problem}", err=True)
    failed = [(file, file.error) for file in checked.report.files if file.error is not None]
    for file, error in failed:
        click.echo(f"derivcheck: {file.path}: {error.kind}: {error.message}", err=True)
        if debug and error.traceback:
            click.echo(error.traceback, err=True, nl=False)
    if not checked.report.files and not checked.problems:
        click.echo("derivcheck: no Markdown or LaTeX files found", err=True)
    return bool(checked.problems or failed)
