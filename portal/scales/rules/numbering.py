"""The names an item goes by: 4, organisation-1, Org 1 (the US style) and its key."""

from __future__ import annotations

import re

from portal.scales.rules.definition import Item, Scale

_NUMBER = re.compile(r"0{0,2}([1-9][0-9]{0,2})\Z")
_IN_SECTION = re.compile(r"(.+?)-?0{0,2}([1-9][0-9]{0,2})\Z")


def normal(text: str) -> str:
    """Lower case, with one hyphen where spaces, underscores or hyphens stood: "Org  3" is "org-3"."""
    return re.sub(r"[\s_\-\u2010-\u2013]+", "-", text.strip()).strip("-").lower()


def resolve(scale: Scale, text: str) -> Item:
    """The item of `scale` that `text` names, in any style and case.

    Raises KeyError when it names none.
    """
    name = normal(text)
    for item in scale.items:
        if item.key == name:
            return item
    if match := _NUMBER.match(name):
        number = int(match[1])
        if number <= len(scale.items):
            return scale.items[number - 1]
    elif match := _IN_SECTION.match(name):
        for section in scale.sections:
            if match[1] in (normal(section.key), normal(section.prefix)):
                for item in scale.items_of(section.key):
                    if item.number_in_section == int(match[2]):
                        return item
    raise KeyError(text)


def us_number(scale: Scale, item: Item) -> str:
    """The item's number in the US style: "Org 3"."""
    prefix = next(section.prefix for section in scale.sections if section.key == item.section)
    return f"{prefix} {item.number_in_section}"
