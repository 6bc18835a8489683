"""F12: a new version of the portal is deployed, and the line falls in the middle of fetching it."""

from __future__ import annotations

import os
import shutil
from pathlib import Path

from tests.soak.browser.tablet import BrowserTablet
from tests.soak.faults.fault import CHROMIUM, Fault
from tests.soak.ground import Ground
from tests.soak.proxy import Fate, Weather
from tests.soak.run import Run, demand
from tests.soak.server import Server
from tests.support.house_rules import ROOT

BUILD = "document.querySelector('meta[name=build]').content"
LOOK = "() => navigator.serviceWorker.getRegistration('/on-site/').then((one) => one.update())"
MOST_FETCHED = 40  # requests of the update that still come through before the line falls


def update_offline(run: Run) -> None:
    """Reload without a network in the midst of an update: the shell and all edits are there, and are sent."""
    review = run.review()
    tablet = BrowserTablet(run, review)
    tablet.proxy.weather.up = False
    tablet.item(run.chance.randint(1, 20))
    tablet.type("rationale", run.words())
    before = tablet.page.evaluate(BUILD)
    tablet.proxy.lead_to(next_version(run.ground).port)
    half_an_update(run, tablet)
    tablet.page.reload()
    tablet.opened_again()
    demand(tablet.page.evaluate(BUILD) == before, "half an update is in use")
    tablet.item(run.chance.randint(1, 20))
    tablet.type("evidence", run.words())
    tablet.proxy.weather = Weather()
    run.facts["updates"] += 1
    tablet.sent()


def half_an_update(run: Run, tablet: BrowserTablet) -> None:
    """The worker begins to fetch the new version; after some requests the line is gone."""
    left = [run.chance.randint(1, MOST_FETCHED)]

    def choose(method: str, path: str) -> Fate:
        left[0] -= 1
        return _pages_only(method, path) if left[0] >= 0 else Fate.LOSE_REQUEST

    tablet.proxy.weather = Weather(choose)
    tablet.page.evaluate(LOOK + ".catch(() => {})")
    tablet.page.wait_for_timeout(run.chance.uniform(0, 600))
    tablet.proxy.weather.up = False


def _pages_only(_method: str, path: str) -> Fate:
    return Fate.LOSE_REQUEST if path.startswith("/on-site/api") else Fate.PASS


def next_version(ground: Ground) -> Server:
    """A portal on the same database whose client differs, served until the campaign ends."""
    if ground.next_version is None:
        tree = ground.folder / "next-version"
        for name in ("portal", "migrations"):
            shutil.copytree(ROOT / name, tree / name, ignore=shutil.ignore_patterns("__pycache__"))
        changed = tree / "portal" / "static" / "js" / "on-site" / "times.js"
        changed.write_text(changed.read_text() + "\n// the next version\n")
        paths = os.pathsep.join(filter(None, [str(tree), os.environ.get("PYTHONPATH", "")]))
        server = Server(ground.server.settings, Path(ground.folder) / "next.log", {"PYTHONPATH": paths})
        server.start()
        ground.next_version = server
    return ground.next_version


FAULTS = (Fault("F12", "New version while offline", 20, update_offline, engines=CHROMIUM),)
