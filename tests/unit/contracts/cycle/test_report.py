"""The report as plain data: frozen text reads back as it was, versions are compared, the agenda follows."""

from __future__ import annotations

from dataclasses import replace
from datetime import date

from portal.contracts.cycle.rules.agenda import agenda
from portal.contracts.cycle.rules.report import (
    ActionPart,
    CasePart,
    Change,
    CommitmentPart,
    IndicatorPart,
    MilestonePart,
    MoneyPart,
    PlanPart,
    Reading,
    Report,
    RiskPart,
    TaskPart,
    canonical_text,
    differences,
    digest_of,
    read_report,
)
from portal.contracts.cycle.rules.streams import Activity, Stream, in_order

DUE = date(2024, 11, 1)
FTE = IndicatorPart(
    "1",
    "FTE of EISMs",
    "October to December 2024",
    "above 95% of 4.5",
    "4.2",
    "4.5",
    "4.2 of 4.5",
    "93.33%",
    "",
    "Approaching target",
    met=False,
    provisional=False,
    by_hand="",
    consequence="",
    history=(Reading("2024-Q3", "93.33%", "Approaching target"),),
    columns=("Name", "Days"),
    rows=("A · 92",),
)
NOTHING = {"numerator": "", "denominator": "", "fraction": "", "shown": "", "band": ""}
EVENTS = replace(FTE, number="2", title="Events", missing="No target set", **NOTHING)
REVIEWS = replace(FTE, number="4", title="Reviews", shown="65%", band="Good", met=True)
REPORT = Report(
    contract="a-contract",
    title="A contract",
    source="Invented",
    buyer="OHID",
    supplier="Partnership",
    quarter="2024-Q3",
    period="October to December 2024",
    starts=date(2024, 10, 1),
    ends=date(2024, 12, 31),
    number=1,
    why="",
    summary="A calm quarter",
    activities=(
        Activity(Stream.REVIEWS, "A review", False, True, DUE, "review"),
        Activity(Stream.OPERATIONS, "A visit", True, False),
    ),
    indicators=(FTE, EVENTS, REVIEWS),
    milestones=(
        MilestonePart("Plan agreed", DUE, None, late=True),
        MilestonePart("Team", DUE, DUE, late=False),
    ),
    risks=(
        RiskPart("risk", "Posts stay empty", "high", "Advertise", "Lead", DUE, None),
        RiskPart("issue", "Late data", "low", "", "Lead", DUE, DUE),
    ),
    commitments=(CommitmentPart("Interviews", "Number", "2", "1", met=False),),
    plans=(PlanPart("Plan for indicator 1", "agreed", (TaskPart("Recruit", "Lead", DUE, "open"),)),),
    money=MoneyPart(10_000_00, 500_00, 0, 40_000_00, 100_000_00, vat_included=True),
    cases=(CasePart("complaint", "A late answer", DUE, "open"), CasePart("query", "x", DUE, "resolved")),
    actions=(ActionPart("Send the plan", "Lead", DUE, None), ActionPart("Done thing", "Lead", DUE, DUE)),
)


def test_what_is_frozen_reads_back_as_it_was() -> None:
    text = canonical_text(REPORT)
    assert read_report(text) == REPORT
    assert canonical_text(read_report(text)) == text
    assert len(digest_of(text)) == 64


def test_versions_that_say_the_same_have_no_differences() -> None:
    assert differences(REPORT, replace(REPORT, number=2, why="Returned", summary="Other words")) == ()


def test_a_later_version_says_which_figures_changed_and_from_what() -> None:
    better = replace(FTE, numerator="4.4", fraction="4.4 of 4.5", shown="97.78%", band="Good")
    now = replace(
        REPORT,
        indicators=(better, EVENTS),
        milestones=(MilestonePart("Plan agreed", DUE, DUE, late=False), REPORT.milestones[1]),
        activities=REPORT.activities[:1],
        commitments=(replace(REPORT.commitments[0], value="2"),),
        money=replace(REPORT.money, due=12_000_00) if REPORT.money else None,
    )
    found = differences(REPORT, now)
    assert (
        Change(
            "Indicator 1: FTE of EISMs",
            "93.33% (4.2 of 4.5), Approaching target",
            "97.78% (4.4 of 4.5), Good",
        )
        in found
    )
    assert Change("Indicator 4: Reviews", "65% (4.2 of 4.5), Good", "not there") in found
    assert (
        Change("Milestone: Plan agreed", "due 2024-11-01, not reached", "due 2024-11-01, reached 2024-11-01")
        in found
    )
    assert Change("Social value: Interviews", "1", "2") in found
    assert Change("Payment due", "£10,000.00", "£12,000.00") in found
    assert Change(f"Activities, {Stream.OPERATIONS.words}", "0 done, 1 planned", "0 done, 0 planned") in found
    assert len(found) == 6


def test_the_agenda_brings_what_needs_talk_and_leaves_out_what_does_not() -> None:
    points = {point.title: point.words for point in agenda(REPORT)}
    assert list(points) == [
        "Actions of earlier meetings",
        "Indicator 1: FTE of EISMs",
        "Indicator 2: Events",
        "Milestones",
        "Remedial plans",
        "Payments",
        "Risks and issues",
        "Complaints and queries",
        "Other issues raised by either side",
    ]
    assert points["Indicator 1: FTE of EISMs"] == "93.33% (4.2 of 4.5): Approaching target."
    assert points["Indicator 2: Events"] == "No figure: no target set."
    assert points["Milestones"] == "Plan agreed, due 1 November 2024"
    assert points["Risks and issues"] == "Posts stay empty (high; Lead)"
    assert points["Complaints and queries"] == "Complaint: A late answer"
    assert points["Actions of earlier meetings"] == "Send the plan (Lead, due 1 November 2024)"
    assert "£500.00" in points["Payments"]


def test_the_fixed_points_are_there_in_a_quarter_without_trouble() -> None:
    calm = replace(
        REPORT, indicators=(REVIEWS,), milestones=(), risks=(), plans=None, money=None, cases=(), actions=()
    )
    assert [point.title for point in agenda(calm)] == [
        "Actions of earlier meetings",
        "Milestones",
        "Payments",
        "Risks and issues",
        "Other issues raised by either side",
    ]


def test_activities_stand_by_stream_and_what_was_done_comes_first() -> None:
    late = Activity(Stream.OPERATIONS, "B", True, True, DUE)
    early = Activity(Stream.OPERATIONS, "C", False, True, date(2024, 10, 2))
    assert in_order([*REPORT.activities, late, early]) == (
        early,
        late,
        REPORT.activities[1],
        REPORT.activities[0],
    )
