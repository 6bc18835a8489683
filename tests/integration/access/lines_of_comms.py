"""The matrix of communications: see `lines`. They are North's; the newsletter is everybody's."""

from __future__ import annotations

from tests.integration.access import expected as who
from tests.integration.access import world
from tests.integration.access.comms import DRAFT, ENTRY, SENT
from tests.integration.access.line import get, post

C, E = "/communications", "/communications/<uuid:entry_id>"
N = "/communications/newsletters/<uuid:newsletter_id>"
KEEPS = "s sn nnn *** nn nnn n nnnnnnn"
KEEPERS = "s sf fff *** ff fff f fff**ff"  # of any supplier
VERSION = {"version": "1"}
OF_NORTH = {"supplier": str(world.id_of("north"))}
CALENDAR = [
    get(C, KEEPERS),
    get(C + ".csv", KEEPERS),
    get(C + "/new", KEEPERS),
    post(C + "/new", KEEPERS, may="i"),
    get(E, KEEPS, ENTRY),
    get(E + "/edit", KEEPS, ENTRY),
    post(E + "/edit", KEEPS, ENTRY, "i", {"title": ""}),
    post(E + "/do/<string:action>", KEEPS, ENTRY, send=VERSION, action="begin"),
    post(E + "/do/<string:action>", KEEPS, ENTRY, "r", VERSION, action="finish"),
    post(E + "/do/<string:action>", KEEPS, ENTRY, "n", VERSION, action="burn"),
]
NEWSLETTERS = [
    get(C + "/newsletters", KEEPERS),
    get(C + "/newsletters/new", KEEPERS),
    post(C + "/newsletters/new", KEEPERS, may="i"),
    get(N, KEEPS, DRAFT),
    get(N, KEEPS, SENT),
    get(N + "/mail.html", KEEPS, DRAFT),
    get(N + "/compose", KEEPS, DRAFT),
    post(N + "/compose", KEEPS, DRAFT, "i", {"subject": ""}),
    get(N + "/compose", KEEPS, SENT, "r"),
    post(N + "/test", KEEPS, DRAFT),
    get(N + "/send", KEEPS, DRAFT),
    post(N + "/send", KEEPS, DRAFT, "i"),
    post(N + "/send", KEEPS, DRAFT, send={"version": "1", "sure": "y"}),
    get(N + "/send", KEEPS, SENT, "r"),
    post(N + "/send", KEEPS, SENT, "r"),
]
PUBLIC = [
    get("/newsletter", who.PUBLIC),
    get("/newsletter/<uuid:newsletter_id>", who.PUBLIC, SENT),
    get("/newsletter/<uuid:newsletter_id>", who.PUBLIC, DRAFT, "n"),
    get("/newsletter/subscribe", who.PUBLIC),
    post("/newsletter/subscribe", who.PUBLIC, may="i"),
    get("/newsletter/asked", who.PUBLIC),
    *(
        make(f"/newsletter/{what}/<string:token>", who.PUBLIC, may="n", token="guessed")
        for what in ("confirm", "stop")
        for make in (get, post)
    ),
    get("/newsletter/mine", who.SIGNED_IN),
    post("/newsletter/mine/<any(start,stop):action>", who.SIGNED_IN, send=OF_NORTH, action="start"),
    post("/newsletter/mine/<any(start,stop):action>", who.SIGNED_IN, may="b", send=OF_NORTH, action="stop"),
    post("/newsletter/mine/<any(start,stop):action>", who.SIGNED_IN, may="n", action="start"),  # whose?
]
LINES = [*CALENDAR, *NEWSLETTERS, *PUBLIC]
