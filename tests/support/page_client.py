"""A client for integration tests that behaves as a browser and judges every page it is given."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from contextvars import copy_context
from functools import partial
from typing import Any, TypeVar, cast

from flask import Flask, has_app_context, session
from flask.globals import _cv_app
from sqlalchemy import select

from portal.accounts import sign_in
from portal.accounts.models import Person
from portal.core.db import db
from tests.support.judged_once import problems
from tests.support.pages import FieldValue, Page, filled, pressed_button

_REDIRECTS = {301, 302, 303, 307, 308}
_MOST_HOPS = 5
Result = TypeVar("Result")


class PageClient:
    """Get pages, follow redirects, fill in the forms that are on them. `page` is the last one."""

    def __init__(self, app: Flask) -> None:
        self.app = app
        self.browser = app.test_client()
        self.page: Page | None = None

    def get(self, address: str, *, expect: int = 200, follow: bool = True, **options: Any) -> Page:
        """Open an address; a status other than `expect` fails the test."""
        return self._open("GET", address, expect, follow, options)

    def post(
        self,
        address: str,
        data: Mapping[str, Any] | None = None,
        *,
        expect: int = 200,
        follow: bool = True,
        **options: Any,
    ) -> Page:
        """Send data as a forged request would, without a page; prefer `submit`."""
        return self._open("POST", address, expect, follow, {"data": data, **options})

    def click(self, text: str, *, expect: int = 200) -> Page:
        """Follow the link of the last page with these words."""
        return self.get(self._last().link(text), expect=expect)

    def submit(
        self,
        form: str | None = None,
        *,
        button: str | None = None,
        expect: int = 200,
        follow: bool = True,
        fields: Mapping[str, Any] | None = None,
        **more_fields: FieldValue,
    ) -> Page:
        """Fill in and send a form of the last page, its hidden fields included.

        `form` is its id or action (the only form that posts, if not given); `fields` takes the names
        that are no Python names. None or False clears a field, a file is `(stream, name)`.
        """
        page = self._last()
        tag = page.form(form)
        data = filled(tag, {**(fields or {}), **more_fields}, button)
        pressed = pressed_button(tag, button)
        elsewhere = pressed.get("formaction") if pressed is not None else None
        address = str(elsewhere or tag.get("action") or page.response.request.full_path)
        if str(tag.get("method", "get")).lower() == "post":
            return self.post(address, data, expect=expect, follow=follow)
        return self.get(address.split("?", maxsplit=1)[0], expect=expect, follow=follow, query_string=data)

    def sign_in(self, email: str) -> None:
        """Be this person from now on. The sign-in page itself has tests of its own."""

        def begin() -> str:
            with self.app.test_request_context():
                person_id = db.session.scalars(select(Person.id).where(Person.email == email)).one()
                sign_in.begin(person_id)
                token: str = session[sign_in.COOKIE_FIELD]
                return token

        token = self._outside(begin)
        with self.browser.session_transaction() as cookie:
            cookie.clear()
            cookie[sign_in.COOKIE_FIELD] = token

    def sign_out(self) -> None:
        """Forget all cookies."""
        self.browser = self.app.test_client()

    def _last(self) -> Page:
        if self.page is None:
            raise AssertionError("No page has been opened yet")
        return self.page

    def _open(self, method: str, address: str, expect: int, follow: bool, options: dict[str, Any]) -> Page:
        response = self._outside(partial(self.browser.open, address, method=method, buffered=True, **options))
        response.request.environ["wsgi.input"].close()  # a large upload was written to a file of the client's
        hops = 0
        while follow and response.status_code in _REDIRECTS:
            hops += 1
            assert hops <= _MOST_HOPS, f"{address} redirects without end"
            onward = response.location
            response = self._outside(partial(self.browser.open, onward, buffered=True))
        self.page = Page(response)
        self._judge(self.page, f"{method} {address}", expect)
        return self.page

    def _judge(self, page: Page, request: str, expect: int) -> None:
        if page.status != expect:
            said = page.text if page.is_html else page.response.text
            raise AssertionError(f"{request} answered {page.status}, not {expect}: {said[:600]}")
        if page.is_html and page.response.data:
            faults = problems(page) if page.status not in _REDIRECTS else []
            if faults:
                raise AssertionError(f"{request} ({page.status}):\n- " + "\n- ".join(faults))

    def _outside(self, call: Callable[[], Result]) -> Result:
        """Call outside the test's own application context, as a server would.

        Inside it Flask would share `g`, and with it who is signed in, between requests. The test's own
        reading transaction ends before and after, so that it sees what the request wrote.
        """
        if has_app_context():
            db.session.rollback()
        context = copy_context()
        context.run(cast(Any, _cv_app.set), None)
        result = context.run(call)
        if has_app_context():
            db.session.rollback()
        return result
