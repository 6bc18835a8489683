"""The rating sheet's own radio macro, held to the official markup."""

from __future__ import annotations

from bs4 import BeautifulSoup
from bs4.element import Tag
from flask import Flask, render_template_string

from portal.reviews.assessment.sheet import Row, Value
from portal.scales.registry import registry

OFFICIAL = """
{% from "govuk_frontend_jinja/components/radios/macro.html" import govukRadios %}
{{ govukRadios({"name": "r-1", "idPrefix": "r-1", "classes": "govuk-radios--small govuk-radios--inline",
                "value": "4", "items": items}) }}
"""
OURS = """{% from "assessment/_sheet_row.html" import sheet_row %}{{ sheet_row(row, true, none, "/1") }}"""
CLASSES = {"govuk-radios", "govuk-radios--small", "govuk-radios--inline"}


def _radios(html: str) -> Tag:
    found = BeautifulSoup(html, "html.parser").find(class_="govuk-radios")
    assert isinstance(found, Tag)
    return found


def _parts(radios: Tag) -> list[tuple[object, ...]]:
    """Each radio as a browser and a screen reader meet it."""
    found = []
    for item in radios.select(".govuk-radios__item"):
        box, label = item.find("input"), item.find("label")
        assert isinstance(box, Tag)
        assert isinstance(label, Tag)
        found.append(
            (
                box["class"], box["type"], box["name"], box["value"], box.has_attr("checked"),
                label["class"], label["for"] == box["id"], label.get_text(strip=True),
            )
        )  # fmt: skip
    return found


def test_the_rows_radios_are_those_of_the_design_system(app: Flask) -> None:
    item = registry().get("ips-25").items[0]
    row = Row(item, Value(4), 1, None, None, Value(4))
    with app.test_request_context():
        items = [{"value": str(rating), "text": str(rating)} for rating in range(1, 6)]
        official = _radios(render_template_string(OFFICIAL, items=items))
        ours = _radios(render_template_string(OURS, row=row))
    assert set(official["class"]) >= CLASSES
    assert set(ours["class"]) >= CLASSES
    assert _parts(ours) == _parts(official)
    assert [part[4] for part in _parts(ours)] == [False, False, False, True, False]
