"""From a contract file's text to a Contract. Refuses what does not hold, in one line with the file.

The format is described in docs/contract-files.md.
"""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import fields, replace
from fractions import Fraction
from typing import Any

from portal.contracts.definition.rules import reading
from portal.contracts.definition.rules.indicators import FIELDS as INDICATOR
from portal.contracts.definition.rules.indicators import indicator
from portal.contracts.definition.rules.terms import (
    Commitment,
    Contract,
    Fact,
    Indicator,
    Management,
    Money,
    Terms,
    Variation,
)
from portal.core.rules.quarters import quarter_of
from portal.programmes.rules.tables import Table, parse

LONGEST_KEY = 80
TAKEN = {"compare"}  # addresses below /contracts that are no contract
# What a variation may change as well as the first terms may say it.
_SHARED = {
    "governance",
    "ends",
    "latest_end",
    "money",
    "management",
    "scope",
    "indicators",
    "commitments",
    "facts",
    "readings",
}
_TOP = _SHARED | {
    "key",
    "title",
    "source",
    "buyer",
    "supplier",
    "starts",
    "starts_note",
    "variations",
}
_VARIATION = _SHARED | {"on", "agreed", "words", "title", "supplier", "without_indicators"}
_MONEY = {"value", "vat_included", "retention", "extension"}
_MANAGEMENT = {field.name for field in fields(Management)}
_SCOPE = {"services", "programmes", "assessments", "authorities", "words"}
_FACT = {"title", "words", "section"}
_COMMITMENT = {"key", "title", "metric", "target"}


def load_contract(text: str, file: str) -> Contract:
    """The contract that a file describes. Raises DefinitionError with the file, the place and the reason."""
    table = parse(text, file, _TOP)
    if len(table.slug("key")) > LONGEST_KEY or table.slug("key") in TAKEN:
        table.refuse(
            f"has a “key” that is too long (over {LONGEST_KEY} characters) or an address of the portal’s"
        )
    starts = reading.day(table, "starts")
    signed = _shared(
        table,
        Terms(
            key=table.slug("key"),
            title=table.text("title"),
            source=table.text("source"),
            buyer=table.slug("buyer"),
            supplier=table.slug("supplier"),
            governance=(),
            starts=starts,
            ends=reading.day(table, "ends"),
            latest_end=reading.day(table, "latest_end", reading.day(table, "ends")),
            money=_money(table.table("money", _MONEY)),
            indicators=(),
            starts_note=table.text("starts_note", ""),
        ),
    )
    _check(table, signed)
    return Contract(signed, _variations(table, signed))


def _variations(table: Table, signed: Terms) -> tuple[Variation, ...]:
    found: list[Variation] = []
    for one in table.tables("variations", "variation", _VARIATION):
        before = found[-1].terms if found else signed
        varied = _variation(one, before)
        _check_moment(one, varied, before, found)
        found.append(varied)
    return tuple(found)


def _variation(table: Table, before: Terms) -> Variation:
    on, agreed = reading.day(table, "on"), reading.day(table, "agreed")
    terms = before
    if gone := table.raw.get("without_indicators", []):
        known = {one.number for one in before.indicators}
        if not isinstance(gone, list) or (strange := [one for one in gone if one not in known]):
            table.refuse(
                f"takes out the indicator “{strange[0] if isinstance(gone, list) else gone}”: there is none"
            )
        kept = tuple(one for one in before.indicators if one.number not in gone)
        terms = replace(terms, indicators=kept)
    if "title" in table.raw:
        terms = replace(terms, title=table.text("title"))
    if "supplier" in table.raw:
        table.refuse("changes the supplier: that is another contract, with a file of its own")
    terms = _shared(table, terms)
    _check(table, terms)
    return Variation(on, table.text("words"), terms, agreed)


def _check_moment(table: Table, varied: Variation, before: Terms, found: list[Variation]) -> None:
    agreed = varied.agreed or varied.on
    if found and varied.on <= found[-1].on:
        table.refuse(f"holds from {varied.on}, not after the one before it ({found[-1].on})")
    if not before.starts < varied.on <= before.ends:
        table.refuse(f"holds from {varied.on}, outside the contract ({before.starts} to {before.ends})")
    if varied.on < quarter_of(agreed).first:
        table.refuse(
            f"was agreed on {agreed} and would change the closed past from {varied.on}:"
            f" it can hold from {quarter_of(agreed).first} at the earliest"
        )
    if varied.terms.ends < agreed:
        table.refuse(f"ends the contract on {varied.terms.ends}, before it was agreed ({agreed})")


