"""The matrix of learning: see `lines`. Everybody signed in learns; few see what others learned."""

from __future__ import annotations

from tests.integration.access import expected as who
from tests.integration.access.line import get, post

M = "/learning/<string:key>"
PERSON = "/learning/people/<uuid:person_id>"
DONE = PERSON + "/completions/<uuid:completion_id>"
CERTIFICATE = "/learning/certificates/<string:code>"
# Managers of a provider, and EISMs and lead managers, of any contract.
READERS = "s sf *ff *** ff fff f *ff**ff ****"
READ = "s sn *nn *n* nn nnn n nnnnnnn"
RECORD = "s sn *nn fnf nn nnn n nnnnnnn"
OWN = "s sn n*n nnn nn nnn n nnnnnnn"
# The quiz sends whoever has not read the pages to the first of them.
QUIZ = "s so oyo ooo oo ooo o ooooooo"
S, COURSE = "/services/<key>", "/learning/host-teams/courses/<uuid:session_id>"
NATIONAL = "s sf fff ff* ff **f f ffff*ff"
NO_CODE = "K7MQ-3RTX-9HWD-CJ4N-PVGY"
LINES = [
    get("/learning", who.SIGNED_IN),
    get(M, who.SIGNED_IN, on="learning"),
    post(M + "/start", "s sw wow www ww www w wwwwwww", on="learning"),
    get(M + "/pages/<int:number>", who.SIGNED_IN, on="learning", number="1"),
    post(M + "/pages/<int:number>", "s sw wow www ww www w wwwwwww", on="learning", number="1"),
    get(M + "/quiz", QUIZ, on="learning"),
    post(M + "/quiz", QUIZ.replace("y", "i"), on="learning"),
    get(M + "/attempts/<uuid:attempt_id>", OWN, on="learning"),
    get(CERTIFICATE, who.PUBLIC, may="n", code=NO_CODE),
    get(CERTIFICATE, who.PUBLIC, on="learning"),
    get(CERTIFICATE + "/certificate.pdf", OWN, on="learning"),
    get("/learning/people", READERS),
    get("/learning/people.csv", READERS),
    get("/learning/uptake", READERS),
    get("/learning/uptake.csv", READERS),
    get(PERSON, READ, on="learning"),
    get(PERSON + "/record", RECORD, on="learning"),
    post(PERSON + "/record", RECORD, on="learning", may="i"),
    get(PERSON + "/required", RECORD, on="learning"),
    post(PERSON + "/required", RECORD, on="learning", send={"set_key": "senior", "version": "0"}, may="i"),
    get(DONE + "/file", READ, on="learning"),
    post(DONE + "/withdraw", RECORD, on="learning"),
    get("/learning/host-teams", READERS),
    get("/learning/host-teams.csv", READERS),
    get("/learning/host-teams/courses", READERS),
    get(S + "/clinical-courses", READ, on="draft"),
    get(S + "/clinical-courses.csv", READ, on="draft"),
    get(S + "/clinical-courses/new", READ, on="draft"),
    post(S + "/clinical-courses/new", READ, on="draft", may="i"),
    get(COURSE, READ, on="learning"),
    post(COURSE, READ, on="learning", may="r"),
    post(COURSE + "/cancel", READ, on="learning", send={"version": "1"}),
    post(COURSE + "/put-back", READ, on="learning", may="o", send={"version": "1"}),  # it is not cancelled
    get("/learning/gate", READERS),
    get("/learning/gate.csv", READERS),
    get(S + "/training-before-clients", READ, on="draft"),
    get(S + "/training-before-clients.csv", READ, on="draft"),
    get("/workforce/national/training", NATIONAL),
    get("/workforce/national/training.csv", NATIONAL),
]
