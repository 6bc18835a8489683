"""F2: the portal commits and its answer never arrives, so that the tablet sends again what is there."""

from __future__ import annotations

from tests.soak.device import API, Pause
from tests.soak.faults.fault import Fault
from tests.soak.proxy import Fate, Proxy, once
from tests.soak.run import Run, demand

EDITS = 6


def drop_reply(run: Run) -> None:
    """Lose the answer to the first sending; the second is answered as a success."""
    review = run.review()
    with Proxy(run.ground.server.port) as proxy:
        tablet = run.tablet(review, port=proxy.port)
        run.type(tablet, review, EDITS)
        proxy.weather.choose = once(Fate.LOSE_REPLY, "POST", f"{API}/sync")
        demand(tablet.flush() is Pause.NETWORK, "the answer was not lost")
        demand(run.stored() == EDITS, "the portal had not committed when its answer was lost")
        run.facts["replies lost"] += proxy.struck
        demand(not tablet.told.receipts, "a receipt came over a cut line")
        run.settle()
        outcomes = {one["outcome"] for one in tablet.told.receipts.values()}
        demand(outcomes == {"applied"}, f"a replay was answered {outcomes}")
        tablet.line.hang_up()


FAULTS = (Fault("F2", "Reply dropped after commit", 200, drop_reply),)
