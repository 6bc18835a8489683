"""The list's address is read without ever failing."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from portal.directory.rules.filters import Filters, read_filters

PROGRAMMES, SORTS = ("ips-ad",), ("name", "region")


def read(**arguments: str) -> Filters:
    return read_filters(arguments, PROGRAMMES, SORTS)


@pytest.mark.parametrize(("page", "read_as"), [("0", 1), ("1", 1), ("2", 2), ("-3", 1), ("x", 1), ("²", 1),
                                               ("99999999999999999999", 1), ("10001", 10_000)])  # fmt: skip
def test_a_page_that_is_no_page_is_the_first(page: str, read_as: int) -> None:
    assert read(page=page).page == read_as


def test_what_is_not_known_is_ignored() -> None:
    assert read(setting="pub", region="Mars", programme="x", sort="password", closed="maybe") == Filters()


def test_filters_survive_the_way_through_an_address() -> None:
    filters = Filters("bass law", "primary-care", "London", "ips-ad", True, "region", True, 3)
    assert read_filters(filters.arguments(), PROGRAMMES, SORTS) == filters


def test_defaults_leave_the_address_empty() -> None:
    assert Filters().arguments() == {}


@given(st.dictionaries(st.sampled_from(["q", "page", "sort", "order", "region", "closed"]), st.text()))
def test_no_address_fails(arguments: dict[str, str]) -> None:
    filters = read_filters(arguments, PROGRAMMES, SORTS)
    assert filters.page >= 1
    assert "\0" not in filters.text
    assert len(filters.words) <= 6
