"""The service page: a service's life on one page."""

from __future__ import annotations

from dataclasses import dataclass
from uuid import UUID

from flask import g, render_template

from portal.accounts.access import May
from portal.accounts.current import current_actor
from portal.accounts.rules.actors import Actor
from portal.accounts.rules.permissions import Links, Permission, allowed
from portal.core.access import access
from portal.core.charts import Axis, BandMark, Figure, timeline
from portal.directory.queries import service_profile
from portal.directory.subjects import service_subject
from portal.pages.blueprint import blueprint
from portal.pages.queries import points
from portal.plans.queries import plans_of_service
from portal.reviews.assessment.definitions import scale_of
from portal.reviews.assessment.models import Assessment
from portal.reviews.assessment.queries import of_service
from portal.reviews.assessment.rules.workflow import OPEN_STATES, State
from portal.reviews.external.listing import under_way

MAY = (
    Permission.SERVICE_EDIT,
    Permission.SERVICE_ADMINISTER,
    Permission.ASSESSMENT_START,
    Permission.PLAN_EDIT,
    Permission.PLAN_READ,
    Permission.REVIEW_PLAN,
    Permission.STAFF_FIGURES,
    Permission.LEARNING_READ,
)


@blueprint.get("/services/<key>")
@access(May(Permission.SERVICE_READ, service_subject))
def service(key: str) -> str:
    """What is known of the service, with what the person may do to it."""
    actor, links = current_actor(), g.links
    may = {permission.name: allowed(actor, permission, links) for permission in MAY}
    life = life_of(actor, g.subject.id, links)
    return render_template(
        "pages/service.html",
        profile=service_profile(key),
        may=may,
        may_edit=may["SERVICE_EDIT"],
        life=life,
        reviews=under_way(actor, [g.subject.id]).get(g.subject.id, []),
        plans=plans_of_service(g.subject.id) if may["PLAN_READ"] else None,
    )


@dataclass(frozen=True)
class Life:
    """A service's assessments: those under way, the final ones, and their picture."""

    under_way: tuple[Assessment, ...]
    final: tuple[Assessment, ...]
    picture: Figure | None
    band_titles: dict[str, str]
    scale_titles: dict[str, str]


def life_of(actor: Actor, service_id: UUID, links: Links) -> Life:
    """What this person may see of a service's assessments."""
    rows = of_service(service_id)
    draft = allowed(actor, Permission.ASSESSMENT_READ_DRAFT, links)
    read = allowed(actor, Permission.ASSESSMENT_READ_FINAL, links)
    under_way = tuple(row for row in rows if row.state in OPEN_STATES and draft)
    final = tuple(row for row in rows if row.state is State.FINAL and read)
    final = tuple(sorted(final, key=lambda row: (row.final_at is not None, row.final_at), reverse=True))
    scales = {row.scale_key: scale_of(row) for row in (*under_way, *final)}
    return Life(
        under_way=under_way,
        final=final,
        picture=_picture(service_id, final) if final else None,
        band_titles={band.key: band.title for scale in scales.values() for band in scale.bands},
        scale_titles={key: scale.short_title for key, scale in scales.items()},
    )


def _picture(service_id: UUID, final: tuple[Assessment, ...]) -> Figure:
    scale = scale_of(final[0])
    bands = [BandMark(band.title, band.lowest, band.highest) for band in scale.bands]
    return timeline(
        points([service_id])[service_id],
        bands,
        Axis(scale.lowest_total, scale.highest_total),
        caption=f"Totals over time on {scale.short_title}",
    )
