"""What is frozen reads back as it was, and its hash is that of its text."""

from __future__ import annotations

import hashlib
import json
from dataclasses import dataclass, replace
from datetime import UTC, date, datetime

import pytest

from portal.core.rules.codes import ALPHABET, new_code, read_code
from portal.reviews.assessment.rules.external_part import (
    Changed,
    Done,
    ReportComment,
    ReportMember,
    ReportOverride,
    ReviewPart,
)
from portal.reviews.assessment.rules.plain import from_plain, to_plain
from portal.reviews.assessment.rules.report import (
    Earlier,
    Report,
    ReportBand,
    ReportItem,
    ReportScale,
    ReportSection,
    Step,
    canonical_text,
    digest_of,
    read_report,
)

SCALE = ReportScale(
    "small", "1.0.0", "0" * 64, "A small scale", "Small", "Ours.", "Free.", 1, 5, ("A note.",), (), (1,)
)
ITEM = ReportItem(
    key="one",
    number=1,
    other_number="Staff 1",
    section="staffing",
    title="One",
    definition="What it is.",
    rating=4,
    anchor="Mostly.",
    derived=False,
    checked=False,
    how_scored="5: all",
    self_rating=5,
    guide_rating=4,
    agreed=False,
    outcome="not-agreed",
    suggested=None,
    calculation=("1 ÷ 2 = 0.5",),
    evidence="“Seen” – é",
    files=(),
    rationale="",
    guide_reason="The log.",
    answer="No.",
    recommendation="Do it.",
    last_own=3,
    last_external=None,
    change=1,
)
REPORT = Report(
    code="K7MQ-3RTX-9HWD-CJ4N-PVGY",
    service_key="bridge",
    service="Bridge",
    provider="Trust",
    kind="guided",
    kind_title="Guided self-assessment",
    imported=False,
    period_from=date(2026, 8, 1),
    period_to=date(2026, 10, 31),
    final_on=date(2026, 11, 22),
    steps=(Step("Started by", "Ann", date(2026, 11, 1)),),
    scale=SCALE,
    bands=(ReportBand("good", "Good", 4, 5),),
    total=4,
    lowest=1,
    maximum=5,
    band=ReportBand("good", "Good", 4, 5),
    sections=(ReportSection("staffing", "Staffing", 4, 5, None),),
    items=(ITEM,),
    highlights=(1,),
    priorities=(),
    own=Earlier("guided", "Guided self-assessment", date(2025, 1, 1), 3, None),
    external=None,
    method=("Rated.",),
)


def test_a_report_reads_back_exactly_as_it_was_kept() -> None:
    text = canonical_text(REPORT)
    assert read_report(json.loads(text)) == REPORT
    assert canonical_text(read_report(json.loads(text))) == text


def test_the_kept_text_is_canonical() -> None:
    text = canonical_text(REPORT)
    parsed = json.loads(text)
    assert text == json.dumps(parsed, sort_keys=True, separators=(",", ":"), ensure_ascii=False)
    assert list(parsed) == sorted(parsed)
    assert "“Seen” – é" in text


def test_the_hash_is_the_sha_256_of_the_text_and_does_not_move() -> None:
    text = canonical_text(REPORT)
    assert digest_of(text) == hashlib.sha256(text.encode("utf-8")).hexdigest()
    assert digest_of(text) == "6eba2bdd93ce7cda3ff875b0d2def4359369adaa21ea12875c5047e52ecc427e"
    assert digest_of(text.replace('"total":4', '"total":5')) != digest_of(text)


def test_a_report_kept_before_a_field_was_added_or_dropped_still_reads() -> None:
    data = json.loads(canonical_text(REPORT))
    del data["format"]
    data["once"] = "known"
    assert read_report(data) == REPORT


def test_what_only_later_versions_and_reviews_have_is_left_out_where_there_is_nothing_to_say() -> None:
    """The hash of a report kept before there were versions is that of the same text today."""
    data = json.loads(canonical_text(REPORT))
    assert not {"version", "reason", "changes", "review"} & set(data)
    part = ReviewPart(
        fieldwork_from=date(2026, 10, 1),
        fieldwork_to=date(2026, 10, 2),
        virtual=False,
        process="Ours",
        team=(ReportMember("Lead reviewer", "Ann"),),
        overrides=(ReportOverride("Ann", "Supported it.", "Nobody else."),),
        done=(Done("Interviews: Clients", 3),),
        gaps_reason="",
        presented_on=date(2026, 11, 1),
        comments=(ReportComment(1, "One", "No.", ("a.pdf",), True, "Yes.", 4, 5),),
        accredited=True,
        valid_months=36,
        valid_until=date(2029, 11, 22),
        next_due_on=None,
    )
    later = replace(
        REPORT, version=2, reason="Wrong.", changes=(Changed(1, "One", 4, 5, False),), review=part
    )
    assert read_report(json.loads(canonical_text(later))) == later


def test_what_is_not_plain_is_refused() -> None:
    with pytest.raises(TypeError):
        to_plain({"a": 1.5})
    assert to_plain(datetime(2026, 1, 1, tzinfo=UTC)).startswith("2026-01-01")


@dataclass(frozen=True)
class Inner:
    on: date | None
    words: tuple[str, ...]


@dataclass(frozen=True)
class Outer:
    inner: Inner | None
    many: tuple[Inner, ...] = ()


@pytest.mark.parametrize("inner", [None, Inner(None, ()), Inner(date(2026, 2, 28), ("a", "b"))])
def test_nested_and_missing_parts_read_back(inner: Inner | None) -> None:
    whole = Outer(inner, (Inner(date(2026, 1, 1), ("x",)),))
    assert from_plain(Outer, json.loads(json.dumps(to_plain(whole)))) == whole


def test_codes_are_long_readable_and_different() -> None:
    codes = {new_code() for _ in range(2000)}
    assert len(codes) == 2000
    for code in codes:
        assert [len(group) for group in code.split("-")] == [4] * 5
        assert set(code.replace("-", "")) <= set(ALPHABET)
    assert not set(ALPHABET) & set("0O1IL2Z5S8BUAEIOU")
    assert len(ALPHABET) ** 20 >= 2**80


@pytest.mark.parametrize(
    "typed",
    [
        "K7MQ-3RTX-9HWD-CJ4N-PVGY",
        "k7mq3rtx9hwdcj4npvgy",
        " K7MQ 3RTX 9HWD  CJ4N PVGY ",
        "k7mq–3rtx–9hwd–cj4n–pvgy",
    ],
)
def test_a_code_is_read_however_it_is_typed(typed: str) -> None:
    assert read_code(typed) == "K7MQ-3RTX-9HWD-CJ4N-PVGY"


@pytest.mark.parametrize(
    "typed",
    [
        "",
        "K7MQ",
        "K7MQ-3RTX-9HWD-CJ4N-PVG",
        "K7MQ-3RTX-9HWD-CJ4N-PVGYY",
        "O7MQ-3RTX-9HWD-CJ4N-PVGY",
        "٣7MQ3RTX9HWDCJ4NPVGY",
    ],
)
def test_what_is_no_code_is_none(typed: str) -> None:
    assert read_code(typed) is None
