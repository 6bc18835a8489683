"""The ledger as buyer, supplier and governance use it; the page client judges every page."""

from __future__ import annotations

import io
from datetime import date
from fractions import Fraction

from flask import Flask
from openpyxl import load_workbook

from portal.contracts.payments import service as payments
from portal.contracts.payments.queries import course, ledger
from portal.core.spreadsheets import read_rows
from tests.support.contract_world import KEY, QUARTER, World, plan_of
from tests.support.page_client import PageClient
from tests.support.statements import recorded

LEDGER = f"/contracts/{KEY}/payments"
PAGE = f"{LEDGER}/{QUARTER.key}"
DUE = date(2026, 11, 30)


def as_(app: Flask, who: str) -> PageClient:
    client = PageClient(app)
    client.sign_in(f"{who}@example.com")
    return client


def test_money_is_entered_retained_released_and_taken_back(app: Flask, world: World) -> None:
    buyer = as_(app, "buyer")
    assert "Not entered yet" in buyer.get(LEDGER).text
    buyer.get(f"{PAGE}/enter")
    page = buyer.submit("edit", fields={"amount": "a lot", "vat": "0"}, expect=400)
    assert [one[:15] for one in page.errors] == ["Enter an amount", "Enter the evide"]
    buyer.submit("edit", fields={"amount": "£143,125.50", "vat": "23,854.25", "reason": "Report, invoice 7"})
    assert "no right to retain" in buyer.get(PAGE).text
    world.figure("1", Fraction(66, 100))
    world.submitted(world.target(), DUE, DUE)
    buyer.get(PAGE)
    buyer.click("Retain £7,156.28")
    buyer.submit("edit", fields={"reason": "Two posts are vacant"})
    assert "0 of 2 done, 0%, Inadequate. Not enough to release" in buyer.get(PAGE).text
    world.done(plan_of(world.target()), 2)
    buyer.get(f"{PAGE}/release")
    page = buyer.submit("edit", fields={"reason": "Both posts are filled"}, expect=400)
    assert "Choose" in page.text
    fields = {"read_of": "2026-Q3", "amount": "5,000.00", "reason": "Both posts are filled"}
    buyer.submit("edit", fields=fields)
    text = as_(app, "reader").get(PAGE).text
    assert "Tasks due in 2026-Q3: 2 of 2 done" in text
    entry = course(KEY)[0].row
    buyer.get(f"{PAGE}/entries/{entry.id}/take-back")
    buyer.submit("edit", fields={"reason": "The wrong amount"})
    line = ledger(KEY).line(QUARTER)
    assert line is not None
    assert (line.released, line.held, line.entries) == (0, 7_156_28, 4)
    assert "£135,969.22" in as_(app, "lead").get(LEDGER).text


def test_what_a_rule_forbids_is_said_above_what_was_typed(app: Flask, world: World) -> None:
    buyer = as_(app, "buyer")
    buyer.get(f"{PAGE}/enter")
    page = buyer.submit("edit", fields={"amount": "9,000,000", "vat": "0", "reason": "R"}, expect=409)
    assert "above the contract’s value" in page.text
    assert "9,000,000" in str(page.soup.find("input", id="amount"))
    buyer.get(f"{PAGE}/retain")
    assert "no right to retain" in buyer.submit("edit", fields={"reason": "R"}, expect=409).text
    buyer.get(f"{LEDGER}/2026-Q4/enter")
    page = buyer.submit("edit", fields={"amount": "9", "vat": "0", "reason": "R"}, expect=409)
    assert "in arrears" in page.text
    buyer.get(f"{PAGE}/enter")
    page = buyer.submit("edit", fields={"amount": "9", "vat": "10", "reason": "R"}, expect=400)
    assert "must be part of the amount" in page.text


def test_whoever_decides_over_another_is_told_and_keeps_what_was_typed(app: Flask, world: World) -> None:
    buyer = as_(app, "buyer")
    buyer.get(f"{PAGE}/enter")
    payments.enter(world.second_buyer, KEY, QUARTER, 100, 0, "Mine", 0)
    page = buyer.submit("edit", fields={"amount": "2.00", "vat": "0", "reason": "Yours"}, expect=409)
    assert "Somebody else entered something first" in page.text
    assert "Yours" in page.text


def test_the_files_say_what_the_page_says(app: Flask, world: World) -> None:
    payments.enter(world.buyer, KEY, QUARTER, 143_125_50, 23_854_25, "=Report", 0)
    reader = as_(app, "reader")
    found = read_rows("x.csv", reader.get(f"{LEDGER}.csv").response.data)
    row = next(one.cells for one in found if one.cells[0] == QUARTER.key)
    assert row[:4] == (QUARTER.key, "April to June 2025", "143125.50", "23854.25")
    book = load_workbook(io.BytesIO(reader.get(f"{LEDGER}.xlsx").response.data))
    assert book.sheetnames == ["Quarters", "Entries"]
    assert book["Entries"]["F2"].value == "'=Report"


def test_only_the_buyer_is_offered_decisions_and_strangers_see_nothing(app: Flask, world: World) -> None:
    payments.enter(world.buyer, KEY, QUARTER, 100, 0, "Report", 0)
    for name in ("lead", "reader"):
        assert "Take back" not in as_(app, name).get(PAGE).text
        as_(app, name).get(f"{PAGE}/retain", expect=403)
    for name in ("stranger", "other_buyer"):
        as_(app, name).get(LEDGER, expect=404)
    as_(app, "buyer").get(f"{LEDGER}/2019-Q1", expect=404)


def test_the_ledger_costs_the_same_however_much_stands_in_it(app: Flask, world: World) -> None:
    buyer = as_(app, "buyer")
    with recorded(app) as before:
        buyer.get(LEDGER)
    for step in range(3):
        payments.enter(world.buyer, KEY, QUARTER.plus(step), 100, 0, "Report", 0)
    with recorded(app) as after:
        buyer.get(LEDGER)
    assert len(after) == len(before)
