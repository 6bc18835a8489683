"""Questionnaires are read strictly, answers are checked, and reminders, years and codes have their edges."""

from __future__ import annotations

from datetime import date, timedelta
from pathlib import Path

import pytest

from portal.accounts.rules.roles import Role
from portal.scales.rules.errors import DefinitionError
from portal.surveys.registry import questionnaires, read_folder
from portal.surveys.rules.answering import LONGEST_TEXT, cleaned, parted, problems
from portal.surveys.rules.bars import bars
from portal.surveys.rules.codes import TRIES, new_code, normal, refused, written
from portal.surveys.rules.draft import LONGEST_DAYS, MOST_CODES, SurveyDraft, Way, closing_problem
from portal.surveys.rules.groups import MOST_PEOPLE, GroupRecord
from portal.surveys.rules.rating import satisfaction_rate, year_of
from portal.surveys.rules.reading import load_questionnaire
from portal.surveys.rules.reminding import due
from portal.surveys.rules.suppressing import tallies

TODAY = date(2026, 11, 22)
TEXT = """key = "short"
version = 1
title = "Short"
about = "About it"
[[sections]]
title = "One"
[[sections.questions]]
key = "rate"
kind = "satisfaction"
text = "Rate it"
needed = true
[[sections.questions]]
key = "pick"
kind = "choice"
text = "Pick"
options = [{ key = "a", text = "A" }, { key = "b", text = "B" }]
[[sections.questions]]
key = "any"
kind = "several"
text = "Any"
options = [{ key = "a", text = "A" }, { key = "b", text = "B" }]
[[sections.questions]]
key = "say"
kind = "text"
text = "Say"
[[sources]]
document = "Somewhere"
section = "1"
"""
SHORT = load_questionnaire(TEXT, "short.toml")


def test_our_own_questionnaires_are_read() -> None:
    found = questionnaires()
    assert set(found) == {"data-tool-feedback", "yearly-satisfaction"}
    yearly = found["yearly-satisfaction"]
    assert yearly.indicator is not None
    assert yearly.indicator.key == "overall"
    assert [question.key for question in yearly.groupings] == ["role", "part-of-england"]
    assert all(one.sources for one in found.values())


@pytest.mark.parametrize(
    "old, new, said",
    [
        ('title = "Short"', 'title = "Short"\nextra = 1', "extra"),
        ('key = "short"', 'key = "Short one"', "lower-case"),
        ('kind = "choice"', 'kind = "guess"', "not one of"),
        ('key = "pick"', 'key = "rate"', "twice"),
        ('text = "Pick"', 'text = ""', "empty"),
        ('{ key = "a", text = "A" }, ', "", "2 to 15"),
        ('{ key = "b", text = "B" }', '{ key = "a", text = "B" }', "its own key"),
        ('text = "Say"', 'text = "Say"\ngroup = true', "kind choice"),
        ('text = "Pick"', 'text = "Pick"\nindicator = true', "kind satisfaction"),
        ("needed = true", 'needed = "yes"', "true or false"),
        ("version = 1", "version =", "TOML"),
    ],
)
def test_a_file_with_a_fault_is_refused_in_one_line(old: str, new: str, said: str) -> None:
    assert old in TEXT
    with pytest.raises(DefinitionError) as error:
        load_questionnaire(TEXT.replace(old, new, 1), "short.toml")
    assert said in str(error.value)
    assert "short.toml" in str(error.value)
    assert "\n" not in str(error.value)


def test_a_file_is_named_after_its_key(tmp_path: Path) -> None:
    (tmp_path / "other.toml").write_text(TEXT)
    with pytest.raises(DefinitionError, match="named otherwise"):
        read_folder(tmp_path)


def test_answers_are_cleaned_and_texts_parted_from_choices() -> None:
    raw = {"rate": " good ", "pick": "", "any": ["b", "a"], "say": " words ", "other": "x"}
    answers = cleaned(SHORT, raw)
    assert answers == {"rate": "good", "any": ("a", "b"), "say": "words"}
    assert parted(SHORT, answers) == ({"rate": "good", "any": ("a", "b")}, {"say": "words"})


@pytest.mark.parametrize(
    "answers, wrong",
    [
        ({"rate": "good"}, set()),
        ({}, {"rate"}),
        ({"rate": "superb"}, {"rate"}),
        ({"rate": "good", "pick": "c"}, {"pick"}),
        ({"rate": "good", "any": ("a", "c")}, {"any"}),
        ({"rate": "good", "say": "x" * LONGEST_TEXT}, set()),
        ({"rate": "good", "say": "x" * (LONGEST_TEXT + 1)}, {"say"}),
    ],
)
def test_what_an_answer_must_hold(answers: dict[str, str], wrong: set[str]) -> None:
    assert set(problems(SHORT.questions, answers)) == wrong


@pytest.mark.parametrize("days, said", [(-1, False), (0, False), (1, True), (LONGEST_DAYS, True)])
def test_the_last_day_lies_ahead(days: int, said: bool) -> None:
    assert (closing_problem(TODAY + timedelta(days=days), TODAY) == "") is said
    assert closing_problem(TODAY + timedelta(days=LONGEST_DAYS + 1), TODAY)
    assert closing_problem(None, TODAY)


