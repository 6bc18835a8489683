"""What worksheets offer to calculators: exact numbers, facts from their share on, and the suggestion."""

from __future__ import annotations

from datetime import date, timedelta
from fractions import Fraction

import pytest
from hypothesis import given
from hypothesis import strategies as st

from portal.reviews.external.fieldwork_worksheets import worksheet, worksheets_for
from portal.reviews.external.rules.worksheet import AnswerKind, Worksheet
from portal.reviews.external.rules.worksheet_offers import NOTHING, Offer, offers
from portal.scales.registry import registry
from portal.scales.rules.calculator import suggest
from portal.scales.rules.entries import read_entries

Row = dict[str, str]


def offered(sheet_key: str, rows: list[Row], scale: str = "ips-25") -> dict[str, Offer]:
    sheet = worksheet(sheet_key)
    assert sheet is not None
    return offers([(sheet, rows)], scale)


def suggested(item_key: str, offer: Offer, scale: str = "ips-25") -> int | None:
    found = suggest(registry().get(scale).item(item_key).rule, offer.entries)
    return found.rating if found else None


def days(*numbers: int) -> list[Row]:
    return [{"joined": "2026-01-01", "first-employer": _after(number)} for number in numbers]


def _after(number: int) -> str:
    return (date(2026, 1, 1) + timedelta(days=number)).isoformat()


@pytest.mark.parametrize(
    ("numbers", "rating"),
    [
        ((29, 30, 30), 4),  # without “tracked” at most 4
        ((30, 30, 31), 4),
        ((60, 60, 60), 4),
        ((60, 60, 61), 3),
        ((150, 150), 3),
        ((150, 151), 2),
        ((270, 270), 2),
        ((270, 271), 1),
    ],
)
def test_rapid_job_search_gets_days_and_people_so_that_no_average_is_rounded(
    numbers: tuple[int, ...], rating: int
) -> None:
    offer = offered("records", days(*numbers))["rapid-job-search"]

    assert offer.entries == {"days": str(sum(numbers)), "people": str(len(numbers))}
    assert suggested("rapid-job-search", offer) == rating


@pytest.mark.parametrize(("yes", "no", "ticked"), [(74, 26, False), (75, 25, True), (76, 24, True)])
def test_a_fact_is_ticked_from_three_quarters_on(yes: int, no: int, ticked: bool) -> None:
    rows = [{"profile-updated": "yes"}] * yes + [{"profile-updated": "no"}] * no

    assert offered("records", rows)["vocational-assessment"].entries == {"updated": ticked}


@pytest.mark.parametrize(
    ("yes", "no", "half", "most"), [(49, 51, False, False), (50, 50, True, False), (51, 49, True, True)]
)
def test_half_includes_the_half_and_most_is_more(yes: int, no: int, half: bool, most: bool) -> None:
    rows = [{"supported": "yes"}] * yes + [{"supported": "no"}] * no

    entries = offered("records", rows)["individualised-support"].entries

    assert entries == {"half-supported": half, "most-supported": most}


def test_nothing_is_offered_where_every_record_is_not_applicable() -> None:
    assert offered("records", [{"supported": "na"}] * 10) == {}
    assert Offer() == NOTHING


def test_the_words_say_the_figure_and_from_where_on_it_is_ticked() -> None:
    offer = offered("records", [{"profile-updated": "yes"}, {"profile-updated": "no"}])

    assert offer["vocational-assessment"].words == (
        "Profile updated with each job: 1 of 2 records (50%), ticked from 75% on",
    )


def test_item_17_gets_specialists_and_weeks_as_they_are() -> None:
    weeks = {f"week-{n}": "6" for n in range(1, 5)}
    rows = [{**weeks, "log": "weekly"}] * 3

    offer = offered("employer-contacts", rows)["employer-contact-frequency"]

    assert offer.entries == {
        "contacts": "72",
        "specialists": "3",
        "weeks": "4",
        "tracked": True,
        "log-monthly": True,
        "log-weekly": True,
    }
    assert suggested("employer-contact-frequency", offer) == 5


def test_weeks_that_differ_and_have_no_decimal_are_entered_as_weeks_of_one_specialist() -> None:
    rows = [{"week-1": "6", "week-2": "6"}, {"week-1": "6"}, {"week-1": "6"}]  # 4 weeks of 3 people

    entries = offered("employer-contacts", rows)["employer-contact-frequency"].entries

    assert (entries["contacts"], entries["specialists"], entries["weeks"]) == ("24", "4", "1")


