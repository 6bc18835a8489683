"""F1: the portal is killed in the middle of a batch, comes back, and is sent the same again."""

from __future__ import annotations

import threading
import time

from tests.soak.device import Pause
from tests.soak.faults.fault import Fault
from tests.soak.run import Run, demand

EDITS = 50
LONGEST = 0.5  # seconds after the sending began: about what a batch takes
WHOLE_EVERY = 5  # every so many runs the whole portal is killed, else the process that does the batch


def kill_mid_batch(run: Run) -> None:
    """Kill at a chance moment; whatever was stored, resending makes it whole."""
    review = run.review()
    tablet = run.tablet(review)
    run.type(tablet, review, EDITS)
    said: list[Pause | None] = []
    sending = threading.Thread(target=lambda: said.append(tablet.flush()))
    sending.start()
    time.sleep(run.chance.uniform(0.02, LONGEST))
    whole = run.number % WHOLE_EVERY == 0
    (run.ground.server.kill if whole else run.ground.server.kill_worker)()
    sending.join()
    run.ground.server.revive()
    demand(said[0] in (None, Pause.NETWORK), f"a killed portal was taken for {said[0]}: {tablet.refused}")
    stored = run.stored()
    run.facts["killed mid-batch"] += 0 < stored < EDITS
    run.facts["stored, not acknowledged"] += stored > len(tablet.told.receipts)
    tablet = run.reopen(tablet)
    run.settle()
    demand(
        all(one["outcome"] == "applied" for one in tablet.told.receipts.values()),
        "an edit sent again after a kill was not applied",
    )


# A restart takes seconds: two hundred kills are a hundred on each engine.
FAULTS = (Fault("F1", "Portal killed mid-batch", 100, kill_mid_batch),)
