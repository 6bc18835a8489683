"""`portal contract indicators`: the figures of a quarter, as the pages show them.

Exit codes: 0 done, 1 refused by a rule, 2 bad input. Errors go to standard error.
"""

from __future__ import annotations

import json
from typing import NoReturn

import click

from portal.commands.application import application
from portal.contracts.definition.registry import contracts
from portal.contracts.figures.export import as_json
from portal.contracts.figures.queries import figures
from portal.contracts.figures.rules.figure import Figure
from portal.contracts.figures.rules.periods import quarters_of
from portal.core import clock
from portal.core.rules.quarters import Quarter, quarter_from

REFUSED, BAD_INPUT = 1, 2


@click.command()
@click.option("--contract", "key", required=True, metavar="KEY", help="The contract’s key.")
@click.option("--quarter", "quarter_key", required=True, metavar="QUARTER", help="Such as 2024-Q3.")
@click.option("--json", "as_json_", is_flag=True, help="Print JSON.")
def indicators(key: str, quarter_key: str, as_json_: bool) -> None:
    """Print every indicator of a quarter: what it was counted from, its band and what follows."""
    quarter = quarter_from(quarter_key)
    if quarter is None:
        _stop(BAD_INPUT, f"“{quarter_key}” is no quarter: it is written like 2024-Q3")
    with application().app_context():
        found = _figures(key, quarter)
        if as_json_:
            click.echo(json.dumps(as_json(found), ensure_ascii=False))
            return
        click.echo("\n".join(_words(one) for one in found))


def _figures(key: str, quarter: Quarter) -> list[Figure]:
    contract = contracts().get(key)
    if contract is None:
        _stop(BAD_INPUT, f"there is no contract “{key}”; there are {', '.join(contracts())}")
    if quarter not in quarters_of(contract, clock.today()):
        _stop(REFUSED, f"{quarter.title}: the contract does not cover it, or it has not begun")
    return figures(contract, quarter)


def _words(one: Figure) -> str:
    said = f"{one.indicator.number:<3} {one.indicator.title}, {one.period.words}: "
    if one.value is None:
        return f"{said}{one.missing.lower()}"
    marks = ", provisional" if one.provisional else ""
    marks += ", entered by hand" if one.by_hand else ""
    follows = f". {one.consequence.words} ({one.consequence.section})" if one.consequence else ""
    return f"{said}{one.percent} · {one.fraction}, {one.standing}{marks}{follows}"


def _stop(code: int, message: str) -> NoReturn:
    click.echo(message, err=True)
    raise SystemExit(code)


commands: list[click.Command] = [indicators]
