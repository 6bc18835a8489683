"""The public pages of the recruitment hub: vacancies, roles and materials."""

from __future__ import annotations

from flask import Response, render_template, request
from flask.typing import ResponseReturnValue

from portal.accounts.rules.roles import REGIONS
from portal.core import clock
from portal.core.access import access
from portal.core.errors import NotFound
from portal.core.public_pages import publicly_cached
from portal.library.rules.rtf import RTF_TYPE
from portal.workforce.hub import queries
from portal.workforce.hub.feed import TYPE, atom
from portal.workforce.hub.materials import Material, as_rtf, materials
from portal.workforce.hub.posting import job_posting
from portal.workforce.hub.roles import RoleDescription, roles
from portal.workforce.hub.rules.checking import pay
from portal.workforce.hub.rules.finding import Order, Search
from portal.workforce.hub.views.blueprint import ANYBODY, blueprint


@blueprint.get("/jobs")
@access(ANYBODY)
def jobs() -> ResponseReturnValue:
    """The vacancies on show, searched and in order."""
    search = Search.of(request.args, REGIONS, roles())
    found = queries.find(search, request.args.get("page"))
    page = render_template(
        "workforce/hub/jobs.html",
        found=found,
        search=search,
        orders=Order,
        regions=REGIONS,
        roles=roles(),
        pay=pay,
        today=clock.today(),
    )
    return publicly_cached(page)


@blueprint.get("/jobs/<string:key>")
@access(ANYBODY)
def job(key: str) -> ResponseReturnValue:
    """One vacancy; after it has closed a page that says so, so that kept addresses lead somewhere."""
    row = queries.by_key(key)
    if row is None:
        raise NotFound("There is no vacancy at this address.")
    vacancy = row.Vacancy
    shown = queries.is_on_show(row, clock.today())
    page = render_template(
        "workforce/hub/job.html",
        row=row,
        vacancy=vacancy,
        shown=shown,
        role=roles().get(vacancy.role),
        pay=pay(vacancy.salary_from, vacancy.salary_to, vacancy.pay_words),
        posting=job_posting(row) if shown else "",
    )
    return publicly_cached(page)


@blueprint.get("/jobs/feed.atom")
@access(ANYBODY)
def feed() -> ResponseReturnValue:
    """The newest vacancies for feed readers."""
    asked = request.args.get("region", "")
    region = asked if asked in REGIONS else ""
    return publicly_cached(Response(atom(queries.newest(region), region), content_type=TYPE))


@blueprint.get("/jobs/roles")
@access(ANYBODY)
def role_list() -> ResponseReturnValue:
    return publicly_cached(render_template("workforce/hub/roles.html", roles=roles()))


@blueprint.get("/jobs/roles/<string:key>")
@access(ANYBODY)
def role(key: str) -> ResponseReturnValue:
    """What a role is, and what vacancies there are for it."""
    found: RoleDescription | None = roles().get(key)
    if found is None:
        raise NotFound("There is no role at this address.")
    count = queries.find(Search(role=key)).paging.total
    return publicly_cached(render_template("workforce/hub/role.html", role=found, count=count))


@blueprint.get("/jobs/materials")
@access(ANYBODY)
def material_list() -> ResponseReturnValue:
    return publicly_cached(render_template("workforce/hub/materials.html", materials=materials()))


@blueprint.get("/jobs/materials/<string:key>")
@access(ANYBODY)
def material(key: str) -> ResponseReturnValue:
    page = render_template("workforce/hub/material.html", material=_material(key))
    return publicly_cached(page)


@blueprint.get("/jobs/materials/<string:key>.txt")
@access(ANYBODY)
def material_file(key: str) -> ResponseReturnValue:
    """The text as a file, to be opened and changed in any program."""
    return _file(_material(key).plain, "text/plain; charset=utf-8", f"{key}.txt")


@blueprint.get("/jobs/materials/<string:key>.rtf")
@access(ANYBODY)
def material_document(key: str) -> ResponseReturnValue:
    """The text as a document with its headings and lists, for a word processor."""
    return _file(as_rtf(_material(key)), RTF_TYPE, f"{key}.rtf")


def _file(data: str | bytes, kind: str, name: str) -> ResponseReturnValue:
    response = Response(data, content_type=kind)
    response.headers["Content-Disposition"] = f'attachment; filename="{name}"'
    return publicly_cached(response)


def _material(key: str) -> Material:
    found = materials().get(key)
    if found is None:
        raise NotFound("There is no material at this address.")
    return found
