"""An external review told as steps, each done by its own people through the real verbs."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import replace
from datetime import date, timedelta
from functools import partial
from uuid import UUID

from portal.core import clock
from portal.demonstration import fieldwork, on_site, visits
from portal.demonstration.people import (
    LEAD_MANAGER,
    LEAD_REVIEWER,
    MODERATOR,
    OBSERVER,
    SECOND_REVIEWER,
    DemoPerson,
    demo_id,
)
from portal.demonstration.places import manager_of
from portal.demonstration.ratings import Nature
from portal.demonstration.script import Step, actor, moment
from portal.demonstration.services import DemoService
from portal.demonstration.sheet import SCALE, drafts, plain_drafts
from portal.reviews.assessment.service.drafting import ItemDraft
from portal.reviews.external import blind, consensus
from portal.reviews.external.loading import load_review
from portal.reviews.external.rules.accuracy import Decision
from portal.reviews.external.rules.independence import Capacity
from portal.reviews.external.rules.portfolio import DocumentState
from portal.reviews.external.rules.workflow import Action
from portal.reviews.external.service.accuracy import comment
from portal.reviews.external.service.consensus import AgreedDraft, agree, agree_identical
from portal.reviews.external.service.deciding import decide
from portal.reviews.external.service.fieldwork import save_note
from portal.reviews.external.service.fieldwork_rows import save_row
from portal.reviews.external.service.moderating import approve, query
from portal.reviews.external.service.moving import advance
from portal.reviews.external.service.planning import Plan, plan
from portal.reviews.external.service.portfolio import Answer, answer, audit_portfolio, documents_of
from portal.reviews.external.service.scoring import lock, save_own_sheet
from portal.reviews.external.service.timeline import tick
from portal.reviews.external.team import Named
from portal.scales.registry import registry

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
FIRST_STEPS = ("read-up", "first-call", "agreement", "information-governance", "interviewees", "portfolio")
VISIT_STEPS = ("timetable", "snapshot", "catch-up-call")
RECORDS_FOR = ("ips-25", "ips-25-ad")  # the scales that the record worksheet fills
AGREED_REASON = "We went back to the notes together: both interviews describe the lower practice."


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
        self.manager = manager_of(service.provider)
        self.ratings = Nature.of(service, scale).ratings(scale, 2, own_view=False, chance=chance)

    @property
    def first_day(self) -> date:
        """The first day of fieldwork."""
        return self.anchor - timedelta(days=self.visit)

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
            first = self.first_day
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
        self.then(self.visit - 1.2, lambda: visits.hold(actor(SECOND_REVIEWER.id), self.id))
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
        scale = registry().get(self.service.scale)
        figures = scale.key == SCALE
        sheet = drafts(self.ratings) if figures else plain_drafts(scale, self.ratings)
        return {key: _nudged(draft, apart.get(key, 0)) for key, draft in sheet.items()}

    def prepared(self, days: float) -> ReviewStory:
        """The service does its first steps and answers most of what was asked for."""
        for key in FIRST_STEPS:
            self.then(days + 40, partial(self._tick, key))
        return self.then(days, self._answer_documents)

    def audited(self, days: float) -> ReviewStory:
        """The service audits its portfolio, and the visit is settled."""
        for key in VISIT_STEPS:
            self.then(days, partial(self._tick, key))
        self.then(days, lambda: visits.settle(actor(self.manager), self.id, self.first_day))
        return self.then(days, lambda: audit_portfolio(actor(self.manager), self.id))

    def _tick(self, key: str) -> None:
        tick(actor(self.manager), self.id, key)

    def noted(self, days: float) -> ReviewStory:
        """Notes and ten records, written on site."""
        return self.then(days, self._write_notes)

    def on_tablets(self, days: float) -> ReviewStory:
        """Both reviewers work on tablets, and not everything has arrived."""
        return self.then(days, lambda: on_site.work(self.service, self.id))

    def handed_in(self, days: float) -> ReviewStory:
        """The lead reviewer hands in to the moderators."""
        return self.moved(days, Action.SUBMIT, LEAD_REVIEWER)

    def approved(self, days: float) -> ReviewStory:
        """The moderator approves what stands."""
        return self.then(days, lambda: approve(actor(MODERATOR.id), self.id, None))

    def queried(self, days: float, item_key: str, text: str) -> ReviewStory:
        """The moderator asks about an item."""
        return self.then(days, lambda: query(actor(MODERATOR.id), self.id, item_key, text))

    def commented(self, days: float, by: UUID, item_key: str, text: str) -> ReviewStory:
        """The service comments on an item of the draft."""
        return self.then(days, lambda: comment(actor(by), self.id, item_key, text, 0))

    def closed(self, days: float, by: UUID) -> ReviewStory:
        """The service’s manager sends the comments."""
        action = Action.CLOSE_COMMENTS
        return self.then(days, lambda: advance(actor(by), self.id, action, None))

    def declined(self, days: float, item_key: str, reason: str) -> ReviewStory:
        """The lead reviewer leaves an item as it is."""
        decision = Decision(accepted=False, reason=reason)
        return self.then(days, lambda: decide(actor(LEAD_REVIEWER.id), self.id, item_key, decision, 1))

    def published(self, days: float) -> ReviewStory:
        """The lead reviewer publishes."""
        return self.moved(days, Action.PUBLISH, LEAD_REVIEWER)

    def _answer_documents(self) -> None:
        chance = self.service.chance("documents")
        for document in documents_of(self.id):
            if chance.random() < 0.7:
                wanted = Answer(DocumentState.PARTLY, "Shown to the team at the visit; the rest follows.")
            elif chance.random() < 0.3:
                wanted = Answer(DocumentState.NOT_AVAILABLE, "We do not keep this yet.")
            else:
                continue
            answer(actor(self.manager), self.id, document.id, wanted, document.version)

    def _write_notes(self) -> None:
        on = clock.today()
        known = {item.key for item in registry().get(self.service.scale).items}
        for by, note_id, draft in fieldwork.notes(self.service, on):
            items = tuple(key for key in draft.item_keys if key in known)
            save_note(actor(by.id), self.id, note_id, replace(draft, item_keys=items), 0)
        if self.service.scale in RECORDS_FOR:
            for position, row in enumerate(fieldwork.records(self.service, on), start=1):
                save_row(actor(SECOND_REVIEWER.id), self.id, "records", position, row, 0)


def _nudged(draft: ItemDraft, by: int) -> ItemDraft:
    rating = min(max((draft.rating or 0) + by, 1), 5)
    if rating == draft.rating:
        return draft
    return replace(draft, rating=rating, rationale="What I heard in the interviews points this way.")
