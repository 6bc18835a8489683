"""The widgets' corrections, and how a form's problems reach the page."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from datetime import date
from typing import Any

import pytest
from bs4 import BeautifulSoup
from flask import Flask
from jinja2 import ChainableUndefined, PackageLoader, PrefixLoader
from werkzeug.datastructures import MultiDict
from wtforms import (
    BooleanField,
    IntegerField,
    RadioField,
    SelectChoice,
    SelectField,
    StringField,
    TextAreaField,
)

from portal.core.errors import Invalid
from portal.core.forms import AtMost, DateParts, Missing, PortalForm, clean, summary
from portal.core.widgets import GovCheckboxInput, GovRadioInput, GovSelect, GovTextArea, GovTextInput

AB = [SelectChoice("a", "A"), SelectChoice("b", "B")]


class Example(PortalForm):
    """One field of each kind."""

    text = StringField("Text", [Missing("Enter the text")], widget=GovTextInput())
    on = DateParts("On", [Missing("Enter the date")])
    radio = RadioField("Radio", [Missing("Choose one")], choices=AB, widget=GovRadioInput())
    select = SelectField("Select", choices=AB, widget=GovSelect())
    tick = BooleanField("Tick", widget=GovCheckboxInput())
    notes = TextAreaField("Notes", [AtMost(3)], widget=GovTextArea())
    count = IntegerField("Count", widget=GovTextInput())


@pytest.fixture
def app() -> Flask:
    app = Flask("tests", root_path=".")
    app.config.update(SECRET_KEY="tests only", WTF_CSRF_ENABLED=False)
    app.jinja_options = {"undefined": ChainableUndefined, "autoescape": True}
    names = ("govuk_frontend_jinja", "govuk_frontend_wtf")
    app.jinja_loader = PrefixLoader({name: PackageLoader(name) for name in names})
    return app


@pytest.fixture
def posted(app: Flask) -> Iterator[Any]:
    """Makes the form of a POST with these fields, validated."""
    contexts = []

    def post(fields: Mapping[str, Any]) -> Example:
        context = app.test_request_context("/", method="POST", data=MultiDict(fields or {"x": "y"}))
        context.push()
        contexts.append(context)
        form = Example()
        form.validate()
        return form

    yield post
    for context in reversed(contexts):
        context.pop()


def drawn(form: Example) -> BeautifulSoup:
    return BeautifulSoup("".join(str(field()) for field in form), "html.parser")


def test_a_post_without_the_dates_parts_is_a_problem_and_no_error(posted: Any) -> None:
    form = posted({})
    assert form.on.errors == ["Enter the date"]
    assert drawn(form).find(id="on") is not None


@pytest.mark.parametrize(
    "parts, read",
    [
        (("27", "3", "2026"), date(2026, 3, 27)),
        (("1", "March", "2026"), date(2026, 3, 1)),
        (("29", " feb ", "2028"), date(2028, 2, 29)),
    ],
)
def test_a_real_date_is_read(posted: Any, parts: tuple[str, ...], read: date) -> None:
    assert posted({"on": parts}).on.data == read


@pytest.mark.parametrize(
    "parts",
    [
        ("29", "2", "2026"),
        ("1", "13", "2026"),
        ("1", "1", "26"),
        ("1", "", ""),
        ("1", "1", "²026"),
        ("0", "1", "2026"),
    ],
)
def test_a_date_that_is_none_is_refused_and_kept_as_typed(posted: Any, parts: tuple[str, ...]) -> None:
    form = posted({"on": parts})
    assert form.on.errors == ["Enter a real date, like 27 3 2026"]
    typed = [tag.get("value", "") for tag in drawn(form).find_all("input", attrs={"name": "on"})]
    assert typed == list(parts)


def test_every_problem_links_to_something_that_takes_focus(posted: Any) -> None:
    form = posted({"notes": "long", "count": "x"})
    page = drawn(form)
    for problem in summary(form):
        assert page.find(id=problem["href"].removeprefix("#")).name in {"input", "select", "textarea"}


def test_problems_come_in_the_order_of_the_fields_in_plain_words(posted: Any) -> None:
    form = posted({"notes": "long", "count": "x", "radio": "c", "select": "c"})
    assert [problem["text"] for problem in summary(form)] == [
        "Enter the text",
        "Enter the date",
        "Choose one from the list",
        "Choose one from the list",
        "Notes must be 3 characters or fewer; this has 4",
        "Enter a whole number, like 12",
    ]
    assert form.status == 400


def test_nothing_is_marked_required_for_the_browser(posted: Any) -> None:
    assert drawn(posted({})).find(required=True) is None


@pytest.mark.parametrize("length, refused", [(2, False), (3, False), (4, True)])
def test_the_most_characters_are_judged_at_the_edge(posted: Any, length: int, refused: bool) -> None:
    assert bool(posted({"notes": "x" * length}).notes.errors) is refused


def test_a_verbs_problems_go_to_their_fields_and_the_rest_over_the_form(posted: Any) -> None:
    form = posted({"text": "x", "on": ("1", "1", "2026"), "radio": "a", "select": "a", "count": "1"})
    assert form.status == 200
    form.take(Invalid({"text": "Taken already", "elsewhere": "Something else"}))
    assert [problem["href"] for problem in summary(form)] == ["#main-content", "#text"]
    assert form.status == 400


def test_text_is_cleaned_of_what_no_database_takes() -> None:
    assert clean(" a\x00b\r\n\tc\x1b ") == "ab\n\tc"
    assert clean(None) is None
