"""One run of a fault: the tablets in it, what they typed, and the check of the invariants at its end."""

from __future__ import annotations

import time
import uuid
from collections import Counter
from dataclasses import dataclass, field
from pathlib import Path
from random import Random
from typing import TYPE_CHECKING

from portal.scales.registry import registry
from tests.soak.device import Device, Pause
from tests.soak.ground import LEAD, Ground
from tests.soak.invariants import Violation, announced_losses, check
from tests.soak.journal import Op, Told
from tests.soak.reading import Scope, read
from tests.soak.standing import Place
from tests.support.reviewing import SCALE

if TYPE_CHECKING:
    from tests.soak.browser.tablet import BrowserTablet

WORDS = [
    "calm",
    "early",
    "patient",
    "employer",
    "minutes",
    "caseload",
    "weekly",
    "shared",
    "visit",
    "phone",
    "drew",
    "asked",
    "named",
    "kept",
]
LONGEST, FULL_LONGEST = 60.0, 600.0  # seconds until a run gives up on a tablet that never empties
BREATH, FULL_BREATH = 0.02, 0.5  # seconds between two sendings


class Expected(AssertionError):
    """What the table of faults demands beside the invariants did not happen."""


@dataclass
class Run:
    """A run under way. `facts` counts what the report tells beside operations and violations."""

    ground: Ground
    folder: Path
    chance: Random
    number: int = 0
    repeat: int = 1  # how often the fault strikes in it
    full: bool = False  # the full campaign, with its true waits
    devices: list[Device] = field(default_factory=list)
    browsers: list[BrowserTablet] = field(default_factory=list)
    reviews: list[str] = field(default_factory=list)
    elsewhere: dict[Place, int] = field(default_factory=dict)
    facts: Counter[str] = field(default_factory=Counter)
    found: list[Violation] = field(default_factory=list)
    since: int = 0

    def review(self) -> str:
        review = self.ground.review()
        self.reviews.append(review)
        return review

    def tablet(self, review: str, person: str = LEAD, port: int = 0) -> Device:
        """A tablet that the review is checked out to. `port`: of a proxy that it speaks through later."""
        device = self.ground.device(self.folder / f"tablet-{len(self.devices)}", person)
        answer = device.check_out(review)
        demand(answer.status == 200, f"checking out answered {answer.status} {answer.body.get('error')}")
        device.line.hang_up()
        device.line.port = port or device.line.port
        self.devices.append(device)
        return device

    def reopen(self, device: Device) -> Device:
        """Kill a tablet's app and open it again."""
        again = device.reopened()
        self.devices[self.devices.index(device)] = again
        return again

    def words(self) -> str:
        """A sentence that nobody else types."""
        unique = "".join(self.chance.choices("bcdfghjklmnprstvz", k=14))
        return f"{' '.join(self.chance.choices(WORDS, k=5))} {unique}"

    def type(self, device: Device, review: str, count: int) -> list[Op]:
        """What a reviewer does: ratings with reasons, notes and later changes of them, rows of worksheets."""
        doings = self.chance.choices((self.rate, self.note, self.rewrite, self.row), (3, 2, 3, 2), k=count)
        return [do(device, review) for do in doings]

    def item(self) -> str:
        """The key of some item of the scale."""
        return self.chance.choice(registry().get(SCALE).items).key

    def rate(self, device: Device, review: str) -> Op:
        fields = {"rating": self.chance.randint(1, 5), "rationale": self.words()}
        return device.edit(review, "rating", self.item(), fields)

    def note(self, device: Device, review: str) -> Op:
        return device.note(review, self.words(), [registry().get(SCALE).items[0].key])

    def rewrite(self, device: Device, review: str) -> Op:
        """Change a note of this tablet's own."""
        own = [op["key"] for op in device.told.operations.values() if op["kind"] == "note"]
        if not own:
            return self.note(device, review)
        return device.edit(review, "note", self.chance.choice(own), {"text": self.words()})

    def row(self, device: Device, review: str) -> Op:
        day = (
            f"20{self.chance.randint(10, 25)}-{self.chance.randint(1, 12):02}-{self.chance.randint(1, 28):02}"
        )
        fields = {"joined": day, "first-employer": day}
        return device.edit(review, "row", f"records:{self.chance.randint(1, 10)}", fields)

    def settle(self, *devices: Device) -> None:
        """Send until nothing waits. Raises Expected where that never happens."""
        until = time.monotonic() + (FULL_LONGEST if self.full else LONGEST)
        for device in devices or tuple(self.devices):
            while True:
                pause = device.flush()
                self.facts["sendings"] += 1
                if pause is None:
                    break
                demand(pause is Pause.NETWORK, f"sending stopped for {pause}: {device.refused}")
                demand(time.monotonic() < until, f"{len(device.told.waiting)} edits never left the tablet")
                time.sleep(FULL_BREATH if self.full else BREATH)

    def uuid(self, text: str) -> uuid.UUID:
        return uuid.UUID(text)

    def outcome(self, op_id: str) -> str:
        """What the portal says became of an operation that is not on the tablet any more."""
        standing = read(self.ground.database_url, self._scope())
        found = next((row.outcome for row in standing.operations if row.op_id == op_id), None)
        return found or "applied"  # where the portal has none: a receipt that does not hold, and is found out

    def stored(self) -> int:
        """How many operations of this run's tablets the portal has."""
        return len(read(self.ground.database_url, self._scope()).operations)

    def look(self) -> None:
        """Check the invariants between two strikes."""
        self.found += check(self._journals(), read(self.ground.database_url, self._scope()), self.elsewhere)

    def check(self) -> list[Violation]:
        """The invariants at the end, over this run's tablets and reviews, and what was found before."""
        told = self._journals()
        standing = read(self.ground.database_url, self._scope())
        for row in standing.operations:
            self.facts[row.outcome] += 1
        self.facts["operations"] += sum(len(one.operations) for one in told)
        self.facts["on device"] += sum(len(one.waiting) for one in told)
        self.facts["lost, announced"] += announced_losses(told)[0]
        return [*self.found, *check(told, standing, self.elsewhere)]

    def _scope(self) -> Scope:
        reviews = frozenset(map(uuid.UUID, self.reviews))
        devices = frozenset(uuid.UUID(told.device_id) for told in self._journals() if told.device_id)
        return Scope(reviews, devices, self.since)

    def _journals(self) -> list[Told]:
        return [one.told for one in self.devices] + [one.told for one in self.browsers]


def demand(holds: bool, words: str) -> None:
    """Raise Expected unless it holds."""
    if not holds:
        raise Expected(words)
