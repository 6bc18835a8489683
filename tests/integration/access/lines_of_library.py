"""The matrix of the practice library: see `lines`. Everybody with a role reads; suppliers' people write."""

from __future__ import annotations

from tests.integration.access.line import get, post

M = "/library/<string:key>"
LIST = "s sf *** *** ** *** * *******"
READ = "s sn *** *** ** *** * *******"
NEW = "s sf fff *** ff fff f fff**ff"
# A material of a file: whichever supplier changes it first takes it over.
EDIT = "s sn fff *** ff fff f fff**ff"
ON = "library"
LINES = [
    get("/library", LIST),
    get("/library.csv", LIST),
    get("/library/new", NEW),
    post("/library/new", NEW, may="i"),
    get(M, READ, on=ON),
    get(M + "/file", READ, on=ON),
    get(M + "/history", READ, on=ON),
    get(M + "/versions/<int:number>", READ, on=ON, may="n", number="1"),  # nobody has changed it
    get(M + "/edit", EDIT, on=ON),
    post(M + "/edit", EDIT, on=ON, may="b"),  # an empty form changes nothing
    post(M + "/retire", EDIT, on=ON, send={"version": "1"}),
    post(M + "/put-back", EDIT, on=ON, may="b"),  # it is not retired
]
