"""The blueprint of external reviews and what its views share."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any

from flask import Blueprint, current_app, g, redirect, url_for
from flask.typing import ResponseReturnValue

from portal.accounts.current import current_actor
from portal.accounts.rules.actors import Actor
from portal.reviews.external.facts import allowed_actions, facts_of
from portal.reviews.external.loading import LoadedReview, holds, sees_inside
from portal.reviews.external.rules.facts import Facts
from portal.reviews.external.rules.workflow import BEFORE_UNBLINDING, Action, Part, Stage

blueprint = Blueprint("reviews", __name__)
ADDRESS = "/reviews/<uuid:assessment_id>"


@dataclass(frozen=True)
class Tab:
    """A page of the review in its sub-navigation."""

    key: str
    text: str
    endpoint: str


@dataclass(frozen=True)
class Desk:
    """What every page of a review needs: the review, what may be done, and which pages the person has."""

    actor: Actor
    found: LoadedReview
    facts: Facts
    actions: dict[Action, str | None]

    def may(self, action: Action) -> bool:
        """Whether the person's part has this action in the present stage (it may still be blocked)."""
        return action in self.actions

    @property
    def action_names(self) -> frozenset[str]:
        """The names of the actions that the person has here, for templates."""
        return frozenset(action.value for action in self.actions)

    @property
    def blocked(self) -> dict[str, str | None]:
        """Why each of the person's actions cannot be done now, by name, for templates."""
        return {action.value: why for action, why in self.actions.items()}

    @property
    def inside(self) -> bool:
        return sees_inside(self.actor, self.found)

    @property
    def scores(self) -> bool:
        """Whether the person rates a sheet of their own."""
        return holds(self.actor, Part.SCORER, self.found)

    @property
    def of_service(self) -> bool:
        """Whether the person belongs to the service that is reviewed."""
        return holds(self.actor, Part.PROVIDER_STAFF, self.found)

    @property
    def tabs(self) -> list[Tab]:
        """The pages of this review that the person has, in the order of the work."""
        stage, tabs = self.found.stage, [Tab("show", "Overview", "reviews.show")]
        wanted = [
            (Tab("timeline", "Timeline", "reviews.timeline"), True),
            (Tab("portfolio", "Portfolio", "reviews.portfolio"), True),
            (Tab("meetings", "Visit plan", "reviews.meetings"), True),
            (Tab("fieldwork", "Fieldwork", "reviews.fieldwork"), self.inside),
            (Tab("on-site", "On site", "offline.on_site"), self.inside),
            (Tab("scoring", "My ratings", "reviews.scoring"), self.scores),
            (Tab("consensus", "Consensus", "reviews.consensus"), self.inside and self.found.unblinded),
            (Tab("moderation", "Moderation", "reviews.moderation"), self.inside and self._handed_in),
            (
                Tab("accuracy", "Draft and comments", "reviews.accuracy"),
                self.found.review.accuracy_done and (self.of_service or self.inside),
            ),
        ]
        begun = stage not in (Stage.PLANNED, Stage.CANCELLED)
        built = current_app.view_functions
        return tabs + [tab for tab, shown in wanted if shown and begun and tab.endpoint in built]

    @property
    def _handed_in(self) -> bool:
        early = self.found.stage in BEFORE_UNBLINDING or self.found.stage is Stage.CONSENSUS
        return not early or self.found.review.round > 1


def desk() -> Desk:
    """The desk of the review that the access rule loaded."""
    found: LoadedReview = g.subject
    actor = current_actor()
    facts = facts_of(actor, found)
    return Desk(actor, found, facts, allowed_actions(actor, found, facts))


def to_review(assessment_id: Any, **arguments: Any) -> ResponseReturnValue:
    """Back to the review's own page."""
    return redirect(url_for("reviews.show", assessment_id=assessment_id, **arguments), code=303)
