"""Each figure of the portal's promise on speed (issue 2, Performance), with its bound."""

from __future__ import annotations

import json
import re
import subprocess
import sys
import threading
import time
from collections.abc import Callable, Iterator
from functools import partial
from itertools import count
from pathlib import Path

from benchmarks.growing import copy, grow_assessments, grow_services
from benchmarks.serving import Client, bare, portal, token_in
from benchmarks.timing import ROUNDS, Figure, in_turn, spread, timed
from portal.demonstration.people import MANAGER, PASSWORD, STAFF, demo_id

ASSET = re.compile(r'"(/static/[^"]+\.(?:css|js|svg)[^"]*)"')
DRAFT = f"/assessments/{demo_id('assessment', 'Middlesbrough IPS', 'half')}"
PAGES = (
    ("Item page", f"{DRAFT}/items/4", 10.0, 28.0),
    ("Task list", DRAFT, 15.0, 35.0),
    ("Rating sheet", f"{DRAFT}/sheet", 20.0, 361.0),
)


def pages(base: Path) -> Iterator[Figure]:
    """The pages of an assessment, and what a visit weighs."""
    with portal(base) as port:
        client = _signed_in(port, STAFF.email)
        times = in_turn(*(partial(client.get, path) for _, path, _, _ in PAGES))
        for (name, _, bound, rival), kept in zip(PAGES, times, strict=True):
            yield Figure(name, *spread(kept), bound=bound, rival=rival)
        page = client.get(PAGES[0][1])
        assets = sum(client.get(path.replace("&amp;", "&")).wire for path in set(ASSET.findall(page.text)))
        yield Figure("Item page, first visit", (page.wire + assets) / 1024, unit="KiB", bound=150)
        yield Figure("Item page, later visits", page.wire / 1024, unit="KiB", bound=20)


def saving(base: Path, small: Path, folder: Path) -> Iterator[Figure]:
    """Saving one rating, against the bare route and with more and more assessments in the database."""
    many = copy(base, folder / "many")
    sizes = [(small, 100), (base, 1000), (many, 10_000)]
    counted = [grow_assessments(data_dir, wanted) for data_dir, wanted in sizes]
    for (data_dir, _), there in zip(sizes, counted, strict=True):
        with portal(data_dir) as port, bare(folder / f"bare-{there}.sqlite") as bare_port:
            ours, least = in_turn(Saver(port), _bare_saver(bare_port), rounds=2 * ROUNDS)
        (median, late), (floor, floor_late) = spread(ours), spread(least)
        name = f"Save a rating, {there:,} assessments"
        yield Figure(name, median, late, bound=7, rival=14)
        yield Figure("  bare route in turn with it", floor, floor_late)
        yield Figure("  ratio to the bare route", median / floor, unit="×", bound=2)


def listing(base: Path, folder: Path) -> Iterator[Figure]:
    """The list of services with a thousand in the database, as the buyer sees it."""
    data_dir = copy(base, folder / "services")
    there = grow_services(data_dir, 1000)
    with portal(data_dir) as port:
        client = _signed_in(port, "buyer@example.org")
        (times,) = in_turn(lambda: client.get("/services"))
    yield Figure(f"List of {there:,} services", *spread(times), bound=13, rival=64)


def reports(base: Path) -> Iterator[Figure]:
    """The report's page and PDF, and other people's requests while ten PDFs are made."""
    ids = [demo_id("past", "Darlington IPS", str(number)) for number in range(6)]
    ids += [demo_id("past", "Middlesbrough IPS", str(number)) for number in range(6)]
    with portal(base) as port:
        client = _signed_in(port, MANAGER.email)
        (times,) = in_turn(lambda: client.get(f"/assessments/{ids[0]}/report"))
        yield Figure("Report page", *spread(times), rival=64)
        _pdf(client, str(ids[0]))
        alone = [timed(partial(_pdf, client, str(id_))) for id_ in ids[1:3]]
        yield Figure("Report PDF, asked for and had", min(alone), bound=1500, rival=4610)
        yield from _while_ten(client, _signed_in(port, STAFF.email), [str(id_) for id_ in ids[2:]])


