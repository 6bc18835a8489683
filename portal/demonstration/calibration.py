"""Three calibration exercises: one closed, one open, one still a draft."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import replace
from datetime import date
from uuid import UUID

from portal.demonstration.people import (
    EISM,
    LEAD_MANAGER,
    LEAD_REVIEWER,
    MODERATOR,
    OBSERVER,
    SECOND_REVIEWER,
    SUPPLIER,
    DemoPerson,
    demo_id,
)
from portal.demonstration.script import Step, actor, moment
from portal.reviews.agreement.rules.calibration import ExerciseDraft, SheetDraft
from portal.reviews.agreement.service.exercises import close_exercise, create_exercise, open_exercise
from portal.reviews.agreement.service.rating import save_sheet, submit_sheet

CLOSED, OPEN, DRAFT = (demo_id("calibration", name) for name in ("closed", "open", "draft"))
ITEMS = (
    "caseload-size",
    "employment-services-staff",
    "vocational-generalists",
    "team-assignment",
    "team-contact",
    "jobcentre-plus",
)
FIRST_YEAR = """\
The service is in its first year. It has four full-time employment specialists and 91 people on its \
caseload. Two specialists spend a day a week on a housing project.

All four do everything from the first meeting to support in work, but when somebody has held a job for \
three months they hand over to a volunteer.

Three specialists belong to one community mental health team each, and about 95 in 100 of their clients \
come from it. The fourth takes referrals from five teams. Each goes to the weekly meeting of their team, \
sits with it on two days, and writes into the clinical record; the fourth goes to none.

The service has met the Jobcentre once since the spring. Specialists ring work coaches when there is a \
benefits question."""
HIGH_CASELOADS = """\
Seven specialists, two of them half-time, support 168 people. Vacancies have been open since winter. Each \
specialist belongs to two clinical teams and attends one meeting a fortnight with each. Nobody has other \
duties.

Jobcentre staff come to the office every month, and a shared list of clients is gone through every week."""
# in the order of ITEMS: what each reviewer gave the first case
GIVEN: Mapping[DemoPerson, tuple[int, ...]] = {
    LEAD_REVIEWER: (4, 4, 4, 3, 3, 2),
    SECOND_REVIEWER: (4, 4, 3, 3, 3, 2),
    OBSERVER: (3, 3, 4, 2, 4, 1),
    MODERATOR: (4, 4, 4, 3, 3, 2),
    EISM: (4, 5, 4, 4, 4, 3),
}
REASON = "Three specialists meet the standard; the fourth takes referrals from five teams."


def steps(anchor: date) -> list[Step]:
    """From the first draft to the exercise still open."""
    return [
        *_set(anchor, 150, CLOSED, ExerciseDraft("A service in its first year", "ips-25", FIRST_YEAR, ITEMS)),
        *(
            Step(moment(anchor, 140 - day, 14), lambda one=one, given=given: _hand_in(one, given))  # type: ignore[misc]  # mypy and default arguments of lambdas
            for day, (one, given) in enumerate(GIVEN.items())
        ),
        Step(moment(anchor, 120, 16), lambda: close_exercise(actor(LEAD_MANAGER.id), CLOSED, 2)),
        *_set(anchor, 9, OPEN, ExerciseDraft("High caseloads", "ips-25", HIGH_CASELOADS, ITEMS)),
        Step(
            moment(anchor, 5, 15),
            lambda: submit_sheet(actor(MODERATOR.id), OPEN, _sheet((3, 5, 4, 3, 3, 5)), 1),
        ),
        Step(moment(anchor, 3, 15), lambda: save_sheet(actor(LEAD_REVIEWER.id), OPEN, _sheet((3, 5)), 1)),
        Step(
            moment(anchor, 2, 11),
            lambda: create_exercise(actor(LEAD_MANAGER.id), SUPPLIER.id, _draft(), DRAFT),
        ),
    ]


def _draft() -> ExerciseDraft:
    return ExerciseDraft("Two teams merge", "ips-25", "Two services became one in April.", ITEMS[:3])


def _set(anchor: date, days: int, id_: UUID, draft: ExerciseDraft) -> tuple[Step, Step]:
    lead = LEAD_MANAGER.id
    return (
        Step(moment(anchor, days, 10), lambda: create_exercise(actor(lead), SUPPLIER.id, draft, id_)),
        Step(moment(anchor, days, 11), lambda: open_exercise(actor(lead), id_, 1)),
    )


def _hand_in(person: DemoPerson, given: tuple[int, ...]) -> None:
    why = {ITEMS[3]: REASON} if person in (LEAD_REVIEWER, MODERATOR) else {}
    submit_sheet(actor(person.id), CLOSED, replace(_sheet(given), rationales=why), 1)


def _sheet(given: tuple[int, ...]) -> SheetDraft:
    return SheetDraft(dict(zip(ITEMS, given, strict=False)), {})
