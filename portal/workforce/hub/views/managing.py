"""Vacancies of one's own services: the list, writing and editing them, and their campaign kit."""

from __future__ import annotations

from functools import partial
from typing import Any
from uuid import UUID

from flask import Response, flash, g, redirect, render_template, request, url_for
from flask.typing import ResponseReturnValue

from portal.accounts.access import May
from portal.accounts.current import current_actor
from portal.accounts.rules.permissions import Permission
from portal.core import clock
from portal.core.access import access
from portal.core.errors import Invalid, Refused, Stale
from portal.core.filters import day
from portal.core.form_pages import Differing, FormPage, form_page
from portal.core.forms import ButtonForm, summary
from portal.core.rules.paging import Paging
from portal.core.rules.whole import whole
from portal.core.spreadsheets import CSV_TYPE
from portal.workforce.hub import queries, service
from portal.workforce.hub.export import days_of, vacancies_csv
from portal.workforce.hub.forms import NewVacancyForm, VacancyForm, of_vacancy
from portal.workforce.hub.kit import POST_LONGEST, as_text, kit
from portal.workforce.hub.models import Vacancy
from portal.workforce.hub.roles import role_title
from portal.workforce.hub.rules.checking import pay
from portal.workforce.hub.rules.moving import UNDER_WAY, WORDS, State, days_words, median, moves
from portal.workforce.hub.subjects import vacancy_subject
from portal.workforce.hub.views.blueprint import blueprint

MANAGE = Permission.VACANCY_MANAGE
VACANCIES = "/workforce/vacancies"
VACANCY = VACANCIES + "/<uuid:vacancy_id>"


@blueprint.get(VACANCIES)
@access(May(MANAGE))
def vacancies() -> ResponseReturnValue:
    """One's own vacancies with their days, under way first."""
    rows, state = queries.own(current_actor()), _state()
    today = clock.today()
    chosen = [row for row in rows if state is None or row.Vacancy.state is state]
    paging = Paging.of(request.args.get("page"), len(chosen))
    filled = [row.Vacancy for row in rows if row.Vacancy.state is State.FILLED]
    return render_template(
        "workforce/hub/vacancies.html",
        rows=chosen[paging.offset : paging.offset + paging.size],
        paging=paging,
        counts={one: sum(row.Vacancy.state is one for row in rows) for one in State},
        state=state,
        days={row.Vacancy.id: days_of(row.Vacancy, today) for row in rows},
        median=days_words(median([found for one in filled if (found := days_of(one, today)) is not None])),
        filled=len(filled),
        under_way=UNDER_WAY,
        role_title=role_title,
    )


@blueprint.get(VACANCIES + ".csv")
@access(May(MANAGE))
def vacancies_file() -> ResponseReturnValue:
    response = Response(vacancies_csv(queries.own(current_actor(), _state())), content_type=CSV_TYPE)
    response.headers["Content-Disposition"] = 'attachment; filename="vacancies.csv"'
    return response


@blueprint.route(VACANCIES + "/new", methods=["GET", "POST"])
@access(May(MANAGE))
def new_vacancy() -> ResponseReturnValue:
    """Write a vacancy as a draft."""
    services = queries.services_to_post_for(current_actor())
    form = NewVacancyForm([(str(one.id), one.name) for one in services])
    if form.validate_on_submit():
        try:
            made = service.write_vacancy(current_actor(), UUID(form.service.data), form.details())
        except Invalid as error:
            form.take(error)
        except Refused as error:
            form.form_errors.append(error.reason)
        else:
            flash("The vacancy is saved as a draft. Read it through, then publish it.", "success")
            return redirect(url_for(".vacancy", vacancy_id=made), 303)
    page = render_template("workforce/hub/new.html", form=form, services=services, errors=summary(form))
    return page, form.status


@blueprint.get(VACANCY)
@access(May(MANAGE, vacancy_subject))
def vacancy(vacancy_id: UUID) -> ResponseReturnValue:
    """A vacancy as it stands, and what can be done to it."""
    return vacancy_page(g.subject)


@blueprint.route(VACANCY + "/edit", methods=["GET", "POST"])
@access(May(MANAGE, vacancy_subject))
def edit_vacancy(vacancy_id: UUID) -> ResponseReturnValue:
    """Change what a vacancy says. A save over a newer one shows both."""
    form = VacancyForm(data=of_vacancy(g.subject))

    def save() -> str:
        service.edit_vacancy(current_actor(), vacancy_id, form.details(), whole(form.version.data) or 0)
        return "The vacancy has been saved."

    page = FormPage(
        back=url_for(".vacancy", vacancy_id=vacancy_id),
        template="workforce/hub/edit.html",
        context={"vacancy": g.subject},
        stands=partial(_both, form),
    )
    return form_page(form, page, save)


def _both(form: VacancyForm, stale: Stale) -> Differing:
    """(label, typed, as it stands) of each field that differs."""
    typed, now = form.details().values(), stale.current
    return [
        (form[name].label.text, _plain(value), _plain(now[name]))
        for name, value in typed.items()
        if value != now[name]
    ]


def _plain(value: Any) -> str:
    if isinstance(value, bool):
        return "Yes" if value else "No"
    if hasattr(value, "year"):
        return day(value)
    return "" if value is None else str(value)


@blueprint.get(VACANCY + "/kit")
@access(May(MANAGE, vacancy_subject))
def vacancy_kit(vacancy_id: UUID) -> ResponseReturnValue:
    """Advert, posts and a mail with the vacancy's own words."""
    row = queries.dressed(vacancy_id)
    return render_template("workforce/hub/kit.html", vacancy=g.subject, pieces=kit(row), longest=POST_LONGEST)


@blueprint.get(VACANCY + "/kit.txt")
@access(May(MANAGE, vacancy_subject))
def vacancy_kit_file(vacancy_id: UUID) -> ResponseReturnValue:
    text = as_text(kit(queries.dressed(vacancy_id)))
    response = Response(text, content_type="text/plain; charset=utf-8")
    response.headers["Content-Disposition"] = 'attachment; filename="campaign-kit.txt"'
    return response


def vacancy_page(subject: Vacancy, refused: str = "") -> ResponseReturnValue:
    row = queries.dressed(subject.id)
    page = render_template(
        "workforce/hub/vacancy.html",
        row=row,
        vacancy=subject,
        form=ButtonForm(formdata=None),
        moves=moves(subject.state),
        words=WORDS,
        role=role_title(subject.role),
        pay=pay(subject.salary_from, subject.salary_to, subject.pay_words),
        days=days_of(subject, clock.today()),
        passed=subject.closes_on < clock.today(),
        errors=[{"text": refused, "href": "#moves"}] if refused else [],
    )
    return page, 409 if refused else 200


def _state() -> State | None:
    asked = request.args.get("state", "")
    return State(asked) if asked in {one.value for one in State} else None
