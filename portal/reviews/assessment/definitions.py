"""The scale an assessment is pinned to: key, version and content hash.

The file in data/ serves while its hash is the pinned one; afterwards the copy kept in the database
when the definition was first used.
"""

from __future__ import annotations

from contextlib import suppress
from functools import lru_cache

from sqlalchemy import select
from sqlalchemy.exc import IntegrityError

from portal.core.db import db
from portal.reviews.assessment.models import Assessment, ScaleContent
from portal.scales.registry import registry
from portal.scales.rules.definition import Scale
from portal.scales.rules.loader import from_json
from portal.scales.rules.writing import to_json


def keep(scale: Scale) -> None:
    """Keep the definition in the database, once. Called inside the verb that first uses it."""
    kept = select(ScaleContent.digest).where(ScaleContent.digest == scale.digest)
    if db.session.execute(kept).first() is not None:  # without reading the definition itself: it is long
        return
    row = ScaleContent(digest=scale.digest, key=scale.key, version=scale.version, content=to_json(scale))
    with suppress(IntegrityError), db.session.begin_nested():  # another verb was first, with the same content
        db.session.add(row)


def scale_of(assessment: Assessment) -> Scale:
    """The definition that the assessment was made on."""
    return scale_at(assessment.scale_key, assessment.scale_digest)


def scale_at(key: str, digest: str) -> Scale:
    """A definition by key and hash: the shipped one where it is the same, else the kept one."""
    try:
        current = registry().get(key)
    except KeyError:
        return _kept(digest)
    return current if current.digest == digest else _kept(digest)


@lru_cache(maxsize=32)
def _kept(digest: str) -> Scale:
    row = db.session.get(ScaleContent, digest)
    if row is None:
        raise LookupError(f"The scale definition {digest} is not kept")
    return from_json(row.content)
