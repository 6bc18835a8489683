"""The template for past reviews: CSV with the headings, XLSX with instructions and the names to use."""

from __future__ import annotations

from collections.abc import Sequence

from portal.core.errors import NotFound
from portal.core.rules.cells import Cell
from portal.core.spreadsheets import CSV_TYPE, XLSX_TYPE, SheetOut, write_csv, write_xlsx
from portal.reviews.external.rules.past_review import KnownService
from portal.scales.rules.definition import Scale, ScaleUse
from portal.scales.rules.numbering import us_number

BEFORE, AFTER = ("Service", "Date", "Kind", "Scale", "Reviewers"), ("Total",)
KINDS = ("self", "guided", "peer", "external")
ROWS = 50  # empty rows that offer the choices of kind and scale
INSTRUCTIONS: tuple[tuple[str, str], ...] = (
    ("One row", "One past review: its result, with a rating for every item. Fill in the first sheet only."),
    ("Service", "The service’s key or its name, as on the sheet “Services”."),
    ("Date", "The day on which the result became final: 27/03/2024 or 2024-03-27. The day comes first."),
    ("Kind", "self, guided, peer or external."),
    ("Scale", "The scale’s key, as on the sheet “Items”. Empty: the scale of the service’s programme."),
    ("Reviewers", "Who reviewed, as the report shall name them. May be empty; 200 characters at most."),
    ("1, 2, 3 …", "The rating of each item, a whole number from 1 to 5. No item may be left out."),
    ("Item headings", "Numbers, or keys, titles, staffing-1 or Staff 1, as on the sheet “Items”."),
    ("Total", "May be empty. Where it is given, it must be the sum of the ratings."),
    ("Other columns", "Take them out: a column that is not read would be lost without a word."),
    ("What follows", "You see what would be brought in before anything is saved. All rows come in, or none."),
)


def template(
    scale: Scale, scales: Sequence[Scale], services: Sequence[KnownService], suffix: str
) -> tuple[bytes, str]:
    """The sheet to fill in for a scale. Returns bytes and media type. Raises NotFound for other endings."""
    headings = (*BEFORE, *(str(item.number) for item in scale.items), *AFTER)
    if suffix == "csv":
        return write_csv(headings, []), CSV_TYPE
    if suffix != "xlsx":
        raise NotFound("There is a template as CSV and as XLSX only.")
    usable = [one for one in scales if one.use is not ScaleUse.INCOMPLETE]
    empty = [[""] * len(headings) for _ in range(ROWS)]
    ratings = [str(rating) for rating in range(scale.rating_min, scale.rating_max + 1)]
    choices = dict.fromkeys(range(len(BEFORE), len(BEFORE) + len(scale.items)), ratings)
    widths = {0: 30, 1: 14, 2: 12, 3: 14, 4: 30} | dict.fromkeys(choices, 5)
    sheets = [
        SheetOut(
            "Past reviews", headings, empty, widths, choices | {2: KINDS, 3: [one.key for one in usable]}
        ),
        SheetOut("Instructions", ("What", "How"), INSTRUCTIONS, {0: 18, 1: 100}),
        SheetOut(
            "Services", ("Key", "Name", "Scale where none is given"), _services(services), {0: 40, 1: 50}
        ),
        SheetOut(
            "Items",
            ("Scale", "Scale’s name", "Number", "Other number", "Key", "Title"),
            _items(usable),
            {4: 30, 5: 60},
        ),
    ]
    return write_xlsx(sheets), XLSX_TYPE


def _services(services: Sequence[KnownService]) -> list[tuple[Cell, ...]]:
    return [(service.key, service.name, service.scale) for service in services]


def _items(scales: Sequence[Scale]) -> list[tuple[Cell, ...]]:
    return [
        (scale.key, scale.short_title, item.number, us_number(scale, item), item.key, item.title)
        for scale in scales
        for item in scale.items
    ]
