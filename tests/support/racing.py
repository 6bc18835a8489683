"""Several people who do something at one moment."""

from __future__ import annotations

import threading
from collections.abc import Callable

from flask import Flask, has_app_context

from portal.core.db import db

PATIENCE = 120  # seconds, on a machine that tests other things


def race(app: Flask, *runs: Callable[[], object]) -> list[object]:
    """Let go of all at one moment, each in a thread of its own. Returns what each gave or raised."""
    if has_app_context():
        db.session.remove()  # the test's own transaction stands in nobody's way
    ready, ends = threading.Barrier(len(runs)), [object()] * len(runs)

    def go(place: int) -> None:
        with app.app_context():
            try:
                ready.wait(PATIENCE)
                ends[place] = runs[place]()
            except Exception as error:  # noqa: BLE001  whatever it was, the test looks at it
                ends[place] = error
            finally:
                db.session.remove()

    threads = [threading.Thread(target=go, args=(place,)) for place in range(len(runs))]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join(PATIENCE)
    return ends
