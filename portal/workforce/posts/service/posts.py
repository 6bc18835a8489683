"""Opening, editing and closing a post."""

from __future__ import annotations

import uuid
from datetime import date
from uuid import UUID

from sqlalchemy import func, select

from portal.accounts.rules.actors import Actor
from portal.core.act import act
from portal.core.db import db
from portal.core.errors import Invalid, demand_version
from portal.core.filters import day
from portal.workforce.posts.models import Eism, EismHolding, EismPost
from portal.workforce.posts.rules.checking import PostDetails, post_problems
from portal.workforce.posts.service.cases import demand_edit, post_for


def create_post(actor: Actor, supplier_id: UUID, details: PostDetails, id_: UUID | None = None) -> UUID:
    """Open a post of this supplier. Returns its id. Raises Forbidden or Invalid."""
    post_id = id_ or uuid.uuid4()
    with act(actor, "workforce.open-post", ("eism-post", post_id)) as work:
        demand_edit(actor, supplier_id)
        _demand_sound(details, None)
        post = EismPost(id=post_id, supplier_id=supplier_id)
        _put(post, details)
        db.session.add(post)
        work.note(supplier=supplier_id, region=details.region, stream=details.stream, fte=details.fte)
    return post_id


def edit_post(actor: Actor, post_id: UUID, details: PostDetails, version: int) -> None:
    """Change what a post is. Raises NotFound, Forbidden, Invalid or Stale."""
    with act(actor, "workforce.edit-post", ("eism-post", post_id)) as work:
        post = post_for(actor, post_id)
        before = details_of(post)
        demand_version(version, post.version, vars(before))
        _demand_sound(details, _first_held(post_id))
        if details == before:
            work.unchanged()
            return
        if post.closes is not None and details.opens > post.closes:
            raise Invalid({"opens": f"The post closes on {day(post.closes)}: it opens on that day or before"})
        _put(post, details)
        post.version += 1
        changed = [name for name, value in vars(details).items() if value != vars(before)[name]]
        work.note(changed=changed, fte=[before.fte, details.fte])


def close_post(actor: Actor, post_id: UUID, closes: date | None, version: int) -> None:
    """Let a post end with this day; None lets it go on. Raises NotFound, Forbidden, Invalid or Stale."""
    with act(actor, "workforce.close-post", ("eism-post", post_id)) as work:
        post = post_for(actor, post_id)
        demand_version(version, post.version, {"closes": post.closes})
        if closes == post.closes:
            work.unchanged()
            return
        if closes is not None:
            _demand_free_after(post, closes)
        work.note(closes=[post.closes, closes])
        post.closes = closes
        post.version += 1


def details_of(post: EismPost) -> PostDetails:
    """A post as a form shows it."""
    return PostDetails(post.title, post.region, post.stream, post.fte, post.opens)


def _put(post: EismPost, details: PostDetails) -> None:
    post.title, post.region, post.stream = details.title, details.region, details.stream
    post.fte, post.opens = details.fte, details.opens


def _demand_sound(details: PostDetails, first_held: date | None) -> None:
    problems = post_problems(details, first_held)
    if problems:
        raise Invalid(problems)


def _first_held(post_id: UUID) -> date | None:
    query = select(func.min(EismHolding.starts)).where(EismHolding.post_id == post_id)
    return db.session.execute(query).scalar_one()


def _demand_free_after(post: EismPost, closes: date) -> None:
    if closes < post.opens:
        raise Invalid({"closes": f"The post opens on {day(post.opens)}. Enter that day or a later one"})
    query = (
        select(Eism.name)
        .join(EismHolding, EismHolding.eism_id == Eism.id)
        .where(EismHolding.post_id == post.id, (EismHolding.ends.is_(None)) | (EismHolding.ends > closes))
        .order_by(EismHolding.starts)
    )
    holder = db.session.execute(query.limit(1)).scalar_one_or_none()
    if holder is not None:
        raise Invalid({"closes": f"{holder} holds the post after that day. End that first"})
