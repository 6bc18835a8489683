"""The worksheet file: what ships holds together, and what does not is refused in one line."""

from __future__ import annotations

import pytest

from portal.reviews.external.fieldwork_worksheets import FILE, worksheet, worksheets, worksheets_for
from portal.reviews.external.rules.worksheet import AnswerKind
from portal.reviews.external.rules.worksheet_answers import Unreadable, answer_words, read_answer, read_row
from portal.reviews.external.rules.worksheet_loader import load_worksheets
from portal.scales.registry import registry
from portal.scales.rules.errors import DefinitionError

SMALL = """
format = 1
[[worksheets]]
key = "tally"
title = "Tally"
short = "Tally"
summary = "A tally."
noun = "row"
nouns = "rows"
start = 2
scales = ["ips-25"]
sources = ["DOC"]
[[worksheets.questions]]
key = "clients"
kind = "whole"
label = "Clients"
[[worksheets.questions]]
key = "posts"
kind = "number"
label = "Posts"
[[worksheets.questions]]
key = "log"
kind = "choice"
label = "Log"
choices = { weekly = "Every week", never = "Never" }
[[worksheets.measures]]
key = "ratio"
title = "Ratio"
kind = "pair"
of = ["clients", "posts"]
says = "{top} over {bottom}: {average}"
[[worksheets.measures.outputs]]
item = "caseload-size"
inputs = { clients = "numerator", fte = "denominator" }
[[worksheets.measures]]
key = "weekly"
title = "Weekly"
kind = "chosen"
of = ["log"]
values = ["weekly"]
[[worksheets.measures.outputs]]
item = "employer-contact-frequency"
facts = { log-weekly = "at least 1" }
"""


def load(text: str) -> None:
    load_worksheets(text, "worksheets.toml", registry().get)


def test_the_worksheets_that_ship_hold_together() -> None:
    assert [sheet.key for sheet in worksheets()] == [
        "records",
        "employer-contacts",
        "caseload",
        "time",
        "jobs",
        "primary-records",
        "primary-employers",
        "primary-caseload",
        "primary-time",
        "primary-jobs",
    ]
    assert FILE.name == "worksheets.toml"
    assert worksheets_for("ips-25") == worksheets_for("ips-25-ad") == worksheets()[:5]
    assert worksheets_for("thrive-24") == worksheets_for("scr") == worksheets()[5:]
    assert worksheets_for("ips-15") == ()
    assert worksheet("no-such") is None


@pytest.mark.parametrize(
    ("scale_key", "by_hand"),
    [
        ("ips-25", set()),
        ("ips-25-ad", set()),
        # what no sample of records or tally tells: asked of the people who keep these figures
        ("thrive-24", {("sharing-information", "decided"), ("sharing-information", "applicants")}),
        ("scr", {("zero-exclusion", "turned-away"), ("zero-exclusion", "randomised")}),
    ],
)
def test_every_calculator_with_counts_is_filled_by_a_worksheet(
    scale_key: str, by_hand: set[tuple[str, str]]
) -> None:
    scale = registry().get(scale_key)
    filled = {
        (output.item, name)
        for sheet in worksheets_for(scale_key)
        for measure in sheet.measures
        for output in measure.outputs
        for name in output.inputs
        if scale_key in output.scales
    }

    assert filled | by_hand == {(item.key, entry.key) for item in scale.items for entry in item.rule.inputs}
    assert not filled & by_hand


def test_every_question_feeds_a_measure() -> None:
    for sheet in worksheets():
        used = {key for measure in sheet.measures for key in measure.of}
        assert used == {question.key for question in sheet.questions}, sheet.key


def test_a_small_file_is_taken() -> None:
    load(SMALL)


