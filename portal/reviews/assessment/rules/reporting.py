"""Building a report from what is known when an assessment becomes final."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from datetime import date
from typing import Any

from portal.reviews.assessment.rules.external_part import Changed, ReviewPart
from portal.reviews.assessment.rules.report import (
    Earlier,
    Report,
    ReportBand,
    ReportItem,
    ReportScale,
    ReportSection,
    Step,
)
from portal.reviews.assessment.rules.settlement import Response, Settled
from portal.reviews.assessment.rules.telling import METHODS, how_reviewed, how_told
from portal.reviews.assessment.rules.workflow import GUIDED_KINDS, Kind
from portal.scales.rules.calculator import EntryError, suggest
from portal.scales.rules.definition import Basis, Item, Scale
from portal.scales.rules.numbering import us_number
from portal.scales.rules.scoring import Score, score
from portal.scales.rules.words import describe_line

SUMMARISED = 3  # things done well, and priorities
WELL_FROM = 4  # an item rated below this is not called done well


@dataclass(frozen=True)
class Head:
    """What stands over the ratings."""

    code: str
    service_key: str
    service: str
    provider: str
    kind: Kind
    imported: bool
    period_from: date
    period_to: date
    final_on: date
    steps: tuple[Step, ...]
    reviewers: str = ""
    review: ReviewPart | None = None
    version: int = 1
    reason: str = ""
    changes: tuple[Changed, ...] = ()


@dataclass(frozen=True)
class Told:
    """What was written about one item, by the provider and by the guide."""

    rationale: str = ""
    evidence: str = ""
    files: tuple[str, ...] = ()
    suggested: int | None = None
    entries: Mapping[str, Any] = field(default_factory=dict)
    guide_reason: str = ""
    answer: str = ""
    response: Response | None = None
    came_round: bool = False


@dataclass(frozen=True)
class Before:
    """An earlier result with its ratings by item key."""

    kind: Kind
    on: date
    total: int
    band_title: str | None
    ratings: Mapping[str, int]


@dataclass(frozen=True)
class BeforeBoth:
    """The last result by the service itself, and by external reviewers."""

    own: Before | None = None
    external: Before | None = None

    @property
    def newest(self) -> Before | None:
        found = [one for one in (self.own, self.external) if one is not None]
        return max(found, key=lambda one: one.on, default=None)


def build(
    head: Head,
    scale: Scale,
    settled: Mapping[str, Settled],
    told: Mapping[str, Told],
    before: BeforeBoth,
) -> Report:
    """The report. Every item of the scale must be settled; `told` may leave items out."""
    result = score(scale, {key: item.rating for key, item in settled.items()})
    items = tuple(
        _item(head, scale, item, settled[item.key], told.get(item.key, Told()), before)
        for item in scale.items
    )
    well, weak = summary(items, scale.rating_max)
    return Report(
        code=head.code,
        service_key=head.service_key,
        service=head.service,
        provider=head.provider,
        kind=head.kind.value,
        kind_title=head.kind.title,
        imported=head.imported,
        period_from=head.period_from,
        period_to=head.period_to,
        final_on=head.final_on,
        steps=head.steps,
        scale=_scale(scale),
        bands=tuple(ReportBand(b.key, b.title, b.lowest, b.highest) for b in scale.bands),
        total=result.total,
        lowest=scale.lowest_total,
        maximum=result.maximum,
        band=_band(result),
        sections=_sections(scale, result, before.newest),
        items=items,
        highlights=well,
        priorities=weak,
        own=_earlier(before.own),
        external=_earlier(before.external),
        method=_method(head, scale),
        version=head.version,
        reason=head.reason,
        changes=head.changes,
        review=head.review,
    )


def summary(items: Sequence[ReportItem], rating_max: int) -> tuple[tuple[int, ...], tuple[int, ...]]:
    """Numbers of the items done well and of the priorities, at most three of each and none in both.

    Done well: the highest rated of those rated 4 or more, first those that rose most. Priorities: the
    lowest rated below the highest rating, first those that fell most. Then the order of the scale.
    """
    best = sorted(items, key=lambda item: (-item.rating, -(item.change or 0), item.number))
    well = tuple(item.number for item in best if item.rating >= WELL_FROM)[:SUMMARISED]
    worst = sorted(items, key=lambda item: (item.rating, item.change or 0, item.number))
    weak = [item.number for item in worst if item.rating < rating_max and item.number not in well]
    return well, tuple(weak[:SUMMARISED])


def _item(
    head: Head, scale: Scale, item: Item, settled: Settled, told: Told, before: BeforeBoth
) -> ReportItem:
    rated_by_provider = head.kind is not Kind.EXTERNAL and not head.imported
    guided = head.kind in GUIDED_KINDS and not head.imported
    last = before.newest.ratings.get(item.key) if before.newest else None
    return ReportItem(
        key=item.key,
        number=item.number,
        other_number=us_number(scale, item),
        section=item.section,
        title=item.title,
        definition=item.definition,
        rating=settled.rating,
        anchor=item.anchors.get(settled.rating, ""),
        derived=item.basis is Basis.DERIVED,
        checked=item.checked,
        how_scored=describe_line(item.rule),
        self_rating=settled.self_rating if rated_by_provider else None,
        guide_rating=settled.guide_rating if guided else None,
        agreed=settled.agreed,
        outcome=_outcome(settled, told) if guided else "",
        suggested=told.suggested,
        calculation=_calculation(item, told),
        evidence=told.evidence.strip(),
        files=told.files,
        rationale=told.rationale.strip(),
        guide_reason=told.guide_reason.strip(),
        answer=told.answer.strip(),
        recommendation=item.next_steps.get(settled.rating, ""),
        last_own=before.own.ratings.get(item.key) if before.own else None,
        last_external=before.external.ratings.get(item.key) if before.external else None,
        change=None if last is None else settled.rating - last,
    )


def _outcome(settled: Settled, told: Told) -> str:
    if settled.guide_rating is None:
        return "not-proposed"
    if not settled.agreed:
        return "not-agreed"
    if settled.guide_rating == settled.self_rating:
        return "same"
    return "came-round" if told.came_round else "accepted"


def _calculation(item: Item, told: Told) -> tuple[str, ...]:
    """How the suggested rating came about; nothing where the entries were left unfinished."""
    if told.suggested is None:
        return ()
    try:
        suggestion = suggest(item.rule, told.entries)
    except EntryError:
        return ()
    return suggestion.steps if suggestion else ()


def _scale(scale: Scale) -> ReportScale:
    return ReportScale(
        key=scale.key,
        version=scale.version,
        digest=scale.digest,
        title=scale.title,
        short_title=scale.short_title,
        source=scale.source,
        licence=scale.licence,
        rating_min=scale.rating_min,
        rating_max=scale.rating_max,
        notes=scale.notes,
        derived=tuple(item.number for item in scale.items if item.basis is Basis.DERIVED),
        unchecked=tuple(
            item.number for item in scale.items if not item.checked and item.basis is Basis.PUBLISHED
        ),
    )


def _band(result: Score) -> ReportBand | None:
    band = result.band
    return None if band is None else ReportBand(band.key, band.title, band.lowest, band.highest)


def _sections(scale: Scale, result: Score, last: Before | None) -> tuple[ReportSection, ...]:
    return tuple(
        ReportSection(s.key, s.title, s.total, s.maximum, _last_total(scale, s.key, last))
        for s in result.sections
    )


def _last_total(scale: Scale, section: str, last: Before | None) -> int | None:
    """The section's total last time; None where an item of it was not rated then."""
    found = [last.ratings.get(item.key) if last else None for item in scale.items_of(section)]
    known = [rating for rating in found if rating is not None]
    return sum(known) if len(known) == len(found) else None


def _earlier(before: Before | None) -> Earlier | None:
    if before is None:
        return None
    return Earlier(before.kind.value, before.kind.title, before.on, before.total, before.band_title)


def _method(head: Head, scale: Scale) -> tuple[str, ...]:
    told = how_told(head.reviewers) if head.imported else METHODS[head.kind]
    if head.review is not None:
        told = how_reviewed(head.review)
    rating = (
        f"Each of the {len(scale.items)} items is rated from {scale.rating_min} to {scale.rating_max} "
        "against its anchors, on what the evidence shows is happening in the evidence period. "
        f"The total is the sum of the ratings, at most {scale.highest_total}; "
        "no item counts more than another."
    )
    banded = (
        "The band is the one that the scale publishes for the total."
        if scale.bands
        else "No bands are published for this scale: the result is the total and its share of the maximum."
    )
    return (*told, rating, banded)
