"""One assessment in every state, each brought there by its own people through the real verbs."""

from __future__ import annotations

from collections.abc import Callable
from datetime import date, timedelta
from functools import partial
from uuid import UUID

from sqlalchemy import select

from portal.core import clock
from portal.core.db import db
from portal.demonstration.people import EISM, MANAGER, MODERATOR, PEER, STAFF, DemoPerson, demo_id
from portal.demonstration.ratings import Nature
from portal.demonstration.script import Step, actor, moment
from portal.demonstration.services import DemoService, showcase
from portal.demonstration.sheet import SCALE, drafts, first_drafts
from portal.reviews.assessment.models import Remark
from portal.reviews.assessment.rules.remarks import RemarkKind
from portal.reviews.assessment.rules.settlement import Response
from portal.reviews.assessment.rules.workflow import Action, Kind
from portal.reviews.assessment.service.drafting import ItemDraft
from portal.reviews.assessment.service.guiding import (
    answer_proposal,
    answer_question,
    ask,
    propose,
    settle_proposal,
)
from portal.reviews.assessment.service.moderating import approve, take
from portal.reviews.assessment.service.moving import advance
from portal.reviews.assessment.service.rating import save_item, save_sheet
from portal.reviews.assessment.service.starting import Start, start
from portal.scales.registry import registry

PERIOD = timedelta(days=90)
OTHER_SCALE = "ips-25-ad"

# What the guide says of three items whose self ratings follow from the sheet (3, 3 and 5 there).
TEAM_CONTACT = (
    "team-contact",
    2,
    "Specialists attend, but the minutes show no shared decisions.",
)
EMPLOYERS = ("employer-contact-frequency", 2, "Nineteen of the contacts in the log were telephone calls.")
COMMUNITY = ("community-based-services", 4, "The share is counted over the weeks as they were: 53% is a 4.")
QUESTION = ("zero-exclusion", "How does somebody who stopped coming for two months get back in?")


class Story:
    """One assessment of a service, told as steps."""

    def __init__(self, service: DemoService, name: str, anchor: date) -> None:
        self.service = service
        self.anchor = anchor
        self.id = demo_id("assessment", service.short_name, name)
        self.steps: list[Step] = []
        scale = registry().get(SCALE)
        nature = Nature.of(service, scale)
        self.ratings = nature.ratings(scale, 2, own_view=True, chance=service.chance(name))

    def then(self, days: float, do: Callable[[], object]) -> Story:
        """Add a step, some days before the anchor; steps of one day follow each other by three minutes."""
        self.steps.append(Step(moment(self.anchor, days, 10, 3 * len(self.steps) % 60), do))
        return self

    def started(self, days: float, kind: Kind, by: DemoPerson = MANAGER, guide: UUID | None = None) -> Story:
        """A draft is opened for the three months before."""

        def do() -> None:
            today = clock.today()
            wanted = Start(self.service.id, SCALE, kind, today - PERIOD, today - timedelta(days=1), guide)
            start(actor(by.id), wanted, self.id)

        return self.then(days, do)

    def filled(self, days: float) -> Story:
        """Every item is rated, on the sheet."""
        return self.then(days, lambda: save_sheet(actor(STAFF.id), self.id, drafts(self.ratings), {}))

    def half_filled(self, days: float, count: int = 12) -> Story:
        """The first items are rated one by one."""
        for key, draft in first_drafts(count, self.ratings):
            self.then(days, partial(self._save, key, draft))
        return self

    def moved(self, days: float, action: Action, by: DemoPerson = MANAGER, reason: str = "") -> Story:
        """A move of the workflow."""
        return self.then(days, lambda: advance(actor(by.id), self.id, action, None, reason))

    def guided(self, days: float, *proposals: tuple[str, int, str], by: DemoPerson = EISM) -> Story:
        """The guide asks about one item and proposes on others."""
        self.then(days, lambda: ask(actor(by.id), self.id, *QUESTION))
        for key, rating, reason in proposals:
            self.then(days, partial(self._propose, by, key, rating, reason))
        return self

    def moderated(self, days: float) -> Story:
        """The guide hands it to the moderators, one of whom takes it and approves."""
        self.moved(days, Action.HAND_TO_MODERATOR, EISM)
        self.then(days - 1, lambda: take(actor(MODERATOR.id), self.id))
        return self.then(days - 1, lambda: approve(actor(MODERATOR.id), self.id, None))

    def answered(self, days: float, **kept: str) -> Story:
        """The provider answers the question, keeps some ratings, and accepts the other proposal."""
        self.then(days, self._answer_question)
        answers = {key.replace("_", "-"): reason for key, reason in kept.items()}
        for key, _rating, _reason in (TEAM_CONTACT, EMPLOYERS, COMMUNITY):
            response = Response.KEPT if key in answers else Response.ACCEPTED
            self.then(days, partial(self._answer, key, response, answers.get(key, "")))
        return self.moved(days, Action.REPLY)

    def _save(self, key: str, draft: ItemDraft) -> None:
        save_item(actor(STAFF.id), self.id, key, draft, 0)

    def _propose(self, by: DemoPerson, key: str, rating: int, reason: str) -> None:
        propose(actor(by.id), self.id, key, rating, reason, 0)

    def _answer(self, key: str, response: Response, reason: str) -> None:
        answer_proposal(actor(MANAGER.id), self.id, key, response, reason, 1)

    def _answer_question(self) -> None:
        query = select(Remark.id).where(Remark.assessment_id == self.id, Remark.kind == RemarkKind.QUESTION)
        question = db.session.execute(query).scalar_one()
        answer = "A message to the team leader is enough: the place is kept, and they meet within the week."
        answer_question(actor(STAFF.id), self.id, question, answer)


