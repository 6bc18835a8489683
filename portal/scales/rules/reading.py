"""Reading a resolved definition (no `extends` left) into a Scale. Checks are in checking."""

from __future__ import annotations

import re
from collections.abc import Mapping
from types import MappingProxyType

from portal.scales.rules.definition import Band, Basis, Item, Rule, RuleKind, Scale, ScaleUse, Section
from portal.scales.rules.fields import Fields
from portal.scales.rules.reading_rule import read_rule

FORMAT = 1
_VERSION = re.compile(r"(0|[1-9]\d*)\.(0|[1-9]\d*)\.(0|[1-9]\d*)\Z")


def read_scale(raw: object, file: str) -> Scale:
    """The scale in `raw`, without its digest. Raises DefinitionError."""
    fields = Fields(raw, file)
    if fields.whole("format") != FORMAT:
        raise fields.error(f"“format” is not {FORMAT}, the only one that is known")
    use = ScaleUse(fields.choice("use", tuple(ScaleUse)))
    lowest, highest = _range(fields, use)
    items = _items(fields, use)
    scale = Scale(
        key=fields.slug("key"),
        version=_version(fields),
        title=fields.text("title"),
        short_title=fields.text("short_title"),
        summary=fields.text("summary"),
        source=fields.text("source"),
        licence=fields.text("licence"),
        use=use,
        rating_min=lowest,
        rating_max=highest,
        sections=_sections(fields),
        items=items,
        bands=_bands(fields),
        crosswalk=_crosswalk(fields),
        notes=fields.texts("notes", needed=False),
        _by_key=MappingProxyType({item.key: item for item in items}),
    )
    fields.finish()
    return scale


def _version(fields: Fields) -> str:
    version = fields.text("version")
    if not _VERSION.match(version):
        raise fields.error(f"“version” is “{version}”: write three numbers, like 1.0.0")
    return version


def _range(fields: Fields, use: ScaleUse) -> tuple[int, int]:
    """The rating range; 0 and 0 where an incomplete scale does not know it."""
    if use is ScaleUse.INCOMPLETE and not fields.has("rating_min") and not fields.has("rating_max"):
        return 0, 0
    lowest, highest = fields.whole("rating_min"), fields.whole("rating_max")
    if not 0 <= lowest < highest <= 99:
        raise fields.error("“rating_min” must be below “rating_max”, both from 0 to 99")
    return lowest, highest


def _sections(fields: Fields) -> tuple[Section, ...]:
    found = []
    for row in fields.tables("sections"):
        found.append(Section(row.slug("key"), row.text("title"), row.text("prefix")))
        row.finish()
    return tuple(found)


def _bands(fields: Fields) -> tuple[Band, ...]:
    found = []
    for row in fields.tables("bands", needed=False):
        found.append(Band(row.slug("key"), row.text("title"), row.whole("lowest"), row.whole("highest")))
        row.finish()
    return tuple(found)


def _crosswalk(fields: Fields) -> Mapping[str, Mapping[str, str]]:
    table = fields.table("crosswalk", needed=False)
    found: dict[str, Mapping[str, str]] = {}
    for other in table.names():
        pairs = table.table(other)
        found[other] = MappingProxyType({key: pairs.text(key) for key in pairs.names()})
    return MappingProxyType(found)


def _items(fields: Fields, use: ScaleUse) -> tuple[Item, ...]:
    """Items in file order. Only a scale for assessment must say everything about each."""
    full = use is ScaleUse.ASSESS
    found = []
    for number, row in enumerate(fields.tables("items"), 1):
        key = row.get("key")
        name = key if isinstance(key, str) and key.strip() else f"number {number} in the file"
        found.append(_item(Fields({k: row.get(k) for k in row.names()}, fields.file, name), full))
    return tuple(found)


def _item(fields: Fields, full: bool) -> Item:
    item = Item(
        key=fields.slug("key"),
        number=fields.whole("number"),
        section=fields.text("section"),
        number_in_section=fields.whole("number_in_section"),
        title=fields.text("title"),
        definition=fields.text("definition"),
        why=fields.text("why", None if full else ""),
        look_for=fields.texts("look_for", needed=full),
        sources=fields.texts("sources", needed=full),
        questions=_questions(fields, full),
        anchors=MappingProxyType(fields.texts_by_rating("anchors")),
        next_steps=MappingProxyType(fields.texts_by_rating("next_steps")),
        rule=_rule(fields, full),
        basis=Basis(fields.choice("basis", tuple(Basis), None if full else Basis.PUBLISHED)),
        checked=fields.flag("checked"),
        note=fields.text("note", ""),
    )
    fields.finish()
    return item


def _rule(fields: Fields, full: bool) -> Rule:
    if not full and not fields.has("rule"):
        return Rule(kind=RuleKind.DESCRIBED)
    return read_rule(fields.table("rule"))


def _questions(fields: Fields, full: bool) -> Mapping[str, tuple[str, ...]]:
    table = fields.table("questions", needed=full)
    return MappingProxyType({role: table.texts(role) for role in table.names()})
