"""Pages of figures: what they say, how figures are entered, what files hold."""

from __future__ import annotations

import csv
import io
import json
from collections.abc import Iterator
from datetime import date, timedelta
from fractions import Fraction
from pathlib import Path

import pytest
from click.testing import CliRunner
from flask import Flask
from openpyxl import load_workbook

from portal.commands import contracts as commands
from portal.contracts.definition.registry import contracts
from portal.contracts.figures import service
from portal.contracts.figures.service import Entry
from portal.core import clock
from portal.core.rules.quarters import Quarter, quarter_of
from tests.support import assessing, databases
from tests.support import contract_records as records
from tests.support.assessing import actor, email
from tests.support.contract_files import lay
from tests.support.page_client import PageClient

KEY = "the-contract"
AT = f"/contracts/{KEY}"
QUARTER = Quarter(2025, 3)
PLACE = f"{AT}/{QUARTER.key}"
ONE = f"{PLACE}/indicator/1"


@pytest.fixture
def database_url(engine_name: str, tmp_path: Path) -> Iterator[str]:
    """Address of a fresh database with the world of assessments in it."""
    with databases.copy_of_template(engine_name, tmp_path, "assessing", assessing.fill) as url:
        yield url


@pytest.fixture(autouse=True)
def laid(app: Flask) -> None:
    """A contract between two sides of that world."""
    lay(app.config["SETTINGS"].data_dir, KEY, buyer="buyer", supplier="support")


def test_the_page_of_a_contract_says_every_band_in_words_and_what_waits(client: PageClient) -> None:
    records.employed("support", "1", date(2025, 1, 1))
    client.sign_in(email("buyer"))
    drawn = client.get(AT)
    page = drawn.text
    assert "Inadequate" in page
    assert "22.22%" in page
    assert "What waits: " in page
    assert "Nothing reported yet" in page
    assert "2025-Q1 22.22%, Inadequate" in str(drawn.soup.find("svg"))


def test_the_buyer_begins_at_the_contract_and_others_do_not(client: PageClient) -> None:
    client.sign_in(email("buyer"))
    page = client.get("/").text
    assert contracts()[KEY].latest.title in page
    assert "Compare contracts" in page
    client.sign_in(email("commissioner"))
    assert contracts()[KEY].latest.title not in client.get("/").text


def test_a_supplier_enters_a_figure_which_is_marked_wherever_it_stands(client: PageClient) -> None:
    client.sign_in(email("lead"))
    sent = {"numerator": "4.3", "denominator": "4.5", "reason": "Entered late", "evidence": "Payroll"}
    client.get(f"{ONE}/enter")
    page = client.submit("edit", fields=sent).text
    for words in ("95.56%", "Entered by hand", "Entered late", "Payroll", "4.3 ÷ 4.5 = 43/45"):
        assert words in page
    client.sign_in(email("buyer"))
    for address in (AT, PLACE, ONE):
        assert "entered by hand" in client.get(address).text.lower()
    assert not client.get(ONE).soup.find("a", href=f"{ONE}/enter")


def test_what_was_typed_is_kept_where_it_cannot_be_taken(client: PageClient) -> None:
    client.sign_in(email("lead"))
    client.get(f"{ONE}/enter")
    answer = client.submit("edit", fields={"numerator": "4,3x", "reason": "Entered late"}, expect=400)
    assert answer.errors == ["Enter a number, like 4.3 or 17/18"]
    assert answer.soup.select_one("#numerator[value='4,3x']")


def test_whoever_saves_second_sees_both_versions(app: Flask, client: PageClient) -> None:
    client.sign_in(email("lead"))
    client.get(f"{ONE}/enter")
    entry = Entry(Fraction(4), Fraction(9, 2), "First", "Payroll")
    service.enter_figure(actor("lead"), contracts()[KEY], QUARTER, "1", entry, 0)
    answer = client.submit(
        "edit", fields={"numerator": "3", "reason": "Second", "evidence": "Payroll"}, expect=409
    )
    assert "First" in answer.text
    assert "Second" in answer.text


