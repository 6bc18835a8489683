"""The moderation page of an external review, as plain data."""

from __future__ import annotations

from uuid import UUID

from sqlalchemy import select

from portal.accounts.models import Person
from portal.core.db import db
from portal.reviews.assessment.item_page import SOURCE_TITLES
from portal.reviews.assessment.moderating import last_words
from portal.reviews.external import blind
from portal.reviews.external.consensus import agreed_ratings
from portal.reviews.external.loading import LoadedReview
from portal.reviews.external.measures import offers
from portal.reviews.external.models.scoring import ChangeStage, RatingChange
from portal.reviews.external.moderating import (
    Sheet,
    last_time,
    measured,
    reviewer_names,
    suggestions,
)
from portal.reviews.moderation.page import Change, ItemRow, Page, Side
from portal.reviews.moderation.queries import NO_THREAD, Case, threads
from portal.scales.rules.definition import Item
from portal.scales.rules.scoring import score

STAGE_WORDS = {
    ChangeStage.CONSENSUS: "in consensus",
    ChangeStage.MODERATION: "in moderation",
    ChangeStage.ACCURACY: "after the service’s comment",
    ChangeStage.CORRECTION: "as a correction",
}


def page_of(found: LoadedReview, case: Case) -> Page:
    """The page of a case. About ten statements, whatever the number of items."""
    sheets = blind.both_sheets(found)
    agreed = agreed_ratings(found.id)
    last = last_time(found)
    talk, worksheets = threads(found.id), offers(found)
    figures = measured(found.scale, worksheets)
    changes = changes_of(found.id)
    rows = tuple(
        ItemRow(
            number=item.number,
            key=item.key,
            title=item.title,
            rating=row.rating,
            version=row.version,
            reason=row.reason,
            comment=row.comment,
            sides=_sides(found, item, sheets),
            suggested=" or ".join(str(one) for one in suggestions(item, sheets, figures)),
            measures=worksheets[item.key].words if item.key in worksheets else (),
            last=last.ratings.get(item.key) if last else None,
            last_words=last_words(last),
            flags=case.of(item.key),
            thread=talk.get(item.key, NO_THREAD),
            changes=changes.get(item.key, ()),
        )
        for item in found.scale.items
        if (row := agreed.get(item.key)) is not None
    )
    result = score(found.scale, {row.key: row.rating for row in rows})
    return Page(
        case=case,
        rows=rows,
        total=result.total,
        maximum=result.maximum,
        band_key=result.band.key if result.band else None,
        band_title=result.band.title if result.band else "",
        sources=SOURCE_TITLES,
    )


def _sides(found: LoadedReview, item: Item, sheets: tuple[Sheet, Sheet]) -> tuple[Side, ...]:
    return tuple(
        Side(name, row.rating, row.rationale, row.evidence)
        for name, sheet in zip(reviewer_names(found), sheets, strict=True)
        if (row := sheet.get(item.key)) is not None
    )


def changes_of(assessment_id: UUID) -> dict[str, tuple[Change, ...]]:
    """Every change by item, oldest first. One statement."""
    query = (
        select(RatingChange, Person.name)
        .outerjoin(Person, Person.id == RatingChange.by)
        .where(RatingChange.assessment_id == assessment_id)
        .order_by(RatingChange.at, RatingChange.id)
    )
    found: dict[str, tuple[Change, ...]] = {}
    for row, name in db.session.execute(query):
        change = Change(row.before, row.after, STAGE_WORDS[row.stage], row.reason, name or "", row.at)
        found[row.item_key] = (*found.get(row.item_key, ()), change)
    return found
