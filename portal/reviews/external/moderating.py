"""What speaks for a closer look at an external review: the facts behind its flags."""

from __future__ import annotations

from collections.abc import Collection, Mapping
from dataclasses import replace
from datetime import date
from uuid import UUID

from sqlalchemy import or_, select

from portal.core import clock
from portal.core.db import db
from portal.programmes.rules.review import Fact
from portal.reviews.assessment import queries
from portal.reviews.assessment.item_page import SOURCE_TITLES
from portal.reviews.assessment.moderating import last_words, limits_of
from portal.reviews.external import blind
from portal.reviews.external.consensus import agreed_ratings
from portal.reviews.external.fieldwork_sources import coverage
from portal.reviews.external.loading import LoadedReview
from portal.reviews.external.measures import Offer, offers
from portal.reviews.external.models.pairs import AgreementRecord
from portal.reviews.external.models.scoring import ConsensusRating
from portal.reviews.external.rules.timeline import Dates, anchors, shift
from portal.reviews.external.rules.worksheet_suggestion import firm_suggestion
from portal.reviews.moderation.queries import evidence_named
from portal.reviews.moderation.rules.flags import Flag, Given, ItemFacts, Leaning, edges, flags
from portal.scales.rules.calculator import EntryError
from portal.scales.rules.definition import Item, Scale

Sheet = Mapping[str, blind.Rated]


def due_on(found: LoadedReview) -> date | None:
    """The day the programme wants moderation done by; None when the draft has been presented already."""
    step = next((one for one in found.process.steps if one.fact is Fact.MODERATED), None)
    if step is None or found.review.accuracy_done:
        return None
    review = found.review
    dates = Dates(review.fieldwork_from, review.fieldwork_to, review.presented_on)
    return shift(anchors(found.process, dates, clock.today())[step.anchor][0], step.offset, step.unit)


def flags_of(found: LoadedReview) -> tuple[Flag, ...]:
    """The review's flags as they are now. About nine statements, whatever the number of items."""
    sheets = blind.both_sheets(found)
    agreed = agreed_ratings(found.id)
    last = last_time(found)
    missing = _missing(found)
    figures = measured(found.scale, offers(found))
    items = [
        replace(
            _facts(found, item, agreed[item.key], sheets, last),
            suggested=suggestions(item, sheets, figures),
            missing=missing.get(item.key, ()),
        )
        for item in found.scale.items
        if item.key in agreed
    ]
    bands = edges((band.title, band.lowest, band.highest) for band in found.scale.bands)
    total = sum(one.rating for one in items)
    return flags(items, total, bands, leanings(found), limits_of(found.process))


def _facts(
    found: LoadedReview,
    item: Item,
    row: ConsensusRating,
    sheets: tuple[Sheet, Sheet],
    last: queries.LastTime | None,
) -> ItemFacts:
    rated = [sheet[item.key] for sheet in sheets if item.key in sheet]
    given = tuple(
        Given(name, one.rating)
        for name, one in zip(reviewer_names(found), rated, strict=False)
        if one.rating is not None
    )
    return ItemFacts(
        key=item.key,
        number=item.number,
        rating=row.rating,
        given=given,
        last=last.ratings.get(item.key) if last else None,
        last_words=last_words(last),
    )


def measured(scale: Scale, offered: Mapping[str, Offer]) -> Mapping[str, int]:
    """The rating that the team's worksheets suggest, by item, where they suffice."""
    worked_out = {}
    for key, offer in offered.items():
        try:
            rating = firm_suggestion(scale.item(key).rule, offer.entries)
        except EntryError:  # figures that contradict each other suggest nothing; the sheet page says so
            continue
        if rating is not None:
            worked_out[key] = rating
    return worked_out


def suggestions(item: Item, sheets: tuple[Sheet, Sheet], figures: Mapping[str, int]) -> tuple[int, ...]:
    """What the measures suggest: the team's worksheets; without them, the reviewers' own calculators."""
    if item.key in figures:
        return (figures[item.key],)
    own = {sheet[item.key].suggested for sheet in sheets if item.key in sheet}
    return tuple(sorted(figure for figure in own if figure is not None))


def reviewer_names(found: LoadedReview) -> tuple[str, str]:
    """The lead's and the second reviewer's."""
    return (found.lead.name if found.lead else "", found.second.name if found.second else "")


def last_time(found: LoadedReview) -> queries.LastTime | None:
    """The last external review; without one, the service's own last assessment."""
    last = queries.last_times(found.assessment)
    return last.external or last.own


def _missing(found: LoadedReview) -> Mapping[str, tuple[str, ...]]:
    """The required sources that nothing covers, by item, less those that an answer has named since.

    In words, as they follow “without”. Four statements.
    """
    named = evidence_named(found.id)
    lacking = {}
    for row in coverage(found):
        left = [code for code in row.missing if code not in named.get(row.item.key, ())]
        titles = [SOURCE_TITLES.get(code, code) for code in left]
        if titles:
            lacking[row.item.key] = (f"evidence from {titles[0]}", *titles[1:])
    return lacking


def leanings(found: LoadedReview) -> tuple[Leaning, ...]:
    """How each of the two reviewers stands to their partners in all reviews. One statement."""
    people = [one for one in (found.lead, found.second) if one is not None]
    ids = [one.person_id for one in people]
    query = select(
        AgreementRecord.lead_id,
        AgreementRecord.second_id,
        AgreementRecord.sum_difference,
        AgreementRecord.items,
    ).where(or_(AgreementRecord.lead_id.in_(ids), AgreementRecord.second_id.in_(ids)))
    pairs = db.session.execute(query).all()
    return tuple(_leaning(one.name, one.person_id, pairs) for one in people)


def _leaning(name: str, person_id: UUID, pairs: Collection[tuple[UUID, UUID, int, int]]) -> Leaning:
    own = [
        (difference if lead_id == person_id else -difference, items)
        for lead_id, second_id, difference, items in pairs
        if person_id in (lead_id, second_id)
    ]
    return Leaning(name, sum(one[0] for one in own), sum(one[1] for one in own), len(own))
