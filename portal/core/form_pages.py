"""A page that is one form: shown, saved, or shown again with what was typed beside what stands."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass, field
from datetime import date
from decimal import Decimal
from enum import StrEnum
from typing import Any

from flask import flash, redirect, render_template
from flask.typing import ResponseReturnValue
from wtforms import DateField, SelectField
from wtforms.fields.choices import RadioField

from portal.core.errors import Invalid, Refused, Stale
from portal.core.filters import day, number
from portal.core.forms import PortalForm, sent_version, summary

Differing = list[tuple[str, str, str]]  # of each field: label, typed, saved now


@dataclass(frozen=True)
class FormPage:
    """A page that is one form. `removal`: where and with which words a mistake is taken back.

    `template` may add to components/form_page.html, or be the feature's own, which needs no `title` and
    `back_text`; it is given `context` by name. `onward` is where saving leads, if not back. `stands` says
    where what was typed and what stands differ, if the fields of the form do not say it by themselves.
    """

    title: str = ""
    back: str = ""
    back_text: str = ""
    intro: str = ""
    caption: str = ""
    button: str = "Save"
    removal: tuple[str, str] | None = None
    context: dict[str, Any] = field(default_factory=dict)
    template: str = "components/form_page.html"
    onward: str = ""
    stands: Callable[[Stale], Differing] | None = None


def form_page(form: PortalForm, page: FormPage, save: Callable[[], str]) -> ResponseReturnValue:
    """Show the form, or save what was sent and go back. `save` calls the verb and says what was done.

    What was typed is kept: where somebody saved first, both versions are shown.
    """
    stale: Stale | None = None
    refused = False
    if form.validate_on_submit():
        try:
            said = save()
        except Invalid as error:
            form.take(error)
        except Refused as error:
            form.form_errors.append(error.reason)
            refused = True
        except Stale as error:
            stale = error
        else:
            flash(said, "success")
            return redirect(page.onward or page.back, 303)
    shown = _shown(form, page, stale)
    return shown, 409 if stale or refused else form.status


def saved_first(stale: Stale, *forms: PortalForm) -> list[dict[str, str]]:
    """The error summary where somebody saved first. The forms take the version that stands now.

    Saving again is then a choice made knowingly, because the page shows both versions (at #stale).
    """
    for form in forms:
        form["version"].process_data(str(stale.version))
    return [{"text": stale.reason, "href": "#stale"}]


def version() -> int:
    """The version that the person saw; one that no row has where it was tampered with."""
    seen = sent_version()
    return -1 if seen is None else seen


def _shown(form: PortalForm, page: FormPage, stale: Stale | None) -> str:
    errors, stands = summary(form), []
    if stale is not None:
        stands = page.stands(stale) if page.stands else _stands(form, stale)
        errors = saved_first(stale, form)
    return render_template(
        page.template, **page.context, form=form, page=page, errors=errors, stale=stale, stands=stands
    )


def _stands(form: PortalForm, stale: Stale) -> Differing:
    """Where what was typed and what stands differ: label, typed, saved now."""
    rows = []
    for name, now in stale.current.items():
        if name in form:
            field = form[name]
            typed, saved = _words(field, field.data), _words(field, now)
            if typed != saved:
                rows.append((field.label.text, typed, saved))
    return rows


def _words(field: Any, value: Any) -> str:
    if value is None or value == "":
        return ""
    if isinstance(field, DateField) and isinstance(value, date):
        return day(value)
    if isinstance(value, Decimal):
        return number(value)
    if isinstance(field, SelectField | RadioField):
        text = value.value if isinstance(value, StrEnum) else str(value)
        return next((str(one.label) for one in field.choices if one.value == text), text)
    return str(value)
