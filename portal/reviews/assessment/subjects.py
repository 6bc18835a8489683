"""What access rules load: an assessment with its scale and links."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import replace
from typing import Any
from uuid import UUID

from portal.accounts.access import person_signed_in
from portal.accounts.rules.actors import Actor
from portal.accounts.rules.permissions import Permission, allowed
from portal.core.errors import NotFound
from portal.reviews.assessment.loading import Loaded, holds, load, may_read
from portal.reviews.assessment.rules.workflow import Kind, State
from portal.reviews.moderation.queries import moderator_ids


class MayRead:
    """Whoever may read this assessment in its present state; others are told nothing is there."""

    words = "Whoever may read the assessment in its state (assessments:draft:read, assessments:final:read)"

    def check(self, arguments: Mapping[str, Any]) -> Loaded:
        actor: Actor = person_signed_in()
        assessment_id: UUID = arguments["assessment_id"]
        found = load(assessment_id)
        if found is None or not may_read(actor, found):
            raise NotFound("There is no assessment at this address that you may see.")
        return found


class MaySeeModeration:
    """The moderation of a guided self-assessment: its guides, its moderators, the contract's lead manager."""

    words = "Whoever guides or moderates it, and the contract’s lead manager (reviews:moderation:name)"

    def check(self, arguments: Mapping[str, Any]) -> Loaded:
        actor = person_signed_in()
        found = load(arguments["assessment_id"])
        if found is None or not self._judge(actor, found):
            raise NotFound("There is no assessment at this address that you may see.")
        return found

    def _judge(self, actor: Actor, found: Loaded) -> bool:
        if found.assessment.kind is not Kind.GUIDED:
            return False
        if allowed(actor, Permission.MODERATION_NAME, found.links):
            return True
        if holds(actor, Permission.ASSESSMENT_GUIDE, found):
            return True
        if found.assessment.state not in (State.WITH_MODERATOR, State.FINAL):
            return False  # sent back, it is the guide's and the provider's again
        named = replace(found.links, named=moderator_ids(found.assessment.id))
        return allowed(actor, Permission.REVIEW_MODERATE, named)


class MayTakeModeration:
    """Taking a guided self-assessment to moderate: the supplier's EISMs and lead managers."""

    words = "Whoever may moderate for the service’s supplier (reviews:moderation:take)"

    def check(self, arguments: Mapping[str, Any]) -> Loaded:
        actor = person_signed_in()
        found = load(arguments["assessment_id"])
        guided = found is not None and found.assessment.kind is Kind.GUIDED
        if found is None or not guided or not allowed(actor, Permission.MODERATION_TAKE, found.links):
            raise NotFound("There is no assessment at this address that you may see.")
        return found
