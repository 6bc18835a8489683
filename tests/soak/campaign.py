"""Doing the runs of faults, one after the other or side by side, and counting what came of them."""

from __future__ import annotations

import shutil
import time
from collections import Counter
from collections.abc import Callable, Iterator
from concurrent.futures import ThreadPoolExecutor
from dataclasses import dataclass, field
from pathlib import Path
from random import Random

from tests.soak.faults import (
    both,
    browser_killed,
    browser_other,
    browser_room,
    browser_update,
    clocks,
    killed,
    leaving,
    photos,
    replies,
    schemas,
    signed_off,
    tokens,
    twice,
    weather,
)
from tests.soak.faults.fault import Fault
from tests.soak.ground import Ground
from tests.soak.invariants import Violation
from tests.soak.reading import chain_faults
from tests.soak.run import Expected, Run

SERVER_FAULTS: tuple[Fault, ...] = (
    *killed.FAULTS,
    *replies.FAULTS,
    *twice.FAULTS,
    *both.FAULTS,
    *clocks.FAULTS,
    *leaving.FAULTS,
    *tokens.FAULTS,
    *schemas.FAULTS,
    *signed_off.FAULTS,
    *weather.FAULTS,
    *photos.FAULTS,
)


BROWSER_FAULTS: tuple[Fault, ...] = (
    *browser_killed.FAULTS,
    *browser_other.FAULTS,
    *browser_room.FAULTS,
    *browser_update.FAULTS,
)


@dataclass
class Tally:
    """What came of the runs of one fault on one engine (or in one browser)."""

    fault: str
    title: str
    engine: str
    runs: int = 0
    facts: Counter[str] = field(default_factory=Counter)
    violations: list[Violation] = field(default_factory=list)
    seconds: float = 0.0
    control: str = ""  # what became of the runs without protection


def campaign(
    fault: Fault,
    place: Ground,
    runs: int,
    *,
    full: bool = False,
    so_far: Callable[[Tally], object] = lambda _tally: None,
) -> Tally:
    """Do so many runs of a fault, the invariants checked after each. `so_far` is told after each, too."""
    tally = Tally(fault.key, fault.title, place.engine)
    begun = time.monotonic()
    each = min(fault.each, runs)
    made = [_made(fault, place, number, full=full) for number in range(0, runs, each)]
    for run in made:
        run.repeat = min(each, runs - run.number)
    for run, violations in _each(fault, made):
        tally.runs += run.repeat
        tally.facts += run.facts
        tally.violations += violations
        tally.seconds = time.monotonic() - begun
        so_far(tally)
    tally.violations += [Violation("audit", fault) for fault in chain_faults(place.app)]
    tally.seconds = time.monotonic() - begun
    return tally


LEAST = 5  # runs of a fault, however small the count


def at_small_counts(fault: Fault, place: Ground) -> None:
    """Do a fault a few times. Raises AssertionError with every violation in full."""
    tally = campaign(fault, place, fault.few)
    found = "\n".join(f"{one.invariant}: {one.words}" for one in tally.violations)
    assert not tally.violations, found
    assert tally.runs == fault.few >= LEAST
    assert tally.facts["operations"] > 0, "nothing was typed"


def control(fault: Fault, place: Ground, runs: int) -> Iterator[list[Violation]]:
    """What is found in runs without the portal's protection: an empty list is a control that failed."""
    assert fault.control is not None
    bare = Fault(fault.key, fault.title, runs, fault.control)
    for number in range(runs):
        yield _done(bare, _made(bare, place, number, full=False))[1]


def _each(fault: Fault, made: list[Run]) -> Iterator[tuple[Run, list[Violation]]]:
    if fault.at_once == 1:  # in this thread: a browser is not shared between threads
        yield from (_done(fault, run) for run in made)
        return
    with ThreadPoolExecutor(fault.at_once) as pool:
        yield from pool.map(lambda run: _done(fault, run), made)


def _made(fault: Fault, place: Ground, number: int, *, full: bool) -> Run:
    folder: Path = place.folder / "runs" / f"{fault.key}-{number}"
    return Run(place, folder, Random(f"{fault.key} {place.engine} {number}"), number, full=full)


def _done(fault: Fault, run: Run) -> tuple[Run, list[Violation]]:
    violations = []
    run.since = run.ground.audit_head()
    try:
        fault.perform(run)
    except Expected as error:
        violations.append(Violation("expected", f"run {run.number}: {error}"))
    except Exception as error:  # noqa: BLE001  a run that broke is a finding, and the campaign goes on
        violations.append(Violation("broken", f"run {run.number}: {type(error).__name__}: {error}"))
    finally:  # also when the campaign is stopped
        for browser in run.browsers:
            browser.close()
        for device in run.devices:
            device.line.hang_up()
    violations += run.check()
    shutil.rmtree(run.folder, ignore_errors=True)
    return run, violations
