"""What reaches a verb from a form: never a NUL, which PostgreSQL cannot keep."""

from __future__ import annotations

from flask import Flask, request


def test_a_form_holds_no_nul_and_everything_else_as_it_was(app: Flask) -> None:
    data = {"reason": "a\x00b\r\nc", "items": ["one", "t\x00wo"], "plain": "ünchanged"}
    with app.test_request_context("/", method="POST", data=data):
        assert request.form["reason"] == "ab\r\nc"
        assert request.form.getlist("items") == ["one", "two"]
        assert request.form["plain"] == "ünchanged"
        assert request.values["reason"] == "ab\r\nc"


def test_a_form_without_nul_is_the_librarys_own(app: Flask) -> None:
    with app.test_request_context("/", method="POST", data={"reason": "Because", "empty": ""}):
        assert request.form.to_dict() == {"reason": "Because", "empty": ""}
