"""Commands of the core: settings, database and audit."""

from __future__ import annotations

import json
import os
from dataclasses import fields

import click

from portal.core.config import PREFIX, Settings

SECRET = {"secret_key"}


def _shown(name: str, value: object) -> object:
    return "(hidden)" if name in SECRET and value else value


@click.command()
@click.option("--json", "as_json", is_flag=True, help="Print JSON.")
def settings(as_json: bool) -> None:
    """List every setting, its environment variable, value and meaning."""
    current = Settings.from_env(os.environ)
    rows = [
        {
            "variable": PREFIX + spec.name.upper(),
            "value": _shown(spec.name, getattr(current, spec.name)),
            "default": spec.default,
            "help": spec.metadata["help"],
        }
        for spec in fields(Settings)
    ]
    if as_json:
        click.echo(json.dumps(rows, indent=1))
        return
    for row in rows:
        click.echo(f"{row['variable']:32} {row['value']!s:24} {row['help']}")


commands: list[click.Command] = [settings]
