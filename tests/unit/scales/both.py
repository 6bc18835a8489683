"""Runs the calculator of the server and that of the browser on the same cases."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from pathlib import Path
from typing import Any

from portal.scales.rules.calculator import EntryError, still_needed, suggest
from portal.scales.rules.definition import Rule
from tests.support.node import run

HERE = Path(__file__).parent
RULES_JS = HERE.parents[2] / "portal" / "static" / "js" / "rules.js"

Outcome = dict[str, Any]
Case = tuple[dict[str, Any], Mapping[str, str | bool]]  # the rule's JSON, the entries


def in_python(rule: Rule, entries: Mapping[str, str | bool]) -> Outcome:
    """What the server makes of the entries, as JSON data."""
    try:
        suggestion = suggest(rule, entries)
        if suggestion is None:
            return {"needed": list(still_needed(rule, entries))}
    except EntryError as error:
        return {"problems": [{"field": p.field, "message": p.message} for p in error.problems]}
    return {"rating": suggestion.rating, "figure": suggestion.figure, "steps": list(suggestion.steps)}


def in_browser(cases: Iterable[Case]) -> list[Outcome]:
    """What rules.js makes of each case, in one run of node. Fails where there is no node."""
    given = [{"rule": rule, "entries": entries} for rule, entries in cases]
    found: list[Outcome] = run(HERE / "run_cases.mjs", {"module": str(RULES_JS), "cases": given})
    return found