@pytest.mark.parametrize(
    ("old", "new", "reason"),
    [
        ("format = 1", "format = 2", "“format” must be 1"),
        ('item = "caseload-size"', 'item = "caseload"', "ips-25 has no item “caseload”"),
        ("fte = ", "posts = ", "“caseload-size” of ips-25 does not ask for “posts”"),
        ('["clients", "posts"]', '["clients", "post"]', "asks for “post”, which is not a question here"),
        ('["clients", "posts"]', '["clients", "log"]', "cannot use the answers to “log”"),
        ('["clients", "posts"]', '["clients"]', "“ratio” needs 2 questions"),
        ('scales = ["ips-25"]', 'scales = ["ips-99"]', "there is no scale “ips-99”"),
        ('"at least 1"', '"mostly"', "must be like “at least 1/2”"),
        ('"at least 1"', '"at least 3/2"', "must be like “at least 1/2”"),
        ('values = ["weekly"]', 'values = ["daily"]', "has “daily”, which is not a choice"),
        ("{average}", "{mean}", "must put the figure into words"),
        ('key = "posts"', 'key = "clients"', "“clients” stands twice in the questions of “tally”"),
        ('key = "weekly"', 'key = "ratio"', "“ratio” stands twice in the measures of “tally”"),
        (
            'facts = { log-weekly = "at least 1" }',
            'inputs = { weeks = "per-row" }',
            "belong to a measure of cells",
        ),
        ('label = "Posts"', 'label = "Posts"\nat_most = "log"', "needs two questions for a number"),
        ('sources = ["DOC"]', 'sources = ["XYZ"]', "has “XYZ”, not one of MIS, DOC, INT, OBS, ISP"),
        ('kind = "number"', 'kind = "amount"', "not one of date, yes-no"),
        ('label = "Posts"', 'label = "Posts"\ncolour = "red"', "is not a known field"),
        (
            'item = "employer-contact-frequency"\nfacts = { log-weekly = "at least 1" }',
            'item = "caseload-size"\ninputs = { clients = "numerator" }',
            "two measures fill “clients” of “caseload-size” (ips-25)",
        ),
        ("format = 1", "format = ", "worksheets.toml"),
    ],
)
def test_what_does_not_hold_is_refused_with_file_and_reason(old: str, new: str, reason: str) -> None:
    assert old in SMALL

    with pytest.raises(DefinitionError) as refused:
        load(SMALL.replace(old, new, 1))

    assert reason in str(refused.value)
    assert "worksheets.toml" in str(refused.value)
    assert "\n" not in str(refused.value)


RECORDS = next(sheet for sheet in worksheets() if sheet.key == "records")


@pytest.mark.parametrize(
    ("key", "typed", "stored"),
    [
        ("joined", "2026-03-27", "2026-03-27"),
        ("joined", " 27/3/2026 ", "2026-03-27"),
        ("joined", "7.3.2026", "2026-03-07"),
        ("joined", "", ""),
        ("joined", "1990-01-01", "1990-01-01"),
        ("joined", "2100-12-31", "2100-12-31"),
        ("supported", "na", "na"),
        ("contacts", "1,200", "1200"),
        ("contacts", "0", "0"),
        ("status", "working", "working"),
    ],
)
def test_answers_are_stored_in_one_way(key: str, typed: str, stored: str) -> None:
    assert read_answer(RECORDS.question(key), typed) == stored


@pytest.mark.parametrize(
    ("key", "typed", "words"),
    [
        ("joined", "2026-02-30", "enter a real date"),
        ("joined", "yesterday", "enter a real date"),
        ("joined", "1989-12-31", "check the year 1989"),
        ("joined", "2101-01-01", "check the year 2101"),
        ("joined", "0226-03-27", "check the year 226"),
        ("supported", "maybe", "choose yes, no or not applicable"),
        ("contacts", "2.5", "enter a whole number, like 12"),
        ("contacts", "-1", "enter 0 or more"),
        ("contacts", "many", "enter a whole number, like 12"),
        ("status", "moved", "choose one from the list"),
    ],
)
def test_answers_that_cannot_be_read_say_what_to_enter(key: str, typed: str, words: str) -> None:
    question = RECORDS.question(key)

    with pytest.raises(Unreadable, match=words) as refused:
        read_answer(question, typed)

    assert str(refused.value).startswith(question.label)


@pytest.mark.parametrize(("matching", "taken"), [("4", True), ("5", True), ("6", False)])
def test_a_part_is_never_more_than_its_whole(matching: str, taken: bool) -> None:
    _, problems = read_row(RECORDS, {"contacts": "5", "contacts-matching": matching})

    assert (problems == {}) == taken


@pytest.mark.parametrize(("length", "taken"), [(119, True), (120, True), (121, False)])
def test_texts_have_a_longest_length(length: int, taken: bool) -> None:
    jobs = next(sheet for sheet in worksheets() if sheet.key == "jobs")

    _, problems = read_row(jobs, {"type": "x" * length})

    assert (problems == {}) == taken


def test_answers_are_shown_in_words() -> None:
    assert answer_words(RECORDS.question("supported"), "na") == "Not applicable"
    assert answer_words(RECORDS.question("status"), "closed") == "Recently closed"
    assert RECORDS.question("joined").kind is AnswerKind.DATE
    assert answer_words(RECORDS.question("contacts"), "7") == "7"
