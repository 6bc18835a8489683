"""A plan as CSV and XLSX: one row for each action."""

from __future__ import annotations

from portal.core.rules.cells import Cell
from portal.core.spreadsheets import SheetOut, write_csv, write_xlsx
from portal.plans.queries import PlanView

COLUMNS = (
    "Number", "Item", "Rating now", "Target rating", "What will be done", "How we will know", "Owner",
    "Help needed", "Due", "Progress", "Done on", "What shows progress", "Suggested step",
)  # fmt: skip
_WIDTHS = {0: 8, 1: 32, 2: 9, 3: 9, 4: 44, 5: 36, 6: 20, 7: 28, 8: 12, 9: 13, 10: 12, 11: 36, 12: 44}


def rows_of(view: PlanView) -> list[tuple[Cell, ...]]:
    """Every action in order, the dropped ones last."""
    return [
        (
            number,
            line.row.item_title,
            line.row.current_rating,
            line.row.target_rating,
            line.row.what,
            line.row.measure,
            line.row.owner,
            line.row.support,
            line.row.due,
            line.row.status.words,
            line.row.done_on,
            line.row.evidence,
            line.row.suggested_step,
        )
        for number, line in enumerate((*view.actions, *view.dropped), start=1)
    ]


def plan_csv(view: PlanView) -> bytes:
    """The plan as CSV; no cell runs as a formula."""
    return write_csv(COLUMNS, rows_of(view))


def plan_xlsx(view: PlanView) -> bytes:
    """The plan as a workbook; no cell runs as a formula."""
    return write_xlsx([SheetOut("Action plan", COLUMNS, rows_of(view), _WIDTHS)])
