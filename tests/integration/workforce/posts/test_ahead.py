"""The pages of what is ahead and of where posts are."""

from __future__ import annotations

from datetime import date, timedelta
from decimal import Decimal
from fractions import Fraction

import pytest
from flask import Flask
from sqlalchemy import select

from portal.core.db import db
from portal.core.rules.quarters import last_quarters, quarter_of
from portal.workforce.posts.definitions import contract_terms
from portal.workforce.posts.models import Eism, EismHolding
from portal.workforce.posts.queries import fte_breakdown, fte_quarters, fte_rate
from portal.workforce.posts.rules.words import EndReason
from portal.workforce.posts.service import Holder, end_holding, set_capacity, start_holding
from tests.support.assessing import actor, email, id_of
from tests.support.page_client import PageClient
from tests.support.posts import day, held, post
from tests.support.statements import recorded

AT = "/workforce/eisms"


def _boxes(on: date) -> str:
    """A date as the address of the page has it."""
    return f"on={on.day}&on={on.month}&on={on.year}"


def _words(on: date) -> str:
    return f"{on.day} {on:%B %Y}"


def test_a_leaver_is_tried_out_and_nothing_is_saved(app: Flask, client: PageClient) -> None:
    row = db.session.get_one(EismHolding, held(post(), "Ann"))
    client.sign_in(email("lead"))
    page = client.get(f"{AT}/forecast")
    assert "No change is known" in page.text
    page = client.get(f"{AT}/forecast?who=nobody&on=1&on=1&on=2020&empty=many", expect=400)
    assert page.errors == [
        "Choose one from the list",
        "Enter a whole number, like 12",
    ]
    past = _boxes(day(-1))
    page = client.get(f"{AT}/forecast?who={row.eism_id}&{past}", expect=400)
    assert page.errors == [f"Enter today, {_words(day(0))}, or a later day"]
    coming = _boxes(day(7))
    page = client.get(f"{AT}/forecast?who={row.eism_id}&{coming}&empty=30")
    assert "Somebody follows after 30 days" in page.text
    changes = page.table("FTE in post from that day on, and the edges crossed")
    assert [line[:3] for line in changes[1:]] == [
        [_words(day(8)), "1", "0"],
        [_words(day(38)), "0", "1"],
    ]
    db.session.rollback()
    assert db.session.scalars(select(EismHolding.ends)).one() is None


def test_a_known_leaver_crosses_the_edges_on_the_day_after(app: Flask, client: PageClient) -> None:
    for number in range(4):
        held(post(f"Post {number}"), f"Person {number}")
    half = held(post("Half", "0.5"), "Half", "0.5")
    end_holding(actor("lead"), half, day(10), EndReason.OTHER, 1)
    client.sign_in(email("lead"))
    page = client.get(f"{AT}/forecast")
    changes = page.table("FTE in post from that day on, and the edges crossed")
    assert changes[1][:4] == [_words(day(11)), "4.5", "4", "88.9%"]
    for words in ("No longer 100% or more", "No longer above 95%", "No longer 90% or more"):
        assert words in changes[1][4]
    assert "80%" not in changes[1][4]


def test_placement_sets_posts_against_services(app: Flask, client: PageClient) -> None:
    made = post()
    start_holding(actor("lead"), made, Holder(person_id=id_of("eism")), Decimal("0.5"), day(-9))
    eism = db.session.scalars(select(Eism.id)).one()
    set_capacity(actor("lead"), eism, quarter_of(day(0)).year, Decimal(40), 0)
    client.sign_in(email("lead"))
    page = client.get(f"{AT}/placement")
    assert page.table("Posts and open services by region")[1:] == [
        ["North East", "NHS services", "2", "1", "0.5 of 1", "4"]
    ]
    assert page.table("Services supported by each EISM")[1:] == [["Eism Person", "0.5", "2", "40"]]


@pytest.mark.parametrize("year", ["0001", "2099", "9999"])
def test_a_day_far_away_is_refused(app: Flask, client: PageClient, year: str) -> None:
    row = db.session.get_one(EismHolding, held(post(), "Ann"))
    client.sign_in(email("lead"))
    address = f"{AT}/forecast?who={row.eism_id}&on=31&on=12&on={year}&empty=730"
    assert len(client.get(address, expect=400).errors) == 1


def test_a_contract_counts_from_the_rate_and_shows_the_breakdown(app: Flask) -> None:
    quarter = quarter_of(day(0)).plus(-1)
    made = held(post(opens=-400), "Ann", "0.6", (quarter.first - day(0)).days)
    half = quarter.first + timedelta(days=quarter.days // 2 - 1)
    end_holding(actor("lead"), made, half, EndReason.OTHER, 1)
    terms = contract_terms(id_of("support"))
    found = fte_breakdown(id_of("support"), quarter, terms)
    assert fte_rate(id_of("support"), quarter, terms) == found.rate
    assert found.total == Fraction(6, 10) * (quarter.days // 2)
    assert fte_rate(id_of("alder"), quarter, terms).value == 0  # another supplier's people do not count
    with recorded(app) as statements:
        fte_quarters(id_of("support"), last_quarters(quarter, 8), terms)
    assert len(statements) == 2
