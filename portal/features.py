"""The features that make up the portal: their models, blueprints and what they add to the app."""

from __future__ import annotations

from flask import Blueprint, Flask
from flask.typing import RouteCallable

import portal.accounts.models
import portal.comms.models
import portal.contracts.cycle.models
import portal.contracts.figures.models
import portal.contracts.payments.models
import portal.contracts.remedy.models
import portal.core.audit.models
import portal.core.jobs.models
import portal.core.storage.models
import portal.directory.models
import portal.directory.public_models
import portal.events.models
import portal.library.models
import portal.plans.models
import portal.reviews.agreement.models
import portal.reviews.assessment.models
import portal.reviews.external.models
import portal.reviews.moderation.models
import portal.reviews.offline.models
import portal.surveys.models
import portal.workforce.accreditation.models
import portal.workforce.hub.models
import portal.workforce.learning.models
import portal.workforce.posts.models
import portal.workforce.staff.models  # noqa: F401  models register themselves when imported
from portal.accounts import views as accounts
from portal.accounts.service import links
from portal.accounts.views import lapsed
from portal.comms import views as comms
from portal.comms.service import sending as comms_sending
from portal.comms.service import subscribing as comms_subscribing
from portal.contracts.cycle import paper as contract_paper
from portal.contracts.cycle import views as contract_cycle
from portal.contracts.cycle.service import drawing as contract_drawing
from portal.contracts.definition import app as contract_files
from portal.contracts.definition import views as contract_terms
from portal.contracts.definition.blueprint import contracts
from portal.contracts.definition.eisms import eism_terms
from portal.contracts.figures import views as contract_figures
from portal.contracts.payments import views as contract_payments
from portal.contracts.remedy import views as contract_remedy
from portal.contracts.remedy.loading import keep_plans
from portal.contracts.remedy.service import reminding as remedy_reminding
from portal.core import mail
from portal.core.jobs import daily, queue
from portal.core.jobs.queue import Handler
from portal.directory import views as directory
from portal.events import views as events
from portal.events.service import planning as events_planning
from portal.events.service import reminding as events_reminding
from portal.library import views as library
from portal.library.service import reminding as library_reminding
from portal.pages import administration, context, decisions, home, routes
from portal.plans import views as plans
from portal.reviews.agreement import views as agreement
from portal.reviews.assessment import report
from portal.reviews.assessment import views as assessments
from portal.reviews.assessment.service import reporting
from portal.reviews.assessment.views import report as reports
from portal.reviews.assessment.views import verification
from portal.reviews.external import drawing
from portal.reviews.external import views as external
from portal.reviews.external.service import history_holding, presenting, purging, reminding
from portal.reviews.moderation import views as moderation
from portal.reviews.offline import context as on_site
from portal.reviews.offline import views as offline
from portal.reviews.offline.service import purging as offline_purging
from portal.reviews.offline.views.api import leave_edits
from portal.scales import views as scales
from portal.surveys import views as surveys
from portal.surveys.service import daily as surveys_daily
from portal.workforce.accreditation import views as accreditation
from portal.workforce.hub import views as hub
from portal.workforce.hub.service import daily as hub_daily
from portal.workforce.learning import views as learning
from portal.workforce.posts import views as posts
from portal.workforce.posts.definitions import terms_from
from portal.workforce.posts.service import reminding as posts_reminding
from portal.workforce.staff import views as staff
from portal.workforce.staff.service import forgetting

# Parts whose views stand on the one blueprint of contracts: named, so that they are imported.
CONTRACT_VIEWS = (contract_terms, contract_figures, contract_remedy, contract_payments, contract_cycle)


def blueprints() -> tuple[Blueprint, ...]:
    """Every blueprint, in the order of the import plan."""
    return (
        scales.blueprint,
        accounts.blueprint,
        administration.blueprint,
        home.blueprint,
        directory.blueprint,
        library.blueprint,
        plans.blueprint,
        events.blueprint,
        surveys.blueprint,
        learning.blueprint,
        accreditation.blueprint,
        posts.blueprint,
        hub.blueprint,
        staff.blueprint,
        assessments.blueprint,
        reports.blueprint,
        verification.blueprint,
        external.blueprint,
        moderation.blueprint,
        agreement.blueprint,
        offline.blueprint,
        comms.blueprint,
        contracts,
        routes.blueprint,
    )


def without_form_token() -> tuple[RouteCallable, ...]:
    """Views that no cookie gives a right to, so that a foreign page gains nothing by calling them."""
    return (leave_edits, comms.stop)


def init_app(app: Flask) -> None:
    """What features add to the app beyond blueprints."""
    context.init_app(app)
    on_site.init_app(app)
    lapsed.init_app(app)
    library.init_app(app)
    contract_files.init_app(app)
    decisions.init_app()
    keep_plans()
    terms_from(eism_terms)
    queue.init_app(app, job_handlers())
    daily.init_app(
        app,
        (
            reminding.JOB,
            purging.JOB,
            offline_purging.JOB,
            hub_daily.JOB,
            comms_subscribing.DAILY,
            posts_reminding.JOB,
            events_planning.BASELINE_JOB,
            events_reminding.JOB,
            surveys_daily.JOB,
            library_reminding.JOB,
            remedy_reminding.JOB,
            forgetting.JOB,
        ),
    )


def job_handlers() -> dict[str, Handler]:
    """Who does each kind of job."""
    return {
        mail.KIND: mail.deliver,
        links.RESET_JOB: links.send_reset,
        reporting.PDF_JOB: report.draw_paper,
        contract_drawing.JOB: contract_paper.draw_pdf,
        presenting.DRAFT_JOB: drawing.draw_draft,
        history_holding.JOB: history_holding.bring_in,
        reminding.JOB: reminding.do_daily,
        purging.JOB: purging.do_daily,
        events_planning.BASELINE_JOB: events_planning.do_daily,
        events_reminding.JOB: events_reminding.do_daily,
        surveys_daily.JOB: surveys_daily.do_daily,
        offline_purging.JOB: offline_purging.do_daily,
        hub_daily.JOB: hub_daily.do_daily,
        comms_sending.JOB: comms_sending.do_send,
        comms_subscribing.DAILY: comms_subscribing.do_daily,
        library_reminding.JOB: library_reminding.do_daily,
        remedy_reminding.JOB: remedy_reminding.do_daily,
        forgetting.JOB: forgetting.do_daily,
        posts_reminding.JOB: posts_reminding.do_daily,
    }
