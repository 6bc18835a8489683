"""The PDF of a full external review: 25 items with comments, drawn from 60 notes' worth of words."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import replace
from pathlib import Path

from benchmarks.timing import Figure, timed
from portal.app import create_app
from portal.core.config import Settings
from portal.core.pdf import STYLE, Printer
from portal.demonstration.people import demo_id
from portal.reviews.assessment.report import pdf_html
from portal.reviews.assessment.report_queries import published
from portal.reviews.assessment.rules.external_part import ReportComment
from portal.reviews.assessment.rules.report import Report

REVIEW = demo_id("review", "Middlesbrough IPS", "published")
WORDS = (
    "Two interviews, the log of May to July and ten records say the same: contacts are weekly, face to face, "
    "and written down within two days. One record of ten has a gap of four weeks, which the team explained. "
)
NOTES, COMMENTS, ROUNDS = 60, 8, 7


def papers(base: Path) -> Iterator[Figure]:
    """Time and memory of the process that draws it: the first after it has loaded, then the next ones."""
    app = create_app(Settings(data_dir=str(base), embedded_worker=False))
    with app.app_context():
        found = published(REVIEW)
        if found is None:
            raise RuntimeError("The demonstration has no published review")
        html = pdf_html(_full(found.report), found.row.digest)
    printer, css = Printer(), STYLE.read_text(encoding="utf-8")
    try:
        printer.warm_up()
        printer.render("<p>Loaded</p>", "", "Loaded")
        times = sorted(timed(lambda: printer.render(html, css, "Report")) for _ in range(ROUNDS))
        yield Figure("PDF of a full external review", times[ROUNDS // 2], times[-1], bound=2000, rival=4610)
        assert printer.process_id is not None
        yield Figure("  its process at most", _peak(printer.process_id), unit="MiB", bound=200)
    finally:
        printer.close()


def _full(report: Report) -> Report:
    """The report with words on every item, as many as sixty notes hold, and comments in the annex."""
    share = WORDS * -(-NOTES // len(report.items))
    items = tuple(replace(item, evidence=share) for item in report.items)
    assert report.review is not None
    comments = tuple(
        ReportComment(item.number, item.title, WORDS, ("log.pdf",), True, WORDS, None, None)
        for item in items[:COMMENTS]
    )
    return replace(report, items=items, review=replace(report.review, comments=comments))


def _peak(process_id: int) -> float:
    """The most memory that a process has had, in MiB."""
    status = Path(f"/proc/{process_id}/status").read_text(encoding="utf-8")
    line = next(line for line in status.splitlines() if line.startswith("VmHWM"))
    return int(line.split()[1]) / 1024
