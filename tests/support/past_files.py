"""Files of past reviews, as people make them."""

from __future__ import annotations

from portal.core.spreadsheets import write_csv

HEADINGS = ["Service", "Date", "Kind", "Scale", "Reviewers", *map(str, range(1, 26)), "Total"]


def a_row(
    service: str = "alder-ips",
    on: str = "2024-03-27",
    kind: str = "external",
    scale: str = "ips-25",
    reviewers: str = "",
    total: int | None = None,
    **ratings: int,
) -> list[str]:
    """One review: every item rated 4, but for those named by number (`n3=2`)."""
    cells = [str(ratings.get(f"n{number}", 4)) for number in range(1, 26)]
    return [service, on, kind, scale, reviewers, *cells, "" if total is None else str(total)]


def a_file(*rows: list[str]) -> bytes:
    """A CSV file of these rows under the template's headings."""
    return write_csv(HEADINGS, rows)
