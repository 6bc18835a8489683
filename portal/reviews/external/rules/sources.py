"""Which sources each item asks for, which of them have been looked at, and what is missing.

The scale prints the sources of each item as codes: MIS, DOC, INT, OBS, ISP (fidelity.md, section 1.1).
Missing ones are chased up before the team leaves the site (section 2.4). A note counts as its own
source, a worksheet's figure as its worksheet's sources, and a document that the service supplied as a
document and as management information, since the request list does not tell the two apart.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass

from portal.reviews.external.rules.notes import SOURCES
from portal.scales.rules.definition import Item, Scale

SUPPLIED_COUNTS_AS = ("DOC", "MIS")
# What to do where a source other than interviews is missing.
HOW_TO_FILL: Mapping[str, str] = {
    "MIS": "Ask the team leader for figures from the service’s own system.",
    "DOC": "Ask for the documents and note what they show.",
    "OBS": "Watch it happen: a team meeting, a clinical meeting, or a specialist with an employer.",
    "ISP": "Look at individual plans in the record review, or note what the plans show.",
}

Seen = Mapping[str, frozenset[str]]  # item key -> source codes that have been looked at


@dataclass(frozen=True)
class ItemSources:
    """One item with the sources that it asks for, in the scale's order."""

    item: Item
    seen: frozenset[str]

    @property
    def missing(self) -> tuple[str, ...]:
        """The codes of the sources that nothing covers yet."""
        return tuple(code for code in self.item.sources if code not in self.seen)


def seen_by(
    notes: Iterable[tuple[str, Iterable[str]]],
    worksheets: Iterable[tuple[Iterable[str], Iterable[str]]],
    documents: Iterable[Iterable[str]],
) -> dict[str, frozenset[str]]:
    """What has been looked at, by item.

    notes: (source, item keys) of each; worksheets: (sources, item keys about which there are figures);
    documents: the item keys of each document supplied.
    """
    found: dict[str, set[str]] = {}
    for source, keys in notes:
        for key in keys:
            found.setdefault(key, set()).add(source)
    for sources, keys in worksheets:
        for key in keys:
            found.setdefault(key, set()).update(sources)
    for keys in documents:
        for key in keys:
            found.setdefault(key, set()).update(SUPPLIED_COUNTS_AS)
    return {key: frozenset(sources) for key, sources in found.items()}


def coverage(scale: Scale, seen: Seen) -> list[ItemSources]:
    """Every item that asks for sources, those with the most missing first, then by number."""
    rows = [ItemSources(item, seen.get(item.key, frozenset())) for item in scale.items if item.sources]
    return sorted(rows, key=lambda row: (-len(row.missing), row.item.number))


def gap_numbers(scale: Scale, seen: Seen) -> tuple[int, ...]:
    """The numbers of the items that lack a source, in the scale's order."""
    return tuple(sorted(row.item.number for row in coverage(scale, seen) if row.missing))


def missing_by_source(rows: Iterable[ItemSources]) -> dict[str, list[Item]]:
    """The items that lack each source, by source and then by number; sources that none lacks are left out."""
    found: dict[str, list[Item]] = {}
    for row in sorted(rows, key=lambda one: one.item.number):
        for code in row.missing:
            found.setdefault(code, []).append(row.item)
    return {code: found[code] for code in SOURCES if code in found}
