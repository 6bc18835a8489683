"""The matrix of surveys: see `lines`. The surveys are North's; only Alder's staff was invited."""

from __future__ import annotations

from tests.integration.access import expected as who
from tests.integration.access.line import get, post
from tests.integration.access.surveys import CLOSED, DRAFT, LINK, NAMED, OPEN, TOKEN

S = "/surveys/<uuid:survey_id>"
BY_LINK = "/surveys/open/<string:token>"
ACT = S + "/<any(send, remind):action>"
SURE = S + "/<any(close, discard):action>"
INVITED = "s sn n*n nnn nn nnn n nnnnnnn"
MANAGERS = "s sf fff *** ff fff f fff**ff"  # of any supplier
READERS = "s sf fff *** ff **f f fff**ff"
MANAGES = "s sn nnn *** nn ffn n nnnnnnn"
READS = "s sn nnn *** nn **n n nnnnnnn"
GROUP = "s sn nnn *** nn nnn n nnnnnnn"
MISSING = who.MISSING
LAST = {"section": "3", "overall": "good"}
ANSWERING = [
    get("/surveys", who.SIGNED_IN),
    get(S + "/answer", INVITED, OPEN),
    get(S + "/answer", INVITED, CLOSED, "o"),  # they have answered
    get(S + "/answer", "s sn nnn nnn nn nnn n nnnnnnn", DRAFT),
    post(S + "/answer", INVITED, OPEN, send=LAST),
    post(S + "/answer", INVITED, OPEN, "i", {"section": "1", "overall": "superb"}),
    get(S + "/thanks", INVITED, CLOSED),
    get(BY_LINK, who.PUBLIC, LINK, token=TOKEN),
    get(BY_LINK, who.PUBLIC, may="n", token="guessed"),
    post(BY_LINK, who.PUBLIC, LINK, "w", {"section": "2", "use": "read"}, token=TOKEN),
    post(BY_LINK, who.PUBLIC, may="n", token="guessed"),
    get(BY_LINK + "/thanks", who.PUBLIC, LINK, token=TOKEN),
]
MANAGING = [
    get("/surveys/manage", MANAGERS),
    get("/surveys/new", MANAGERS),
    post("/surveys/new", MANAGERS, may="i"),
    get(S, MANAGES, DRAFT),
    get(S, MANAGES, OPEN),
    get(S + "/edit", MANAGES, DRAFT),
    post(S + "/edit", MANAGES, DRAFT, "i", {"title": ""}),
    post(ACT, MANAGES, DRAFT, "w", {"version": "1"}, action="send"),
    post(ACT, MANAGES, DRAFT, "r", action="send"),  # without the version that they saw
    post(SURE, MANAGES, DRAFT, "w", {"version": "1"}, action="discard"),
    post(SURE, MANAGES, OPEN, "r", {"version": "2"}, action="discard"),
    post(ACT, MANAGES, OPEN, "r", action="remind"),  # they were written to today
    post(SURE, MANAGES, OPEN, "w", {"version": "2"}, action="close"),
    get(SURE, MANAGES, OPEN, action="close"),
    get(SURE, MANAGES, CLOSED, "r", action="close"),
    get(SURE, MANAGES, DRAFT, action="discard"),
    get(S + "/codes.csv", MANAGES, OPEN, "n"),  # it has none
    get("/surveys/focus-groups", MANAGERS),
    get("/surveys/focus-groups/new", MANAGERS),
    post("/surveys/focus-groups/new", MANAGERS, may="i"),
    get("/surveys/focus-groups/<uuid:group_id>", GROUP, "survey-group"),
    post("/surveys/focus-groups/<uuid:group_id>", GROUP, "survey-group", "i", {"topic": ""}),
]
READING = [
    get("/surveys/results", READERS),
    get(S + "/results", READS, OPEN),
    get(S + "/results", READS, CLOSED),
    get(S + "/results", "s sn nnn nnn nn nnn n nnnnnnn", DRAFT),
    get(S + "/results.csv", READS, CLOSED),
    get(S + "/written/<string:key>", MANAGES, CLOSED, "n", key="helped"),  # fewer than five wrote
    get(S + "/themes", MANAGES, CLOSED),
    post(S + "/themes", MANAGES, CLOSED, "i"),
    post(S + "/themes/<uuid:theme_id>/remove", MANAGES, CLOSED),
]
NAMING = [
    get(S + "/people", MANAGES, NAMED),
    get(S + "/people", MISSING, OPEN),  # it is anonymous
    get(S + "/people.csv", MANAGES, NAMED),
    get(S + "/people.csv", MISSING, CLOSED),
    get(S + "/people/<uuid:person_id>", MANAGES, NAMED),
    get(S + "/people/<uuid:person_id>", MISSING, CLOSED),
    get(S + "/mine", INVITED, NAMED),
    get(S + "/mine", MISSING, CLOSED),  # who answered it learns no more than anybody
]
LINES = [*ANSWERING, *MANAGING, *READING, *NAMING]
