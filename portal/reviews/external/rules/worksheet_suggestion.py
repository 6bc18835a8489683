"""What worksheets alone suggest for an item: a rating only where nothing they leave open could change it.

Worksheets answer some of an item's ticks and seldom all. A calculator takes an open tick as No, which is
right on a form that a person sends, and would make item 23 a 1 after two of its eight ticks here. So the
rating is worked out twice, with the open ticks as No and as Yes, and holds where both agree. Ticks for
what would be wrong (three or more teams) stay No: nobody has said so.
"""

from __future__ import annotations

from collections.abc import Mapping

from portal.scales.rules.calculator import suggest
from portal.scales.rules.definition import Rule


def firm_suggestion(rule: Rule, entries: Mapping[str, str | bool]) -> int | None:
    """The rating that these entries suggest whatever the open ticks turn out to be; None where it depends.

    Raises EntryError.
    """
    known = suggest(rule, entries)
    if known is None:
        return None
    open_ticks = {fact.key for fact in (*rule.facts, *rule.components)} - set(entries) - _wrong(rule)
    best = suggest(rule, {**entries, **dict.fromkeys(open_ticks, True)})
    return known.rating if best is not None and best.rating == known.rating else None


def _wrong(rule: Rule) -> set[str]:
    """Ticks that lower a rating where they are set."""
    return {key for cap in rule.caps for key in cap.when.present}
