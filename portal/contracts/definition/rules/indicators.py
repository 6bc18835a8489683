"""From the tables of a contract's file to its indicators, with their bands and what follows from them."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field

from portal.contracts.definition.rules import reading
from portal.contracts.definition.rules.bands import Band, Edge
from portal.contracts.definition.rules.edges import Resolution, Unsettled, settle
from portal.contracts.definition.rules.terms import Consequence, Frequency, Indicator, Remedy, Unit
from portal.contracts.definition.rules.wording import figure
from portal.programmes.rules.tables import Table

FIELDS = {
    "number",
    "title",
    "section",
    "unit",
    "frequency",
    "measure",
    "target",
    "of",
    "critical",
    "notes",
    "settings",
    "bands",
    "resolved",
    "consequences",
}
_BAND = {"key", "title", "from", "above", "to", "below", "met", "approaching"}
_RESOLVED = {"at", "between", "band", "words"}
_CONSEQUENCE = {"band", "remedy", "section", "words", "retains", "share"}


@dataclass(frozen=True)
class Measure:
    """A way of counting that the portal knows. `targeted`: it is counted against a target of the contract."""

    title: str
    targeted: bool
    settings: Mapping[str, type] = field(default_factory=dict)


MEASURES = {
    "eism-fte": Measure("EISMs employed, in FTE", True, {"leave_counts": dict}),
    "events-held": Measure("Events held of those planned", False),
    "reviews-completed": Measure(
        "Fidelity reviews and guided self-assessments completed", True, {"pro_rata": bool}
    ),
    "satisfaction": Measure("Answers of good or excellent", False, {"population": str}),
    "social-value": Measure("Social value commitments met", False),
}


def indicator(table: Table) -> Indicator:
    """The indicator that a table describes. Raises DefinitionError."""
    number = table.text("number")
    table.place = f"indicator {number}"
    unit = table.choice("unit", Unit, Unit.PERCENT)
    bands = tuple(_band(one, unit) for one in table.tables("bands", f"{table.place}, band", _BAND))
    resolutions = _resolutions(table, bands, unit)
    keys = [band.key for band in bands]
    consequences = tuple(
        _consequence(one, keys)
        for one in table.tables("consequences", f"{table.place}, consequence", _CONSEQUENCE)
    )
    found = Indicator(
        number=number,
        title=table.text("title"),
        unit=unit,
        frequency=table.choice("frequency", Frequency, Frequency.QUARTER),
        measure=table.slug("measure") if "measure" in table.raw else None,
        target=reading.number(table, "target") if "target" in table.raw else None,
        bands=_settled(table, bands, resolutions, unit),
        consequences=consequences,
        critical=table.flag("critical"),
        section=table.text("section", ""),
        notes=reading.words(table, "notes"),
        resolved=tuple(one.words for one in resolutions),
        settings=table.raw.get("settings", {}),
        of=table.text("of", ""),
    )
    _check(found, table)
    return found


def _check(found: Indicator, table: Table) -> None:
    measure = MEASURES.get(found.measure or "")
    if found.measure is not None and measure is None:
        known = ", ".join(MEASURES)
        table.refuse(f"has the measure “{found.measure}”; there are {known}, or none where entered by hand")
    if measure is not None and found.unit is not Unit.PERCENT:
        table.refuse(f"counts “{found.measure}”, which is a percentage: leave out “unit”")
    if found.target == 0:
        table.refuse("has a target of 0")
    if measure is not None and measure.targeted and found.target is None:
        table.refuse(f"needs a “target” for the measure “{found.measure}”")
    if measure is not None and not measure.targeted and found.target is not None:
        table.refuse(f"has a “target”, which “{found.measure}” does not use: its plan or answers say")
    _check_settings(found, measure, table)
    if found.critical and not found.consequences:
        table.refuse("is marked critical, and no band has a consequence")


def _check_settings(found: Indicator, measure: Measure | None, table: Table) -> None:
    if not isinstance(found.settings, dict):
        table.refuse("needs a table in “settings”")
    known = measure.settings if measure else {}
    for name, said in found.settings.items():
        if name not in known:
            table.refuse(f"has the setting “{name}”, which its measure does not know")
        flags = said.values() if isinstance(said, dict) else ()
        if not isinstance(said, known[name]) or not all(isinstance(flag, bool) for flag in flags):
            table.refuse(
                f"has {said} in the setting “{name}”, which is of another kind (docs/contract-files.md)"
            )
    ends = [edge.value for band in found.bands for edge in (band.low, band.high) if edge]
    ends += [found.target] if found.target else []
    if found.measure == "eism-fte" and any("/" in figure(end, found.unit) for end in ends):
        table.refuse("has an edge or target whose decimals do not end: round it as the contract does")


def _band(table: Table, unit: Unit) -> Band:
    key = table.slug("key")
    table.place = f"{table.place.rpartition(' ')[0]} “{key}”"
    low = _edge(table, "from", "above", unit)
    high = _edge(table, "to", "below", unit)
    if (
        low
        and high
        and (low.value > high.value or (low.value == high.value and not low.inside & high.inside))
    ):
        table.refuse("ends before it starts")
    return Band(key, table.text("title"), low, high, table.flag("met"), table.flag("approaching"))


def _edge(table: Table, inside: str, outside: str, unit: Unit) -> Edge | None:
    if inside in table.raw and outside in table.raw:
        table.refuse(f"has both “{inside}” and “{outside}”")
    holds, open_ = reading.value(table, inside, unit), reading.value(table, outside, unit)
    if holds is not None:
        return Edge(holds, True)
    return None if open_ is None else Edge(open_, False)


def _settled(
    table: Table, bands: tuple[Band, ...], resolutions: tuple[Resolution, ...], unit: Unit
) -> tuple[Band, ...]:
    keys = [band.key for band in bands]
    if not bands:
        table.refuse("needs at least one band")
    if twice := [key for key in keys if keys.count(key) > 1]:
        table.refuse(f"has two bands “{twice[0]}”")
    if not any(band.met for band in bands):
        table.refuse("has no band in which its target is met: mark it “met = true”")
    try:
        return settle(bands, resolutions, unit)
    except Unsettled as problem:
        table.refuse(str(problem))
        raise


def _resolutions(table: Table, bands: tuple[Band, ...], unit: Unit) -> tuple[Resolution, ...]:
    tables = table.tables("resolved", f"{table.place}, resolution", _RESOLVED)
    return tuple(_resolution(one, [band.key for band in bands], unit) for one in tables)


def _resolution(table: Table, keys: list[str], unit: Unit) -> Resolution:
    if ("at" in table.raw) == ("between" in table.raw):
        table.refuse("needs “at” for one value or “between” for two")
    if "at" in table.raw:
        low = high = reading.value(table, "at", unit)
    else:
        ends = table.raw["between"]
        if not isinstance(ends, list) or len(ends) != 2:
            table.refuse("needs two values in “between”")
        pair = Table(table.file, table.place, {"low": ends[0], "high": ends[1]}, {"low", "high"})
        low, high = reading.value(pair, "low", unit), reading.value(pair, "high", unit)
    assert low is not None  # the field is there, so it was read or refused
    assert high is not None
    if low > high:
        table.refuse("ends before it starts")
    return Resolution(low, high, _known(table, keys), table.text("words"))


def _consequence(table: Table, keys: list[str]) -> Consequence:
    band = _known(table, keys)
    table.place = f"{table.place.rpartition(' ')[0]} of “{band}”"
    remedy = table.choice("remedy", Remedy)
    retains = table.flag("retains")
    if retains and remedy not in (Remedy.PLAN_REQUIRED, Remedy.PLAN_MAY_BE_ASKED):
        table.refuse("has “retains”, which only a plan gives a right to")
    credit = reading.share(table, "share") if "share" in table.raw else None
    if credit is not None and (remedy is not Remedy.SERVICE_CREDIT or credit > 1):
        table.refuse("has a “share” that is no part of a payment given back: use service-credit, up to 100%")
    return Consequence(band, remedy, table.text("section", ""), table.text("words"), retains, credit)


def _known(table: Table, keys: list[str]) -> str:
    band = table.slug("band")
    if band not in keys:
        table.refuse(f"names the band “{band}”; there are {', '.join(keys) or 'none'}")
    return band
