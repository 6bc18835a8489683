"""What the small demonstration has none of: files, a link for a password, what is closed, failed jobs."""

from __future__ import annotations

import uuid
from datetime import UTC, date, datetime
from decimal import Decimal
from typing import Any

from flask import Flask
from sqlalchemy import Select, select

from portal.accounts.models import Membership, Person
from portal.accounts.rules.roles import Role
from portal.accounts.service.people import Invitee, disable, invite
from portal.core.act import operational
from portal.core.db import db
from portal.core.jobs.models import Job, JobState, Mail
from portal.core.jobs.worker import run_all
from portal.demonstration.people import (
    ADMINISTRATOR,
    LEAD_MANAGER,
    MANAGER,
    MODERATOR,
    OPERATOR,
    PEER_PROVIDER,
    SHOWCASE,
    STAFF,
    SUPPLIER,
)
from portal.demonstration.people import demo_id as named
from portal.demonstration.script import actor
from portal.directory.models import ServiceLink
from portal.directory.rules.details import NewLink, ServiceDetails
from portal.directory.rules.settings import LinkKind, Setting
from portal.directory.service import create_service
from portal.directory.service.services import close_service
from portal.plans.models import Plan
from portal.plans.rules.workflow import ActionStatus
from portal.plans.service import add_action, agree_plan, close_plan, edit_action, start_plan
from portal.reviews.assessment.models import Assessment, PublishedReport
from portal.reviews.assessment.rules.workflow import State
from portal.reviews.assessment.service.filing import add_file, remove_file
from portal.reviews.assessment.service.moderating import query, take
from portal.scales.registry import registry
from tests.support import rare_comms, rare_hub, rare_portfolio, rare_publication, rare_surveys

CLOSED_SERVICE, CLOSED_ON = "Whitby IPS", date(2026, 9, 30)
DISABLED = "tom.lam@example.org"


def add(app: Flask) -> dict[str, str]:
    """Add them all. Returns the ids and links that a test cannot otherwise know."""
    with app.app_context():
        run_all()  # the demonstration's mails and PDFs
        facts = {**_files(), **_people(), **_service(), **_plans(), **_jobs(), **_moderation()}
        return (
            facts
            | rare_portfolio.add()
            | rare_publication.add()
            | rare_hub.add()
            | rare_comms.add()
            | rare_surveys.add()
            | _found()
        )


def _files() -> dict[str, str]:
    half, by = named("assessment", "Middlesbrough IPS", "half"), actor(STAFF.id)
    kept = add_file(
        by, half, "caseload-size", "caseloads, November.csv", b"team,clients\nNorth,52\nSouth,50\n"
    )
    gone = add_file(by, half, "caseload-size", "old caseloads.csv", b"team,clients\nNorth,48\n")
    remove_file(by, half, gone)
    return {"file": str(kept)}


def _people() -> dict[str, str]:
    invitee = Invitee("Nell Ashby", "nell.ashby@example.org", SHOWCASE.id, Role.PROVIDER_STAFF)
    invited, link = invite(actor(MANAGER.id), invitee)
    idle = Invitee("Idris Vale", "no-services@example.org", PEER_PROVIDER.id, Role.PROVIDER_MANAGER)
    invite(actor(ADMINISTRATOR.id), idle)
    person = select(Person).where(Person.email == DISABLED)
    gone = db.session.execute(person).scalar_one().id
    disable(actor(ADMINISTRATOR.id), gone)
    role = select(Membership.id).where(Membership.person_id == invited)
    return {
        "link": "/" + link.split("/", 3)[3],
        "invited": str(invited),
        "disabled": str(gone),
        "role": str(db.session.execute(role).scalar_one()),
    }


def _moderation() -> dict[str, str]:
    """The guided self-assessment that waits for a moderator has one, who asks."""
    made = named("assessment", "Hartlepool IPS", "with-moderator")
    take(actor(MODERATOR.id), made)
    query(actor(MODERATOR.id), made, registry().get("ips-25-ad").items[2].key, "What did you see of this?")
    return {"guided case": str(made)}


def _service() -> dict[str, str]:
    details = ServiceDetails(
        CLOSED_SERVICE,
        Setting.PRIMARY_CARE,
        ("E06000065",),
        starts=date(2025, 4, 1),
        specialists_fte=Decimal(2),
    )
    begins = date(2025, 4, 1)
    links = [NewLink(LinkKind.PROVIDER, SHOWCASE.id, begins), NewLink(LinkKind.SUPPLIER, SUPPLIER.id, begins)]
    service = create_service(actor(LEAD_MANAGER.id), details, links)
    key = service.key
    close_service(actor(LEAD_MANAGER.id), service.id, service.version, CLOSED_ON)
    return {"closed service": key}


def _plans() -> dict[str, str]:
    by, wanted = actor(MANAGER.id), named("service", "Stockton-on-Tees IPS")
    empty = start_plan(by, wanted, "Plan for the spring")
    closed = start_plan(by, named("service", "Darlington IPS"), "Plan of last winter")
    values = {
        "item_title": "Time at the jobcentre",
        "what": "Meet the named contact every month.",
        "measure": "Notes of six meetings.",
        "owner": "Team leader",
        "due": date(2026, 12, 18),
    }
    action = add_action(by, closed, values)
    agree_plan(by, closed, _version(closed))
    edit_action(by, action, {"status": ActionStatus.DONE, "evidence": "Six notes."}, 1)
    close_plan(by, closed, _version(closed))
    return {"empty plan": str(empty), "closed plan": str(closed)}


def _version(plan_id: uuid.UUID) -> int:
    return db.session.get_one(Plan, plan_id).version


def _jobs() -> dict[str, str]:
    at = datetime(2026, 11, 20, 9, 0, tzinfo=UTC)
    with operational() as session:
        failed = {"state": JobState.FAILED, "attempts": 5, "finished_at": at, "error": "OSError"}
        session.add(Job(id=uuid.uuid4(), kind="mail.send", payload={}, created_at=at, due_at=at, **failed))
    return {}


def _found() -> dict[str, str]:
    """Ids and codes of what the demonstration itself made."""
    service, final = named("service", "Hartlepool IPS"), named("assessment", "Hartlepool IPS", "final")
    assessments = select(Assessment.id).where(Assessment.state == State.FINAL).order_by(Assessment.final_at)
    past = assessments.where(Assessment.service_id == service, Assessment.imported)
    code = select(PublishedReport.code).where(PublishedReport.assessment_id.in_(past.limit(1)))
    links = select(ServiceLink.id).where(ServiceLink.service_id == service)
    found = {
        "operator": OPERATOR.id,
        "mail": _first(select(Mail.id).order_by(Mail.created_at)),
        "past": _first(past),
        "later past": db.session.scalars(past).all()[-1],
        "thrive": _first(assessments.where(Assessment.scale_key == "thrive-24")),
        "old code": _first(code),
        "code": _first(select(PublishedReport.code).where(PublishedReport.assessment_id == final)),
        "eism link": _first(links.where(ServiceLink.kind == LinkKind.EISM)),
        **_plan("agreed plan", "Hartlepool IPS"),
        **_plan("draft plan", "Redcar and Cleveland IPS"),
    }
    return {name: str(value) for name, value in found.items()}


def _plan(name: str, service: str) -> dict[str, uuid.UUID]:
    plan = db.session.get_one(
        Plan, _first(select(Plan.id).where(Plan.service_id == named("service", service)))
    )
    return {name: plan.id, f"{name} action": plan.actions[0].id}


def _first(query: Select[Any]) -> Any:
    return db.session.execute(query.limit(1)).scalar_one()
