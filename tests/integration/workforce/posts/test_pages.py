"""The pages of EISMs: what they say, who sees what, and that errors keep what was typed."""

from __future__ import annotations

import csv
import io
from datetime import date, timedelta
from decimal import Decimal
from typing import Any

import pytest
from flask import Flask
from sqlalchemy import select

from portal.core.db import db
from portal.core.rules.quarters import quarter_of
from portal.workforce.posts.models import EismCheck, EismHolding, EismLeave, EismPost
from portal.workforce.posts.rules.words import EndReason
from portal.workforce.posts.service import (
    add_check,
    add_leave,
    end_holding,
)
from portal.workforce.posts.service.leave import LeaveDetails
from portal.workforce.posts.service.vetting import CheckDetails
from tests.support.assessing import actor, email, id_of
from tests.support.page_client import PageClient
from tests.support.posts import day, held, post
from tests.support.statements import recorded

AT = "/workforce/eisms"


def parts(on: date) -> list[str]:
    """A date as its three boxes."""
    return [str(on.day), str(on.month), str(on.year)]


def rows_of(client: PageClient, address: str) -> list[list[str]]:
    """A CSV file's rows."""
    return list(csv.reader(io.StringIO(client.get(address).response.data.decode("utf-8-sig"))))


def ann(first: int = -50, fte: str = "1") -> EismHolding:
    """Ann in a post of her own."""
    return db.session.get_one(EismHolding, held(post(opens=-400), "Ann", fte, first))


def test_the_lead_manager_opens_a_post_fills_it_and_changes_hours(app: Flask, client: PageClient) -> None:
    client.sign_in(email("lead"))
    client.get("/")
    page = client.click("Workforce")
    assert "No post yet" in page.text
    client.click("Open a post")
    page = client.submit("edit", expect=400, title="North post", fte="six")
    assert "Enter a number, like 12.5" in page.errors
    assert "Choose a region" in page.errors
    assert 'value="North post"' in page.response.text
    fields: dict[str, Any] = {"region": "North East", "stream": "nhs", "fte": "1", "opens": parts(day(-60))}
    page = client.submit("edit", fields=fields)
    assert "Vacant" in page.text
    client.click("North post")
    client.click("Add who holds it")
    page = client.submit("edit", expect=400, fields={"fte": "1", "starts": parts(day(-30))})
    assert page.errors == ["Enter a name"]
    who = f"person:{id_of('eism')}"
    page = client.submit("edit", fields={"who": who, "fte": "0.8", "starts": parts(day(-30))})
    assert "0.2 FTE of 1 is free" in page.text
    page = client.click(f"Hours of Eism Person from {_words(day(-30))}")
    page = client.submit("edit", fields={"fte": "1", "first": parts(day(-10))})
    assert [row[:2] for row in page.table("Who holds it and has held it")[1:]] == [
        ["Eism Person", "1"],
        ["Eism Person", "0.8"],
    ]
    page = client.click(f"Last day of Eism Person from {_words(day(-10))}")
    page = client.submit("edit", expect=400, fields={"ends": parts(day(5))})
    assert page.errors == ["Choose the reason"]
    page = client.submit("edit", fields={"reason": "resigned"})
    assert "Resigned" in page.text


def _words(on: date) -> str:
    return f"{on.day} {on:%B %Y}"


def test_a_change_made_meanwhile_is_shown_beside_what_was_typed(app: Flask, client: PageClient) -> None:
    row = ann()
    client.sign_in(email("lead"))
    client.get(f"{AT}/holdings/{row.id}/end")
    end_holding(actor("lead"), row.id, day(3), EndReason.RETIRED, 1)
    page = client.submit("edit", expect=409, fields={"ends": parts(day(9)), "reason": "resigned"})
    assert "Somebody else has changed this first. Nothing of yours is lost." in page.errors
    assert ["Reason", "Resigned", "Retired"] in page.table("Where yours and theirs differ")
    client.submit("edit")
    db.session.rollback()
    assert db.session.scalars(select(EismHolding.ends)).one() == day(9)


