"""Searching the practice library and suggesting for an item, with 500 materials beside the files."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import replace
from pathlib import Path

from benchmarks.growing import copy
from benchmarks.timing import ROUNDS, WARM_UP, Figure, spread, timed
from portal.app import create_app
from portal.core import clock
from portal.core.act import operational
from portal.core.config import Settings
from portal.core.db import db
from portal.demonstration.people import EISM, SUPPLIER
from portal.library.catalogue import filed, item_titles
from portal.library.models import LibraryMaterial
from portal.library.queries import Asked, found, suggested
from portal.library.rules.finding import folded, vocabulary

MATERIALS, BOUND = 500, 20


def library(base: Path, folder: Path) -> Iterator[Figure]:
    """A search of two words, one that finds everything, and the suggestions of an item page."""
    app = create_app(Settings(data_dir=str(copy(base, folder / "library"))))
    with app.app_context():
        grow()
        note = f"{MATERIALS} materials"
        yield Figure("Library search", *_timed("employer visit"), bound=BOUND, note=note)
        yield Figure("Library search, common word", *_timed("the"), bound=BOUND, note=note)
        times = [timed(lambda: suggested("disclosure", "ips-25")) for _ in range(WARM_UP + ROUNDS)]
        yield Figure("Library, suggestions for an item", *spread(times[WARM_UP:]), bound=5, note=note)
        db.session.remove()


def grow(materials: int = MATERIALS) -> None:
    """Materials with the texts of the files, filed under one item after another."""
    texts, items = [one.text for one in filed().values()], list(item_titles())
    with operational() as session:
        for number in range(materials):
            text = replace(texts[number % len(texts)], items=(items[number % len(items)],))
            session.add(
                LibraryMaterial(
                    supplier_id=SUPPLIER.id,
                    key=f"measured-{number}",
                    kind=text.kind,
                    title=text.title,
                    summary=text.summary,
                    items=f" {text.items[0]} ",
                    sources="",
                    owner_id=EISM.id,
                    review_on=text.review_on,
                    version=1,
                    changed_at=clock.now(),
                    title_words=folded(text.title),
                    summary_words=folded(text.summary),
                    body=text.body,
                    body_words=vocabulary(text.body),
                )
            )


def _timed(words: str) -> tuple[float, float]:
    times = []
    for _ in range(WARM_UP + ROUNDS):
        times.append(timed(lambda: found(Asked(words=words))))
        db.session.rollback()
    return spread(times[WARM_UP:])
