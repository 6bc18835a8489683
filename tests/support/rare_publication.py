"""What the demonstration's drafts and reports have none of: files of a comment, a correction, a hold."""

from __future__ import annotations

from sqlalchemy import select

from portal.core.db import db
from portal.demonstration.people import LEAD_MANAGER, LEAD_REVIEWER, MANAGER, MODERATOR, STAFF, demo_id
from portal.demonstration.script import actor
from portal.reviews.external.loading import load_review
from portal.reviews.external.models.review import ExternalReview
from portal.reviews.external.rules.corrections import ItemWords
from portal.reviews.external.rules.workflow import Stage
from portal.reviews.external.service.accuracy import add_file, remove_file
from portal.reviews.external.service.correcting import decide, propose, standing_words
from portal.reviews.external.service.purging import hold

DRAFT = demo_id("review", "Hartlepool IPS", "accuracy")
PUBLISHED = demo_id("review", "Middlesbrough IPS", "published")
ITEM = "executive-support"


def add() -> dict[str, str]:
    """Add them. Returns the ids that a test cannot otherwise know."""
    kept = add_file(actor(STAFF.id), DRAFT, ITEM, "minutes.pdf", b"%PDF-1.4 minutes")
    gone = add_file(actor(STAFF.id), DRAFT, ITEM, "old minutes.pdf", b"%PDF-1.4 old")
    remove_file(actor(MANAGER.id), DRAFT, gone)
    found = load_review(PUBLISHED)
    assert found is not None  # the demonstration has it
    words = standing_words(found)
    wanted = {**words, ITEM: ItemWords(words[ITEM].rating, "The steering group met in March and June.")}
    made = propose(actor(LEAD_REVIEWER.id), PUBLISHED, wanted, "The months were left out.", None)
    decide(actor(MODERATOR.id), PUBLISHED, made, approve=True)
    hold(actor(LEAD_MANAGER.id), PUBLISHED, "A complaint about this review is open.", None)
    answered = select(ExternalReview.assessment_id).where(ExternalReview.stage == Stage.RESPONDING)
    return {"draft file": str(kept), "responding review": str(db.session.scalars(answered.limit(1)).one())}
