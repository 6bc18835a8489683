"""The factual accuracy stage: the service comments and adds files, the reviewers decide."""

from __future__ import annotations

import uuid
from datetime import date, timedelta
from uuid import UUID

from sqlalchemy import func, select

from portal.accounts.rules.actors import Actor
from portal.core import clock
from portal.core.act import act
from portal.core.db import db
from portal.core.errors import Forbidden, Invalid, NotFound, Refused, Stale
from portal.core.filters import day
from portal.core.rules.texts import plain
from portal.core.storage.service import Saved, record, save
from portal.reviews.assessment.loading import note_changes
from portal.reviews.assessment.service.drafting import item_of
from portal.reviews.external.accuracy import comments_of
from portal.reviews.external.facts import facts_of
from portal.reviews.external.loading import LoadedReview, load_for, load_review, may_do, may_see
from portal.reviews.external.models.accuracy import AccuracyComment, AccuracyFile
from portal.reviews.external.rules.accuracy import LONGEST_COMMENT
from portal.reviews.external.rules.workflow import Action, move

MOST_FILES = 10  # at one item
LONGEST_EXTENSION = timedelta(days=92)


def comment(actor: Actor, assessment_id: UUID, item_key: str, text: str, expected_version: int) -> int:
    """Write, change or take back (empty text) the service's comment on an item. Returns its version.

    Raises NotFound, Refused (stage, deadline), Forbidden, Invalid (`text`), or Stale with what stands.
    """
    text = plain(text)
    if len(text) > LONGEST_COMMENT:
        raise Invalid({"text": f"The comment must be {LONGEST_COMMENT:,} characters or fewer"})
    with act(actor, "reviews.comment", ("review", assessment_id)) as work:
        found = _commenting(actor, assessment_id)
        item_of(found.scale, item_key)
        row = comments_of(assessment_id).get(item_key)
        if (row.text if row else "") == text:
            work.unchanged()
            return row.version if row else 0
        if (row.version if row else 0) != expected_version:
            raise Stale(
                "A colleague changed this comment first.",
                {"text": row.text if row else ""},
                row.version if row else 0,
            )
        version = _write(actor, found, item_key, row, text)
        work.note(item=item_key, version=version, characters=len(text))
        return version


def _write(actor: Actor, found: LoadedReview, item_key: str, row: AccuracyComment | None, text: str) -> int:
    if not text:
        db.session.delete(row)
        return 0
    if row is None:
        row = AccuracyComment(assessment_id=found.id, item_key=item_key, version=0)
        db.session.add(row)
    row.text, row.changed_at, row.changed_by = text, clock.now(), actor.person_id
    row.version += 1
    return row.version


def add_file(actor: Actor, assessment_id: UUID, item_key: str, name: str, data: bytes) -> UUID:
    """Add a file for an item of the draft. Returns its id.

    Raises NotFound, Refused, Forbidden, or Invalid (field `file`) where it cannot be taken.
    """
    found = load_review(assessment_id)
    if found is None or not (actor.is_portal or may_see(actor, found)):
        raise NotFound("There is no such review that you may see.")
    if not may_do(actor, Action.COMMENT, found):  # who may not do this must not make the server write
        raise Forbidden("You may not do this.")
    saved = save(name, data)
    return _attach(actor, assessment_id, item_key, saved)


def _attach(actor: Actor, assessment_id: UUID, item_key: str, saved: Saved) -> UUID:
    with act(actor, "reviews.add-accuracy-file", ("review", assessment_id)) as work:
        found = _commenting(actor, assessment_id)
        item_of(found.scale, item_key)
        _demand_room(assessment_id, item_key)
        row = AccuracyFile(
            id=uuid.uuid4(),
            assessment_id=assessment_id,
            item_key=item_key,
            attachment_id=record(actor, saved).id,
        )
        db.session.add(row)
        work.note(item=item_key, file=row.id, name=saved.original_name, size=saved.size, sha256=saved.sha256)
    return row.id


def remove_file(actor: Actor, assessment_id: UUID, file_id: UUID, *, back: bool = False) -> str:
    """Take a file away, or put it back (`back`). It is kept all the while. Returns its item's key."""
    verb = "reviews.restore-accuracy-file" if back else "reviews.remove-accuracy-file"
    with act(actor, verb, ("review", assessment_id)) as work:
        _commenting(actor, assessment_id)
        query = select(AccuracyFile).where(
            AccuracyFile.id == file_id, AccuracyFile.assessment_id == assessment_id
        )
        row = db.session.execute(query.execution_options(populate_existing=True)).scalar_one_or_none()
        if row is None:
            raise NotFound("There is no such file.")
        if (row.removed_at is None) is back:
            work.unchanged()
            return row.item_key
        if back:
            _demand_room(assessment_id, row.item_key)
        row.removed_at = None if back else clock.now()
        work.note(item=row.item_key, file=file_id)
        return row.item_key


def set_dates(
    actor: Actor, assessment_id: UUID, presented_on: date, until: date, expected_version: int | None
) -> None:
    """The lead reviewer records the day of the presentation and moves the deadline.

    Raises NotFound, Refused (stage), Forbidden, Stale or Invalid (`presented_on`, `until`).
    """
    with act(actor, "reviews.present", ("review", assessment_id)) as work:
        found = load_for(actor, assessment_id, Action.PRESENT, expected_version)
        review = found.review
        before = {"presented_on": review.presented_on, "until": review.accuracy_until}
        after = {"presented_on": presented_on, "until": until}
        if before == after:
            work.unchanged()
            return
        _check_dates(found, presented_on, until)
        review.presented_on, review.accuracy_until = presented_on, until
        review.version += 1
        work.note(**note_changes(before, after))


def _check_dates(found: LoadedReview, presented_on: date, until: date) -> None:
    today, wrong = clock.today(), {}
    if presented_on > today:
        wrong["presented_on"] = "The day of the presentation must be today or in the past"
    elif presented_on < (ended := _fieldwork_ended(found)):
        wrong["presented_on"] = f"The presentation was after the fieldwork, which ended on {day(ended)}"
    if until < today:
        wrong["until"] = "The deadline must be today or later"
    elif until > max(presented_on, today) + LONGEST_EXTENSION:
        wrong["until"] = "The deadline must be within three months"
    if wrong:
        raise Invalid(wrong)


def _fieldwork_ended(found: LoadedReview) -> date:
    """The last day on site, earlier where the team left before."""
    left = found.review.left_site_at
    planned = found.review.fieldwork_to
    return min(planned, clock.uk(left).date()) if left else planned


def _commenting(actor: Actor, assessment_id: UUID) -> LoadedReview:
    """The review, where this person may comment now. Raises NotFound, Refused or Forbidden."""
    found = load_for(actor, assessment_id, Action.COMMENT)
    move(found.stage, Action.COMMENT, facts_of(actor, found))
    return found


def _demand_room(assessment_id: UUID, item_key: str) -> None:
    query = select(func.count()).where(
        AccuracyFile.assessment_id == assessment_id,
        AccuracyFile.item_key == item_key,
        AccuracyFile.removed_at.is_(None),
    )
    if db.session.execute(query).scalar_one() >= MOST_FILES:
        raise Refused(f"An item takes {MOST_FILES} files at most. Remove one first.")
