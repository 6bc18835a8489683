"""Results of closed surveys, their themes, and satisfaction year by year."""

from __future__ import annotations

from uuid import UUID

from flask import flash, g, redirect, render_template, request, url_for
from flask.typing import ResponseReturnValue

from portal.accounts.access import May
from portal.accounts.current import current_actor
from portal.accounts.rules.permissions import allowed
from portal.core import clock
from portal.core.access import access
from portal.core.errors import Invalid, NotFound
from portal.core.forms import summary
from portal.core.rules.paging import SIZE
from portal.surveys import queries
from portal.surveys.export import counts_csv
from portal.surveys.forms import PressForm, ThemeForm
from portal.surveys.models import Survey
from portal.surveys.rules.bars import bars
from portal.surveys.rules.draft import SurveyState
from portal.surveys.rules.rating import year_of, year_words
from portal.surveys.service import learning_from
from portal.surveys.subjects import own_suppliers, results_subject, survey_subject, theme_subject
from portal.surveys.views.blueprint import AT, MANAGE, RESULTS, blueprint, csv_file

YEARS = 4
READS = May(RESULTS, results_subject)


@blueprint.get("/surveys/results")
@access(May(RESULTS))
def all_results() -> ResponseReturnValue:
    """Satisfaction by financial year, and the closed surveys."""
    suppliers = own_suppliers(RESULTS)
    rows, paging = queries.surveys_of(suppliers, request.args.get("page"), closed=True)
    this = year_of(clock.today())
    years = [
        (names, year_words(year), queries.satisfaction(supplier, year), year == this)
        for supplier, names in queries.organisation_names(suppliers).items()
        for year in range(this, this - YEARS, -1)
    ]
    return render_template("surveys/all_results.html", rows=rows, paging=paging, years=years)


@blueprint.get(AT + "/results")
@access(READS)
def results(survey_id: UUID) -> ResponseReturnValue:
    """Counts for whoever may read them; what was written for those who manage the survey."""
    survey: Survey = g.subject
    if survey.state is not SurveyState.CLOSED:
        return render_template("surveys/waiting.html", survey=survey)
    found = queries.results(survey)
    return render_template(
        "surveys/results.html",
        survey=survey,
        questionnaire=queries.questionnaire_of(survey),
        results=found,
        figures={tally.question.key: bars(tally) for tally in found.tallies},
        counts=queries.counts([survey_id]).get(survey_id),
        manages=allowed(current_actor(), MANAGE, g.links),
        names=queries.names_of_texts(survey),
        at_once=SIZE,
        themes=queries.themes(survey_id),
    )


@blueprint.get(AT + "/results.csv")
@access(READS)
def results_file(survey_id: UUID) -> ResponseReturnValue:
    """The counts of the page. Before the survey closes there are none."""
    survey: Survey = g.subject
    closed = survey.state is SurveyState.CLOSED
    tallies = queries.results(survey).tallies if closed else ()
    return csv_file(counts_csv(tallies), "survey-results.csv")


@blueprint.get(AT + "/written/<string:key>")
@access(May(MANAGE, survey_subject, seen_by=RESULTS))
def written(survey_id: UUID, key: str) -> ResponseReturnValue:
    """Everything that was written to one question, page by page, for those who manage the survey."""
    survey: Survey = g.subject
    question = queries.questionnaire_of(survey).question(key)
    closed = survey.state is SurveyState.CLOSED
    found = queries.written_to(survey, key, request.args.get("page")) if question and closed else None
    if found is None:
        raise NotFound("There is nothing to read at this address.")
    names = queries.names_of_texts(survey)
    rows, paging = found
    return render_template(
        "surveys/written.html", survey=survey, question=question, rows=rows, paging=paging, names=names
    )


@blueprint.route(AT + "/themes", methods=["GET", "POST"])
@access(May(MANAGE, survey_subject, seen_by=RESULTS))
def themes(survey_id: UUID) -> ResponseReturnValue:
    """Record themes of what was written, each with the texts in which somebody found it."""
    survey: Survey = g.subject
    form, ticked = ThemeForm(), set(request.form.getlist("texts"))
    if survey.state is not SurveyState.CLOSED and request.method == "GET":
        return render_template("surveys/waiting.html", survey=survey)
    if form.validate_on_submit():
        try:
            texts = {found for one in ticked if (found := _key(one))}
            learning_from.add_theme(current_actor(), survey_id, form.name.data or "", texts)
        except Invalid as error:
            form.take(error)
        else:
            flash("The theme is recorded.", "success")
            return redirect(url_for(".themes", survey_id=survey_id), 303)
    return _themes_page(survey, form, ticked)


@blueprint.post(AT + "/themes/<uuid:theme_id>/remove")
@access(May(MANAGE, theme_subject, seen_by=RESULTS))
def remove_theme(survey_id: UUID, theme_id: UUID) -> ResponseReturnValue:
    learning_from.remove_theme(current_actor(), survey_id, theme_id)
    flash("The theme has been taken away. What was written stays.", "success")
    return redirect(url_for(".themes", survey_id=survey_id), 303)


def _themes_page(survey: Survey, form: ThemeForm, ticked: set[str]) -> ResponseReturnValue:
    page = render_template(
        "surveys/themes.html",
        survey=survey,
        written=queries.results(survey).written,
        themes=queries.themes(survey.id),
        form=form,
        ticked=ticked,
        press=PressForm(formdata=None),
        errors=summary(form),
    )
    return page, form.status


def _key(text: str) -> UUID | None:
    try:
        return UUID(text)
    except ValueError:
        return None
