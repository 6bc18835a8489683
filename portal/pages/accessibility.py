"""The accessibility statement: content required by SI 2018/952, regulation 8, in the model's four parts."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date

from flask import current_app, render_template

from portal.core.access import Public, access
from portal.pages.blueprint import blueprint


@dataclass(frozen=True)
class Limit:
    """Something that is not accessible: what, which success criterion, and the other way to get it."""

    what: str
    criterion: str
    instead: str


@dataclass(frozen=True)
class Statement:
    """What changes when the portal is looked at again. A test fails when `reviewed` is a year old."""

    prepared: date
    reviewed: date
    method: str
    limits: tuple[Limit, ...]


STATEMENT = Statement(
    prepared=date(2026, 11, 22),
    reviewed=date(2026, 11, 22),
    method=(
        "Our own tests, run at every change: every page is checked with axe-core against WCAG 2.2 A "
        "and AA rules and with an HTML parser, at 360 and 1280 pixels. No outside body has audited it and no "
        "user research with disabled people has been done yet."
    ),
    limits=(
        Limit(
            "PDF reports are tagged and set to the PDF/UA-1 profile, but their table headings carry no "
            "scope and a table that runs over two pages is tagged as two tables.",
            "1.3.1 Info and relationships",
            "Every report is also a web page with the same content.",
        ),
        Limit(
            "Evidence files that people attach are shown as they were sent, and may not be accessible.",
            "1.1.1 Non-text content, 1.3.1 Info and relationships",
            "Ask the service that attached the file for another format.",
        ),
    ),
)


@blueprint.get("/accessibility")
@access(Public("the statement must be open to everybody"))
def accessibility() -> str:
    """The statement."""
    return render_template(
        "pages/accessibility.html", statement=STATEMENT, contact=current_app.config["SETTINGS"].mail_from
    )
