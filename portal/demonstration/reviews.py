"""One external review at every stage, and the published ones of two years."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from datetime import date, timedelta

from portal.demonstration.people import (
    LEAD_MANAGER,
    LEAD_REVIEWER,
    MANAGER,
    MODERATOR,
    SECOND_REVIEWER,
    SHOWCASE,
    SUPPLIER,
    DemoPerson,
)
from portal.demonstration.review_story import APART, ReviewStory
from portal.demonstration.script import LENGTH, Step, actor, moment
from portal.demonstration.services import DemoService, showcase
from portal.reviews.external.rules.workflow import Action
from portal.workforce.accreditation.service.accrediting import accredit

PUBLISHED = 40  # about what the contract asks for a year (OHID 3.4)


def _accreditation(anchor: date) -> list[Step]:
    """The reviewers are accredited from the demonstration's first day."""
    return [
        Step(moment(anchor, 760, 12, minute), lambda one=one: _accredit(one, anchor))  # type: ignore[misc]  # mypy and default arguments of lambdas
        for minute, one in enumerate((LEAD_REVIEWER, SECOND_REVIEWER, MODERATOR))
    ]


def _accredit(person: DemoPerson, anchor: date) -> None:
    starts = anchor - timedelta(days=760)
    accredit(actor(LEAD_MANAGER.id), SUPPLIER.id, person.id, starts, anchor + timedelta(days=300))


def steps(wanted: Sequence[DemoService], anchor: date) -> list[Step]:
    """Every story's steps."""
    told = (*_before_unblinding(anchor), *_after_unblinding(anchor), *_with_service(wanted, anchor))
    told += tuple(_two_years(wanted, anchor))
    return [*_accreditation(anchor), *(step for story in told for step in story.steps)]


def _before_unblinding(anchor: date) -> tuple[ReviewStory, ...]:
    _, middlesbrough, redcar, stockton, darlington, _, _ = showcase()
    planned = ReviewStory(middlesbrough, "planned", anchor, -70).planned(5)
    cancelled = ReviewStory(redcar, "cancelled", anchor, 20).planned(90).opened(88)
    cancelled.moved(80, Action.CANCEL, LEAD_MANAGER, "The host trust moves wards that month.")
    preparing = ReviewStory(redcar, "preparing", anchor, -12).planned(75).opened(70).prepared(9)
    fieldwork = ReviewStory(stockton, "fieldwork", anchor, 1).planned(80).opened(75).prepared(20).audited(15)
    fieldwork.visited().noted(0.9).rated(0.2, LEAD_REVIEWER, {}).on_tablets(0.1)
    scoring = ReviewStory(darlington, "scoring", anchor, 7).planned(85).opened(80).prepared(25).audited(21)
    scoring.visited().noted(6.8).left()
    scoring.rated(5, LEAD_REVIEWER, {}).rated(4, SECOND_REVIEWER, APART).locked(3, LEAD_REVIEWER)
    return planned, cancelled, preparing, fieldwork, scoring


def _after_unblinding(anchor: date) -> tuple[ReviewStory, ...]:
    *_, durham, northumberland = showcase()
    deciding = _locked(ReviewStory(durham, "consensus", anchor, 13)).agreed(2, leaving=3)
    moderated = _locked(ReviewStory(northumberland, "moderation", anchor, 21)).agreed(12).handed_in(8)
    moderated.queried(
        6, "employer-contact-quality", "You are two apart here. Which visits did each of you rest on?"
    )
    return deciding, moderated


def _with_service(wanted: Sequence[DemoService], anchor: date) -> tuple[ReviewStory, ...]:
    hartlepool, middlesbrough, *_ = showcase()
    checked = _locked(ReviewStory(hartlepool, "accuracy", anchor, 26)).agreed(19).handed_in(16)
    checked.approved(3).commented(
        1, MANAGER.id, "executive-support", "The steering group met four times this year; minutes attached."
    )
    thrive = next(service for service in wanted if service.programme == "wm-thrive")
    answered = _locked(ReviewStory(thrive, "responding", anchor, 33)).agreed(27).handed_in(25).approved(20)
    item = next(iter(answered.ratings))
    answered.commented(18, answered.manager, item, "The figures of June were corrected since.")
    answered.closed(14, answered.manager)
    published = _locked(ReviewStory(middlesbrough, "published", anchor, 118)).agreed(112).handed_in(110)
    published.approved(105).commented(
        103, MANAGER.id, "jobcentre-plus", "The meeting is monthly, not every two months."
    )
    published.closed(100, MANAGER.id)
    published.declined(98, "jobcentre-plus", "Both the work coach and the notes say every two months.")
    return checked, answered, published.published(96)


def _locked(story: ReviewStory) -> ReviewStory:
    """From the plan to both sheets locked."""
    story.planned(story.visit + 80).opened(story.visit + 75).prepared(story.visit + 20)
    return story.audited(story.visit + 15).visited().noted(story.visit - 0.2).left().both_locked()


def _two_years(wanted: Sequence[DemoService], anchor: date) -> Iterator[ReviewStory]:
    """Published reviews of other providers' services, so that agreement has something to count."""
    others = [one for one in wanted if one.scale == "ips-25" and one.provider != SHOWCASE]
    for number, service in enumerate(others[:PUBLISHED]):
        visit = 60 + number * (LENGTH.days - 160) // PUBLISHED
        story = ReviewStory(service, "past", anchor, visit)
        story.planned(visit + 80).opened(visit + 75).visited().left()
        chance = service.chance("second view")
        apart = {key: chance.choice((-1, 0, 0, 0, 0, 0, 1)) for key in story.ratings}
        story.rated(visit - 2, LEAD_REVIEWER, {}).rated(visit - 3, SECOND_REVIEWER, apart)
        story.locked(visit - 4, LEAD_REVIEWER).locked(visit - 5, SECOND_REVIEWER)
        story.agreed(visit - 6).handed_in(visit - 7).approved(visit - 12)
        yield story.closed(visit - 20, story.manager).published(visit - 24)
