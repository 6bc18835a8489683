"""Learning in every state: one's own, a module, its quiz, certificates, and what managers see."""

from __future__ import annotations

import re

from playwright.sync_api import Page

from portal.demonstration.learning import FAILED, PASSED
from portal.demonstration.people import LEAD_MANAGER, STAFF
from tests.support.page_states import PageState, choose, enter, follow, hidden, opened, press, tick

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
_DARLINGTON, _HARTLEPOOL, _DURHAM, _BIRMINGHAM = (
    f"/services/{place}-demonstration"
    for place in (
        "darlington-ips",
        "hartlepool-ips",
        "county-durham-ips",
        "birmingham-south-and-central-thrive-employment-support",
    )
)
_COURSES = _DARLINGTON + "/clinical-courses"


def _count(page: Page) -> None:
    """Open the course that nobody was counted at."""
    page.get_by_role("link", name=re.compile("^Count or change Talking about work")).first.click()
    page.wait_for_load_state()


HOST_TEAMS = (
    S(
        "host-teams",
        _LED,
        "/learning/host-teams",
        "Courses for host teams",
        (),
        "trained in the last 12 months",
    ),
    S(
        "host-teams-untrained",
        _LED,
        "/learning/host-teams?show=untrained",
        "Courses for host teams",
        (),
        "0%",
    ),
    S(
        "host-teams-no-match",
        _LED,
        "/learning/host-teams?q=zzz",
        "Courses for host teams",
        (),
        "No service matches",
    ),
    S("host-team-outlines", "eism", "/learning/host-teams/courses", "What the courses", (), "Afterwards"),
    S("host-teams-of-service", _MANAGER, _COURSES, "Courses for host teams of", (), "Attendance missing"),
    S(
        "host-teams-none-yet",
        _LED,
        _BIRMINGHAM + "/clinical-courses",
        "Courses for host teams of",
        (),
        "No course is planned",
    ),
    S(
        "host-course-new",
        _MANAGER,
        _COURSES + "/new",
        "Plan or record a course",
        (),
        "How many clinical staff",
    ),
    S(
        "host-course-empty",
        "eism",
        _COURSES + "/new",
        "Plan or record a course",
        (press("Save"),),
        "Choose the course",
    ),
    S(
        "host-course-count",
        "eism",
        _COURSES,
        "Course for",
        (_count,),
        "Not held, or entered by mistake",
    ),
    S(
        "host-course-stale",
        _MANAGER,
        _COURSES,
        "Course for",
        (_count, enter("#n_nursing", "2"), hidden("version", "9"), press("Save")),
        "Both versions",
    ),
)
GATE = (
    S("gate", _LED, "/learning/gate", "Training before clients", (), "trained in time"),
    S(
        "gate-explained",
        _MANAGER,
        "/learning/gate",
        "Training before clients",
        (opened,),
        "in advance of working",
    ),
    S(
        "gate-of-service",
        _MANAGER,
        _HARTLEPOOL + "/training-before-clients",
        "Training before clients at",
        (),
        "Missing:",
    ),
    S(
        "gate-of-service-read",
        "eism",
        _HARTLEPOOL + "/training-before-clients",
        "Training before clients at",
        (),
        "Not linked",
    ),
    S(
        "gate-nobody",
        _MANAGER,
        _DURHAM + "/training-before-clients",
        "Training before clients at",
        (),
        "No employment specialist",
    ),
    S("gate-regions", "buyer", "/workforce/national/training", "by region", (), "All regions"),
)
STATES = (*OWN, *QUIZ, *CERTIFICATES, *PEOPLE, *HOST_TEAMS, *GATE)
