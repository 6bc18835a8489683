"""The blueprint of assessments and what its views share."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any

from flask import Blueprint, abort, g, redirect, request, url_for
from flask.typing import ResponseReturnValue

from portal.accounts.current import current_actor
from portal.reviews.assessment.loading import Loaded, allowed_actions, facts_of, item_ratings
from portal.reviews.assessment.models import ItemRating
from portal.reviews.assessment.rules.workflow import Action, Facts, State

blueprint = Blueprint("assessments", __name__)


@dataclass(frozen=True)
class Desk:
    """What every page of an assessment needs: the assessment, its ratings and what may be done."""

    found: Loaded
    ratings: dict[str, ItemRating]
    facts: Facts
    actions: dict[Action, str | None]

    @property
    def service_key(self) -> str:
        return self.found.service.key

    @property
    def service_name(self) -> str:
        return self.found.service.name

    def may(self, action: Action) -> bool:
        """Whether the person's role has this action in the present state (it may still be blocked)."""
        return action in self.actions

    @property
    def action_names(self) -> frozenset[str]:
        """The names of the actions that the person's role has here, for templates."""
        return frozenset(action.value for action in self.actions)

    @property
    def guide_view(self) -> bool:
        """Whether an item's link leads to the guide's page."""
        return self.may(Action.PROPOSE) or self.may(Action.SETTLE)


def desk() -> Desk:
    """The desk of the assessment that the access rule loaded.

    A result that was brought in, and that of an external review, has no sheet of the provider: whoever
    asks for its page gets the report.
    """
    found: Loaded = g.subject
    ratings = item_ratings(found.assessment.id)
    if not ratings and found.assessment.state is State.FINAL and request.method == "GET":
        abort(redirect(url_for("reports.show", assessment_id=found.assessment.id), code=303))
    facts = facts_of(found, ratings)
    return Desk(found, ratings, facts, allowed_actions(current_actor(), found, facts))


def to_assessment(assessment_id: Any, **arguments: Any) -> ResponseReturnValue:
    """Back to the assessment's own page."""
    return redirect(url_for("assessments.show", assessment_id=assessment_id, **arguments), code=303)
