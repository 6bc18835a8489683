"""Adding, changing, retiring and putting back materials. Each change of a text is a version of its own."""

from __future__ import annotations

import uuid
from uuid import UUID

from sqlalchemy import select

from portal.accounts.rules.actors import Actor
from portal.accounts.rules.permissions import Links, Permission, demand
from portal.core import clock
from portal.core.act import act
from portal.core.db import db
from portal.core.errors import Forbidden, Invalid, NotFound, Refused, Stale
from portal.directory.rules.details import key_from
from portal.library.catalogue import filed, item_titles
from portal.library.models import LibraryMaterial, LibraryVersion
from portal.library.queries import keepers
from portal.library.rules.finding import folded, vocabulary
from portal.library.rules.material import RESERVED, Text, problems

CHANGED = "Somebody else changed this material first."
AS_IT_CAME = "As it came with the portal"
LONGEST_CHANGE = 300


def add_material(actor: Actor, supplier_id: UUID, text: Text, owner_id: UUID, id_: UUID | None = None) -> str:
    """Add a material of the supplier's own. Returns its key. Raises Forbidden or Invalid."""
    material_id = id_ or uuid.uuid4()
    with act(actor, "library.add", ("material", material_id)) as work:
        demand(actor, Permission.LIBRARY_EDIT, Links(supplier=supplier_id))
        _demand_sound(text, supplier_id, owner_id)
        taken = {*db.session.scalars(select(LibraryMaterial.key)), *filed(), *RESERVED}
        row = _row(material_id, supplier_id, key_from(text.title, taken), owner_id)
        _put(row, text, 1)
        db.session.add(row)
        db.session.flush()  # the version points at it
        db.session.add(_version(row, "First version", actor.person_id))
        work.note(key=row.key, kind=text.kind)
    return row.key


def save_version(
    actor: Actor, supplier_id: UUID, key: str, text: Text, owner_id: UUID, version: int, what: str
) -> int:
    """Replace what a material says by a new version. Returns its number; the same text changes nothing.

    A material of a file becomes the supplier's own, and its first text is kept. `what`: what changed, in
    the person's words. Raises NotFound, Forbidden, Invalid, Refused (retired), or Stale with what stands.
    """
    with act(actor, "library.save-version", ("material", key)) as work:
        row = _for(actor, supplier_id, key, owner_id)
        if row.retired_at is not None:
            raise Refused("The material is retired. Put it back before you change it.")
        if _saved(row) == text and row.owner_id == owner_id and row.version >= version:
            work.unchanged()
            return row.version
        if row.version != version:
            raise Stale(CHANGED, _standing(row), row.version)
        if not what.strip():
            raise Invalid({"what": "Say what changed, for those who used the version before"})
        if len(what) > LONGEST_CHANGE:
            raise Invalid({"what": f"This must be {LONGEST_CHANGE} characters or fewer"})
        _demand_sound(text, row.supplier_id, owner_id)
        row.owner_id = owner_id
        _put(row, text, row.version + 1)
        db.session.add(_version(row, what.strip(), actor.person_id))
        work.note(version=row.version)
        return row.version


def retire_material(actor: Actor, supplier_id: UUID, key: str, version: int) -> None:
    """Take a material off the shelf; its versions stay. One retired already stays so.

    Raises NotFound, Forbidden or Stale.
    """
    with act(actor, "library.retire", ("material", key)) as work:
        row = _for(actor, supplier_id, key, actor.person_id)
        if row.retired_at is not None:
            work.unchanged()
            return
        if row.version != version:
            raise Stale(CHANGED, _standing(row), row.version)
        row.retired_at = clock.now()
        work.note(version=row.version)


def put_back(actor: Actor, supplier_id: UUID, key: str) -> None:
    """Put a retired material back on the shelf as it was. Raises NotFound or Forbidden."""
    with act(actor, "library.put-back", ("material", key)) as work:
        row = _for(actor, supplier_id, key, actor.person_id)
        if row.retired_at is None:
            work.unchanged()
            return
        row.retired_at = None
        work.note(version=row.version)


def _for(actor: Actor, supplier_id: UUID, key: str, owner_id: UUID | None) -> LibraryMaterial:
    """The row with this key, which one of a file gets here."""
    query = select(LibraryMaterial).where(LibraryMaterial.key == key)
    query = query.with_for_update().execution_options(populate_existing=True)
    row = db.session.scalars(query).one_or_none()
    demand(actor, Permission.LIBRARY_EDIT, Links(supplier=row.supplier_id if row else supplier_id))
    if row is not None:
        return row
    file = filed().get(key)
    if file is None:
        raise NotFound("There is no such material.")
    if owner_id is None:
        raise Forbidden("A material is kept by a person.")
    row = _row(uuid.uuid4(), supplier_id, key, owner_id)
    _put(row, file.text, file.version)
    db.session.add(row)
    db.session.flush()  # the version points at it
    db.session.add(_version(row, AS_IT_CAME, None))
    return row


def _row(material_id: UUID, supplier_id: UUID, key: str, owner_id: UUID) -> LibraryMaterial:
    return LibraryMaterial(id=material_id, supplier_id=supplier_id, key=key, owner_id=owner_id)


def _put(row: LibraryMaterial, text: Text, version: int) -> None:
    row.kind, row.title, row.summary, row.body = text.kind, text.title, text.summary, text.body
    row.items = "".join(f" {key} " for key in text.items)
    row.sources = "\n".join(text.sources)
    row.review_on = text.review_on
    row.version = version
    row.changed_at = clock.now()
    row.title_words, row.summary_words = folded(text.title), folded(text.summary)
    row.body_words = vocabulary(text.body)


def _version(row: LibraryMaterial, what: str, by: UUID | None) -> LibraryVersion:
    return LibraryVersion(
        material_id=row.id,
        number=row.version,
        kind=row.kind,
        title=row.title,
        summary=row.summary,
        items=row.items,
        sources=row.sources,
        body=row.body,
        review_on=row.review_on,
        what_changed=what,
        saved_at=row.changed_at,
        saved_by=by,
    )


def _saved(row: LibraryMaterial) -> Text:
    sources = tuple(row.sources.splitlines())
    return Text(row.kind, row.title, row.summary, row.body, tuple(row.items.split()), sources, row.review_on)


def _standing(row: LibraryMaterial) -> dict[str, object]:
    return {"text": _saved(row), "owner_id": row.owner_id}


def _demand_sound(text: Text, supplier_id: UUID, owner_id: UUID) -> None:
    found = problems(text, item_titles(), clock.today())
    if owner_id not in {person_id for person_id, _ in keepers(supplier_id)}:
        found["owner"] = "Choose an owner from the list"
    if found:
        raise Invalid(found)
