"""Writing, sending, reminding and closing surveys."""

from __future__ import annotations

from collections.abc import Callable
from uuid import UUID, uuid4

from flask import abort, flash, g, redirect, render_template, request, url_for
from flask.typing import ResponseReturnValue

from portal.accounts.access import May
from portal.accounts.current import current_actor
from portal.accounts.rules.roles import ROLES, Role
from portal.core.access import access
from portal.core.errors import NotFound, Refused, Stale
from portal.core.filters import plural
from portal.core.form_pages import FormPage, form_page, version
from portal.core.rules.satisfaction import FEWEST
from portal.core.urls import public_url
from portal.surveys import queries
from portal.surveys.audience import people_for, reachable
from portal.surveys.export import codes_csv
from portal.surveys.forms import PressForm, SurveyForm, new_survey, of_survey
from portal.surveys.models import Survey
from portal.surveys.rules.draft import SurveyState, Way
from portal.surveys.service import sending
from portal.surveys.subjects import own_suppliers, survey_subject
from portal.surveys.views.blueprint import AT, MANAGE, RESULTS, blueprint, csv_file, own_supplier

MANAGED = May(MANAGE, survey_subject, seen_by=RESULTS)
FORM = "surveys/form.html"
INTRO = "It is saved as a draft. You see whom it would reach before you send it."


@blueprint.get("/surveys/manage")
@access(May(MANAGE))
def manage() -> ResponseReturnValue:
    """One's own surveys, with how many have answered."""
    rows, paging = queries.surveys_of(own_suppliers(MANAGE), request.args.get("page"))
    counts = queries.counts([row.id for row in rows])
    return render_template("surveys/manage.html", rows=rows, paging=paging, counts=counts)


@blueprint.route("/surveys/new", methods=["GET", "POST"])
@access(May(MANAGE))
def new() -> ResponseReturnValue:
    """Write a survey as a draft."""
    supplier, made = own_supplier(), uuid4()
    form = SurveyForm(_choices(supplier), data=new_survey())

    def save() -> str:
        sending.write_survey(current_actor(), supplier, form.draft(), made)
        return "The survey is saved as a draft. Nobody sees it before you send it."

    page = FormPage(
        "New survey",
        url_for(".manage"),
        "Manage surveys",
        INTRO,
        button="Save as a draft",
        template=FORM,
        onward=url_for(".show", survey_id=made),
    )
    return form_page(form, page, save)


@blueprint.route(AT + "/edit", methods=["GET", "POST"])
@access(MANAGED)
def edit(survey_id: UUID) -> ResponseReturnValue:
    """Change a survey that is not sent."""
    survey: Survey = g.subject
    form = SurveyForm(_choices(survey.supplier_id), data=of_survey(survey))

    def save() -> str:
        sending.change_survey(current_actor(), survey_id, form.draft(), version())
        return "The survey has been saved."

    page = FormPage("Edit the survey", url_for(".show", survey_id=survey_id), survey.title, template=FORM)
    return form_page(form, page, save)


@blueprint.get(AT)
@access(MANAGED)
def show(survey_id: UUID) -> ResponseReturnValue:
    """How a survey stands, and what can be done with it."""
    return _page(g.subject)


@blueprint.get(AT + "/<any(close, discard):action>")
@access(MANAGED)
def sure(survey_id: UUID, action: str) -> ResponseReturnValue:
    """What cannot be taken back is asked once more, with what it does now."""
    survey: Survey = g.subject
    wanted = SurveyState.OPEN if action == "close" else SurveyState.DRAFT
    if survey.state is not wanted:
        return _page(survey, sending.NOT_OPEN if action == "close" else sending.SENT)
    return render_template(
        "surveys/sure.html",
        survey=survey,
        action=action,
        counts=queries.counts([survey_id]).get(survey_id),
        fewest=FEWEST,
        form=_press(survey),
    )


@blueprint.post(AT + "/<any(send, remind):action>")
@access(MANAGED)
def act_on(survey_id: UUID, action: str) -> ResponseReturnValue:
    """Send or remind. What cannot be done is said on the survey's page."""
    return _pressed(survey_id, _sent if action == "send" else _reminded)


@blueprint.post(AT + "/<any(close, discard):action>")
@access(MANAGED)
def end(survey_id: UUID, action: str) -> ResponseReturnValue:
    """Close an open survey, or discard a draft, once the person is sure."""
    return _pressed(survey_id, _closed if action == "close" else _discarded)


def _pressed(survey_id: UUID, verb: Callable[[UUID], str]) -> ResponseReturnValue:
    if not PressForm().validate_on_submit():
        abort(400)
    try:
        said = verb(survey_id)
    except (Refused, Stale) as error:
        found = survey_subject(survey_id)
        if found is None:
            raise NotFound("There is no such survey.") from error
        return _page(found[0], error.reason)
    flash(said, "success")
    gone = verb is _discarded
    return redirect(url_for(".manage") if gone else url_for(".show", survey_id=survey_id), 303)


def _sent(survey_id: UUID) -> str:
    count = sending.send_survey(current_actor(), survey_id, version())
    return (
        f"The survey is open. {plural(count, 'person', 'people')} invited by mail."
        if count
        else ("The survey is open. Hand out its link.")
    )


def _reminded(survey_id: UUID) -> str:
    count = sending.remind_survey(current_actor(), survey_id)
    return f"{plural(count, 'person', 'people')} reminded by mail."


def _closed(survey_id: UUID) -> str:
    sending.close_survey(current_actor(), survey_id, version())
    return "The survey is closed. Its results show now."


def _discarded(survey_id: UUID) -> str:
    sending.discard_survey(current_actor(), survey_id, version())
    return "The draft is gone."


@blueprint.get(AT + "/codes.csv")
@access(MANAGED)
def codes_file(survey_id: UUID) -> ResponseReturnValue:
    """The codes to hand out."""
    survey: Survey = g.subject
    if survey.way is not Way.CODES or survey.state is SurveyState.DRAFT:
        raise NotFound("This survey has no codes.")
    return csv_file(codes_csv(queries.codes_of(survey_id), _link(survey)), "survey-codes.csv")


def _page(survey: Survey, refused: str = "") -> ResponseReturnValue:
    draft = survey.state is SurveyState.DRAFT
    reached = people_for(survey) if draft and survey.way is Way.INVITED else []
    chosen = queries.organisation_names(UUID(one) for one in survey.organisations)
    page = render_template(
        "surveys/show.html",
        survey=survey,
        questionnaire=queries.questionnaire_of(survey),
        reached=len(reached),
        counts=queries.counts([survey.id]).get(survey.id),
        organisations=sorted(chosen.values()),
        roles=[ROLES[Role(role)].title for role in survey.roles],
        link=_link(survey),
        fewest=FEWEST,
        form=_press(survey),
        errors=[{"text": refused, "href": "#main-content"}] if refused else [],
    )
    return page, 409 if refused else 200


def _press(survey: Survey) -> PressForm:
    return PressForm(formdata=None, data={"version": survey.version})


def _link(survey: Survey) -> str:
    return f"{public_url()}/surveys/open/{survey.link_token}" if survey.link_token else ""


def _choices(supplier_id: UUID) -> list[tuple[str, str]]:
    return [(str(one.id), one.name) for one in reachable(supplier_id)]
