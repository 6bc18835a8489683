"""The public service finder: which service is near, what it does and how to reach it. No sign-in."""

from __future__ import annotations

from flask import render_template, request
from flask.typing import ResponseReturnValue

from portal.accounts.rules.roles import REGIONS
from portal.core.access import Public, access
from portal.core.errors import NotFound
from portal.core.public_pages import publicly_cached
from portal.directory.queries.public import TEXT_LONGEST, Asked, find_services, public_service
from portal.pages.blueprint import blueprint
from portal.workforce.hub.queries import of_service
from portal.workforce.hub.rules.checking import pay

ANYBODY = Public("whoever would like help with finding work looks for a service here")


@blueprint.get("/find-a-service")
@access(ANYBODY)
def finder() -> ResponseReturnValue:
    """Services that have published a page, searched by words and region."""
    region = request.args.get("region", "")
    asked = Asked(
        " ".join(request.args.get("q", "")[:TEXT_LONGEST].split()), region if region in REGIONS else ""
    )
    found = find_services(asked, request.args.get("page"))
    return publicly_cached(render_template("finder/services.html", found=found, asked=asked, regions=REGIONS))


@blueprint.get("/find-a-service/<string:key>")
@access(ANYBODY)
def finder_service(key: str) -> ResponseReturnValue:
    """One service, with its vacancies."""
    row = public_service(key)
    if row is None:
        raise NotFound("There is no service at this address.")
    service, page = row.Service, row.ServicePublicPage
    drawn = render_template(
        "finder/service.html",
        service=service,
        page=page,
        vacancies=of_service(service.id),
        pay=pay,
    )
    return publicly_cached(drawn)
