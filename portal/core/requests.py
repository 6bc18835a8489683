"""What every request and response gets: an id, a nonce, and the security headers."""

from __future__ import annotations

import secrets

from flask import Flask, Request, Response, abort, current_app, g, request
from werkzeug.datastructures import ImmutableMultiDict

from portal.core.config import Settings


class PortalRequest(Request):
    """A request whose form holds no NUL, so that no verb meets text that PostgreSQL cannot keep."""

    def _load_form_data(self) -> None:
        super()._load_form_data()
        pairs = list(self.form.items(multi=True))
        if any("\x00" in value for _, value in pairs):
            cleaned = [(name, value.replace("\x00", "")) for name, value in pairs]
            self.__dict__["form"] = ImmutableMultiDict(cleaned)


def _begin() -> None:
    g.request_id = secrets.token_hex(8)
    g.csp_nonce = secrets.token_urlsafe(16)
    if "\x00" in request.path:  # PostgreSQL takes no such text, so nothing has it for its name
        abort(404)
    if any("\x00" in value for _, value in request.args.items(multi=True)):
        abort(400)


def _policy(nonce: str) -> str:
    return "; ".join(
        (
            "default-src 'self'",
            f"script-src 'self' 'nonce-{nonce}'",
            "style-src 'self'",
            "img-src 'self' data:",
            "object-src 'none'",
            "base-uri 'none'",
            "form-action 'self'",
            "frame-ancestors 'none'",
        )
    )


def _finish(response: Response) -> Response:
    headers = response.headers
    if response.status_code != 304:  # it would replace the policy of the page kept, and with it the nonce
        headers["Content-Security-Policy"] = _policy(getattr(g, "csp_nonce", ""))
    headers["X-Content-Type-Options"] = "nosniff"
    headers["Referrer-Policy"] = "same-origin"
    headers["X-Frame-Options"] = "DENY"
    headers["Permissions-Policy"] = "camera=(), geolocation=(), microphone=()"
    headers["Cross-Origin-Opener-Policy"] = "same-origin"
    headers["X-Request-Id"] = getattr(g, "request_id", "")
    settings: Settings = current_app.config["SETTINGS"]
    if request.is_secure or settings.secure_cookies:  # a proxy may speak HTTPS for the portal
        headers["Strict-Transport-Security"] = "max-age=31536000; includeSubDomains"
    if request.endpoint != "static" and "Cache-Control" not in headers:
        headers["Cache-Control"] = "no-store"
    return response


def init_app(app: Flask) -> None:
    app.request_class = PortalRequest
    app.before_request(_begin)
    app.after_request(_finish)
