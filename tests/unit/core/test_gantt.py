"""The picture of a timeline: well-formed, named, with all its words in the table too."""

from __future__ import annotations

from datetime import date, timedelta
from xml.etree import ElementTree as ET

import pytest

from portal.core.charts import GanttStep, Mark, gantt

SVG = "{http://www.w3.org/2000/svg}"
HOSTILE = "<script>alert('x')</script>\" onload=\"y\x00&"
TODAY = date(2026, 6, 10)


def step(label: str = "Step", start: int = 0, days: int = 0, mark: Mark = Mark.OPEN) -> GanttStep:
    begin = TODAY + timedelta(days=start)
    return GanttStep(label, "Service", begin, begin + timedelta(days=days), "10 June 2026", mark.value, mark)


def drawn(markup: str) -> ET.Element:
    return ET.fromstring(markup)  # noqa: S314  our own output, and it must be well-formed


def test_the_picture_has_a_name_and_no_style_script_or_handler() -> None:
    root = drawn(gantt([step(HOSTILE, -40, 3)], TODAY, caption=HOSTILE).svg)
    assert root.attrib["role"] == "img"
    assert root.findtext(f"{SVG}title", "").startswith("<script>")
    for element in root.iter():
        assert element.tag not in {f"{SVG}script", f"{SVG}style"}
        assert not [name for name in element.attrib if name.startswith("on") or name == "style"]


def test_every_word_of_the_table_that_the_picture_needs_is_in_the_picture() -> None:
    steps = [step("First thing", -30, mark=Mark.DONE), step("Second thing", 5, 2), step("Third", 20)]
    figure = gantt(steps, TODAY)
    words = [element.text for element in drawn(figure.svg).iter(f"{SVG}text")]
    for one, row in zip(steps, figure.rows, strict=True):
        assert row == (one.label, one.who, one.when, one.status)
        assert one.label in words
        assert one.status in words
    assert "Today" in words


def test_marks_stand_in_order_of_time() -> None:
    root = drawn(gantt([step(start=-20), step(start=0), step(start=20)], TODAY).svg)
    legend = 1
    xs = [float(path.attrib["d"].split()[0].removeprefix("M")) for path in root.iter(f"{SVG}path")][:-legend]
    assert xs == sorted(xs)
    assert len(set(xs)) == 3
    today = next(line for line in root.iter(f"{SVG}line") if line.attrib.get("stroke-dasharray") == "2 3")
    assert float(today.attrib["x1"]) == xs[1]


@pytest.mark.parametrize("days", [1, 2, 400])
def test_what_goes_on_for_days_is_a_bar_of_its_length(days: int) -> None:
    root = drawn(gantt([step(start=-days, days=days), step()], TODAY).svg)
    bars = [one for one in root.iter(f"{SVG}rect") if one.attrib.get("height") == "12"]
    assert len(bars) == 1
    share = days / (days + 14)
    assert float(bars[0].attrib["width"]) == pytest.approx(max(576 * share, 8), abs=0.1)


@pytest.mark.parametrize(("late", "bars"), [(1, 1), (0, 0), (-1, 0)])
def test_only_what_is_late_is_joined_to_today(late: int, bars: int) -> None:
    root = drawn(gantt([step(start=-late, mark=Mark.LATE)], TODAY).svg)
    assert len([one for one in root.iter(f"{SVG}rect") if one.attrib.get("height") == "4"]) == bars


def test_a_long_title_takes_lines_within_the_picture() -> None:
    long = "Fill in the fidelity performance snapshot and send it to the lead reviewer of the team"
    short, tall = gantt([step()], TODAY), gantt([step(long)], TODAY)
    heights = [int(drawn(figure.svg).attrib["height"]) for figure in (short, tall)]
    assert heights[1] - heights[0] == 17


def test_nothing_is_drawn_outside() -> None:
    steps = [step("A" * 120, -300, 700, mark) for mark in Mark] + [step(start=900), step(start=-900)]
    root = drawn(gantt(steps, TODAY).svg)
    for element in root.iter():
        for name in ("x", "x1", "x2", "cx"):
            assert 0 <= float(element.attrib.get(name, 0)) <= 600


def test_no_steps_or_a_step_that_runs_backwards_are_no_picture() -> None:
    with pytest.raises(ValueError, match="needs steps"):
        gantt([], TODAY)
    with pytest.raises(ValueError, match="needs steps"):
        gantt([step(days=-1)], TODAY)
