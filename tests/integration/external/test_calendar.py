"""Calendars: what they hold for whom, that they are well-formed, and that the address is the secret."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import date, datetime, timedelta
from uuid import UUID
from zoneinfo import ZoneInfo

import pytest
from flask import Flask
from icalendar import Calendar
from sqlalchemy import select

from portal.accounts.models import Membership
from portal.accounts.service.people import disable
from portal.core import clock
from portal.core.act import operational
from portal.core.audit.models import AuditPayload
from portal.core.db import db
from portal.directory.models import Service
from portal.reviews.external.calendar import of_person, of_review
from portal.reviews.external.loading import load_review
from portal.reviews.external.models.timeline import CalendarAddress
from portal.reviews.external.rules.workflow import Action
from portal.reviews.external.service.calendar_address import make, revoke, whose
from portal.reviews.external.service.timeline import tick
from tests.support.assessing import OTHER_SERVICE, SERVICE, actor, email, id_of
from tests.support.page_client import PageClient
from tests.support.planned_reviews import AHEAD, day, noon, opened, planned, put
from tests.support.reviewing import move
from tests.support.statements import recorded


@pytest.fixture(autouse=True)
def _at_noon() -> Iterator[None]:
    with clock.at(noon()):
        yield


def events(data: bytes) -> dict[str, date]:
    """The first day of each event, by its words up to the service's name."""
    return {
        str(e["summary"]).rsplit(":", 1)[0]: e["dtstart"].dt for e in Calendar.from_ical(data).walk("VEVENT")
    }


def file_of(review: UUID) -> bytes:
    db.session.rollback()
    found = load_review(review)
    assert found is not None
    return of_review(found)


VISIT = "Fieldwork"
AGREEMENT = "Sign and return the partnership agreement"
REPORT = "Write the report"
MODERATE = "Moderate the report"
PRESENT = "Present the moderated report to the service"
SUPPORT = "Agree and deliver technical support"


def test_a_reviews_file_holds_each_open_step_once_as_days(app: Flask) -> None:
    review = opened()
    calendar = Calendar.from_ical(file_of(review))
    found = calendar.walk("VEVENT")
    assert len(found) == 18
    assert len({str(event["uid"]) for event in found}) == 18
    for event in found:
        assert event["dtstart"].params["VALUE"] == "DATE"
        assert type(event["dtstart"].dt) is date
    visit = next(event for event in found if event["summary"].startswith(VISIT))
    assert (visit["dtstart"].dt, visit["dtend"].dt) == (day(AHEAD), day(AHEAD + 2))
    assert visit["transp"] == "OPAQUE"


def test_an_event_keeps_its_uid_when_its_day_moves(app: Flask) -> None:
    review = opened()
    before = {str(e["uid"]): e["dtstart"].dt for e in Calendar.from_ical(file_of(review)).walk("VEVENT")}
    put(review, fieldwork_from=day(AHEAD + 7), fieldwork_to=day(AHEAD + 8))
    after = {str(e["uid"]): e["dtstart"].dt for e in Calendar.from_ical(file_of(review)).walk("VEVENT")}
    assert set(before) == set(after)
    assert all(before[uid] != after[uid] for uid in before)


def test_what_is_done_leaves_the_calendar_and_the_visit_stays(app: Flask) -> None:
    review = opened()
    tick(actor("staff"), review, "agreement")
    put(review, left_site_at=noon(), stage="scoring")
    found = events(file_of(review))
    assert AGREEMENT not in found
    assert VISIT in found


def test_dates_that_may_move_and_reviews_not_opened_are_tentative(app: Flask) -> None:
    review = planned()
    found = Calendar.from_ical(file_of(review)).walk("VEVENT")
    assert {str(event["status"]) for event in found} == {"TENTATIVE"}
    move(review, Action.OPEN, "lead")
    found = Calendar.from_ical(file_of(review)).walk("VEVENT")
    status = {str(event["uid"]).split("-", 5)[5].split("@")[0]: str(event["status"]) for event in found}
    assert (status["fieldwork"], status["presentation"], status["feedback"]) == (
        "CONFIRMED",
        "CONFIRMED",
        "TENTATIVE",
    )


