"""A report built from a hand-worked assessment of 25 items."""

from __future__ import annotations

from datetime import date
from fractions import Fraction

import pytest

from portal.reviews.assessment.rules.report import Report, Step, in_words
from portal.reviews.assessment.rules.reporting import Before, BeforeBoth, Head, Told, build
from portal.reviews.assessment.rules.settlement import Response, Settled
from portal.reviews.assessment.rules.workflow import Kind
from portal.scales.registry import registry
from portal.scales.rules.definition import Scale

IPS = "ips-25"
TODAY = date(2026, 11, 22)
# Staffing 5 4 3 = 12; organisation 4 4 2 5 4 4 4 4 = 31;
# services 4 4 3 1 4 4 4 4 4 4 4 4 5 4 = 53; in all 96.
RATINGS = [5, 4, 3, 4, 4, 2, 5, 4, 4, 4, 4, 4, 4, 3, 1, 4, 4, 4, 4, 4, 4, 4, 4, 5, 4]


def scale_of(key: str = IPS) -> Scale:
    return registry().get(key)


def head(kind: Kind = Kind.GUIDED, *, imported: bool = False) -> Head:
    steps = (Step("Started by", "Ann Archer", date(2026, 11, 1)),)
    period = (date(2026, 8, 1), date(2026, 10, 31))
    return Head(
        "K7MQ-3RTX-9HWD-CJ4N-PVGY",
        "bridge-ips",
        "Bridge IPS",
        "Bridge Trust",
        kind,
        imported,
        *period,
        TODAY,
        steps,
    )


def agreed(ratings: list[int], scale: Scale | None = None) -> dict[str, Settled]:
    items = (scale or scale_of()).items
    return {item.key: Settled(r, r, r, agreed=True) for item, r in zip(items, ratings, strict=True)}


def report(
    ratings: list[int] | None = None,
    told: dict[str, Told] | None = None,
    before: BeforeBoth | None = None,
    kind: Kind = Kind.GUIDED,
    **settled: Settled,
) -> Report:
    whole = agreed(ratings or RATINGS) | {name.replace("_", "-"): value for name, value in settled.items()}
    return build(head(kind), scale_of(), whole, told or {}, before or BeforeBoth())


def before(
    ratings: list[int], on: date = date(2025, 11, 1), kind: Kind = Kind.GUIDED, band: str = "Good fidelity"
) -> Before:
    by_key = {item.key: rating for item, rating in zip(scale_of().items, ratings, strict=True)}
    return Before(kind, on, sum(ratings), band, by_key)


def test_totals_sections_band_and_share_are_those_worked_by_hand() -> None:
    made = report()
    assert (made.total, made.lowest, made.maximum) == (96, 25, 125)
    assert [(s.key, s.total, s.maximum) for s in made.sections] == [
        ("staffing", 12, 15),
        ("organisation", 31, 40),
        ("services", 53, 70),
    ]
    assert made.band is not None
    assert (made.band.key, made.band.lowest, made.band.highest) == ("fair", 74, 99)
    assert made.share == Fraction(96, 125)
    assert made.to_next is not None
    assert (made.to_next[0].key, made.to_next[1]) == ("good", 4)


