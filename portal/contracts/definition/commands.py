"""The commands `portal contract check` and `portal contract band`. No Flask, no database.

Exit codes: 0 done, 1 refused by a rule, 2 bad input. Errors go to standard error.
"""

from __future__ import annotations

import json
from datetime import datetime
from pathlib import Path
from typing import NoReturn

import click

from portal.contracts.definition import registry
from portal.contracts.definition.rules.bands import Band
from portal.contracts.definition.rules.terms import Consequence, Contract, Indicator, Unit
from portal.contracts.definition.rules.values import BadValue, Value, read_value
from portal.contracts.definition.rules.wording import REMEDIES, edges, figure
from portal.programmes.rules.definition import DefinitionError

REFUSED, BAD_INPUT = 1, 2


@click.command()
@click.argument("file", type=click.Path(path_type=Path))
def check(file: Path) -> None:
    """Say whether FILE holds as the definition of a contract, or what is wrong: file, place, reason."""
    contract = _read(file)
    if contract.key != file.name.removesuffix(".toml"):
        click.echo(f"Note: the portal takes it in as {contract.key}.toml only: rename the file", err=True)
    click.echo(_summary(contract))


@click.command(context_settings={"ignore_unknown_options": True})  # so that −1 is answered as a value
@click.argument("contract", metavar="FILE-OR-KEY")
@click.argument("number")
@click.argument("value")
@click.option("--on", type=click.DateTime(["%Y-%m-%d"]), help="The terms of this day; else as last varied.")
@click.option("--json", "as_json", is_flag=True, help="Print JSON.")
def band(contract: str, number: str, value: str, on: datetime | None, as_json: bool) -> None:
    """The band of VALUE for indicator NUMBER, with its edges and what follows.

    VALUE is a fraction (17/18), a percentage (95%) or a bare number: of what the indicator counts where it
    has a target (4.3 of 4.5 FTE) or is itself a number; else a percentage (95).
    """
    read_from = _contract(contract)
    found = read_from.on(on.date()) if on else read_from.latest
    indicator = found.indicator(number) or found.indicator(number.upper())
    if indicator is None:
        known = ", ".join(one.number for one in found.indicators)
        _stop(BAD_INPUT, f"{found.key} has no indicator “{number}”; there are {known}")
    try:
        read = read_value(value, indicator)
    except BadValue as error:
        _stop(BAD_INPUT, f"indicator {indicator.number}: {error}")
    of = indicator.band(read.exact)
    if as_json:
        click.echo(json.dumps(band_json(indicator, of), ensure_ascii=False))
    else:
        click.echo(_words(indicator, read, of))


def band_json(indicator: Indicator, of: Band | None) -> dict[str, object]:
    """A value's band as JSON data; its shape is a promise to other programs."""
    follows = indicator.consequence(of)
    return {
        "band": of.key if of else None,
        "edges": [_edges_json(one, indicator.unit) for one in indicator.bands],
        "consequence": _consequence_json(follows) if follows else None,
    }


def _edges_json(of: Band, unit: Unit) -> dict[str, object]:
    ends: dict[str, object] = {}
    for name, edge in (("low", of.low), ("high", of.high)):
        ends[name] = figure(edge.value, unit) if edge else None
        ends[f"{name}_inside"] = edge.inside if edge else None
    return {"band": of.key, "title": of.title, **ends, "words": edges(of, unit)}


def _consequence_json(follows: Consequence) -> dict[str, object]:
    return {
        "remedy": follows.remedy.value,
        "section": follows.section,
        "words": follows.words,
        "retains": follows.retains,
        "share": None if follows.share is None else str(follows.share),
    }


def _words(indicator: Indicator, read: Value, of: Band | None) -> str:
    follows = indicator.consequence(of)
    lines = [
        f"Indicator {indicator.number}: {indicator.title}",
        f"Value: {read.words}",
        f"Band: {of.title} ({edges(of, indicator.unit)})" if of else "Band: none",
        "Edges: " + "; ".join(f"{one.title} {edges(one, indicator.unit)}" for one in indicator.bands),
        f"Consequence: {_consequence(follows) if follows else 'none'}",
    ]
    return "\n".join([*lines, *(f"Our reading: {words}" for words in indicator.resolved)])


def _consequence(follows: Consequence) -> str:
    credit = f", {figure(follows.share, Unit.PERCENT)} of the quarterly payment" if follows.share else ""
    section = f" ({follows.section})" if follows.section else ""
    return f"{REMEDIES[follows.remedy]}{credit}{section}. {follows.words}"


def _summary(contract: Contract) -> str:
    terms = contract.latest
    numbers = ", ".join(one.number for one in terms.indicators)
    by_hand = [one.number for one in terms.indicators if one.measure is None]
    parts = [
        f"{contract.key} holds: {terms.starts} to {terms.ends}",
        f"indicators {numbers}",
        f"variations: {len(contract.variations)}",
        f"commitments: {len(terms.commitments)}",
    ]
    lines = [", ".join(parts)]
    lines += [f"Entered by hand: {', '.join(by_hand)}"] if by_hand else []
    for one in terms.indicators:
        of = "; ".join(f"{each.title} {edges(each, one.unit)}" for each in one.bands)
        lines.append(f"{one.number}: {of}")
        lines += [f"  our reading: {words}" for words in one.resolved]
    return "\n".join(lines)


def _contract(file_or_key: str) -> Contract:
    path = Path(file_or_key)
    if path.suffix or path.is_file() or len(path.parts) > 1:
        return _read(path)
    try:
        found = registry.contracts().get(file_or_key)
    except DefinitionError as error:
        _stop(REFUSED, str(error))
    if found is None:
        about = [one for one in registry.problems() if one.startswith(f"{file_or_key}.toml:")]
        if about:
            _stop(REFUSED, "\n".join(about))
        _stop(BAD_INPUT, f"there is no contract “{file_or_key}”; there are {', '.join(registry.contracts())}")
    return found


def _read(file: Path) -> Contract:
    try:
        return registry.read_contract(file)
    except OSError as error:
        _stop(BAD_INPUT, f"{file}: {(error.strerror or 'cannot be read').lower()}")
    except DefinitionError as error:
        _stop(REFUSED, str(error))


def _stop(code: int, message: str) -> NoReturn:
    click.echo(message, err=True)
    raise SystemExit(code)


commands: list[click.Command] = [band, check]
