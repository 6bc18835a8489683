"""What the demonstration's team writes down on site: notes of interviews and observations, ten records."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import date, timedelta
from uuid import UUID

from portal.demonstration.people import LEAD_REVIEWER, SECOND_REVIEWER, DemoPerson, demo_id
from portal.demonstration.services import DemoService
from portal.reviews.external.rules.notes import NoteDraft, NoteKind

_INTERVIEW, _OBSERVATION = NoteKind.INTERVIEW, NoteKind.OBSERVATION
_DOCUMENT, _RECORD = NoteKind.DOCUMENT, NoteKind.RECORD

# who wrote it, kind, role of whom, heading, items it informs, text
NOTES: tuple[tuple[DemoPerson, NoteKind, str, str, tuple[str, ...], str], ...] = (
    (
        LEAD_REVIEWER,
        _INTERVIEW,
        "team-leader",
        "Team leader",
        ("caseload-size", "employment-supervisor", "vocational-unit", "employer-contact-frequency"),
        (
            "Caseloads between 17 and 22; one specialist has carried a vacancy since spring. "
            "Supervision weekly, in the diary, with outcomes on the table. Joins employer visits "
            "about once a month."
        ),
    ),
    (
        SECOND_REVIEWER,
        _INTERVIEW,
        "employment-specialist",
        "Three employment specialists together",
        ("employment-services-staff", "vocational-generalists", "rapid-job-search", "disclosure"),
        (
            "All three do every phase themselves. No other duties but the phone one morning a month. "
            "Disclosure is talked about at the start and again before each interview."
        ),
    ),
    (
        LEAD_REVIEWER,
        _INTERVIEW,
        "clinician",
        "Two care coordinators",
        ("team-assignment", "team-contact", "zero-exclusion", "competitive-employment-focus"),
        (
            "The specialist sits with us and speaks up in meetings. One was unsure whether somebody "
            "who still uses may be referred; the other said of course."
        ),
    ),
    (
        SECOND_REVIEWER,
        _INTERVIEW,
        "clinical-leader",
        "Clinical team leader",
        ("team-contact", "zero-exclusion"),
        "Employment is a standing item. Decisions are shared, though minutes do not always show it.",
    ),
    (
        LEAD_REVIEWER,
        _INTERVIEW,
        "executive",
        "Operations director",
        ("executive-support",),
        (
            "Knows the principles and the last score. The steering group meets twice a year; fidelity"
            " is not yet in the quality report."
        ),
    ),
    (
        SECOND_REVIEWER,
        _INTERVIEW,
        "client",
        "Five people who use the service, as a group",
        ("individualised-job-search", "time-unlimited-support", "assertive-engagement", "benefits-advice"),
        (
            "First employer met within weeks. Somebody rang every week in the first month of work. "
            "One was never told what would happen to benefits, the others had it worked out for them."
        ),
    ),
    (
        LEAD_REVIEWER,
        _INTERVIEW,
        "jobcentre",
        "Work coach with the shared list",
        ("jobcentre-plus",),
        "Monthly meeting, shared list of clients, quick answers by telephone.",
    ),
    (
        LEAD_REVIEWER,
        _OBSERVATION,
        "",
        "IPS team meeting",
        ("vocational-unit", "employer-contact-frequency"),
        "Forty minutes, every client looking for work named, leads shared between specialists.",
    ),
    (
        SECOND_REVIEWER,
        _OBSERVATION,
        "",
        "Clinical team meeting",
        ("team-contact", "competitive-employment-focus"),
        "The specialist raised two people nobody had thought of for work; both were talked through.",
    ),
    (
        SECOND_REVIEWER,
        _OBSERVATION,
        "",
        "Employer visit with a specialist",
        ("employer-contact-quality", "individualised-job-search"),
        (
            "Second visit to a garden centre. Listened first, asked what the employer needs, no CV on"
            " the table."
        ),
    ),
    (
        LEAD_REVIEWER,
        _DOCUMENT,
        "",
        "Employer contact logs of six weeks",
        ("employer-contact-frequency", "employer-diversity"),
        "141 contacts by five specialists, 122 of them in person. The leader signs the log monthly.",
    ),
    (
        SECOND_REVIEWER,
        _RECORD,
        "",
        "Ten records read together",
        ("vocational-assessment", "individualised-support", "time-unlimited-support", "disclosure"),
        (
            "Profiles in the clinical record in eight of ten. Support plans name the person’s own "
            "words in seven."
        ),
    ),
)


def notes(service: DemoService, on: date) -> Iterator[tuple[DemoPerson, UUID, NoteDraft]]:
    """The notes of a visit: who wrote each, its id, and what it says."""
    for number, (by, kind, role, heading, items, text) in enumerate(NOTES):
        note_id = demo_id("note", service.short_name, on.isoformat(), str(number))
        yield by, note_id, NoteDraft(kind, on, role, "", heading, text, items)


def records(service: DemoService, on: date, count: int = 10) -> Iterator[dict[str, str]]:
    """Ten anonymised records as the worksheet asks them, the same in every copy."""
    chance = service.chance(f"records {on}")

    def yes(share: float) -> str:
        return "yes" if chance.random() < share else "no"

    for number in range(count):
        joined = on - timedelta(days=chance.randint(60, 400))
        profile = joined + timedelta(days=chance.randint(2, 25))
        row = {
            "status": ("looking", "working", "closed")[number % 3],
            "joined": joined.isoformat(),
            "profile-written": profile.isoformat(),
            "shared-record": yes(0.8),
            "profile-sources": yes(0.7),
            "profile-updated": yes(0.6) if number % 3 else "na",
            "first-employer": (joined + timedelta(days=chance.randint(12, 48))).isoformat(),
            "contacts": str(chance.randint(4, 8)),
            "contacts-matching": str(chance.randint(2, 4)),
            "current-plan": yes(0.9),
            "disclosure-weighed": yes(0.9),
            "disclosure-words": yes(0.7),
            "benefits-planning": yes(0.8),
        }
        if number % 3:
            start = joined + timedelta(days=chance.randint(50, 58))
            row |= {
                "job-start": start.isoformat(),
                "before-start": (start - timedelta(days=chance.randint(1, 6))).isoformat(),
                "after-start": (start + timedelta(days=chance.randint(1, 3))).isoformat(),
                "weekly-first-month": yes(0.8),
                "supported": yes(0.9),
            }
        yield row
