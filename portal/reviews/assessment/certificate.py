"""The certificate of an accredited service, as the document that its PDF is made of."""

from __future__ import annotations

from flask import current_app

from portal.reviews.assessment.rules.report import Report


def certificate_html(report: Report, verify_at: str) -> str:
    """One page: who is accredited, on what, until when, and how anybody can check it."""
    template = current_app.jinja_env.get_template("report/certificate.html")
    return template.render(report=report, review=report.review, verify_at=verify_at)
