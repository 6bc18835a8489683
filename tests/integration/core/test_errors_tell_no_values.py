"""What people wrote stays out of errors, and so out of logs."""

from __future__ import annotations

import logging
import traceback

import pytest
from flask import Flask
from sqlalchemy import text
from sqlalchemy.exc import DBAPIError

from portal.core.act import operational
from portal.core.db import db

WORD = "Cornflower\nDETAIL: and more"
STATEMENT = (
    "INSERT INTO attachments (id, stored_name, original_name, content_type, size, sha256, created_at) "
    "VALUES (:id, 'x', :word, 'text/plain', 0, 'x', '2026-01-01 00:00:00')"
)


def test_an_error_of_the_database_names_neither_the_values_sent_nor_the_row(
    app: Flask, caplog: pytest.LogCaptureFixture
) -> None:
    """The size of 0 breaks a rule of the table, and PostgreSQL would tell the whole row."""
    given = {"id": "00000000-0000-5000-8000-000000000001", "word": WORD}
    try:
        with operational():
            db.session.execute(text(STATEMENT), given)
    except DBAPIError as error:
        told = "".join(traceback.format_exception(error))
        logging.getLogger("portal").exception("Unexpected error")
    else:
        pytest.fail("the rule of the table did not hold")
    assert "not_empty" in told
    for said in (told, caplog.text):
        assert "Cornflower" not in said
        assert "and more" not in said
