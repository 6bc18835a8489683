"""The recruitment hub and the service finder, in every state."""

from __future__ import annotations

from portal.demonstration.people import demo_id
from tests.support.page_states import PageState, enter, hidden, press

S = PageState
_WHO, _LIST = "provider-manager", "/workforce/vacancies"
_PUBLIC = "/services/hartlepool-ips-demonstration/public-page"


def _id(place: str) -> str:
    return str(demo_id("vacancy", f"{place} IPS"))


def _at(place: str, more: str = "") -> str:
    return f"{_LIST}/{_id(place)}{more}"


def _job(title: str, place: str) -> str:
    """The public address of a vacancy of the demonstration."""
    return f"/jobs/{title}-demonstration-{place.lower().replace(' ', '-')}-{_id(place)[:8]}"


JOBS = (
    S("vacancies-public", None, "/jobs", "Jobs in IPS services", (), "Hear of new vacancies"),
    S("vacancies-public-signed-in", _WHO, "/jobs", "Jobs in IPS services", (), "Hartlepool"),
    S(
        "vacancies-searched",
        None,
        "/jobs?q=lepool&region=North+East&order=pay",
        "Jobs",
        (),
        "Clear the search",
    ),
    S("vacancies-none-found", None, "/jobs?q=zzzz", "Jobs in IPS services", (), "No vacancies match"),
    S("job", None, _job("employment-specialist", "Hartlepool"), "Employment specialist", (), "Apply on"),
    S(
        "job-closed",
        None,
        _job("employment-specialist", "Redcar and Cleveland"),
        "Employment",
        (),
        "has closed",
    ),
    S("job-filled", None, _job("employment-specialist", "Stockton-on-Tees"), "Employment", (), "is filled"),
    S("job-roles", None, "/jobs/roles", "Roles in IPS services"),
    S("job-role", None, "/jobs/roles/team-leader", "IPS team leader", (), "What you bring"),
    S("job-materials", None, "/jobs/materials", "Recruitment materials"),
    S("job-material", None, "/jobs/materials/interview-questions", "Interview questions"),
    S("alerts", None, "/jobs/alerts", "New vacancies by e-mail"),
    S("alerts-empty", None, "/jobs/alerts", "New vacancies", (press("Ask for the mails"),), "problem"),
    S("alerts-asked", None, "/jobs/alerts/asked", "Look into your e-mails"),
    S("alerts-confirm", None, "/jobs/alerts/confirm/{alerts to confirm}", "Confirm the mails"),
    S("alerts-confirmed", None, "/jobs/alerts/confirm/{alerts confirmed}", "are on"),
    S("alerts-stop", None, "/jobs/alerts/stop/{alerts to stop}", "Stop the mails"),
    S("alerts-stopped", None, "/jobs/alerts/stop/{alerts stopped}", "The mails have stopped"),
)
VACANCIES = (
    S("vacancies", _WHO, _LIST, "Vacancies", (), "to fill"),
    S("vacancies-filled", _WHO, f"{_LIST}?state=filled", "Vacancies", (), "Stockton"),
    S("vacancies-none-yet", "no-services", _LIST, "Vacancies", (), "No vacancies yet"),
    S("vacancy-new", _WHO, f"{_LIST}/new", "Write a vacancy"),
    S("vacancy-new-empty", _WHO, f"{_LIST}/new", "Write a vacancy", (press("Save as a draft"),), "problem"),
    S(
        "vacancy-new-no-service",
        "no-services",
        f"{_LIST}/new",
        "Write a vacancy",
        (),
        "None of your services",
    ),
    S("vacancy-draft", _WHO, _at("Northumberland"), "Peer employment specialist", (), "Publish"),
    S("vacancy-open", _WHO, _at("Hartlepool"), "Employment specialist", (), "Close to applications"),
    S("vacancy-passed", _WHO, _at("Redcar and Cleveland"), "Employment", (), "The closing date has passed"),
    S("vacancy-filled", _WHO, _at("Darlington"), "Senior employment", (), "Not filled after all"),
    S("vacancy-withdrawn", _WHO, _at("County Durham"), "Employment", (), "Back to a draft"),
    S(
        "vacancy-refused",
        _WHO,
        _at("Redcar and Cleveland"),
        "Employment",
        (press("Open again"),),
        "Give it a later one first",
    ),
    S("vacancy-edit", _WHO, _at("Middlesbrough", "/edit"), "Change"),
    S(
        "vacancy-edit-stale",
        _WHO,
        _at("Middlesbrough", "/edit"),
        "Change",
        (enter("#place", "Elsewhere"), hidden("version", "1"), press("Save")),
        "Both versions",
    ),
    S("vacancy-kit", _WHO, _at("Hartlepool", "/kit"), "Campaign kit", (), "Mail to partners"),
)
FINDER = (
    S("finder", None, "/find-a-service", "Find a service", (), "Hartlepool"),
    S("finder-none-found", None, "/find-a-service?q=zzzz", "Find a service", (), "No services match"),
    S(
        "finder-service",
        None,
        "/find-a-service/hartlepool-ips-demonstration",
        "Hartlepool IPS",
        (),
        "Jobs in this service",
    ),
    S("public-page", _WHO, _PUBLIC, "Public page of Hartlepool", (), "Published"),
    S(
        "public-page-empty",
        _WHO,
        _PUBLIC,
        "Public page of Hartlepool",
        (enter("#offers", ""), press("Save")),
        "There is a problem",
    ),
    S("public-page-none-yet", "lead-manager", "/services/{closed service}/public-page", "Public page of"),
    S(
        "public-page-stale",
        _WHO,
        _PUBLIC,
        "Public page of Hartlepool",
        (enter("#place", "Elsewhere"), hidden("version", "1"), press("Save")),
        "Both versions",
    ),
)
STATES = (*JOBS, *VACANCIES, *FINDER)
