"""What access rules load: an assessment with its scale and links."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any
from uuid import UUID

from portal.accounts.access import person_signed_in
from portal.accounts.rules.actors import Actor
from portal.core.errors import NotFound
from portal.reviews.assessment.loading import Loaded, load, may_read


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
