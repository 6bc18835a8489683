"""The public check of a report by its code.

It needs no limit on attempts: a code has 89 bits, so guessing finds none, and what it shows is short.
"""

from __future__ import annotations

from flask import Blueprint, redirect, render_template, request, url_for
from flask.typing import ResponseReturnValue
from wtforms import FileField, StringField, SubmitField
from wtforms.validators import Optional

from portal.core.access import Public, access
from portal.core.forms import PortalForm, summary
from portal.core.rules.codes import read_code
from portal.core.widgets import GovFileInput, GovSubmitInput, GovTextInput
from portal.reviews.assessment.report_queries import by_code
from portal.reviews.assessment.verifying import MATCHES, digest_of_file, match, proof_of, read_digest

blueprint = Blueprint("verification", __name__)
ANYBODY = Public("whoever holds a report can check it by the code printed on it")
NO_CODE = "Enter the code as it is printed on the report, like K7MQ-3RTX-9HWD-CJ4N-PVGY"


class FileCheckForm(PortalForm):
    """A file to compare with what was published: the file, or its SHA-256. A file sent comes first."""

    file = FileField(
        "The file",
        [Optional()],
        widget=GovFileInput(),
        description="The PDF or JSON of the report. It is compared and not kept.",
    )
    sha256 = StringField(
        "Or its SHA-256",
        [Optional()],
        widget=GovTextInput(),
        description="64 letters and digits, if you would rather not send the file.",
    )
    submit = SubmitField("Check the file", widget=GovSubmitInput())

    def digest(self) -> str | None:
        """The digest to look for; None, with the problem at its field, where there is none."""
        sent = request.files.get("file")
        if sent is not None and sent.filename:
            return digest_of_file(sent.stream)
        typed = self.sha256.data or ""
        found = read_digest(typed)
        if found is None and typed:
            self.sha256.errors = ["Enter the 64 letters and digits of a SHA-256"]
        elif found is None:
            self.file.errors = ["Choose a file, or enter its SHA-256"]
        return found


@blueprint.get("/verify")
@access(ANYBODY)
def start() -> ResponseReturnValue:
    """Where the code is entered."""
    typed = request.args.get("code", "").strip()
    code = read_code(typed) if typed else None
    if code is not None:
        return redirect(url_for(".check", code=code))
    asked = "code" in request.args
    errors = [{"text": NO_CODE, "href": "#code"}] if asked else []
    page = render_template("report/verify_start.html", typed=typed[:100], errors=errors)
    return page, 400 if asked else 200


@blueprint.get("/verify/<string:code>")
@access(ANYBODY)
def check(code: str) -> ResponseReturnValue:
    """What was published under the code."""
    return _page(code, FileCheckForm(formdata=None))


@blueprint.post("/verify/<string:code>")
@access(ANYBODY)
def check_file(code: str) -> ResponseReturnValue:
    """Whether a file is one of the report's."""
    form = FileCheckForm()
    return _page(code, form, form.digest())


def _page(code: str, form: FileCheckForm, digest: str | None = None) -> ResponseReturnValue:
    read = read_code(code)
    found = by_code(read) if read else None
    if found is None:
        return render_template("report/verify_unknown.html", typed=code[:100]), 404
    proof = proof_of(found)
    result = match(proof, digest) if digest else None
    page = render_template(
        "report/verify.html",
        proof=proof,
        form=form,
        result=result,
        said=MATCHES.get(result or ""),
        errors=summary(form),
    )
    return page, 400 if form.errors else 200