def test_names_with_signs_of_the_format_are_escaped_and_lines_are_folded(app: Flask) -> None:
    hostile = "Alder; IPS, \\n“north”\x07\r\nATTENDEE:mailto:x@example.org " + "ü" * 60
    review = opened()
    with operational():
        db.session.get_one(Service, SERVICE).name = hostile[:160]
    data = file_of(review)
    assert b"\r\nATTENDEE" not in data
    assert max(len(line) for line in data.split(b"\r\n")) <= 75
    assert b"\n" not in data.replace(b"\r\n", b"")
    found = Calendar.from_ical(data).walk("VEVENT")
    assert len(found) == 18
    assert "Alder; IPS, " in str(found[0]["summary"])


def test_a_file_says_nothing_but_steps_and_dates(app: Flask) -> None:
    review = opened()
    tick(actor("manager"), review, "timetable", note="SECRET-NOTE")
    put(review, purge_hold="SECRET-HOLD", gaps_reason="SECRET-GAPS", return_reason="SECRET-RETURN")
    data = file_of(review) + of_person(actor("lead"))
    assert b"SECRET" not in data
    for word in (b"rating", b"total", b"band", b"Person"):
        assert word not in data, word


@pytest.mark.parametrize(
    ("name", "has", "lacks"),
    [
        ("manager", {VISIT, AGREEMENT}, {REPORT, MODERATE, PRESENT, SUPPORT}),
        ("staff", {VISIT, AGREEMENT}, {REPORT, MODERATE, PRESENT, SUPPORT}),
        ("lead-reviewer", {VISIT, REPORT, PRESENT}, {AGREEMENT, MODERATE, SUPPORT}),
        ("second-reviewer", {VISIT, REPORT}, {AGREEMENT, MODERATE, PRESENT, SUPPORT}),
        ("observer", {VISIT}, {AGREEMENT, REPORT, MODERATE, PRESENT, SUPPORT}),
        ("moderator", {VISIT, MODERATE}, {AGREEMENT, REPORT, PRESENT, SUPPORT}),
        ("lead", {VISIT, REPORT, MODERATE, PRESENT, SUPPORT}, {AGREEMENT}),
        ("eism", {VISIT, REPORT, MODERATE, PRESENT, SUPPORT}, {AGREEMENT}),
    ],
)
def test_a_persons_calendar_holds_their_visits_and_what_is_theirs(
    app: Flask, name: str, has: set[str], lacks: set[str]
) -> None:
    opened()
    found = set(events(of_person(actor(name))))
    assert has <= found
    assert not found & lacks


@pytest.mark.parametrize(
    "name", ["other-manager", "buyer", "commissioner", "administrator", "spare-reviewer", "peer"]
)
def test_others_have_an_empty_calendar(app: Flask, name: str) -> None:
    opened()
    assert events(of_person(actor(name))) == {}


def test_a_reviewer_whose_role_has_ended_has_no_calendar_of_reviews(app: Flask) -> None:
    opened()
    with operational() as database:
        for row in database.scalars(
            select(Membership).where(Membership.person_id == id_of("second-reviewer"))
        ):
            row.ends = day(-1)
    assert events(of_person(actor("second-reviewer"))) == {}


def test_a_cancelled_review_is_in_nobodys_calendar(app: Flask) -> None:
    review = opened()
    move(review, Action.CANCEL, "lead", "Put off")
    assert events(of_person(actor("lead-reviewer"))) == {}


def test_a_calendar_costs_the_same_with_more_reviews(app: Flask) -> None:
    opened()
    person = actor("lead-reviewer")
    of_person(person)
    with recorded(app) as few:
        of_person(person)
    opened(AHEAD + 20, service=OTHER_SERVICE)
    with recorded(app) as more:
        data = of_person(person)
    assert len(more) == len(few) == 5, more
    assert len({event["summary"].rsplit(":", 1)[1] for event in Calendar.from_ical(data).walk("VEVENT")}) == 2


def test_a_token_opens_its_persons_calendar_until_it_is_renewed_or_revoked(app: Flask) -> None:
    first = token(make(actor("manager")))
    found = whose(first)
    assert found is not None
    assert found.person_id == id_of("manager")
    second = token(make(actor("manager")))
    assert whose(first) is None
    assert whose(second) is not None
    assert revoke(actor("manager")) is True
    assert whose(second) is None
    assert revoke(actor("manager")) is False


def token(address: str) -> str:
    return address.rpartition("/")[2].removesuffix(".ics")


