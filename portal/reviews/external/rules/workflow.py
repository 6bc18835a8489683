"""How an external review moves: one table (stage, action) -> stage, with who may act and what must hold.

The stages follow fidelity.md, section 2.8: planned, prepared, fieldwork on site, each reviewer scores
alone, consensus, moderation, the service checks the facts, publication. Scores are locked for good
before anybody sees another's. `move` is the only way to a new stage.
"""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from enum import StrEnum

from portal.core.errors import Refused
from portal.reviews.external.rules import conditions as must
from portal.reviews.external.rules.conditions import Condition
from portal.reviews.external.rules.facts import Facts


class Stage(StrEnum):
    """Where an external review stands."""

    PLANNED = "planned"
    PREPARING = "preparing"
    FIELDWORK = "fieldwork"
    SCORING = "scoring"
    CONSENSUS = "consensus"
    MODERATION = "moderation"
    ACCURACY = "accuracy"
    RESPONDING = "responding"
    PUBLISHED = "published"
    CANCELLED = "cancelled"

    @property
    def title(self) -> str:  # type: ignore[override]  # str's own title() is of no use here
        return STAGE_TITLES[self]


STAGE_TITLES = {
    Stage.PLANNED: "Planned",
    Stage.PREPARING: "Service is preparing",
    Stage.FIELDWORK: "Fieldwork",
    Stage.SCORING: "Scoring alone",
    Stage.CONSENSUS: "Consensus",
    Stage.MODERATION: "With moderators",
    Stage.ACCURACY: "With the service to check",
    Stage.RESPONDING: "Reviewers respond",
    Stage.PUBLISHED: "Published",
    Stage.CANCELLED: "Cancelled",
}
BEFORE_UNBLINDING = frozenset({Stage.PLANNED, Stage.PREPARING, Stage.FIELDWORK, Stage.SCORING})
OPEN_STAGES = tuple(stage for stage in Stage if stage not in (Stage.PUBLISHED, Stage.CANCELLED))


class Action(StrEnum):
    """What can be done to an external review."""

    EDIT = "edit"  # service, scale, dates, team
    OPEN = "open"
    CANCEL = "cancel"
    RESTORE = "restore"
    PREPARE = "prepare"  # the service fills its portfolio
    REQUEST = "request"  # the team asks for documents and plans interviews
    BEGIN_FIELDWORK = "begin-fieldwork"
    NOTE = "note"
    TALLY = "tally"
    RATE = "rate"
    LEAVE_SITE = "leave-site"
    BACK_TO_SITE = "back-to-site"
    LOCK = "lock"
    UNBLIND = "unblind"
    AGREE_ITEM = "agree-item"
    SUBMIT = "submit"
    QUERY = "query"
    ANSWER_QUERY = "answer-query"
    AMEND = "amend"
    RETURN = "return"
    APPROVE = "approve"
    PASS = "pass"  # noqa: S105  no secret: the draft goes on to the service
    PASS_AGAIN = "pass-again"  # noqa: S105  no secret: back to the reviewers, who publish
    PRESENT = "present"  # the day of the presentation, and the deadline for comments
    COMMENT = "comment"
    CLOSE_COMMENTS = "close-comments"
    DECIDE_COMMENT = "decide-comment"
    RESUBMIT = "resubmit"
    PUBLISH = "publish"
    CORRECT = "correct"
    APPROVE_CORRECTION = "approve-correction"
    PURGE = "purge"
    HOLD = "hold"
    RELEASE = "release"


class Part(StrEnum):
    """Who may act: each is a capacity in the review, or a right over its service."""

    PLANNER = "planner"
    LEAD = "lead"
    REVIEWER = "reviewer"  # lead or second
    SCORER = "scorer"  # reviewer or observer in training
    MODERATOR = "moderator"
    PROVIDER_MANAGER = "provider-manager"
    PROVIDER_STAFF = "provider-staff"  # the service's people, its manager among them
    INSIDER = "insider"  # team, the contract's lead manager, from moderation on the moderators
    PORTAL = "portal"  # follows from another's action; nobody's button


