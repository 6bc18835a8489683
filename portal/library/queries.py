"""Named reads of the practice library: materials of files and of rows as one shelf.

A row with the key of a filed material stands in its place, retired or not.
"""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import date
from typing import Any
from uuid import UUID

from sqlalchemy import ColumnElement, Select, and_, false, or_, select

from portal.accounts.models import Membership, Person
from portal.accounts.queries import in_force
from portal.accounts.rules.roles import Role
from portal.core import clock
from portal.core.db import db
from portal.library.catalogue import base_items, filed, filed_under, folded_texts, item_titles
from portal.library.models import LibraryMaterial, LibraryVersion
from portal.library.rules.finding import score, words_of
from portal.library.rules.material import Kind, Standing, standing
from portal.library.rules.reading import Filed

KEEPERS = (Role.LEAD_MANAGER, Role.EISM)  # who may own a material
M = LibraryMaterial


@dataclass(frozen=True)
class Entry:
    """A material as lists show it. `score`: how well it matches what was searched for."""

    key: str
    kind: Kind
    title: str
    summary: str
    items: tuple[str, ...]
    owner: str
    version: int
    review_on: date
    standing: Standing
    supplier_id: UUID | None
    score: int = 0


@dataclass(frozen=True)
class Asked:
    """What a list is asked for. `states` None: everything that is not retired."""

    words: str = ""
    item: str = ""
    kind: Kind | None = None
    states: frozenset[Standing] | None = None


def found(asked: Asked) -> list[Entry]:
    """The materials that match, best first; without words notes first, by item. Two statements."""
    words = words_of(asked.words)
    entries = [*_rows_found(asked, words), *_filed_found(asked, words)]
    return sorted(entries, key=_by_match if words else _by_shelf)


def suggested(item_key: str, scale_key: str = "", limit: int = 4) -> list[Entry]:
    """Materials for an item of a scale: notes first, those about the fewest items first. One statement.

    Nothing, and no statement, where the item has no counterpart in ips-25.
    """
    items = base_items(item_key, scale_key)
    if not items:
        return []
    candidates = {one.key: one for item in items for one in filed_under()[item]}
    here = or_(*(M.items.contains(f" {item} ") for item in items))
    rows = db.session.execute(_columns().where(or_(here, M.key.in_(candidates)))).all()
    today = clock.today()
    entries = [_entry(row, today) for row in rows if set(row.items.split()) & set(items)]
    taken = {row.key for row in rows}
    entries += [_of_file(one, today) for key, one in candidates.items() if key not in taken]
    live = [one for one in entries if one.standing is not Standing.RETIRED]
    return sorted(live, key=lambda one: (list(Kind).index(one.kind), len(one.items), one.title))[:limit]


def row_of(key: str) -> LibraryMaterial | None:
    """The row with this key, as it stands."""
    return db.session.scalars(
        select(M).where(M.key == key).execution_options(populate_existing=True)
    ).one_or_none()


def versions_of(material_id: UUID) -> Sequence[Any]:
    """(LibraryVersion, name of who saved it) of a material, the newest first."""
    query = (
        select(LibraryVersion, Person.name.label("by"))
        .outerjoin(Person, Person.id == LibraryVersion.saved_by)
        .where(LibraryVersion.material_id == material_id)
        .order_by(LibraryVersion.number.desc())
    )
    return db.session.execute(query).all()


def keepers(supplier_id: UUID) -> list[tuple[UUID, str]]:
    """Who of a supplier may own a material today, by name."""
    query = (
        select(Person.id, Person.name)
        .join(Membership, Membership.person_id == Person.id)
        .where(
            Membership.organisation_id == supplier_id,
            Membership.role.in_(KEEPERS),
            in_force(),
            Person.disabled_at.is_(None),
        )
        .order_by(Person.name, Person.id)
        .distinct()
    )
    return [(row[0], row[1]) for row in db.session.execute(query)]


def name_of(person_id: UUID) -> str:
    """A person's name."""
    return db.session.scalars(select(Person.name).where(Person.id == person_id)).one()


def _columns() -> Select[*tuple[Any, ...]]:
    chosen: Select[*tuple[Any, ...]] = select(
        M.key, M.kind, M.title, M.summary, M.items, M.version, M.review_on, M.retired_at, M.supplier_id,
        M.title_words, M.summary_words, Person.name.label("owner"),
    ).join(Person, Person.id == M.owner_id)  # fmt: skip
    return chosen


