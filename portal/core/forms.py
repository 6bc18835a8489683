"""What every form shares: its base, the date field, and how its problems reach the page.

A view validates, calls the verb, hands a caught Invalid to `form.take(error)`, and renders with
`errors=summary(form)` and `form.status`; portal/accounts/views/people.py shows it.
"""

from __future__ import annotations

from datetime import date, datetime
from typing import Any

from flask import request
from flask_wtf import FlaskForm
from wtforms import DateField, Field, HiddenField
from wtforms.validators import Length, StopValidation, ValidationError

from portal.core.errors import Invalid
from portal.core.rules.whole import whole
from portal.core.widgets import GovDateInput

FORM_LEVEL = "form"  # a problem that belongs to no single field


PLAIN = {
    "Not a valid choice.": "Choose one from the list",
    "Not a valid integer value.": "Enter a whole number, like 12",
    "Not a valid decimal value.": "Enter a number, like 12.5",
    "Invalid Choice: could not coerce.": "Choose one from the list",
    "One or more data inputs could not be coerced.": "Choose from the list",
}


class PlainWords:
    """Puts the library's own messages into ours."""

    def gettext(self, text: str) -> str:
        return PLAIN.get(text, text)

    def ngettext(self, singular: str, plural: str, count: int) -> str:
        return PLAIN.get(singular, singular if count == 1 else plural)


class PortalForm(FlaskForm):
    """Base of our forms. Text is stripped of blanks at both ends, and of characters no database takes."""

    class Meta(FlaskForm.Meta):
        """Clean every text field before its validators see it; say the library's messages plainly."""

        def get_translations(self, _form: Any) -> Any:
            return PlainWords()

        def bind_field(self, form: Any, unbound_field: Any, options: dict[str, Any]) -> Any:
            plain = unbound_field.field_class.__name__ in {"StringField", "TextAreaField", "EmailField"}
            if plain:
                options["filters"] = (*options.get("filters", ()), clean)
            return super().bind_field(form, unbound_field, options)

    @property
    def status(self) -> int:
        """The status of the page that shows this form: 400 when it has problems."""
        return 400 if self.errors or self.form_errors else 200

    def take(self, error: Invalid) -> None:
        """Put a verb's problems where they belong: at the field they name, else over the form."""
        for name, message in error.problems.items():
            if name in self._fields:
                field = self._fields[name]
                field.errors = [*field.errors, message]
            else:
                self.form_errors.append(message)


class ButtonForm(PortalForm):
    """A button: only the token."""


class PressForm(PortalForm):
    """A button: the token, and the version that the person saw."""

    version = HiddenField()


class VersionedForm(PortalForm):
    """A form of a row that two people can edit. `version`: the one that the person saw; 0 of a new row."""

    version = HiddenField(default="0")


class DateParts(DateField):
    """A date in three boxes. `data` is None when all are empty; `Missing` refuses that."""

    widget = GovDateInput()

    def __init__(self, label: str, validators: Any = (), **kwargs: Any) -> None:
        kwargs.setdefault("format", "%d %m %Y")
        super().__init__(label, validators, **kwargs)

    def process_formdata(self, valuelist: list[str]) -> None:
        """Read day, month (number or English name) and year. Raises ValueError with a plain message."""
        parts = [part.strip() for part in valuelist]
        self.data = None
        if any(parts):
            self.data = _date(parts)


def _date(parts: list[str]) -> date:
    wrong = ValueError("Enter a real date, like 27 3 2026")
    if len(parts) != 3 or not (parts[0].isdecimal() and parts[2].isdecimal() and len(parts[2]) == 4):
        raise wrong
    text = f"{int(parts[0])} {parts[1]} {parts[2]}"
    for form in ("%d %m %Y", "%d %B %Y", "%d %b %Y"):
        try:
            return datetime.strptime(text, form).date()  # noqa: DTZ007  a date has no zone
        except ValueError:
            continue
    raise wrong


class Missing:
    """Refuses an empty field with the message given. What could not be read keeps its own message."""

    def __init__(self, message: str) -> None:
        self.message = message

    def __call__(self, form: Any, field: Field) -> None:
        empty = not field.data or (isinstance(field.data, str) and not field.data.strip())
        if empty and not field.process_errors:
            field.errors = []
            raise StopValidation(self.message)


def day_field(label: str, missing: str, hint: str = "For example, 1 4 2026") -> DateParts:
    """A date that must be given. `missing`: what is said where it is not."""
    return DateParts(label, [Missing(missing)], description=hint)


class AtMost(Length):
    """Refuses more characters than `limit`, saying how many there are and may be."""

    def __init__(self, limit: int) -> None:
        super().__init__(max=limit)

    def __call__(self, form: Any, field: Field) -> None:
        length = len(field.data or "")
        if length > self.max:
            raise ValidationError(
                f"{field.label.text} must be {self.max:,} characters or fewer; this has {length:,}"
            )


def clean(text: str | None) -> str | None:
    """Text as it is stored: no NUL and other control characters but line ends and tabs, no outer blanks."""
    if text is None:
        return None
    return "".join(sign for sign in text if sign in "\n\t" or ord(sign) >= 32).strip()


def sent_version(name: str = "version") -> int | None:
    """The version of a row that the person saw, from the posted form; None where it cannot be read."""
    return whole(request.form.get(name))


def summary(form: FlaskForm) -> list[dict[str, str]]:
    """The form's problems for the error summary at the top of the page, in the order of the fields."""
    found = [{"text": str(message), "href": "#main-content"} for message in form.form_errors]
    for field in form:
        if field.name != "csrf_token":
            found += [{"text": str(message), "href": f"#{field.id}"} for message in _flat(field.errors)[:1]]
    return found


def _flat(errors: Any) -> list[Any]:
    if isinstance(errors, dict):
        return [message for inner in errors.values() for message in _flat(inner)]
    flat: list[Any] = []
    for error in errors:
        flat += _flat(error) if isinstance(error, list | tuple | dict) else [error]
    return flat
