"""Pairs are kept when a review is unblinded, and compared on a page, within reach."""

from __future__ import annotations

import json
import uuid
from datetime import date, timedelta
from pathlib import Path

import pytest
from click.testing import CliRunner
from flask import Flask
from sqlalchemy import func, select

from portal.accounts.models import Organisation
from portal.accounts.rules.roles import OrganisationKind
from portal.cli import main
from portal.core import clock
from portal.core.act import operational
from portal.core.db import db
from portal.core.errors import Refused
from portal.directory.models import ServiceLink
from portal.directory.rules.settings import LinkKind
from portal.reviews.external.models.pairs import AgreementRecord
from portal.reviews.external.service.pairs import note_pair
from portal.reviews.external.service.scoring import lock, save_own_sheet
from tests.support import reviewing
from tests.support.assessing import OTHER_SERVICE, SERVICE, actor, email, id_of, item_key
from tests.support.comparing import kept_pair, many_pairs
from tests.support.page_client import PageClient
from tests.support.statements import recorded

ITEMS = 25
FOURS = [4] * ITEMS


def kept() -> int:
    db.session.rollback()
    return db.session.scalars(select(func.count()).select_from(AgreementRecord)).one()


def as_(client: PageClient, name: str) -> PageClient:
    client.sign_in(email(name))
    return client


def test_locking_twice_keeps_both_sheets_in_the_order_of_the_scale(app: Flask) -> None:
    review = reviewing.in_consensus({item_key(1): 5, item_key(3): 2})
    row = db.session.get_one(AgreementRecord, review)
    assert row.lead_ratings == FOURS
    assert row.second_ratings == [5, 4, 2, *[4] * 22]
    assert (row.items, row.exact, row.within_one, row.sum_difference) == (25, 23, 24, 1)
    assert (row.lead_id, row.second_id) == (id_of("lead-reviewer"), id_of("second-reviewer"))
    assert (row.service_id, row.supplier_id, row.on) == (SERVICE, id_of("support"), clock.today())


def test_one_lock_and_an_observers_lock_keep_nothing(app: Flask) -> None:
    review = reviewing.in_scoring()
    for name in ("lead-reviewer", "observer"):
        save_own_sheet(actor(name), review, reviewing.sheet(), {})
        lock(actor(name), review)
    assert kept() == 0


@pytest.mark.parametrize("second", ["second-reviewer", "observer"])
def test_a_pair_is_refused_before_both_have_locked_and_for_anybody_else(app: Flask, second: str) -> None:
    review = reviewing.in_scoring() if second == "second-reviewer" else reviewing.in_consensus()
    before = kept()
    with pytest.raises(Refused):
        note_pair(reviewing.fresh(review), id_of("lead-reviewer"), id_of(second), {}, {})
    assert kept() == before


def test_a_real_review_is_on_the_page_after_unblinding(app: Flask, client: PageClient) -> None:
    review = reviewing.in_scoring()
    save_own_sheet(actor("lead-reviewer"), review, reviewing.sheet(), {})
    lock(actor("lead-reviewer"), review)
    assert "No review has been compared yet" in as_(client, "lead").get("/agreement").text
    save_own_sheet(actor("second-reviewer"), review, reviewing.sheet(other={item_key(1): 2}), {})
    lock(actor("second-reviewer"), review)
    page = client.get("/agreement")
    assert page.table("Reviews compared")[1][3:] == ["24 of 25", "24 of 25", "0.00", "+0.08"]


def test_the_page_gives_counts_statistics_items_and_reviewers(app: Flask, client: PageClient) -> None:
    kept_pair([5, 4, 3, *FOURS[3:]], [4, 4, 1, *FOURS[3:]])
    kept_pair([3, 4, 5, *FOURS[3:]], [3, 5, 5, *FOURS[3:]])
    page = as_(client, "lead").get("/agreement")
    assert page.heading == "Agreement between reviewers"
    overall = {row[0]: row[1:] for row in page.table("Agreement over all reviews")}
    assert overall["Exact agreement"] == ["94%", "47 of 50 pairs of ratings"]
    assert overall["Within one point"] == ["98%", "49 of 50 pairs of ratings"]
    assert "95% interval" in overall["Intraclass correlation ICC(A,1)"][1]
    items = page.table("Agreement by item")
    assert items[1][:4] == ["1. Caseload size", "2", "50%", "100%"]
    assert items[1][-1] == "+0.50"
    assert items[3][2:4] == ["50%", "50%"]
    reviewers = {row[0]: row[1:] for row in page.table("Mean difference by reviewer")}
    assert reviewers["Lead reviewer Person"] == ["2", "50", "+0.04", "Too few reviews to say"]
    assert reviewers["Second reviewer Person"][2] == "−0.04"


