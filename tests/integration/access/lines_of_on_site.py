"""The matrix of work on site without a network: see `lines`."""

from __future__ import annotations

from tests.integration.access import expected as who
from tests.integration.access.line import get, post, put
from tests.integration.access.on_site import REVIEW

API = "/on-site/api"
PAGE = "/reviews/<uuid:assessment_id>/on-site"
HELD = PAGE + "/held/<uuid:op_id>"
LOST = PAGE + "/devices/<uuid:check_out_id>/lost"
OWNER = "s sn nnn nnn nn nnn n nnnnnnn *nnn"
CLIENT = [
    get("/on-site/", who.PUBLIC),
    get("/on-site/worker.js", who.PUBLIC),
    get("/on-site/manifest.webmanifest", who.PUBLIC),
    get(API + "/me", who.SIGNED_IN),
    get(API + "/packs/<uuid:assessment_id>", who.OWN_SHEET, REVIEW),
    post(API + "/check-outs", "s sn ffn fnf nn nnn n nnnnnnn ***f", "", "w", {"JSON": "check-out"}),
    post(API + "/check-outs/<uuid:check_out_id>/return", OWNER, REVIEW, "w", {"JSON": "return"}),
    post(API + "/sync", "s sf fff fff ff fff f fffffff *fff", "", "w", {"JSON": "sync"}),
    post(API + "/deposit", who.PUBLIC, "", "f", {"JSON": "sync"}),  # it needs the device's own secret
    get(API + "/photos/<uuid:photo_id>", OWNER, REVIEW),
    put(API + "/photos/<uuid:photo_id>", OWNER, REVIEW, "i"),  # without saying where the piece begins
]
PAGES = [
    get(PAGE, who.INSIDE_EARLY, REVIEW),
    get(PAGE, who.INSIDE, "review-moderation"),
    get(PAGE, who.INSIDE, "review-published"),
    get(LOST, "s sn nnn nn* nn nnn n nnnnnnn *oon", REVIEW),
    post(LOST, "s sn nnn nn* nn nnn n nnnnnnn *ffn", REVIEW),
    get(PAGE + "/photos/<uuid:photo_id>", who.INSIDE_EARLY, REVIEW),
    get(HELD, who.INSIDE_EARLY, REVIEW),
    post(HELD, "s sn nnn nnf nn nnn n nnnnnnn *ffn", REVIEW, "i"),  # no field is chosen
    post(HELD + "/aside", "s sn nnn nnf nn nnn n nnnnnnn *ffn", REVIEW),
    post(HELD + "/again", who.INSIDE_EARLY, REVIEW, "r"),  # it was not set aside
    get("/on-site/import", who.SIGNED_IN),
    post("/on-site/import", who.SIGNED_IN, may="i"),
]
LINES = [*CLIENT, *PAGES]
