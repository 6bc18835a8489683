"""Comparing a file with what was published."""

from __future__ import annotations

import hashlib
from dataclasses import replace
from datetime import date, timedelta
from io import BytesIO

import pytest

from portal.reviews.assessment.verifying import Proof, digest_of_file, match, read_digest

PDF, JSON = "a" * 64, "b" * 64


def proof(pdf_digest: str | None = PDF) -> Proof:
    return Proof(
        "code", "Bridge", "Small", "Self", date(2026, 1, 1), 4, 5, None, False, False, False, JSON, pdf_digest
    )


@pytest.mark.parametrize("digest,found", [(PDF, "pdf"), (JSON, "json"), ("c" * 64, "none")])
def test_a_digest_matches_the_pdf_the_data_or_nothing(digest: str, found: str) -> None:
    assert match(proof(), digest) == found


def test_without_a_pdf_nothing_matches_it() -> None:
    assert match(proof(None), PDF) == "none"


def test_the_certificate_is_a_file_of_the_report_too() -> None:
    certified = replace(proof(), certificate_digest="d" * 64)
    assert match(certified, "d" * 64) == "certificate"
    assert match(proof(), "d" * 64) == "none"


@pytest.mark.parametrize(("days", "expired"), [(-1, False), (0, False), (1, True)])
def test_an_accreditation_counts_to_the_end_of_its_last_day(days: int, expired: bool) -> None:
    last = date(2029, 11, 22)
    held = replace(proof(), valid_until=last, today=last + timedelta(days=days))
    assert (held.expired, held.accredited) == (expired, not expired)


@pytest.mark.parametrize("changed", [{"newest": 2}, {"superseded": True}])
def test_what_was_replaced_accredits_no_longer(changed: dict[str, object]) -> None:
    held = replace(proof(), valid_until=date(2029, 11, 22), today=date(2027, 1, 1))
    assert held.accredited
    assert not replace(held, **changed).accredited  # type: ignore[arg-type]  # fields of Proof


def test_without_a_last_day_nothing_is_accredited_or_expired() -> None:
    assert not proof().accredited
    assert not proof().expired


@pytest.mark.parametrize("size", [0, 1, 1024 * 1024 - 1, 1024 * 1024, 1024 * 1024 + 1])
def test_a_file_is_read_piece_by_piece_to_its_end(size: int) -> None:
    assert digest_of_file(BytesIO(b"x" * size)) == hashlib.sha256(b"x" * size).hexdigest()


@pytest.mark.parametrize("typed", ["A" * 64, " " + "a" * 32 + "\n" + "a" * 32 + " "])
def test_a_digest_is_read_however_it_is_pasted(typed: str) -> None:
    assert read_digest(typed) == "a" * 64


@pytest.mark.parametrize("typed", ["", "a" * 63, "a" * 65, "g" * 64, "sha256:" + "a" * 64])
def test_what_is_no_digest_is_none(typed: str) -> None:
    assert read_digest(typed) is None
