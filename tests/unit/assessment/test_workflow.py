"""The whole table of the workflow against an expectation written by hand, cell by cell."""

from __future__ import annotations

from dataclasses import dataclass
from itertools import product

import pytest

from portal.accounts.rules.permissions import Permission
from portal.core.errors import Refused
from portal.reviews.assessment.rules.workflow import (
    TABLE,
    Action,
    Facts,
    Kind,
    State,
    actions_from,
    blocked,
    cell,
    move,
)

EDIT, AGREE, GUIDE = Permission.ASSESSMENT_EDIT, Permission.ASSESSMENT_AGREE, Permission.ASSESSMENT_GUIDE
MODERATE = Permission.REVIEW_MODERATE


@dataclass(frozen=True)
class Wanted:
    """Where a cell leads, who may, and which of the conditions below stop it."""

    to: State
    who: Permission
    stopped_by: frozenset[str] = frozenset()
    reason: bool = False


def _wanted(to: State, who: Permission, *stopped_by: str, reason: bool = False) -> Wanted:
    return Wanted(to, who, frozenset(stopped_by), reason)


# Issue 2, item 7, and issue 3, item 7, written out again: not taken from the code.
EXPECTED: dict[tuple[State, Action], Wanted] = {
    (State.DRAFT, Action.EDIT): _wanted(State.DRAFT, EDIT),
    (State.DRAFT, Action.ANSWER_QUESTION): _wanted(State.DRAFT, EDIT),
    (State.DRAFT, Action.SUBMIT): _wanted(
        State.WITH_GUIDE, AGREE, "missing", "unexplained", "self", "external"
    ),
    (State.DRAFT, Action.CONFIRM): _wanted(State.FINAL, AGREE, "missing", "unexplained", "guided", "peer"),
    (State.DRAFT, Action.WITHDRAW): _wanted(State.WITHDRAWN, AGREE),
    (State.WITHDRAWN, Action.RESTORE): _wanted(State.DRAFT, AGREE),
    (State.WITH_GUIDE, Action.RECALL): _wanted(State.DRAFT, AGREE, "guidance_begun"),
    (State.WITH_GUIDE, Action.ASK): _wanted(State.WITH_GUIDE, GUIDE),
    (State.WITH_GUIDE, Action.PROPOSE): _wanted(State.WITH_GUIDE, GUIDE),
    (State.WITH_GUIDE, Action.RETURN): _wanted(State.DRAFT, GUIDE, reason=True),
    (State.WITH_GUIDE, Action.HAND_OVER): _wanted(State.WITH_PROVIDER, GUIDE, "nothing_to_answer"),
    (State.WITH_GUIDE, Action.AGREE): _wanted(
        State.FINAL, GUIDE, "differing", "open_questions", "moderation"
    ),
    (State.WITH_GUIDE, Action.HAND_TO_MODERATOR): _wanted(
        State.WITH_MODERATOR, GUIDE, "differing", "open_questions", "no_moderation"
    ),
    (State.WITH_PROVIDER, Action.ANSWER_QUESTION): _wanted(State.WITH_PROVIDER, EDIT),
    (State.WITH_PROVIDER, Action.ANSWER_PROPOSAL): _wanted(State.WITH_PROVIDER, AGREE),
    (State.WITH_PROVIDER, Action.REPLY): _wanted(State.SETTLING, AGREE, "unanswered", "open_questions"),
    (State.SETTLING, Action.SETTLE): _wanted(State.SETTLING, GUIDE),
    (State.SETTLING, Action.RETURN): _wanted(State.DRAFT, GUIDE, reason=True),
    (State.SETTLING, Action.AGREE): _wanted(State.FINAL, GUIDE, "moderation"),
    (State.SETTLING, Action.HAND_TO_MODERATOR): _wanted(State.WITH_MODERATOR, GUIDE, "no_moderation"),
    (State.WITH_MODERATOR, Action.QUERY): _wanted(State.WITH_MODERATOR, MODERATE),
    (State.WITH_MODERATOR, Action.ANSWER_QUERY): _wanted(State.WITH_MODERATOR, GUIDE),
    (State.WITH_MODERATOR, Action.APPROVE): _wanted(State.WITH_MODERATOR, MODERATE, "open_queries"),
    (State.WITH_MODERATOR, Action.PASS): _wanted(State.FINAL, MODERATE, "open_queries", "no_quorum"),
    (State.WITH_MODERATOR, Action.SEND_BACK): _wanted(State.WITH_GUIDE, MODERATE, reason=True),
}
NUMBERS = ("missing", "unexplained", "differing", "unanswered", "open_questions", "open_queries")


def _holding(facts: Facts) -> set[str]:
    """The names of the conditions that hold of these facts."""
    held = {name for name in NUMBERS if getattr(facts, name)} | {facts.kind.value}
    if facts.guidance_begun:
        held.add("guidance_begun")
    if not (facts.unanswered or facts.open_questions):
        held.add("nothing_to_answer")
    held.add("moderation" if facts.moderation else "no_moderation")
    if facts.approvals < facts.quorum:
        held.add("no_quorum")
    return held


