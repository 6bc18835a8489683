"""The materials that come with the portal: strict reading, and that each item has its note."""

from pathlib import Path

import pytest

from portal.core.rules.blocks import read_blocks, word_count
from portal.library.catalogue import base_items, filed, filed_under, item_titles, read_folder
from portal.library.rules.material import Kind
from portal.library.rules.reading import load_material
from portal.scales.registry import registry
from portal.scales.rules.errors import DefinitionError

GOOD = '''key = "a-note"
kind = "note"
version = 1
title = "A note"
summary = "For whom."
items = ["disclosure"]
owner = "The team"
review_on = "2027-11-30"
sources = ["Scale, item 13"]
body = """
Some words.
"""
'''


def test_a_whole_file_is_read() -> None:
    one = load_material(GOOD, "a-note.toml", {"disclosure"})
    assert (one.key, one.version, one.owner, one.text.body) == ("a-note", 1, "The team", "Some words.")


@pytest.mark.parametrize(
    "change, reason",
    [
        (('kind = "note"', 'kind = "song"'), "“kind” is “song”, not one of note, template, example"),
        (("version = 1", "version = 0"), "“version” is 0, which is not from 1 to 999"),
        (('"disclosure"', '"juggling"'), "“items” names “juggling”, which the scale does not have"),
        (("2027-11-30", "2027-11-31"), "“review_on” is “2027-11-31”, not a day like 2027-11-30"),
        (("2027-11-30", "30 November"), "“review_on” is “30 November”, not a day like 2027-11-30"),
        (('key = "a-note"', 'key = "new"'), "“key” is “new”, which is the address of another page"),
        (("Some words", "Some **words"), "“body”: “**” is not closed in “Some **words.”"),
        (('owner = "The team"\n', ""), "“owner” is missing"),
        (('owner = "The team"', 'owner = "The team"\ncolour = "red"'), "“colour” is not a known field"),
        (('"A note"', f'"{"x" * 121}"'), "“title” has 121 characters; it may have 120"),
    ],
)
def test_what_does_not_hold_is_refused_in_one_line(change: tuple[str, str], reason: str) -> None:
    assert change[0] in GOOD
    with pytest.raises(DefinitionError) as caught:
        load_material(GOOD.replace(*change), "a-note.toml", {"disclosure"})
    assert str(caught.value) == f"a-note.toml: {reason}"


def test_a_file_is_named_after_its_key(tmp_path: Path) -> None:
    (tmp_path / "other.toml").write_text(GOOD, encoding="utf-8")
    with pytest.raises(DefinitionError, match="named otherwise"):
        read_folder(tmp_path)


def test_every_item_has_a_note_of_substance() -> None:
    notes = [one for one in filed().values() if one.text.kind is Kind.NOTE]
    assert {item for one in notes for item in one.text.items} == set(item_titles())
    short = {one.key: count for one in notes if (count := word_count(read_blocks(one.text.body))) < 150}
    assert short == {}


def test_the_templates_that_users_ask_for_are_there() -> None:
    templates = {one.key for one in filed().values() if one.text.kind is Kind.TEMPLATE}
    asked = ("partnership-protocol", "honorary-contract-request", "letter-jobcentre", "service-pledge")
    assert {f"template-{name}" for name in asked} <= templates
    assert all(one.text.sources for one in filed().values())


def test_an_item_of_another_scale_leads_to_its_counterpart() -> None:
    assert base_items("programme-collaboration", "scr") == ("jobcentre-plus",)
    assert base_items("programme-collaboration") == ("jobcentre-plus",)  # where the scale is not known
    assert base_items("disclosure") == base_items("disclosure", "ips-25") == ("disclosure",)
    assert base_items("peer-support", "scr") == ()
    assert base_items("programme-collaboration", "ips-25") == ()
    assert base_items("disclosure", "no-such-scale") == ()


def test_every_item_of_every_scale_with_a_counterpart_has_a_material() -> None:
    for scale in registry().all():
        for item in scale.items:
            for base in base_items(item.key, scale.key):
                assert filed_under()[base], (scale.key, item.key)
