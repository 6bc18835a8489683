"""What a record of a service's workforce must be before it is kept."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date
from decimal import Decimal
from uuid import UUID

from portal.workforce.staff.rules.counting import Spell
from portal.workforce.staff.rules.words import ActionState, EntryKind, Honorary, StaffRole

LONGEST_NAME = 120
LONGEST_BAND = 40
LONGEST_TEXT = 300
LONGEST_NOTE = 2000
MOST_FUNDED = Decimal(500)
MOST_CLIENTS = 200
MOST_MEETINGS = 31  # a month
CENT = Decimal("0.01")


@dataclass(frozen=True)
class MemberDetails:
    """Somebody of a service as they are entered."""

    name: str
    role: StaffRole
    fte: Decimal
    starts: date
    pay_band: str = ""
    honorary: Honorary = Honorary.NONE
    honorary_on: date | None = None
    first_client_on: date | None = None
    person_id: UUID | None = None


@dataclass(frozen=True)
class EntryDetails:
    """Something logged. `count` of `out_of`: clients, or meetings attended of those held."""

    kind: EntryKind
    on: date
    member_id: UUID | None = None
    count: int | None = None
    out_of: int | None = None
    minuted: bool = False


@dataclass(frozen=True)
class ActionDetails:
    """An action of the workforce strategy."""

    text: str
    owner: str
    due: date
    state: ActionState = ActionState.OPEN
    note: str = ""


def member_problems(details: MemberDetails, ends: date | None, today: date) -> dict[str, str]:
    """What is wrong with a person's record, by field. `ends`: their last day, where there is one."""
    problems = {}
    if not details.name:
        problems["name"] = "Enter a name or initials"
    elif len(details.name) > LONGEST_NAME:
        problems["name"] = f"The name must be {LONGEST_NAME} characters or fewer"
    if problem := _fte_problem(details.fte):
        problems["fte"] = problem
    if len(details.pay_band) > LONGEST_BAND:
        problems["pay_band"] = f"The pay band must be {LONGEST_BAND} characters or fewer"
    if ends is not None and details.starts > ends:
        problems["starts"] = "They left before that day. Enter an earlier one"
    if details.honorary is Honorary.HELD and details.honorary_on is None:
        problems["honorary_on"] = "Enter the date of the honorary contract"
    if details.role.has_caseload and (problem := _client_problem(details, ends, today)):
        problems["first_client_on"] = problem
    return problems


def terms_problems(wanted: Spell, present: Spell, today: date) -> dict[str, str]:
    """What is wrong with another role or FTE from a day on, by field. `present`: as they work now."""
    problems = {}
    if problem := _fte_problem(wanted.fte):
        problems["fte"] = problem
    elif (wanted.role, wanted.fte) == (present.role, present.fte):
        problems["fte"] = "This is their role and FTE already"
    if wanted.first <= present.first:
        problems["first"] = f"They have worked like this since {_day(present.first)}. Enter a later day"
    elif wanted.first > today:
        problems["first"] = "Enter today or a day that has passed"
    elif not present.covers(wanted.first):
        problems["first"] = "They left before that day. Enter an earlier one"
    return problems


def outside_terms(changed: date, what: str) -> str:
    """Why a first or last day cannot stand beside the day on which role or hours changed."""
    return f"Their role or hours changed on {_day(changed)}. Enter {what}"


def _fte_problem(fte: Decimal) -> str | None:
    if not fte.is_finite() or not 0 < fte <= 1:
        return "Enter a number above 0 and up to 1, like 0.6"
    return None if fte == fte.quantize(CENT) else "Enter at most two decimal places, like 0.65"


def _day(on: date) -> str:
    return f"{on.day} {on:%B %Y}"


def _client_problem(details: MemberDetails, ends: date | None, today: date) -> str | None:
    first = details.first_client_on
    if first is None:
        return None
    if first > today:
        return "Enter today or a day that has passed"
    if first < details.starts:
        return "They had not begun by that day. Enter a later one"
    return "They left before that day. Enter an earlier one" if ends is not None and first > ends else None


def funded_problem(fte: Decimal) -> str | None:
    """What is wrong with the FTE funded for a role. None is allowed: the posts may be gone."""
    if not fte.is_finite() or not 0 <= fte <= MOST_FUNDED:
        return f"Enter a number from 0 to {MOST_FUNDED}, like 6.5"
    return None if fte == fte.quantize(CENT) else "Enter at most two decimal places, like 6.25"


def entry_problems(details: EntryDetails, today: date) -> dict[str, str]:
    """What is wrong with something logged, by field."""
    problems = {}
    if details.on > today:
        problems["on"] = "Enter today or a day that has passed"
    if details.kind.of_one_person and details.member_id is None:
        problems["member"] = "Choose the person"
    if details.kind is EntryKind.MEETINGS:
        problems |= _meeting_problems(details)
    if (
        details.kind is EntryKind.CASELOAD
        and not 0 <= (-1 if details.count is None else details.count) <= MOST_CLIENTS
    ):
        problems["count"] = f"Enter a whole number from 0 to {MOST_CLIENTS}"
    if details.kind is EntryKind.REVIEW and not details.minuted:
        problems["minuted"] = "Only a review with minutes counts. Tick this once there are minutes"
    return problems


def _meeting_problems(details: EntryDetails) -> dict[str, str]:
    if details.out_of is None or not 1 <= details.out_of <= MOST_MEETINGS:
        return {"out_of": f"Enter how many meetings were held, from 1 to {MOST_MEETINGS}"}
    if details.count is None or not 0 <= details.count <= details.out_of:
        return {"count": f"Enter how many they attended, from 0 to {details.out_of}"}
    return {}


def action_problems(details: ActionDetails) -> dict[str, str]:
    """What is wrong with an action of the workforce strategy, by field."""
    problems = {}
    for field, value, longest in (
        ("text", details.text, LONGEST_TEXT),
        ("owner", details.owner, LONGEST_NAME),
    ):
        if not value:
            problems[field] = "Say what is to be done" if field == "text" else "Say who does it"
        elif len(value) > longest:
            problems[field] = f"This must be {longest} characters or fewer"
    if len(details.note) > LONGEST_NOTE:
        problems["note"] = f"The note must be {LONGEST_NOTE} characters or fewer"
    return problems
