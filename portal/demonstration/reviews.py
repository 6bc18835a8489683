"""One external review at every stage, each brought there by its own people through the real verbs."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import replace
from datetime import date, timedelta
from uuid import UUID

from portal.demonstration.people import (
    LEAD_MANAGER,
    LEAD_REVIEWER,
    MODERATOR,
    OBSERVER,
    SECOND_REVIEWER,
    SUPPLIER,
    DemoPerson,
    demo_id,
)
from portal.demonstration.ratings import Nature
from portal.demonstration.script import Step, actor, moment
from portal.demonstration.services import DemoService, showcase
from portal.demonstration.sheet import drafts
from portal.reviews.assessment.service.drafting import ItemDraft
from portal.reviews.external import blind, consensus
from portal.reviews.external.loading import load_review
from portal.reviews.external.rules.independence import Capacity
from portal.reviews.external.rules.workflow import Action
from portal.reviews.external.service.consensus import AgreedDraft, agree, agree_identical
from portal.reviews.external.service.moving import advance
from portal.reviews.external.service.planning import Plan, plan
from portal.reviews.external.service.scoring import lock, save_own_sheet
from portal.reviews.external.team import Named
from portal.scales.registry import registry
from portal.workforce.service import accredit

TEAM = (
    Named(LEAD_REVIEWER.id, Capacity.LEAD),
    Named(SECOND_REVIEWER.id, Capacity.SECOND),
    Named(OBSERVER.id, Capacity.OBSERVER),
    Named(MODERATOR.id, Capacity.MODERATOR),
)
# Where the second reviewer sees it otherwise than the lead: item -> by how much.
APART = {
    "employment-supervisor": -1,
    "zero-exclusion": 1,
    "vocational-assessment": -1,
    "employer-contact-quality": -2,
    "individualised-support": 1,
    "assertive-engagement": -1,
}
AGREED_REASON = "We went back to the notes together: both interviews describe the lower practice."


def accreditation_steps(anchor: date) -> list[Step]:
    """The reviewers are accredited from the demonstration's first day."""
    return [
        Step(moment(anchor, 760, 12, minute), lambda one=one: _accredit(one, anchor))  # type: ignore[misc]  # mypy and default arguments of lambdas
        for minute, one in enumerate((LEAD_REVIEWER, SECOND_REVIEWER, MODERATOR))
    ]


def _accredit(person: DemoPerson, anchor: date) -> None:
    starts = anchor - timedelta(days=760)
    accredit(actor(LEAD_MANAGER.id), SUPPLIER.id, person.id, starts, anchor + timedelta(days=300))


