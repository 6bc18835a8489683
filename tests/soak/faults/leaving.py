"""F7: without a network a sign-in ends, a password is changed, an account is closed."""

from __future__ import annotations

from collections.abc import Callable
from datetime import timedelta
from uuid import UUID

from sqlalchemy import select, update

from portal.accounts.models import Person, SignIn
from portal.accounts.service import links, people
from portal.accounts.service.links import Purpose
from portal.core import clock
from portal.core.act import operational
from portal.core.db import db
from portal.core.jobs.models import Mail
from tests.soak.device import Device, Pause
from tests.soak.faults.fault import Fault
from tests.soak.ground import LEAD, SECOND
from tests.soak.run import Run, demand
from tests.support import assessing
from tests.support.assessing import actor, id_of

EDITS = 8
LONG_AGO = timedelta(days=2)  # beyond every limit of a sign-in


def sign_in_ends(run: Run) -> None:
    """The sign-in lapses while the tablet is away."""
    _away(run, lambda: _age_sign_ins(id_of(LEAD)))


def password_changes(run: Run) -> None:
    """The password is changed from a desk, which ends every sign-in."""
    _away(run, _change_password)


def _away(run: Run, meanwhile: Callable[[], None]) -> None:
    """Type, lose the sign-in, type on, be paused, sign in as the same person, be done."""
    review = run.review()
    tablet = run.tablet(review)
    run.type(tablet, review, EDITS)
    with run.ground.app.app_context():
        meanwhile()
        db.session.remove()
    run.type(tablet, review, EDITS)
    demand(tablet.flush() is Pause.SIGN_IN, "a sign-in that ended did not pause the sending")
    run.facts["paused for sign-in"] += 1
    run.type(tablet, review, EDITS)  # typing is never blocked
    demand(len(tablet.told.waiting) == 3 * EDITS, "a pause dropped something")
    tablet = run.reopen(tablet)
    tablet.line.cookie = run.ground.cookie(LEAD)
    run.settle()
    demand(_outcomes(tablet) == {"applied"}, f"came out {_outcomes(tablet)}")


def account_closes(run: Run) -> None:
    """The account is closed: everything goes to quarantine, and the lead reviewer is told."""
    review = run.review()
    tablet = run.tablet(review, SECOND)
    run.type(tablet, review, EDITS)
    with run.ground.app.app_context():
        people.disable(actor("administrator"), id_of(SECOND))
        mails = _mails_to_lead()
        db.session.remove()
    try:
        run.type(tablet, review, EDITS)
        demand(tablet.flush() is None, f"a closed account’s tablet could leave nothing: {tablet.refused}")
        with run.ground.app.app_context():
            demand(_mails_to_lead() > mails, "the lead reviewer was not told")
            db.session.remove()
        demand(_outcomes(tablet) == {"quarantined"}, f"came out {_outcomes(tablet)}")
    finally:
        with run.ground.app.app_context():
            people.enable(actor("administrator"), id_of(SECOND))
            db.session.remove()


def _outcomes(tablet: Device) -> set[str]:
    return {receipt["outcome"] for receipt in tablet.told.receipts.values()}


def _age_sign_ins(person_id: UUID) -> None:
    past = clock.now() - LONG_AGO
    with operational() as session:
        aged = update(SignIn).where(SignIn.person_id == person_id)
        session.execute(aged.values(started_at=past, seen_at=past))


def _change_password() -> None:
    with operational():
        person = db.session.get_one(Person, id_of(LEAD))
        link = links.issue(person, Purpose.RESET)
    links.set_by_link(link.rsplit("/", 1)[1], "correct horse battery staple 9")


def _mails_to_lead() -> int:
    db.session.rollback()
    query = select(Mail.id).where(Mail.recipient == assessing.email(LEAD))
    return len(db.session.execute(query).all())


FAULTS = (
    Fault("F7a", "Sign-in ends while away", 20, sign_in_ends),
    Fault("F7b", "Password changed while away", 20, password_changes),
    Fault("F7c", "Account closed while away", 20, account_closes),
)
