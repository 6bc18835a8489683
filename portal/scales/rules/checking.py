"""What must hold across a definition, beyond what each field must be."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Iterable

from portal.scales.rules.checking_rule import check_rule
from portal.scales.rules.definition import Item, Scale, ScaleUse
from portal.scales.rules.errors import DefinitionError
from portal.scales.rules.numbering import normal

SOURCES = ("MIS", "DOC", "INT", "OBS", "ISP")
ROLES = (
    "team-leader",
    "employment-specialist",
    "clinician",
    "clinical-leader",
    "client",
    "executive",
    "jobcentre",
    "family",
    "employer",
    "benefits-adviser",
)


def check_scale(scale: Scale, file: str) -> None:
    """Raise DefinitionError for the first thing in `scale` that does not hold."""
    _sections(scale, file)
    _numbers(scale, file)
    for item in scale.items:
        _item(scale, item, file)
    _bands(scale, file)
    _crosswalk(scale, file)


def _sections(scale: Scale, file: str) -> None:
    _unique(file, "two sections have the key", (section.key for section in scale.sections))
    _unique(file, "two sections have the prefix", (section.prefix.lower() for section in scale.sections))
    known = [section.key for section in scale.sections]
    for item in scale.items:
        if item.section not in known:
            reason = f"the section “{item.section}” is not one of {', '.join(known)}"
            raise DefinitionError(file, item.key, reason)
    for key in known:
        if not scale.items_of(key):
            raise DefinitionError(file, "", f"the section “{key}” has no item")
    order = [known.index(item.section) for item in scale.items]
    if order != sorted(order):
        raise DefinitionError(file, "", "the items are not in the order of their sections")


def _numbers(scale: Scale, file: str) -> None:
    """Keys are unique and no number's spelling; numbers run 1, 2, 3 … in all and in each section."""
    _unique(file, "two items have the key", (item.key for item in scale.items))
    names = {normal(name) for section in scale.sections for name in (section.key, section.prefix)}
    for n, item in enumerate(scale.items, 1):
        if item.number != n:
            raise DefinitionError(file, item.key, f"“number” is {item.number}, and {n} comes next")
        word, _, last = item.key.rpartition("-")
        if last.isdigit() and word in names:
            raise DefinitionError(file, item.key, "the key reads like the number of an item")
    for section in scale.sections:
        for n, item in enumerate(scale.items_of(section.key), 1):
            if item.number_in_section != n:
                given = f"“number_in_section” is {item.number_in_section}"
                reason = f"{given}, and {n} comes next in {section.key}"
                raise DefinitionError(file, item.key, reason)


def _item(scale: Scale, item: Item, file: str) -> None:
    def refuse(reason: str) -> DefinitionError:
        return DefinitionError(file, item.key, reason)

    for code in item.sources:
        if code not in SOURCES:
            raise refuse(f"“sources” has “{code}”, not one of {', '.join(SOURCES)}")
    for role in item.questions:
        if role not in ROLES:
            raise refuse(f"“questions” has the role “{role}”, not one of {', '.join(ROLES)}")
    _texts_by_rating(scale, item, file)
    if scale.use is ScaleUse.ASSESS:
        if len(item.questions) < 2:
            raise refuse("“questions” needs at least two roles")
        for role, questions in item.questions.items():
            if len(questions) < 2:
                raise refuse(f"“questions.{role}” needs at least two questions")
    check_rule(item.rule, range(scale.rating_min, scale.rating_max + 1), file, item.key)


def _texts_by_rating(scale: Scale, item: Item, file: str) -> None:
    ratings = range(scale.rating_min, scale.rating_max + 1)
    expected = (
        ("anchors", "anchor", item.anchors, ratings),
        ("next_steps", "next step", item.next_steps, ratings[:-1]),
    )
    for field, word, texts, wanted in expected:
        for rating in texts:
            if rating not in wanted:
                reason = f"“{field}” has a text for {rating}, where none belongs"
                raise DefinitionError(file, item.key, reason)
        for rating in wanted:
            if scale.use is ScaleUse.ASSESS and rating not in texts:
                raise DefinitionError(file, item.key, f"the {word} for rating {rating} is missing")
        same = [text for text, count in Counter(map(_folded, texts.values())).items() if count > 1]
        if same:
            raise DefinitionError(file, item.key, f"two ratings have the same {word}: “{same[0][:60]}”")


def _bands(scale: Scale, file: str) -> None:
    """Bands cover every total from the lowest to the highest, once."""
    if not scale.bands:
        return
    if scale.use is ScaleUse.INCOMPLETE:
        raise DefinitionError(file, "", "a scale that is never scored has no bands")
    _unique(file, "two bands have the key", (band.key for band in scale.bands))
    following = scale.lowest_total
    for band in sorted(scale.bands, key=lambda band: (band.lowest, band.highest)):
        if band.highest < band.lowest:
            raise DefinitionError(file, "", f"the band “{band.key}” ends before it begins")
        if band.lowest > following:
            raise DefinitionError(file, "", f"the bands leave out {following} to {band.lowest - 1}")
        if band.lowest < following:
            reason = f"the band “{band.key}” begins at {band.lowest}, where {following} comes next"
            raise DefinitionError(file, "", reason)
        following = band.highest + 1
    if following != scale.highest_total + 1:
        reason = f"the bands end at {following - 1}, and the highest total is {scale.highest_total}"
        raise DefinitionError(file, "", reason)


def _crosswalk(scale: Scale, file: str) -> None:
    keys = {item.key for item in scale.items}
    for other, pairs in scale.crosswalk.items():
        for key in pairs:
            if key not in keys:
                reason = f"“crosswalk.{other}” names the item “{key}”, which does not exist"
                raise DefinitionError(file, "", reason)


def _unique(file: str, reason: str, values: Iterable[str]) -> None:
    for value, count in Counter(values).items():
        if count > 1:
            raise DefinitionError(file, "", f"{reason} “{value}”")


def _folded(text: str) -> str:
    return re.sub(r"\W+", " ", text).strip().casefold()
