"""The report of the campaign: a table to read and the same as JSON, each line with its date and commit."""

from __future__ import annotations

import fcntl
import json
import os
import subprocess
import time
from collections.abc import Iterable, Mapping
from dataclasses import asdict
from pathlib import Path
from typing import Any

from tests.soak.campaign import Tally
from tests.support.house_rules import ROOT

RESULTS = ROOT / "benchmarks" / "results"
COUNTED = ("operations", "applied", "conflict", "quarantined", "on device", "lost, announced")
HEADINGS = ("edits", "applied", "proposal", "quarantine", "device", "announced lost")
MOST_TOLD = 20  # violations of one line that are written out


def row_of(tally: Tally, commit: str) -> dict[str, Any]:
    """One line: counts of edits by where they are, other facts, violations."""
    return {
        "fault": tally.fault,
        "title": tally.title,
        "engine": tally.engine,
        "runs": tally.runs,
        **{name: tally.facts[name] for name in COUNTED},
        "facts": {name: count for name, count in sorted(tally.facts.items()) if name not in COUNTED},
        "violations": len(tally.violations),
        "told": [asdict(one) for one in tally.violations[:MOST_TOLD]],
        "control": tally.control,
        "seconds": round(tally.seconds, 1),
        "at": time.strftime("%Y-%m-%d %H:%M"),
        "commit": commit,
    }


def keep(rows: Iterable[Mapping[str, Any]], folder: Path = RESULTS) -> str:
    """Put lines in the place of earlier ones of the same fault and engine. Returns the table."""
    folder.mkdir(parents=True, exist_ok=True)
    path = folder / "soak.json"
    with (folder / ".soak.lock").open("w") as lock:
        fcntl.flock(lock, fcntl.LOCK_EX)  # two engines may be run side by side
        kept = {(row["fault"], row["engine"]): row for row in _read(path)}
        kept |= {(row["fault"], row["engine"]): row for row in rows}
        ordered = sorted(kept.values(), key=lambda row: (_number(row["fault"]), row["fault"], row["engine"]))
        path.write_text(json.dumps(ordered, indent=1) + "\n")
        text = table(ordered)
        (folder / "soak.txt").write_text(text)
    (folder / ".soak.lock").unlink(missing_ok=True)
    return text


def table(rows: Iterable[Mapping[str, Any]]) -> str:
    """The lines as text, with totals."""
    rows = list(rows)
    lines = [_line("", "", "", "runs", *HEADINGS, "violations")]
    lines += [
        _line(
            row["fault"],
            row["title"],
            row["engine"],
            row["runs"],
            *(row[name] for name in COUNTED),
            row["violations"],
        )
        for row in rows
    ]
    sums = [sum(row[name] for row in rows) for name in ("runs", *COUNTED, "violations")]
    lines += ["", _line("", "All", "", *sums), "", "What else was counted, and when:"]
    for row in rows:
        facts = ", ".join(f"{name} {count:,}" for name, count in row["facts"].items())
        control = f"; control: {row['control']}" if row["control"] else ""
        where = f"{row['fault']} {row['engine']}"
        lines.append(f"{where:18}{row['at']}  {row['commit']}  {row['seconds']:,.0f} s  {facts}{control}")
    return "\n".join(line.rstrip() for line in lines) + "\n"


def commit() -> str:
    """The commit that is measured, with a + where files differ from it; or what SOAK_COMMIT says."""
    named = os.environ.get("SOAK_COMMIT")
    if named:
        return named
    said = subprocess.run(
        ["git", "describe", "--always", "--dirty=+", "--exclude=*"],
        cwd=ROOT,
        capture_output=True,
        text=True,
        check=False,
    )
    return said.stdout.strip() or "unknown"


def _read(path: Path) -> list[dict[str, Any]]:
    return list(json.loads(path.read_text())) if path.exists() else []


def _number(fault: str) -> int:
    return int("".join(sign for sign in fault if sign.isdigit()) or 0)


def _line(fault: str, title: str, engine: str, *counts: object) -> str:
    shown = "".join(f"{count:>15,}" if isinstance(count, int) else f"{count:>15}" for count in counts)
    return f"{fault:5}{title:44}{engine:11}{shown}"
