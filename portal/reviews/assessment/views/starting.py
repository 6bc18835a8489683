"""Starting an assessment of one's own service."""

from __future__ import annotations

from datetime import timedelta
from typing import Any

from flask import flash, g, redirect, render_template, url_for
from flask.typing import ResponseReturnValue

from portal.accounts.access import May
from portal.accounts.current import current_actor
from portal.accounts.rules.permissions import Permission
from portal.core import clock
from portal.core.access import access
from portal.core.errors import Invalid, Refused
from portal.core.forms import summary
from portal.directory.subjects import service_subject
from portal.reviews.assessment.forms import StartForm
from portal.reviews.assessment.rules.workflow import Kind
from portal.reviews.assessment.service.starting import Start, peer_reviewers, start
from portal.reviews.assessment.views.blueprint import blueprint

ADDRESS = "/services/<string:key>/assessments/new"
OWN_SERVICE = May(Permission.ASSESSMENT_START, service_subject, seen_by=Permission.SERVICE_READ)
QUARTER = timedelta(days=91)


@blueprint.route(ADDRESS, methods=["GET", "POST"])
@access(OWN_SERVICE)
def new(key: str) -> ResponseReturnValue:
    service, links = g.subject, g.links
    form = StartForm(peers=peer_reviewers(links), service=service)
    if not form.is_submitted():
        form.period_to.data = clock.today()
        form.period_from.data = clock.today() - QUARTER
    if form.validate_on_submit():
        try:
            assessment_id = start(current_actor(), _wanted(form, service))
        except Invalid as error:
            form.take(error)
        except Refused as error:
            flash(error.reason, "info")
            return redirect(url_for("pages.service", key=key), 303)
        else:
            return redirect(url_for(".show", assessment_id=assessment_id), 303)
    return render_template(
        "assessment/start.html", form=form, service=service, errors=summary(form)
    ), form.status


def _wanted(form: StartForm, service: Any) -> Start:
    kind = Kind(form.kind.data)
    assert form.period_from.data  # the validators saw to both
    assert form.period_to.data
    return Start(
        service_id=service.id,
        scale_key=form.scale.data,
        kind=kind,
        period_from=form.period_from.data,
        period_to=form.period_to.data,
        guide_id=form.chosen_guide() if kind is Kind.PEER else None,
    )
