"""Comparing a file with what was published."""

from __future__ import annotations

import hashlib
from datetime import date
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


@pytest.mark.parametrize("size", [0, 1, 1024 * 1024 - 1, 1024 * 1024, 1024 * 1024 + 1])
def test_a_file_is_read_piece_by_piece_to_its_end(size: int) -> None:
    assert digest_of_file(BytesIO(b"x" * size)) == hashlib.sha256(b"x" * size).hexdigest()


@pytest.mark.parametrize("typed", ["A" * 64, " " + "a" * 32 + "\n" + "a" * 32 + " "])
def test_a_digest_is_read_however_it_is_pasted(typed: str) -> None:
    assert read_digest(typed) == "a" * 64


@pytest.mark.parametrize("typed", ["", "a" * 63, "a" * 65, "g" * 64, "sha256:" + "a" * 64])
def test_what_is_no_digest_is_none(typed: str) -> None:
    assert read_digest(typed) is None
