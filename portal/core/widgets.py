"""The GOV.UK widgets of govuk-frontend-wtf, with what is wrong in them put right.

Import widgets from here, never from the library. Put right: a date posted without its three parts
raised an error; links of the error summary led to elements that take no focus; `required` was written
on elements that may not carry it (and made the browser's own bubble hide our message); empty hints.
"""

from __future__ import annotations

from typing import Any

from govuk_frontend_wtf import wtforms_widgets as library

__all__ = [
    "GovCharacterCount",
    "GovCheckboxInput",
    "GovCheckboxesInput",
    "GovDateInput",
    "GovFileInput",
    "GovPasswordInput",
    "GovRadioInput",
    "GovSelect",
    "GovSubmitInput",
    "GovTextArea",
    "GovTextInput",
]

DATE_PARTS = 3


class _Corrected:
    """Drops `required` and empty hints, and gives every field the id that the error summary names."""

    def map_gov_params(self, field: Any, **kwargs: Any) -> dict[str, Any]:
        kwargs.pop("required", None)
        params: dict[str, Any] = super().map_gov_params(field, **kwargs)  # type: ignore[misc]  # the library's
        hint = params.get("hint")
        if not hint or not (hint.get("text") or hint.get("html")):
            params["hint"] = None
        return params


class _CorrectedChoices(_Corrected):
    """Radios and checkboxes: the first one carries the field's id."""

    def map_gov_params(self, field: Any, **kwargs: Any) -> dict[str, Any]:
        params = super().map_gov_params(field, **kwargs)
        params.setdefault("idPrefix", field.id)
        return params


class GovTextInput(_Corrected, library.GovTextInput):
    """One line of text."""


class GovTextArea(_Corrected, library.GovTextArea):
    """Several lines of text."""


class GovCharacterCount(_Corrected, library.GovCharacterCount):
    """Several lines of text with a count of the characters left (`params={"maxlength": …}`)."""


class GovSelect(_Corrected, library.GovSelect):
    """A list to choose one from."""


class GovFileInput(_Corrected, library.GovFileInput):
    """A file to send."""


class GovSubmitInput(_Corrected, library.GovSubmitInput):
    """The button that sends the form; the field's label is its text."""


class GovPasswordInput(_Corrected, library.GovPasswordInput):
    """A password, with a button to show it. Never sent back in a page; pasting works.

    Say which password it is: `PasswordField(…, render_kw={"autocomplete": "new-password"})`.
    """

    def map_gov_params(self, field: Any, **kwargs: Any) -> dict[str, Any]:
        kwargs.pop("value", None)
        autocomplete = kwargs.pop("autocomplete", "current-password")
        params = super().map_gov_params(field, **kwargs)
        params.pop("value", None)
        params["autocomplete"] = autocomplete
        return params


class GovRadioInput(_CorrectedChoices, library.GovRadioInput):
    """One of a few; the label is the legend."""


class GovCheckboxesInput(_CorrectedChoices, library.GovCheckboxesInput):
    """Any of a few; the label is the legend."""


class GovCheckboxInput(_CorrectedChoices, library.GovCheckboxInput):
    """A single box to tick."""


class GovDateInput(_Corrected, library.GovDateInput):
    """Day, month and year. Use it with `portal.core.forms.DateParts`."""

    def map_gov_params(self, field: Any, **kwargs: Any) -> dict[str, Any]:
        sent = field.raw_data
        if sent is not None:
            field.raw_data = [*sent, "", "", ""][:DATE_PARTS]
        try:
            params = super().map_gov_params(field, **kwargs)
        finally:
            field.raw_data = sent
        params.pop("value", None)
        for item, suffix in zip(params["items"], ("", "-month", "-year"), strict=True):
            item["id"] = field.id + suffix
        params["id"] = field.id + "-parts"  # the group's own, so that the first part can have the field's
        return params
