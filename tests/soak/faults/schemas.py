"""F11: the shape of an edit changes under a tablet: one step up, one back; and an item is retired.

The portal of the next shape is this one with an upcaster more, served from the campaign's own process.
"""

from __future__ import annotations

import threading
from collections.abc import Iterator, Mapping
from contextlib import contextmanager
from typing import Any
from unittest import mock

from werkzeug.serving import WSGIRequestHandler, make_server

from portal.reviews.offline.rules import schema
from tests.soak.device import Device
from tests.soak.faults.fault import Fault
from tests.soak.run import Run, demand
from tests.support.loopback import free_port

EDITS = 6
PRESENT = schema.CURRENT
NEXT = PRESENT + 1
RETIRED = "an-item-that-was-retired"


def shapes(run: Run) -> None:
    """Each run: up with an old outbox, two up, back with a new one, and an item that is gone."""
    review = run.review()
    with _next_portal(run) as port:
        behind = run.tablet(review)
        behind.line.port = port
        behind.schema = PRESENT
        behind.edit(review, "rating", run.item(), {"because": run.words()})
        run.type(behind, review, EDITS)
        behind = run.reopen(behind)  # an outbox of the old shape opens
        run.settle(behind)
        demand(_outcomes(behind) == {"applied"}, f"the shape before came out {_outcomes(behind)}")
        far = run.tablet(review)
        far.line.port, far.schema = port, NEXT - 2
        run.type(far, review, EDITS)
        run.settle(far)
        demand(_outcomes(far) == {"quarantined"}, f"two shapes behind came out {_outcomes(far)}")
    ahead = run.tablet(review)  # a rollback: the tablet has the newer shape
    ahead.schema = NEXT
    run.type(ahead, review, EDITS)
    run.settle(ahead)
    demand(_outcomes(ahead) == {"quarantined"}, f"a shape ahead came out {_outcomes(ahead)}")
    retired = run.tablet(review)
    retired.edit(review, "rating", RETIRED, {"rating": 4, "rationale": run.words()})
    run.settle(retired)
    demand(_outcomes(retired) == {"quarantined"}, f"a retired item came out {_outcomes(retired)}")
    run.facts["shapes"] += 4


class _Quiet(WSGIRequestHandler):
    """Writes no line for each request."""

    def log_request(self, code: int | str = "-", size: int | str = "-") -> None:
        """Say nothing."""


def _upcast(operation: Mapping[str, Any]) -> dict[str, Any]:
    """The next shape says `rationale` where this one is made to say `because`."""

    def renamed(fields: Mapping[str, Any]) -> dict[str, Any]:
        return {"rationale" if name == "because" else name: value for name, value in fields.items()}

    return {**operation, "fields": renamed(operation["fields"]), "base": renamed(operation["base"])}


@contextmanager
def _next_portal(run: Run) -> Iterator[int]:
    """Serve the database with the next shape. Yields the port."""
    port = free_port()
    server = make_server("127.0.0.1", port, run.ground.app, threaded=True, request_handler=_Quiet)
    serving = threading.Thread(target=server.serve_forever, kwargs={"poll_interval": 0.02}, daemon=True)
    with (
        mock.patch.object(schema, "CURRENT", NEXT),
        mock.patch.dict(schema.UPCASTERS, {PRESENT: _upcast}),
    ):
        serving.start()
        try:
            yield port
        finally:
            server.shutdown()
            serving.join()
            server.server_close()


def _outcomes(tablet: Device) -> set[str]:
    return {receipt["outcome"] for receipt in tablet.told.receipts.values()}


FAULTS = (Fault("F11", "Shape of edits up and back; item retired", 20, shapes),)
