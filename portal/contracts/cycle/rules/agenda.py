"""The agenda of a quarterly review, made from what the report says.

Source: OHID specification 8.3: performance against milestones, payments, risks, and other issues raised by
either side. An indicator comes onto it by itself where its target is not met or it has no figure.
"""

from __future__ import annotations

from dataclasses import dataclass

from portal.contracts.cycle.rules.report import IndicatorPart, MilestonePart, Report
from portal.core.rules.money import money


@dataclass(frozen=True)
class Point:
    """A point of an agenda: its heading, and what there is to say about it."""

    title: str
    words: str


def agenda(report: Report) -> tuple[Point, ...]:
    """The points of a quarter's review, the fixed ones always."""
    points = [Point("Actions of earlier meetings", _listed(_actions(report), "None is open."))]
    points += [_indicator(one) for one in report.indicators if not one.met]
    points.append(
        Point(
            "Milestones", _listed([_milestone(one) for one in report.milestones if one.late], "None is late.")
        )
    )
    if report.plans:
        points.append(
            Point("Remedial plans", _listed([f"{one.title}: {one.state}" for one in report.plans], ""))
        )
    points.append(Point("Payments", _payments(report)))
    risks = [f"{one.text} ({one.grade}; {one.owner})" for one in report.risks if one.closed_on is None]
    points.append(Point("Risks and issues", _listed(risks, "None is open.")))
    cases = [f"{one.kind.capitalize()}: {one.about}" for one in report.cases if one.state != "resolved"]
    if cases:
        points.append(Point("Complaints and queries", _listed(cases, "")))
    points.append(Point("Other issues raised by either side", ""))
    return tuple(points)


def _indicator(one: IndicatorPart) -> Point:
    if not one.shown:
        return Point(f"Indicator {one.number}: {one.title}", f"No figure: {one.missing.lower()}.")
    stands = f"{one.shown} ({one.fraction}): {one.band}."
    return Point(f"Indicator {one.number}: {one.title}", f"{stands} {one.consequence}".strip())


def _milestone(one: MilestonePart) -> str:
    return f"{one.title}, due {one.due.day} {one.due:%B %Y}"


def _actions(report: Report) -> list[str]:
    return [
        f"{one.text} ({one.owner}, due {one.due.day} {one.due:%B %Y})"
        for one in report.actions
        if one.done_on is None
    ]


def _payments(report: Report) -> str:
    part = report.money
    if part is None:
        return "Nothing is recorded for this quarter."
    return (
        f"Due {money(part.due)}, retained {money(part.retained)}, released {money(part.released)}; "
        f"{money(part.running)} of {money(part.ceiling)} so far."
    )


def _listed(lines: list[str], none: str) -> str:
    return "\n".join(lines) if lines else none
