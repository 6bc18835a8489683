"""The ledger as CSV and XLSX: a row for each quarter; the workbook has every entry besides."""

from __future__ import annotations

from collections.abc import Sequence
from decimal import Decimal

from portal.contracts.payments.queries import EntryLine
from portal.contracts.payments.rules.ledger import Ledger
from portal.core.clock import uk
from portal.core.rules.cells import Cell
from portal.core.spreadsheets import SheetOut, write_csv, write_xlsx

COLUMNS = (
    "Quarter", "Months", "Due", "VAT in it", "Retained", "Released", "Held", "To pay", "Running total",
    "Contract value", "Forecast",
)  # fmt: skip
ENTRIES = (
    "Number", "Quarter", "Entry", "Amount", "VAT in it", "Reason or evidence", "Tasks read", "By", "Day",
    "Taken back",
)  # fmt: skip


def pounds(pence: int | None) -> Decimal | None:
    """Pence as pounds, exactly."""
    return None if pence is None else Decimal(pence).scaleb(-2)


def quarter_rows(book: Ledger) -> list[tuple[Cell, ...]]:
    """A row for each quarter, the earliest first; sums in pounds including VAT."""
    return [
        (
            line.quarter.key,
            line.quarter.title.partition(", ")[2],
            *(pounds(sum_) for sum_ in (line.due, line.vat, line.retained, line.released, line.held)),
            *(pounds(sum_) for sum_ in (line.payable, line.total, book.ceiling, line.forecast)),
        )
        for line in book.lines
    ]


def entry_rows(lines: Sequence[EntryLine]) -> list[tuple[Cell, ...]]:
    """A row for each entry, the earliest first."""
    return [
        (
            line.row.number,
            line.row.quarter,
            line.row.kind.words if line.row.reverses is None else f"{line.row.kind.words}, taken back",
            pounds(line.row.pence),
            pounds(line.row.vat_pence),
            line.row.reason,
            f"{line.row.read_done} of {line.row.read_tasks} due in {line.row.read_quarter}"
            if line.row.read_quarter
            else "",
            line.by,
            uk(line.row.at).date(),
            "yes" if line.reversed else "",
        )
        for line in sorted(lines, key=lambda one: one.row.number)
    ]


def ledger_csv(book: Ledger) -> bytes:
    """The quarters as CSV; no cell runs as a formula."""
    return write_csv(COLUMNS, quarter_rows(book))


def ledger_xlsx(book: Ledger, lines: Sequence[EntryLine]) -> bytes:
    """Quarters and entries as a workbook; no cell runs as a formula."""
    quarters = SheetOut("Quarters", COLUMNS, quarter_rows(book), {1: 26})
    entries = SheetOut("Entries", ENTRIES, entry_rows(lines), {2: 24, 5: 48, 6: 28, 7: 24})
    return write_xlsx([quarters, entries])
