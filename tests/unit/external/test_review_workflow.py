"""The review's table against one written by hand, its conditions one by one, and any walk through it."""

from __future__ import annotations

import random
from dataclasses import replace
from datetime import date, timedelta

import pytest

from portal.core.errors import Refused
from portal.reviews.external.rules.facts import Facts
from portal.reviews.external.rules.workflow import (
    BEFORE_UNBLINDING,
    OPEN_STAGES,
    STAGE_TITLES,
    TABLE,
    Action,
    Part,
    Stage,
    blocked,
    cell,
    move,
)

TODAY = date(2026, 11, 22)
# stage: action -> stage (who), written from the brief and fidelity.md section 2.8
EXPECTED = """
planned     edit planned planner
planned     open preparing planner
planned     cancel cancelled planner
cancelled   restore planned planner
preparing   edit preparing planner
preparing   cancel cancelled planner
preparing   prepare preparing provider-staff
preparing   request preparing reviewer
preparing   begin-fieldwork fieldwork lead
fieldwork   edit fieldwork planner
fieldwork   cancel cancelled planner
fieldwork   prepare fieldwork provider-staff
fieldwork   request fieldwork reviewer
fieldwork   note fieldwork scorer
fieldwork   tally fieldwork scorer
fieldwork   rate fieldwork scorer
fieldwork   leave-site scoring lead
scoring     note scoring scorer
scoring     tally scoring scorer
scoring     prepare scoring provider-staff
scoring     rate scoring scorer
scoring     back-to-site fieldwork lead
scoring     lock scoring scorer
scoring     unblind consensus portal
consensus   note consensus scorer
consensus   agree-item consensus reviewer
consensus   submit moderation lead
moderation  query moderation moderator
moderation  answer-query moderation reviewer
moderation  amend moderation moderator
moderation  return consensus moderator
moderation  approve moderation moderator
moderation  pass accuracy portal
moderation  pass-again responding portal
accuracy    present accuracy lead
accuracy    comment accuracy provider-staff
accuracy    close-comments responding provider-manager
responding  decide-comment responding reviewer
responding  resubmit moderation lead
responding  publish published lead
published   correct published lead
published   approve-correction published moderator
published   purge published portal
published   hold published planner
published   release published planner
"""
ROWS = [line.split() for line in EXPECTED.strip().splitlines()]
FREE = Facts(
    today=TODAY,
    fieldwork_from=TODAY,
    both_locked=True,
    approvals=1,
    quorum=1,
    accuracy_until=TODAY,
)


def test_the_table_is_the_one_written_by_hand() -> None:
    told = {
        (stage.value, action.value): (cell.to.value, cell.who.value)
        for (stage, action), cell in TABLE.items()
    }
    assert told == {(stage, action): (to, who) for stage, action, to, who in ROWS}


@pytest.mark.parametrize("stage", list(Stage))
@pytest.mark.parametrize("action", list(Action))
def test_what_is_not_in_the_table_is_refused_naming_the_stage(stage: Stage, action: Action) -> None:
    if (stage, action) in TABLE:
        assert cell(stage, action) is TABLE[stage, action]
        return
    with pytest.raises(Refused, match=STAGE_TITLES[stage]):
        move(stage, action, FREE, "A reason")
    assert STAGE_TITLES[stage] in (blocked(stage, action, FREE) or "")


BLOCKS = [
    (Stage.PLANNED, Action.OPEN, {"team_missing": ("lead reviewer",)}, "still needs a lead reviewer"),
    (Stage.PLANNED, Action.OPEN, {"not_independent": ("Rosa supports it.",)}, "Rosa supports it"),
    (Stage.PREPARING, Action.BEGIN_FIELDWORK, {"team_missing": ("moderator",)}, "moderator"),
    (Stage.PREPARING, Action.BEGIN_FIELDWORK, {"fieldwork_from": TODAY + timedelta(days=1)}, "not come yet"),
    (Stage.FIELDWORK, Action.RATE, {"own_locked": True}, "locked"),
    (Stage.SCORING, Action.RATE, {"own_locked": True}, "locked"),
    (Stage.SCORING, Action.LOCK, {"own_locked": True}, "locked"),
    (Stage.SCORING, Action.LOCK, {"own_missing": (3,)}, "Rate item 3 first"),
    (Stage.SCORING, Action.LOCK, {"own_missing": (3, 4, 9)}, "items 3, 4 and 9"),
    (Stage.SCORING, Action.LOCK, {"own_unexplained": (7,)}, "on item 7"),
    (Stage.SCORING, Action.BACK_TO_SITE, {"any_locked": True}, "has locked"),
    (Stage.SCORING, Action.UNBLIND, {"both_locked": False}, "Both reviewers"),
    (Stage.CONSENSUS, Action.SUBMIT, {"not_agreed": (25,)}, "item 25"),
    (Stage.CONSENSUS, Action.SUBMIT, {"without_reason": (2,)}, "differs from both"),
    (Stage.MODERATION, Action.APPROVE, {"open_queries": (5,)}, "query is still open on item 5"),
    (Stage.MODERATION, Action.PASS, {"approvals": 0}, "0 of 1"),
    (Stage.MODERATION, Action.PASS, {"quorum": 2}, "1 of 2"),
    (Stage.MODERATION, Action.PASS, {"accuracy_done": True}, "has had the draft already"),
    (Stage.MODERATION, Action.PASS_AGAIN, {"accuracy_done": False}, "has not had the draft"),
    (Stage.ACCURACY, Action.COMMENT, {"accuracy_until": TODAY - timedelta(days=1)}, "has passed"),
    (Stage.RESPONDING, Action.PUBLISH, {"undecided": (1,)}, "Decide the comment on item 1"),
    (Stage.RESPONDING, Action.PUBLISH, {"changed_since_moderation": True}, "goes back to the moderators"),
    (Stage.RESPONDING, Action.RESUBMIT, {"undecided": (1,)}, "item 1"),
    (Stage.RESPONDING, Action.RESUBMIT, {"changed_since_moderation": False}, "publish it"),
    (Stage.PUBLISHED, Action.CORRECT, {"correction_waits": True}, "already waits"),
    (Stage.PUBLISHED, Action.PURGE, {"held": True}, "legal hold"),
    (Stage.PUBLISHED, Action.PURGE, {"purged": True}, "purged already"),
    (Stage.PUBLISHED, Action.HOLD, {"held": True}, "legal hold"),
    (Stage.PUBLISHED, Action.HOLD, {"purged": True}, "purged already"),
    (Stage.PUBLISHED, Action.RELEASE, {"held": False}, "not on legal hold"),
]


