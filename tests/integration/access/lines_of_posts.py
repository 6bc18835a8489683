"""The matrix of EISM posts: see `lines`."""

from __future__ import annotations

from tests.integration.access import expected as who
from tests.integration.access.line import Line, get, post
from tests.integration.access.posts import THING

AT = "/workforce/eisms"
# The lead manager of the contract keeps the posts; buyer and governance reader read those of every contract.
LIST = "s sf fff ff* ff **f f ffff*ff"
READ = "s sn nnn nn* nn **n n nnnnnnn"
EDIT = "s sn nnn nn* nn ffn n nnnnnnn"
POST, PERSON = AT + "/posts/<uuid:post_id>", AT + "/people/<uuid:eism_id>"
HOLDING, LEAVE, CHECK = (
    f"{AT}/{name}/<uuid:{key}_id>"
    for name, key in (("holdings", "holding"), ("leave", "leave"), ("checks", "check"))
)
SEEN = {"version": "1"}


def _form(rule: str, may: str, **fill: str) -> list[Line]:
    """A page with a form, and what an empty one gets: without its version, a change is of no known state."""
    return [get(rule, EDIT, THING, **fill), post(rule, EDIT, THING, may, **fill)]


LINES = [
    get(AT, LIST),
    get(AT + ".csv", LIST),
    get(AT + "/forecast", LIST),
    get(AT + "/placement", LIST),
    get(AT + "/quarters/<string:period>", LIST, period="2026-Q1"),
    get(AT + "/quarters/<string:period>.csv", LIST, period="2026-Q1"),
    get(AT + "/posts/new", who.LEAD_MANAGERS),
    post(AT + "/posts/new", who.LEAD_MANAGERS, may="i"),
    get(POST, READ, THING),
    *_form(POST + "/edit", "r"),
    *_form(POST + "/close", "r"),
    *_form(POST + "/holdings/new", "i"),
    *_form(HOLDING + "/hours", "i"),
    *_form(HOLDING + "/end", "r"),
    post(HOLDING + "/remove", EDIT, THING, send=SEEN),
    get(PERSON, EDIT, THING),
    *_form(PERSON + "/edit", "r"),
    *_form(PERSON + "/leave/new", "i"),
    *_form(PERSON + "/checks/new", "i"),
    *_form(PERSON + "/skills/new", "i"),
    *_form(PERSON + "/capacity/<int:year>", "i", year="2026"),
    post(PERSON + "/skills/<string:key>/remove", EDIT, THING, key="data"),
    *_form(LEAVE, "r"),
    post(LEAVE + "/remove", EDIT, THING, send=SEEN),
    *_form(CHECK, "r"),
    post(CHECK + "/remove", EDIT, THING, send=SEEN),
]