def steps(anchor: date) -> list[Step]:
    """Every story's steps. Plans follow from the two final ones of the first and third service."""
    told = (*_finished(anchor), *_drafts(anchor), *_with_somebody(anchor), _with_moderators(anchor))
    return [step for story in told for step in story.steps]


def _finished(anchor: date) -> tuple[Story, ...]:
    hartlepool, middlesbrough, redcar, *_ = showcase()
    not_agreed = Story(hartlepool, "final", anchor).started(150, Kind.GUIDED).filled(146)
    not_agreed.moved(144, Action.SUBMIT).guided(140, TEAM_CONTACT, EMPLOYERS, COMMUNITY)
    not_agreed.moved(139, Action.HAND_OVER, EISM)
    not_agreed.answered(
        132,
        employer_contact_frequency="The calls were counted by mistake; without them it is still four a week.",
        community_based_services="Sick leave should not count against the people who were there.",
    )
    not_agreed.then(
        128,
        lambda: settle_proposal(
            actor(EISM.id), not_agreed.id, EMPLOYERS[0], came_round=True, expected_version=2
        ),
    ).moderated(127)
    unguided = Story(redcar, "unguided", anchor).started(130, Kind.SELF, STAFF).filled(125)
    unguided.moved(121, Action.CONFIRM)
    withdrawn = Story(middlesbrough, "withdrawn", anchor).started(100, Kind.GUIDED).half_filled(96, 3)
    withdrawn.moved(92, Action.WITHDRAW)
    return not_agreed, unguided, withdrawn


def _drafts(anchor: date) -> tuple[Story, ...]:
    hartlepool, middlesbrough, _, _, _, durham, _ = showcase()
    returned = Story(durham, "returned", anchor).started(34, Kind.GUIDED).filled(27).moved(24, Action.SUBMIT)
    returned.guided(20, TEAM_CONTACT)
    reason = "Please add the time sheets for items 2 and 24: without them I cannot follow the shares."
    returned.moved(19, Action.RETURN, EISM, reason)
    return (
        Story(hartlepool, "empty", anchor).started(3, Kind.GUIDED, STAFF),
        Story(middlesbrough, "half", anchor).started(12, Kind.GUIDED, STAFF).half_filled(4),
        returned,
    )


def _with_somebody(anchor: date) -> tuple[Story, ...]:
    _, _, redcar, stockton, darlington, _, northumberland = showcase()
    submitted = (
        Story(redcar, "with-guide", anchor).started(16, Kind.GUIDED).filled(11).moved(9, Action.SUBMIT)
    )
    asked = (
        Story(stockton, "with-provider", anchor).started(30, Kind.GUIDED).filled(23).moved(21, Action.SUBMIT)
    )
    asked.guided(15, TEAM_CONTACT, EMPLOYERS, COMMUNITY).moved(14, Action.HAND_OVER, EISM)
    settling = (
        Story(darlington, "settling", anchor).started(41, Kind.GUIDED).filled(35).moved(33, Action.SUBMIT)
    )
    settling.guided(25, TEAM_CONTACT, EMPLOYERS, COMMUNITY).moved(25, Action.HAND_OVER, EISM)
    settling.answered(10, community_based_services="Our calendars for the two full months show 68%.")
    peer = Story(northumberland, "peer", anchor).started(22, Kind.PEER, guide=PEER.id).filled(18)
    peer.moved(17, Action.SUBMIT).guided(6, COMMUNITY, by=PEER)
    return submitted, asked, settling, peer


def _with_moderators(anchor: date) -> Story:
    """A self-assessment on the drug and alcohol scale that nobody moderates yet; it names no evidence."""
    story = Story(showcase()[0], "with-moderator", anchor)
    drafts_of = {item.key: ItemDraft(4, "As last year.") for item in registry().get(OTHER_SCALE).items}

    def begin() -> None:
        today = clock.today()
        wanted = Start(story.service.id, OTHER_SCALE, Kind.GUIDED, today - PERIOD, today - timedelta(days=1))
        start(actor(MANAGER.id), wanted, story.id)

    story.then(20, begin).then(18, lambda: save_sheet(actor(STAFF.id), story.id, drafts_of, {}))
    return story.moved(17, Action.SUBMIT).moved(12, Action.HAND_TO_MODERATOR, EISM)
