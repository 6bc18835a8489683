"""The matrix of the recruitment hub and the service finder: see `lines`."""

from __future__ import annotations

from tests.integration.access import expected as who
from tests.integration.access.hub import DRAFT, OPEN, key_of
from tests.integration.access.line import get, post

POSTERS = "s sf *ff ff* ff fff f *fff*ff"  # managers of providers and lead managers, of any service
VACANCY = "s sn *nn nn* nn nnn n nnnnnnn"
V = "/workforce/vacancies/<uuid:vacancy_id>"
JOBS = [
    get("/jobs", who.PUBLIC),
    get("/jobs/<string:key>", who.PUBLIC, key=key_of(OPEN)),
    get("/jobs/<string:key>", who.PUBLIC, may="n", key=key_of(DRAFT)),
    get("/jobs/feed.atom", who.PUBLIC),
    get("/jobs/roles", who.PUBLIC),
    get("/jobs/roles/<string:key>", who.PUBLIC, key="team-leader"),
    get("/jobs/materials", who.PUBLIC),
    get("/jobs/materials/<string:key>", who.PUBLIC, key="advert"),
    get("/jobs/materials/<string:key>.rtf", who.PUBLIC, key="advert"),
    get("/jobs/materials/<string:key>.txt", who.PUBLIC, key="advert"),
    get("/jobs/alerts", who.PUBLIC),
    post("/jobs/alerts", who.PUBLIC, may="i"),
    get("/jobs/alerts/asked", who.PUBLIC),
    *(
        make(f"/jobs/alerts/{what}/<string:token>", who.PUBLIC, may="n", token="guessed")
        for what in ("confirm", "stop")
        for make in (get, post)
    ),
]
VACANCIES = [
    get("/workforce/vacancies", POSTERS),
    get("/workforce/vacancies.csv", POSTERS),
    get("/workforce/vacancies/new", POSTERS),
    post("/workforce/vacancies/new", POSTERS, may="i"),
    get(V, VACANCY, OPEN),
    get(V + "/edit", VACANCY, OPEN),
    post(V + "/edit", VACANCY, OPEN, "i", {"title": ""}),
    get(V + "/kit", VACANCY, OPEN),
    get(V + "/kit.txt", VACANCY, OPEN),
    post(V + "/do/<string:action>", VACANCY, OPEN, send={"version": "2"}, action="fill"),
    post(V + "/do/<string:action>", VACANCY, OPEN, "r", action="fill"),  # without the version seen
    post(V + "/do/<string:action>", VACANCY, OPEN, "r", {"version": "2"}, action="publish"),
    post(V + "/do/<string:action>", VACANCY, OPEN, "n", {"version": "2"}, action="close"),
    post(V + "/do/<string:action>", VACANCY, DRAFT, send={"version": "1"}, action="publish"),
]
P = "/services/<key>/public-page"
FINDER = [
    get("/find-a-service", who.PUBLIC),
    get("/find-a-service/<string:key>", who.PUBLIC, key="alder-final"),
    get("/find-a-service/<string:key>", who.PUBLIC, may="n", key="alder-draft"),
    get(P, who.SERVICE_EDIT, "final"),
    post(P, who.SERVICE_EDIT, "final", "i", {"offers": ""}),
    post(P, who.SERVICE_EDIT, "draft", send={"offers": "Help with work", "version": "0"}),
    post(P + "/<any(publish,hide):action>", who.SERVICE_EDIT, "final", action="hide"),
    post(P + "/<any(publish,hide):action>", who.SERVICE_EDIT, "final", "o", action="publish"),
    post(P + "/<any(publish,hide):action>", who.SERVICE_EDIT, "draft", "r", action="publish"),
]
LINES = [*JOBS, *VACANCIES, *FINDER]
