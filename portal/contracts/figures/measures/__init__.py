"""How each indicator is counted from the records, by the name that contract files give the measure.

A measure is asked for all quarters of a contract at once, so that it needs a fixed number of statements:

    measure(supplier_id, asks) -> list[Counted]     one for each, in their order
"""

from __future__ import annotations

from collections.abc import Mapping

from portal.contracts.figures.measures.asking import Ask, Measure
from portal.contracts.figures.measures.eism_fte import eism_fte
from portal.contracts.figures.measures.events_held import events_held
from portal.contracts.figures.measures.reviews_completed import reviews_completed
from portal.contracts.figures.measures.satisfied import satisfaction
from portal.contracts.figures.measures.social_value import social_value

MEASURES: Mapping[str, Measure] = {
    "eism-fte": eism_fte,
    "events-held": events_held,
    "reviews-completed": reviews_completed,
    "satisfaction": satisfaction,
    "social-value": social_value,
}

__all__ = ["MEASURES", "Ask", "Measure"]
