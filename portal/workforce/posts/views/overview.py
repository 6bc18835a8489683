"""Posts and people today, the last quarters, and where the posts are."""

from __future__ import annotations

from dataclasses import dataclass
from decimal import Decimal
from fractions import Fraction
from typing import Any

from flask import Response, render_template, request
from flask.typing import ResponseReturnValue

from portal.accounts.access import May
from portal.accounts.current import current_actor
from portal.accounts.rules.permissions import Links, Permission, allowed
from portal.core import clock
from portal.core.access import access
from portal.core.errors import NotFound
from portal.core.rules.paging import Paging
from portal.core.rules.quarters import last_quarters, quarter_of
from portal.core.rules.rate import rate
from portal.core.spreadsheets import CSV_TYPE
from portal.workforce.posts.capacity import capacity_of
from portal.workforce.posts.checking import pressing_checks
from portal.workforce.posts.definitions import contract_terms
from portal.workforce.posts.export import posts_csv
from portal.workforce.posts.figures import QUARTERS, chart_of, fte, quarter_line
from portal.workforce.posts.listing import PostLine, PostState, chosen, post_lines
from portal.workforce.posts.placing import placed, supported
from portal.workforce.posts.queries import fte_quarters
from portal.workforce.posts.rules.checks import SOON_DAYS
from portal.workforce.posts.rules.terms import ContractTerms
from portal.workforce.posts.subjects import Supplier, asked_supplier
from portal.workforce.posts.views.blueprint import blueprint

READ = Permission.POSTS_READ
ADDRESS = "/workforce/eisms"


@dataclass(frozen=True)
class Place:
    """The supplier a page is about, its terms, and whether the person keeps its posts."""

    supplier: Supplier
    terms: ContractTerms
    editing: bool

    @property
    def query(self) -> dict[str, Any]:
        """What addresses carry so that they stay with this supplier."""
        return {"supplier": self.supplier.id} if self.supplier.others else {}


@blueprint.get(ADDRESS)
@access(May(READ))
def index() -> ResponseReturnValue:
    """Posts and people today, with the last eight quarters."""
    place = place_asked()
    if place is None:
        return render_template("workforce/posts/index.html", place=None)
    today = clock.today()
    everything = post_lines(place.supplier.id, place.terms, today)
    lines, words, state = _filtered(everything)
    paging = Paging.of(request.args.get("page"), len(lines))
    quarters = list(last_quarters(quarter_of(today), QUARTERS))
    figures = [
        quarter_line(one, figure, place.terms, today)
        for one, figure in fte_quarters(place.supplier.id, quarters, place.terms)
    ]
    return render_template(
        "workforce/posts/index.html",
        place=place,
        lines=lines[paging.offset : paging.offset + paging.size],
        paging=paging,
        words=words,
        state=state,
        states=PostState,
        now=_now(everything, place.terms),
        figures=figures[::-1],
        chart=chart_of(figures, place.terms),
        checks=pressing_checks(place.supplier.id, today) if place.editing else [],
        soon_days=SOON_DAYS,
    )


@blueprint.get(ADDRESS + ".csv")
@access(May(READ))
def posts_file() -> ResponseReturnValue:
    place = place_demanded()
    lines, _, _ = _filtered(post_lines(place.supplier.id, place.terms, clock.today()))
    return csv_file(posts_csv(lines), "eism-posts")


@blueprint.get(ADDRESS + "/placement")
@access(May(READ))
def placement() -> ResponseReturnValue:
    """Posts set against services, by region and stream, and the services that each EISM supports."""
    place = place_demanded()
    today = clock.today()
    lines = post_lines(place.supplier.id, place.terms, today)
    services = supported(place.supplier.id, today)
    people = {one.eism_id: one for line in lines for one in line.holders}
    holders = sorted(people.values(), key=lambda one: one.name.casefold())
    year = quarter_of(today).year
    return render_template(
        "workforce/posts/placement.html",
        place=place,
        rows=placed(place.supplier.id, lines, today),
        people=[(one, services.get(one.person_id, 0) if one.person_id else None) for one in holders],
        held={one.id: sum((line.held_by(one.eism_id) for line in lines), Decimal(0)) for one in holders},
        days=capacity_of(place.supplier.id, year),
        year=year,
        shown=fte,
    )


def place_asked() -> Place | None:
    """What the address is about; None where the person may read posts and no supplier is there."""
    supplier = asked_supplier()
    if supplier is None:
        return None
    links = Links(supplier=supplier.id)
    editing = allowed(current_actor(), Permission.POSTS_EDIT, links)
    return Place(supplier, contract_terms(supplier.id), editing)


def place_demanded() -> Place:
    """The same. Raises NotFound where no supplier is there."""
    found = place_asked()
    if found is None:
        raise NotFound("No supplier has posts yet.")
    return found


def csv_file(data: bytes, name: str) -> Response:
    """A CSV file to download."""
    response = Response(data, content_type=CSV_TYPE)
    response.headers["Content-Disposition"] = f'attachment; filename="{name}.csv"'
    return response


def _now(lines: list[PostLine], terms: ContractTerms) -> dict[str, Any]:
    in_post = sum((Fraction(line.in_post) for line in lines if line.is_open), Fraction(0))
    share = rate(in_post, Fraction(terms.target))
    return {
        "in_post": fte(in_post),
        "target": fte(Fraction(terms.target)),
        "percent": share.percent(),
        "vacant": [line for line in lines if line.state in (PostState.VACANT, PostState.PARTLY)],
        "open": sum(line.is_open for line in lines),
    }


def _filtered(lines: list[PostLine]) -> tuple[list[PostLine], str, str]:
    words = request.args.get("q", "").strip()[:100]
    state = request.args.get("state", "")
    state = state if state in {one.value for one in PostState} else ""
    return chosen(lines, words, state), words, state
