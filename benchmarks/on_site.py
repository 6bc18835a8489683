"""Work on site (issue 4, Performance): one edit, 500 waiting edits, 20 tablets at once, a check-out.

python -m benchmarks.on_site     alone; kept in benchmarks/results/on_site.txt
"""

from __future__ import annotations

import json
import os
import re
import shutil
import sys
import threading
import time
from collections.abc import Iterator
from concurrent.futures import ThreadPoolExecutor
from dataclasses import asdict
from functools import partial
from pathlib import Path
from random import Random

from benchmarks.timing import Figure, spread, timed
from tests.soak.device import API, Device
from tests.soak.ground import LEAD, SECOND, ground
from tests.soak.line import Line
from tests.soak.proxy import Proxy, Weather
from tests.soak.run import Run
from tests.support import postgres, run_folder

ALONE = 150  # edits sent one by one
WAITING = 500
TABLETS, SECONDS, AT_ONCE = 20, 20.0, 10  # AT_ONCE: edits in one sending of a busy tablet
CONNECTIONS = 6  # of a browser to one host
MEGABIT = 125_000.0  # bytes a second of a line of 1 Mbit/s
ASSET = re.compile(r'["\'](/static/[^"\']+)["\']')
# What two cores are used with: SQLite has one writer, PostgreSQL a process for each core.
PROCESSES = {"sqlite": "1", "postgresql": "2"}


def on_site(folder: Path) -> Iterator[Figure]:
    """Every figure, on both engines."""
    for engine, processes in PROCESSES.items():
        with ground(engine, folder / engine, {"PORTAL_PROCESSES": processes}) as place:
            run = Run(place, folder / f"{engine}-tablets", Random(4))  # noqa: S311  the same edits each time; no secret
            yield _one_edit(run, engine)
            yield _waiting_edits(run, engine)
            yield from _many_tablets(run, engine)
            if engine == "sqlite":
                yield from _check_out(run)


def _one_edit(run: Run, engine: str) -> Figure:
    """From the request to its answer, each edit sent alone: the whole way, not the verb only."""
    review = run.review()
    tablet = run.tablet(review)
    times = [timed(partial(tablet.send, [op])) for op in run.type(tablet, review, ALONE + 10)]
    median, late = spread(times[10:])
    return Figure(f"On site: one edit, {engine}", median, late, bound=10)


def _waiting_edits(run: Run, engine: str) -> Figure:
    review = run.review()
    tablet = run.tablet(review)
    run.type(tablet, review, WAITING)
    took = timed(tablet.flush) / 1000
    if len(tablet.told.receipts) != WAITING:
        raise RuntimeError("Not every edit was answered")
    return Figure(f"On site: {WAITING} waiting edits, {engine}", took, unit="s", bound=5)


def _many_tablets(run: Run, engine: str) -> Iterator[Figure]:
    """Milliseconds for each edit while 20 tablets send as fast as they are answered; 5 is 200 a second."""
    ready = [_busy_tablet(run, number) for number in range(TABLETS)]
    answered = [0] * TABLETS
    over = time.monotonic() + SECONDS
    barrier = threading.Barrier(TABLETS + 1)
    times: list[float] = []

    def send(number: int) -> None:
        tablet, bodies = ready[number]
        barrier.wait()
        for body in bodies:
            if time.monotonic() > over:
                return
            begun = time.perf_counter()
            answer = tablet.line.post(f"{API}/sync", body)
            times.append((time.perf_counter() - begun) * 1000)
            answered[number] += sum(one["outcome"] == "applied" for one in answer.body["receipts"])

    threads = [threading.Thread(target=send, args=(number,)) for number in range(TABLETS)]
    for one in threads:
        one.start()
    over = time.monotonic() + SECONDS
    barrier.wait()
    begun = time.monotonic()
    for one in threads:
        one.join()
    took, applied = time.monotonic() - begun, sum(answered)
    note = f"{applied / took:,.0f} a second for {took:.0f} s"
    yield Figure(
        f"On site: an edit of {TABLETS} tablets, {engine}", took * 1000 / applied, bound=5, note=note
    )
    yield Figure(f"  a sending of {AT_ONCE} meanwhile", *spread(times))


