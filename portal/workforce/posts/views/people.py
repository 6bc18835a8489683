"""A person: leave, vetting, skills and capacity on one page, and what changes name, skills and capacity."""

from __future__ import annotations

from uuid import UUID

from flask import flash, g, redirect, render_template, url_for
from flask.typing import ResponseReturnValue

from portal.accounts.access import May
from portal.accounts.current import current_actor
from portal.accounts.rules.permissions import Permission
from portal.core import clock
from portal.core.access import access
from portal.core.errors import NotFound
from portal.core.rules.quarters import quarter_of
from portal.workforce.posts.definitions import check_kinds, contract_terms, leave_kinds, skills
from portal.workforce.posts.forms import CapacityForm, EismForm, SkillForm
from portal.workforce.posts.models import Eism
from portal.workforce.posts.person import capacity_row, person_page
from portal.workforce.posts.queries import accounts_of
from portal.workforce.posts.rules.checks import check_standing
from portal.workforce.posts.service import add_skill, edit_eism, remove_skill, set_capacity
from portal.workforce.posts.subjects import Subject, eism_subject
from portal.workforce.posts.views.blueprint import FormPage, blueprint, form_page, version
from portal.workforce.posts.views.overview import ADDRESS

READ, EDIT = Permission.POSTS_READ, Permission.POSTS_EDIT
PERSON = ADDRESS + "/people/<uuid:eism_id>"
FIRST_YEAR, LAST_YEAR = 2000, 2100


@blueprint.get(PERSON)
@access(May(EDIT, eism_subject, seen_by=READ))
def person(eism_id: UUID) -> ResponseReturnValue:
    """All that is kept of a person."""
    today = clock.today()
    return render_template(
        "workforce/posts/person.html",
        subject=g.subject,
        found=person_page(eism_id),
        terms=contract_terms(g.subject.supplier_id),
        leave_kinds=leave_kinds(),
        check_kinds=check_kinds(),
        skill_titles={key: one.title for key, one in skills().items()},
        standing=lambda check: check_standing(check.valid_until, today),
        today=today,
        year=quarter_of(today).year,
    )


@blueprint.route(PERSON + "/edit", methods=["GET", "POST"])
@access(May(EDIT, eism_subject, seen_by=READ))
def change_person(eism_id: UUID) -> ResponseReturnValue:
    """Another name, or the account that they have now."""
    row: Eism = g.subject.row
    accounts = dict(accounts_of(row.supplier_id))
    if row.person_id:
        accounts.setdefault(row.person_id, g.subject.name)
    account = str(row.person_id) if row.person_id else ""
    form = EismForm(accounts, data={"name": row.name, "account": account, "version": row.version})

    def save() -> str:
        chosen = UUID(form.account.data) if form.account.data else None
        edit_eism(current_actor(), eism_id, form.name.data or "", chosen, version())
        return "Saved."

    intro = "Where there is an account, the name of the account is shown."
    return form_page(form, page_of(g.subject, f"Name and account of {g.subject.name}", intro), save)


@blueprint.route(PERSON + "/skills/new", methods=["GET", "POST"])
@access(May(EDIT, eism_subject, seen_by=READ))
def new_skill(eism_id: UUID) -> ResponseReturnValue:
    """Record a skill."""
    form = SkillForm()

    def save() -> str:
        assert form.since.data is not None  # the form asks for it
        add_skill(current_actor(), eism_id, form.skill.data, form.since.data, form.note.data or "")
        return "Saved: the skill."

    return form_page(form, page_of(g.subject, f"A skill of {g.subject.name}"), save)


@blueprint.post(PERSON + "/skills/<string:key>/remove")
@access(May(EDIT, eism_subject, seen_by=READ))
def drop_skill(eism_id: UUID, key: str) -> ResponseReturnValue:
    """Take a skill off."""
    remove_skill(current_actor(), eism_id, key)
    flash("Removed.", "success")
    return redirect(url_for(".person", eism_id=eism_id), 303)


@blueprint.route(PERSON + "/capacity/<int:year>", methods=["GET", "POST"])
@access(May(EDIT, eism_subject, seen_by=READ))
def capacity(eism_id: UUID, year: int) -> ResponseReturnValue:
    """Days for reviews and coaching in a financial year."""
    if not FIRST_YEAR <= year <= LAST_YEAR:
        raise NotFound("There is no such year.")
    row = capacity_row(eism_id, year)
    form = CapacityForm(data={"days": row.days, "version": row.version} if row else {"version": 0})

    def save() -> str:
        assert form.days.data is not None  # the form asks for it
        set_capacity(current_actor(), eism_id, year, form.days.data, version())
        return "Saved: days for reviews and coaching."

    title = f"Days of {g.subject.name}, April {year} to March {year + 1}"
    return form_page(form, page_of(g.subject, title), save)


def page_of(
    subject: Subject, title: str, intro: str = "", removal: tuple[str, str] | None = None
) -> FormPage:
    """A form about a person, back to their page."""
    assert subject.eism is not None  # these are about a person
    back = url_for(".person", eism_id=subject.eism.id)
    return FormPage(title, back, subject.name, intro, removal=removal)
