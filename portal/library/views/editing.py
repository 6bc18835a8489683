"""Adding a material, replacing its version, retiring it and putting it back."""

from __future__ import annotations

from datetime import date
from functools import partial
from uuid import UUID

from flask import flash, g, redirect, render_template, url_for
from flask.typing import ResponseReturnValue

from portal.accounts.access import May
from portal.accounts.current import current_actor
from portal.core import clock
from portal.core.access import access
from portal.core.errors import Invalid, Stale
from portal.core.filters import day
from portal.core.form_pages import Differing, FormPage, form_page
from portal.core.forms import sent_version, summary
from portal.core.rules.whole import whole
from portal.library.catalogue import item_titles
from portal.library.forms import MaterialForm, VersionForm
from portal.library.queries import keepers
from portal.library.rules.material import Kind, Text
from portal.library.service.materials import add_material, put_back, retire_material, save_version
from portal.library.subjects import Material, material_subject, own_suppliers
from portal.library.views.blueprint import EDIT, MATERIAL, READ, blueprint


@blueprint.route("/library/new", methods=["GET", "POST"])
@access(May(EDIT))
def new() -> ResponseReturnValue:
    """Add a material of one's own."""
    actor = current_actor()
    supplier_id = own_suppliers(actor)[0]
    start = {"owner": str(actor.person_id), "review_on": _in_a_year()}
    form = MaterialForm(data=start).among(keepers(supplier_id))
    if form.validate_on_submit():
        try:
            key = add_material(actor, supplier_id, form.text(), UUID(form.owner.data))
        except Invalid as error:
            form.take(error)
        else:
            flash("The material is in the library.", "success")
            return redirect(url_for(".material", key=key), 303)
    return render_template("library/new.html", form=form, errors=summary(form)), form.status


@blueprint.route(MATERIAL + "/edit", methods=["GET", "POST"])
@access(May(EDIT, material_subject, seen_by=READ))
def edit(key: str) -> ResponseReturnValue:
    """Replace what a material says. A save over a newer version shows both."""
    subject: Material = g.subject
    form = VersionForm(data=_filled(subject)).among(keepers(_supplier()))

    def save() -> str:
        before, asked = subject.version, whole(form.version.data) or 0
        owner = UUID(form.owner.data)
        number = save_version(current_actor(), _supplier(), key, form.text(), owner, asked, form.what.data)
        return "Nothing has changed." if number == before else f"Version {number} is in the library."

    page = FormPage(
        back=url_for(".material", key=key),
        template="library/edit.html",
        context={"material": subject},
        stands=partial(_both, form),
    )
    return form_page(form, page, save)


@blueprint.post(MATERIAL + "/retire")
@access(May(EDIT, material_subject, seen_by=READ))
def retire(key: str) -> ResponseReturnValue:
    """Take it off the shelf; the page that follows offers to put it back."""
    try:
        retire_material(current_actor(), _supplier(), key, sent_version() or 0)
    except Stale as error:
        flash(f"{error.reason} It has not been retired: read it first.", "notice")
    else:
        flash(f"“{g.subject.text.title}” is retired. Put it back from this page.", "success")
    return redirect(url_for(".material", key=key), 303)


@blueprint.post(MATERIAL + "/put-back")
@access(May(EDIT, material_subject, seen_by=READ))
def back(key: str) -> ResponseReturnValue:
    """Put a retired material back."""
    put_back(current_actor(), _supplier(), key)
    flash(f"“{g.subject.text.title}” is back in the library.", "success")
    return redirect(url_for(".material", key=key), 303)


def _supplier() -> UUID:
    """The supplier that keeps the material of this request."""
    supplier_id: UUID = g.links.supplier
    return supplier_id


def _filled(subject: Material) -> dict[str, object]:
    """A passed review date is left out, so that somebody chooses the next one."""
    text = subject.text
    owner = subject.row.owner_id if subject.row else current_actor().person_id
    return {
        "version": str(subject.version),
        "kind": text.kind.value,
        "title": text.title,
        "summary": text.summary,
        "body": text.body,
        "items": list(text.items),
        "sources": "\n".join(text.sources),
        "owner": str(owner),
        "review_on": text.review_on if text.review_on > clock.today() else None,
    }


def _both(form: VersionForm, stale: Stale) -> Differing:
    """(label, typed, as it stands) of each field that differs."""
    typed, now = form.text(), stale.current["text"]
    assert isinstance(now, Text)  # the verb says so
    names = ("kind", "title", "summary", "body", "items", "sources", "review_on")
    return [
        (form[name].label.text, _plain(getattr(typed, name)), _plain(getattr(now, name)))
        for name in names
        if getattr(typed, name) != getattr(now, name)
    ]


def _plain(value: object) -> str:
    if isinstance(value, date):
        return day(value)
    if isinstance(value, tuple):
        return "\n".join(item_titles().get(one, one) for one in value)
    return value.words if isinstance(value, Kind) else str(value)


def _in_a_year() -> date:
    today = clock.today()
    return today.replace(year=today.year + 1, day=min(today.day, 28))