def test_the_quarter_is_shown_day_by_day_with_its_fraction_and_as_csv(app: Flask, client: PageClient) -> None:
    quarter = quarter_of(day(0)).plus(-1)
    back = (quarter.first - day(0)).days
    row = ann(back, "0.5")
    leave = LeaveDetails("unpaid", quarter.first, quarter.first + timedelta(days=9))
    add_leave(actor("lead"), row.eism_id, leave)
    client.sign_in(email("lead"))
    page = client.get(f"{AT}/quarters/{quarter.key}")
    days = quarter.days
    total = Decimal(days - 10) / 2
    assert f"{total.normalize():f}" in page.text
    assert "Unpaid leave or career break".lower() in page.text
    rows = rows_of(client, f"{AT}/quarters/{quarter.key}.csv")
    assert [row[2:4] + row[5:8] for row in rows[1:3]] == [
        ["10", "Ann", "0.50", "0", "0"],
        [str(days - 10), "Ann", "0.50", "0.50", f"{total.normalize():f}"],
    ]
    assert rows[3][0] == "Sum"
    assert rows[5][8] == _fraction(total, days)
    for wrong in ("2026-Q5", "now", "2026"):
        client.get(f"{AT}/quarters/{wrong}", expect=404)


def _fraction(total: Decimal, days: int) -> str:
    from fractions import Fraction

    share = Fraction(total) / (days * Fraction(9, 2))
    return f"{share.numerator} of {share.denominator}"


@pytest.mark.parametrize("name", ["buyer"])
def test_a_reader_sees_figures_and_no_reason_vetting_or_kind_of_leave(
    app: Flask, client: PageClient, name: str
) -> None:
    row = ann()
    add_leave(actor("lead"), row.eism_id, LeaveDetails("unpaid", day(-5), day(5)))
    check = CheckDetails("dbs-enhanced", day(-5), day(5))
    check_id = add_check(actor("lead"), row.eism_id, check)
    end_holding(actor("lead"), row.id, day(20), EndReason.RESIGNED, 1)
    client.sign_in(email(name))
    said = client.get(AT).response.text
    assert "on leave that does not count" in said
    post_id = db.session.scalars(select(EismPost.id)).one()
    said += client.get(f"{AT}/posts/{post_id}").response.text
    said += client.get(f"{AT}/quarters/{quarter_of(day(0)).key}").response.text
    said += client.get(f"{AT}/quarters/{quarter_of(day(0)).key}.csv").response.text
    said += client.get(f"{AT}/forecast").response.text + client.get(f"{AT}/placement").response.text
    said += client.get(f"{AT}.csv").response.text
    assert "Ann" in said
    for hidden in ("career break", "Resigned", "Disclosure", "Vetting", "Open a post", "/people/"):
        assert hidden not in said
    leave_id = db.session.scalars(select(EismLeave.id)).one()
    for address in (
        f"people/{row.eism_id}",
        f"leave/{leave_id}",
        f"checks/{check_id}",
        f"posts/{post_id}/edit",
    ):
        client.get(f"{AT}/{address}", expect=403)
    client.get(f"{AT}/posts/new", expect=403)


@pytest.mark.parametrize("name", ["eism", "manager", "administrator", "commissioner"])
def test_others_have_none_of_the_pages(app: Flask, client: PageClient, name: str) -> None:
    row = ann()
    client.sign_in(email(name))
    assert "EISMs" not in client.get("/").text
    for address in (AT, f"{AT}.csv", f"{AT}/forecast", f"{AT}/placement", f"{AT}/quarters/2026-Q1"):
        client.get(address, expect=403)
    for address in (f"posts/{row.post_id}", f"people/{row.eism_id}", f"holdings/{row.id}/end"):
        client.get(f"{AT}/{address}", expect=404)


