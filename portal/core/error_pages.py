"""One page per kind of error, each saying what happened, whether work is safe, and what to do."""

from __future__ import annotations

import logging

from flask import Flask, jsonify, render_template, request
from flask.typing import ResponseReturnValue
from werkzeug.exceptions import HTTPException

from portal.core.db import db
from portal.core.errors import Forbidden, NotFound, PortalError, Refused

log = logging.getLogger("portal")
PAGES = {400, 403, 404, 405, 409, 413, 429, 500}


def wants_json() -> bool:
    """Whether the page's own script is asking (it says so), rather than a person's browser."""
    return request.accept_mimetypes.best == "application/json"


def error_page(code: int, reason: str = "") -> ResponseReturnValue:
    """The page for a code; `reason` is a sentence of ours, never of an exception's own text."""
    if wants_json():
        return jsonify(error=reason or "refused", code=code), code
    template = f"errors/{code}.html" if code in PAGES else "errors/default.html"
    return render_template(template, reason=reason, code=code), code


def _http_error(error: HTTPException) -> ResponseReturnValue:
    if error.response is not None:  # a redirect raised as an exception
        return error
    code = error.code or 500
    page = error_page(code)
    if code == 405 and isinstance(page, tuple) and error.get_headers():
        allow = dict(error.get_headers(request.environ)).get("Allow", "")
        return *page, {"Allow": allow}
    return page


def _unexpected(error: Exception) -> ResponseReturnValue:
    db.session.rollback()
    log.exception("Unexpected error on %s", request.endpoint)
    return error_page(500)


def init_app(app: Flask) -> None:
    app.register_error_handler(HTTPException, _http_error)
    app.register_error_handler(NotFound, lambda error: error_page(404, error.reason))
    app.register_error_handler(Forbidden, lambda error: error_page(403, error.reason))
    app.register_error_handler(Refused, lambda error: error_page(409, error.reason))
    app.register_error_handler(PortalError, lambda error: error_page(400, error.reason))
    if not app.testing:
        app.register_error_handler(Exception, _unexpected)
