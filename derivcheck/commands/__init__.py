"""The commands, one file each. The stages that check documents are imported by a command when it runs."""

from __future__ import annotations

import os
import sys
import traceback
from collections.abc import Sequence

import click

from derivcheck import __version__
from derivcheck.commands.check import check
from derivcheck.commands.explain import explain
from derivcheck.commands.rule import rule

EXIT_ERROR = 2


@click.group(context_settings={"help_option_names": ["-h", "--help"]})
@click.version_option(__version__, "-V", "--version", message="derivcheck %(version)s")
@click.option("--debug", is_flag=True, help="Show tracebacks of internal errors.")
@click.pass_context
def derivcheck(context: click.Context, debug: bool) -> None:
    """A spell-checker for mathematics: decides every claimed equality in your notes and papers."""
    context.obj = debug


for command in (check, explain, rule):
    derivcheck.add_command(command)


def run(arguments: Sequence[str]) -> int:
    """Run a command line. No exception leaves it: usage and internal errors are one line and exit code 2."""
    try:
        code = derivcheck.main(args=list(arguments), prog_name="derivcheck", standalone_mode=False)
        sys.stdout.flush()
    except click.exceptions.Exit as stop:
        return stop.exit_code
    except click.ClickException as error:
        error.show()
        return EXIT_ERROR
    except (click.Abort, KeyboardInterrupt):
        click.echo("derivcheck: interrupted", err=True)
        return 130
    except (BrokenPipeError, SystemExit):
        # The reader went away (`| head`; click turns that into SystemExit). Python flushes standard output
        # once more at exit: not into the pipe.
        os.dup2(os.open(os.devnull, os.O_WRONLY), 1)
        return EXIT_ERROR
    except Exception as error:
        click.echo(f"derivcheck: internal error: {type(error).__name__}: {error}", err=True)
        if "--debug" in arguments:
            traceback.print_exc()
        return EXIT_ERROR
    return code if isinstance(code, int) else 0
