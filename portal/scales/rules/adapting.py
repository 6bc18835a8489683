"""A definition that adapts another: take its items, replace words, then change single items."""

from __future__ import annotations

import re
from collections.abc import Mapping

from portal.scales.rules.fields import Fields

# What an adaptation takes over unless it has its own. The rest (title, use, notes …) is its own.
_INHERITED = ("rating_min", "rating_max", "sections", "bands")
# Fields of an item that hold words for people; everything else is a key or a number.
_WORDED_IN_ITEM = {"title", "definition", "why", "look_for", "questions", "anchors", "next_steps", "note"}
_WORDED_IN_RULE = {"figure_label", "figure_unit", "label", "unit", "unit_one", "hint", "because", "note"}
_WORDED = _WORDED_IN_ITEM | _WORDED_IN_RULE
_MERGED = ("anchors", "next_steps")


def adapt(raw: Mapping[str, object], base: Mapping[str, object], file: str) -> dict[str, object]:
    """The resolved definition: `raw`, which extends `base` (as to_json writes it). Raises DefinitionError."""
    fields = Fields(raw, file)
    if fields.has("items"):
        raise fields.error("a definition that extends another has “override”, not “items”")
    resolved = {key: value for key, value in raw.items() if key not in ("extends", "replace", "override")}
    for name in _INHERITED:
        if name in base:
            resolved.setdefault(name, base[name])
    words = Words(fields.table("replace", needed=False))
    resolved["items"] = _overridden(words.replaced(base["items"]), fields)
    return resolved


def _overridden(items: object, fields: Fields) -> list[dict[str, object]]:
    changed = {item["key"]: dict(item) for item in items} if isinstance(items, list) else {}
    seen: set[str] = set()
    for row in fields.tables("override", needed=False):
        key = row.text("key")
        if key not in changed:
            raise row.error(f"“override” names the item “{key}”, which does not exist")
        if key in seen:
            raise row.error(f"two overrides change the item “{key}”")
        seen.add(key)
        for name in row.names():
            new, old = row.get(name), changed[key].get(name)
            if name in _MERGED and isinstance(new, Mapping) and isinstance(old, Mapping):
                new = {**old, **new}
            changed[key][name] = new
    return list(changed.values())


class Words:
    """Whole words to replace, longest first, in lower case and with a capital first letter."""

    def __init__(self, table: Fields) -> None:
        self._table = table
        self._new: dict[str, str] = {}
        for old in table.names():
            new = table.text(old)
            self._new[old] = new
            self._new.setdefault(old[:1].upper() + old[1:], new[:1].upper() + new[1:])
        longest = sorted(self._new, key=len, reverse=True)
        either = "|".join(map(re.escape, longest))
        self._pattern = re.compile(rf"(?<!\w)(?:{either})(?!\w)") if longest else None
        self._used: set[str] = set()

    def replaced(self, items: object) -> object:
        """`items` with the words replaced in every text. Refuses words that stand nowhere."""
        found = self._walk(items, worded=False)
        used = {old.lower() for old in self._used}
        for old in self._table.names():
            if old.lower() not in used:
                raise self._table.error(f"“replace” has “{old}”, which stands nowhere in the base")
        return found

    def _walk(self, value: object, worded: bool) -> object:
        if isinstance(value, Mapping):
            # `note` and `title` are texts wherever they stand; inside a worded table all values are.
            return {key: self._walk(content, worded or key in _WORDED) for key, content in value.items()}
        if isinstance(value, list):
            return [self._walk(content, worded) for content in value]
        if isinstance(value, str) and worded and self._pattern:
            return self._pattern.sub(self._swap, value)
        return value

    def _swap(self, match: re.Match[str]) -> str:
        self._used.add(match[0])
        return self._new[match[0]]
