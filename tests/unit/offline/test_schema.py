"""Edits of the version before are brought up to date; others are not guessed at."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

import pytest

from portal.reviews.offline.rules import schema
from portal.reviews.offline.rules.schema import UnknownSchema, brought_up_to_date


def test_the_present_shape_stays_as_it_is() -> None:
    operation = {"schema": schema.CURRENT, "fields": {"rating": 4}}
    assert brought_up_to_date(operation) == operation


@pytest.mark.parametrize("other", [schema.CURRENT + 1, schema.CURRENT - 1, schema.CURRENT - 2, None, "1"])
def test_any_other_shape_without_an_upcaster_is_refused(other: object) -> None:
    with pytest.raises(UnknownSchema):
        brought_up_to_date({"schema": other})


def test_the_shape_before_is_brought_up_to_date(monkeypatch: pytest.MonkeyPatch) -> None:
    def upcast(operation: Mapping[str, Any]) -> dict[str, Any]:
        fields = {
            "rationale" if name == "why" else name: value for name, value in operation["fields"].items()
        }
        return {**operation, "fields": fields}

    monkeypatch.setattr(schema, "CURRENT", 2)
    monkeypatch.setitem(schema.UPCASTERS, 1, upcast)
    found = brought_up_to_date({"schema": 1, "fields": {"why": "Seen"}})
    assert found == {"schema": 2, "fields": {"rationale": "Seen"}}
    monkeypatch.setattr(schema, "CURRENT", 3)
    with pytest.raises(UnknownSchema):
        brought_up_to_date({"schema": 1, "fields": {}})
