"""Whose turn it is in a review, in words for a list of work."""

from __future__ import annotations

from collections.abc import Mapping

from portal.reviews.external.rules.independence import Capacity
from portal.reviews.external.rules.workflow import Stage

_LEAD, _SECOND, _OBSERVER = Capacity.LEAD, Capacity.SECOND, Capacity.OBSERVER

# (stage, capacity) -> what the person has to do; a pair that is missing waits for somebody else.
TURNS: Mapping[tuple[Stage, Capacity], str] = {
    (Stage.PREPARING, _LEAD): "Settle the timetable and begin fieldwork",
    (Stage.PREPARING, _SECOND): "Read the portfolio",
    (Stage.FIELDWORK, _LEAD): "On site: notes, worksheets and your own ratings",
    (Stage.FIELDWORK, _SECOND): "On site: notes, worksheets and your own ratings",
    (Stage.FIELDWORK, _OBSERVER): "On site: notes and your own ratings",
    (Stage.SCORING, _LEAD): "Rate alone, then lock",
    (Stage.SCORING, _SECOND): "Rate alone, then lock",
    (Stage.SCORING, _OBSERVER): "Rate alone, then lock",
    (Stage.CONSENSUS, _LEAD): "Agree one rating for each item",
    (Stage.CONSENSUS, _SECOND): "Agree one rating for each item",
    (Stage.MODERATION, Capacity.MODERATOR): "Moderate",
    (Stage.RESPONDING, _LEAD): "Decide the service’s comments and publish",
    (Stage.RESPONDING, _SECOND): "Decide the service’s comments",
}
FOR_SERVICE: Mapping[Stage, str] = {
    Stage.PREPARING: "Fill the portfolio",
    Stage.ACCURACY: "Check the draft report",
}


def turn(stage: Stage, capacity: Capacity, *, locked: bool) -> str:
    """What somebody in this capacity has to do now; empty where they wait for others."""
    if locked and stage is Stage.SCORING:
        return ""
    return TURNS.get((stage, capacity), "")
