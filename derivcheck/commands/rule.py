"""`derivcheck rule DC101`: the page of a rule; without a code, the list of rules."""

from __future__ import annotations

import click

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
    click.echo(page(wanted if wanted in RULES else named[0]), nl=False)
