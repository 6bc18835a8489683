"""What a mail of a list carries beside its text."""

from __future__ import annotations

import uuid
from email import message_from_bytes, policy

from portal.core import clock
from portal.core.jobs.models import Mail
from portal.core.mail import _message

LINK = "https://portal.example.org/newsletter/stop/" + "x" * 110


def _sent(**others: str) -> bytes:
    mail = Mail(
        id=uuid.uuid4(),
        recipient="a@example.org",
        subject="News",
        text="Hello ’\n",
        created_at=clock.now(),
        **others,
    )
    return _message(mail, "portal@example.org").as_bytes()


def test_a_mail_of_a_list_says_how_to_stop_it_in_one_line() -> None:
    lines = _sent(unsubscribe=LINK, html="<p>Hello</p>").decode("ascii").splitlines()
    assert f"List-Unsubscribe: <{LINK}>" in lines
    assert "List-Unsubscribe-Post: List-Unsubscribe=One-Click" in lines


def test_it_has_its_text_first_and_its_html_after() -> None:
    message = message_from_bytes(_sent(html="<p>Hello</p>"), policy=policy.default)
    assert message.get_content_type() == "multipart/alternative"
    assert [part.get_content_type() for part in message.iter_parts()] == ["text/plain", "text/html"]


def test_any_other_mail_is_plain_text() -> None:
    message = message_from_bytes(_sent(), policy=policy.default)
    assert message.get_content_type() == "text/plain"
    assert message["List-Unsubscribe"] is None
    assert message.get_content() == "Hello ’\n"
