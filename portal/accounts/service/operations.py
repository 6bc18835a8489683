"""What administrators do about the portal's own jobs."""

from __future__ import annotations

from uuid import UUID

from portal.accounts.rules.actors import Actor
from portal.accounts.rules.permissions import Permission, demand
from portal.core.act import act
from portal.core.errors import Refused
from portal.core.jobs import queue


def retry_job(actor: Actor, job_id: UUID) -> None:
    """Have a failed job tried again from its first attempt. Raises Refused where it has not failed."""
    with act(actor, "job.retry", ("job", job_id)):
        demand(actor, Permission.JOBS_RETRY)
        if not queue.requeue(job_id):
            raise Refused("This job has not failed, so it is not tried again.")
