"""Vacancies: the table of moves, the days, what is wrong with what was typed, and what a search asks."""

from __future__ import annotations

from dataclasses import replace
from datetime import date, timedelta
from decimal import Decimal
from fractions import Fraction
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from portal.accounts.rules.asking import PER_CLIENT, PER_EMAIL, refused, silent
from portal.core.rules.addresses import LONGEST, secure
from portal.core.rules.money import pounds
from portal.workforce.hub.rules.checking import (
    HOURS_MOST,
    LONGEST_OPEN,
    PENCE_MOST,
    Contract,
    Details,
    pay,
    pence_from,
    problems,
)
from portal.workforce.hub.rules.finding import Order, Search
from portal.workforce.hub.rules.moving import (
    BY_ITSELF,
    TABLE,
    UNDER_WAY,
    WORDS,
    Move,
    State,
    after,
    days_open,
    days_words,
    median,
    moves,
)

TODAY = date(2026, 11, 22)
GOOD = Details(
    title="Employment specialist",
    role="es",
    place="Hartlepool",
    region="North East",
    fte=Decimal(1),
    weekly_hours=Decimal("37.5"),
    part_time=False,
    contract=Contract.PERMANENT,
    closes_on=TODAY,
    description="Help.",
    apply_url="https://jobs.example.org/1",
    salary_from=3_000_000,
)


def wrong(**other: Any) -> set[str]:
    return set(problems(replace(GOOD, **other), {"es"}, {"North East"}, TODAY))


def test_every_state_can_be_reached_and_left() -> None:
    reached = {State.DRAFT, *TABLE.values()}
    assert reached == set(State)
    assert {state for state, _ in TABLE} == set(State)
    assert set(WORDS) == set(Move) == {move for _, move in TABLE}


def test_every_move_of_a_person_can_be_taken_back() -> None:
    """From where a move leads, moves of the table lead back to where it began."""
    for (begin, _), end in TABLE.items():
        there, seen = {end}, set()
        while there:
            state = there.pop()
            seen.add(state)
            there |= {TABLE[state, move] for move in moves(state)} - seen
        assert begin in seen


def test_nobody_is_offered_what_the_portal_does_by_itself() -> None:
    assert all(BY_ITSELF.isdisjoint(moves(state)) for state in State)
    assert after(State.OPEN, Move.CLOSE) is State.SHORTLISTING
    assert after(State.DRAFT, Move.FILL) is None
    assert set(UNDER_WAY) == {State.OPEN, State.SHORTLISTING}


@pytest.mark.parametrize(
    ("opened", "filled", "days"),
    [
        (None, None, None),
        (TODAY, None, 0),
        (TODAY - timedelta(days=9), None, 9),
        (TODAY - timedelta(days=9), TODAY - timedelta(days=8), 1),
    ],
)
def test_days_run_from_the_first_opening(opened: date | None, filled: date | None, days: int | None) -> None:
    assert days_open(opened, filled, TODAY) == days


@pytest.mark.parametrize(
    ("days", "middle", "words"),
    [
        ([], None, "–"),
        ([1], Fraction(1), "1 day"),
        ([30, 10, 20], Fraction(20), "20 days"),
        ([10, 21], Fraction(31, 2), "15.5 days"),
        ([0], Fraction(0), "0 days"),
        ([0, 1], Fraction(1, 2), "0.5 days"),
    ],
)
def test_the_median_is_the_middle_one(days: list[int], middle: Fraction | None, words: str) -> None:
    assert median(days) == middle
    assert days_words(median(days)) == words


@given(st.lists(st.integers(0, 400), min_size=1))
def test_as_many_are_below_the_median_as_above(days: list[int]) -> None:
    middle = median(days)
    assert middle is not None
    assert sum(day < middle for day in days) <= len(days) / 2
    assert sum(day > middle for day in days) <= len(days) / 2


def test_a_sound_vacancy_has_no_problems() -> None:
    assert wrong() == set()


@pytest.mark.parametrize(
    ("field", "value", "bad"),
    [
        ("title", " ", True),
        ("title", "x" * 120, False),
        ("title", "x" * 121, True),
        ("description", "x" * 6000, False),
        ("description", "x" * 6001, True),
        ("description", "Write to jane.doe@example.org", True),
        ("description", "Ten clients @ most. Ring us.", False),
        ("role", "astronaut", True),
        ("region", "Atlantis", True),
        ("fte", Decimal(0), True),
        ("fte", Decimal("0.01"), False),
        ("fte", Decimal("0.001"), True),
        ("fte", Decimal(50), False),
        ("fte", Decimal("50.01"), True),
        ("weekly_hours", HOURS_MOST, False),
        ("weekly_hours", HOURS_MOST + Decimal("0.01"), True),
        ("weekly_hours", Decimal(0), True),
        ("closes_on", TODAY + LONGEST_OPEN, False),
        ("closes_on", TODAY + LONGEST_OPEN + timedelta(days=1), True),
        ("apply_url", "http://jobs.example.org", True),
        ("salary_from", 0, True),
        ("salary_from", 1, False),
        ("salary_from", PENCE_MOST, False),
        ("salary_from", PENCE_MOST + 1, True),
        ("salary_to", 2_999_999, True),
        ("salary_to", 3_000_000, False),
        ("salary_to", 3_000_001, False),
    ],
)
def test_each_limit_holds_on_both_sides(field: str, value: object, bad: bool) -> None:
    assert wrong(**{field: value}) == ({field} if bad else set())


