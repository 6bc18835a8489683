"""Certificates: a public check by code, and the paper for whoever earned it."""

from __future__ import annotations

from flask import Response, render_template
from flask.typing import ResponseReturnValue

from portal.accounts.access import SignedIn
from portal.accounts.current import current_actor
from portal.core.access import Public, access
from portal.core.db import db
from portal.core.errors import NotFound, Refused
from portal.core.pdf import PdfFailed, render_pdf
from portal.core.rules.codes import read_code
from portal.workforce.learning.certificates import Certificate, certificate_html, certificate_of
from portal.workforce.learning.views.blueprint import blueprint

ANYBODY = Public("whoever is shown a certificate can check it by the code printed on it")


@blueprint.get("/learning/certificates/<string:code>")
@access(ANYBODY)
def certificate(code: str) -> ResponseReturnValue:
    """Whose it is, of what, and whether it still holds."""
    found = _found(code)
    if found is None:
        return render_template("workforce/learning/certificate_unknown.html"), 404
    own = found.person_id == current_actor().person_id
    return render_template("workforce/learning/certificate.html", certificate=found, own=own)


@blueprint.get("/learning/certificates/<string:code>/certificate.pdf")
@access(SignedIn())
def paper(code: str) -> ResponseReturnValue:
    """The paper, for the person who earned it. It takes about a second."""
    found = _found(code)
    if found is None or found.person_id != current_actor().person_id:
        raise NotFound("There is no such certificate of yours.")
    html = certificate_html(found)
    db.session.rollback()  # drawing must hold no transaction
    try:
        made = render_pdf(html, title=f"Certificate: {found.title}")
    except PdfFailed as problem:
        raise Refused("The certificate could not be drawn just now. Try again in a minute.") from problem
    response = Response(made, content_type="application/pdf")
    response.headers["Content-Disposition"] = f'attachment; filename="certificate-{found.course}.pdf"'
    return response


def _found(code: str) -> Certificate | None:
    read = read_code(code)
    return certificate_of(read) if read else None
