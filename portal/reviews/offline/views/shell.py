"""The on-site client's shell, worker and manifest: the same for everybody, with nobody's data in them."""

from __future__ import annotations

from flask import Response, make_response, render_template, url_for
from flask.typing import ResponseReturnValue

from portal.core.access import Public, access
from portal.core.assets import asset
from portal.reviews.offline.bundle import build, files
from portal.reviews.offline.views.blueprint import blueprint

EMPTY = "it holds no data; what a person sees in it is on their own device"
REVALIDATED = "no-cache"


@blueprint.get("/on-site/")
@access(Public(EMPTY))
def shell() -> ResponseReturnValue:
    return _kept(render_template("on_site/shell.html", build=build()), "text/html")


@blueprint.get("/on-site/worker.js")
@access(Public(EMPTY))
def worker() -> ResponseReturnValue:
    listed = {"shell": url_for("offline.shell"), "manifest": url_for("offline.manifest"), "assets": files()}
    return _kept(render_template("on_site/worker.js", build=build(), **listed), "text/javascript")


@blueprint.get("/on-site/manifest.webmanifest")
@access(Public(EMPTY))
def manifest() -> ResponseReturnValue:
    icons = [
        {"src": asset("icons/192.png"), "sizes": "192x192", "type": "image/png"},
        {"src": asset("icons/512.png"), "sizes": "512x512", "type": "image/png"},
        {"src": asset("icons/maskable.png"), "sizes": "512x512", "type": "image/png", "purpose": "maskable"},
    ]
    text = render_template("on_site/manifest.webmanifest", icons=icons)
    return _kept(text, "application/manifest+json")


def _kept(body: str, mimetype: str) -> Response:
    """May be kept, and is asked for anew each time it is used with a network."""
    response = make_response(body)
    response.mimetype = mimetype
    response.headers["Cache-Control"] = REVALIDATED
    return response
