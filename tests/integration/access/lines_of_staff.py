"""The matrix of services' workforce: see `lines`. Only Alder's manager keeps the records of its services."""

from __future__ import annotations

from tests.integration.access.line import Line, get, post
from tests.integration.access.staff import ON

S = "/services/<key>/workforce"
RECORDS = "/workforce/staff"
MEMBER = RECORDS + "/people/<uuid:member_id>"
NATIONAL = "/workforce/national"
FIGURES = "s sn **n *n* ** nnn n nnnnnnn"
NAMES = "s sn **n *n* ff nnn n nnnnnnn"  # commissioners know that there are people
KEEPS = "s sn *fn fnf ff nnn n nnnnnnn"
KEEPS_NAMED = "s sn *fn fnf nn nnn n nnnnnnn"
READS = "s sf fff ff* ff **f f ffff*ff"
KEEPS_STRATEGY = "s sf fff ff* ff *ff f ffff*ff"
KEEPS_ACTION = "s sn nnn nn* nn *fn n nnnnnnn"
SEEN = {"version": "2"}


def _form(rule: str, pattern: str, on: str = ON, may: str = "i") -> list[Line]:
    """A page with a form, and what one gets that says too little; `r`: nor which version they saw."""
    return [
        get(rule, pattern, on),
        post(rule, pattern, on, may, {"kind": "team-supervision"} if may == "i" else {}),
    ]


LINES = [
    get(S, FIGURES, "draft"),
    get(S + ".csv", NAMES, "draft"),
    *_form(S + "/people/new", KEEPS, "draft"),
    *_form(S + "/funded", KEEPS, "draft"),
    *_form(S + "/log", KEEPS, "draft"),
    *_form(S + "/caseloads", KEEPS, "draft"),
    *_form(MEMBER + "/edit", KEEPS_NAMED, may="r"),
    *_form(MEMBER + "/end", KEEPS_NAMED, may="r"),
    *_form(MEMBER + "/terms", KEEPS_NAMED),
    post(MEMBER + "/terms/take-back", KEEPS_NAMED, ON, "o", SEEN),  # nothing has changed yet
    post(MEMBER + "/put-back", KEEPS_NAMED, ON, send=SEEN),
    post(MEMBER + "/remove", KEEPS_NAMED, ON, send=SEEN),
    post(RECORDS + "/funded/<uuid:funding_id>/remove", KEEPS, ON),
    post(RECORDS + "/log/<uuid:entry_id>/remove", KEEPS, ON),
    get(NATIONAL, READS),
    get(NATIONAL + ".csv", READS),
    get(NATIONAL + "/actions/new", KEEPS_STRATEGY),
    post(NATIONAL + "/actions/new", KEEPS_STRATEGY, may="i"),
    *_form(NATIONAL + "/actions/<uuid:action_id>", KEEPS_ACTION, may="r"),
]
