"""Reviews from the draft to publication, on top of `reviewing`."""

from __future__ import annotations

from collections.abc import Mapping
from uuid import UUID

from portal.reviews.external.accuracy import comments_of
from portal.reviews.external.rules.accuracy import Decision
from portal.reviews.external.rules.corrections import ItemWords
from portal.reviews.external.rules.workflow import Action, Stage
from portal.reviews.external.service.accuracy import comment
from portal.reviews.external.service.correcting import decide as decide_correction
from portal.reviews.external.service.correcting import propose, standing_words
from portal.reviews.external.service.deciding import decide
from portal.reviews.external.service.moderating import approve
from portal.reviews.moderation.service.cases import demand_open
from tests.support.assessing import actor
from tests.support.reviewing import fresh, handed_in, move

FIRST, SECOND = "caseload-size", "employment-services-staff"


def approved(assessment_id: UUID) -> Stage:
    """The moderator approves what stands."""
    return approve(actor("moderator"), assessment_id, demand_open(assessment_id).version)


def presented(other: Mapping[str, int] | None = None) -> UUID:
    """A review whose draft the service has."""
    assessment_id = handed_in(other)
    approved(assessment_id)
    assert fresh(assessment_id).stage is Stage.ACCURACY
    return assessment_id


def commented(texts: Mapping[str, str] | None = None) -> UUID:
    """A review whose comments have come back; one on the first item unless others are given."""
    assessment_id = presented()
    for key, text in (texts if texts is not None else {FIRST: "The list shows 19 clients."}).items():
        comment(actor("manager"), assessment_id, key, text, 0)
    move(assessment_id, Action.CLOSE_COMMENTS, "manager")
    return assessment_id


def decided(assessment_id: UUID, item_key: str, decision: Decision, by: str = "lead-reviewer") -> None:
    """Decide a comment as it stands."""
    decide(actor(by), assessment_id, item_key, decision, comments_of(assessment_id)[item_key].version)


def published() -> UUID:
    """A published review without comments: 25 fours, 100 of 125, good fidelity."""
    assessment_id = commented({})
    move(assessment_id, Action.PUBLISH, "lead-reviewer")
    return assessment_id


def proposed(assessment_id: UUID, ratings: Mapping[str, int], why: str = "The log was read wrongly.") -> UUID:
    """A correction of some ratings."""
    words = standing_words(fresh(assessment_id))
    wanted = {key: ItemWords(rating, words[key].comment) for key, rating in ratings.items()}
    return propose(actor("lead-reviewer"), assessment_id, wanted, why, None)


def corrected(assessment_id: UUID, ratings: Mapping[str, int]) -> int | None:
    """A correction that the moderator approved. Returns the number of its version."""
    correction = proposed(assessment_id, ratings)
    return decide_correction(actor("moderator"), assessment_id, correction, approve=True)
