"""The `portal` command. Thin: each command calls a rule or a verb.

Commands that need no application (scales, score) are loaded without Flask, so that they start fast.
"""

from __future__ import annotations

import importlib
from collections.abc import Mapping
from typing import Any

import click

# group or command name -> module whose `commands` holds it
PLAIN = {
    "agreement": "portal.reviews.agreement.commands",
    "scales": "portal.scales.commands",
    "score": "portal.scales.commands",
    "settings": "portal.core.commands",
}
WITH_APP = {
    "audit": "portal.commands.audit",
    "db": "portal.commands.database",
    "docs": "portal.commands.docs",
    "import": "portal.commands.importing",
    "people": "portal.commands.people",
    "purge": "portal.commands.purging",
    "reminders": "portal.commands.reminders",
    "seed": "portal.commands.seed",
    "serve": "portal.commands.serve",
    "worker": "portal.commands.serve",
}


# the commands of `portal contract`: check and band start without Flask
CONTRACT = {
    "band": "portal.contracts.definition.commands",
    "check": "portal.contracts.definition.commands",
    "indicators": "portal.commands.contracts",
}


class LazyGroup(click.Group):
    """Loads the module of a command only when it is called. `modules`: by name of the command."""

    def __init__(self, name: str | None = None, *, modules: Mapping[str, str], **others: Any) -> None:
        super().__init__(name, **others)
        self.modules = modules

    def list_commands(self, ctx: click.Context) -> list[str]:
        return sorted({*self.modules, *self.commands})

    def get_command(self, ctx: click.Context, cmd_name: str) -> click.Command | None:
        if cmd_name in self.commands:
            return self.commands[cmd_name]
        module_name = self.modules.get(cmd_name)
        if module_name is None:
            return None
        commands: list[click.Command] = importlib.import_module(module_name).commands
        return next((command for command in commands if command.name == cmd_name), None)


@click.group(
    cls=LazyGroup,
    modules={**PLAIN, **WITH_APP},
    context_settings={"help_option_names": ["-h", "--help"]},
)
def main() -> None:
    """The fidelity portal: assess, review and improve IPS services."""


@main.group(cls=LazyGroup, modules=CONTRACT)
def contract() -> None:
    """Contracts: check a definition, band a value, print an indicator’s figures."""
