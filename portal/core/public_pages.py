"""Pages that anybody may read are kept by browsers and by what stands between, for a few minutes.

    return publicly_cached(render_template("…"))

Only an answer that is the same for everybody is kept: nobody is signed in, it holds no form token and no
message, and it sets no cookie. `Vary: Cookie` has a kept page left alone as soon as somebody signs in.
The page's nonce is kept along with the header that names it (RFC 9111, section 3.2: an answer 304
would replace that header, so `portal.core.requests` sends none then); the ETag leaves the nonce out.
"""

from __future__ import annotations

import hashlib

from flask import Response, g, make_response, request, session
from flask.typing import ResponseReturnValue
from flask_login import current_user

SECONDS = 300
NOT_KEPT = "private, no-store"


def publicly_cached(answer: ResponseReturnValue, seconds: int = SECONDS) -> Response:
    """The answer, to be kept for so many seconds where it is the same for everybody; else never kept.

    Asked again with its ETag it answers 304 without a body. Only a GET or HEAD answered 200 is kept.
    """
    response = make_response(answer)
    response.vary.add("Cookie")
    if not _same_for_everybody(response):
        response.headers["Cache-Control"] = NOT_KEPT
        return response
    response.headers["Cache-Control"] = f"public, max-age={seconds}"
    nonce = str(g.get("csp_nonce", "")).encode()
    body = response.get_data()
    content = body.replace(nonce, b"") if nonce else body
    response.set_etag(hashlib.sha256(content).hexdigest()[:32])
    response.make_conditional(request)
    return response


def _same_for_everybody(response: Response) -> bool:
    """A token is in `g` once a form was drawn; a message shown, or anything else kept, marks the session."""
    plain = request.method in {"GET", "HEAD"} and response.status_code == 200
    personal = current_user.is_authenticated or "csrf_token" in g or session.modified
    return plain and not personal and "Set-Cookie" not in response.headers