def test_items_that_all_rate_the_same_have_no_kappa_and_say_so_with_a_dash(
    app: Flask, client: PageClient
) -> None:
    kept_pair(FOURS, FOURS)
    kept_pair(FOURS, FOURS)
    page = as_(client, "lead").get("/agreement")
    assert page.table("Agreement by item")[1] == ["1. Caseload size", "2", "100%", "100%", "–", "–", "0.00"]
    overall = {row[0]: row[1:] for row in page.table("Agreement over all reviews")}
    assert overall["Quadratic weighted kappa"][0] == "not given"
    assert "All ratings are the same" in overall["Quadratic weighted kappa"][1]


def test_one_review_is_too_few_for_an_item(app: Flask, client: PageClient) -> None:
    kept_pair(FOURS, [3, *FOURS[1:]])
    page = as_(client, "lead").get("/agreement")
    assert page.table("Agreement by item")[1] == ["1. Caseload size", "1", "Too few reviews to say"]


@pytest.mark.parametrize(
    "halves, reviews, leans", [(12, 5, False), (13, 5, True), (14, 5, True), (13, 4, False), (13, 6, True)]
)
def test_somebody_leans_from_half_a_point_over_five_reviews(
    app: Flask, client: PageClient, halves: int, reviews: int, leans: bool
) -> None:
    """12 of 25 is just under a half, 13 just over it; exactly a half stands in the unit tests."""
    for _ in range(reviews):
        kept_pair([5] * halves + [4] * (ITEMS - halves), FOURS)
    page = as_(client, "lead").get("/agreement")
    said = {row[0]: row[-1] for row in page.table("Mean difference by reviewer")}
    assert (said["Lead reviewer Person"] == "Leans high") is leans
    assert (said["Second reviewer Person"] == "Leans low") is leans


def test_quarters_of_the_financial_year_are_told_apart(app: Flask, client: PageClient) -> None:
    for on in (date(2026, 3, 31), date(2026, 4, 1), date(2026, 6, 30), date(2026, 7, 1)):
        kept_pair([5, *FOURS[1:]], FOURS, on=on)
    page = as_(client, "lead").get("/agreement")
    assert [row[:2] for row in page.table("Agreement by quarter")[1:]] == [
        ["July to September 2026", "1"],
        ["April to June 2026", "2"],
        ["January to March 2026", "1"],
    ]


def test_days_and_reviewers_narrow_the_reviews(app: Flask, client: PageClient) -> None:
    others = (id_of("spare-reviewer"), id_of("moderator"))
    kept_pair(FOURS, FOURS, on=date(2026, 3, 31))
    kept_pair(FOURS, FOURS, on=date(2026, 4, 1), people=others)
    kept_pair(FOURS, FOURS, on=date(2026, 4, 2))
    as_(client, "lead")

    def counted(**chosen: str) -> str:
        page = client.get("/agreement", query_string=chosen)
        return page.text.split("pairs of ratings")[0].split("review")[-2].split()[-1]

    both = {"from": "2026-04-01", "to": "2026-04-01"}
    assert counted() == "3"
    assert counted(**{"from": "2026-04-01"}) == "2"
    assert counted(**both) == "1"
    assert counted(reviewer=str(others[0])) == "1"
    assert counted(reviewer=str(others[0]), **both) == "1"
    page = client.get("/agreement", query_string={"reviewer": str(id_of("buyer"))})
    assert "No reviews match" in page.text


@pytest.mark.parametrize(
    "chosen, words",
    [
        ({"from": "2026-13-01"}, "Enter a real date"),
        ({"to": "yesterday"}, "Enter a real date"),
        ({"from": "2026-04-02", "to": "2026-04-01"}, "The last day must be on or after the first day"),
    ],
)
def test_days_that_are_none_are_told_and_kept(
    app: Flask, client: PageClient, chosen: dict[str, str], words: str
) -> None:
    kept_pair(FOURS, FOURS)
    page = as_(client, "lead").get("/agreement", query_string=chosen, expect=400)
    assert words in page.text
    for name, typed in chosen.items():
        assert page.soup.select_one(f"#{name}")["value"] == typed


def test_what_an_address_does_not_know_is_ignored(app: Flask, client: PageClient) -> None:
    kept_pair(FOURS, FOURS)
    odd = {"scale": "x' OR 1", "reviewer": "nobody", "sort": "password", "page": "-9", "order": "?"}
    assert "1 review" in as_(client, "lead").get("/agreement", query_string=odd).text


def test_items_sort_both_ways_with_those_without_a_figure_last(app: Flask, client: PageClient) -> None:
    kept_pair([5, 4, 1, *FOURS[3:]], [4, 4, 3, *FOURS[3:]])
    kept_pair([5, 4, 2, *FOURS[3:]], [5, 4, 3, *FOURS[3:]])
    as_(client, "lead")

    def order(sort: str, way: str) -> list[str]:
        page = client.get("/agreement", query_string={"sort": sort, "order": way})
        return [row[0].split(".")[0] for row in page.table("Agreement by item")[1:]]

    assert order("exact", "")[:2] == ["3", "1"]
    assert order("exact", "down")[-2:] == ["1", "3"]
    assert order("difference", "")[0] == "3"
    assert order("difference", "down")[0] == "1"
    assert set(order("kappa", "")[:2]) == set(order("kappa", "down")[:2]) == {"1", "3"}


