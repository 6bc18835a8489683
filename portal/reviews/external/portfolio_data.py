"""What services are asked for before a review: data/documents.toml, read once."""

from __future__ import annotations

from functools import cache
from pathlib import Path

from portal.reviews.assessment.item_page import ROLE_TITLES
from portal.reviews.external.rules.portfolio import RequestList
from portal.reviews.external.rules.portfolio_file import load_requests

FILE = Path(__file__).parent / "data" / "documents.toml"


@cache
def request_list() -> RequestList:
    """The documents and meetings of a review. Raises DefinitionError."""
    return load_requests(FILE.read_text(encoding="utf-8"), FILE.name, ROLE_TITLES)