def _shared(table: Table, before: Terms) -> Terms:
    """The terms with what this table says; what it does not name stays."""
    readers: dict[str, Callable[[], object]] = {
        "governance": lambda: table.slugs("governance", empty=True),
        "ends": lambda: reading.day(table, "ends"),
        "latest_end": lambda: reading.day(table, "latest_end"),
        "money": lambda: _money(table.table("money", _MONEY)),
        "management": lambda: _management(table.table("management", _MANAGEMENT)),
        "scope": lambda: dict(table.table("scope", _SCOPE).raw),
        "indicators": lambda: _replaced(before.indicators, _indicators(table)),
        "commitments": lambda: _commitments(table),
        "facts": lambda: _facts(before.facts, table),
        "readings": lambda: (*before.readings, *reading.words(table, "readings")),
    }
    said: dict[str, Any] = {field: read() for field, read in readers.items() if field in table.raw}
    return replace(before, **said)


def _check(table: Table, terms: Terms) -> None:
    if terms.ends < terms.starts:
        table.refuse(f"ends on {terms.ends}, before it starts on {terms.starts}")
    if terms.latest_end < terms.ends:
        table.refuse(f"can be extended to {terms.latest_end}, before it ends on {terms.ends}")
    if terms.buyer == terms.supplier:
        table.refuse("has one organisation as buyer and as supplier")
    if not terms.indicators:
        table.refuse("needs at least one indicator")
    if (
        any(one.retains for each in terms.indicators for one in each.consequences)
        and not terms.money.retention
    ):
        table.refuse("lets money be retained, and “money” says no “retention”")
    social = any(one.measure == "social-value" for one in terms.indicators)
    if terms.commitments and not social:
        table.refuse("has commitments, and no indicator with the measure social-value")


def _money(table: Table) -> Money:
    retention = reading.share(table, "retention") if "retention" in table.raw else Fraction(0)
    if retention > 1:
        table.refuse("retains more than the payment")
    if not isinstance(table.raw.get("vat_included"), bool):
        table.refuse("needs true or false in “vat_included”")
    return Money(
        ceiling_pence=reading.pence(table, "value"),
        vat_included=table.flag("vat_included"),
        retention=retention,
        extension_pence=reading.pence(table, "extension", 0),
    )


def _management(table: Table) -> Management:
    return Management(
        notice_months=reading.count(table, "notice_months"),
        mobilisation_weeks=reading.count(table, "mobilisation_weeks"),
        meeting=table.text("meeting", ""),
        attends=reading.words(table, "attends"),
        ad_hoc=table.flag("ad_hoc"),
    )


def _indicators(table: Table) -> tuple[Indicator, ...]:
    place = "indicator" if table.place == "the file" else f"{table.place}, indicator"
    found = tuple(indicator(one) for one in table.tables("indicators", place, INDICATOR))
    numbers = [one.number for one in found]
    if twice := [one for one in numbers if numbers.count(one) > 1]:
        table.refuse(f"has two indicators with the number {twice[0]}")
    return found


def _replaced(before: tuple[Indicator, ...], changed: tuple[Indicator, ...]) -> tuple[Indicator, ...]:
    by_number = {one.number: one for one in changed}
    kept = tuple(by_number.pop(one.number, one) for one in before)
    return kept + tuple(by_number.values())


def _facts(before: tuple[Fact, ...], table: Table) -> tuple[Fact, ...]:
    tables = table.tables("facts", "fact", _FACT)
    said = tuple(Fact(one.text("title"), one.text("words"), one.text("section", "")) for one in tables)
    titles = {one.title for one in said}
    return tuple(one for one in before if one.title not in titles) + said


def _commitments(table: Table) -> tuple[Commitment, ...]:
    found = tuple(_commitment(one) for one in table.tables("commitments", "commitment", _COMMITMENT))
    keys = [one.key for one in found]
    if twice := [one for one in keys if keys.count(one) > 1]:
        table.refuse(f"has two commitments with the key “{twice[0]}”")
    return found


def _commitment(table: Table) -> Commitment:
    key, target = table.slug("key"), table.raw.get("target")
    table.place = f"commitment {key}"
    percent = isinstance(target, str) and target.endswith("%")
    found = reading.share(table, "target") if percent else reading.number(table, "target")
    return Commitment(key, table.text("title"), table.text("metric"), found, percent)
