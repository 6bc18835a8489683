"""The permission table as a page of the documentation, written from the table itself."""

from __future__ import annotations

from portal.accounts.rules.permissions import Permission, Reach, grants
from portal.accounts.rules.roles import KIND_TITLES, ROLES, Role

HEAD = """# Who may do what

Written by `portal docs` from `portal/accounts/rules/granted.py`: change it there, not here. A test
fails when this page is stale.

A permission is granted to a role with a reach: over which things it holds, by the dated links in force
today. An empty cell means no.
"""
REACH_WORDS = {
    Reach.EVERY: "everything",
    Reach.PROVIDER: "services of the person’s own provider",
    Reach.SUPPORTED: "services the person supports as EISM, or in the EISM’s region",
    Reach.SUPPLIER: "services of the supplier’s contract",
    Reach.COMMISSIONER: "services in the commissioner’s areas",
    Reach.NAMED: "the one thing the person was named for",
    Reach.PARTY: "contracts that the person’s organisation buys, delivers or governs",
    Reach.BUYS: "contracts that the person’s organisation buys",
    Reach.DELIVERS: "contracts that the person’s organisation delivers",
}


def page() -> str:
    """The whole page in Markdown."""
    return "\n".join([HEAD, *_reaches(), "", *_roles(), "", *_table(), ""])


def _reaches() -> list[str]:
    lines = ["| reach | holds over |", "|---|---|"]
    return lines + [f"| {reach} | {words} |" for reach, words in REACH_WORDS.items()]


def _roles() -> list[str]:
    lines = ["| role | held in | second factor |", "|---|---|---|"]
    for role, info in ROLES.items():
        places = ", ".join(sorted(KIND_TITLES[kind].lower() for kind in info.held_in))
        lines.append(
            f"| {info.title} (`{role}`) | {places} | {'required' if info.second_factor else 'optional'} |"
        )
    return lines


def _table() -> list[str]:
    lines = [
        "| permission | " + " | ".join(ROLES[role].title for role in Role) + " |",
        "|---|" + "---|" * len(Role),
    ]
    for permission in sorted(Permission, key=lambda item: item.value):
        granted = grants(permission)
        cells = " | ".join(str(granted.get(role, "")) for role in Role)
        lines.append(f"| `{permission}` | {cells} |")
    return lines
