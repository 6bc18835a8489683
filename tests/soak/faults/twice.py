"""F4: an outbox is replayed, once after the other and five times at once; and what the constraint is for."""

from __future__ import annotations

import threading
from typing import Any

from sqlalchemy import create_engine, text

from portal.core.db import set_up_engine
from tests.soak.device import API, Device
from tests.soak.faults.fault import Fault
from tests.soak.line import Answer, Line
from tests.soak.run import Run, demand

RACERS, EDITS = 5, 3


def race(run: Run) -> None:
    """Five sendings of one outbox at a barrier, then the same once more: one row each, one answer."""
    review = run.review()
    tablet = run.tablet(review)
    run.note(tablet, review)
    run.type(tablet, review, EDITS - 1)
    answers = _at_once(tablet)
    demand(all(one.status == 200 for one in answers), f"answers {[one.status for one in answers]}")
    told = [one.body["receipts"] for one in answers]
    demand(all(one == told[0] for one in told), "one outbox, sent five times, was answered differently")
    run.facts["races"] += 1
    tablet.refresh_token()
    again = tablet.line.post(f"{API}/sync", tablet.sending(tablet.told.sendable))
    demand(again.body.get("receipts") == told[0], "a replay was answered differently")
    run.settle()


def _at_once(tablet: Device) -> list[Answer]:
    """The answers to five equal sendings that begin together."""
    tablet.refresh_token()
    body = tablet.sending(tablet.told.sendable)
    barrier = threading.Barrier(RACERS)
    answers: list[Answer] = []

    def send() -> None:
        line = Line(tablet.line.port, tablet.line.cookie, tablet.line.token)
        line.get("/healthz")  # the connection stands before the race begins
        barrier.wait()
        answers.append(line.post(f"{API}/sync", body))
        line.hang_up()

    racers = [threading.Thread(target=send) for _ in range(RACERS)]
    for one in racers:
        one.start()
    for one in racers:
        one.join()
    return answers


def without_constraint(run: Run) -> None:
    """The same race after the key of the table of operations was taken away."""
    if not run.ground.unprotected:
        take_constraint_away(run.ground.database_url)
        run.ground.unprotected = True
    race(run)


def take_constraint_away(database_url: str) -> None:
    """Make the table of operations one that takes an id twice."""
    engine = create_engine(database_url)
    set_up_engine(engine)
    with engine.connect() as connection:
        if engine.dialect.name == "sqlite":
            _rebuild(connection)
        else:
            key = "ALTER TABLE on_site_operations DROP CONSTRAINT pk_on_site_operations CASCADE"
            connection.execute(text(key))
        connection.commit()
    engine.dispose()


def _rebuild(connection: Any) -> None:
    """SQLite drops no key, so the table is made anew without one."""
    connection.commit()
    connection.exec_driver_sql("PRAGMA foreign_keys=OFF")
    connection.exec_driver_sql("PRAGMA legacy_alter_table=ON")  # the other tables go on naming it
    connection.exec_driver_sql("ALTER TABLE on_site_operations RENAME TO had_a_key")
    connection.exec_driver_sql("CREATE TABLE on_site_operations AS SELECT * FROM had_a_key")
    connection.exec_driver_sql("DROP TABLE had_a_key")


FAULTS = (Fault("F4", "Outbox replayed, and five at once", 50, race, control=without_constraint),)
