"""A report's ratings as CSV and XLSX: one row for each item, then the sums with what they are out of."""

from __future__ import annotations

from datetime import date

from portal.core.rules.cells import Cell
from portal.core.spreadsheets import SheetOut
from portal.reviews.assessment.rules.external_part import ReviewPart
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


REVIEW_COLUMNS = ("What", "Who or which", "Text", "Decision", "Reason")


def sheets(report: Report) -> list[SheetOut]:
    """The workbook: the ratings, and of an external review the team, what was done and the comments."""
    ratings = ratings_sheet(report)
    return [ratings] if report.review is None else [ratings, review_sheet(report, report.review)]


def review_sheet(report: Report, review: ReviewPart) -> SheetOut:
    """What an external review adds, one line each."""
    rows: list[tuple[Cell, ...]] = [(one.capacity, one.name, "", "", "") for one in review.team]
    rows += [("Independence overridden", one.name, one.words, "", one.reason) for one in review.overrides]
    rows += [("Done", one.what, one.count, "", "") for one in review.done]
    for comment in review.comments:
        decision = "accepted" if comment.accepted else "declined"
        if comment.after is not None:
            decision += f", {comment.before} became {comment.after}"
        rows.append(("Comment", f"{comment.number}. {comment.title}", comment.text, decision, comment.reason))
    rows += [
        ("Accredited until", _day(review.valid_until), "", "", ""),
        ("Next review due", _day(review.next_due_on), "", "", ""),
        ("Version", report.version, report.reason, "", ""),
    ]
    widths = {0: 24, 1: 32, 2: 50, 3: 20, 4: 40}
    return SheetOut(title="Review", columns=REVIEW_COLUMNS, rows=rows, widths=widths)


def _day(on: date | None) -> str:
    return on.isoformat() if on else ""


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
