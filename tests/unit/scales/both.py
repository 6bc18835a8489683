"""Runs the calculator of the server and that of the browser on the same cases."""

from __future__ import annotations

import json
import shutil
import subprocess
from collections.abc import Iterable, Mapping
from pathlib import Path
from typing import Any

import pytest

from portal.scales.rules.calculator import EntryError, still_needed, suggest
from portal.scales.rules.definition import Rule

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
    node = shutil.which("node")
    if node is None:
        pytest.fail("node is missing, so the rules of the browser cannot be run: run `make setup`")
    given = {
        "module": str(RULES_JS),
        "cases": [{"rule": rule, "entries": entries} for rule, entries in cases],
    }
    done = subprocess.run(
        [node, str(HERE / "run_cases.mjs")],
        input=json.dumps(given),
        capture_output=True,
        text=True,
        timeout=60,
        check=False,
    )
    assert done.returncode == 0, done.stderr
    found: list[Outcome] = json.loads(done.stdout)
    return found
