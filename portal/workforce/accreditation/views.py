"""Reviewers of a supplier and their accreditation, for its lead manager."""

from __future__ import annotations

from datetime import date, timedelta
from uuid import UUID

from flask import Blueprint, Response, flash, g, redirect, render_template, request, url_for
from flask.typing import ResponseReturnValue

from portal.accounts.access import May
from portal.accounts.current import current_actor
from portal.accounts.queries import choices
from portal.accounts.rules.permissions import Permission
from portal.core import clock
from portal.core.access import access
from portal.core.errors import Invalid, NotFound
from portal.core.filters import day
from portal.core.form_pages import FormPage, form_page, version
from portal.core.forms import summary
from portal.core.rules.paging import Paging
from portal.core.spreadsheets import CSV_TYPE
from portal.workforce.accreditation.forms import AccreditationForm, EndForm
from portal.workforce.accreditation.listing import ReviewerLine, chosen, reviewer_lines, reviewers_csv
from portal.workforce.accreditation.path import path_of
from portal.workforce.accreditation.rules.standing import (
    SOON_DAYS,
    Standing,
    covered_until,
    left_words,
    standing,
)
from portal.workforce.accreditation.service.accrediting import accredit, end_accreditation
from portal.workforce.accreditation.subjects import ReviewerSubject, own_suppliers, reviewer_subject

blueprint = Blueprint("workforce", __name__)
EDIT = Permission.ACCREDITATION_EDIT
REVIEWER = "/workforce/reviewers/<uuid:person_id>"


@blueprint.get("/workforce/reviewers")
@access(May(EDIT))
def reviewers() -> ResponseReturnValue:
    """Everybody who may review for the supplier, those whose accreditation ends soon first."""
    supplier_id = _supplier()
    everybody = reviewer_lines(supplier_id)
    lines, words, state = _filtered(everybody)
    paging = Paging.of(request.args.get("page"), len(lines))
    return render_template(
        "workforce/accreditation/reviewers.html",
        lines=lines[paging.offset : paging.offset + paging.size],
        paging=paging,
        counts={one: sum(line.standing is one for line in everybody) for one in Standing},
        words=words,
        state=state,
        own=choices(set(own_suppliers())),
        supplier_id=supplier_id,
        soon_days=SOON_DAYS,
    )


@blueprint.get("/workforce/reviewers.csv")
@access(May(EDIT))
def reviewers_file() -> ResponseReturnValue:
    lines, _, _ = _filtered(reviewer_lines(_supplier()))
    response = Response(reviewers_csv(lines), content_type=CSV_TYPE)
    response.headers["Content-Disposition"] = 'attachment; filename="reviewers.csv"'
    return response


@blueprint.route(REVIEWER, methods=["GET", "POST"])
@access(May(EDIT, reviewer_subject))
def reviewer(person_id: UUID) -> ResponseReturnValue:
    """One reviewer's accreditations, and recording another."""
    subject: ReviewerSubject = g.subject
    today = clock.today()
    until = covered_until([(one.starts, one.ends) for one in subject.accreditations], today)
    renewal = until + timedelta(days=1) if until and until >= today else today
    form = AccreditationForm(data={"starts": renewal})
    if form.validate_on_submit():
        assert form.starts.data is not None  # the form asks for both
        assert form.ends.data is not None
        try:
            accredit(current_actor(), subject.supplier_id, person_id, form.starts.data, form.ends.data)
        except Invalid as error:
            form.take(error)
        else:
            flash(f"{subject.name} is accredited until {day(form.ends.data)}.", "success")
            return redirect(url_for(".reviewer", person_id=person_id), 303)
    page = render_template(
        "workforce/accreditation/reviewer.html",
        subject=subject,
        form=form,
        until=until,
        standing=standing(until, today),
        words=left_words(until, today),
        today=today,
        steps=path_of(person_id),
        errors=summary(form),
    )
    return page, form.status


@blueprint.route(REVIEWER + "/accreditations/<uuid:accreditation_id>", methods=["GET", "POST"])
@access(May(EDIT, reviewer_subject))
def end(person_id: UUID, accreditation_id: UUID) -> ResponseReturnValue:
    """Give an accreditation another last day: earlier, or a slip put right."""
    subject: ReviewerSubject = g.subject
    row = subject.accreditation(accreditation_id)
    if row is None:
        raise NotFound("There is no such accreditation.")
    form = EndForm(data={"ends": row.ends, "version": row.ends.toordinal()})

    def save() -> str:
        assert form.ends.data is not None  # the form asks for it
        end_accreditation(current_actor(), subject.supplier_id, accreditation_id, form.ends.data, _seen())
        return f"Saved: the last day is {day(form.ends.data)}."

    page = FormPage(
        back=url_for(".reviewer", person_id=person_id),
        template="workforce/accreditation/end.html",
        context={"subject": subject, "row": row},
    )
    return form_page(form, page, save)


def _seen() -> date:
    """The last day that the person saw; one that no accreditation has where it was tampered with."""
    seen = version()
    return date.fromordinal(seen) if 0 < seen <= date.max.toordinal() else date.min


def _supplier() -> UUID:
    """The supplier asked for among the person's own; the first where none is."""
    own = own_suppliers()
    asked = request.args.get("supplier")
    if asked is None:
        return own[0]
    found = next((one for one in own if str(one) == asked), None)
    if found is None:
        raise NotFound("There is no supplier of yours at this address.")
    return found


def _filtered(lines: list[ReviewerLine]) -> tuple[list[ReviewerLine], str, str]:
    words = request.args.get("q", "").strip()[:100]
    state = request.args.get("state", "")
    state = state if state in {one.value for one in Standing} else ""
    return chosen(lines, words, state), words, state
