"""What the device works out by itself is what the server works out: offers, sources, and what is refused."""

from __future__ import annotations

import random
from pathlib import Path
from typing import Any

import pytest

from portal.core import clock
from portal.reviews.assessment.item_definition import item_definition
from portal.reviews.assessment.item_page import ROLE_TITLES
from portal.reviews.external.fieldwork_worksheets import worksheets
from portal.reviews.external.rules import sources
from portal.reviews.external.rules.notes import SOURCES, NoteDraft, NoteKind, problems_of
from portal.reviews.external.rules.plain_sight import identifying
from portal.reviews.external.rules.worksheet import Worksheet
from portal.reviews.external.rules.worksheet_answers import read_row
from portal.reviews.external.rules.worksheet_offers import informed, offers
from portal.reviews.external.rules.worksheet_writing import page_json
from portal.scales.registry import registry
from tests.support.node import run
from tests.support.random_rows import random_rows

HERE = Path(__file__).parent
ON_SITE = HERE.parents[2] / "portal" / "static" / "js" / "on-site"
ROWS = 12  # worksheets filled at random, of each
Row = dict[str, str]


def in_browser(module: str, calls: list[list[Any]]) -> list[Any]:
    """What functions of one of the client's modules give, in one run of node."""
    return run(HERE / "run_module.mjs", {"module": str(ON_SITE / module), "calls": calls})


def filled(seed: int) -> list[tuple[Worksheet, str, list[Row]]]:
    """Worksheets with rows at random, each on each of its scales."""
    chance = random.Random(seed)
    return [
        (sheet, scale, random_rows(sheet, chance, 12))
        for sheet in worksheets()
        for scale in sheet.scales
        for _ in range(ROWS)
    ]


def test_worksheets_offer_the_same_to_each_calculator_on_the_device() -> None:
    cases = filled(4)

    found = in_browser("offers.js", [["offers", [given(*case)]] for case in cases])

    assert any(found)
    for (sheet, scale, rows), made in zip(cases, found, strict=True):
        wanted = {
            key: {"entries": dict(offer.entries), "words": list(offer.words)}
            for key, offer in offers([(sheet, rows)], scale).items()
        }
        assert made == wanted, (sheet.key, scale, rows)


def given(sheet: Worksheet, scale: str, rows: list[Row]) -> dict[str, Any]:
    return {"sheet": page_json(sheet, scale), "rows": rows}


@pytest.mark.parametrize("key", registry().keys())
def test_the_device_finds_the_same_sources_missing(key: str) -> None:
    chance = random.Random(key)
    scale = registry().get(key)
    keys = [item.key for item in scale.items]
    notes = [(chance.choice(SOURCES), chance.sample(keys, chance.randint(0, 4))) for _ in range(20)]
    supplied = [chance.sample(keys, 2), []]
    sheets = [case for case in filled(23) if case[1] == key][:: ROWS // 2]
    counted = [(sheet.sources, informed(sheet, rows, key)) for sheet, _, rows in sheets]
    wanted = sources.coverage(scale, seen := sources.seen_by(notes, counted, supplied))

    case = {
        "items": [item_definition(scale, item) for item in scale.items],
        "notes": [{"source": source, "item_keys": found} for source, found in notes],
        "sheets": [given(*one) for one in sheets],
        "supplied": supplied,
    }
    [made] = run(HERE / "run_sources.mjs", {"module": str(ON_SITE / "sources.js"), "cases": [case]})

    assert made == {
        "seen": {item: sorted(codes) for item, codes in seen.items()},
        "items": [[row.item.number, list(row.missing)] for row in wanted],
        "sources": [
            [code, [item.number for item in lacking]]
            for code, lacking in sources.missing_by_source(wanted).items()
        ],
    }


def test_a_row_that_the_server_would_refuse_is_named_at_the_same_question() -> None:
    cases = filled(15)

    found = in_browser(
        "checks.js",
        [["rowProblems", page_json(sheet, scale), rows[0]] for sheet, scale, rows in cases if rows],
    )

    assert any(found)
    with_rows = [(sheet, rows[0]) for sheet, _, rows in cases if rows]
    for (sheet, first), made in zip(with_rows, found, strict=True):
        assert made == read_row(sheet, first)[1], (sheet.key, first)


TEXTS = [
    "Nothing to see",
    "write to jo.bloggs@nhs.net today",
    "https://example.org/a@b.co and more",
    "943 476 5919",
    "9434765919",
    "9434765918",
    "943-476-5919 was on the form",
    "+44 943 476 5919",
    "19434765919",
    "0113 496 0999",
    "4010232137",
    "x@y",
    "a@b.c@d.org",
    "@b.org",
    "<jo@b.org>",
    "+44 123 943 4765919",
    "1 943 476 5919 2",
]


def test_what_identifies_a_person_is_seen_on_the_device_as_on_the_server() -> None:
    assert in_browser("checks.js", [["identifying", text] for text in TEXTS]) == [
        identifying(text) or "" for text in TEXTS
    ]


@pytest.mark.parametrize("text", ["Well", "ring 943 476 5919", "x" * 50_001, "x" * 50_000])
@pytest.mark.parametrize("kind, role", [("interview", ""), ("interview", "client"), ("document", "")])
def test_a_note_that_the_server_would_refuse_is_named_at_the_same_field(
    text: str, kind: str, role: str
) -> None:
    today = clock.today()
    draft = NoteDraft(NoteKind(kind), today, role, "", "Heading", text)
    fields = {"kind": kind, "role": role, "heading": "Heading", "text": text, "taken_on": today.isoformat()}

    [made] = in_browser("checks.js", [["noteProblems", fields, ROLE_TITLES]])

    assert made == problems_of(draft, ROLE_TITLES, today)
