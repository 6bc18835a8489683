"""The world of external reviews: that of `assessing`, with a team and moderators, and reviews by stage."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import replace
from datetime import timedelta
from uuid import UUID

from flask import Flask
from sqlalchemy import select

from portal.accounts.models import Membership, Person
from portal.accounts.rules.roles import Role
from portal.core import clock
from portal.core.act import operational
from portal.core.db import db
from portal.reviews.assessment.definitions import keep
from portal.reviews.assessment.service.drafting import ItemDraft
from portal.reviews.external.loading import LoadedReview, load_review
from portal.reviews.external.models.review import ExternalReview
from portal.reviews.external.rules.independence import Capacity
from portal.reviews.external.rules.workflow import Action, Stage
from portal.reviews.external.service.consensus import AgreedDraft, agree, agree_identical
from portal.reviews.external.service.moving import advance
from portal.reviews.external.service.planning import Plan, plan
from portal.reviews.external.service.scoring import lock, save_own_sheet
from portal.reviews.external.team import Named
from portal.scales.registry import registry
from portal.workforce.accreditation.models import ReviewerAccreditation
from tests.support import assessing
from tests.support.assessing import ELSEWHERE, SERVICE, actor, id_of

SCALE = "ips-25"
REVIEWERS = ("lead-reviewer", "second-reviewer", "observer", "moderator", "other-moderator", "spare-reviewer")
TEAM = (
    Named(id_of("lead-reviewer"), Capacity.LEAD),
    Named(id_of("second-reviewer"), Capacity.SECOND),
    Named(id_of("observer"), Capacity.OBSERVER),
    Named(id_of("moderator"), Capacity.MODERATOR),
)


def fill(app: Flask) -> None:
    """The world of assessments, with reviewers of the supplier, all accredited."""
    assessing.fill(app)
    today = clock.today()
    with operational() as session:
        keep(registry().get(SCALE))  # the first review keeps it: once for all tests, not in each
        for name in REVIEWERS:
            words = name.replace("-", " ").capitalize()
            session.add(
                Person(
                    id=id_of(name),
                    email=f"{name}@example.org",
                    name=f"{words} Person",
                    created_at=clock.now(),
                )
            )
            session.flush()
            session.add(
                Membership(
                    person_id=id_of(name),
                    organisation_id=id_of("support"),
                    role=Role.EISM,
                    region=ELSEWHERE,
                    starts=today - timedelta(days=900),
                )
            )
            session.add(
                ReviewerAccreditation(
                    person_id=id_of(name),
                    starts=today - timedelta(days=900),
                    ends=today + timedelta(days=365),
                )
            )


def planned(days_ahead: int = 0, team: tuple[Named, ...] = TEAM, service_id: UUID = SERVICE) -> UUID:
    """A review planned by the lead manager, with fieldwork so many days from today."""
    first = clock.today() + timedelta(days=days_ahead)
    return plan(actor("lead"), Plan(service_id, SCALE, first, first + timedelta(days=1), team))


def move(assessment_id: UUID, action: Action, by: str, reason: str = "") -> Stage:
    """Move a review as it stands now."""
    return advance(actor(by), assessment_id, action, None, reason)


def in_fieldwork() -> UUID:
    """A review whose team is on site."""
    assessment_id = planned()
    move(assessment_id, Action.OPEN, "lead")
    move(assessment_id, Action.BEGIN_FIELDWORK, "lead-reviewer")
    return assessment_id


def in_scoring() -> UUID:
    """A review whose team has left the site and rates alone."""
    assessment_id = in_fieldwork()
    move(assessment_id, Action.LEAVE_SITE, "lead-reviewer", "The rest is asked by telephone.")
    return assessment_id


def sheet(
    rating: int = 4, other: Mapping[str, int] | None = None, words: str = "Seen"
) -> dict[str, ItemDraft]:
    """A whole sheet: one rating for all items, but for some."""
    drafts = {item.key: ItemDraft(rating, words, words) for item in registry().get(SCALE).items}
    return drafts | {key: replace(drafts[key], rating=value) for key, value in (other or {}).items()}


def in_consensus(other: Mapping[str, int] | None = None) -> UUID:
    """A review both of whose reviewers have locked; the second differs from fours where said."""
    assessment_id = in_scoring()
    save_own_sheet(actor("lead-reviewer"), assessment_id, sheet(), {})
    save_own_sheet(actor("second-reviewer"), assessment_id, sheet(other=other), {})
    lock(actor("lead-reviewer"), assessment_id)
    lock(actor("second-reviewer"), assessment_id)
    return assessment_id


def agreed(other: Mapping[str, int] | None = None) -> UUID:
    """A review with a consensus on every item: the lead's rating where they differed."""
    assessment_id = in_consensus(other)
    agree_identical(actor("lead-reviewer"), assessment_id)
    for key in other or {}:
        agree(actor("lead-reviewer"), assessment_id, key, AgreedDraft(4, "The minutes show it."), 0)
    return assessment_id


def handed_in(other: Mapping[str, int] | None = None) -> UUID:
    """A review that its moderators have."""
    assessment_id = agreed(other)
    move(assessment_id, Action.SUBMIT, "lead-reviewer")
    return assessment_id


def fresh(assessment_id: UUID) -> LoadedReview:
    """The review as the database has it."""
    db.session.rollback()
    query = select(ExternalReview).where(ExternalReview.assessment_id == assessment_id)
    db.session.execute(query.execution_options(populate_existing=True)).scalar_one()
    found = load_review(assessment_id)
    assert found is not None
    return found