def _rows_found(asked: Asked, words: tuple[str, ...]) -> list[Entry]:
    """The database finds; points are counted here. Where no short text has a word, the long one has."""
    query = _columns().where(_in_states(asked), *(_anywhere(f" {word}") for word in words))
    if asked.kind:
        query = query.where(M.kind == asked.kind)
    if asked.item:
        query = query.where(M.items.contains(f" {asked.item} "))
    today, everywhere = clock.today(), "".join(f" {word}" for word in words)
    entries = (
        _entry(row, today, score(words, row.title_words, row.summary_words, everywhere))
        for row in db.session.execute(query)
    )
    return [one for one in entries if _wanted(one, asked)]


def _anywhere(word: str) -> ColumnElement[bool]:
    return or_(M.title_words.contains(word), M.summary_words.contains(word), M.body_words.contains(word))


def _in_states(asked: Asked) -> ColumnElement[bool]:
    """Retired or not; the days are compared where the words for them are."""
    if asked.states is None:
        return M.retired_at.is_(None)
    live = M.retired_at.is_(None) if asked.states - {Standing.RETIRED} else false()
    gone = M.retired_at.is_not(None) if Standing.RETIRED in asked.states else false()
    return or_(live, gone)


def _filed_found(asked: Asked, words: tuple[str, ...]) -> list[Entry]:
    taken = set(db.session.scalars(select(M.key).where(M.key.in_(filed().keys()))))
    today, texts = clock.today(), folded_texts()
    entries = (
        _of_file(one, today, score(words, *texts[key])) for key, one in filed().items() if key not in taken
    )
    return [
        one
        for one in entries
        if (one.score or not words)
        and (asked.kind is None or one.kind is asked.kind)
        and (not asked.item or asked.item in one.items)
        and _wanted(one, asked)
    ]


def _wanted(entry: Entry, asked: Asked) -> bool:
    return asked.states is None or entry.standing in asked.states


def _entry(row: Any, today: date, points: int = 0) -> Entry:
    return Entry(
        key=row.key,
        kind=row.kind,
        title=row.title,
        summary=row.summary,
        items=tuple(row.items.split()),
        owner=row.owner,
        version=row.version,
        review_on=row.review_on,
        standing=standing(row.review_on, row.retired_at is not None, today),
        supplier_id=row.supplier_id,
        score=points,
    )


def _of_file(one: Filed, today: date, points: int = 0) -> Entry:
    text = one.text
    return Entry(
        key=one.key,
        kind=text.kind,
        title=text.title,
        summary=text.summary,
        items=text.items,
        owner=one.owner,
        version=one.version,
        review_on=text.review_on,
        standing=standing(text.review_on, False, today),
        supplier_id=None,
        score=points,
    )


def _by_match(one: Entry) -> tuple[int, str, str]:
    return (-one.score, one.title.casefold(), one.key)


def _by_shelf(one: Entry) -> tuple[int, int, str, str]:
    places = {key: place for place, key in enumerate(item_titles())}
    first = min((places[item] for item in one.items if item in places), default=len(places))
    return (list(Kind).index(one.kind), first, one.title.casefold(), one.key)


def lapsed(on: date) -> tuple[list[Filed], list[LibraryMaterial]]:
    """What is due for review on a day: filed materials that no row replaces, and rows. Two statements."""
    due = {key: one for key, one in filed().items() if one.text.review_on <= on}
    taken = set(db.session.scalars(select(M.key).where(M.key.in_(due))))
    rows = db.session.scalars(
        select(M).where(and_(M.retired_at.is_(None), M.review_on <= on)).order_by(M.review_on, M.key)
    )
    return [one for key, one in due.items() if key not in taken], list(rows)


def lead_managers() -> dict[UUID, list[UUID]]:
    """The lead managers of each supplier today."""
    query = (
        select(Membership.organisation_id, Person.id)
        .join(Person, Person.id == Membership.person_id)
        .where(Membership.role == Role.LEAD_MANAGER, in_force(), Person.disabled_at.is_(None))
        .order_by(Membership.organisation_id, Person.id)
        .distinct()
    )
    by_supplier: dict[UUID, list[UUID]] = {}
    for supplier_id, person_id in db.session.execute(query):
        by_supplier.setdefault(supplier_id, []).append(person_id)
    return by_supplier


def addresses(person_ids: Iterable[UUID]) -> dict[UUID, tuple[str, str]]:
    """Name and address of people who have not been disabled."""
    query = select(Person.id, Person.name, Person.email).where(
        Person.id.in_(set(person_ids)), Person.disabled_at.is_(None)
    )
    return {row[0]: (row[1], row[2]) for row in db.session.execute(query)}