def test_only_a_digest_of_the_token_is_kept_and_the_audit_has_none(app: Flask) -> None:
    secret = token(make(actor("manager")))
    assert len(secret) >= 43
    db.session.rollback()
    assert secret not in db.session.scalars(select(CalendarAddress.token_digest)).one()
    assert all(secret not in str(row.body) for row in db.session.scalars(select(AuditPayload)))


def test_a_disabled_persons_token_opens_nothing(app: Flask) -> None:
    secret = token(make(actor("manager")))
    disable(actor("administrator"), id_of("manager"))
    assert whose(secret) is None


def test_the_page_makes_shows_once_renews_and_takes_away(app: Flask, client: PageClient) -> None:
    client.sign_in(email("manager"))
    client.get("/account")
    page = client.click("Follow your reviews in your own calendar")
    page = client.submit("/account/calendar")
    field = page.soup.select_one("input#address")
    assert field is not None
    address = str(field["value"])
    assert client.get("/account/calendar").soup.select_one("input#address") is None
    page = client.submit("/account/calendar/revoke")
    assert "no longer works" in page.text
    client.sign_out()
    client.get(f"/calendar/{token(address)}.ics", expect=404)


def test_the_feed_needs_no_sign_in_and_no_cookie_is_set(app: Flask, client: PageClient) -> None:
    opened()
    secret = token(make(actor("manager")))
    page = client.get(f"/calendar/{secret}.ics")
    assert page.response.headers["Content-Type"] == "text/calendar; charset=utf-8"
    assert page.response.headers["Cache-Control"] == "no-store"
    assert "Set-Cookie" not in page.response.headers
    assert VISIT in events(page.response.data)


@pytest.mark.parametrize("secret", ["x", "a" * 43, "a" * 101, "a" * 5000, "%C3%BC", "..", "' OR 1=1 --"])
def test_a_token_nobody_has_is_not_found(app: Flask, client: PageClient, secret: str) -> None:
    make(actor("manager"))
    page = client.get(f"/calendar/{secret}.ics", expect=404)
    assert secret not in page.text or len(secret) < 3


def test_an_unknown_token_costs_one_look_whatever_it_is(app: Flask) -> None:
    secret = token(make(actor("manager")))
    costs = []
    for wrong in ("x" * 43, secret[:-1] + ("A" if secret[-1] != "A" else "B"), secret[::-1]):
        with recorded(app) as statements:
            assert whose(wrong) is None
        costs.append(len(statements))
    assert costs == [1, 1, 1]


def test_the_review_downloads_as_a_file(app: Flask, client: PageClient) -> None:
    review = opened()
    client.sign_in(email("second-reviewer"))
    page = client.get(f"/reviews/{review}/calendar.ics")
    assert (
        page.response.headers["Content-Disposition"] == 'attachment; filename="fidelity-review-alder-ips.ics"'
    )
    assert len(events(page.response.data)) == 18


def test_a_calendar_holds_the_latest_reviews_where_there_are_very_many(
    app: Flask, monkeypatch: pytest.MonkeyPatch
) -> None:
    opened()
    opened(AHEAD + 20, service=OTHER_SERVICE)
    for most, visits in ((1, {day(AHEAD + 20)}), (2, {day(AHEAD), day(AHEAD + 20)})):
        monkeypatch.setattr("portal.reviews.external.calendar.MOST_REVIEWS", most)
        found = Calendar.from_ical(of_person(actor("lead-reviewer"))).walk("VEVENT")
        assert {e["dtstart"].dt for e in found if e["summary"].startswith(VISIT)} == visits


def test_old_reviews_leave_the_calendar(app: Flask) -> None:
    review = opened(5)
    for back, there in ((400, True), (401, False)):
        put(review, fieldwork_from=day(-back - 1), fieldwork_to=day(-back))
        assert (VISIT in events(of_person(actor("manager")))) is there, back


def test_the_zone_is_that_of_the_uk_on_every_day(app: Flask) -> None:
    (zone,) = Calendar.from_ical(file_of(opened())).walk("VTIMEZONE")
    assert zone["tzid"] == "Europe/London"
    ours, uk = zone.to_tz(), ZoneInfo("Europe/London")
    at = datetime(2025, 1, 1, 12)  # noqa: DTZ001  the zone is put on below
    while at.year < 2029:
        assert at.replace(tzinfo=ours).utcoffset() == at.replace(tzinfo=uk).utcoffset(), at
        at += timedelta(days=1)
