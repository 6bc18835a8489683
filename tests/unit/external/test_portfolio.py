"""The portfolio's rules and its data file."""

from __future__ import annotations

import pytest

from portal.programmes.rules.definition import DefinitionError
from portal.reviews.assessment.item_page import ROLE_TITLES
from portal.reviews.external.portfolio_data import FILE, request_list
from portal.reviews.external.rules.plain_sight import EMAIL, NHS_NUMBER, identifying
from portal.reviews.external.rules.portfolio import (
    DocumentState,
    Meeting,
    MeetingKind,
    counted,
    items_informed,
    items_of_meeting,
    items_without_evidence,
    note_needed,
    settled,
)
from portal.reviews.external.rules.portfolio_file import demand_items, load_requests
from portal.reviews.external.rules.portfolio_names import file_name, folder_name
from portal.scales.registry import registry
from portal.scales.rules.definition import Scale, ScaleUse

SUPPLIED, PARTLY = DocumentState.SUPPLIED, DocumentState.PARTLY
NOT_SUPPLIED, NOT_AVAILABLE = DocumentState.NOT_SUPPLIED, DocumentState.NOT_AVAILABLE
ASSESSED = [scale for scale in registry().all() if scale.use is ScaleUse.ASSESS]
DOCUMENT = """
source = "Somebody"
leave_out = "Names."
[[documents]]
key = "diaries"
title = "Diaries"
send = "Two weeks."
items = ["caseload-size"]
[[meetings]]
kind = "interview"
key = "client"
title = "Clients"
minutes = 60
people = 5
"""


def test_every_key_in_the_file_is_one_of_its_scale() -> None:
    known = {scale.key: {item.key for item in scale.items} for scale in registry().all()}
    demand_items(request_list(), FILE.name, known)


def test_the_documents_are_those_that_reviews_usually_ask_for() -> None:
    keys = [document.key for document in request_list().documents]
    assert len(keys) == 22
    assert [document.key for document in request_list().documents if not document.required] == [
        "previous-report"
    ]


@pytest.mark.parametrize("scale", ASSESSED, ids=lambda scale: scale.key)
def test_every_item_of_a_scale_is_informed_by_a_document(scale: Scale) -> None:
    informed = {key for document in request_list().documents for key in items_informed(document, scale)}
    assert [item.key for item in scale.items if item.key not in informed] == []


@pytest.mark.parametrize("scale", ASSESSED, ids=lambda scale: scale.key)
def test_every_meeting_but_sessions_informs_an_item(scale: Scale) -> None:
    empty = [
        one.key
        for one in request_list().meetings
        if one.kind is not MeetingKind.SESSION and not items_of_meeting(one, scale)
    ]
    assert set(empty) <= {"executive", "family", "clinical-leader"}  # SCR asks these of nobody or of few
    if scale.key == "ips-25":
        assert empty == []


def test_every_role_with_questions_can_be_interviewed_under_its_own_title() -> None:
    roles = {one.key: one.title for one in request_list().meetings if one.kind is MeetingKind.INTERVIEW}
    assert roles == ROLE_TITLES
    asked = {role for scale in registry().all() for item in scale.items for role in item.questions}
    assert asked <= set(roles)


def test_items_of_a_scale_with_a_crosswalk_are_found_through_it() -> None:
    logs = next(one for one in request_list().documents if one.key == "supervision-log")
    assert items_informed(logs, registry().get("thrive-24")) == ("vocational-unit", "employment-team-leader")
    assert items_informed(logs, registry().get("ips-25")) == ("vocational-unit", "employment-supervisor")
    assert items_informed(logs, registry().get("seqf")) == ()


def test_an_interview_informs_the_items_with_questions_for_its_role() -> None:
    meeting = Meeting("jobcentre", "Jobcentre Plus", kind=MeetingKind.INTERVIEW)
    assert items_of_meeting(meeting, registry().get("ips-25")) == ("jobcentre-plus",)


@pytest.mark.parametrize(
    "old, new, words",
    [
        ('title = "Diaries"', 'titel = "Diaries"', "document 1 has a field “titel” that is not known here"),
        ('send = "Two weeks."', "", "document diaries needs words in “send”"),
        ('items = ["caseload-size"]', "items = []", "document diaries needs at least one key in “items”"),
        ('key = "client"', 'key = "spy"', "meeting spy is an interview with a role that no scale has"),
        ("minutes = 60", "minutes = 4", "needs a whole number from 5 to 480 in “minutes”"),
        ("minutes = 60", "minutes = 481", "needs a whole number from 5 to 480 in “minutes”"),
        ("people = 5", "people = 0", "needs a whole number from 1 to 50 in “people”"),
        ("people = 5", 'people = 5\nitems = ["caseload-size"]', "its items are those with a question"),
        ("people = 5", 'people = 5\nalso = "scr"', "needs a table “also” of scales"),
        ('kind = "interview"', 'kind = "chat"', "has “chat” in “kind”"),
        ('kind = "interview"', 'kind = "observation"', "needs at least one key in “items”"),
        ('leave_out = "Names."', "", "the file needs words in “leave_out”"),
        ("[[meetings]]", "[[meeting]]", "has a field “meeting” that is not known here"),
        ("[[documents]]", "[[documents", "not TOML"),
    ],
)
def test_a_file_that_does_not_hold_is_refused_in_one_line(old: str, new: str, words: str) -> None:
    load_requests(DOCUMENT, "documents.toml", ROLE_TITLES)
    with pytest.raises(DefinitionError) as refused:
        load_requests(DOCUMENT.replace(old, new, 1), "documents.toml", ROLE_TITLES)
    assert str(refused.value).startswith("documents.toml: ")
    assert words in str(refused.value)
    assert "\n" not in str(refused.value)


