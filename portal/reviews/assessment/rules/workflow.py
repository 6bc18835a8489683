"""How an assessment moves: one table (state, action) -> state, with who may act and what must hold.

`allowed_actions` feeds buttons, the API and the tests; `move` is the only way to a new state. The
guidance is issue 2 item 7: the provider submits, the guide asks and proposes, the provider accepts
or answers once, and where they still differ the guide's rating stands and is reported as not agreed.
A guided self-assessment that is flagged, or drawn by the sample, goes to a moderator before it is final
(issue 3, item 7).
"""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from enum import StrEnum

from portal.accounts.rules.permissions import Permission
from portal.core.errors import Refused


class Kind(StrEnum):
    """What kind of assessment it is."""

    SELF = "self"
    GUIDED = "guided"
    PEER = "peer"
    EXTERNAL = "external"  # moved by reviews/external, whose stages are its own

    @property
    def title(self) -> str:  # type: ignore[override]  # str's own title() is of no use here
        return KIND_TITLES[self]


KIND_TITLES = {
    Kind.SELF: "Self-assessment",
    Kind.GUIDED: "Guided self-assessment",
    Kind.PEER: "Peer assessment",
    Kind.EXTERNAL: "External fidelity review",
}
GUIDED_KINDS = frozenset({Kind.GUIDED, Kind.PEER})
STARTABLE = (Kind.GUIDED, Kind.SELF, Kind.PEER)


class State(StrEnum):
    """Where an assessment stands."""

    DRAFT = "draft"
    WITH_GUIDE = "with-guide"
    WITH_PROVIDER = "with-provider"
    SETTLING = "settling"
    WITH_MODERATOR = "with-moderator"
    UNDER_REVIEW = "under-review"  # an external review until it is published
    FINAL = "final"
    WITHDRAWN = "withdrawn"

    @property
    def title(self) -> str:  # type: ignore[override]  # str's own title() is of no use here
        return STATE_TITLES[self]


STATE_TITLES = {
    State.DRAFT: "Draft",
    State.WITH_GUIDE: "With the guide",
    State.WITH_PROVIDER: "With the provider",
    State.SETTLING: "Guide to settle",
    State.WITH_MODERATOR: "With the moderator",
    State.UNDER_REVIEW: "Under review",
    State.FINAL: "Final",
    State.WITHDRAWN: "Withdrawn",
}
OPEN_STATES = (State.DRAFT, State.WITH_GUIDE, State.WITH_PROVIDER, State.SETTLING, State.WITH_MODERATOR)


class Action(StrEnum):
    """What can be done to an assessment."""

    EDIT = "edit"
    SUBMIT = "submit"  # to the guide
    CONFIRM = "confirm"  # an unguided self-assessment: submit as final
    WITHDRAW = "withdraw"
    RESTORE = "restore"
    RECALL = "recall"
    ASK = "ask"
    PROPOSE = "propose"
    RETURN = "return"
    HAND_OVER = "hand-over"
    ANSWER_QUESTION = "answer-question"
    ANSWER_PROPOSAL = "answer-proposal"
    REPLY = "reply"
    SETTLE = "settle"
    AGREE = "agree"
    HAND_TO_MODERATOR = "hand-to-moderator"
    QUERY = "query"
    ANSWER_QUERY = "answer-query"
    APPROVE = "approve"
    PASS = "pass"  # noqa: S105  no secret: follows from the approval that completes the quorum
    SEND_BACK = "send-back"


@dataclass(frozen=True)
class Facts:
    """What the conditions look at. Item numbers are those of the scale."""

    kind: Kind
    missing: tuple[int, ...] = ()  # items without a rating
    unexplained: tuple[int, ...] = ()  # rating differs from the suggestion and no rationale says why
    guidance_begun: bool = False  # the guide has asked or proposed in this round
    differing: tuple[int, ...] = ()  # proposals that differ and were not accepted
    unanswered: tuple[int, ...] = ()  # differing proposals without an answer
    open_questions: tuple[int, ...] = ()  # items with a question not yet answered
    moderation: tuple[str, ...] = ()  # in words, why it goes to a moderator before it is final
    open_queries: tuple[int, ...] = ()  # items with a moderator's query not yet settled
    approvals: int = 0
    quorum: int = 1


Condition = Callable[[Facts], str | None]


def _items(numbers: tuple[int, ...]) -> str:
    word = "item" if len(numbers) == 1 else "items"
    return f"{word} {', '.join(str(number) for number in numbers)}"


def _complete(facts: Facts) -> str | None:
    return f"Rate {_items(facts.missing)} first." if facts.missing else None


def _explained(facts: Facts) -> str | None:
    if not facts.unexplained:
        return None
    return f"Say why the rating differs from the suggestion on {_items(facts.unexplained)}."


def _guided(facts: Facts) -> str | None:
    return None if facts.kind in GUIDED_KINDS else "This assessment has no guide: submit it as final."


def _unguided(facts: Facts) -> str | None:
    return "This assessment is guided: submit it to the guide." if facts.kind in GUIDED_KINDS else None


def _not_begun(facts: Facts) -> str | None:
    return "The guide has begun; ask for it to be returned." if facts.guidance_begun else None


def _something_to_answer(facts: Facts) -> str | None:
    if facts.unanswered or facts.open_questions:
        return None
    return "There is nothing for the provider to answer: no open question and no differing proposal."


def _nothing_open(facts: Facts) -> str | None:
    if facts.differing:
        return f"The provider has not yet answered your proposal on {_items(facts.differing)}."
    if facts.open_questions:
        return f"A question is still open on {_items(facts.open_questions)}."
    return None


