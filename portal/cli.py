"""The `portal` command. Thin: each command calls a rule or a verb.

Commands that need no application (scales, score) are loaded without Flask, so that they start fast.
"""

from __future__ import annotations

import importlib

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


class LazyGroup(click.Group):
    """Loads the module of a command only when it is called."""

    def list_commands(self, ctx: click.Context) -> list[str]:
        return sorted({**PLAIN, **WITH_APP})

    def get_command(self, ctx: click.Context, cmd_name: str) -> click.Command | None:
        module_name = {**PLAIN, **WITH_APP}.get(cmd_name)
        if module_name is None:
            return None
        commands: list[click.Command] = importlib.import_module(module_name).commands
        return next((command for command in commands if command.name == cmd_name), None)


@click.group(cls=LazyGroup, context_settings={"help_option_names": ["-h", "--help"]})
def main() -> None:
    """The fidelity portal: assess, review and improve IPS services."""
