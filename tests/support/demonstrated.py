"""The demonstration's small set as a seed for browser tests, with what it lacks: files, links, rare states.

It takes seconds to make, so it is kept in pytest's cache folder under a hash of all it is made from.
"""

from __future__ import annotations

import fcntl
import hashlib
import json
import os
import shutil
from dataclasses import dataclass
from pathlib import Path
from typing import Any
from uuid import UUID

from portal.core import clock
from portal.core.config import Settings
from portal.demonstration.making import make_aside
from portal.demonstration.people import demo_id
from tests.support import rare_states, run_folder
from tests.support.databases import closing, settings_for
from tests.support.house_rules import ROOT

_CACHE = ROOT / ".pytest_cache" / "demonstration"
_MADE_FROM = (
    "portal",
    "migrations",
    "tests/support/demonstrated.py",
    "tests/support/rare_portfolio.py",
    "tests/support/rare_states.py",
)
_ENDINGS = {
    ".py",
    ".json",
    ".toml",
    ".csv",
    ".txt",
}  # not the pages: they change what is shown, not what is kept


@dataclass(frozen=True)
class Copy:
    """A copy of the seed in a folder of its own. `facts`: ids and links that only its making knew."""

    folder: Path
    facts: dict[str, str]

    @property
    def url(self) -> str:
        return f"sqlite:///{self.folder / 'portal.sqlite'}"


# The assessments of the demonstration by the state they are in: service and name in demonstration/states.py.
STORIES = {
    "empty": "Hartlepool",
    "half": "Middlesbrough",
    "returned": "County Durham",
    "with-guide": "Redcar and Cleveland",
    "peer": "Northumberland",
    "with-provider": "Stockton-on-Tees",
    "settling": "Darlington",
    "final": "Hartlepool",
    "unguided": "Redcar and Cleveland",
    "withdrawn": "Middlesbrough",
}

# The external reviews of the demonstration by the stage they are at: see demonstration/reviews.py.
REVIEWS = {
    "planned": "Middlesbrough",
    "cancelled": "Redcar and Cleveland",
    "preparing": "Redcar and Cleveland",
    "fieldwork": "Stockton-on-Tees",
    "scoring": "Darlington",
    "consensus": "County Durham",
    "moderation": "Northumberland",
    "accuracy": "Hartlepool",
    "published": "Middlesbrough",
}


def review(name: str) -> UUID:
    """The id of an external review of the demonstration, like "preparing"."""
    return demo_id("review", f"{REVIEWS[name]} IPS", name)


def assessment(name: str) -> UUID:
    """The id of an assessment of the demonstration, like "with-guide"."""
    return demo_id("assessment", f"{STORIES[name]} IPS", name)


def service(name: str) -> str:
    """The key of the service that an assessment of the demonstration is of."""
    return f"{STORIES[name].lower().replace(' ', '-')}-ips-demonstration"


def copy_to(folder: Path) -> Copy:
    """The seed, copied. It is made first where nothing current is kept."""
    seed = Path(run_folder.once("demonstration", _brought_in))
    shutil.copytree(seed, folder)
    known = {name: str(assessment(name)) for name in STORIES} | {
        f"{name} service": service(name) for name in STORIES
    }
    known |= {f"{name} review": str(review(name)) for name in REVIEWS}
    return Copy(folder, known | json.loads((seed / "facts.json").read_text()))


def _brought_in() -> str:
    """Copy what is kept into the run's folder: another run may throw it away for one of a newer portal."""
    seed = run_folder.folder() / "demonstration-seed"
    _CACHE.mkdir(parents=True, exist_ok=True)
    with (_CACHE / "lock").open("w") as lock:
        fcntl.flock(lock, fcntl.LOCK_EX)
        kept = _CACHE / _digest()
        if not kept.exists():
            for old in [path for path in _CACHE.iterdir() if path.is_dir()]:
                shutil.rmtree(old)
            unfinished = kept.with_suffix(".part")
            _make(unfinished)
            unfinished.rename(kept)
        shutil.copytree(kept, seed)
    return str(seed)


def _make(folder: Path) -> None:
    folder.mkdir()
    make_aside(Settings(data_dir=str(folder), secret_key="tests only", testing=True), "small")
    from portal.app import create_app

    with closing(create_app(settings_for(f"sqlite:///{folder / 'portal.sqlite'}", folder))) as app:
        facts: dict[str, Any] = rare_states.add(app)
    (folder / "facts.json").write_text(json.dumps(facts))


def _digest() -> str:
    found = hashlib.sha256(clock.today().isoformat().encode())  # links by e-mail last some days only
    for path in sorted(_files()):
        found.update(str(path.relative_to(ROOT)).encode() + b"\0" + path.read_bytes())
    return found.hexdigest()[:32]


def _files() -> list[Path]:
    files: list[Path] = []
    for name in _MADE_FROM:
        if (ROOT / name).is_file():
            files.append(ROOT / name)
        for folder, inner, names in os.walk(ROOT / name):
            inner[:] = [one for one in inner if one not in ("__pycache__", "vendor", "js")]
            files += [Path(folder, one) for one in names if Path(one).suffix in _ENDINGS]
    return files