def _all_answered(facts: Facts) -> str | None:
    if facts.unanswered:
        return f"Answer the guide’s proposal on {_items(facts.unanswered)} first."
    if facts.open_questions:
        return f"Answer the guide’s question on {_items(facts.open_questions)} first."
    return None


def _unmoderated(facts: Facts) -> str | None:
    return "This one goes to a moderator before it is final." if facts.moderation else None


def _moderated(facts: Facts) -> str | None:
    return None if facts.moderation else "This one needs no moderator: agree it."


def _queries_settled(facts: Facts) -> str | None:
    return f"A query is still open on {_items(facts.open_queries)}." if facts.open_queries else None


def _quorum_met(facts: Facts) -> str | None:
    if facts.approvals >= facts.quorum:
        return None
    return f"{facts.approvals} of {facts.quorum} moderators have approved."


@dataclass(frozen=True)
class Move:
    """One cell of the table."""

    to: State
    who: Permission
    conditions: tuple[Condition, ...] = ()
    needs_reason: bool = False


_EDIT, _MANAGE, _GUIDE = Permission.ASSESSMENT_EDIT, Permission.ASSESSMENT_AGREE, Permission.ASSESSMENT_GUIDE
_MODERATE = Permission.REVIEW_MODERATE  # whoever is named for its case

TABLE: dict[tuple[State, Action], Move] = {
    (State.DRAFT, Action.EDIT): Move(State.DRAFT, _EDIT),
    (State.DRAFT, Action.ANSWER_QUESTION): Move(State.DRAFT, _EDIT),
    (State.DRAFT, Action.SUBMIT): Move(State.WITH_GUIDE, _MANAGE, (_guided, _complete, _explained)),
    (State.DRAFT, Action.CONFIRM): Move(State.FINAL, _MANAGE, (_unguided, _complete, _explained)),
    (State.DRAFT, Action.WITHDRAW): Move(State.WITHDRAWN, _MANAGE),
    (State.WITHDRAWN, Action.RESTORE): Move(State.DRAFT, _MANAGE),
    (State.WITH_GUIDE, Action.RECALL): Move(State.DRAFT, _MANAGE, (_not_begun,)),
    (State.WITH_GUIDE, Action.ASK): Move(State.WITH_GUIDE, _GUIDE),
    (State.WITH_GUIDE, Action.PROPOSE): Move(State.WITH_GUIDE, _GUIDE),
    (State.WITH_GUIDE, Action.RETURN): Move(State.DRAFT, _GUIDE, needs_reason=True),
    (State.WITH_GUIDE, Action.HAND_OVER): Move(State.WITH_PROVIDER, _GUIDE, (_something_to_answer,)),
    (State.WITH_GUIDE, Action.AGREE): Move(State.FINAL, _GUIDE, (_nothing_open, _unmoderated)),
    (State.WITH_GUIDE, Action.HAND_TO_MODERATOR): Move(
        State.WITH_MODERATOR, _GUIDE, (_nothing_open, _moderated)
    ),
    (State.WITH_PROVIDER, Action.ANSWER_QUESTION): Move(State.WITH_PROVIDER, _EDIT),
    (State.WITH_PROVIDER, Action.ANSWER_PROPOSAL): Move(State.WITH_PROVIDER, _MANAGE),
    (State.WITH_PROVIDER, Action.REPLY): Move(State.SETTLING, _MANAGE, (_all_answered,)),
    (State.SETTLING, Action.SETTLE): Move(State.SETTLING, _GUIDE),
    (State.SETTLING, Action.RETURN): Move(State.DRAFT, _GUIDE, needs_reason=True),
    (State.SETTLING, Action.AGREE): Move(State.FINAL, _GUIDE, (_unmoderated,)),
    (State.SETTLING, Action.HAND_TO_MODERATOR): Move(State.WITH_MODERATOR, _GUIDE, (_moderated,)),
    (State.WITH_MODERATOR, Action.QUERY): Move(State.WITH_MODERATOR, _MODERATE),
    (State.WITH_MODERATOR, Action.ANSWER_QUERY): Move(State.WITH_MODERATOR, _GUIDE),
    (State.WITH_MODERATOR, Action.APPROVE): Move(State.WITH_MODERATOR, _MODERATE, (_queries_settled,)),
    (State.WITH_MODERATOR, Action.PASS): Move(State.FINAL, _MODERATE, (_queries_settled, _quorum_met)),
    (State.WITH_MODERATOR, Action.SEND_BACK): Move(State.WITH_GUIDE, _MODERATE, needs_reason=True),
}


def cell(state: State, action: Action) -> Move:
    """The move of this cell. Raises Refused, naming the state, where the table has none."""
    found = TABLE.get((state, action))
    if found is None:
        raise Refused(f"This assessment is “{state.title}”, so that cannot be done to it now.")
    return found


def blocked(state: State, action: Action, facts: Facts) -> str | None:
    """Why this cannot be done now (whoever asks), or None where it can."""
    found = TABLE.get((state, action))
    if found is None:
        return f"This assessment is “{state.title}”, so that cannot be done to it now."
    return next((reason for reason in (condition(facts) for condition in found.conditions) if reason), None)


def move(state: State, action: Action, facts: Facts, reason: str = "") -> State:
    """The state after the action. Raises Refused with the reason where it is not legal."""
    found = cell(state, action)
    why_not = blocked(state, action, facts)
    if why_not:
        raise Refused(why_not)
    if found.needs_reason and not reason.strip():
        raise Refused("Give a reason.")
    return found.to


def actions_from(state: State) -> tuple[Action, ...]:
    """The actions that the table has from this state."""
    return tuple(action for (start, action) in TABLE if start is state)
