"""Which sources of each item have been looked at, and which are missing."""

from __future__ import annotations

from hypothesis import given
from hypothesis import strategies as st

from portal.reviews.external.rules.notes import SOURCES
from portal.reviews.external.rules.sources import coverage, gap_numbers, missing_by_source, seen_by
from portal.scales.registry import registry

SCALE = registry().get("ips-25")
KEYS = [item.key for item in SCALE.items]


def test_with_nothing_looked_at_every_item_lacks_all_its_sources() -> None:
    rows = coverage(SCALE, {})

    assert gap_numbers(SCALE, {}) == tuple(range(1, 26))
    assert all(row.missing == row.item.sources for row in rows)
    assert [len(row.missing) for row in rows] == sorted((len(row.missing) for row in rows), reverse=True)


def test_notes_worksheets_and_documents_count_as_their_sources() -> None:
    seen = seen_by(
        notes=[("INT", ["caseload-size", "disclosure"])],
        worksheets=[(("MIS", "DOC"), ["caseload-size"])],
        documents=[["disclosure"]],
    )

    assert seen == {"caseload-size": {"INT", "MIS", "DOC"}, "disclosure": {"INT", "DOC", "MIS"}}
    assert 1 not in gap_numbers(SCALE, seen)  # MIS, DOC and INT are all it asks for
    assert 13 in gap_numbers(SCALE, seen)  # observation is missing


def test_one_source_less_is_a_gap() -> None:
    for left_out in ("MIS", "DOC", "INT"):
        seen = {"caseload-size": frozenset({"MIS", "DOC", "INT"} - {left_out})}
        assert 1 in gap_numbers(SCALE, seen)
        assert "caseload-size" in {item.key for item in missing_by_source(coverage(SCALE, seen))[left_out]}


def test_a_scale_without_sources_has_no_gaps() -> None:
    assert gap_numbers(registry().get("ips-15"), {}) == ()


@given(st.dictionaries(st.sampled_from(KEYS), st.frozensets(st.sampled_from(SOURCES))), st.sampled_from(KEYS))
def test_looking_at_more_never_opens_a_gap(seen: dict[str, frozenset[str]], key: str) -> None:
    more = {**seen, key: seen.get(key, frozenset()) | {"INT"}}

    assert set(gap_numbers(SCALE, more)) <= set(gap_numbers(SCALE, seen))


def test_missing_sources_are_listed_in_the_order_of_the_items() -> None:
    missing = missing_by_source(coverage(SCALE, {}))

    assert list(missing) == list(SOURCES)
    assert [item.number for item in missing["MIS"]] == [1, 2, 3, 4, 5, 7, 8, 25]