@dataclass(frozen=True)
class Move:
    """One cell of the table."""

    to: Stage
    who: Part
    conditions: tuple[Condition, ...] = ()
    needs_reason: Callable[[Facts], bool] = must.no_reason


_S, _A, _P = Stage, Action, Part

TABLE: dict[tuple[Stage, Action], Move] = {
    (_S.PLANNED, _A.EDIT): Move(_S.PLANNED, _P.PLANNER),
    (_S.PLANNED, _A.OPEN): Move(_S.PREPARING, _P.PLANNER, (must.team_complete, must.independent)),
    (_S.PLANNED, _A.CANCEL): Move(_S.CANCELLED, _P.PLANNER, (), must.reason),
    (_S.CANCELLED, _A.RESTORE): Move(_S.PLANNED, _P.PLANNER),
    (_S.PREPARING, _A.EDIT): Move(_S.PREPARING, _P.PLANNER),
    (_S.PREPARING, _A.CANCEL): Move(_S.CANCELLED, _P.PLANNER, (), must.reason),
    (_S.PREPARING, _A.PREPARE): Move(_S.PREPARING, _P.PROVIDER_STAFF),
    (_S.PREPARING, _A.REQUEST): Move(_S.PREPARING, _P.REVIEWER),
    (_S.PREPARING, _A.BEGIN_FIELDWORK): Move(
        _S.FIELDWORK, _P.LEAD, (must.team_complete, must.independent, must.first_day_come)
    ),
    (_S.FIELDWORK, _A.EDIT): Move(_S.FIELDWORK, _P.PLANNER),
    (_S.FIELDWORK, _A.CANCEL): Move(_S.CANCELLED, _P.PLANNER, (), must.reason),
    (_S.FIELDWORK, _A.PREPARE): Move(_S.FIELDWORK, _P.PROVIDER_STAFF),
    (_S.FIELDWORK, _A.REQUEST): Move(_S.FIELDWORK, _P.REVIEWER),
    (_S.FIELDWORK, _A.NOTE): Move(_S.FIELDWORK, _P.SCORER),
    (_S.FIELDWORK, _A.TALLY): Move(_S.FIELDWORK, _P.SCORER),
    (_S.FIELDWORK, _A.RATE): Move(_S.FIELDWORK, _P.SCORER, (must.own_sheet_open,)),
    (_S.FIELDWORK, _A.LEAVE_SITE): Move(_S.SCORING, _P.LEAD, (), must.reason_where_gaps),
    (_S.SCORING, _A.NOTE): Move(_S.SCORING, _P.SCORER),
    (_S.SCORING, _A.TALLY): Move(_S.SCORING, _P.SCORER),
    (_S.SCORING, _A.PREPARE): Move(_S.SCORING, _P.PROVIDER_STAFF),
    (_S.SCORING, _A.RATE): Move(_S.SCORING, _P.SCORER, (must.own_sheet_open,)),
    (_S.SCORING, _A.BACK_TO_SITE): Move(_S.FIELDWORK, _P.LEAD, (must.nobody_locked,)),
    (_S.SCORING, _A.LOCK): Move(
        _S.SCORING, _P.SCORER, (must.own_sheet_open, must.own_complete, must.own_explained)
    ),
    (_S.SCORING, _A.UNBLIND): Move(_S.CONSENSUS, _P.PORTAL, (must.both_locked,)),
    (_S.CONSENSUS, _A.NOTE): Move(_S.CONSENSUS, _P.SCORER),
    (_S.CONSENSUS, _A.AGREE_ITEM): Move(_S.CONSENSUS, _P.REVIEWER),
    (_S.CONSENSUS, _A.SUBMIT): Move(_S.MODERATION, _P.LEAD, (must.all_agreed, must.reasons_given)),
    (_S.MODERATION, _A.QUERY): Move(_S.MODERATION, _P.MODERATOR),
    (_S.MODERATION, _A.ANSWER_QUERY): Move(_S.MODERATION, _P.REVIEWER),
    (_S.MODERATION, _A.AMEND): Move(_S.MODERATION, _P.MODERATOR),
    (_S.MODERATION, _A.RETURN): Move(_S.CONSENSUS, _P.MODERATOR, (), must.reason),
    (_S.MODERATION, _A.APPROVE): Move(_S.MODERATION, _P.MODERATOR, (must.no_open_queries,)),
    (_S.MODERATION, _A.PASS): Move(_S.ACCURACY, _P.PORTAL, (must.quorum_met, must.before_accuracy)),
    (_S.MODERATION, _A.PASS_AGAIN): Move(_S.RESPONDING, _P.PORTAL, (must.quorum_met, must.after_accuracy)),
    (_S.ACCURACY, _A.PRESENT): Move(_S.ACCURACY, _P.LEAD),
    (_S.ACCURACY, _A.COMMENT): Move(_S.ACCURACY, _P.PROVIDER_STAFF, (must.before_deadline,)),
    (_S.ACCURACY, _A.CLOSE_COMMENTS): Move(_S.RESPONDING, _P.PROVIDER_MANAGER),
    (_S.RESPONDING, _A.DECIDE_COMMENT): Move(_S.RESPONDING, _P.REVIEWER),
    (_S.RESPONDING, _A.RESUBMIT): Move(_S.MODERATION, _P.LEAD, (must.all_decided, must.something_changed)),
    (_S.RESPONDING, _A.PUBLISH): Move(_S.PUBLISHED, _P.LEAD, (must.all_decided, must.nothing_changed)),
    (_S.PUBLISHED, _A.CORRECT): Move(_S.PUBLISHED, _P.LEAD, (must.no_correction_waits,), must.reason),
    (_S.PUBLISHED, _A.APPROVE_CORRECTION): Move(_S.PUBLISHED, _P.MODERATOR),
    (_S.PUBLISHED, _A.PURGE): Move(_S.PUBLISHED, _P.PORTAL, (must.not_held, must.not_purged)),
    (_S.PUBLISHED, _A.HOLD): Move(_S.PUBLISHED, _P.PLANNER, (must.not_held, must.not_purged), must.reason),
    (_S.PUBLISHED, _A.RELEASE): Move(_S.PUBLISHED, _P.PLANNER, (must.held,), must.reason),
}
# The service may not answer, or not in time: then the lead reviewer goes on after the deadline.
LEAD_AFTER_DEADLINE = frozenset({(Stage.ACCURACY, Action.CLOSE_COMMENTS)})


def cell(stage: Stage, action: Action) -> Move:
    """The move of this cell. Raises Refused, naming the stage, where the table has none."""
    found = TABLE.get((stage, action))
    if found is None:
        raise Refused(_not_here(stage))
    return found


def blocked(stage: Stage, action: Action, facts: Facts) -> str | None:
    """Why this cannot be done now (whoever asks), or None where it can."""
    found = TABLE.get((stage, action))
    if found is None:
        return _not_here(stage)
    return next((why for why in (condition(facts) for condition in found.conditions) if why), None)


def move(stage: Stage, action: Action, facts: Facts, reason: str = "") -> Stage:
    """The stage after the action. Raises Refused with the reason where it is not legal."""
    found = cell(stage, action)
    why_not = blocked(stage, action, facts)
    if why_not:
        raise Refused(why_not)
    if found.needs_reason(facts) and not reason.strip():
        raise Refused("Give a reason.")
    return found.to


def _not_here(stage: Stage) -> str:
    return f"This review is at “{stage.title}”, so that cannot be done to it now."