class ReviewStory:
    """One external review of a service, told as steps. Days count back from the anchor."""

    def __init__(self, service: DemoService, name: str, anchor: date, visit: int) -> None:
        self.service = service
        self.anchor = anchor
        self.visit = visit  # the first day of fieldwork, so many days before the anchor
        self.id: UUID = demo_id("review", service.short_name, name)
        self.steps: list[Step] = []
        scale = registry().get(service.scale)
        chance = service.chance(name)
        self.ratings = Nature.of(service, scale).ratings(scale, 2, own_view=False, chance=chance)

    def then(self, days: float, do: Callable[[], object]) -> ReviewStory:
        """Add a step; steps of one day follow each other by two minutes."""
        self.steps.append(Step(moment(self.anchor, days, 11, 2 * len(self.steps) % 60), do))
        return self

    def moved(self, days: float, action: Action, by: DemoPerson, reason: str = "") -> ReviewStory:
        """A move of the workflow."""
        return self.then(days, lambda: advance(actor(by.id), self.id, action, None, reason))

    def planned(self, days: float) -> ReviewStory:
        """The lead manager plans it."""

        def do() -> None:
            first = self.anchor - timedelta(days=self.visit)
            wanted = Plan(self.service.id, self.service.scale, first, first + timedelta(days=1), TEAM)
            plan(actor(LEAD_MANAGER.id), wanted, self.id)

        return self.then(days, do)

    def opened(self, days: float) -> ReviewStory:
        """Service and team are told, and the service prepares."""
        return self.moved(days, Action.OPEN, LEAD_MANAGER)

    def visited(self) -> ReviewStory:
        """Two days on site."""
        return self.moved(self.visit, Action.BEGIN_FIELDWORK, LEAD_REVIEWER)

    def left(self) -> ReviewStory:
        """The team leaves the site."""
        reason = "The jobcentre and a family member are telephoned next week."
        return self.moved(self.visit - 1.2, Action.LEAVE_SITE, LEAD_REVIEWER, reason)

    def rated(self, days: float, by: DemoPerson, apart: Mapping[str, int]) -> ReviewStory:
        """A reviewer fills their own sheet."""
        return self.then(days, lambda: save_own_sheet(actor(by.id), self.id, self._sheet(apart), {}))

    def locked(self, days: float, by: DemoPerson) -> ReviewStory:
        """A reviewer locks."""
        return self.then(days, lambda: lock(actor(by.id), self.id))

    def both_locked(self) -> ReviewStory:
        """Both reviewers rate alone and lock; the observer rates for practice."""
        self.rated(self.visit - 2, LEAD_REVIEWER, {}).rated(self.visit - 2, SECOND_REVIEWER, APART)
        self.rated(self.visit - 2, OBSERVER, {"disclosure": -1})
        return self.locked(self.visit - 3, LEAD_REVIEWER).locked(self.visit - 4, SECOND_REVIEWER)

    def agreed(self, days: float, leaving: int = 0) -> ReviewStory:
        """Consensus on every item but so many of those apart."""
        self.then(days, lambda: agree_identical(actor(LEAD_REVIEWER.id), self.id))
        return self.then(days, lambda: self._agree_rest(leaving))

    def _agree_rest(self, leaving: int) -> None:
        found = load_review(self.id)
        assert found is not None  # planned before
        first, second = blind.both_sheets(found)
        done = consensus.agreed_ratings(self.id)
        rest = [item.key for item in found.scale.items if item.key not in done]
        for key in rest[: len(rest) - leaving]:
            rating = min(first[key].rating or 0, second[key].rating or 0)
            agree(actor(LEAD_REVIEWER.id), self.id, key, AgreedDraft(rating, AGREED_REASON), 0)

    def _sheet(self, apart: Mapping[str, int]) -> dict[str, ItemDraft]:
        return {key: _nudged(draft, apart.get(key, 0)) for key, draft in drafts(self.ratings).items()}


def _nudged(draft: ItemDraft, by: int) -> ItemDraft:
    rating = min(max((draft.rating or 0) + by, 1), 5)
    if rating == draft.rating:
        return draft
    return replace(draft, rating=rating, rationale="What I heard in the interviews points this way.")


def steps(anchor: date) -> list[Step]:
    """Every story's steps."""
    told = (*_before_unblinding(anchor), *_after_unblinding(anchor))
    return [*accreditation_steps(anchor), *(step for story in told for step in story.steps)]


def _before_unblinding(anchor: date) -> tuple[ReviewStory, ...]:
    _, middlesbrough, redcar, stockton, darlington, _, _ = showcase()
    planned = ReviewStory(middlesbrough, "planned", anchor, -70).planned(5)
    cancelled = ReviewStory(redcar, "cancelled", anchor, 20).planned(90).opened(88)
    cancelled.moved(80, Action.CANCEL, LEAD_MANAGER, "The host trust moves wards that month.")
    preparing = ReviewStory(redcar, "preparing", anchor, -12).planned(75).opened(70)
    fieldwork = ReviewStory(stockton, "fieldwork", anchor, 1).planned(80).opened(75).visited()
    fieldwork.rated(0.2, LEAD_REVIEWER, {})
    scoring = ReviewStory(darlington, "scoring", anchor, 7).planned(85).opened(80).visited().left()
    scoring.rated(5, LEAD_REVIEWER, {}).rated(4, SECOND_REVIEWER, APART).locked(3, LEAD_REVIEWER)
    return planned, cancelled, preparing, fieldwork, scoring


def _after_unblinding(anchor: date) -> tuple[ReviewStory, ...]:
    _, _, _, _, _, durham, _ = showcase()
    deciding = ReviewStory(durham, "consensus", anchor, 13).planned(95).opened(90).visited().left()
    deciding.both_locked().agreed(2, leaving=3)
    return (deciding,)
