"""The access rules of the review's pages. Whoever may not see is told that nothing is there."""

from __future__ import annotations

from abc import ABC, abstractmethod
from collections.abc import Mapping
from typing import Any

from portal.accounts.access import person_signed_in
from portal.accounts.rules.actors import Actor
from portal.core.errors import NotFound
from portal.reviews.external.loading import LoadedReview, holds, load_review, may_see, sees_inside
from portal.reviews.external.portfolio import may_open_files
from portal.reviews.external.rules.workflow import Part

_NOTHING = "There is no review at this address that you may see."


class _ReviewRule(ABC):
    """Loads the review of the address and asks `judge`."""

    words = ""

    def check(self, arguments: Mapping[str, Any]) -> LoadedReview:
        actor = person_signed_in()
        found = load_review(arguments["assessment_id"])
        if found is None or not self.judge(actor, found):
            raise NotFound(_NOTHING)
        return found

    @abstractmethod
    def judge(self, actor: Actor, found: LoadedReview) -> bool:
        """Whether this person may see it."""


class MaySeeReview(_ReviewRule):
    """The review's own page, timeline and portfolio."""

    words = "Whoever works on the review, its contract’s people, and the service’s own (reviews:review:read)"

    def judge(self, actor: Actor, found: LoadedReview) -> bool:
        return may_see(actor, found)


class MaySeeInside(_ReviewRule):
    """Fieldwork, consensus and moderation."""

    words = (
        "The review’s team, its contract’s lead manager (reviews:inside:read), moderators when it is theirs"
    )

    def judge(self, actor: Actor, found: LoadedReview) -> bool:
        return sees_inside(actor, found)


class MaySeeOwnSheet(_ReviewRule):
    """A reviewer's or observer's own sheet: each sees only their own."""

    words = "The review’s reviewers and observers, each their own sheet (reviews:review:take-part)"

    def judge(self, actor: Actor, found: LoadedReview) -> bool:
        return holds(actor, Part.SCORER, found)


class MaySeeDraft(_ReviewRule):
    """The moderated draft: insiders, and the service's people once it is presented to them."""

    words = "Insiders of the review, and the service’s own people once the draft was presented to them"

    def judge(self, actor: Actor, found: LoadedReview) -> bool:
        own = holds(actor, Part.PROVIDER_STAFF, found) and found.review.accuracy_done
        return own or sees_inside(actor, found)


class MaySeePortfolioFiles(_ReviewRule):
    """What the service supplied: files are for the review's own people, not for everybody who sees it."""

    words = "Insiders of the review, and the service’s own people"

    def judge(self, actor: Actor, found: LoadedReview) -> bool:
        return may_open_files(actor, found)
