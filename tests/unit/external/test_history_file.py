"""Past reviews in a spreadsheet: what is read, and every problem with its row and column."""

from __future__ import annotations

import uuid
from collections.abc import Sequence
from datetime import date

import pytest

from portal.reviews.assessment.rules.workflow import Kind
from portal.reviews.external.rules.past_columns import letter
from portal.reviews.external.rules.past_file import read_past
from portal.reviews.external.rules.past_review import Ground, KnownService, PastFile
from portal.reviews.external.rules.past_values import Written
from portal.scales.registry import registry

TODAY = date(2026, 11, 22)
ALDER = KnownService(uuid.uuid4(), "alder-ips", "Alder IPS", "ips-25")
BIRCH = KnownService(uuid.uuid4(), "birch-ips", "Birch & Co’s IPS")
TWIN = KnownService(uuid.uuid4(), "twin-one", "Twin"), KnownService(uuid.uuid4(), "twin-two", "Twin")
HEADINGS = ["Service", "Date", "Kind", "Scale", "Reviewers", *map(str, range(1, 26)), "Total"]
Rows = Sequence[Sequence[str]]


def row(service: str = "alder-ips", on: str = "2024-03-27", kind: str = "external", **more: str) -> list[str]:
    ratings = [more.pop(f"n{number}", "4") for number in range(1, 26)]
    given = [more.pop("scale", ""), more.pop("reviewers", "A, B")]
    total = more.pop("total", "")
    assert not more
    return [service, on, kind, *given, *ratings, total]


def read(*rows: Sequence[str], first: int = 1) -> PastFile:
    services = (ALDER, BIRCH, *TWIN)
    return read_past(list(enumerate(rows, first)), Ground(services, registry().all(), TODAY))


def problems(*rows: Sequence[str]) -> list[str]:
    found = read(*rows)
    return [str(problem) for problem in found.problems]


def test_a_row_is_a_review_with_its_total_and_band() -> None:
    found = read(HEADINGS, row(n7="1", total="97"))
    assert found.problems == []
    (review,) = found.reviews
    assert (review.service, review.on, review.kind) == (ALDER, date(2024, 3, 27), Kind.EXTERNAL)
    assert (review.scale.key, review.reviewers, review.line) == ("ips-25", "A, B", 2)
    assert (review.result.total, review.result.band and review.result.band.key) == (97, "fair")
    assert review.ratings[review.scale.items[6].key] == 1
    assert len(review.ratings) == 25


@pytest.mark.parametrize(("total", "band"), [(99, "fair"), (100, "good"), (101, "good")])
def test_the_band_is_that_of_the_total_at_its_edge(total: int, band: str) -> None:
    (review,) = read(HEADINGS, row(n1=str(4 + total - 100))).reviews
    assert review.result.band
    assert (review.result.total, review.result.band.key) == (total, band)


def test_the_ways_in_which_dates_were_written_are_told() -> None:
    found = read(HEADINGS, row(), row(on="03/04/2024"))
    assert found.written == {Written.ISO, Written.UK}


@pytest.mark.parametrize("name", ["alder-ips", "Alder IPS", "ALDER  ips"])
def test_a_service_is_found_by_key_and_by_name(name: str) -> None:
    assert [review.service for review in read(HEADINGS, row(name)).reviews] == [ALDER]


def test_a_service_with_an_apostrophe_is_found_however_it_is_typed() -> None:
    for name in ("Birch & Co’s IPS", "birch & co's ips"):
        assert [r.service for r in read(HEADINGS, row(name, scale="ips-25")).reviews] == [BIRCH]


def test_a_service_that_is_not_known_gets_a_hint() -> None:
    (problem,) = problems(HEADINGS, row("Aldr IPS"))
    assert problem.startswith("row 2, column A (Service): there is no service “Aldr IPS”")
    assert problem.endswith("Did you mean “Alder IPS”?")


def test_two_services_of_one_name_are_told_apart_by_key() -> None:
    (problem,) = problems(HEADINGS, row("Twin", scale="ips-25"))
    assert "write its key, one of twin-one, twin-two" in problem
    assert problems(HEADINGS, row("twin-two", scale="ips-25")) == []