@pytest.mark.parametrize(
    "wrong, field",
    [
        ({"questionnaire": "none"}, "questionnaire"),
        ({"title": ""}, "title"),
        ({"title": "x" * 161}, "title"),
        ({"way": Way.LINK, "anonymous": False}, "anonymous"),
        ({"roles": (Role.BUYER,)}, "roles"),
        ({"way": Way.CODES}, "codes"),
        ({"way": Way.CODES, "codes": 0}, "codes"),
        ({"way": Way.CODES, "codes": MOST_CODES + 1}, "codes"),
        ({"closes_on": TODAY}, "closes_on"),
    ],
)
def test_a_draft_with_a_fault_names_its_field(wrong: dict[str, object], field: str) -> None:
    right = {"questionnaire": "short", "title": "T", "way": Way.INVITED, "anonymous": True}
    right["closes_on"] = TODAY + timedelta(days=1)
    assert SurveyDraft(**right).problems({"short"}, TODAY) == {}  # type: ignore[arg-type]  # mixed on purpose
    assert set(SurveyDraft(**(right | wrong)).problems({"short"}, TODAY)) == {field}  # type: ignore[arg-type]  # mixed on purpose


@pytest.mark.parametrize(
    "today, invited, reminded, is_due",
    [
        (12, 1, None, False),
        (13, 1, None, True),
        (14, 1, None, True),
        (13, 13, None, False),  # just invited
        (13, 12, None, True),
        (14, 1, 13, False),
        (17, 1, 13, False),
        (18, 1, 13, True),
        (18, 1, 18, False),
        (20, 1, 18, False),
        (20, 1, 17, True),  # nobody was there to send it
        (21, 1, None, False),  # closed
    ],
)
def test_reminders_fall_due_a_week_and_two_days_before(
    today: int, invited: int, reminded: int | None, is_due: bool
) -> None:
    told = None if reminded is None else date(2026, 11, reminded)
    assert due(date(2026, 11, invited), told, date(2026, 11, 20), date(2026, 11, today)) is is_due


@pytest.mark.parametrize(
    "day, year", [(date(2026, 3, 31), 2025), (date(2026, 4, 1), 2026), (date(2026, 12, 31), 2026)]
)
def test_the_financial_year_starts_in_april(day: date, year: int) -> None:
    assert year_of(day) == year


@pytest.mark.parametrize(
    "surveys, good, of",
    [
        ([["good"] * 4], 0, 0),
        ([["good"] * 5], 5, 5),
        ([["good", "excellent", "fair", "poor", "very-poor"], ["excellent"] * 4], 2, 5),
        ([["poor"] * 5, ["good"] * 6], 6, 11),
        ([], 0, 0),
    ],
)
def test_the_indicator_counts_good_and_excellent(surveys: list[list[str]], good: int, of: int) -> None:
    found = satisfaction_rate(surveys)
    assert (found.numerator, found.denominator) == (good, of)


def test_codes_are_read_as_they_are_written() -> None:
    code = new_code(lambda signs: signs[-1])
    assert written(code) == "99999-99999"
    assert normal(" 99999–99999 ") == code
    assert normal("abcde-23456") == "ABCDE23456"
    assert [refused(TRIES + more) for more in (-1, 0, 1)] == [False, True, True]


@pytest.mark.parametrize(
    "people, right", [(0, False), (1, True), (MOST_PEOPLE, True), (MOST_PEOPLE + 1, False)]
)
def test_a_focus_group_has_people(people: int, right: bool) -> None:
    record = GroupRecord("Topic", TODAY, "Leeds", people, "Notes")
    assert (record.problems(TODAY) == {}) is right


@pytest.mark.parametrize(
    "record, field",
    [
        (GroupRecord("", TODAY, "Leeds", 3, "Notes"), "topic"),
        (GroupRecord("T", None, "Leeds", 3, "Notes"), "held_on"),
        (GroupRecord("T", TODAY + timedelta(days=1), "Leeds", 3, "Notes"), "held_on"),
        (GroupRecord("T", TODAY, "", 3, "Notes"), "place"),
        (GroupRecord("T", TODAY, "Leeds", 3, ""), "notes"),
        (GroupRecord("T", TODAY, "Leeds", 3, "N", ("x" * 201,)), "themes"),
    ],
)
def test_a_focus_group_with_a_fault_names_its_field(record: GroupRecord, field: str) -> None:
    assert set(record.problems(TODAY)) == {field}


def test_bars_have_every_answer_in_their_table_and_none_of_what_is_hidden() -> None:
    rate = tallies(SHORT, [{"rate": "good"}] * 5)[0]
    figure = bars(rate)
    assert figure is not None
    assert figure.rows[3] == ("Good", "5")
    assert "Good: 5" in figure.svg
    assert bars(tallies(SHORT, [{"pick": "a"}] * 5)[0]) is None
