"""Planning a review of a service, and changing its plan."""

from __future__ import annotations

from datetime import timedelta
from typing import Any
from uuid import UUID

from flask import flash, g, redirect, render_template, url_for
from flask.typing import ResponseReturnValue

from portal.accounts.access import May
from portal.accounts.current import current_actor
from portal.accounts.rules.permissions import Links, Permission
from portal.core import clock
from portal.core.access import access
from portal.core.errors import Invalid, Refused, Stale
from portal.core.forms import sent_version, summary
from portal.directory.subjects import service_subject
from portal.programmes.registry import registry as programmes
from portal.reviews.external.forms.planning import PlanForm
from portal.reviews.external.loading import LoadedReview
from portal.reviews.external.rules.independence import Candidate, Capacity
from portal.reviews.external.rules.workflow import Action
from portal.reviews.external.service.planning import edit_plan, plan, programme_of
from portal.reviews.external.subjects import MaySeeReview
from portal.reviews.external.team import Named, candidates
from portal.reviews.external.views.blueprint import ADDRESS, Desk, blueprint, desk, to_review
from portal.workforce.accreditation.queries import reviewers_of

LEAD_TIME = timedelta(weeks=9)  # preparation takes 8 to 10 weeks (fidelity.md, section 2.8)


@blueprint.route("/services/<string:key>/reviews/new", methods=["GET", "POST"])
@access(May(Permission.REVIEW_PLAN, service_subject, seen_by=Permission.SERVICE_READ))
def new(key: str) -> ResponseReturnValue:
    service, links = g.subject, g.links
    programme = programmes().get(programme_of(service.id) or "")
    usual = programme.default_scale if programme else "ips-25"
    form = PlanForm(people=_people(service.id, links), usual=usual, new=True)
    if not form.is_submitted():
        form.scale.data = usual
        form.fieldwork_from.data = clock.today() + LEAD_TIME
        form.fieldwork_to.data = clock.today() + LEAD_TIME + timedelta(days=1)
    if form.validate_on_submit():
        try:
            assessment_id = plan(current_actor(), form.plan(service.id, form.scale.data))
        except Invalid as error:
            form.take(error)
        except Refused as error:
            flash(error.reason, "info")
            return redirect(url_for("pages.service", key=key), 303)
        else:
            flash("The review is planned. Open it when the team and the dates are settled.", "success")
            return to_review(assessment_id)
    page = render_template("external/new.html", form=form, service=service, errors=summary(form))
    return page, form.status


@blueprint.route(ADDRESS + "/plan", methods=["GET", "POST"])
@access(MaySeeReview())
def edit(assessment_id: UUID) -> ResponseReturnValue:
    """Change dates and team; what somebody else changed first is shown beside what was typed."""
    here = desk()
    if not here.may(Action.EDIT):
        return to_review(assessment_id)
    found: LoadedReview = g.subject
    form = PlanForm(people=_people(found.assessment.service_id, found.links, found), new=False)
    if not form.is_submitted():
        _fill(form, found)
    theirs: Any = None
    if form.validate_on_submit():
        wanted = form.plan(found.assessment.service_id, found.assessment.scale_key)
        try:
            edit_plan(current_actor(), assessment_id, wanted, sent_version() or 0)
        except Invalid as error:
            form.take(error)
        except Stale:
            theirs = found
        except Refused as error:
            flash(error.reason, "info")
            return to_review(assessment_id)
        else:
            flash("The plan is changed.", "success")
            return to_review(assessment_id)
    return _edit_page(here, form, theirs), 409 if theirs else form.status


def _edit_page(here: Desk, form: PlanForm, theirs: LoadedReview | None) -> str:
    return render_template("external/edit.html", desk=here, form=form, theirs=theirs, errors=summary(form))


def _people(service_id: UUID, links: Links, found: LoadedReview | None = None) -> list[Candidate]:
    """Who may be named, with what speaks against them; those named already stay in the list."""
    ids = [one.id for one in reviewers_of(links.supplier, clock.today())]
    ids += [one.person_id for one in (found.members if found else ()) if one.person_id not in ids]
    named = [Named(person_id, Capacity.LEAD) for person_id in ids]
    return candidates(service_id, links, named, clock.today())


def _fill(form: PlanForm, found: LoadedReview) -> None:
    form.fieldwork_from.data, form.fieldwork_to.data = found.review.fieldwork_from, found.review.fieldwork_to
    form.virtual.data = found.review.virtual
    for capacity in (Capacity.LEAD, Capacity.SECOND, Capacity.OBSERVER):
        member = next(iter(found.of(capacity)), None)
        form[capacity.value].data = str(member.person_id) if member else ""
    form.moderator.data = [str(one.person_id) for one in found.of(Capacity.MODERATOR)]
    form.reason.data = next((one.override_reason for one in found.members if one.override_reason), "")
