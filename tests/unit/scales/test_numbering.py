"""Every name an item goes by."""

from __future__ import annotations

import pytest

from portal.scales.rules.numbering import resolve, us_number
from tests.unit.scales.samples import small

SCALE = small()


@pytest.mark.parametrize(
    ("text", "key"),
    [
        ("1", "item-a"),
        (" 4 ", "item-d"),
        ("04", "item-d"),
        ("staffing-2", "item-b"),
        ("SERVICES-1", "item-c"),
        ("Services 1", "item-c"),
        ("Staff 1", "item-a"),
        ("staff 1", "item-a"),
        ("SERV 2", "item-d"),
        ("Serv  2", "item-d"),
        ("serv-2", "item-d"),
        ("Serv2", "item-d"),
        ("item-c", "item-c"),
        ("Item-C", "item-c"),
        ("item_c", "item-c"),
        ("staffing–2", "item-b"),
    ],
)
def test_an_item_is_found_by(text: str, key: str) -> None:
    assert resolve(SCALE, text).key == key


@pytest.mark.parametrize(
    "text",
    ["", " ", "0", "5", "-", "1.5", "staffing-0", "staffing-3", "Org 1", "Staff", "item", "item-e", "²", "٣"],
)
def test_what_names_no_item_is_refused(text: str) -> None:
    with pytest.raises(KeyError):
        resolve(SCALE, text)


def test_every_item_is_found_by_each_of_its_names() -> None:
    for item in SCALE.items:
        names = [
            str(item.number),
            f"{item.section}-{item.number_in_section}",
            us_number(SCALE, item),
            item.key,
        ]
        assert {resolve(SCALE, name).key for name in names} == {item.key}


def test_the_us_number_uses_the_prefix_of_the_section() -> None:
    assert us_number(SCALE, SCALE.item("item-d")) == "Serv 2"
