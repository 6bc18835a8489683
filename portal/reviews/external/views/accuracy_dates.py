"""The dates of the factual accuracy stage, and the draft as a PDF."""

from __future__ import annotations

from uuid import UUID

from flask import Response, flash, jsonify, redirect, render_template, url_for
from flask.typing import ResponseReturnValue

from portal.core.access import access
from portal.core.db import db
from portal.core.errors import Forbidden, Invalid, NotFound, Stale
from portal.core.forms import sent_version, summary
from portal.core.storage.models import Attachment
from portal.core.storage.service import download
from portal.reviews.external.accuracy import draft_row
from portal.reviews.external.forms.accuracy import DatesForm
from portal.reviews.external.models.accuracy import PresentedDraft
from portal.reviews.external.rules.workflow import Action
from portal.reviews.external.service.accuracy import set_dates
from portal.reviews.external.service.presenting import ask_for_draft, draft_is_coming
from portal.reviews.external.subjects import MaySeeDraft
from portal.reviews.external.views.accuracy import DRAFT
from portal.reviews.external.views.blueprint import blueprint, desk


@blueprint.route(DRAFT + "/dates", methods=["GET", "POST"])
@access(MaySeeDraft())
def accuracy_dates(assessment_id: UUID) -> ResponseReturnValue:
    """The day of the presentation and the deadline."""
    here = desk()
    if not here.may(Action.PRESENT):
        raise Forbidden("The lead reviewer sets these dates while the service has the draft.")
    review = here.found.review
    form = DatesForm(
        presented_on=review.presented_on, until=review.accuracy_until, version=str(review.version)
    )
    stale: Stale | None = None
    if form.validate_on_submit():
        assert form.presented_on.data is not None
        assert form.until.data is not None
        try:
            set_dates(here.actor, assessment_id, form.presented_on.data, form.until.data, sent_version())
        except Invalid as error:
            form.take(error)
        except Stale as error:
            stale = error
            form.version.process_data(str(error.version))
        else:
            flash("Saved.", "success")
            return redirect(url_for(".accuracy", assessment_id=assessment_id), 303)
    errors = [{"text": stale.reason, "href": "#main-content"}] if stale else summary(form)
    page = render_template("external/accuracy_dates.html", desk=here, form=form, errors=errors)
    return page, 409 if stale else form.status


@blueprint.get(DRAFT + "/draft.pdf")
@access(MaySeeDraft())
def draft_pdf(assessment_id: UUID) -> ResponseReturnValue:
    """The stored PDF of the draft; while there is none, a page that says so."""
    row = _draft(assessment_id)
    stored = db.session.get(Attachment, row.pdf_attachment_id) if row.pdf_attachment_id else None
    if stored is not None:
        return download(stored)
    coming = draft_is_coming(row)
    return render_template("external/accuracy_waiting.html", desk=desk(), coming=coming), 202


@blueprint.get(DRAFT + "/draft/pdf-state")
@access(MaySeeDraft())
def draft_pdf_state(assessment_id: UUID) -> Response:
    """For the waiting page's script: whether the PDF is there."""
    return jsonify(ready=_draft(assessment_id).pdf_attachment_id is not None)


@blueprint.post(DRAFT + "/draft/pdf")
@access(MaySeeDraft())
def make_draft_pdf(assessment_id: UUID) -> ResponseReturnValue:
    """Have it drawn, once."""
    ask_for_draft(assessment_id)
    return redirect(url_for(".draft_pdf", assessment_id=assessment_id), 303)


def _draft(assessment_id: UUID) -> PresentedDraft:
    row = draft_row(assessment_id)
    if row is None:
        raise NotFound("No draft of this review was presented yet.")
    return row
