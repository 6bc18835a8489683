"""The first page: for each role what is theirs to do; for anybody else what the portal is."""

from __future__ import annotations

from flask import Blueprint, render_template

from portal.accounts.current import current_actor
from portal.core.access import Public, access

blueprint = Blueprint("home", __name__)


@blueprint.get("/")
@access(Public("the first page; it shows only what the person signed in may see"))
def index() -> str:
    return render_template("pages/welcome.html", actor=current_actor())