@pytest.mark.parametrize("number", [Decimal("NaN"), Decimal("Infinity"), Decimal(-1)])
def test_what_is_no_number_of_hours_is_refused(number: Decimal) -> None:
    assert wrong(fte=number) == {"fte"}
    assert wrong(weekly_hours=number) == {"weekly_hours"}


def test_pay_is_said_in_figures_or_words() -> None:
    assert wrong(salary_from=None) == {"salary_from"}
    assert wrong(salary_from=None, pay_words="Band 5") == set()
    assert wrong(salary_from=None, salary_to=1, pay_words="Band 5") == {"salary_to"}
    assert pay(3_104_900, 3_779_600, "Band 5") == "£31,049 to £37,796 a year · Band 5"
    assert pay(3_104_900, 3_104_900, "") == "£31,049 a year"
    assert pay(3_104_950, None, "") == "£31,049.50 a year"
    assert pay(None, None, "£16 an hour") == "£16 an hour"


@pytest.mark.parametrize(
    ("text", "pence"),
    [("", None), (None, None), ("£31,049", 3_104_900), ("31049.50", 3_104_950), (" 5 ", 500)],
)
def test_a_sum_is_read_as_people_write_it(text: str | None, pence: int | None) -> None:
    assert pence_from(text) == pence


@pytest.mark.parametrize("text", ["31k", "1.5", "-5", "1e9", "£.50", "٣", "1234567890"])
def test_what_is_no_sum_is_refused(text: str) -> None:
    with pytest.raises(ValueError, match="yearly salary"):
        pence_from(text)


@given(st.integers(1, PENCE_MOST))
def test_a_sum_written_is_read_back(pence: int) -> None:
    assert pence_from(pounds(pence)) == pence


@pytest.mark.parametrize(
    "address",
    [
        "https://jobs.example.org",
        "https://www.jobs.nhs.uk/candidate/jobadvert/C9001-26-0001?x=1&y=2#apply",
        "https://xn--caf-dma.example/",
        "https://example.org/" + "a" * (LONGEST - 20),
    ],
)
def test_plain_https_addresses_are_taken(address: str) -> None:
    assert secure(address)


@pytest.mark.parametrize(
    "address",
    [
        "",
        "http://jobs.example.org",
        "HTTPS:jobs.example.org",
        "//jobs.example.org",
        "javascript:alert(1)",
        "https://user:word@jobs.example.org",
        "https://jobs.example.org:8443/",
        "https://localhost/",
        "https://127.0.0.1/",
        "https://[::1]/",
        "https://jobs.example.org/a b",
        "https://jobs.example.org/\u202e",
        'https://jobs.example.org/"onclick',
        "https://jobs.example.org\\@evil.example",
        "https://-bad.example/",
        "https://jobs..example/",
        "https://example.org/" + "a" * (LONGEST - 19),
    ],
)
def test_what_is_no_plain_https_address_is_refused(address: str) -> None:
    assert not secure(address)


def test_a_search_leaves_out_what_it_cannot_ask_for() -> None:
    asked = {"q": "  a   b ", "region": "Atlantis", "role": "x", "order": "z", "part_time": "maybe"}
    assert Search.of(asked, {"London"}, {"es"}) == Search(text="a b")
    full = {"q": "a", "region": "London", "role": "es", "order": "pay", "part_time": "yes"}
    found = Search.of(full, {"London"}, {"es"})
    assert found == Search("a", "London", "es", True, Order.PAY)
    assert found.arguments() == full
    assert Search().arguments() == {}
    assert not Search(order=Order.PAY).narrowed
    assert len(Search(text="a " * 20).words) == 8


def test_the_limits_of_asking_hold_at_their_edges() -> None:
    assert [silent(count) for count in (PER_EMAIL - 1, PER_EMAIL, PER_EMAIL + 1)] == [False, True, True]
    assert [refused(count) for count in (PER_CLIENT - 1, PER_CLIENT, PER_CLIENT + 1)] == [False, True, True]
