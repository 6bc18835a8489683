"""Meetings of a contract: the list, planning one, its page, holding and cancelling it, its actions."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date
from uuid import UUID

from flask import flash, g, redirect, render_template, request, url_for
from flask.typing import ResponseReturnValue

from portal.accounts.access import May
from portal.accounts.current import current_actor
from portal.accounts.rules.permissions import Permission, allowed
from portal.contracts.cycle import queries
from portal.contracts.cycle.assembling import draft
from portal.contracts.cycle.forms import ButtonForm, HoldForm, MeetingForm, written_agenda
from portal.contracts.cycle.models import ContractMeeting, MeetingKind, MeetingState
from portal.contracts.cycle.rules.agenda import agenda
from portal.contracts.cycle.service import meetings as service
from portal.contracts.cycle.subjects import meeting_subject
from portal.contracts.cycle.views.keeping import new_action_page
from portal.contracts.definition.blueprint import contracts
from portal.contracts.definition.parties import parties_of
from portal.contracts.definition.registry import contracts as known
from portal.contracts.definition.rules.terms import Contract
from portal.contracts.definition.subjects import contract_subject
from portal.contracts.definition.views.tabs import pages
from portal.contracts.figures.rules.periods import quarters_of
from portal.contracts.figures.subjects import InQuarter, quarter_subject
from portal.core import clock
from portal.core.access import access
from portal.core.errors import Refused, Stale
from portal.core.form_pages import FormPage, form_page, version
from portal.core.forms import sent_version
from portal.core.rules.paging import Paging
from portal.core.rules.quarters import Quarter

READ, MEET = Permission.CONTRACT_READ, Permission.CONTRACT_MEET
MEETING = "/<key>/meetings/<uuid:meeting_id>"


@contracts.get("/<key>/meetings")
@access(May(READ, contract_subject))
def meetings(key: str) -> ResponseReturnValue:
    """The meetings, the newest first, and the actions that are open."""
    rows, today = queries.meetings(key), clock.today()
    begun = quarters_of(g.subject, today)
    paging = Paging.of(request.args.get("page"), len(rows))
    return render_template(
        "contracts/cycle/meetings.html",
        contract=g.subject,
        pages=pages(key, "meetings"),
        rows=rows[paging.offset : paging.offset + paging.size],
        paging=paging,
        actions=[one for one in queries.actions(key) if one.done_on is None],
        now=begun[-1] if begun else None,
        review_of=_unplanned(begun, rows, today),
        today=today,
        may_edit=bool(begun) and allowed(current_actor(), MEET, g.links),
    )


@contracts.route("/<key>/<quarter>/meetings/new", methods=["GET", "POST"])
@access(May(MEET, quarter_subject, seen_by=READ))
def new_meeting(key: str, quarter: str) -> ResponseReturnValue:
    """Plan a meeting. The agenda of a review is proposed from the figures, and can be changed."""
    place: InQuarter = g.subject
    kind = MeetingKind.AD_HOC if request.args.get("kind") == "ad-hoc" else MeetingKind.QUARTERLY
    proposed = ""
    if request.method == "GET" and kind is MeetingKind.QUARTERLY:
        proposed = written_agenda(agenda(draft(place.contract, place.quarter)))
    form = MeetingForm(data={"kind": kind.value, "agenda": proposed})

    def save() -> str:
        service.plan_meeting(current_actor(), key, quarter, form.details())
        return "The meeting is planned."

    intro = place.contract.latest.management.meeting if kind is MeetingKind.QUARTERLY else ""
    page = FormPage(
        f"Plan a meeting for {place.quarter.title}",
        url_for(".meetings", key=key),
        "Meetings",
        intro,
        button="Plan the meeting",
    )
    return form_page(form, page, save)


@contracts.get(MEETING)
@access(May(READ, meeting_subject))
def meeting(key: str, meeting_id: UUID) -> ResponseReturnValue:
    """A meeting: agenda, who came, minutes, actions."""
    return _page(g.subject)


@contracts.route(MEETING + "/edit", methods=["GET", "POST"])
@access(May(MEET, meeting_subject, seen_by=READ))
def edit_meeting(key: str, meeting_id: UUID) -> ResponseReturnValue:
    """Change the day or the agenda."""
    row: ContractMeeting = g.subject
    data = {"kind": row.kind.value, "on": row.on, "asked_by": row.asked_by, "version": row.version}
    form = MeetingForm(data={**data, "agenda": written_agenda(service.points_of(row))})

    def save() -> str:
        service.edit_meeting(current_actor(), meeting_id, form.details(), version())
        return "The meeting is saved."

    return form_page(form, _form_page(row, "Change the meeting"), save)


@contracts.route(MEETING + "/hold", methods=["GET", "POST"])
@access(May(MEET, meeting_subject, seen_by=READ))
def hold(key: str, meeting_id: UUID) -> ResponseReturnValue:
    """Record who came and what was agreed."""
    row: ContractMeeting = g.subject
    present = row.attendance or [{"party": party, "names": ""} for party in attending(known()[key])]
    written = "\n".join(f"{one['party']}: {one['names']}".strip() for one in present)
    form = HoldForm(data={"attendance": written, "minutes": row.minutes, "version": row.version})

    def save() -> str:
        service.hold_meeting(current_actor(), meeting_id, form.present(), form.minutes.data or "", version())
        return "The meeting is recorded."

    return form_page(form, _form_page(row, "Record the meeting"), save)


@contracts.post(MEETING + "/cancel")
@access(May(MEET, meeting_subject, seen_by=READ))
def cancel(key: str, meeting_id: UUID) -> ResponseReturnValue:
    """Cancel a meeting that was not held."""
    try:
        service.cancel_meeting(current_actor(), meeting_id, sent_version() or 0)
    except (Refused, Stale) as error:
        return _page(g.subject, error.reason)
    flash("The meeting is cancelled.", "success")
    return redirect(url_for(".meeting", key=key, meeting_id=meeting_id), 303)


@contracts.route(MEETING + "/actions/new", methods=["GET", "POST"])
@access(May(MEET, meeting_subject, seen_by=READ))
def new_action(key: str, meeting_id: UUID) -> ResponseReturnValue:
    """Add what was agreed that somebody does."""
    return new_action_page(key, meeting_id)


def _unplanned(begun: Sequence[Quarter], rows: Sequence[ContractMeeting], today: date) -> Quarter | None:
    """The last quarter that is over whose review nobody has planned."""
    planned = {
        row.quarter
        for row in rows
        if row.kind is MeetingKind.QUARTERLY and row.state is not MeetingState.CANCELLED
    }
    over = [one for one in begun if one.last < today]
    return over[-1] if over and over[-1].key not in planned else None


def attending(contract: Contract) -> list[str]:
    """Who is to come to a review: as the contract says (8.3), else its parties."""
    if contract.latest.management.attends:
        return list(contract.latest.management.attends)
    parties = parties_of(contract)
    return [one.name for one in (parties.supplier, parties.buyer, *parties.governance)]


def _form_page(row: ContractMeeting, title: str) -> FormPage:
    back = url_for(".meeting", key=row.contract_key, meeting_id=row.id)
    return FormPage(title, back, f"{row.kind.words} of {row.quarter}")


def _page(row: ContractMeeting, refused: str = "") -> ResponseReturnValue:
    page = render_template(
        "contracts/cycle/meeting.html",
        meeting=row,
        points=service.points_of(row),
        actions=queries.actions(row.contract_key, row.id),
        planned=row.state is MeetingState.PLANNED,
        today=clock.today(),
        form=ButtonForm(formdata=None),
        may_edit=allowed(current_actor(), MEET, g.links),
        errors=[{"text": refused, "href": "#moves"}] if refused else [],
    )
    return page, 409 if refused else 200
