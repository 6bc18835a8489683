"""Finding, reading and downloading materials."""

from __future__ import annotations

from typing import Any

from flask import Response, g, render_template, request
from flask.typing import ResponseReturnValue

from portal.accounts.access import May
from portal.accounts.current import current_actor
from portal.accounts.rules.permissions import allowed, may_ever
from portal.core.access import access
from portal.core.errors import NotFound
from portal.core.forms import ButtonForm
from portal.core.rules.blocks import read_blocks
from portal.core.rules.paging import Paging
from portal.core.spreadsheets import CSV_TYPE
from portal.library.catalogue import item_titles
from portal.library.export import as_rtf, library_csv
from portal.library.queries import Asked, found, versions_of
from portal.library.rules.material import Kind, Standing
from portal.library.rules.rtf import RTF_TYPE
from portal.library.subjects import Material, material_subject
from portal.library.views.blueprint import EDIT, MATERIAL, READ, blueprint

LONGEST_SEARCH = 100


@blueprint.get("/library")
@access(May(READ))
def index() -> ResponseReturnValue:
    """Materials to search, the best match first."""
    asked = _asked()
    entries = found(asked)
    paging = Paging.of(request.args.get("page"), len(entries))
    return render_template(
        "library/index.html",
        entries=entries[paging.offset : paging.offset + paging.size],
        paging=paging,
        asked=asked,
        arguments=_arguments(asked),
        kinds=Kind,
        states=(Standing.DUE, Standing.SOON, Standing.RETIRED),
        items=item_titles(),
        keeps=may_ever(current_actor(), EDIT),
    )


@blueprint.get("/library.csv")
@access(May(READ))
def index_file() -> ResponseReturnValue:
    return _download(library_csv(found(_asked())), CSV_TYPE, "library.csv")


@blueprint.get(MATERIAL)
@access(May(READ, material_subject))
def material(key: str) -> ResponseReturnValue:
    """A material to read, with what may be done to it."""
    subject = _subject()
    return render_template(
        "library/material.html",
        material=subject,
        blocks=read_blocks(subject.text.body),
        items=item_titles(),
        mine=allowed(current_actor(), EDIT, g.links),
        keeps=may_ever(current_actor(), EDIT),
        form=ButtonForm(formdata=None),
    )


@blueprint.get(MATERIAL + "/file")
@access(May(READ, material_subject))
def material_file(key: str) -> ResponseReturnValue:
    """The material as an RTF file, which a word processor edits."""
    subject = _subject()
    return _download(as_rtf(subject), RTF_TYPE, f"{key}.rtf")


@blueprint.get(MATERIAL + "/history")
@access(May(READ, material_subject))
def history(key: str) -> ResponseReturnValue:
    """Every version of a material, the newest first."""
    subject = _subject()
    versions = versions_of(subject.row.id) if subject.row else []
    return render_template("library/history.html", material=subject, versions=versions)


@blueprint.get(MATERIAL + "/versions/<int:number>")
@access(May(READ, material_subject))
def version(key: str, number: int) -> ResponseReturnValue:
    """One version as it was."""
    subject = _subject()
    versions = versions_of(subject.row.id) if subject.row else []
    line = next((one for one in versions if one.LibraryVersion.number == number), None)
    if line is None:
        raise NotFound("There is no such version.")
    blocks = read_blocks(line.LibraryVersion.body)
    return render_template("library/version.html", material=subject, line=line, blocks=blocks)


def _subject() -> Material:
    """The material of this request. One retired is read by whoever keeps materials."""
    subject: Material = g.subject
    if subject.standing is Standing.RETIRED and not may_ever(current_actor(), EDIT):
        raise NotFound("This material has been retired. Look for another one in the library.")
    return subject


def _asked() -> Asked:
    """What the address asks for; what is unknown counts as not asked. States are for those who keep."""
    args = request.args
    kind, item, state = (args.get(name, "") for name in ("kind", "item", "state"))
    states = None
    if state in {one.value for one in Standing} and may_ever(current_actor(), EDIT):
        states = frozenset({Standing(state)})
    return Asked(
        words=args.get("q", "").strip()[:LONGEST_SEARCH],
        item=item if item in item_titles() else "",
        kind=Kind(kind) if kind in {one.value for one in Kind} else None,
        states=states,
    )


def _arguments(asked: Asked) -> dict[str, Any]:
    state = next(iter(asked.states)).value if asked.states else None
    kind = asked.kind.value if asked.kind else None
    given = {"q": asked.words, "item": asked.item, "kind": kind, "state": state}
    return {name: value for name, value in given.items() if value}


def _download(content: bytes, kind: str, name: str) -> Response:
    response = Response(content, content_type=kind)
    response.headers["Content-Disposition"] = f'attachment; filename="{name}"'
    return response
