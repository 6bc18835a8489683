"""Learning in every state: one's own, a module, its quiz, certificates, and what managers see."""

from __future__ import annotations

from portal.demonstration.learning import FAILED, PASSED
from portal.demonstration.people import LEAD_MANAGER, STAFF
from tests.support.page_states import PageState, choose, enter, follow, hidden, press, tick

S = PageState
_STAFF, _MANAGER, _LED, _SECOND = "provider-staff", "provider-manager", "lead-manager", "second-reviewer"
_PERSON = f"/learning/people/{STAFF.id}"
_RESULT = "/learning/scoring-fidelity/attempts"
_NO_CODE = "/learning/certificates/K7MQ-3RTX-9HWD-CJ4N-PVGY"

OWN = (
    S("learning", _STAFF, "/learning", "Learning", (), "Required of you"),
    S("learning-nothing-required", "buyer", "/learning", "Learning", (), "No course is required"),
    S("learning-found", _STAFF, "/learning?q=consensus", "Learning", (), "Modules found"),
    S("learning-not-found", _STAFF, "/learning?q=zzz", "Learning", (), "No module has these words"),
    S("module-half-read", _STAFF, "/learning/employer-engagement", "Employer", (), "Go on at page 4"),
    S("module-new", "buyer", "/learning/review-visit", "Running", (), "Start"),
    S("module-attempts", _SECOND, "/learning/scoring-fidelity", "Scoring", (), "Not passed"),
    S("module-expired", "eism", "/learning/safeguarding-lone-working", "Safeguarding", (), "expired on"),
    S("module-external", _STAFF, "/learning/data-protection", "Confidentiality", (), "expired on"),
    S("module-page", _STAFF, "/learning/ips-model/pages/4", "not ready", (), "Page 4 of 4"),
    S("module-page-list", _STAFF, "/learning/clinical-team/pages/2", "Five signs", (), "weekly meeting"),
)
QUIZ = (
    S("quiz", _STAFF, "/learning/ips-model/quiz", "Quiz", (), "4 of 5 right answers"),
    S(
        "quiz-left-out",
        _STAFF,
        "/learning/ips-model/quiz",
        "Quiz",
        (tick("#question-1-1"), press("Hand in")),
        "Answer question 2",
    ),
    S("quiz-unread", _STAFF, "/learning/employer-engagement/quiz", "The log", (), "Read page 4 first"),
    S("quiz-failed", _SECOND, f"{_RESULT}/{FAILED}", "Not passed", (), "Take the quiz again"),
    S("quiz-passed", _SECOND, f"{_RESULT}/{PASSED}", "You passed", (), "The right answer"),
)
CERTIFICATES = (
    S(
        "certificate-of-learning",
        _SECOND,
        f"{_RESULT}/{PASSED}",
        "Certificate of learning",
        (follow("Your certificate"),),
        "Download as PDF",
    ),
    S("certificate-unknown", None, _NO_CODE, "No certificate", (), "20 letters and digits"),
)
PEOPLE = (
    S("learners", _MANAGER, "/learning/people", "Who is out of date", (), "Sam Ibrahim"),
    S("learners-many", _LED, "/learning/people", "Who is out of date", (), "people"),
    S("learners-none", _MANAGER, "/learning/people?q=zzz", "Who is out of date", (), "Nobody matches"),
    S("uptake", _MANAGER, "/learning/uptake", "Uptake", (), "1 of"),
    S("learner", _MANAGER, _PERSON, "Sam Ibrahim", (), "Withdraw"),
    S("learner-read-only", "eism", _PERSON, "Sam Ibrahim", (), "Required courses"),
    S("learner-own-supplier", _LED, f"/learning/people/{LEAD_MANAGER.id}", "Leonard", (), "Record"),
    S("learner-record", _MANAGER, f"{_PERSON}/record", "Record an external course", (), "What shows it"),
    S(
        "learner-record-empty",
        _MANAGER,
        f"{_PERSON}/record",
        "Record an external course",
        (press("Record"),),
        "Enter the day it was completed",
    ),
    S("learner-required", _MANAGER, f"{_PERSON}/required", "What is required", (), "team leader"),
    S(
        "learner-required-no-day",
        _MANAGER,
        f"{_PERSON}/required",
        "What is required",
        (choose("#set_key", "senior"), press("Save")),
        "Enter the first day in this role",
    ),
    S(
        "learner-required-stale",
        _MANAGER,
        f"{_PERSON}/required",
        "What is required",
        (
            choose("#set_key", "senior"),
            enter("#since", "1"),
            enter("#since-month", "4"),
            enter("#since-year", "2026"),
            hidden("version", "9"),
            press("Save"),
        ),
        "Both versions",
    ),
)
STATES = (*OWN, *QUIZ, *CERTIFICATES, *PEOPLE)
