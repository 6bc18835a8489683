"""The supplier’s EISM posts: two years with a leaver, a vacancy, unpaid leave and a last day ahead.

So that the quarters differ: October to December 2025 is below 95%, and January to March 2027 would be 80%.
"""

from __future__ import annotations

from collections.abc import Callable
from datetime import date, datetime, time, timedelta
from decimal import Decimal
from uuid import UUID

from portal.core import clock
from portal.core.rules.quarters import quarter_of
from portal.demonstration.people import (
    EISM,
    LEAD_MANAGER,
    LEAD_REVIEWER,
    OBSERVER,
    SECOND_REVIEWER,
    SUPPLIER,
    DemoPerson,
    demo_id,
)
from portal.demonstration.script import Step, actor
from portal.workforce.posts.person import person_page
from portal.workforce.posts.rules.checking import PostDetails
from portal.workforce.posts.rules.words import EndReason, Stream
from portal.workforce.posts.service import (
    Holder,
    add_check,
    add_leave,
    add_skill,
    change_fte,
    create_post,
    end_holding,
    set_capacity,
    start_holding,
)
from portal.workforce.posts.service.leave import LeaveDetails
from portal.workforce.posts.service.vetting import CheckDetails

WRITTEN_FOR = date(2026, 11, 20)  # the anchor that the days below are meant for; another moves them all
OPENS = date(2025, 1, 13)
LEFT, FOLLOWED = "Harriet Cole", "Jonas Webb"  # entered by name: they have no account
NAMED: dict[str, DemoPerson] = {
    "North East": EISM,
    "London": LEAD_REVIEWER,
    "South West": SECOND_REVIEWER,
    "East of England": OBSERVER,
}
POSTS = (
    ("North East", Stream.NHS, "1"),
    ("London", Stream.DRUG_ALCOHOL, "1"),
    ("South West", Stream.NHS, "1"),
    ("East of England", Stream.DRUG_ALCOHOL, "0.8"),
    ("East Midlands", Stream.NHS, "1"),
)
STARTED = {"North East": "1", "London": "1", "South West": "0.9", "East of England": "0.8"}
SKILLS = {
    EISM.name: ("fidelity-review", "moderation", "clinical-integration"),
    LEAD_REVIEWER.name: ("fidelity-review", "drug-alcohol", "stakeholders"),
    SECOND_REVIEWER.name: ("fidelity-review", "mobilisation"),
    OBSERVER.name: ("drug-alcohol", "data"),
    FOLLOWED: ("guided-self-assessment", "recruitment"),
}
DAYS = {EISM.name: "64", LEAD_REVIEWER.name: "72.5", SECOND_REVIEWER.name: "60", OBSERVER.name: "40"}


def post_id(region: str) -> UUID:
    """The id of the post in this region."""
    return demo_id("eism-post", region)


def eism_id(who: str) -> UUID:
    """The id of an EISM by name."""
    return demo_id("eism", who)


def record_id(kind: str, who: str) -> UUID:
    """The id of somebody's leave, or of their enhanced check."""
    return demo_id("eism-record", kind, who)


def holding_id(region: str, who: str) -> UUID:
    """The id of somebody's holding of the post in this region."""
    return demo_id("eism-holding", region, who)


def steps(anchor: date) -> list[Step]:
    """From the first day of the contract to the last day that is known ahead."""
    moved = anchor - WRITTEN_FOR

    def on(year: int, month: int, day: int) -> date:
        return date(year, month, day) + moved

    return [
        _step(OPENS + moved, lambda: _open(OPENS + moved)),
        _step(on(2025, 8, 4), lambda: _end("East Midlands", LEFT, on(2025, 8, 31), EndReason.RESIGNED)),
        _step(on(2025, 11, 3), lambda: _follow(on(2025, 11, 17))),
        _step(on(2026, 3, 20), lambda: _hours("South West", "1", on(2026, 4, 1))),
        _step(on(2026, 4, 20), lambda: _leave(LEAD_REVIEWER.name, "unpaid", on(2026, 5, 4), on(2026, 6, 14))),
        _step(on(2026, 7, 20), lambda: _hours("East of England", "0.6", on(2026, 8, 1))),
        _step(on(2026, 9, 7), lambda: _leave(EISM.name, "sickness", on(2026, 9, 7), on(2026, 9, 18))),
        _step(on(2026, 11, 9), lambda: _leaves(on(2026, 12, 31))),
        _step(on(2026, 11, 10), lambda: _records(on)),
    ]


def _step(day: date, do: Callable[[], object]) -> Step:
    return Step(datetime.combine(day, time(11), clock.UK), do)


def _open(opens: date) -> None:
    lead = actor(LEAD_MANAGER.id)
    for region, stream, fte in POSTS:
        details = PostDetails(f"EISM, {region}", region, stream, Decimal(fte), opens)
        create_post(lead, SUPPLIER.id, details, post_id(region))
    for region, person in NAMED.items():
        started = Decimal(STARTED[region])
        holder = Holder(person_id=person.id, new_id=eism_id(person.name))
        start_holding(lead, post_id(region), holder, started, opens, holding_id(region, person.name))
    start_holding(
        lead,
        post_id("East Midlands"),
        Holder(name=LEFT, new_id=eism_id(LEFT)),
        Decimal(1),
        opens,
        holding_id("East Midlands", LEFT),
    )


def _end(region: str, who: str, ends: date, reason: EndReason) -> None:
    end_holding(actor(LEAD_MANAGER.id), holding_id(region, who), ends, reason, 1)


def _follow(starts: date) -> None:
    made = holding_id("East Midlands", FOLLOWED)
    start_holding(
        actor(LEAD_MANAGER.id),
        post_id("East Midlands"),
        Holder(name=FOLLOWED, new_id=eism_id(FOLLOWED)),
        Decimal(1),
        starts,
        made,
    )


def _hours(region: str, fte: str, first: date) -> None:
    made = holding_id(region, NAMED[region].name)
    change_fte(actor(LEAD_MANAGER.id), made, Decimal(fte), first, 1)


def _leaves(ends: date) -> None:
    """The second reviewer's last day is known: the holding is the one since the change of hours."""
    newest = person_page(eism_id(SECOND_REVIEWER.name)).holdings[0]
    end_holding(actor(LEAD_MANAGER.id), newest.id, ends, EndReason.RESIGNED, newest.version)


def _leave(who: str, kind: str, first: date, last: date) -> None:
    add_leave(actor(LEAD_MANAGER.id), eism_id(who), LeaveDetails(kind, first, last), record_id("leave", who))


def _records(on: Callable[[int, int, int], date]) -> None:
    lead = actor(LEAD_MANAGER.id)
    for number, (who, keys) in enumerate(SKILLS.items()):
        eism, checked = eism_id(who), on(2025, 1, 6) + timedelta(days=7 * number)
        check = CheckDetails("dbs-enhanced", checked, checked + timedelta(days=3 * 365))
        add_check(lead, eism, check, record_id("check", who))
        for key in keys:
            add_skill(lead, eism, key, checked, "")
        if who in DAYS:
            set_capacity(lead, eism, quarter_of(on(2026, 11, 10)).year, Decimal(DAYS[who]), 0)
    access = CheckDetails("nhs-access", on(2025, 12, 12), on(2026, 12, 11))
    add_check(lead, eism_id(EISM.name), access)
    add_check(lead, eism_id(OBSERVER.name), CheckDetails("driving", on(2025, 11, 2), on(2026, 11, 1)))
