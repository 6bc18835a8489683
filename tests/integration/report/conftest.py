"""A service with people in every role."""

from __future__ import annotations

import pytest
from flask import Flask

from portal.reviews.assessment import report
from tests.support import assessed


@pytest.fixture
def world(app: Flask) -> assessed.World:
    """The service and its people, with nothing assessed yet."""
    return assessed.build()


@pytest.fixture
def quick_pdf(monkeypatch: pytest.MonkeyPatch) -> bytes:
    """Something that stands for a PDF, where a test is not about the drawing."""
    pdf = b"%PDF-1.7 drawn quickly"
    monkeypatch.setattr(report, "render_pdf", lambda *_, **__: pdf)
    return pdf