def test_the_scale_is_the_programmes_where_none_is_given() -> None:
    assert read(HEADINGS, row()).reviews[0].scale.key == "ips-25"
    assert problems(HEADINGS, row("birch-ips")) == [
        "row 2, column D (Scale): no scale is given, and the service’s programme names none"
    ]


@pytest.mark.parametrize("name", ["ips-25-ad", "IPS-25 drug and alcohol", "IPS-25 Drug and Alcohol"])
def test_a_scale_is_found_by_key_and_by_title(name: str) -> None:
    assert read(HEADINGS, row(scale=name)).reviews[0].scale.key == "ips-25-ad"


def test_an_unknown_and_an_incomplete_scale_are_problems() -> None:
    assert "“IPS-99” is no scale: write one of ips-15" in problems(HEADINGS, row(scale="IPS-99"))[0]
    assert "SEQF is incomplete here and never scored" in problems(HEADINGS, row(scale="seqf"))[0]


def test_a_scale_kept_for_past_results_is_read() -> None:
    cells = row(scale="IPS-15", **{f"n{number}": "" for number in range(16, 26)})
    assert read(HEADINGS, cells).reviews[0].result.maximum == 75


def test_a_rating_under_an_item_that_the_scale_has_not_is_a_problem() -> None:
    (problem,) = problems(HEADINGS, row(scale="IPS-15", **{f"n{number}": "" for number in range(17, 26)}))
    assert problem == "row 2, column U (16): IPS-15 has no such item"


@pytest.mark.parametrize("style", ["number", "key", "section", "us", "title", "numbered title", "item"])
def test_item_columns_go_by_any_of_their_names(style: str) -> None:
    scale = registry().get("ips-25")
    prefixes = {section.key: section.prefix for section in scale.sections}
    names = {
        "number": [str(item.number) for item in scale.items],
        "key": [item.key for item in scale.items],
        "section": [f"{item.section}-{item.number_in_section}" for item in scale.items],
        "us": [f"{prefixes[item.section]} {item.number_in_section}" for item in scale.items],
        "title": [item.title for item in scale.items],
        "numbered title": [f"{item.number}. {item.title}" for item in scale.items],
        "item": [f"Item {item.number}" for item in scale.items],
    }[style]
    heading = ["Service", "Date", "Kind", "Scale", "Reviewers", *names, "Total"]
    (review,) = read(heading, row(n7="2")).reviews
    assert [key for key, rating in review.ratings.items() if rating == 2] == [scale.items[6].key]


@pytest.mark.parametrize(
    ("text", "problem"),
    [
        ("0", "0 is outside 1 to 5"),
        ("6", "6 is outside 1 to 5"),
        ("3.5", "“3.5” is not a whole number"),
        ("n/a", "“n/a” is not a whole number"),
        ("-", "“-” is not a whole number"),
        ("٣", "“٣” is not a whole number"),
    ],
)
def test_a_cell_that_is_no_rating_is_named_with_its_row_and_column(text: str, problem: str) -> None:
    assert problems(HEADINGS, row(), row(on="2023-01-01", n3=text)) == [f"row 3, column H (3): {problem}"]


@pytest.mark.parametrize("text", ["1", "5", "3.0"])
def test_a_rating_at_the_edge_of_its_range_is_read(text: str) -> None:
    assert problems(HEADINGS, row(n3=text)) == []


def test_items_without_a_rating_are_told_in_one_line() -> None:
    assert problems(HEADINGS, row(n3="", n9="")) == [
        "row 2, column H, N: not rated: items 3, 9 of IPS-25. A past review needs every item"
    ]


@pytest.mark.parametrize(("total", "wrong"), [("99", True), ("100", False), ("101", True), ("100.0", False)])
def test_a_total_that_differs_from_the_sum_names_both(total: str, wrong: bool) -> None:
    told = [f"row 2, column AE (Total): the total given is {total}, and the ratings come to 100"]
    assert problems(HEADINGS, row(total=total)) == (told if wrong else [])


def test_the_same_review_twice_in_the_file_is_a_problem() -> None:
    other = row(on="2024-03-28"), row(kind="guided"), row(scale="ips-25-ad")
    assert problems(HEADINGS, row(), *other, row("Alder IPS", on="27/03/2024", n1="5")) == [
        "row 6: Alder IPS, IPS-25, External fidelity review, 2024-03-27 is already in row 2"
    ]


