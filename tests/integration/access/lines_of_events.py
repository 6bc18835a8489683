"""The matrix of events: see `lines`. The events are North's; everybody signed in may book."""

from __future__ import annotations

from tests.integration.access import expected as who
from tests.integration.access.events import INSIDE, OPEN, PLANNED
from tests.integration.access.line import get, post

E = "/events/<uuid:event_id>"
ORGANISES = "s sn nnn *** nn nnn n nnnnnnn"
ORGANISERS = "s sf fff *** ff fff f fff**ff"  # of any supplier
READS_PLAN = "s sf fff *** ff **f f fff**ff"
REASON = {"because": "The room is closed", "version": "2"}
PUBLIC_PAGES = [
    get("/events", who.PUBLIC),
    get("/events/calendar.ics", who.PUBLIC),
    get("/events/month/<string:month>", who.PUBLIC, month="2026-11"),
    get("/events/month/<string:month>", who.PUBLIC, may="n", month="never"),
    get(E, who.PUBLIC, OPEN),
    get(E, who.SIGNED_IN, INSIDE),
    get(E, ORGANISES, PLANNED),
    get(E + "/event.ics", who.PUBLIC, OPEN),
    get(E + "/event.ics", who.SIGNED_IN, INSIDE),
]
OWN = [
    get("/events/mine", who.SIGNED_IN),
    get("/events/mine.ics", who.SIGNED_IN),
    post(E + "/book", who.SIGNED_IN, OPEN),
    post(E + "/book", who.SIGNED_IN, INSIDE),
    post(E + "/book", ORGANISES, PLANNED, "n"),
    post(E + "/give-back", who.SIGNED_IN, OPEN, "r"),  # nobody has booked
    get(E + "/check-in", who.SIGNED_IN, OPEN),
    post(E + "/check-in", who.SIGNED_IN, OPEN, "i"),
    get(E + "/feedback", who.SIGNED_IN, OPEN, "f"),  # nobody was there
    post(E + "/feedback", who.SIGNED_IN, OPEN, "f", {"rating": "good"}),
    get(E + "/materials/<uuid:material_id>", ORGANISES, OPEN),
]
ORGANISING = [
    get("/events/manage", ORGANISERS),
    get("/events/new", ORGANISERS),
    post("/events/new", ORGANISERS, may="i"),
    get(E + "/edit", ORGANISES, OPEN),
    post(E + "/edit", ORGANISES, OPEN, "r"),  # without the version that they saw
    post(
        E + "/<any(publish, hold, reopen):action>",
        ORGANISES,
        PLANNED,
        "w",
        {"version": "1"},
        action="publish",
    ),
    post(E + "/<any(publish, hold, reopen):action>", ORGANISES, OPEN, "r", {"version": "2"}, action="hold"),
    post(E + "/<any(publish, hold, reopen):action>", ORGANISES, OPEN, "r", {"version": "2"}, action="reopen"),
    get(E + "/move", ORGANISES, OPEN),
    post(E + "/move", ORGANISES, OPEN, "i"),
    get(E + "/cancel", ORGANISES, OPEN),
    post(E + "/cancel", ORGANISES, OPEN, send=REASON),
    get(E + "/people", ORGANISES, OPEN),
    post(E + "/people", ORGANISES, OPEN, send={"email": "staff@example.org"}),
    get(E + "/people.csv", ORGANISES, OPEN),
    post(E + "/attendance", ORGANISES, OPEN, "r"),  # it has not begun
    get(E + "/people/<uuid:person_id>/give-back", ORGANISES, OPEN, "n"),
    post(E + "/people/<uuid:person_id>/give-back", ORGANISES, OPEN, "r"),  # they have not booked
    get(E + "/room", ORGANISES, OPEN),
    post(E + "/room", ORGANISES, OPEN, "r"),  # it is on another day
    get(E + "/materials", ORGANISES, OPEN),
    post(E + "/materials", ORGANISES, OPEN, send={"title": "Recording", "link": "https://example.org/v"}),
    post(E + "/materials/<uuid:material_id>/remove", ORGANISES, OPEN),
    post(E + "/notes", ORGANISES, OPEN, send={"text": "Start earlier"}),
    get(E + "/results", ORGANISES, OPEN),
]
PLANS = [
    get("/events/plan", READS_PLAN),
    get("/events/plan.csv", READS_PLAN),
    post("/events/plan", ORGANISERS, may="i"),
    post("/events/plan/lines/<uuid:line_id>/remove", ORGANISES, OPEN),
    post("/events/plan/fix", ORGANISERS, may="r"),  # nothing is planned for this quarter
]
LINES = [*PUBLIC_PAGES, *OWN, *ORGANISING, *PLANS]