def test_a_key_twice_and_a_key_nobody_has_are_refused() -> None:
    twice = DOCUMENT.replace(
        "[[meetings]]", DOCUMENT[DOCUMENT.index("[[doc") : DOCUMENT.index("[[meet")] + "[[meetings]]"
    )
    with pytest.raises(DefinitionError, match="two documents have the key “diaries”"):
        load_requests(twice, "documents.toml", ROLE_TITLES)
    found = load_requests(DOCUMENT, "documents.toml", ROLE_TITLES)
    with pytest.raises(DefinitionError, match="diaries names “caseload-size”, which ips-25 does not have"):
        demand_items(found, "documents.toml", {"ips-25": {"disclosure"}})
    with pytest.raises(DefinitionError, match="names the scale “ips-25”, which is not there"):
        demand_items(found, "documents.toml", {})


@pytest.mark.parametrize(
    "state, files, note, then",
    [
        (NOT_SUPPLIED, 0, "", NOT_SUPPLIED),
        (NOT_SUPPLIED, 1, "", SUPPLIED),
        (PARTLY, 1, "", PARTLY),
        (NOT_AVAILABLE, 1, "", NOT_AVAILABLE),
        (SUPPLIED, 0, "", NOT_SUPPLIED),
        (PARTLY, 0, " ", NOT_SUPPLIED),
        (SUPPLIED, 0, "Seen on site", SUPPLIED),
        (NOT_AVAILABLE, 0, "", NOT_AVAILABLE),
    ],
)
def test_files_settle_the_state(state: DocumentState, files: int, note: str, then: DocumentState) -> None:
    assert settled(state, files, note) is then


@pytest.mark.parametrize(
    "state, files, needed",
    [
        (NOT_SUPPLIED, 0, False),
        (SUPPLIED, 0, True),
        (SUPPLIED, 1, False),
        (PARTLY, 0, True),
        (PARTLY, 1, False),
        (NOT_AVAILABLE, 0, True),
        (NOT_AVAILABLE, 1, True),
    ],
)
def test_a_note_is_needed_where_no_file_speaks(state: DocumentState, files: int, needed: bool) -> None:
    assert (note_needed(state, files) is not None) is needed


def test_what_is_not_required_counts_only_where_the_service_says_something() -> None:
    rows = [(SUPPLIED, True), (PARTLY, True), (NOT_SUPPLIED, True), (NOT_SUPPLIED, False)]
    assert counted(rows).words == "1 of 3 supplied, 1 partly"
    assert counted([*rows, (SUPPLIED, False), (NOT_AVAILABLE, True)]).words == (
        "2 of 5 supplied, 1 partly, 1 not available"
    )
    assert counted([]).words == "0 of 0 supplied"


def test_items_without_evidence_are_those_informed_by_nothing_supplied() -> None:
    scale = registry().get("ips-25")
    first, second, third = (item.key for item in scale.items[:3])
    documents = [(PARTLY, [first]), (NOT_SUPPLIED, [first, second]), (NOT_AVAILABLE, [third])]
    assert items_without_evidence(scale, documents) == (2, 3)


@pytest.mark.parametrize(
    "text, why",
    [
        ("Room 4, ground floor", None),
        ("Ring 0191 234 5678", None),
        ("Ring +44 943 476 5919", None),
        ("https://calls.example.org/j/9434765919?x=a@b.example", None),
        ("jo@example.org", EMAIL),
        ("NHS 943 476 5919", NHS_NUMBER),
        ("9434765919", NHS_NUMBER),
        ("943-476-5919.", NHS_NUMBER),
        ("943 476 5918", None),
        ("943 476 5910", None),
        ("19434765919", None),
        ("94347659190", None),
        ("400 000 0004", NHS_NUMBER),
        ("000 000 0000", NHS_NUMBER),
    ],
)
def test_what_a_pattern_can_see_of_a_client_is_refused(text: str, why: str | None) -> None:
    assert identifying(text) == why


@pytest.mark.parametrize(
    "title, folder",
    [
        ("Caseload list", "03 Caseload list"),
        ("../../etc/passwd", "03 -     - etc-passwd".replace("-     -", "-   -")),
        ("Minutes: March/April", "03 Minutes_ March-April"),
        ("", "03 file"),
        ("...", "03 file"),
    ],
)
def test_a_folder_of_the_archive_has_a_safe_name(title: str, folder: str) -> None:
    made = folder_name(3, title)
    assert "/" not in made
    assert ".." not in made
    if title and ".." not in title:
        assert made == folder


def test_two_files_of_one_name_get_two_names() -> None:
    taken: set[str] = set()
    names = [file_name("01 A", name, taken) for name in ("a.csv", "A.csv", "../a.csv", "a", "C:\\a")]
    assert names == ["01 A/a.csv", "01 A/A (2).csv", "01 A/a (3).csv", "01 A/a", "01 A/a (2)"]