def test_weeks_of_a_pair_go_to_the_calculator_by_specialist() -> None:
    rows = [{"weeks-looked-at": "8", "weeks-used": "8"}, {"weeks-looked-at": "8", "weeks-used": "6"}]

    entries = offered("primary-employers", rows, "thrive-24")["employer-contact-frequency"].entries

    assert entries == {"weeks-with-contacts": "14", "specialists": "2", "weeks": "8"}


def test_the_adapted_scale_gets_its_own_facts_of_item_23() -> None:
    rows = [{"monthly-later": "yes", "handover": "yes"}]

    plain = offered("records", rows)["time-unlimited-support"].entries
    adapted = offered("records", rows, "ips-25-ad")["time-unlimited-support"].entries

    assert set(plain) == {"monthly-for-a-year", "step-down"}
    assert set(adapted) == {"monthly-to-limit", "planned-handover"}


def test_the_tracking_of_contacts_lifts_the_cap_of_rapid_job_search() -> None:
    records, contacts = worksheet("records"), worksheet("employer-contacts")
    assert records
    assert contacts

    found = offers([(records, days(30)), (contacts, [{"log": "seldom"}])], "ips-25")

    assert suggested("rapid-job-search", found["rapid-job-search"]) == 5


counts = st.integers(0, 30)


@given(st.lists(st.lists(counts, min_size=1, max_size=8), min_size=1, max_size=7))
def test_the_suggestion_of_item_17_is_that_of_the_exact_average(team: list[list[int]]) -> None:
    rows = [{f"week-{n}": str(c) for n, c in enumerate(own, 1)} | {"log": "weekly"} for own in team]
    exact = Fraction(sum(map(sum, team)), sum(map(len, team)))

    offer = offered("employer-contacts", rows)["employer-contact-frequency"]

    whole = exact.numerator // exact.denominator
    expected = next((rating for rating, least in ((5, 6), (4, 5), (3, 4), (2, 2)) if whole >= least), 1)
    assert suggested("employer-contact-frequency", offer) == expected


@given(st.lists(st.tuples(st.integers(0, 4), st.integers(0, 12)), min_size=1, max_size=7))
def test_the_small_caseload_way_to_5_is_that_of_the_exact_averages(team: list[tuple[int, int]]) -> None:
    rows = [{"looking": str(looking), "week-1": str(made), "log": "weekly"} for looking, made in team]
    looking = Fraction(sum(one for one, _ in team), len(team))
    made = Fraction(sum(one for _, one in team), len(team))

    offer = offered("employer-contacts", rows)["employer-contact-frequency"]

    earns = made >= 6 or (0 < looking < 3 and made >= 2 * looking)
    assert (suggested("employer-contact-frequency", offer) == 5) == earns


@given(
    st.lists(
        st.tuples(st.integers(0, 50), st.decimals(0, 1, places=2, allow_nan=False)), min_size=1, max_size=9
    )
)
def test_caseloads_are_added_up_over_posts_exactly(team: list[tuple[int, object]]) -> None:
    rows = [{"clients": str(clients), "fte": str(fte)} for clients, fte in team]
    posts = sum((Fraction(str(fte)) for _, fte in team), Fraction(0))

    found = offered("caseload", rows)

    if not posts:
        assert "caseload-size" not in found
        return
    entries = found["caseload-size"].entries
    assert Fraction(str(entries["clients"])) == sum(clients for clients, _ in team)
    assert Fraction(str(entries["fte"])) == posts


@pytest.mark.parametrize(
    ("scale_key", "items"), [("ips-25", 17), ("ips-25-ad", 17), ("thrive-24", 10), ("scr", 10)]
)
def test_what_is_offered_can_be_read_by_every_calculator_it_is_for(scale_key: str, items: int) -> None:
    scale = registry().get(scale_key)
    filled = [(sheet, [_full(sheet)] * 3) for sheet in worksheets_for(scale_key)]

    found = offers(filled, scale_key)

    assert len(found) == items
    for item_key, offer in found.items():
        read = read_entries(scale.item(item_key).rule, offer.entries)  # raises where one cannot be read
        assert set(offer.entries) <= {*read.numbers, *read.facts}


def _full(sheet: Worksheet) -> Row:
    answers = {
        AnswerKind.DATE: "2026-03-02",
        AnswerKind.YES_NO: "yes",
        AnswerKind.NUMBER: "1",
        AnswerKind.WHOLE: "7",
        AnswerKind.TEXT: "Cleaner",
    }
    return {q.key: next(iter(q.choices), "") or answers[q.kind] for q in sheet.questions}
