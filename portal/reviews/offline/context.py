"""What pages of the review may show of on-site work, without the reviews knowing that there is any.

A template of the external part includes one of `templates/offline/`, which asks `on_site` here
(docs/decisions/on-site-edits-are-operations.md).
"""

from __future__ import annotations

from uuid import UUID

from flask import Flask

from portal.accounts.rules.actors import Actor
from portal.reviews.external.loading import LoadedReview
from portal.reviews.offline import board, evidence
from portal.reviews.offline.board import Attention, DeviceLine
from portal.reviews.offline.evidence import PhotoLine


class OnSite:
    """The questions a template may ask. Nothing is read before one is asked."""

    def own_out(self, actor: Actor, found: LoadedReview) -> list[DeviceLine]:
        """The actor's own devices that still have this review."""
        return board.out_lines(actor, found, own=True)

    def all_out(self, actor: Actor, found: LoadedReview) -> list[DeviceLine]:
        """All devices that still have this review."""
        return board.out_lines(actor, found, own=False)

    def attention(self, actor: Actor, found: LoadedReview) -> Attention:
        """What of this review's devices waits for the actor."""
        return board.attention(actor, found)

    def photos(self, assessment_id: UUID) -> dict[UUID, list[PhotoLine]]:
        """The photos of this review by note."""
        return evidence.photos_of(assessment_id)


def init_app(app: Flask) -> None:
    """Give every template `on_site`."""
    told = {"on_site": OnSite()}
    app.context_processor(lambda: told)
