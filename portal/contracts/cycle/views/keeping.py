"""What is kept by hand: activities of a quarter, milestones, risks, changes of the lead manager, actions."""

from __future__ import annotations

from dataclasses import replace
from typing import Any
from uuid import UUID

from flask import flash, g, redirect, render_template, url_for
from flask.typing import ResponseReturnValue

from portal.accounts.access import May
from portal.accounts.current import current_actor
from portal.accounts.rules.permissions import Permission, allowed
from portal.contracts.cycle import queries
from portal.contracts.cycle.forms import (
    ActionForm,
    ActivityForm,
    KeptForm,
    ManagerForm,
    MilestoneForm,
    RiskForm,
    of_details,
)
from portal.contracts.cycle.models import MeetingAction
from portal.contracts.cycle.rules.notice import days_short, mobilisation_due, told_by
from portal.contracts.cycle.rules.records import Details, MilestoneDetails
from portal.contracts.cycle.service import keeping
from portal.contracts.cycle.service.keeping import KINDS, Kept
from portal.contracts.cycle.subjects import record_subject
from portal.contracts.cycle.views.reporting import MAY_REPORT
from portal.contracts.definition.blueprint import contracts
from portal.contracts.definition.rules.terms import Contract
from portal.contracts.definition.subjects import contract_subject
from portal.contracts.definition.views.tabs import pages
from portal.contracts.figures.subjects import InQuarter
from portal.core import clock
from portal.core.access import access
from portal.core.errors import Stale
from portal.core.form_pages import FormPage, form_page, version
from portal.core.forms import sent_version

READ, MEET, REPORT = Permission.CONTRACT_READ, Permission.CONTRACT_MEET, Permission.CONTRACT_REPORT
FORMS: dict[str, tuple[type[KeptForm], str]] = {
    "activity": (ActivityForm, "activity"),
    "milestone": (MilestoneForm, "milestone"),
    "risk": (RiskForm, "risk or issue"),
    "manager": (ManagerForm, "change of the lead manager"),
    "action": (ActionForm, "action"),
}
RECORD = "/<key>/records/<any(activity,milestone,risk,manager,action):kind>/<uuid:record_id>"
REMOVED = "/<key>/records/<any(activity,milestone,risk):kind>/<uuid:record_id>/remove"  # the rest is changed
REMOVABLE = ("activity", "milestone", "risk")
LISTS = {"milestone": "milestones", "risk": "risks", "manager": "managers"}


class MayKeep(May):
    """Whoever may keep this kind of record; those who may only read it are told so."""

    def __init__(self) -> None:
        super().__init__(MEET, record_subject, seen_by=READ)
        self.words = "Whoever may contracts:meetings:edit or, of what is reported, contracts:report:edit"

    def check(self, arguments: Any) -> Any:
        permission = KINDS[arguments["kind"]].permission
        return May(permission, record_subject, seen_by=READ).check(arguments)


@contracts.get("/<key>/milestones")
@access(May(READ, contract_subject))
def milestones(key: str) -> ResponseReturnValue:
    """The milestones by their day."""
    return _list("milestones", rows=queries.milestones(key), may_edit=_may(MEET))


@contracts.get("/<key>/risks")
@access(May(READ, contract_subject))
def risks(key: str) -> ResponseReturnValue:
    """Risks and issues, the open ones first."""
    return _list("risks", rows=queries.risks(key), may_edit=_may(MEET))


@contracts.get("/<key>/managers")
@access(May(READ, contract_subject))
def managers(key: str) -> ResponseReturnValue:
    """Changes of the lead manager, and whether each was told of in time."""
    months = g.subject.latest.management.notice_months
    lines = [
        (row, days_short(row.told_on, row.effect_on, months), told_by(row.effect_on, months))
        if months
        else (row, 0, None)
        for row in queries.managers(key)
    ]
    return _list("managers", rows=lines, months=months, may_edit=_may(REPORT))


@contracts.route("/<key>/milestones/new", methods=["GET", "POST"])
@access(May(MEET, contract_subject, seen_by=READ))
def new_milestone(key: str) -> ResponseReturnValue:
    """Add a milestone."""
    return _new(keeping.MILESTONE, key)


@contracts.route("/<key>/risks/new", methods=["GET", "POST"])
@access(May(MEET, contract_subject, seen_by=READ))
def new_risk(key: str) -> ResponseReturnValue:
    """Add a risk or an issue."""
    return _new(keeping.RISK, key)


@contracts.route("/<key>/managers/new", methods=["GET", "POST"])
@access(May(REPORT, contract_subject, seen_by=READ))
def new_manager(key: str) -> ResponseReturnValue:
    """Record a change of the lead manager."""
    return _new(keeping.MANAGER, key)


