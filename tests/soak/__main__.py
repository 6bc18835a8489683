"""`python -m tests.soak`: the whole campaign, its table printed and kept in benchmarks/results.

--engine sqlite|postgresql|chromium    only these (may be given several times)
--fault F1                             only these
--runs 5                               instead of the full numbers; then nothing is kept
"""

from __future__ import annotations

import argparse
import shutil
import signal
import sys
from collections.abc import Callable, Iterator, Sequence
from contextlib import contextmanager
from pathlib import Path
from typing import Any

from playwright.sync_api import sync_playwright

from tests.soak import report
from tests.soak.campaign import BROWSER_FAULTS, SERVER_FAULTS, Tally, campaign, control
from tests.soak.faults.fault import Fault
from tests.soak.ground import Ground, ground
from tests.support import databases, postgres, run_folder

CONTROLS = 10  # runs of each control: with all of them unnoticed, the campaign is void


def main(arguments: Sequence[str] | None = None) -> int:
    """Returns 1 where a promise was broken or a control passed unnoticed."""
    chosen = _parsed(arguments)
    signal.signal(signal.SIGTERM, lambda *_: sys.exit(2))  # what was started is ended, too
    folder, commit, rows = run_folder.make(), report.commit(), []

    def keep(tally: Tally) -> dict[str, Any]:
        """What is done so far is kept: a campaign that is stopped has not been for nothing."""
        row = report.row_of(tally, commit)
        if not chosen.runs:
            report.keep([row])
        return row

    try:
        for engine in chosen.engine or (*databases.ENGINES, "chromium"):
            for tally in _tallies(engine, folder, chosen, keep):
                rows.append(keep(tally))
                _say(tally)
    finally:
        postgres.stop()
        shutil.rmtree(folder, ignore_errors=True)
    sys.stdout.write("\n" + report.table(rows))
    return int(any(row["violations"] or row["control"].endswith("unnoticed") for row in rows))


def _parsed(arguments: Sequence[str] | None) -> argparse.Namespace:
    parser = argparse.ArgumentParser(prog="python -m tests.soak", description=__doc__)
    parser.add_argument("--engine", action="append", choices=(*databases.ENGINES, "chromium"))
    parser.add_argument("--fault", action="append")
    parser.add_argument("--runs", type=int, default=0)
    return parser.parse_args(arguments)


def _tallies(
    engine: str, folder: Path, chosen: argparse.Namespace, keep: Callable[[Tally], object]
) -> Iterator[Tally]:
    faults = [
        fault
        for fault in (*SERVER_FAULTS, *BROWSER_FAULTS)
        if engine in fault.engines and (not chosen.fault or fault.key in chosen.fault)
    ]
    if not faults:
        return
    with _ground_of(engine, folder) as place:
        for fault in faults:
            runs = chosen.runs or fault.runs
            tally = campaign(fault, place, runs, full=not chosen.runs, so_far=keep)
            if fault.control is not None:
                tally.control = _controlled(fault, engine, folder)
            yield tally


@contextmanager
def _ground_of(engine: str, folder: Path) -> Iterator[Ground]:
    if engine != "chromium":
        with ground(engine, folder / engine) as place:
            yield place
        return
    with sync_playwright() as playwright, ground("sqlite", folder / engine) as place:
        place.engine, place.playwright = engine, playwright
        yield place


def _controlled(fault: Fault, engine: str, folder: Path) -> str:
    """The control in words: how many of its runs were found out."""
    with ground(engine, folder / f"{engine}-control") as place:
        found = sum(bool(violations) for violations in control(fault, place, CONTROLS))
    return f"{found}/{CONTROLS} found out" if found else f"{CONTROLS} unnoticed"


def _say(tally: Tally) -> None:
    found = f"{len(tally.violations)} violations" if tally.violations else "nothing lost"
    sys.stdout.write(
        f"{tally.fault:5}{tally.engine:12}{tally.runs:4} runs  {tally.seconds:6.0f} s  {found}\n"
    )
    for violation in tally.violations[:5]:
        sys.stdout.write(f"      {violation.invariant}: {violation.words}\n")
    sys.stdout.flush()


if __name__ == "__main__":
    sys.exit(main())
