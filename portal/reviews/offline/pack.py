"""All that a reviewer takes to a site, as JSON: the scale, their own ratings, the team's notes and sheets.

Never a row about a client from the outcome data, and never another person's ratings: those of the sheet are
read through `blind.own_sheet`.
"""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from portal.accounts.rules.actors import Actor
from portal.accounts.rules.permissions import Permission, allowed
from portal.core import clock
from portal.plans.queries import open_actions
from portal.reviews.assessment import queries, record
from portal.reviews.assessment.item_definition import item_definition
from portal.reviews.assessment.item_page import ROLE_TITLES, SOURCE_TITLES
from portal.reviews.assessment.queries import LastTime
from portal.reviews.external import blind
from portal.reviews.external.facts import allowed_actions, facts_of
from portal.reviews.external.fieldwork_notes import guide, notes_of, roles_asked
from portal.reviews.external.fieldwork_page import visit
from portal.reviews.external.fieldwork_rows import stored_rows
from portal.reviews.external.fieldwork_sources import supplied
from portal.reviews.external.fieldwork_worksheets import worksheets_for
from portal.reviews.external.loading import LoadedReview
from portal.reviews.external.rules.notes import KIND_SOURCES, KIND_TITLES
from portal.reviews.external.rules.sources import HOW_TO_FILL
from portal.reviews.external.rules.workflow import Action
from portal.reviews.external.rules.worksheet import Worksheet
from portal.reviews.external.rules.worksheet_rows import Row, laid_out
from portal.reviews.external.rules.worksheet_writing import page_json
from portal.reviews.external.scoring_page import standing
from portal.reviews.external.service.scoring import DRAFT_FIELDS
from portal.reviews.offline.held import decided
from portal.reviews.offline.rules.receipts import wire


def pack(actor: Actor, found: LoadedReview) -> dict[str, Any]:
    """Everything of this review that the actor needs without a network."""
    notes = notes_of(found.id, with_removed=True)
    last = queries.last_times(found.assessment)
    return {
        "review": _review(actor, found),
        "me": {"person_id": str(actor.person_id), "name": actor.name},
        "made_at": clock.now().isoformat(),
        "items": [item_definition(found.scale, item) for item in found.scale.items],
        "sections": [{"key": one.key, "title": one.title} for one in found.scale.sections],
        "ratings": _ratings(actor, found),
        "notes": [_note(line) for line in notes if not line.purged],
        "worksheets": _worksheets(found),
        "last": {"own": _last(last.own), "external": _last(last.external)},
        "plan": _plan(actor, found),
        "meetings": [_meeting(line) for line in visit(found, [one for one in notes if not one.removed])],
        "questions": _questions(found),
        "role_titles": ROLE_TITLES,
        "source_titles": SOURCE_TITLES,
        "kind_titles": wire(KIND_TITLES),
        "kind_sources": wire(KIND_SOURCES),
        "record_offers": _record_offers(found),
        "supplied": [list(keys) for keys in supplied(found)],
        "how_to_fill": dict(HOW_TO_FILL),
        "decided": [str(op_id) for op_id in decided(actor, found)],
    }


def _review(actor: Actor, found: LoadedReview) -> dict[str, Any]:
    member = found.member(actor.person_id)
    may = allowed_actions(actor, found, facts_of(actor, found))
    locked = member is not None and member.locked
    return {
        "id": str(found.id),
        "title": f"External fidelity review of {found.service.name}",
        "service": found.service.name,
        "stage": found.stage.value,
        "stage_title": found.stage.title,
        "scale_key": found.scale.key,
        "scale_title": found.scale.short_title,
        "rating_min": found.scale.rating_min,
        "rating_max": found.scale.rating_max,
        "fieldwork_from": found.review.fieldwork_from.isoformat(),
        "fieldwork_to": found.review.fieldwork_to.isoformat(),
        "capacity": member.capacity.value if member else None,
        "own_locked": locked,
        "standing": standing(found, locked),
        "may": {
            "rate": Action.RATE in may and not locked,
            "note": Action.NOTE in may,
            "tally": Action.TALLY in may,
        },
        "team": [{"name": one.name, "capacity": one.capacity.title} for one in found.members],
    }


def _ratings(actor: Actor, found: LoadedReview) -> dict[str, Any]:
    return {
        key: {
            "version": row.version,
            "fields": {name: getattr(row, name) for name in DRAFT_FIELDS},
            "changed_at": row.changed_at.isoformat(),
        }
        for key, row in blind.own_sheet(actor, found).items()
    }


def _note(line: Any) -> dict[str, Any]:
    fields = {
        "kind": line.kind,
        "role": line.role,
        "source": line.source,
        "heading": line.heading,
        "text": line.text,
        "item_keys": line.item_keys,
        "taken_on": line.taken_on,
        "removed": line.removed,
    }
    return {
        "key": str(line.id),
        "version": line.version,
        "by": line.by,
        "fields": wire(fields),
        "changed_at": line.changed_at.isoformat(),
    }


def _worksheets(found: LoadedReview) -> list[dict[str, Any]]:
    stored = stored_rows(found.id)
    return [_worksheet(found, sheet, stored.get(sheet.key, {})) for sheet in worksheets_for(found.scale.key)]


def _worksheet(found: LoadedReview, sheet: Worksheet, stored: Mapping[int, Row]) -> dict[str, Any]:
    rows = laid_out(sheet, stored, found.process.record_sample)
    return page_json(sheet, found.scale.key) | {
        "rows": [
            {
                "position": row.position,
                "name": sheet.row_name(row.position),
                "version": row.version,
                "fields": dict(row.answers),
                "removed": row.removed,
            }
            for row in rows
        ],
    }


def _last(one: LastTime | None) -> dict[str, Any] | None:
    if one is None:
        return None
    return {"title": one.kind.title, "on": one.final_at.date().isoformat(), "ratings": dict(one.ratings)}


def _plan(actor: Actor, found: LoadedReview) -> list[dict[str, Any]]:
    """What the service has set out to do, for those who may read its plans."""
    if not allowed(actor, Permission.PLAN_READ, found.links):
        return []
    return [
        {
            "item_key": line.row.item_key,
            "text": line.row.what or line.row.suggested_step,
            "due": wire(line.row.due),
            "state": line.row.status.title,
            "overdue": line.overdue,
        }
        for line in open_actions(found.assessment.service_id)
    ]


def _meeting(line: Any) -> dict[str, Any]:
    return {
        "kind": line.kind.value,
        "role": line.role,
        "title": line.title,
        "on": wire(line.on),
        "starts": line.starts.strftime("%H:%M") if line.starts else None,
        "people": line.people,
    }


def _questions(found: LoadedReview) -> list[dict[str, Any]]:
    return [
        {
            "role": role,
            "title": title,
            "items": [
                {"item_key": asked.item.key, "questions": list(asked.questions)}
                for asked in guide(found.scale, role)
            ],
        }
        for role, title in roles_asked(found.scale, ROLE_TITLES).items()
    ]


def _record_offers(found: LoadedReview) -> dict[str, Any]:
    offers = {item.key: record.offer(item, found.assessment.service_id) for item in found.scale.items}
    return {
        key: {"words": list(one.words), "entries": dict(one.entries)}
        for key, one in offers.items()
        if one.words
    }