def test_a_person_has_leave_vetting_skills_and_days_on_one_page(app: Flask, client: PageClient) -> None:
    row = ann()
    client.sign_in(email("lead"))
    client.get(AT)
    client.click("Ann")
    client.click("Add leave")
    page = client.submit("edit", fields={"kind": "unpaid", "starts": parts(day(-3))})
    assert "Not known yet" in page.text
    client.click(f"Change the leave from {_words(day(-3))}")
    page = client.submit("edit", expect=400, fields={"ends": parts(day(-4))})
    assert page.errors == ["The leave must end on or after the day it starts"]
    page = client.submit("edit", fields={"ends": parts(day(4))})
    client.click("Add a check")
    page = client.submit(
        "edit",
        fields={"kind": "dbs-enhanced", "checked_on": parts(day(-9)), "valid_until": parts(day(60))},
    )
    assert "Expires soon" in page.text
    client.click("Add a skill")
    client.submit("edit", fields={"skill": "moderation", "since": parts(day(-9)), "note": "Two cases"})
    client.click(f"Enter April {quarter_of(day(0)).year} to March {quarter_of(day(0)).year + 1}")
    page = client.submit("edit", expect=400, fields={"days": "12.3"})
    assert page.errors == ["Enter days from 0 to 366, whole or half, like 42.5"]
    page = client.submit("edit", fields={"days": "12.5"})
    assert "12.5" in page.text
    assert "Two cases" in page.text
    page = client.submit(f"{AT}/people/{row.eism_id}/skills/moderation/remove")
    assert "No skill is recorded" in page.text
    client.click("Change name or account")
    page = client.submit("edit", fields={"name": "Ann Lee", "account": str(id_of("eism"))})
    assert page.heading == "Eism Person"
    leave_id = db.session.scalars(select(EismLeave.id)).one()
    client.get(f"{AT}/leave/{leave_id}")
    page = client.submit("remove")
    assert "No leave is recorded" in page.text
    check_id = db.session.scalars(select(EismCheck.id)).one()
    client.get(f"{AT}/checks/{check_id}")
    client.submit("remove")
    assert db.session.scalars(select(EismCheck)).all() == []


def test_vetting_that_presses_stands_out_until_it_is_renewed(app: Flask, client: PageClient) -> None:
    row = ann()
    add_check(actor("lead"), row.eism_id, CheckDetails("dbs-enhanced", day(-900), day(60)))
    client.sign_in(email("lead"))
    assert "Vetting that needs you" in client.get(AT).text
    add_check(actor("lead"), row.eism_id, CheckDetails("dbs-enhanced", day(0), day(61)))
    assert "Vetting that needs you" not in client.get(AT).text


def test_posts_can_be_searched_and_downloaded(app: Flask, client: PageClient) -> None:
    held(post("Held post"), "Ann")
    post("Empty post")
    client.sign_in(email("lead"))
    assert "Held post" not in client.get(f"{AT}?state=vacant").text.partition("The last eight quarters")[0]
    assert "Empty post" not in client.get(f"{AT}?q=ann").text
    assert "No post matches" in client.get(f"{AT}?q=zzz&state=nonsense").text
    assert [row[:1] + row[4:8] for row in rows_of(client, f"{AT}.csv")[1:]] == [
        ["Empty post", "Vacant", "1.00", day(-100).isoformat(), ""],
        ["Held post", "Held", "0.00", "", "Ann"],
    ]
    client.get(f"{AT}?supplier={id_of('alder')}", expect=404)


def test_the_list_takes_as_many_statements_however_many_there_are(app: Flask, client: PageClient) -> None:
    client.sign_in(email("lead"))
    held(post(), "Ann")
    for address in (AT, f"{AT}/forecast", f"{AT}/placement"):
        client.get(address)
        with recorded(app) as bare:
            client.get(address)
        for number in range(3):
            row = db.session.get_one(EismHolding, held(post(f"Post {number}"), f"Person {number}"))
            add_leave(actor("lead"), row.eism_id, LeaveDetails("unpaid", day(-9), None))
            add_check(actor("lead"), row.eism_id, CheckDetails("driving", day(-9), day(9)))
        with recorded(app) as full:
            client.get(address)
        assert len(bare) == len(full) <= 13, full
