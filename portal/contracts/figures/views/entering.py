"""Entering a figure by hand, and reporting social value."""

from __future__ import annotations

from fractions import Fraction
from typing import Any

from flask import g, url_for
from flask.typing import ResponseReturnValue

from portal.accounts.access import May
from portal.accounts.current import current_actor
from portal.accounts.rules.permissions import Permission
from portal.contracts.definition.blueprint import contracts
from portal.contracts.figures import service
from portal.contracts.figures.forms import FigureForm, SocialValueForm
from portal.contracts.figures.measures.social_value import reports
from portal.contracts.figures.queries import manual_versions
from portal.contracts.figures.rules.showing import exact, short
from portal.contracts.figures.subjects import (
    CommitmentPlace,
    IndicatorPlace,
    commitment_subject,
    indicator_subject,
)
from portal.core.access import access
from portal.core.form_pages import FormPage, form_page, version

REPORT, READ = Permission.CONTRACT_REPORT, Permission.CONTRACT_READ
SOCIAL_VALUE = "social-value"


@contracts.route("/<key>/<quarter>/indicator/<number>/enter", methods=["GET", "POST"])
@access(May(REPORT, indicator_subject, seen_by=READ))
def enter(key: str, quarter: str, number: str) -> ResponseReturnValue:
    """Enter a figure by hand over what the records say, or take one back."""
    place: IndicatorPlace = g.subject
    past = manual_versions(key, place.quarter, number)
    stands = past[0][0] if past else None
    default = stands if stands is not None and stands.numerator is not None else None
    form = FigureForm(
        place.asked.unit,
        stands,
        data={
            "numerator": default.numerator if default else "",
            "denominator": (default.denominator if default else _target(place)) or "",
            "reason": default.reason if default else "",
            "evidence": default.evidence if default else "",
            "version": str(stands.version if stands else 0),
        },
    )

    def save() -> str:
        entry = form.entry()
        service.enter_figure(current_actor(), place.contract, place.quarter, number, entry, version())
        return "The figure is entered." if entry.numerator is not None else "The figure is taken back."

    return form_page(form, _page(place, number, f"Enter indicator {number} by hand", place.asked.title), save)


@contracts.route("/<key>/<quarter>/social-value/<commitment>", methods=["GET", "POST"])
@access(May(REPORT, commitment_subject, seen_by=READ))
def social_value(key: str, quarter: str, commitment: str) -> ResponseReturnValue:
    """Report what was reached of a commitment."""
    place: CommitmentPlace = g.subject
    asked = place.asked
    stands = reports(key, {place.quarter.key}).get((place.quarter.key, commitment))
    kept = _typed(Fraction(stands.value), percent=asked.percent) if stands else ""
    data = {
        "value": kept,
        "note": stands.note if stands else "",
        "version": str(stands.version if stands else 0),
    }
    form = SocialValueForm(data=data)
    target = f"{short(asked.target * 100)}%" if asked.percent else short(asked.target)
    form.value.description = f"{asked.metric}. The quarter’s target: {target}"

    def save() -> str:
        value = form.read(percent=asked.percent)
        note = form.note.data or ""
        service.report_social_value(
            current_actor(), place.contract, place.quarter, commitment, value, note, version()
        )
        return f"“{asked.title}” is reported."

    number = next((one.number for one in place.contract.latest.indicators if one.measure == SOCIAL_VALUE), "")
    return form_page(form, _page(place, number, asked.title, "Social value commitment"), save)


def _page(place: IndicatorPlace | CommitmentPlace, number: str, title: str, intro: str) -> FormPage:
    address: dict[str, Any] = {"key": place.contract.key, "quarter": place.quarter.key}
    back = url_for(".indicator", **address, number=number) if number else url_for(".quarter", **address)
    return FormPage(
        title=title, back=back, back_text=f"Indicator {number}", intro=f"{intro}, {place.quarter.title}"
    )


def _target(place: IndicatorPlace) -> str:
    return exact(place.asked.target) if place.asked.target is not None else ""


def _typed(value: Fraction, *, percent: bool) -> str:
    return exact(value * 100) if percent else exact(value)