def _every_fact(kind: Kind) -> list[Facts]:
    """Each combination of the conditions, with this kind."""
    return [
        Facts(
            kind,
            **{name: (3, 14) if there else () for name, there in zip(NUMBERS, bits[1:], strict=True)},
            guidance_begun=bits[0],
            moderation=("Why",) if moderated else (),
            approvals=approvals,
            quorum=2,
        )
        for bits in product((False, True), repeat=len(NUMBERS) + 1)
        for moderated, approvals in ((False, 0), (True, 1), (True, 2), (False, 3))
    ]


def test_the_table_has_the_expected_cells_and_no_others() -> None:
    assert set(TABLE) == set(EXPECTED)


@pytest.mark.parametrize("kind", Kind)
@pytest.mark.parametrize("state", State)
@pytest.mark.parametrize("action", Action)
def test_every_move_under_every_combination_of_conditions(state: State, action: Action, kind: Kind) -> None:
    wanted = EXPECTED.get((state, action))
    for facts in _every_fact(kind):
        stopped = wanted is None or bool(wanted.stopped_by & _holding(facts))
        assert (blocked(state, action, facts) is not None) == stopped, facts
        if stopped:
            with pytest.raises(Refused):
                move(state, action, facts, "A reason")
        else:
            assert wanted is not None
            assert move(state, action, facts, "A reason") is wanted.to


@pytest.mark.parametrize("place", EXPECTED)
def test_who_may_do_what_stands_in_the_cell(place: tuple[State, Action]) -> None:
    assert cell(*place).who is EXPECTED[place].who


@pytest.mark.parametrize("reason", ["", "  ", "\n\t"])
@pytest.mark.parametrize("place", EXPECTED)
def test_only_a_return_needs_a_reason_and_blanks_are_none(place: tuple[State, Action], reason: str) -> None:
    facts = Facts(Kind.SELF if place[1] is Action.CONFIRM else Kind.GUIDED)
    facts = Facts(facts.kind, unanswered=(1,)) if place[1] is Action.HAND_OVER else facts
    facts = Facts(facts.kind, moderation=("Why",)) if place[1] is Action.HAND_TO_MODERATOR else facts
    facts = Facts(facts.kind, approvals=1) if place[1] is Action.PASS else facts
    if EXPECTED[place].reason:
        with pytest.raises(Refused, match=r"Give a reason\."):
            move(*place, facts, reason)
    else:
        assert move(*place, facts, reason) is EXPECTED[place].to


@pytest.mark.parametrize("state", State)
def test_the_actions_of_a_state_are_those_of_the_table(state: State) -> None:
    assert set(actions_from(state)) == {action for start, action in EXPECTED if start is state}


def test_final_and_withdrawn_lead_nowhere_but_back_to_draft() -> None:
    assert actions_from(State.FINAL) == ()
    assert actions_from(State.WITHDRAWN) == (Action.RESTORE,)


@pytest.mark.parametrize(
    ("state", "action", "facts", "reason"),
    [
        (State.DRAFT, Action.SUBMIT, Facts(Kind.GUIDED, missing=(7,)), "Rate item 7 first."),
        (State.DRAFT, Action.SUBMIT, Facts(Kind.GUIDED, missing=(1, 7)), "Rate items 1, 7 first."),
        (
            State.DRAFT,
            Action.SUBMIT,
            Facts(Kind.GUIDED, unexplained=(2,)),
            "differs from the suggestion on item 2",
        ),
        (State.DRAFT, Action.SUBMIT, Facts(Kind.SELF), "has no guide"),
        (State.DRAFT, Action.CONFIRM, Facts(Kind.PEER), "is guided"),
        (State.WITH_GUIDE, Action.AGREE, Facts(Kind.GUIDED, differing=(4,)), "your proposal on item 4"),
        (State.WITH_GUIDE, Action.AGREE, Facts(Kind.GUIDED, open_questions=(5,)), "still open on item 5"),
        (State.WITH_PROVIDER, Action.REPLY, Facts(Kind.GUIDED, unanswered=(6,)), "proposal on item 6"),
        (State.WITH_PROVIDER, Action.REPLY, Facts(Kind.GUIDED, open_questions=(8,)), "question on item 8"),
        (State.SETTLING, Action.AGREE, Facts(Kind.GUIDED, moderation=("Why",)), "goes to a moderator"),
        (State.SETTLING, Action.HAND_TO_MODERATOR, Facts(Kind.GUIDED), "needs no moderator"),
        (State.WITH_MODERATOR, Action.APPROVE, Facts(Kind.GUIDED, open_queries=(9,)), "open on item 9"),
        (State.WITH_MODERATOR, Action.PASS, Facts(Kind.GUIDED, approvals=1, quorum=2), "1 of 2 moderators"),
        (State.FINAL, Action.EDIT, Facts(Kind.GUIDED), "This assessment is “Final”"),
        (State.WITHDRAWN, Action.SUBMIT, Facts(Kind.GUIDED), "This assessment is “Withdrawn”"),
    ],
)
def test_a_refusal_names_its_rule_and_the_items(
    state: State, action: Action, facts: Facts, reason: str
) -> None:
    with pytest.raises(Refused) as refused:
        move(state, action, facts, "A reason")
    assert reason in refused.value.reason
