"""The pages of a contract, as every one of them links to the others."""

from __future__ import annotations

from flask import current_app, url_for

PAGES = (
    ("contract", "Figures"),
    ("plans", "Remedial plans"),
    ("payments", "Payments"),
    ("meetings", "Meetings"),
    ("milestones", "Milestones"),
    ("risks", "Risks"),
    ("managers", "Lead manager"),
    ("cases", "Complaints and queries"),
    ("terms", "Terms"),
)


def pages(key: str, current: str) -> list[tuple[str, str, bool]]:
    """The pages of a contract that there are: text, address, whether this is it."""
    return [
        (text, url_for(f"contracts.{name}", key=key), name == current)
        for name, text in PAGES
        if f"contracts.{name}" in current_app.view_functions
    ]
