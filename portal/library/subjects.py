"""A material as pages read it, and what it is linked to."""

from __future__ import annotations

from dataclasses import dataclass
from uuid import UUID

from portal.accounts.current import current_actor
from portal.accounts.rules.actors import Actor
from portal.accounts.rules.permissions import Links, Permission, reaches
from portal.core import clock
from portal.library.catalogue import filed
from portal.library.models import LibraryMaterial
from portal.library.queries import name_of, row_of
from portal.library.rules.material import Standing, Text, standing
from portal.library.rules.reading import Filed


@dataclass(frozen=True)
class Material:
    """A material of a file or of a row. `row` None: nobody has taken over the one of the file."""

    key: str
    version: int
    owner: str
    text: Text
    standing: Standing
    row: LibraryMaterial | None


def material_subject(key: str, **_: object) -> tuple[Material, Links] | None:
    """The material, linked to the supplier that keeps it; one of a file to whoever may take it over."""
    row, file = row_of(key), filed().get(key)
    if row is not None:
        return _of_row(row), Links(supplier=row.supplier_id)
    if file is None:
        return None
    own = own_suppliers(current_actor())
    return _of_file(file), Links(supplier=own[0] if own else None)


def own_suppliers(actor: Actor) -> list[UUID]:
    """The suppliers for which the actor keeps materials."""
    return sorted({held.organisation_id for held, _ in reaches(actor, Permission.LIBRARY_EDIT)})


def _of_row(row: LibraryMaterial) -> Material:
    return Material(
        key=row.key,
        version=row.version,
        owner=name_of(row.owner_id),
        text=text_of(row),
        standing=standing(row.review_on, row.retired_at is not None, clock.today()),
        row=row,
    )


def _of_file(one: Filed) -> Material:
    state = standing(one.text.review_on, False, clock.today())
    return Material(one.key, one.version, one.owner, one.text, state, None)


def text_of(row: LibraryMaterial) -> Text:
    """What a row says."""
    return Text(
        kind=row.kind,
        title=row.title,
        summary=row.summary,
        body=row.body,
        items=tuple(row.items.split()),
        sources=tuple(row.sources.splitlines()),
        review_on=row.review_on,
    )
