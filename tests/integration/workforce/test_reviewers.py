"""Reviewers' accreditation: verbs, list, renewal, and who may."""

from __future__ import annotations

import csv
import io
import uuid
from datetime import date, timedelta

import pytest
from flask import Flask
from sqlalchemy import select

from portal.core import clock
from portal.core.db import db
from portal.core.errors import Forbidden, Invalid, NotFound
from portal.workforce.accreditation.listing import reviewer_lines
from portal.workforce.accreditation.models import ReviewerAccreditation
from portal.workforce.accreditation.queries import accredited_until
from portal.workforce.accreditation.rules.standing import Standing
from portal.workforce.accreditation.service.accrediting import accredit, end_accreditation
from tests.support.assessing import actor, audit_rows, email, id_of
from tests.support.page_client import PageClient
from tests.support.statements import recorded

SUPPLIER = "support"


def days(count: int) -> date:
    return clock.today() + timedelta(days=count)


def give(name: str, first: int, last: int) -> uuid.UUID:
    return accredit(actor("lead"), id_of(SUPPLIER), id_of(name), days(first), days(last))


def test_an_accreditation_is_recorded_renewed_and_ended_with_one_row_each(app: Flask) -> None:
    before = audit_rows()
    first = give("stand-in", -100, 10)
    give("stand-in", 11, 400)
    line = next(one for one in reviewer_lines(id_of(SUPPLIER)) if one.id == id_of("stand-in"))
    assert (line.until, line.standing) == (days(400), Standing.CURRENT)
    for _ in range(2):
        end_accreditation(actor("lead"), id_of(SUPPLIER), first, days(-1))
    assert accredited_until([id_of("stand-in")], days(5)) == {id_of("stand-in"): days(-1)}
    line = next(one for one in reviewer_lines(id_of(SUPPLIER)) if one.id == id_of("stand-in"))
    assert (line.until, line.begins, line.standing) == (days(-1), days(11), Standing.EXPIRED)
    assert audit_rows() == before + 3


@pytest.mark.parametrize("last, sound", [(-1, False), (0, True), (1, True)])
def test_it_ends_on_or_after_its_first_day(app: Flask, last: int, sound: bool) -> None:
    if sound:
        give("stand-in", 0, last)
    else:
        with pytest.raises(Invalid, match="on or after"):
            give("stand-in", 0, last)
    accreditation_id = give("far-eism", 0, 10)
    if sound:
        end_accreditation(actor("lead"), id_of(SUPPLIER), accreditation_id, days(last))
    else:
        with pytest.raises(Invalid, match="on or after"):
            end_accreditation(actor("lead"), id_of(SUPPLIER), accreditation_id, days(last))


def test_who_may_not_and_of_whom(app: Flask) -> None:
    accreditation_id = give("stand-in", 0, 10)
    before = audit_rows()
    for name in ("eism", "manager", "buyer", "administrator", "stand-in"):
        with pytest.raises(Forbidden):
            accredit(actor(name), id_of(SUPPLIER), id_of("eism"), days(0), days(10))
        with pytest.raises(Forbidden):
            end_accreditation(actor(name), id_of(SUPPLIER), accreditation_id, days(1))
    for nobody in ("manager", "no-such-person"):
        with pytest.raises(NotFound):
            accredit(actor("lead"), id_of(SUPPLIER), id_of(nobody), days(0), days(10))
    with pytest.raises(Forbidden):
        accredit(actor("lead"), id_of("alder"), id_of("stand-in"), days(0), days(10))
    assert audit_rows() == before


def test_the_list_shows_what_presses_first_and_can_be_searched(app: Flask, client: PageClient) -> None:
    give("stand-in", -100, 60)
    give("far-eism", -100, -1)
    give("eism", -100, 61)
    client.sign_in(email("lead"))
    client.get("/")
    client.click("Workforce")
    page = client.click("Reviewers")
    names = ["Stand in Person", "Far eism Person", "Lead Person", "Eism Person"]
    places = [page.text.index(f"{name} ") for name in names]
    assert places == sorted(places)
    assert "60 days left" in page.text
    assert "1 day ago" in page.text
    page = client.get("/workforce/reviewers?state=expired")
    assert "1 reviewer" in page.text
    assert "Eism Person" not in page.text
    page = client.get("/workforce/reviewers?q=london+far")
    assert "Far eism Person" in page.text
    assert "Stand in Person" not in page.text
    assert "Nobody matches" in client.get("/workforce/reviewers?q=zzz&state=nonsense").text
    page = client.get("/workforce/reviewers.csv?state=soon")
    rows = list(csv.reader(io.StringIO(page.response.data.decode("utf-8-sig"))))
    assert rows[1:] == [["Stand in Person", "North East", "Expires soon", days(60).isoformat(), ""]]