def test_another_suppliers_reviews_are_never_counted(app: Flask, client: PageClient) -> None:
    kept_pair(FOURS, FOURS)
    kept_pair(FOURS, [1] * ITEMS, service_id=OTHER_SERVICE)
    with operational() as session:
        session.add(
            Organisation(id=id_of("rival"), key="rival", name="Rival", kind=OrganisationKind.SUPPLIER)
        )
        session.flush()
        link = session.scalars(
            select(ServiceLink).where(
                ServiceLink.service_id == OTHER_SERVICE, ServiceLink.kind == LinkKind.SUPPLIER
            )
        ).one()
        link.organisation_id = id_of("rival")
    for name in ("lead", "far-eism"):
        as_(client, name)
        page = client.get("/agreement")
        assert [row[0] for row in page.table("Reviews compared")[1:]] == ["Alder Ips"]
        for what in ("reviews", "ratings", "items"):
            assert "Birch" not in client.browser.get(f"/agreement/{what}.csv").text


@pytest.mark.parametrize("name", ["manager", "staff", "peer", "buyer", "commissioner", "administrator"])
@pytest.mark.parametrize("address", ["/agreement", "/agreement/items.csv", "/agreement/calibration"])
def test_other_roles_are_refused(app: Flask, client: PageClient, name: str, address: str) -> None:
    as_(client, name)
    assert client.browser.get(address).status_code == 403


def test_the_downloaded_ratings_give_the_command_what_the_page_says(
    app: Flask, client: PageClient, tmp_path: Path
) -> None:
    many_pairs(12)
    as_(client, "lead")
    page = client.get("/agreement")
    file = tmp_path / "ratings.csv"
    file.write_bytes(client.browser.get("/agreement/ratings.csv").data)
    found = json.loads(CliRunner().invoke(main, ["agreement", str(file), "--json"]).stdout)
    assert (found["units"], found["raters"]) == (12 * ITEMS, 2)
    shown = {row[0]: row[1] for row in page.table("Agreement over all reviews")}
    assert shown["Quadratic weighted kappa"] == f"{found['kappa_quadratic']:.2f}"
    assert shown["Krippendorff’s alpha, ordinal"] == f"{found['alpha_ordinal']:.2f}"
    assert shown["Intraclass correlation ICC(A,1)"] == f"{found['icc_a1']:.2f}"


def test_downloads_keep_the_choice_and_run_nothing(app: Flask, client: PageClient) -> None:
    kept_pair(FOURS, [3, *FOURS[1:]], on=date(2026, 3, 31))
    kept_pair(FOURS, FOURS, on=date(2026, 4, 1))
    as_(client, "lead")
    page = client.get("/agreement", query_string={"from": "2026-04-01"})
    for words, rows in (("reviews", 1), ("items", 25), ("every pair of ratings", 25)):
        data = client.browser.get(
            page.link(f"Download {words if rows == 25 and words != 'items' else 'the ' + words} as CSV")
        ).text
        assert len(data.strip().splitlines()) == rows + 1


def test_the_page_costs_the_same_whatever_the_number_of_reviews(app: Flask, client: PageClient) -> None:
    as_(client, "lead")
    many_pairs(3)
    with recorded(app) as few:
        client.get("/agreement")
    many_pairs(60, seed=6)
    with recorded(app) as many:
        page = client.get("/agreement")
    assert len(few) == len(many) == 4, many
    assert "Page 1 of 3" in page.text
    assert "63 reviews" in page.text
    assert len(client.get("/agreement", query_string={"page": "3"}).table("Reviews compared")) == 14


def test_a_pair_once_kept_stays(app: Flask) -> None:
    review = reviewing.in_consensus()
    found = reviewing.fresh(review)
    with operational():
        note_pair(found, id_of("lead-reviewer"), id_of("second-reviewer"), {item_key(1): 1}, {item_key(1): 5})
    assert db.session.get_one(AgreementRecord, review).lead_ratings == FOURS
    assert kept() == 1


def test_every_address_needs_a_sign_in(app: Flask, client: PageClient) -> None:
    for address in ("/agreement", "/agreement/ratings.csv", f"/agreement/calibration/{uuid.uuid4()}"):
        assert client.browser.get(address).status_code in {302, 401}


def test_yesterdays_and_todays_reviews_are_both_in_an_open_period(app: Flask, client: PageClient) -> None:
    kept_pair(FOURS, FOURS, on=clock.today())
    kept_pair(FOURS, FOURS, on=clock.today() - timedelta(days=1))
    page = as_(client, "eism").get("/agreement", query_string={"to": clock.today().isoformat()})
    assert "2 reviews" in page.text
