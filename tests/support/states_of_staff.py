"""Services' workforce and the national picture, in every state."""

from __future__ import annotations

from uuid import UUID

from portal.demonstration.people import demo_id
from portal.demonstration.staff import ACTIONS, INITIALS, OVER_CAP
from tests.support.page_states import PageState, enter, hidden, opened, press

S = PageState
_HARTLEPOOL, _MIDDLESBROUGH, _DURHAM = (
    f"/services/{place}-ips-demonstration/workforce"
    for place in ("hartlepool", "middlesbrough", "county-durham")
)


def _person(number: int) -> UUID:
    return demo_id("staff", "Hartlepool IPS", INITIALS[number])


_PERSON = f"/workforce/staff/people/{_person(2)}"
_CHANGED = f"/workforce/staff/people/{demo_id('staff', 'Hartlepool IPS', OVER_CAP[3].name)}"
_ACTION = f"/workforce/national/actions/{demo_id('workforce-action', '0')}"
_MANAGER, _LEAD = "provider-manager", "lead-manager"
SERVICE = (
    S("workforce", _MANAGER, _HARTLEPOOL, "Workforce of", (), "Over the cap"),
    S("workforce-explained", _MANAGER, _HARTLEPOOL, "Workforce of", (opened,), "person-days"),
    S("workforce-two-vacant", "eism", _MIDDLESBROUGH, "Workforce of", (), "2 FTE of 3 vacant"),
    S("workforce-few", "commissioner", _MIDDLESBROUGH, "Workforce of", (), "Fewer than five people"),
    S("workforce-read", "commissioner", _HARTLEPOOL, "Workforce of", (), "1 caseload is over"),
    S("workforce-none", _MANAGER, _DURHAM, "Workforce of", (), "Nothing is recorded yet"),
    S("workforce-none-read", "provider-staff", _DURHAM, "Workforce of", (), "once the service’s manager"),
)
KEEPING = (
    S("staff-new", _MANAGER, _HARTLEPOOL + "/people/new", "Add a person"),
    S(
        "staff-new-empty",
        _MANAGER,
        _HARTLEPOOL + "/people/new",
        "Add a person",
        (press("Add the person"),),
        "problem",
    ),
    S("staff-edit", _MANAGER, _PERSON + "/edit", "Change C. Adeyemi", (), "Somebody who left"),
    S(
        "staff-edit-stale",
        _MANAGER,
        _PERSON + "/edit",
        "Change C. Adeyemi",
        (enter("#pay_band", "Band 6"), hidden("version", "0"), press("Save")),
        "Both versions",
    ),
    S("staff-terms", _MANAGER, _CHANGED + "/terms", "Role or hours of", (), "Take back the last change"),
    S(
        "staff-terms-empty",
        _MANAGER,
        _PERSON + "/terms",
        "Role or hours of C. Adeyemi",
        (press("Save"),),
        "Enter the first day",
    ),
    S("staff-end", _MANAGER, _PERSON + "/end", "Last day of C. Adeyemi"),
    S("staff-end-empty", _MANAGER, _PERSON + "/end", "Last day of C. Adeyemi", (press("Save"),), "problem"),
    S("staff-funded", _MANAGER, _HARTLEPOOL + "/funded", "Funded posts", (), "the newest first"),
    S("staff-funded-none", _MANAGER, _DURHAM + "/funded", "Funded posts", (), "No figure yet"),
    S("staff-funded-empty", _MANAGER, _DURHAM + "/funded", "Funded posts", (press("Save"),), "problem"),
    S("staff-log", _MANAGER, _HARTLEPOOL + "/log", "Log supervision", (), "The newest entries"),
    S("staff-log-none", _MANAGER, _DURHAM + "/log", "Log supervision", (), "Nothing is logged yet"),
    S(
        "staff-log-without-person",
        _MANAGER,
        _HARTLEPOOL + "/log?kind=individual-supervision",
        "Log supervision",
        (press("Log it"),),
        "Choose the person",
    ),
    S("staff-caseloads", _MANAGER, _HARTLEPOOL + "/caseloads", "Count caseloads", (), "active clients"),
    S("staff-caseloads-nobody", _MANAGER, _DURHAM + "/caseloads", "Count caseloads", (), "first"),
    S(
        "staff-caseloads-empty",
        _MANAGER,
        _HARTLEPOOL + "/caseloads",
        "Count caseloads",
        (press("Save"),),
        "at least one person",
    ),
)
NATIONAL = (
    S("workforce-national", _LEAD, "/workforce/national", "National workforce", (), ACTIONS[0][0]),
    S("workforce-national-read", "governance-reader", "/workforce/national", "National workforce"),
    S("strategy-new", "buyer", "/workforce/national/actions/new", "Add an action"),
    S(
        "strategy-new-empty",
        _LEAD,
        "/workforce/national/actions/new",
        "Add an action",
        (press("Add the action"),),
        "problem",
    ),
    S("strategy-edit", "buyer", _ACTION, "Change an action"),
    S(
        "strategy-stale",
        _LEAD,
        _ACTION,
        "Change an action",
        (enter("#owner", "Somebody else"), hidden("version", "0"), press("Save")),
        "Both versions",
    ),
)
STATES = (*SERVICE, *KEEPING, *NATIONAL)
