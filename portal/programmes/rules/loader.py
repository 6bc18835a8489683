"""From a definition file's text to a Programme. Refuses what does not hold, in one line with the file."""

from __future__ import annotations

from collections.abc import Mapping

from portal.programmes.rules.definition import (
    UNITS,
    Cadence,
    DefinitionError,
    OpenPoint,
    Parameter,
    Programme,
)
from portal.programmes.rules.review import ReviewProcess
from portal.programmes.rules.tables import Table, parse

_TOP = {
    "key",
    "title",
    "short_title",
    "source",
    "summary",
    "scales",
    "settings",
    "review",
    "parameters",
    "cadence",
    "open",
}
_PARAMETER = {"key", "title", "unit", "source", "value", "low", "high", "note", "ours"}
_CADENCE = {
    "external_first_within",
    "external_every",
    "external_accredited_every",
    "accredited_bands",
    "self_every",
    "source",
    "ours",
    "note",
}
_OPEN = {"source", "text", "reading"}


def load_programme(text: str, file: str, reviews: Mapping[str, ReviewProcess]) -> Programme:
    """The programme that a file describes, with its review process from `reviews` (by key).

    Raises DefinitionError naming the file and the reason.
    """
    table = parse(text, file, _TOP)
    review = reviews.get(table.slug("review"))
    if review is None:
        raise DefinitionError(file, f"there is no review process “{table.slug('review')}”")
    programme = Programme(
        key=table.slug("key"),
        title=table.text("title"),
        short_title=table.text("short_title"),
        source=table.text("source"),
        summary=table.text("summary"),
        scales=table.slugs("scales"),
        settings=table.slugs("settings"),
        review=review,
        parameters=tuple(_parameter(one) for one in table.tables("parameters", "parameter", _PARAMETER)),
        cadence=_cadence(table.table("cadence", _CADENCE)),
        open_points=tuple(_open(one) for one in table.tables("open", "open point", _OPEN)),
    )
    keys = [parameter.key for parameter in programme.parameters]
    if twice := sorted({key for key in keys if keys.count(key) > 1}):
        raise DefinitionError(file, f"two parameters have the key “{twice[0]}”")
    return programme


def _parameter(table: Table) -> Parameter:
    key, unit = table.slug("key"), table.text("unit")
    table.place = f"parameter {key}"
    if unit not in UNITS:
        table.refuse(f"has the unit “{unit}”; there are {', '.join(UNITS)}")
    value, low, high = table.figure("value"), table.figure("low"), table.figure("high")
    if value is not None and (low is not None or high is not None):
        table.refuse("has both “value” and a range")
    if low is not None and high is not None and low > high:
        table.refuse(f"runs from {low} down to {high}")
    return Parameter(
        key=key,
        title=table.text("title"),
        unit=unit,
        source=table.text("source"),
        low=low if value is None else value,
        high=high if value is None else value,
        note=table.text("note", ""),
        ours=table.flag("ours"),
    )


def _cadence(table: Table) -> Cadence:
    accredited, bands = table.months("external_accredited_every"), table.slugs("accredited_bands", empty=True)
    if (accredited is None) != (not bands):
        table.refuse("needs “external_accredited_every” and “accredited_bands” together or neither")
    return Cadence(
        external_first_within=table.months("external_first_within"),
        external_every=table.months("external_every"),
        external_accredited_every=accredited,
        accredited_bands=bands,
        self_every=table.months("self_every"),
        source=table.text("source"),
        ours=table.flag("ours"),
        note=table.text("note", ""),
    )


def _open(table: Table) -> OpenPoint:
    return OpenPoint(table.text("source"), table.text("text"), table.text("reading"))
