"""`derivcheck rule DC101`: the page of a rule; without a code, the list of rules."""

from __future__ import annotations

import click

from derivcheck.commands.settings import colored
from derivcheck.report.rules import RULES, page


@click.command()
@click.argument("code", required=False)
def rule(code: str | None) -> None:
    """Say what a rule reports, with a wrong and a right example. Without CODE, list all rules."""
    if code is None:
        for each in RULES.values():
            click.echo(f"{each.code}  {each.name:<22}{each.summary}")
        return
    wanted = code.upper()
    named = [each.code for each in RULES.values() if each.name == code.lower()]
    if wanted not in RULES and not named:
        raise click.UsageError(f"no rule `{code}`; `derivcheck rule` lists them")
    _show(page(wanted if wanted in RULES else named[0]))


def _show(text: str) -> None:
    """A page as it stands; on a terminal rendered, by rich."""
    if not colored("auto", to_file=False):
        click.echo(text, nl=False)
        return
    from rich.console import Console
    from rich.markdown import Markdown

    Console().print(Markdown(text))
