"""Writing a newsletter."""

from __future__ import annotations

import uuid
from typing import Any
from uuid import UUID

from portal.accounts.rules.actors import Actor
from portal.accounts.rules.permissions import Links, Permission, demand
from portal.comms.models import Newsletter, NewsletterState
from portal.comms.rules.composing import BlockKind, Draft, problems
from portal.core import clock
from portal.core.act import act
from portal.core.db import db
from portal.core.errors import Invalid, NotFound, Refused, Stale

CHANGED = "Somebody else changed this newsletter first."


def write_newsletter(actor: Actor, supplier_id: UUID, draft: Draft, id_: UUID | None = None) -> UUID:
    """Begin a newsletter of a supplier. Returns its id. Raises Forbidden or Invalid."""
    newsletter_id = id_ or uuid.uuid4()
    with act(actor, "newsletter.write", ("newsletter", newsletter_id)) as work:
        demand(actor, Permission.COMMS_MANAGE, Links(supplier=supplier_id))
        _demand_sound(draft)
        db.session.add(
            Newsletter(
                id=newsletter_id,
                supplier_id=supplier_id,
                subject=draft.subject,
                intro=draft.intro,
                blocks=_plain(draft),
                created_at=clock.now(),
            )
        )
        work.note(supplier=supplier_id, blocks=len(draft.blocks))
    return newsletter_id


def edit_newsletter(actor: Actor, newsletter_id: UUID, draft: Draft, version: int) -> bool:
    """Change what a newsletter says. Returns whether anything changed.

    Raises NotFound, Forbidden, Invalid, Refused (it has been sent), or Stale with what stands.
    """
    with act(actor, "newsletter.edit", ("newsletter", newsletter_id)) as work:
        newsletter = loaded(actor, newsletter_id)
        demand_draft(newsletter)
        if draft_of(newsletter) == draft:
            work.unchanged()
            return False
        if newsletter.version != version:
            raise Stale(CHANGED, stands(draft_of(newsletter)), newsletter.version)
        _demand_sound(draft)
        newsletter.subject, newsletter.intro = draft.subject, draft.intro
        newsletter.blocks = _plain(draft)
        newsletter.version += 1
        work.note(blocks=len(draft.blocks))
        return True


def draft_of(newsletter: Newsletter) -> Draft:
    """What a newsletter says."""
    blocks = tuple((BlockKind(one["kind"]), str(one["id"])) for one in newsletter.blocks)
    return Draft(newsletter.subject, newsletter.intro, blocks)


def stands(draft: Draft) -> dict[str, object]:
    """What stands, by field."""
    return {"subject": draft.subject, "intro": draft.intro, "blocks": len(draft.blocks)}


def loaded(actor: Actor, newsletter_id: UUID) -> Newsletter:
    """The newsletter, locked for a verb. Raises NotFound or Forbidden."""
    found = db.session.get(Newsletter, newsletter_id, populate_existing=True, with_for_update=True)
    if found is None:
        raise NotFound("There is no such newsletter.")
    demand(actor, Permission.COMMS_MANAGE, Links(supplier=found.supplier_id))
    return found


def demand_draft(newsletter: Newsletter) -> None:
    """Raises Refused for one that has been sent."""
    if newsletter.state is not NewsletterState.DRAFT:
        raise Refused("The newsletter has been sent: it can no longer be changed.")


def _plain(draft: Draft) -> list[Any]:
    return [{"kind": kind.value, "id": id_} for kind, id_ in draft.blocks]


def _demand_sound(draft: Draft) -> None:
    found = problems(draft)
    if found:
        raise Invalid(found)
