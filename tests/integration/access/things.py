"""The things of the world that routes are about: assessments in each state, a plan, files, a job, a mail."""

from __future__ import annotations

import uuid
from dataclasses import replace
from datetime import timedelta
from uuid import UUID

from flask import Flask
from sqlalchemy import select

from portal.core import clock
from portal.core.act import operational
from portal.core.db import db
from portal.core.jobs.models import Job, JobState, Mail
from portal.plans.models import Plan
from portal.reviews.assessment.loading import proposals_of
from portal.reviews.assessment.models import EvidenceFile, PublishedReport
from portal.reviews.assessment.rules.settlement import Response
from portal.reviews.assessment.rules.workflow import Action, Kind
from portal.reviews.assessment.service.drafting import ItemDraft
from portal.reviews.assessment.service.filing import add_file
from portal.reviews.assessment.service.guiding import answer_proposal, propose
from portal.reviews.assessment.service.moving import advance
from portal.reviews.assessment.service.rating import save_sheet
from portal.reviews.assessment.service.starting import Start, start
from portal.scales.registry import registry
from tests.integration.access import (
    comms,
    cycles,
    events,
    hub,
    learning,
    on_site,
    posts,
    remedies,
    reviews,
    staff,
    surveys,
    world,
)

SCALE = "ips-25"
SECRET = "Cornflower"  # stands in every draft's words; nobody who may not read it may ever see it
EVIDENCE = b"%PDF-1.4 what Alder has seen"


def item_keys() -> list[str]:
    """The scale's item keys in order."""
    return [item.key for item in registry().get(SCALE).items]


def fill(app: Flask) -> None:
    """Write the whole world."""
    world.fill_people(app)
    for name in ("draft", "with-guide", "with-provider", "settling", "final", "withdrawn", "moderated"):
        _begin(name, "manager")
    _begin("peer", "manager", kind=Kind.PEER, guide=world.id_of("peer"))
    _begin("birch", "other-manager")
    _take_on()
    reviews.fill()
    on_site.fill()
    events.fill()
    comms.fill()
    hub.fill()
    learning.fill()
    posts.fill()
    staff.fill()
    surveys.fill()
    remedies.fill(app)
    cycles.fill()
    with operational() as session:
        now = clock.now()
        session.add(
            Job(
                id=world.id_of("job"),
                kind="mail.send",
                payload={"mail_id": str(uuid.uuid4())},
                state=JobState.FAILED,
                created_at=now,
                due_at=now + timedelta(days=1),
            )
        )
        session.add(
            Mail(
                id=world.id_of("mail"),
                recipient="staff@example.org",
                subject="Welcome",
                text="A link",
                created_at=now,
            )
        )


def _begin(name: str, by: str, *, kind: Kind = Kind.GUIDED, guide: UUID | None = None) -> None:
    """A draft with every item rated and a file at its first item."""
    provider, today = world.actor(by), clock.today()
    service_id, made = world.id_of(f"service-{name}"), world.id_of(name)
    start(provider, Start(service_id, SCALE, kind, today - timedelta(days=90), today, guide), made)
    drafts = {key: ItemDraft(3, f"{SECRET} {name}", f"{SECRET} seen") for key in item_keys()}
    if name != "moderated":  # 75 is within a point of a band's edge, which a moderator looks at: 85 is not
        drafts |= {key: replace(drafts[key], rating=5) for key in item_keys()[-5:]}
    save_sheet(provider, made, drafts, {})
    add_file(provider, made, item_keys()[0], f"{SECRET}-{name}.pdf", EVIDENCE)


def _take_on() -> None:
    manager, eism = world.actor("manager"), world.actor("eism")
    first = item_keys()[0]
    for name in ("with-guide", "with-provider", "settling", "final", "peer", "moderated"):
        advance(manager, world.id_of(name), Action.SUBMIT, None)
    for name in ("with-provider", "settling"):
        made = world.id_of(name)
        propose(eism, made, first, 2, f"{SECRET} log", 0)
        advance(eism, made, Action.HAND_OVER, None)
    settling = world.id_of("settling")
    version = proposals_of(settling)[first].version
    answer_proposal(manager, settling, first, Response.KEPT, "We see it differently.", version)
    advance(manager, settling, Action.REPLY, None)
    advance(eism, world.id_of("final"), Action.AGREE, None)
    advance(manager, world.id_of("withdrawn"), Action.WITHDRAW, None)
    reviews.moderated()


def file_of(name: str) -> UUID:
    """The evidence file of an assessment."""
    query = select(EvidenceFile.id).where(EvidenceFile.assessment_id == world.id_of(name))
    return db.session.scalars(query).one()


def plan() -> Plan:
    """The plan drafted when the final assessment became final."""
    return db.session.scalars(select(Plan).where(Plan.service_id == world.id_of("service-final"))).one()


def report_code() -> str:
    """The code of the final assessment's report."""
    query = select(PublishedReport.code).where(PublishedReport.assessment_id == world.id_of("final"))
    return db.session.scalars(query).one()
