"""The gate: employment specialists with clients before their required training."""

from __future__ import annotations

from flask import g, render_template, request
from flask.typing import ResponseReturnValue

from portal.accounts.access import May
from portal.accounts.current import current_actor
from portal.accounts.rules.permissions import Permission, allowed, may_ever
from portal.core import clock
from portal.core.access import access
from portal.core.rules.paging import Paging
from portal.directory.models import Service
from portal.directory.subjects import service_subject
from portal.workforce.learning.gate import (
    before_clients,
    by_region,
    by_service,
    people_at_gate,
    people_csv,
    regions_csv,
)
from portal.workforce.learning.registry import catalogue
from portal.workforce.learning.rules.gate import GateState, counts, in_time
from portal.workforce.learning.views.blueprint import blueprint, csv_file
from portal.workforce.staff.rules.national import LEAST
from portal.workforce.staff.rules.words import StaffRole

READ, NATIONAL = Permission.LEARNING_READ, Permission.STAFF_NATIONAL
SERVICE = "/services/<key>/training-before-clients"
REGIONS = "/workforce/national/training"


@blueprint.get("/learning/gate")
@access(May(READ))
def gate() -> ResponseReturnValue:
    """Each service within reach, with how many of its employment specialists stand where."""
    found = people_at_gate(current_actor(), clock.today(), READ)
    lines = by_service(found)
    paging = Paging.of(request.args.get("page"), len(lines))
    known = counts(one.standing.state for one in found)
    return render_template(
        "workforce/learning/gate.html",
        lines=lines[paging.offset : paging.offset + paging.size],
        paging=paging,
        counts=known,
        in_time=in_time(known),
        states=GateState,
        courses=_courses(),
        regional=may_ever(current_actor(), NATIONAL),
    )


@blueprint.get("/learning/gate.csv")
@access(May(READ))
def gate_file() -> ResponseReturnValue:
    """A row for each employment specialist within reach."""
    found = people_at_gate(current_actor(), clock.today(), READ)
    return csv_file(people_csv(found), "training-before-clients")


@blueprint.get(SERVICE)
@access(May(READ, service_subject))
def gate_of_service(key: str) -> ResponseReturnValue:
    """The employment specialists of a service, the most pressing first."""
    service: Service = g.subject
    found = people_at_gate(current_actor(), clock.today(), READ, service.id)
    paging = Paging.of(request.args.get("page"), len(found))
    return render_template(
        "workforce/learning/gate_service.html",
        service=service,
        people=found[paging.offset : paging.offset + paging.size],
        paging=paging,
        counts=counts(one.standing.state for one in found),
        states=GateState,
        courses=_courses(),
        editing=allowed(current_actor(), Permission.STAFF_EDIT, g.links),
    )


@blueprint.get(SERVICE + ".csv")
@access(May(READ, service_subject))
def gate_of_service_file(key: str) -> ResponseReturnValue:
    """The same as a file."""
    service: Service = g.subject
    found = people_at_gate(current_actor(), clock.today(), READ, service.id)
    return csv_file(people_csv(found), f"{service.key}-training-before-clients")


@blueprint.get(REGIONS)
@access(May(NATIONAL))
def gate_national() -> ResponseReturnValue:
    """The same by region, without names; small groups are hidden."""
    lines = by_region(people_at_gate(current_actor(), clock.today(), NATIONAL))
    return render_template(
        "workforce/learning/gate_national.html",
        lines=lines,
        total=lines[-1],
        states=GateState,
        courses=_courses(),
        least=LEAST,
    )


@blueprint.get(REGIONS + ".csv")
@access(May(NATIONAL))
def gate_national_file() -> ResponseReturnValue:
    """The regions as a file."""
    lines = by_region(people_at_gate(current_actor(), clock.today(), NATIONAL))
    return csv_file(regions_csv(lines), "training-before-clients-by-region")


def _courses() -> tuple[str, ...]:
    """The titles of what must be completed before the first client."""
    return tuple(catalogue().title(one.course) for one in before_clients(StaffRole.SPECIALIST))
