"""F14: a line that loses 30 % of what passes, answers after 3 seconds, and comes and goes."""

from __future__ import annotations

import threading

from tests.soak.device import Device
from tests.soak.faults.fault import Fault
from tests.soak.ground import SECOND
from tests.soak.proxy import Proxy, Weather, lossy
from tests.soak.run import Run, demand

LOSS = 0.3
LATENCY, SHORT_LATENCY = 3.0, 0.05  # seconds of each exchange: in the campaign, and in `make test`
EDITS, BURSTS = 10, 4


def bad_line(run: Run) -> None:
    """Two tablets type and send in bursts; all is delivered, each tablet's in its order."""
    review = run.review()
    weather = Weather(lossy(run.chance, LOSS), LATENCY if run.full else SHORT_LATENCY)
    with Proxy(run.ground.server.port, weather) as proxy:
        tablets = [run.tablet(review, port=proxy.port), run.tablet(review, SECOND, proxy.port)]
        over = threading.Event()
        flapping = threading.Thread(target=_flap, args=(run, proxy, over))
        flapping.start()
        try:
            for _ in range(BURSTS):
                for tablet in tablets:
                    _type_own(run, tablet, review)
                    tablet.flush()
            run.settle()
        finally:
            over.set()
            flapping.join()
        for tablet in tablets:
            seqs = [tablet.told.operations[one["op_id"]]["seq"] for one in tablet.receipts_seen]
            first_seen = list(dict.fromkeys(seqs))
            demand(first_seen == sorted(first_seen), "receipts came out of order")
            demand(len(tablet.told.receipts) == BURSTS * EDITS, "not everything was delivered")
            tablet.line.hang_up()
        run.facts["exchanges lost"] += proxy.struck


def _type_own(run: Run, tablet: Device, review: str) -> None:
    """Ratings and notes of the tablet's own: nothing here is a matter of two people."""
    for _ in range(EDITS):
        run.chance.choice((run.rate, run.note, run.rewrite))(tablet, review)


def _flap(run: Run, proxy: Proxy, over: threading.Event) -> None:
    unit = 1.0 if run.full else 0.05
    while not over.wait(run.chance.uniform(4, 12) * unit):
        proxy.fall()
        over.wait(run.chance.uniform(0.5, 3) * unit)
        proxy.rise()
        run.facts["line fell"] += 1


FAULTS = (Fault("F14", "30% loss, 3 s latency, flapping", 50, bad_line, at_once=10),)
