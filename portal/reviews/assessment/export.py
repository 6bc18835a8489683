"""A report's ratings as CSV and XLSX: one row for each item, then the sums with what they are out of."""

from __future__ import annotations

from portal.core.rules.cells import Cell
from portal.core.spreadsheets import SheetOut
from portal.reviews.assessment.rules.report import Report, ReportItem
from portal.reviews.assessment.rules.telling import OUTCOMES

COLUMNS = (
    "Number",
    "Other number",
    "Section",
    "Item",
    "Rating",
    "Out of",
    "Provider’s rating",
    "Guide’s rating",
    "Agreed",
    "Last self-assessment",
    "Last external review",
    "Change since last time",
    "Anchor met",
    "Evidence",
    "Reason for the rating",
    "The guide’s reason",
    "The provider’s answer",
    "How it was settled",
    "Recommendation",
)
WIDTHS = {2: 16, 3: 32, 12: 50, 13: 50, 14: 40, 15: 40, 16: 40, 17: 30, 18: 50}


def ratings_sheet(report: Report) -> SheetOut:
    """The sheet: formula-safe once written through portal.core.spreadsheets."""
    titles = {section.key: section.title for section in report.sections}
    rows = [_row(report, item, titles[item.section]) for item in report.items]
    compared = report.compared_with
    for section in report.sections:
        change = None if section.last is None else section.total - section.last
        rows.append(_sum(section.title, "Section total", section.total, section.maximum, change))
    rows.append(_sum("", "Total", report.total, report.maximum, report.change if compared else None))
    return SheetOut(title="Ratings", columns=COLUMNS, rows=rows, widths=WIDTHS)


def _row(report: Report, item: ReportItem, section: str) -> tuple[Cell, ...]:
    return (
        item.number,
        item.other_number,
        section,
        item.title,
        item.rating,
        report.scale.rating_max,
        item.self_rating,
        item.guide_rating,
        "yes" if item.agreed else "no",
        item.last_own,
        item.last_external,
        item.change,
        item.anchor,
        item.evidence,
        item.rationale,
        item.guide_reason,
        item.answer,
        OUTCOMES.get(item.outcome, ""),
        item.recommendation,
    )


def _sum(section: str, title: str, total: int, maximum: int, change: int | None) -> tuple[Cell, ...]:
    before: tuple[Cell, ...] = (None, "", section, title, total, maximum, None, None, "", None, None, change)
    return (*before, *[""] * (len(COLUMNS) - len(before)))