@contracts.route("/<key>/<quarter>/activities/new", methods=["GET", "POST"])
@access(MAY_REPORT)
def new_activity(key: str, quarter: str) -> ResponseReturnValue:
    """Add an activity that no record tells."""
    place: InQuarter = g.subject
    page = _page(keeping.ACTIVITY, place.contract, "Add", quarter)
    return _form_new(keeping.ACTIVITY, key, page, quarter=quarter)


@contracts.route(RECORD, methods=["GET", "POST"])
@access(MayKeep())
def edit_record(key: str, kind: str, record_id: UUID) -> ResponseReturnValue:
    """Change a record."""
    kept, row = KINDS[kind], g.subject
    form = FORMS[kind][0](data={**of_details(keeping.read(row, kept)), "version": row.version})
    contract = _contract(key)
    page = _page(kept, contract, "Change", getattr(row, "quarter", ""), row)
    if kind in REMOVABLE:
        removal = url_for(".remove_record", key=key, kind=kind, record_id=record_id)
        page = replace(page, removal=(removal, f"Remove this {FORMS[kind][1]}"))

    def save() -> str:
        keeping.edit(current_actor(), kept, record_id, _details(form, contract), version())
        return f"Saved: the {FORMS[kind][1]}."

    return form_page(form, page, save)


@contracts.post(REMOVED)
@access(MayKeep())
def remove_record(key: str, kind: str, record_id: UUID) -> ResponseReturnValue:
    """Take back a record that was a mistake."""
    page = _page(KINDS[kind], _contract(key), "Change", getattr(g.subject, "quarter", ""), g.subject)
    try:
        keeping.remove(current_actor(), KINDS[kind], record_id, sent_version() or 0)
    except Stale as error:
        flash(error.reason, "error")
        return redirect(url_for(".edit_record", key=key, kind=kind, record_id=record_id), 303)
    flash(f"Removed: the {FORMS[kind][1]}.", "success")
    return redirect(page.back, 303)


def new_action_page(key: str, meeting_id: UUID) -> ResponseReturnValue:
    """Add an action to a meeting."""
    back = url_for(".meeting", key=key, meeting_id=meeting_id)
    page = FormPage("Add an action", back, "Meeting", button="Add the action")
    return _form_new(keeping.ACTION, key, page, meeting_id=meeting_id)


def _new(kept: Kept, key: str) -> ResponseReturnValue:
    return _form_new(kept, key, _page(kept, g.subject, "Add"))


def _form_new(kept: Kept, key: str, page: FormPage, **more: Any) -> ResponseReturnValue:
    form = FORMS[kept.name][0]()

    def save() -> str:
        keeping.add(current_actor(), kept, key, _details(form, _contract(key)), **more)
        return f"Added: the {FORMS[kept.name][1]}."

    return form_page(form, page, save)


def _details(form: KeptForm, contract: Contract) -> Details:
    """What was entered; the mobilisation plan is due by the day of the award (3.1.3)."""
    found = form.details()
    weeks = contract.latest.management.mobilisation_weeks
    if isinstance(found, MilestoneDetails) and found.awarded_on and weeks:
        return replace(found, due=mobilisation_due(found.awarded_on, weeks))
    return found


def _page(kept: Kept, contract: Contract, verb: str, quarter: str = "", row: Any = None) -> FormPage:
    word = FORMS[kept.name][1]
    article = "an" if word.startswith("a") else "a"
    title = f"{verb} {article} {word}" if verb == "Add" else f"{verb} the {word}"
    if kept.name in LISTS:
        back, text = url_for(f".{LISTS[kept.name]}", key=contract.key), contract.latest.title
    elif isinstance(row, MeetingAction):
        back, text = url_for(".meeting", key=contract.key, meeting_id=row.meeting_id), "Meeting"
    else:
        back, text = url_for(".report", key=contract.key, quarter=quarter), f"Report of {quarter}"
    return FormPage(title, back, text, button=f"Add the {word}" if verb == "Add" else "Save")


def _contract(key: str) -> Contract:
    found = contract_subject(key)
    assert found is not None  # the access rule has found it
    return found[0]


def _may(permission: Permission) -> bool:
    return allowed(current_actor(), permission, g.links)


def _list(name: str, **context: Any) -> ResponseReturnValue:
    contract: Contract = g.subject
    return render_template(
        f"contracts/cycle/{name}.html",
        contract=contract,
        pages=pages(contract.key, name),
        today=clock.today(),
        **context,
    )
