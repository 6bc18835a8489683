"""A newsletter as a mail: an HTML part with its styles inline, as mail programs ask for, and plain text."""

from __future__ import annotations

from collections.abc import Sequence

from flask import current_app

from portal.comms.rules.composing import STOP_MARK, Piece
from portal.core.rules.blocks import read_blocks
from portal.core.urls import public_url


def draw_mail(
    supplier: str, subject: str, intro: str, pieces: Sequence[Piece], archive: str
) -> tuple[str, str]:
    """(HTML, text) of a supplier's newsletter, each with the mark for the recipient's own address to stop."""
    values = {
        "supplier": supplier,
        "subject": subject,
        "blocks": read_blocks(intro),
        "pieces": pieces,
        "portal": public_url(),
        "archive": archive,
        "stop": STOP_MARK,
    }
    environment = current_app.jinja_env
    html = environment.get_template("email/newsletter.html").render(**values)
    text = environment.get_template("email/newsletter.txt").render(**values)
    return html.strip() + "\n", text.strip() + "\n"
