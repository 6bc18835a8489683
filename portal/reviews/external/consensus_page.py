"""The consensus page as plain data: both ratings of each item, what speaks for each, and the agreed one."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field, replace
from typing import Any

from portal.core.rules.whole import whole
from portal.reviews.assessment import queries
from portal.reviews.external import blind
from portal.reviews.external.consensus import agreed_ratings
from portal.reviews.external.loading import LoadedReview
from portal.reviews.external.measures import NOTHING, offers
from portal.reviews.external.models.scoring import ConsensusRating
from portal.reviews.external.moderating import measured
from portal.reviews.external.moderation_page import changes_of
from portal.reviews.external.service.consensus import AgreedDraft
from portal.reviews.moderation.page import Change
from portal.reviews.moderation.queries import NO_THREAD, Thread, threads
from portal.scales.rules.definition import Item
from portal.scales.rules.scoring import Score, score


@dataclass(frozen=True)
class Given:
    """What one reviewer gave alone, and why. `suggested`: what their own figures come to."""

    name: str
    rating: int | None
    rationale: str
    evidence: str
    suggested: int | None


@dataclass(frozen=True)
class Form:
    """What the fields of an item say: as agreed, or as somebody typed it and it could not be saved."""

    rating: int | None = None
    reason: str = ""
    comment: str = ""
    version: int = 0


@dataclass(frozen=True)
class Line:
    """One item: both ratings, the measures, last time's, and what is agreed."""

    item: Item
    lead: Given
    second: Given
    agreed: int | None
    form: Form
    measures: tuple[str, ...] = ()
    suggested: int | None = None
    last_own: int | None = None
    last_external: int | None = None
    changes: tuple[Change, ...] = ()
    thread: Thread = NO_THREAD
    theirs: Mapping[str, Any] | None = None
    problems: Mapping[str, str] = field(default_factory=dict)
    opened: bool = False

    @property
    def given(self) -> tuple[int | None, int | None]:
        return self.lead.rating, self.second.rating

    @property
    def apart(self) -> int:
        """How many points the two ratings are apart."""
        first, second = self.given
        return abs(first - second) if first is not None and second is not None else 0

    @property
    def alike(self) -> bool:
        return self.given[0] == self.given[1]

    @property
    def own_way(self) -> bool:
        """Whether the agreed rating is neither reviewer's."""
        return self.form.rating is not None and self.form.rating not in self.given


@dataclass(frozen=True)
class ConsensusPage:
    """All items in the order in which they are talked about."""

    lines: tuple[Line, ...]  # in the order of the scale
    result: Score
    round: int

    @property
    def asked(self) -> list[Line]:
        """What the moderators asked about, when they have returned the review."""
        return [line for line in self.lines if self.round > 1 and line.thread.messages]

    @property
    def apart(self) -> list[Line]:
        """The disagreements, the widest first."""
        asked = {line.item.key for line in self.asked}
        found = [line for line in self.lines if not line.alike and line.item.key not in asked]
        return sorted(found, key=lambda line: (-line.apart, line.item.number))

    @property
    def alike(self) -> list[Line]:
        asked = {line.item.key for line in self.asked}
        return [line for line in self.lines if line.alike and line.item.key not in asked]

    @property
    def to_take(self) -> int:
        """How many identical ratings wait to be taken over."""
        return sum(1 for line in self.lines if line.alike and line.agreed is None)

    @property
    def agreed(self) -> int:
        return sum(1 for line in self.lines if line.agreed is not None)

    @property
    def to_discuss(self) -> int:
        return len(self.lines) - self.agreed

    @property
    def own_ways(self) -> list[Line]:
        """Items whose agreed rating is neither reviewer's."""
        return [line for line in self.lines if line.own_way]


def consensus_page(found: LoadedReview) -> ConsensusPage:
    """The page as it stands. Eight statements at most, whatever the number of items.

    Raises NotFound until both reviewers have locked.
    """
    first, second = blind.both_sheets(found)
    agreed = agreed_ratings(found.id)
    last = queries.last_times(found.assessment)
    offered = offers(found)
    figures = measured(found.scale, offered)
    changes, talk = changes_of(found.id), threads(found.id)
    names = [one.name if one is not None else "" for one in (found.lead, found.second)]
    lines = tuple(
        Line(
            item=item,
            lead=_given(names[0], first.get(item.key)),
            second=_given(names[1], second.get(item.key)),
            agreed=agreed[item.key].rating if item.key in agreed else None,
            form=_form(agreed.get(item.key)),
            measures=offered.get(item.key, NOTHING).words,
            suggested=figures.get(item.key),
            last_own=last.own.ratings.get(item.key) if last.own else None,
            last_external=last.external.ratings.get(item.key) if last.external else None,
            changes=changes.get(item.key, ()),
            thread=talk.get(item.key, NO_THREAD),
        )
        for item in found.scale.items
    )
    return _page(found, lines)


def _page(found: LoadedReview, lines: Sequence[Line]) -> ConsensusPage:
    result = score(found.scale, {line.item.key: line.agreed for line in lines})
    return ConsensusPage(tuple(lines), result, found.review.round)


def _given(name: str, row: blind.Rated | None) -> Given:
    if row is None:
        return Given(name, None, "", "", None)
    return Given(name, row.rating, row.rationale, row.evidence, row.suggested)


def _form(row: ConsensusRating | None) -> Form:
    return Form(row.rating, row.reason, row.comment, row.version) if row is not None else Form()


def with_line(page: ConsensusPage, key: str, **changed: Any) -> ConsensusPage:
    """The page with one item's line changed, and opened."""
    lines = [replace(line, opened=True, **changed) if line.item.key == key else line for line in page.lines]
    return replace(page, lines=tuple(lines))


def read_form(form: Mapping[str, str]) -> tuple[AgreedDraft, int]:
    """What an item's form says, and the version the person saw."""
    draft = AgreedDraft(whole(form.get("rating")), form.get("reason", ""), form.get("comment", ""))
    return draft, whole(form.get("version")) or 0
