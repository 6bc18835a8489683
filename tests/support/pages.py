"""A page as a test sees it: what it says, and its forms as a browser would send them."""

from __future__ import annotations

import json
from collections.abc import Mapping, Sequence
from functools import cached_property
from typing import Any, BinaryIO

from bs4 import BeautifulSoup
from bs4.element import Tag
from werkzeug.test import TestResponse

from tests.support.html_judge import words

_CONTROLS = ["input", "select", "textarea"]
# a text or choice, several choices, ticked or not, nothing, or a file as (stream, name)
FieldValue = str | list[str] | bool | None | tuple[BinaryIO, str]


class Page:
    """One response."""

    def __init__(self, response: TestResponse) -> None:
        self.response = response
        self.status = response.status_code
        self.path = response.request.path
        self.is_html = response.mimetype == "text/html"

    @cached_property
    def soup(self) -> BeautifulSoup:
        """The page's elements; none if it is no HTML."""
        return BeautifulSoup(self.response.text if self.is_html else "", "html.parser")

    @property
    def heading(self) -> str:
        """The words of the h1."""
        return words(self.soup.h1)

    @property
    def text(self) -> str:
        """All words of the page's main part."""
        main = self.soup.find("main")
        return words(main if isinstance(main, Tag) else self.soup)

    @property
    def errors(self) -> list[str]:
        """The messages of the error summary, in order."""
        return [words(item) for item in self.soup.select(".govuk-error-summary__list li")]

    @property
    def json(self) -> Any:
        """The body read as JSON."""
        return json.loads(self.response.text)

    def table(self, caption: str) -> list[list[str]]:
        """Rows of the table with this caption, headings included."""
        for table in self.soup.find_all("table"):
            if words(table.caption) == caption:
                return [[words(cell) for cell in row.find_all(["th", "td"])] for row in table.find_all("tr")]
        raise AssertionError(f"No table is captioned {caption!r} on {self.path}")

    def link(self, text: str) -> str:
        """Address of the one link with these words (its hidden words count)."""
        found = {str(link["href"]) for link in self.soup.find_all("a", href=True) if words(link) == text}
        if len(found) != 1:
            every = sorted({words(link) for link in self.soup.find_all("a", href=True)})
            raise AssertionError(f"{len(found)} links read {text!r} on {self.path}; there are {every}")
        return found.pop()

    def form(self, which: str | None = None) -> Tag:
        """The form with this id or action; without one, the only form that posts."""
        forms = self.soup.find_all("form")
        if which is None:
            main = self.soup.find("main")
            inside = main.find_all("form") if isinstance(main, Tag) else forms
            found = [form for form in inside if str(form.get("method", "get")).lower() == "post"]
        else:
            found = [form for form in forms if which in (form.get("id"), form.get("action"))]
        if len(found) != 1:
            named = [form.get("id") or form.get("action") for form in forms]
            raise AssertionError(f"{len(found)} forms answer to {which!r} on {self.path}; there are {named}")
        return found[0]


def filled(form: Tag, fields: Mapping[str, FieldValue], button: str | None) -> dict[str, Any]:
    """What a browser would send: what the form holds, changed by `fields`, with the button pressed.

    Raises AssertionError for a field that is not in the form or a choice it does not offer.
    """
    sent = _as_drawn(form)
    for name, value in fields.items():
        controls = _belonging(form, _CONTROLS, attrs={"name": name})
        if not controls:
            every = sorted({str(tag["name"]) for tag in _belonging(form, _CONTROLS, attrs={"name": True})})
            raise AssertionError(f"The form has no field {name!r}; it has {every}")
        _check_choice(name, value, controls)
        if value is None or value is False or value == []:
            sent.pop(name, None)
        else:
            sent[name] = "y" if value is True else value
    pressed = pressed_button(form, button)
    if pressed is not None and pressed.get("name"):
        sent[str(pressed["name"])] = str(pressed.get("value", ""))
    return sent


def _as_drawn(form: Tag) -> dict[str, Any]:
    sent: dict[str, Any] = {}
    for control in _belonging(form, _CONTROLS, attrs={"name": True}, disabled=False):
        value = _drawn_value(control)
        if value is not None:
            name = str(control["name"])
            sent[name] = value if name not in sent else [*_listed(sent[name]), *_listed(value)]
    return sent


def _listed(value: Any) -> list[Any]:
    return value if isinstance(value, list) else [value]


def _drawn_value(control: Tag) -> Any:
    if control.name == "textarea":
        return control.get_text().removeprefix("\n")
    if control.name == "select":
        options = control.find_all("option")
        chosen = [option for option in options if option.has_attr("selected")] or options[:1]
        return str(chosen[0].get("value", words(chosen[0]))) if chosen else None
    kind = control.get("type", "text")
    if kind in {"submit", "button", "reset", "image", "file"}:
        return None
    if kind in {"radio", "checkbox"}:
        return str(control.get("value", "on")) if control.has_attr("checked") else None
    return str(control.get("value", ""))


def _check_choice(name: str, value: FieldValue, controls: Sequence[Tag]) -> None:
    kinds = {str(control.get("type")) if control.name == "input" else control.name for control in controls}
    if not kinds <= {"radio", "checkbox", "select"} or value is None or isinstance(value, bool):
        return
    options = {str(control.get("value", "on")) for control in controls if control.name == "input"}
    for control in controls:
        options |= {str(option.get("value", words(option))) for option in control.find_all("option")}
    wanted = value if isinstance(value, list) else [value]
    unknown = [part for part in wanted if part not in options]
    if unknown:
        raise AssertionError(f"{name!r} does not offer {unknown}; it offers {sorted(options)}")


def _belonging(form: Tag, names: list[str], **wanted: Any) -> list[Tag]:
    """A form's controls: those inside it, and those elsewhere on the page that name it."""
    inside = form.find_all(names, **wanted)
    if not form.get("id"):
        return inside
    root = list(form.parents)[-1]
    beside = [tag for tag in root.find_all(names, **wanted) if tag.get("form") == form["id"]]
    return [*inside, *(tag for tag in beside if tag not in inside)]


def pressed_button(form: Tag, text: str | None) -> Tag | None:
    """The button with these words or this value; without words, the form's first one."""
    buttons = [*_belonging(form, ["button"]), *_belonging(form, ["input"], type="submit")]
    if text is None:
        return buttons[0] if buttons else None
    for button in buttons:
        if text in (words(button), button.get("value")):
            return button
    raise AssertionError(f"No button reads {text!r}; there are {[words(button) for button in buttons]}")