def test_every_problem_is_told_at_once() -> None:
    found = problems(HEADINGS, row("Nowhere", on="soon", kind="odd", scale="x"), row(n1="9", total="7"))
    assert len(found) == 6
    assert [text.split(",")[0] for text in found] == ["row 2"] * 4 + ["row 3"] * 2


def test_of_a_file_with_a_problem_the_good_rows_are_still_counted() -> None:
    found = read(HEADINGS, row(), row(n1="9", on="2023-01-01"))
    assert (len(found.reviews), len(found.problems)) == (1, 1)


def test_headings_are_found_below_a_title_and_below_merged_cells() -> None:
    title = ["Fidelity reviews 2020 to 2024"]
    groups = ["The review", "", "", "", "", "Ratings", *[""] * 24, "Result"]
    found = read(title, groups, HEADINGS, row())
    assert (found.problems, len(found.reviews), found.heading_line) == ([], 1, 3)


def test_headings_on_two_rows_are_read_together() -> None:
    above = [*HEADINGS[:5], "Ratings", *[""] * 24, "Total"]
    below = ["", "", "", "", "", *map(str, range(1, 26)), ""]
    found = read(above, below, row(total="100"))
    assert (found.problems, len(found.reviews), found.heading_line) == ([], 1, 2)


def test_a_row_of_ratings_alone_is_no_second_heading() -> None:
    found = problems(HEADINGS, ["", "", "", "", "", *["4"] * 25, ""])
    assert [text.split(": ")[1] for text in found] == [
        "no service is given",
        "no date is given",
        "no kind is given",
    ]


def test_blank_rows_and_outer_blanks_do_not_matter() -> None:
    found = read(["", " "], HEADINGS, [" "] * 31, [f" {cell} " for cell in row()], [""])
    assert (found.problems, found.reviews[0].line) == ([], 4)


def test_several_columns_of_reviewers_are_joined() -> None:
    heading = ["Service", "Date", "Kind", "Reviewer 1", "Reviewer 2", *map(str, range(1, 26))]
    cells = ["alder-ips", "2024-03-27", "external", "Ann", "Ben", *["4"] * 25]
    assert read(heading, cells).reviews[0].reviewers == "Ann, Ben"


@pytest.mark.parametrize(("length", "wrong"), [(199, False), (200, False), (201, True)])
def test_more_reviewers_than_there_is_room_for_are_a_problem(length: int, wrong: bool) -> None:
    assert bool(problems(HEADINGS, row(reviewers="x" * length))) is wrong


@pytest.mark.parametrize(
    ("heading", "told"),
    [
        (["Service", "Date", "1"], "column Kind: there is no column “Kind”"),
        (["Service", "Date", "Kind", "Date of review"], "columns B and D both say that they hold the date"),
        (["Service", "Date", "Kind", "Colour"], "column D (Colour): this is no column of the template"),
        (["Service", "Date", "Kind", "26"], "column D (26): this is no column of the template"),
    ],
)
def test_headings_that_do_not_fit_are_told(heading: Sequence[str], told: str) -> None:
    (problem,) = problems(heading, ["alder-ips", "2024-03-27", "external", "4"])
    assert told in problem


def test_two_columns_of_one_item_are_a_problem() -> None:
    (problem,) = problems([*HEADINGS, "Staff 1"], [*row(), "4"])
    assert problem == "row 2, column F (1) and AF (Staff 1): both columns hold item 1 of IPS-25"


@pytest.mark.parametrize("rows", [[], [["a", "b"]], [["Service", "Kind"], ["x", "y"]]])
def test_a_file_without_headings_is_told_so(rows: Rows) -> None:
    (problem,) = problems(*rows)
    assert "no row of headings was found" in problem


def test_a_file_of_headings_only_is_told_so() -> None:
    assert problems(HEADINGS) == ["row 1: there is no row below the headings"]


def test_cells_beyond_the_headings_are_a_problem() -> None:
    assert problems(HEADINGS, [*row(), "stray"]) == ["row 2, column AF: there are more cells than headings"]


@pytest.mark.parametrize(
    ("place", "name"), [(0, "A"), (25, "Z"), (26, "AA"), (51, "AZ"), (52, "BA"), (701, "ZZ")]
)
def test_columns_have_the_letters_of_a_spreadsheet(place: int, name: str) -> None:
    assert letter(place) == name
