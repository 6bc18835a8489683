"""A service's workforce: the figures, and the people for those who may see names."""

from __future__ import annotations

from typing import Any

from flask import g, render_template, request
from flask.typing import ResponseReturnValue

from portal.accounts.access import May
from portal.accounts.current import current_actor
from portal.accounts.rules.permissions import Permission, allowed
from portal.core import clock
from portal.core.access import access
from portal.core.rules.paging import Paging
from portal.core.rules.rate import rate
from portal.directory.models import Service
from portal.directory.subjects import service_subject
from portal.workforce.staff.definitions import cap_of
from portal.workforce.staff.export import people_csv
from portal.workforce.staff.figures import of, shown, workforce_of
from portal.workforce.staff.queries import programme_of
from portal.workforce.staff.rules.words import StaffRole
from portal.workforce.staff.views.blueprint import SERVICE, blueprint, csv_file

FIGURES, READ, EDIT = Permission.STAFF_FIGURES, Permission.STAFF_READ, Permission.STAFF_EDIT


@blueprint.get(SERVICE)
@access(May(FIGURES, service_subject))
def overview(key: str) -> ResponseReturnValue:
    """What stands out, the figures, and for those who may see names the people."""
    service: Service = g.subject
    actor, today = current_actor(), clock.today()
    work = workforce_of(service.id, today)
    named = allowed(actor, READ, g.links)
    paging = Paging.of(request.args.get("page"), len(work.people))
    return render_template(
        "workforce/staff/overview.html",
        service=service,
        work=work,
        named=named,
        editing=allowed(actor, EDIT, g.links),
        paging=paging,
        people=work.people[paging.offset : paging.offset + paging.size] if named else (),
        stands_out=work.stands_out(named=named),
        shares=_shares(work) if named or not work.few else (),
        cap=cap_of(programme_of(service.id, today), StaffRole.SPECIALIST),
        of=of,
        shown=shown,
        rate=rate,
        today=today,
    )


@blueprint.get(SERVICE + ".csv")
@access(May(READ, service_subject, seen_by=FIGURES))
def people_file(key: str) -> ResponseReturnValue:
    """The people of today as a file."""
    service: Service = g.subject
    return csv_file(people_csv(workforce_of(service.id, clock.today()).people), f"{service.key}-workforce")


def _shares(work: Any) -> tuple[tuple[str, str, str], ...]:
    """What was counted from single people: what, the figure, and how it is made."""
    return (
        ("Active clients for each FTE", work.per_fte or "–", "of those whose caseload was counted"),
        ("Turnover over 12 months", of(work.turnover), "leavers ÷ average headcount"),
        (
            "Individual supervision on time",
            of(work.individual),
            "spans of four weeks with a supervision, of the last six of each specialist",
        ),
        (
            "Clinical team meetings attended",
            of(work.meetings),
            "attended ÷ held, in the last three months that are over",
        ),
        ("Honorary contracts", of(work.honorary), "people with one ÷ people"),
    )