@pytest.mark.parametrize(("stage", "action", "facts", "words"), BLOCKS)
def test_each_condition_blocks_and_says_why(
    stage: Stage, action: Action, facts: dict[str, object], words: str
) -> None:
    with pytest.raises(Refused, match=words):
        move(stage, action, replace(FREE, **facts), "A reason")  # type: ignore[arg-type]  # fields of Facts


@pytest.mark.parametrize(("days", "open_"), [(-1, False), (0, True), (1, True)])
def test_fieldwork_begins_on_its_first_day(days: int, open_: bool) -> None:
    facts = replace(FREE, today=TODAY + timedelta(days=days))
    assert (blocked(Stage.PREPARING, Action.BEGIN_FIELDWORK, facts) is None) is open_


@pytest.mark.parametrize(("days", "open_"), [(-1, True), (0, True), (1, False)])
def test_comments_are_taken_to_the_end_of_the_deadline(days: int, open_: bool) -> None:
    facts = replace(FREE, today=TODAY + timedelta(days=days))
    assert (blocked(Stage.ACCURACY, Action.COMMENT, facts) is None) is open_


@pytest.mark.parametrize(
    ("stage", "action"),
    [
        (Stage.PLANNED, Action.CANCEL),
        (Stage.PREPARING, Action.CANCEL),
        (Stage.FIELDWORK, Action.CANCEL),
        (Stage.MODERATION, Action.RETURN),
        (Stage.PUBLISHED, Action.CORRECT),
        (Stage.PUBLISHED, Action.HOLD),
    ],
)
def test_what_takes_something_away_needs_a_reason(stage: Stage, action: Action) -> None:
    with pytest.raises(Refused, match="Give a reason"):
        move(stage, action, FREE, "  ")
    move(stage, action, FREE, "Because")


def test_leaving_the_site_needs_a_reason_only_where_a_source_is_missing() -> None:
    assert move(Stage.FIELDWORK, Action.LEAVE_SITE, FREE) is Stage.SCORING
    with pytest.raises(Refused, match="Give a reason"):
        move(Stage.FIELDWORK, Action.LEAVE_SITE, replace(FREE, gaps=(4,)))


def test_nobody_but_the_portal_unblinds_or_passes() -> None:
    own = {action for (_, action), cell in TABLE.items() if cell.who is Part.PORTAL}
    assert own == {Action.UNBLIND, Action.PASS, Action.PASS_AGAIN, Action.PURGE}


@pytest.mark.parametrize("seed", range(200))
def test_any_walk_keeps_the_order_of_the_review(seed: int) -> None:
    """Whatever is tried: consensus only after both locked, publication only after the service saw it."""
    chance = random.Random(seed)
    stage, both_locked, accuracy_done, approved = Stage.PLANNED, False, False, False
    for _ in range(200):
        action = chance.choice(list(Action))
        facts = replace(
            FREE, both_locked=both_locked, accuracy_done=accuracy_done, approvals=int(approved), quorum=1
        )
        try:
            after = move(stage, action, facts, "Because")
        except Refused:
            continue
        if after is Stage.CONSENSUS and stage in BEFORE_UNBLINDING:
            assert both_locked
        if after is Stage.ACCURACY:
            assert both_locked
            accuracy_done, approved = True, False if stage is Stage.MODERATION else approved
        if after is Stage.PUBLISHED:
            assert both_locked
            assert accuracy_done
        if action is Action.LOCK:
            both_locked = True
        if action is Action.APPROVE:
            approved = True
        if action is Action.RETURN or action is Action.RESUBMIT:
            approved = False
        stage = after
    assert stage in (*OPEN_STAGES, Stage.PUBLISHED, Stage.CANCELLED)