def test_the_lead_manager_records_renews_and_ends_on_the_page(app: Flask, client: PageClient) -> None:
    client.sign_in(email("lead"))
    client.get("/workforce/reviewers")
    page = client.click("Stand in Person")
    assert "Not accredited" in page.text
    page = client.submit(button="Record", expect=400)
    assert page.errors == ["Enter the last day, like 31 3 2029"]
    page = client.submit(button="Record", fields={"ends": ["1", "2", str(days(0).year - 1)]}, expect=400)
    assert page.errors == ["The accreditation must end on or after the day it starts"]
    last = days(30)
    page = client.submit(button="Record", fields={"ends": [str(last.day), str(last.month), str(last.year)]})
    assert "Expires soon" in page.text
    later = days(900)
    page = client.submit(button="Renew", fields={"ends": [str(later.day), str(later.month), str(later.year)]})
    assert "Current" in page.text
    rows = db.session.scalars(select(ReviewerAccreditation).order_by(ReviewerAccreditation.starts)).all()
    assert [(row.starts, row.ends) for row in rows] == [(days(0), last), (days(31), later)]
    client.get(f"/workforce/reviewers/{id_of('stand-in')}/accreditations/{rows[1].id}")
    page = client.submit(button="Save", fields={"ends": ["", "", ""]}, expect=400)
    assert page.errors == ["Enter the last day, like 31 3 2026"]
    soon = days(40)
    page = client.submit(button="Save", fields={"ends": [str(soon.day), str(soon.month), str(soon.year)]})
    assert "Saved" in page.text
    assert "40 days left" in page.text


@pytest.mark.parametrize("name", ["eism", "manager", "buyer", "administrator", "commissioner"])
def test_nobody_else_has_the_pages(app: Flask, client: PageClient, name: str) -> None:
    accreditation_id = give("stand-in", 0, 10)
    client.sign_in(email(name))
    assert "Reviewers" not in client.get("/").text
    client.get("/workforce/reviewers", expect=403)
    client.get("/workforce/reviewers.csv", expect=403)
    client.get(f"/workforce/reviewers/{id_of('stand-in')}", expect=404)
    client.get(f"/workforce/reviewers/{id_of('stand-in')}/accreditations/{accreditation_id}", expect=404)


def test_what_is_no_reviewer_or_not_theirs_is_not_found(app: Flask, client: PageClient) -> None:
    accreditation_id = give("stand-in", 0, 10)
    client.sign_in(email("lead"))
    client.get(f"/workforce/reviewers/{id_of('manager')}", expect=404)
    client.get(f"/workforce/reviewers/{uuid.uuid4()}", expect=404)
    client.get(f"/workforce/reviewers/{id_of('far-eism')}/accreditations/{accreditation_id}", expect=404)
    client.get(f"/workforce/reviewers?supplier={id_of('alder')}", expect=404)


def test_the_list_takes_as_many_statements_however_many_there_are(app: Flask, client: PageClient) -> None:
    client.sign_in(email("lead"))
    client.get("/workforce/reviewers")
    with recorded(app) as bare:
        client.get("/workforce/reviewers")
    for name in ("stand-in", "far-eism", "eism"):
        for year in range(3):
            give(name, 365 * year, 365 * year + 364)
    with recorded(app) as full:
        client.get("/workforce/reviewers")
    assert len(bare) == len(full) <= 9, full


def test_the_same_days_again_change_nothing_and_a_last_day_changed_meanwhile_is_shown(
    app: Flask, client: PageClient
) -> None:
    first, before = give("stand-in", 0, 100), audit_rows()
    assert give("stand-in", 0, 100) == first
    assert audit_rows() == before
    client.sign_in(email("lead"))
    client.get(f"/workforce/reviewers/{id_of('stand-in')}/accreditations/{first}")
    end_accreditation(actor("lead"), id_of(SUPPLIER), first, days(50))
    wanted = days(80)
    fields = {"ends": [str(wanted.day), str(wanted.month), str(wanted.year)]}
    page = client.submit(button="Save", fields=fields, expect=409)
    assert "Somebody else changed the last day first." in page.errors
    assert "Both versions" in page.text
    page = client.submit(button="Save")
    assert "80 days left" in page.text or "Current" in page.text
    assert accredited_until([id_of("stand-in")], days(0)) == {id_of("stand-in"): wanted}
