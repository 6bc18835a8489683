"""Charts: what is drawn, what is said in words, and that no text can become markup."""

from __future__ import annotations

import re
from datetime import date
from xml.etree import ElementTree as ET

import pytest

from portal.core.charts import (
    Axis,
    BandMark,
    Figure,
    ItemBar,
    SectionShare,
    TimelinePoint,
    Total,
    band_bar,
    item_chart,
    section_profile,
    sparkline,
    timeline,
)

BANDS = (
    BandMark("Not IPS", 25, 73),
    BandMark("Fair fidelity", 74, 99),
    BandMark("Good fidelity", 100, 114),
    BandMark("Exemplary fidelity", 115, 125),
)
HOSTILE = "<script>alert('x')</script>\" onload=\"y\x00&"
SVG = "{http://www.w3.org/2000/svg}"


def drawn(markup: str) -> ET.Element:
    return ET.fromstring(markup)  # noqa: S314  our own output, and it must be well-formed


def texts(markup: str) -> list[str]:
    return [element.text or "" for element in drawn(markup).iter(f"{SVG}text")]


def figures() -> list[Figure]:
    points = [
        TimelinePoint(date(2025, 1, 5), 70, HOSTILE),
        TimelinePoint(date(2026, 1, 5), 101, "Review", True, True),
    ]
    return [
        band_bar(Total(25, 125, 104), BANDS, caption=HOSTILE),
        band_bar(Total(24, 120, possible=(30, 90))),
        item_chart([ItemBar(HOSTILE, HOSTILE, 3, 2), ItemBar("Other", HOSTILE, None)], caption=HOSTILE),
        section_profile([SectionShare(HOSTILE, 3, 15)], caption=HOSTILE),
        timeline(points, [BandMark(HOSTILE, 25, 125)], Axis(25, 125), caption=HOSTILE),
    ]


@pytest.mark.parametrize("figure", figures(), ids=lambda figure: figure.key)
def test_a_chart_is_well_formed_named_and_carries_no_style_script_or_handler(figure: Figure) -> None:
    root = drawn(figure.svg)

    assert root.get("role") == "img"
    assert root[0].tag == f"{SVG}title"
    assert root[0].text
    for element in root.iter():
        assert element.tag != f"{SVG}script"
        assert not {
            name for name in element.attrib if name in {"style", "class", "id"} or name.startswith("on")
        }
    assert figure.caption
    assert all(len(row) == len(figure.columns) for row in figure.rows)


def test_the_guard_on_charts_would_notice_unescaped_text() -> None:
    with pytest.raises(ET.ParseError):
        drawn(band_bar(Total(25, 125, 104), BANDS).svg.replace("104 of 125", HOSTILE))


@pytest.mark.parametrize(
    "total, band",
    [
        (25, "Not IPS"), (73, "Not IPS"), (74, "Fair fidelity"), (75, "Fair fidelity"), (99, "Fair fidelity"),
        (100, "Good fidelity"), (101, "Good fidelity"), (114, "Good fidelity"), (115, "Exemplary fidelity"),
        (116, "Exemplary fidelity"), (125, "Exemplary fidelity"),
    ],
)  # fmt: skip
def test_the_bar_says_the_total_and_the_band_it_falls_in(total: int, band: str) -> None:
    figure = band_bar(Total(25, 125, total), BANDS)

    assert figure.title == f"{total} of 125, {band}"
    assert {"25", "74", "100", "115", "125", str(total), band} <= set(texts(figure.svg))


def test_the_marker_moves_with_the_total_from_end_to_end() -> None:
    def place(total: int) -> float:
        steps = re.search(r'd="M([\d.]+) ', band_bar(Total(25, 125, total), BANDS).svg)
        assert steps is not None
        return float(steps[1]) + 7  # the marker's point lies seven right of its first corner

    assert place(25) == 16
    assert place(125) == 584
    assert place(75) == 300


