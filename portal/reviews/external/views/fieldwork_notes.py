"""One note: writing it as one goes, both versions where two did, removing it and putting it back."""

from __future__ import annotations

import uuid
from dataclasses import asdict, dataclass, field
from typing import Any
from uuid import UUID

from flask import flash, g, jsonify, redirect, render_template, request, url_for
from flask.typing import ResponseReturnValue

from portal.accounts.current import current_actor
from portal.core import clock
from portal.core.access import access
from portal.core.error_pages import wants_json
from portal.core.errors import Invalid, NotFound, Refused, Stale
from portal.core.filters import clock_time, day
from portal.reviews.assessment.item_page import ROLE_TITLES, SOURCE_TITLES
from portal.reviews.external.fieldwork_notes import NoteLine, guide, note_of
from portal.reviews.external.forms.fieldwork import read_note
from portal.reviews.external.loading import LoadedReview
from portal.reviews.external.rules.notes import KIND_SOURCES, NoteDraft, NoteKind, source_of
from portal.reviews.external.rules.workflow import Action
from portal.reviews.external.service.fieldwork import remove_note, save_note
from portal.reviews.external.subjects import MaySeeInside
from portal.reviews.external.views.blueprint import ADDRESS, blueprint, desk

NOTE = ADDRESS + "/fieldwork/notes/<uuid:note_id>"
FIELD_IDS = {"taken_on": "taken-on", "item_keys": "items-box"}


@dataclass
class _Page:
    """What the page shows: the note as it stands or as it was typed, and what was wrong with it."""

    id: UUID
    draft: NoteDraft
    version: int = 0
    line: NoteLine | None = None
    theirs: list[tuple[str, str, str]] | None = None
    problems: dict[str, str] = field(default_factory=dict)


@blueprint.get(ADDRESS + "/fieldwork/notes/new")
@access(MaySeeInside())
def new_note(assessment_id: UUID) -> ResponseReturnValue:
    """An empty note; the address may say what it is about."""
    if not desk().may(Action.NOTE):
        return _to_fieldwork(assessment_id)
    given = request.args
    kinds = {kind.value: kind for kind in NoteKind}
    kind = kinds.get(given.get("kind", ""), NoteKind.INTERVIEW)
    keys = tuple(key for key in given.getlist("items") if key)
    draft = NoteDraft(
        kind,
        clock.today(),
        given.get("role", ""),
        source_of(kind, given.get("source", "")),
        given.get("heading", "")[:200],
        item_keys=keys,
    )
    return _show(_Page(uuid.uuid4(), draft))


@blueprint.get(NOTE)
@access(MaySeeInside())
def note(assessment_id: UUID, note_id: UUID) -> ResponseReturnValue:
    line = note_of(assessment_id, note_id)
    if line is None:
        raise NotFound("There is no such note in this review.")
    return _show(_Page(note_id, line.draft, line.version, line))


@blueprint.post(NOTE)
@access(MaySeeInside())
def save_field_note(assessment_id: UUID, note_id: UUID) -> ResponseReturnValue:
    draft, version = read_note(request.form)
    try:
        saved = save_note(current_actor(), assessment_id, note_id, draft, version)
    except (Stale, Invalid, Refused) as error:
        return _kept(_Page(note_id, draft, version), error)
    if wants_json():
        return jsonify(version=saved.version, saved_at=clock_time(saved.at))
    if request.form.get("button") == "another":
        flash("Note saved.", "success")
        address = url_for(
            ".new_note", assessment_id=assessment_id, kind=draft.kind.value, role=draft.role or None
        )
        return redirect(address, 303)
    return _to_fieldwork(assessment_id, note_id)


@blueprint.post(NOTE + "/remove", endpoint="remove_field_note")
@access(MaySeeInside())
def remove(assessment_id: UUID, note_id: UUID) -> ResponseReturnValue:
    remove_note(current_actor(), assessment_id, note_id)
    flash("Note removed. You can put it back under “Removed notes”.", "success")
    return _to_fieldwork(assessment_id)


@blueprint.post(NOTE + "/restore", endpoint="restore_field_note")
@access(MaySeeInside())
def put_back(assessment_id: UUID, note_id: UUID) -> ResponseReturnValue:
    remove_note(current_actor(), assessment_id, note_id, back=True)
    flash("The note is back.", "success")
    return _to_fieldwork(assessment_id, note_id)


def _to_fieldwork(assessment_id: UUID, note_id: UUID | None = None) -> ResponseReturnValue:
    anchor = f"note-{note_id}" if note_id else "notes"
    return redirect(url_for(".fieldwork", assessment_id=assessment_id, _anchor=anchor), 303)


def _kept(page: _Page, error: Stale | Invalid | Refused) -> ResponseReturnValue:
    """Why the note could not be saved, with what was typed; where somebody saved first, both versions."""
    if isinstance(error, Stale):
        if wants_json():
            return jsonify(error="stale", version=error.version), 409
        page.version, page.theirs = error.version, _both(g.subject, page.draft, error.current)
        return _show(page), 409
    problems = error.problems if isinstance(error, Invalid) else {"text": error.reason}
    if wants_json():
        return jsonify(error="invalid", problems=problems), 400
    page.problems = problems
    return _show(page), 400 if isinstance(error, Invalid) else 409


def _both(found: LoadedReview, draft: NoteDraft, stands: dict[str, Any]) -> list[tuple[str, str, str]]:
    """The fields that differ: what it is called, as typed, as saved now."""
    typed = asdict(draft) | {"source": source_of(draft.kind, draft.source)}
    labels = {
        "kind": "What it is",
        "role": "Whom with",
        "source": "Counts as",
        "heading": "Heading",
        "text": "Note",
        "item_keys": "Items",
        "taken_on": "Date",
    }
    pairs = [
        (label, _words(found, typed[name]), _words(found, stands[name])) for name, label in labels.items()
    ]
    return [pair for pair in pairs if pair[1] != pair[2]]


def _words(found: LoadedReview, value: Any) -> str:
    if isinstance(value, NoteKind):
        return value.title
    if isinstance(value, list | tuple):
        numbers = [str(item.number) for item in found.scale.items if item.key in value]
        return ", ".join(numbers)
    if hasattr(value, "year"):
        return day(value)
    return ROLE_TITLES.get(value, SOURCE_TITLES.get(value, value or ""))


def _show(page: _Page) -> str:
    here = desk()
    asked = guide(here.found.scale, page.draft.role) if page.draft.kind is NoteKind.INTERVIEW else []
    problems = [
        {"text": text, "href": f"#{FIELD_IDS.get(name, name)}"} for name, text in page.problems.items()
    ]
    return render_template(
        "external/fieldwork_note.html",
        desk=here,
        page=page,
        draft=page.draft,
        asked=asked,
        asked_keys={one.item.key for one in asked},
        kinds=NoteKind,
        kind_sources=KIND_SOURCES,
        roles=ROLE_TITLES,
        sources=SOURCE_TITLES,
        today=clock.today(),
        writes=here.may(Action.NOTE) and not (page.line and (page.line.removed or page.line.purged)),
        errors=problems,
    )
