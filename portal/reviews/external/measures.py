"""What the team counted on site, for the calculators of each reviewer's own sheet and for consensus."""

from __future__ import annotations

from portal.reviews.external.fieldwork_rows import filled_sheets
from portal.reviews.external.loading import LoadedReview
from portal.reviews.external.rules.worksheet_offers import NOTHING, Offer
from portal.reviews.external.rules.worksheet_offers import offers as _offers

__all__ = ["NOTHING", "Offer", "offer", "offers"]


def offers(found: LoadedReview) -> dict[str, Offer]:
    """What the worksheets say, by item key: entries for its calculator, and every figure in words.

    Entries map an input's key to an exact decimal as text, a fact's key to True or False. Items about
    which nothing is known are left out. One statement.
    """
    return _offers(filled_sheets(found), found.scale.key)


def offer(found: LoadedReview, item_key: str) -> Offer:
    """The offer for one item; empty where nothing is known. One statement."""
    scale_key = found.scale.key
    informing = [(sheet, rows) for sheet, rows in filled_sheets(found) if item_key in sheet.items(scale_key)]
    return _offers(informing, scale_key).get(item_key, NOTHING)
