"""Bringing in a file of edits: choosing it, and what became of them."""

from __future__ import annotations

from typing import Any

from flask import render_template, request
from flask.typing import ResponseReturnValue

from portal.accounts.access import SignedIn
from portal.accounts.current import current_actor
from portal.core.access import access
from portal.core.errors import Forbidden, Invalid
from portal.reviews.offline.service.import_file import FIELD, BroughtIn, bring_in
from portal.reviews.offline.strays import strays
from portal.reviews.offline.views.blueprint import blueprint

MOST_MB = 64  # some eighty photos beside the edits


@blueprint.url_value_preprocessor
def _larger(endpoint: str | None, _values: dict[str, Any] | None) -> None:
    """A saved file may be larger than an attachment. This comes before the form’s token is looked for."""
    if endpoint == "offline.read_edits" and current_actor().person_id is not None:
        request.max_content_length = (MOST_MB + 1) * 1_000_000


@blueprint.get("/on-site/import")
@access(SignedIn())
def import_edits() -> ResponseReturnValue:
    return _show()


@blueprint.post("/on-site/import")
@access(SignedIn())
def read_edits() -> ResponseReturnValue:
    upload = request.files.get(FIELD)
    if upload is None or not upload.filename:
        return _show("Choose a file first"), 400
    data = upload.read()
    upload.close()  # a large one lies in a file of its own
    try:
        return _show(done=bring_in(current_actor(), data))
    except Invalid as error:
        return _show(error.problems[FIELD]), 400
    except Forbidden as error:
        return _show(error.reason), 403


def _show(problem: str = "", done: BroughtIn | None = None) -> str:
    return render_template(
        "offline/import.html",
        done=done,
        problem=problem,
        most=MOST_MB,
        strays=strays(current_actor()),
        errors=[{"text": problem, "href": "#upload"}] if problem else [],
    )