@pytest.mark.parametrize(
    "total,band,away",
    [
        (73, "not-ips", 1), (74, "fair", 26), (75, "fair", 25),
        (99, "fair", 1), (100, "good", 15), (101, "good", 14),
        (114, "good", 1), (115, "exemplary", None), (116, "exemplary", None),
    ],
)  # fmt: skip
def test_each_band_begins_at_its_edge(total: int, band: str, away: int | None) -> None:
    ratings = [total // 25 + (1 if place < total % 25 else 0) for place in range(25)]
    made = report(ratings)
    assert made.total == total
    assert made.band is not None
    assert made.band.key == band
    assert (made.to_next[1] if made.to_next else None) == away


def test_every_item_says_its_anchor_and_the_next_step() -> None:
    made = report()
    scale = scale_of()
    for item, rating, known in zip(made.items, RATINGS, scale.items, strict=True):
        assert item.rating == rating
        assert item.anchor == known.anchors[rating]
        assert item.recommendation == known.next_steps.get(rating, "")
        assert (rating == 5) == (item.recommendation == "")
    assert made.item(15).other_number == "Serv 4"


def test_the_best_three_and_the_lowest_three_are_named_without_a_last_time() -> None:
    made = report()
    assert made.highlights == (1, 7, 24)
    assert made.priorities == (15, 6, 3)
    assert made.compared_with is None
    assert made.change is None
    assert all(item.change is None for item in made.items)


def test_what_rose_most_comes_first_among_the_best_and_what_fell_most_among_the_lowest() -> None:
    last = list(RATINGS)
    last[23] = 3  # item 24 rose by 2
    last[6] = 4  # item 7 rose by 1
    last[13] = 4  # item 14 fell by 1, item 3 stayed
    made = report(before=BeforeBoth(own=before(last)))
    assert made.highlights == (24, 7, 1)
    assert made.priorities == (15, 6, 14)
    assert made.change == 96 - sum(last) == 2
    assert [item.number for item in made.moved(1)] == [7, 24]
    assert [item.number for item in made.moved(-1)] == [14]
    assert len(made.moved(0)) == 22


@pytest.mark.parametrize("rating,well,weak", [(3, 0, 3), (4, 3, 3), (5, 3, 0)])
def test_nothing_below_four_is_called_done_well_and_nothing_at_five_a_priority(
    rating: int, well: int, weak: int
) -> None:
    made = report([rating] * 25)
    assert (len(made.highlights), len(made.priorities)) == (well, weak)
    assert not set(made.highlights) & set(made.priorities)


def test_changes_are_counted_from_the_newest_of_own_and_external() -> None:
    both = BeforeBoth(
        own=before([4] * 25, date(2025, 1, 1)),
        external=before([3] * 25, date(2025, 6, 1), Kind.EXTERNAL, "Fair fidelity"),
    )
    made = report([5] * 25, before=both)
    assert made.compared_with == made.external
    assert made.change == 50
    assert {(item.last_own, item.last_external, item.change) for item in made.items} == {(4, 3, 2)}
    assert [section.last for section in made.sections] == [9, 24, 42]


def test_an_item_unknown_last_time_has_no_change_and_its_section_no_last_total() -> None:
    last = before([4] * 25)
    short = Before(
        last.kind, last.on, 96, None, {k: v for k, v in last.ratings.items() if k != "caseload-size"}
    )
    made = report(before=BeforeBoth(own=short))
    assert made.item(1).change is None
    assert made.sections[0].last is None
    assert made.sections[1].last == 32


@pytest.mark.parametrize(
    "settled,told,outcome",
    [
        (Settled(4, 4, None, agreed=True), Told(), "not-proposed"),
        (Settled(4, 4, 4, agreed=True), Told(), "same"),
        (Settled(3, 4, 3, agreed=True), Told(response=Response.ACCEPTED), "accepted"),
        (Settled(4, 4, 3, agreed=True), Told(response=Response.KEPT, came_round=True), "came-round"),
        (Settled(3, 4, 3, agreed=False), Told(response=Response.KEPT), "not-agreed"),
    ],
)
def test_how_an_item_was_settled_is_told(settled: Settled, told: Told, outcome: str) -> None:
    made = report(told={"disclosure": told}, disclosure=settled)
    item = made.item(13)
    assert item.outcome == outcome
    assert (item.rating, item.self_rating, item.guide_rating) == (
        settled.rating, settled.self_rating, settled.guide_rating,
    )  # fmt: skip
    assert [one.number for one in made.not_agreed] == ([13] if outcome == "not-agreed" else [])


def test_the_sum_behind_a_suggestion_is_shown() -> None:
    told = Told(
        suggested=5, entries={"clients": "46", "fte": "2.5"}, evidence="  A list.  ", files=("list.pdf",)
    )
    item = report(told={"caseload-size": told}).item(1)
    assert item.suggested == 5
    assert "46" in item.calculation[0]
    assert "18.4" in item.calculation[0]
    assert item.evidence == "A list."
    assert item.files == ("list.pdf",)


@pytest.mark.parametrize("entries", [{"clients": "many", "fte": "2"}, {"clients": "46", "fte": "0"}, {}])
def test_unreadable_figures_show_no_sum(entries: dict[str, str]) -> None:
    assert report(told={"caseload-size": Told(suggested=5, entries=entries)}).item(1).calculation == ()


def test_an_unguided_or_external_result_shows_no_rating_that_was_not_given() -> None:
    alone = report(kind=Kind.SELF).item(1)
    assert (alone.self_rating, alone.guide_rating, alone.outcome) == (5, None, "")
    external = report(kind=Kind.EXTERNAL).item(1)
    assert (external.self_rating, external.guide_rating, external.outcome) == (None, None, "")


def test_an_imported_result_says_so_and_claims_no_self_rating() -> None:
    made = build(head(imported=True), scale_of(), agreed(RATINGS), {}, BeforeBoth())
    assert made.item(1).self_rating is None
    assert "earlier record" in made.method[0]


@pytest.mark.parametrize("key,items,maximum", [("thrive-24", 24, 120), ("scr", 20, 100)])
def test_a_scale_without_bands_gets_none(key: str, items: int, maximum: int) -> None:
    scale = scale_of(key)
    made = build(head(), scale, agreed([4] * items, scale), {}, BeforeBoth())
    assert (made.total, made.maximum) == (4 * items, maximum)
    assert made.band is None
    assert made.to_next is None
    assert any("No bands are published" in line for line in made.method)
    assert made.scale.derived == tuple(range(1, items + 1))
    assert made.scale.unchecked == ()


def test_unchecked_anchors_are_named() -> None:
    unchecked = report().scale
    assert unchecked.unchecked[0] == 3
    assert unchecked.unchecked_words == "3 to 25"


@pytest.mark.parametrize("kind", list(Kind))
def test_every_kind_says_its_method(kind: Kind) -> None:
    method = report(kind=kind).method
    assert len(method) >= 3
    assert len(set(method)) == len(method)


@pytest.mark.parametrize(
    "numbers,words",
    [
        ((), ""), ((4,), "4"), ((4, 5), "4 and 5"), ((3, 4, 5), "3 to 5"),
        ((1, 3, 4, 5, 9), "1, 3 to 5 and 9"), ((1, 2, 7), "1, 2 and 7"),
    ],
)  # fmt: skip
def test_numbers_are_written_as_people_write_them(numbers: tuple[int, ...], words: str) -> None:
    assert in_words(numbers) == words
