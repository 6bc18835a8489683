"""Asking for more documents, asking no longer for one, and the service's self-audit."""

from __future__ import annotations

from uuid import UUID

from flask import flash, redirect, render_template, request, url_for
from flask.typing import ResponseReturnValue

from portal.core.access import access
from portal.core.errors import Forbidden, Invalid, Refused
from portal.core.forms import summary
from portal.reviews.external.forms.portfolio import AuditForm, RequestForm
from portal.reviews.external.portfolio import portfolio_of
from portal.reviews.external.rules.workflow import Action
from portal.reviews.external.service import portfolio as verbs
from portal.reviews.external.subjects import MaySeeReview
from portal.reviews.external.views.blueprint import blueprint, desk
from portal.reviews.external.views.portfolio import PORTFOLIO, may_audit


@blueprint.route(PORTFOLIO + "/new", methods=["GET", "POST"])
@access(MaySeeReview())
def request_document(assessment_id: UUID) -> ResponseReturnValue:
    """The reviewers ask for a document beyond the usual list."""
    here = desk()
    if not here.may(Action.REQUEST):
        raise Forbidden("The reviewers ask for documents while the service prepares and during fieldwork.")
    form = RequestForm().offer(here.found.scale.items)
    if form.validate_on_submit():
        try:
            verbs.request(here.actor, assessment_id, form.wanted)
        except Invalid as error:
            form.take(error)
        except Refused as error:
            form.form_errors.append(error.reason)
        else:
            flash("Asked for. The service’s managers are told by email.", "success")
            return redirect(url_for(".portfolio", assessment_id=assessment_id), 303)
    page = render_template("external/portfolio_request.html", desk=here, form=form, errors=summary(form))
    return page, form.status


@blueprint.post(PORTFOLIO + "/<uuid:document_id>/<any(withdraw, reinstate):change>")
@access(MaySeeReview())
def withdraw_document(assessment_id: UUID, document_id: UUID, change: str) -> ResponseReturnValue:
    title = verbs.withdraw(desk().actor, assessment_id, document_id, back=change == "reinstate")
    if change == "reinstate":
        flash(f"Asked for again: {title}.", "success")
    else:
        flash(f"Withdrawn: {title}. Its files stay, and you can ask for it again below.", "success")
    return redirect(url_for(".portfolio", assessment_id=assessment_id), 303)


@blueprint.route(PORTFOLIO + "/self-audit", methods=["GET", "POST"])
@access(MaySeeReview())
def self_audit(assessment_id: UUID) -> ResponseReturnValue:
    """The manager looks at the gaps and says that the self-audit is done."""
    here = desk()
    if not may_audit(here):
        raise Forbidden(
            "The service’s manager says that the self-audit is done, while it can still add files."
        )
    form = AuditForm()
    if request.method == "POST" and form.validate_on_submit():
        try:
            verbs.audit_portfolio(here.actor, assessment_id, form.comment.data or "")
        except Invalid as error:
            form.take(error)
        else:
            flash("The self-audit is recorded. The reviewers see its gaps.", "success")
            return redirect(url_for(".portfolio", assessment_id=assessment_id), 303)
    found = portfolio_of(here.found, files=True)
    page = render_template(
        "external/portfolio_audit.html", desk=here, portfolio=found, form=form, errors=summary(form)
    )
    return page, form.status