def test_every_name_on_the_bar_stays_inside_the_drawing() -> None:
    for element in drawn(band_bar(Total(25, 125, 104), BANDS).svg).iter(f"{SVG}text"):
        x, width = float(element.get("x", "0")), len(element.text or "") * 12 * 0.52
        left = {"start": x, "middle": x - width / 2, "end": x - width}[element.get("text-anchor", "start")]
        assert left >= 0
        assert left + width <= 602


def test_without_published_bands_the_bar_names_none() -> None:
    figure = band_bar(Total(24, 120, 88))

    assert figure.title == "88 of 120"
    assert texts(figure.svg) == ["24", "120", "88"]


def test_with_items_missing_the_bar_shows_what_is_still_possible_and_no_band() -> None:
    figure = band_bar(Total(25, 125, possible=(71, 106)), BANDS)

    assert figure.title == "Between 71 and 106 is still possible"
    assert {"71", "106"} <= set(texts(figure.svg))


def test_the_item_chart_groups_items_by_section_and_says_what_is_not_rated() -> None:
    items = [ItemBar("Caseload", "Staffing", 4, 3), ItemBar("Disclosure", "Services", None)]
    figure = item_chart(items)

    assert figure.columns == ("Section", "Item", "Rating", "Last time")
    assert figure.rows == (("Staffing", "Caseload", "4", "3"), ("Services", "Disclosure", "Not rated", "–"))
    assert {"Staffing", "Services", "Not rated", "Last time"} <= set(texts(figure.svg))


def test_without_a_last_time_the_item_chart_leaves_its_column_out() -> None:
    figure = item_chart([ItemBar("Caseload", "Staffing", 4)])

    assert figure.columns == ("Section", "Item", "Rating")
    assert "Last time" not in texts(figure.svg)


def test_a_long_item_name_is_wrapped_and_never_cut() -> None:
    name = "Integration of rehabilitation with mental health treatment through frequent team member contact"
    figure = item_chart([ItemBar(name, "Organisation", 5)])

    assert name in " ".join(texts(figure.svg))
    assert name not in texts(figure.svg)


@pytest.mark.parametrize("total, share", [(0, "0%"), (13, "86%"), (15, "100%")])
def test_a_section_shows_its_total_its_maximum_and_its_share(total: int, share: str) -> None:
    assert section_profile([SectionShare("Staffing", total, 15)]).rows == (
        ("Staffing", str(total), "15", share),
    )


def test_a_section_with_nothing_to_rate_has_no_share() -> None:
    assert section_profile([SectionShare("Staffing", 0, 0)]).rows[0][3] == "–"


def test_the_timeline_tells_self_external_and_moderated_results_apart() -> None:
    def circles(**kind: bool) -> list[str | None]:
        figure = timeline([TimelinePoint(date(2026, 1, 5), 101, "Kind", **kind)], BANDS, Axis(25, 125))
        return [circle.get("fill") for circle in drawn(figure.svg).iter(f"{SVG}circle")][:2]

    hollow, solid = "#ffffff", "#0b0c0c"
    assert circles()[0] == hollow
    assert circles(external=True)[0] == solid
    assert circles(external=True, moderated=True) == [hollow, solid]  # the ring and its solid centre


def test_the_timeline_lists_the_newest_first_with_its_band() -> None:
    points = [
        TimelinePoint(date(2025, 1, 5), 74, "Self"),
        TimelinePoint(date(2026, 1, 5), 73, "Review", True),
    ]

    assert timeline(points, BANDS, Axis(25, 125)).rows == (
        ("5 January 2026", "Review", "73", "Not IPS"),
        ("5 January 2025", "Self", "74", "Fair fidelity"),
    )


def test_a_timeline_of_nothing_is_refused_and_a_small_line_of_nothing_is_empty() -> None:
    with pytest.raises(ValueError, match="needs a point"):
        timeline([], BANDS, Axis(25, 125))
    assert sparkline([], Axis(25, 125), "Totals") == ""


def test_a_small_line_says_its_totals_in_words() -> None:
    points = [TimelinePoint(date(2026, 1, 5), 97, "b"), TimelinePoint(date(2025, 1, 5), 68, "a")]

    assert "<title>Last totals. 68, 97</title>" in sparkline(points, Axis(25, 125), "Last totals")
