"""Mails: rows in the outbox, sent by a job.

    send_mail(to, subject, text)     # inside act() or operational()

A mail of a list also has an HTML part and the address that stops it with one click (RFC 8058). Mail
programs offer that only where the mail server signs both headers (DKIM), which is the server's part.

Without a mail server (setting `mail_server`) a mail is kept, and administrators see it in the outbox
with its link, so that a demonstration works without one.
"""

from __future__ import annotations

import smtplib
import uuid
from email import policy
from email.message import EmailMessage
from email.utils import formatdate, make_msgid
from typing import Any

from flask import current_app
from sqlalchemy import update

from portal.core import clock
from portal.core.act import operational
from portal.core.config import Settings
from portal.core.db import db
from portal.core.jobs.models import Mail, MailState
from portal.core.jobs.queue import enqueue

KIND = "mail.send"
SECONDS = 20
LONGEST_SUBJECT = 200
# At the usual 78 signs a line a long address in a header is wrapped in encoded words. RFC 5322 allows 998.
_LINES = policy.default.clone(max_line_length=990, cte_type="7bit")


def words(template: str, **values: Any) -> tuple[str, str]:
    """Subject and text from a template whose first line is the subject. It is no HTML: nothing is escaped."""
    subject, _, text = current_app.jinja_env.get_template(template).render(**values).partition("\n")
    return subject.strip(), text.strip() + "\n"


def send_mail(
    to: str, subject: str, text: str, *, html: str | None = None, unsubscribe: str | None = None
) -> uuid.UUID:
    """Write a mail to the outbox, in the verb's transaction. Returns its id.

    `html`: the same once more, for programs that show it. `unsubscribe`: an address where a POST stops
    the list for this recipient.
    """
    one_line = " ".join(subject.split())[:LONGEST_SUBJECT]
    mail = Mail(
        id=uuid.uuid4(),
        recipient=to,
        subject=one_line,
        text=text,
        html=html,
        unsubscribe=unsubscribe,
        created_at=clock.now(),
    )
    db.session.add(mail)
    enqueue(KIND, {"mail_id": str(mail.id)})
    return mail.id


def deliver(payload: dict[str, Any]) -> None:
    """Handler of `mail.send`: send it once, or keep it where there is no mail server."""
    settings: Settings = current_app.config["SETTINGS"]
    mail = db.session.get(Mail, uuid.UUID(payload["mail_id"]), populate_existing=True)
    if mail is None or mail.state in (MailState.SENT, MailState.KEPT):
        return
    if not settings.mail_server:
        _mark(mail.id, state=MailState.KEPT)
        return
    message = _message(mail, settings.mail_from)
    db.session.rollback()  # no transaction stays open while the server answers
    try:
        with smtplib.SMTP(settings.mail_server, settings.mail_port, timeout=SECONDS) as server:
            server.send_message(message)
    except (OSError, smtplib.SMTPException):
        _mark(mail.id, state=MailState.FAILED)
        raise
    _mark(mail.id, state=MailState.SENT, sent_at=clock.now(), text="", html=None, unsubscribe=None)


def _message(mail: Mail, sender: str) -> EmailMessage:
    message = EmailMessage(_LINES)
    message["From"], message["To"], message["Subject"] = sender, mail.recipient, mail.subject
    message["Date"] = formatdate(clock.now().timestamp())
    # The row's own id: a mail sent twice after a crash is known as one by the receiver.
    message["Message-ID"] = make_msgid(idstring=mail.id.hex, domain=sender.rpartition("@")[2] or "localhost")
    if mail.unsubscribe:
        message["List-Unsubscribe"] = f"<{mail.unsubscribe}>"
        message["List-Unsubscribe-Post"] = "List-Unsubscribe=One-Click"
    message.set_content(mail.text)
    if mail.html:
        message.add_alternative(mail.html, subtype="html")
    return message


def _mark(mail_id: uuid.UUID, **values: Any) -> None:
    with operational() as database:
        database.execute(update(Mail).where(Mail.id == mail_id).values(**values))
