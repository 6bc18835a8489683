"""Where each item's evidence comes from so far: notes, worksheets and what the service supplied."""

from __future__ import annotations

from collections.abc import Iterator
from uuid import UUID

from sqlalchemy import bindparam, select

from portal.core.db import db
from portal.reviews.external.fieldwork_rows import filled_sheets
from portal.reviews.external.loading import LoadedReview
from portal.reviews.external.models.fieldwork import FieldNote
from portal.reviews.external.models.portfolio import RequestedDocument
from portal.reviews.external.rules import sources
from portal.reviews.external.rules.portfolio import DocumentState
from portal.reviews.external.rules.sources import ItemSources
from portal.reviews.external.rules.worksheet_offers import informed

_NOTES = select(FieldNote.source, FieldNote.item_keys).where(
    FieldNote.assessment_id == bindparam("assessment_id"), FieldNote.removed_at.is_(None)
)
_DOCUMENTS = select(RequestedDocument.item_keys).where(
    RequestedDocument.assessment_id == bindparam("assessment_id"),
    RequestedDocument.withdrawn_at.is_(None),
    RequestedDocument.state.in_((DocumentState.SUPPLIED, DocumentState.PARTLY)),
)


def seen(found: LoadedReview) -> dict[str, frozenset[str]]:
    """The source codes that have been looked at, by item key. Three statements."""
    given: dict[str, UUID] = {"assessment_id": found.id}
    notes = [(source, keys) for source, keys in db.session.execute(_NOTES, given)]
    return sources.seen_by(notes, _worksheets(found), supplied(found))


def supplied(found: LoadedReview) -> list[list[str]]:
    """The item keys of each document that the service supplied, whole or in part. One statement."""
    return list(db.session.execute(_DOCUMENTS, {"assessment_id": found.id}).scalars())


def _worksheets(found: LoadedReview) -> Iterator[tuple[tuple[str, ...], tuple[str, ...]]]:
    for sheet, rows in filled_sheets(found):
        yield sheet.sources, informed(sheet, rows, found.scale.key)


def coverage(found: LoadedReview) -> list[ItemSources]:
    """Every item with its sources, those with the most missing first. Three statements."""
    return sources.coverage(found.scale, seen(found))


def gaps(found: LoadedReview) -> tuple[int, ...]:
    """The numbers of the items that lack a required source. Three statements."""
    return sources.gap_numbers(found.scale, seen(found))
