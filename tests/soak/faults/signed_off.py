"""F13: while a tablet is away its review is signed off, or its owner leaves the team."""

from __future__ import annotations

from datetime import timedelta
from uuid import UUID

from sqlalchemy import select

from portal.core import clock
from portal.core.db import db
from portal.core.jobs.models import Mail
from portal.reviews.external.loading import load_review
from portal.reviews.external.rules.workflow import Action
from portal.reviews.external.service.consensus import agree_identical
from portal.reviews.external.service.planning import Plan, edit_plan
from portal.reviews.external.service.scoring import lock, save_own_sheet
from tests.soak.faults.fault import Fault
from tests.soak.ground import LEAD, SECOND
from tests.soak.run import Run, demand
from tests.support import assessing, reviewing
from tests.support.assessing import actor

EDITS = 10


def signed_off(run: Run) -> None:
    """Every second run both reviewers hand the review in at a desk, else one is taken off the team."""
    review = run.review()
    tablet = run.tablet(review, SECOND)
    run.type(tablet, review, EDITS)
    with run.ground.app.app_context():
        mails = _mails_to_lead()
        (_hand_in if run.number % 2 else _take_off)(UUID(review))
        db.session.remove()
    run.type(tablet, review, EDITS)
    run.settle()
    outcomes = {receipt["outcome"] for receipt in tablet.told.receipts.values()}
    demand(outcomes == {"quarantined"}, f"came out {outcomes}")
    with run.ground.app.app_context():
        demand(_mails_to_lead() > mails, "the lead reviewer was not told")
        db.session.remove()


def _hand_in(review: UUID) -> None:
    reviewing.move(review, Action.LEAVE_SITE, LEAD, "The rest is asked by telephone.")
    for person in (LEAD, SECOND):
        save_own_sheet(actor(person), review, reviewing.sheet(), {})
        lock(actor(person), review)
    agree_identical(actor(LEAD), review)
    reviewing.move(review, Action.SUBMIT, LEAD)


def _take_off(review: UUID) -> None:
    found = load_review(review)
    assert found is not None
    today, team = clock.today(), tuple(one for one in reviewing.TEAM if one.capacity.value != "second")
    wanted = Plan(found.assessment.service_id, reviewing.SCALE, today, today + timedelta(days=1), team)
    edit_plan(actor("lead"), review, wanted, found.review.version)


def _mails_to_lead() -> int:
    db.session.rollback()
    query = select(Mail.id).where(
        Mail.recipient == assessing.email(LEAD), Mail.subject.startswith("Work from a device")
    )
    return len(db.session.execute(query).all())


FAULTS = (Fault("F13", "Signed off, or off the team, while away", 20, signed_off, few=6),)