def _while_ten(asking: Client, reading: Client, ids: list[str]) -> Iterator[Figure]:
    (quiet,) = in_turn(lambda: reading.get(PAGES[0][1]))
    done = threading.Event()

    def ask() -> None:
        for id_ in ids:
            _ask_for_pdf(asking, id_)
        for id_ in ids:
            _wait_for_pdf(asking, id_)
        done.set()

    asker = threading.Thread(target=ask)
    busy: list[float] = []
    begun = time.perf_counter()
    asker.start()
    while not done.is_set():
        busy.append(timed(lambda: reading.get(PAGES[0][1])))
        time.sleep(0.05)
    asker.join()
    seconds = time.perf_counter() - begun
    (before, _), (during, late) = spread(quiet), spread(busy)
    note = f"{len(ids)} PDFs in {seconds:.1f} s"
    yield Figure("Item page while PDFs are made", during, late, bound=2 * before, note=note)


def starting(folder: Path) -> Iterator[Figure]:
    """From nothing to the first answer, and making the application."""
    code = "import time; t = time.perf_counter(); from portal.app import create_app; i = time.perf_counter();"
    code += "create_app(); print(i - t, time.perf_counter() - i)"
    command = [sys.executable, "-c", code]
    environment = {"PORTAL_DATA_DIR": str(folder / "app"), "PATH": ""}
    done = [
        subprocess.run(command, env=environment, capture_output=True, text=True, check=True).stdout.split()
        for _ in range(5)
    ]
    imported, made = (sorted(float(pair[n]) for pair in done)[2] * 1000 for n in (0, 1))
    yield Figure("create_app", made, bound=1000)
    yield Figure("  importing the portal before it", imported)
    times = []
    for number in range(3):
        begun = time.perf_counter()
        with portal(folder / f"start-{number}"):
            times.append((time.perf_counter() - begun) * 1000)
    yield Figure("First start with migrations, to the first answer", sorted(times)[1], bound=3000, rival=4100)


def _signed_in(port: int, email: str) -> Client:
    client = Client(port)
    client.sign_in(email, PASSWORD)
    return client


class Saver:
    """Saves a rating that differs from the one before, as the item page's script does."""

    def __init__(self, port: int) -> None:
        self.client = _signed_in(port, STAFF.email)
        self.path = f"{DRAFT}/items/20"
        page = self.client.get(self.path).text
        self.token = token_in(page)
        self.version = re.findall(r'name="version" value="(\d+)"', page)[0]
        self.turns = count()

    def __call__(self) -> None:
        turn = next(self.turns)
        form = {"csrf_token": self.token, "version": self.version, "rating": str(3 + turn % 2)}
        form |= {"evidence": f"List of current jobs, seen for the {turn}th time.", "rationale": ""}
        answer = self.client.post(self.path, form, headers={"Accept": "application/json"})
        self.version = str(json.loads(answer.text)["version"])


def _bare_saver(port: int) -> Callable[[], None]:
    client, turns = Client(port), count()

    def save() -> None:
        turn = next(turns)
        evidence = f"List of current jobs, seen for the {turn}th time."
        client.post("/", {"rating": str(3 + turn % 2), "evidence": evidence})

    return save


def _ask_for_pdf(client: Client, id_: str) -> None:
    token = token_in(client.get(f"/assessments/{id_}/report").text)
    client.post(f"/assessments/{id_}/report/pdf", {"csrf_token": token}, expect=302)


def _wait_for_pdf(client: Client, id_: str) -> None:
    until = time.monotonic() + 120
    while not json.loads(client.get(f"/assessments/{id_}/report/pdf-state").text)["ready"]:
        if time.monotonic() > until:
            raise RuntimeError("The PDF did not come")
        time.sleep(0.05)
    client.get(f"/assessments/{id_}/report.pdf")


def _pdf(client: Client, id_: str) -> None:
    _ask_for_pdf(client, id_)
    _wait_for_pdf(client, id_)