def test_social_value_is_reported_in_per_cent_where_the_target_is(client: PageClient) -> None:
    client.sign_in(email("lead"))
    at = f"{PLACE}/social-value/inclusion-training"
    assert "The quarter’s target: 90%" in client.get(at).text
    assert client.submit("edit", value="many", expect=400).errors == ["Enter a percentage, like 92.5"]
    page = client.submit("edit", value="89.999", note="One is to come").text
    assert "0 of 4 met" in page


def test_a_frozen_quarter_says_so_and_offers_no_form(app: Flask, client: PageClient) -> None:
    service.freeze(actor("lead"), contracts()[KEY], QUARTER)
    client.sign_in(email("lead"))
    assert "Later changes of the records do not change" in client.get(PLACE).text
    assert not client.get(ONE).soup.find("a", href=f"{ONE}/enter")
    client.get(f"{ONE}/enter")
    sent = {"numerator": "4", "denominator": "5", "reason": "Late", "evidence": "Payroll"}
    assert "frozen" in client.submit("edit", fields=sent, expect=409).errors[0]


def test_records_behind_lead_to_their_pages(client: PageClient) -> None:
    records.planned("support", QUARTER, 1)
    event = records.event("support", QUARTER.first)
    client.sign_in(email("lead"))
    assert client.get(f"{PLACE}/indicator/2").soup.find("a", href=f"/events/{event}")


def test_files_hold_the_figures_of_the_page(client: PageClient) -> None:
    records.employed("support", "1", date(2025, 1, 1))
    client.sign_in(email("buyer"))
    rows = list(
        csv.DictReader(io.StringIO(client.get(f"{AT}/figures.csv").response.data.decode("utf-8-sig")))
    )
    assert {row["Value"] for row in rows if row["Number"] == "1"} == {"22.22%"}
    assert rows[0]["Quarter"] == "2024-Q4"
    book = load_workbook(io.BytesIO(client.get(f"{PLACE}/figures.xlsx").response.data))
    assert book.sheetnames == ["Figures", "Counted from"]
    found = client.get(f"{PLACE}/figures.json").json
    assert [one["number"] for one in found[QUARTER.key]] == ["1", "2", "4", "5", "SV"]


def test_the_command_prints_what_interfaces_promise(app: Flask, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(commands, "application", lambda: app)
    entry = Entry(Fraction(43, 10), Fraction(9, 2), "Late", "Payroll")
    service.enter_figure(actor("lead"), contracts()[KEY], QUARTER, "1", entry, 0)
    run = CliRunner().invoke(
        commands.indicators, ["--contract", KEY, "--quarter", QUARTER.key, "--json"], catch_exceptions=False
    )
    first, second, *_ = json.loads(run.stdout)
    assert first == {
        "number": "1",
        "indicator": "Employment of at least 4.5 FTE IPS expert implementation and support managers (EISMs)",
        "period": "October to December 2025",
        "numerator": "4.3",
        "denominator": "4.5",
        "percentage": "95.56",
        "band": "good",
        "provisional": False,
        "consequence": None,
        "by_hand": {"reason": "Late", "evidence": "Payroll"},
    }
    assert (second["percentage"], second["reason"]["percentage"]) == (None, "No target set")


@pytest.mark.parametrize(
    ("contract", "quarter", "code"),
    [(KEY, "2025-Q5", 2), ("nobody", "2025-Q3", 2), (KEY, "2024-Q3", 1), (KEY, "2025-Q3", 0)],
)
def test_the_command_says_what_it_cannot_print(
    app: Flask, monkeypatch: pytest.MonkeyPatch, contract: str, quarter: str, code: int
) -> None:
    monkeypatch.setattr(commands, "application", lambda: app)
    run = CliRunner().invoke(commands.indicators, ["--contract", contract, "--quarter", quarter])
    assert run.exit_code == code
    assert bool(run.stderr) is (code > 0)


def test_a_quarter_that_has_not_begun_has_no_page(client: PageClient) -> None:
    client.sign_in(email("buyer"))
    ahead = quarter_of(clock.today() + timedelta(days=100)).key
    assert client.get(f"{AT}/{ahead}", expect=404).status == 404
