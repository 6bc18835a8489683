"""Measure everything, print the table and keep it: benchmarks/results/latest.json and latest.txt.

BENCH_DATA names a data folder with the demonstration in it, to save the half minute of making one.
"""

from __future__ import annotations

import json
import os
import platform
import sqlite3
import sys
import tempfile
import time
from collections.abc import Iterator
from dataclasses import asdict
from pathlib import Path

from benchmarks import figures
from benchmarks.agreement import agreement
from benchmarks.comms import comms
from benchmarks.consensus import consensus
from benchmarks.contracts import contract_figures
from benchmarks.events import events
from benchmarks.growing import copy
from benchmarks.learning import learning
from benchmarks.library import library
from benchmarks.moderation import moderation
from benchmarks.papers import papers
from benchmarks.posts import posts
from benchmarks.public_pages import public_pages
from benchmarks.staff import staff
from benchmarks.surveys import surveys
from benchmarks.timing import Figure
from portal.core.config import Settings
from portal.demonstration.making import make_aside

RESULTS = Path(__file__).parent / "results"
HEADINGS = ("", "median", "p95", "bound", "", "fastest rival")


def main() -> int:
    """Run every benchmark. Returns 0; figures are measurements, not tests."""
    found: list[Figure] = []
    _line(HEADINGS)
    with tempfile.TemporaryDirectory(prefix="portal-bench-") as folder:
        for figure in _all(Path(folder)):
            found.append(figure)
            _line(cells(figure))
    _keep(found)
    return 0


def _all(folder: Path) -> Iterator[Figure]:
    yield from figures.starting(folder)
    base, small = folder / "base", folder / "small"
    begun = time.perf_counter()
    given = os.environ.get("BENCH_DATA")
    if given:
        copy(Path(given), base)
    else:
        make_aside(_settings(base), "full")
        yield Figure("Demonstration data, 150 services", time.perf_counter() - begun, unit="s", bound=60)
    make_aside(_settings(small), "small")
    yield from figures.pages(base)
    yield from figures.reports(base)
    yield from papers(base)
    yield from figures.listing(base, folder)
    yield from agreement(base, folder)
    yield from consensus(base)
    yield from moderation(base, folder)
    yield from posts(base, folder)
    yield from contract_figures(base, folder)
    yield from staff(base)
    yield from learning(base)
    yield from library(base, folder)
    yield from events(base, folder)
    yield from surveys(base, folder)
    yield from comms(base, folder)
    yield from public_pages(small, folder)
    yield from figures.saving(base, small, folder)


def _settings(data_dir: Path) -> Settings:
    data_dir.mkdir(parents=True, exist_ok=True)
    return Settings(data_dir=str(data_dir))


def cells(figure: Figure) -> tuple[str, ...]:
    """A figure's cells of the table."""

    def shown(value: float | None) -> str:
        return "" if value is None else f"{value:,.1f} {figure.unit}"

    verdict = {None: "", True: "met", False: "NOT MET"}[figure.met]
    name = f"{figure.name} ({figure.note})" if figure.note else figure.name
    return name, shown(figure.value), shown(figure.p95), shown(figure.bound), verdict, shown(figure.rival)


def text(row: tuple[str, ...]) -> str:
    """A row of the table."""
    name, value, late, bound, verdict, rival = row
    return f"{name:52}{value:>13}{late:>13}{bound:>12} {verdict:8}{rival:>13}".rstrip()


def _line(row: tuple[str, ...]) -> None:
    sys.stdout.write(text(row) + "\n")
    sys.stdout.flush()


def _keep(found: list[Figure]) -> None:
    machine = {
        "python": platform.python_version(),
        "sqlite": sqlite3.sqlite_version,
        "cores": os.cpu_count(),
        "load": os.getloadavg()[0],
        "at": time.strftime("%Y-%m-%d %H:%M"),
    }
    RESULTS.mkdir(exist_ok=True)
    rows = [asdict(figure) | {"met": figure.met} for figure in found]
    (RESULTS / "latest.json").write_text(json.dumps({"machine": machine, "figures": rows}, indent=1) + "\n")
    lines = [f"{name}: {value}" for name, value in machine.items()]
    table = [text(HEADINGS), *(text(cells(figure)) for figure in found)]
    (RESULTS / "latest.txt").write_text("\n".join([*lines, "", *table]) + "\n", encoding="utf-8")


if __name__ == "__main__":
    sys.exit(main())
