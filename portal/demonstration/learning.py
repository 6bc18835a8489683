"""People at every stage of learning: up to date, expired, failed and then passed, half-way through."""

from __future__ import annotations

from collections.abc import Callable
from datetime import date, timedelta
from uuid import UUID

from portal.accounts.rules.roles import Role
from portal.demonstration.people import (
    EISM,
    LEAD_MANAGER,
    LEAD_REVIEWER,
    MANAGER,
    MODERATOR,
    OBSERVER,
    PEER,
    SECOND_REVIEWER,
    STAFF,
    DemoPerson,
    demo_id,
)
from portal.demonstration.places import colleague
from portal.demonstration.script import Step, actor, moment
from portal.workforce.learning.registry import catalogue
from portal.workforce.learning.service.learning import answer, read_page
from portal.workforce.learning.service.recording import ExternalDone, record_external

FAILED, PASSED = (demo_id("learning", name) for name in ("failed", "passed"))
COLLEAGUE = colleague(Role.PROVIDER_STAFF)  # everything before the first client, and little since
REVIEWER = ("scoring-fidelity", "review-visit", "blind-scoring", "drug-and-alcohol")
# who passed what, so many days before today
PASSES: tuple[tuple[DemoPerson, int, tuple[str, ...]], ...] = (
    (LEAD_REVIEWER, 400, REVIEWER),
    (LEAD_REVIEWER, 330, ("ips-model", "clinical-team", "outcome-data", "safeguarding-lone-working")),
    (MODERATOR, 710, REVIEWER),  # over 23 months ago: to be taken again
    (EISM, 700, ("scoring-fidelity", "ips-model")),
    (EISM, 500, ("safeguarding-lone-working", "drug-and-alcohol")),  # the first has expired since
    (EISM, 90, ("review-visit", "blind-scoring", "clinical-team")),
    (LEAD_MANAGER, 380, REVIEWER),
    (PEER, 150, ("scoring-fidelity", "review-visit")),
    (MANAGER, 300, ("ips-model", "caseload-and-supervision")),
    (STAFF, 260, ("ips-model", "rapid-job-search", "profile-and-disclosure")),
    (STAFF, 40, ("safeguarding-lone-working", "clinical-team")),
    (COLLEAGUE, 520, ("ips-model", "profile-and-disclosure", "safeguarding-lone-working")),
)
EXTERNAL = (
    ("data-protection", 420, "Certificate shown on the day; renewed every year"),
    ("safeguarding", 250, "Certificate of the local safeguarding partnership, seen by Maya Thornton"),
    ("health-and-safety", 640, "Induction list, signed"),
    ("programme-training", 645, "On the list of those who attended"),
)


def steps(anchor: date) -> list[Step]:
    """From the first module to a page read yesterday."""
    passes = [
        Step(moment(anchor, days, 9, 10 * place), _passing(person.id, key))
        for person, days, keys in PASSES
        for place, key in enumerate(keys)
    ]
    return [
        *passes,
        *(_recording(anchor, STAFF, *row) for row in EXTERNAL),
        *(_recording(anchor, COLLEAGUE, course, 515, note) for course, _, note in EXTERNAL),
        Step(moment(anchor, 62, 13), lambda: _take(SECOND_REVIEWER.id, "scoring-fidelity", 3, FAILED)),
        Step(moment(anchor, 61, 9), lambda: _take(SECOND_REVIEWER.id, "scoring-fidelity", 1, PASSED)),
        Step(moment(anchor, 1, 15), lambda: _read(OBSERVER.id, "review-visit", 2)),
        Step(moment(anchor, 1, 16), lambda: _read(STAFF.id, "employer-engagement", 3)),
    ]


def _passing(person_id: UUID, key: str) -> Callable[[], None]:
    return lambda: _take(person_id, key, 0)


def _recording(anchor: date, person: DemoPerson, course: str, days: int, note: str) -> Step:
    done = ExternalDone(course, anchor - timedelta(days=days), note)
    return Step(moment(anchor, days - 3, 11), lambda: record_external(actor(MANAGER.id), person.id, done))


def _read(person_id: UUID, key: str, pages: int) -> None:
    for number in range(1, pages + 1):
        read_page(actor(person_id), key, number)


def _take(person_id: UUID, key: str, wrong: int, attempt_id: UUID | None = None) -> None:
    """Read every page and hand in the quiz with so many wrong answers."""
    module = catalogue().modules[key]
    _read(person_id, key, len(module.pages))
    given = [question.right for question in module.questions]
    given[:wrong] = [(place + 1) % 3 for place in given[:wrong]]
    answer(actor(person_id), key, given, attempt_id)