def _busy_tablet(run: Run, number: int) -> tuple[Device, list[dict[str, object]]]:
    """A tablet with more to send than it can in the time; two tablets to a review, as there are reviewers."""
    review = run.review() if number % 2 == 0 else run.reviews[-1]
    tablet = run.tablet(review, SECOND if number % 2 else LEAD)
    doings = (run.rate, run.note, run.rewrite)
    for _ in range(int(SECONDS * 60)):
        if len(tablet.told.operations) % 3 == 2 and number % 2 == 0:
            run.row(tablet, review)
        else:
            run.chance.choice(doings)(tablet, review)
    tablet.refresh_token()
    waiting = tablet.told.sendable
    parts = [waiting[start : start + AT_ONCE] for start in range(0, len(waiting), AT_ONCE)]
    tablet.line.hang_up()  # the portal ends a connection that is silent while the others get ready
    return tablet, [tablet.sending(part) for part in parts]


def _check_out(run: Run) -> Iterator[Figure]:
    """All that a first check-out fetches over a line of 1 Mbit/s, the files six at a time as browsers do."""
    place, review = run.ground, run.review()
    run.tablet(review, SECOND)  # the portal's own key is made once, at its first check-out
    with Proxy(place.server.port, Weather(bytes_per_second=MEGABIT)) as proxy:
        begun = time.monotonic()
        worker = Line(proxy.port).text("/on-site/worker.js")
        addresses = ["/on-site/", "/on-site/manifest.webmanifest", *sorted(set(ASSET.findall(worker)))]
        with ThreadPoolExecutor(CONNECTIONS) as pool:
            lines = [Line(proxy.port, patience=60) for _ in range(CONNECTIONS)]
            parts = [addresses[start::CONNECTIONS] for start in range(CONNECTIONS)]
            list(pool.map(_fetch, lines, parts))
        shell, shell_time = proxy.passed_bytes, time.monotonic() - begun
        begun = time.monotonic()
        device = Device(run.folder / "fetching", LEAD, Line(proxy.port, place.cookie(LEAD), patience=60))
        if device.check_out(review).status != 200:
            raise RuntimeError("Not checked out")
        device.line.hang_up()
        pack, pack_time = proxy.passed_bytes - shell, time.monotonic() - begun
    files = f"{len(addresses) + 1} files, {shell / 1024:,.0f} KiB"
    yield Figure("On site: check-out at 1 Mbit/s", shell_time + pack_time, unit="s", bound=3, note=files)
    yield Figure("  of it the review", pack_time, unit="s", note=f"{pack / 1024:,.0f} KiB")
    yield Figure("On site: bytes of a check-out", (shell + pack) / 1024, unit="KiB", bound=2048)


def _fetch(line: Line, addresses: list[str]) -> None:
    for address in addresses:
        answer = line.get(address)
        if answer.status != 200:
            raise RuntimeError(f"{address} answered {answer.status}")
    line.hang_up()


def main() -> int:
    """Print the figures and keep them."""
    from benchmarks.__main__ import HEADINGS, RESULTS, cells, text

    folder, found = run_folder.make(), []
    about = {"at": time.strftime("%Y-%m-%d %H:%M"), "load": os.getloadavg()[0], "cores": os.cpu_count()}
    try:
        for figure in on_site(folder):
            found.append(figure)
            sys.stdout.write(text(cells(figure)) + "\n")
            sys.stdout.flush()
    finally:
        postgres.stop()
        shutil.rmtree(folder, ignore_errors=True)
    lines = [f"{name}: {value}" for name, value in about.items()]
    table = [text(HEADINGS), *(text(cells(figure)) for figure in found)]
    (RESULTS / "on_site.txt").write_text("\n".join([*lines, "", *table]) + "\n")
    rows = [asdict(figure) | {"met": figure.met} for figure in found]
    (RESULTS / "on_site.json").write_text(json.dumps({"machine": about, "figures": rows}, indent=1) + "\n")
    return 0


if __name__ == "__main__":
    sys.exit(main())
