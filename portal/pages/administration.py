"""For administrators: the jobs and the outbox of mails."""

from __future__ import annotations

from uuid import UUID

from flask import Blueprint, flash, redirect, render_template, request, url_for
from flask.typing import ResponseReturnValue

from portal.accounts.access import May
from portal.accounts.current import current_actor
from portal.accounts.rules.permissions import NO_LINKS, Links, Permission
from portal.accounts.service import operations
from portal.core.access import access
from portal.core.db import db
from portal.core.jobs import lists
from portal.core.jobs.models import Job, JobState, Mail

blueprint = Blueprint("administration", __name__, url_prefix="/administration")


def job_subject(job_id: UUID) -> tuple[Job, Links] | None:
    """A job."""
    found = db.session.get(Job, job_id)
    return None if found is None else (found, NO_LINKS)


def mail_subject(mail_id: UUID) -> tuple[Mail, Links] | None:
    """A mail of the outbox."""
    found = db.session.get(Mail, mail_id)
    return None if found is None else (found, NO_LINKS)


@blueprint.get("/jobs")
@access(May(Permission.JOBS_READ))
def jobs() -> ResponseReturnValue:
    state = request.args.get("state")
    chosen = JobState(state) if state in set(JobState) else None
    rows, paging = lists.jobs(chosen, request.args.get("page"))
    return render_template(
        "pages/administration/jobs.html", rows=rows, paging=paging, chosen=chosen, counts=lists.job_counts()
    )


@blueprint.post("/jobs/<uuid:job_id>/retry")
@access(May(Permission.JOBS_RETRY, job_subject))
def retry(job_id: UUID) -> ResponseReturnValue:
    operations.retry_job(current_actor(), job_id)
    flash("The job will be tried again.", "success")
    return redirect(url_for("administration.jobs"))


@blueprint.get("/outbox")
@access(May(Permission.OUTBOX_READ))
def outbox() -> ResponseReturnValue:
    rows, paging = lists.mails(request.args.get("page"))
    return render_template("pages/administration/outbox.html", rows=rows, paging=paging)


@blueprint.get("/outbox/<uuid:mail_id>")
@access(May(Permission.OUTBOX_READ, mail_subject))
def mail(mail_id: UUID) -> ResponseReturnValue:
    return render_template("pages/administration/mail.html", mail=db.session.get_one(Mail, mail_id))
