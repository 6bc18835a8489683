"""Fieldwork: what the team does on site, its notes, and which sources are still missing."""

from __future__ import annotations

from uuid import UUID

from flask import render_template, request
from flask.typing import ResponseReturnValue

from portal.core.access import access
from portal.core.errors import NotFound
from portal.reviews.assessment.item_page import ROLE_TITLES, SOURCE_TITLES
from portal.reviews.external import fieldwork_sources
from portal.reviews.external.fieldwork_notes import Wanted, guide, narrowed, notes_of, roles_asked, to_ask
from portal.reviews.external.fieldwork_page import sheet_lines, visit
from portal.reviews.external.rules.notes import KIND_SOURCES, SOURCES, NoteKind
from portal.reviews.external.rules.sources import HOW_TO_FILL, missing_by_source
from portal.reviews.external.rules.workflow import Action, Stage
from portal.reviews.external.subjects import MaySeeInside
from portal.reviews.external.views.blueprint import ADDRESS, Desk, blueprint, desk

_ALSO = {"MIS": NoteKind.DOCUMENT.value}  # no kind of note counts as figures first


@blueprint.get(ADDRESS + "/fieldwork")
@access(MaySeeInside())
def fieldwork(assessment_id: UUID) -> ResponseReturnValue:
    """The visit, the worksheets and the notes."""
    here = desk()
    everything = notes_of(assessment_id, with_removed=True)
    notes = [note for note in everything if not note.removed]
    wanted = _wanted()
    return render_template(
        "external/fieldwork.html",
        desk=here,
        visit=visit(here.found, notes),
        sheets=sheet_lines(here.found),
        gaps=_gaps(here),
        notes=narrowed(notes, wanted),
        count=len(notes),
        removed=[note for note in everything if note.removed and not note.purged],
        wanted=wanted,
        roles=ROLE_TITLES,
        sources=SOURCE_TITLES,
        writes=here.may(Action.NOTE),
    )


@blueprint.get(ADDRESS + "/gaps")
@access(MaySeeInside())
def gaps(assessment_id: UUID) -> ResponseReturnValue:
    """Every item with its sources, those with gaps first, and whom to ask."""
    here = desk()
    rows = fieldwork_sources.coverage(here.found)
    missing = missing_by_source(rows)
    return render_template(
        "external/fieldwork_gaps.html",
        desk=here,
        rows=rows,
        open_rows=[row for row in rows if row.missing],
        missing=missing,
        asking=to_ask(missing.get("INT", ()), ROLE_TITLES),
        kind_of={code: kind.value for kind, codes in KIND_SOURCES.items() for code in codes[:1]} | _ALSO,
        codes=SOURCES,
        sources=SOURCE_TITLES,
        roles=ROLE_TITLES,
        how=HOW_TO_FILL,
        writes=here.may(Action.NOTE),
    )


@blueprint.get(ADDRESS + "/fieldwork/guide/<string:role>")
@access(MaySeeInside())
def interview_guide(assessment_id: UUID, role: str) -> ResponseReturnValue:
    """The questions to ask of one role, to read or to print."""
    here = desk()
    roles = roles_asked(here.found.scale, ROLE_TITLES)
    if role not in roles:
        raise NotFound("There are no questions for this role.")
    return render_template(
        "external/fieldwork_guide.html",
        desk=here,
        role=role,
        roles=roles,
        asked=guide(here.found.scale, role),
        writes=here.may(Action.NOTE),
    )


def _gaps(here: Desk) -> tuple[int, ...]:
    """The items that lack a source; on site the review's facts have them already."""
    at_hand = here.found.stage is Stage.FIELDWORK
    return here.facts.gaps if at_hand else fieldwork_sources.gaps(here.found)


def _wanted() -> Wanted:
    """The filters of the address; unknown ones are left out by finding nothing."""
    given = request.args
    return Wanted(
        role=given.get("role", ""),
        item=given.get("item", ""),
        source=given.get("source", ""),
        text=given.get("q", "").strip()[:100],
    )
