"""Adding, changing, retiring and finding materials, on both engines."""

from __future__ import annotations

import pytest
from flask import Flask
from sqlalchemy import select, update
from sqlalchemy.exc import DatabaseError

from portal.core.act import operational
from portal.core.db import db
from portal.core.errors import Forbidden, Invalid, NotFound, Refused, Stale
from portal.library.catalogue import filed
from portal.library.models import LibraryMaterial, LibraryVersion
from portal.library.queries import Asked, found, row_of, suggested, versions_of
from portal.library.rules.material import Kind, Standing
from portal.library.service.materials import AS_IT_CAME, add_material, put_back, retire_material, save_version
from tests.support.assessing import actor, audit_rows, id_of
from tests.support.shelving import SUPPLIER, shelved, text
from tests.support.statements import recorded

NOTE = "note-disclosure"


def keys(**asked: object) -> list[str]:
    return [one.key for one in found(Asked(**asked))]  # type: ignore[arg-type]  # named as Asked's fields


def save(key: str, version: int, by: str = "lead", what: str = "Clearer", **change: object) -> int:
    return save_version(actor(by), id_of(SUPPLIER), key, text(**change), id_of(by), version, what)  # type: ignore[arg-type]  # as above


def test_a_material_is_added_with_its_first_version(app: Flask) -> None:
    before = audit_rows()
    key = shelved()
    row = row_of(key)
    assert row is not None
    assert (key, row.version, row.owner_id) == ("diaries-of-employers", 1, id_of("lead"))
    assert [line.LibraryVersion.what_changed for line in versions_of(row.id)] == ["First version"]
    assert audit_rows() == before + 1


def test_keys_differ_from_those_of_files_of_rows_and_of_pages(app: Flask) -> None:
    titles = (NOTE.replace("-", " "), "New", "New")
    assert [shelved(title) for title in titles] == [f"{NOTE}-2", "new-2", "new-3"]


@pytest.mark.parametrize("who", ["manager", "staff", "commissioner", "administrator", "buyer"])
def test_only_those_who_keep_materials_write_them(app: Flask, who: str) -> None:
    key = shelved()
    with pytest.raises(Forbidden):
        add_material(actor(who), id_of(SUPPLIER), text(), id_of("lead"))
    for verb in (lambda: save(key, 1, who), lambda: retire_material(actor(who), id_of(SUPPLIER), key, 1)):
        with pytest.raises(Forbidden):
            verb()


def test_an_owner_is_of_the_supplier(app: Flask) -> None:
    with pytest.raises(Invalid) as caught:
        add_material(actor("eism"), id_of(SUPPLIER), text(title=""), id_of("manager"))
    assert set(caught.value.problems) == {"title", "owner"}


def test_a_new_version_replaces_the_text_and_keeps_the_old_one(app: Flask) -> None:
    key = shelved()
    assert save(key, 1, "eism", body="Quixotic zebras") == 2
    row = row_of(key)
    assert row is not None
    assert [(line.LibraryVersion.number, line.by) for line in versions_of(row.id)] == [
        (2, "Eism Person"),
        (1, "Lead Person"),
    ]
    assert keys(words="remember") == []
    assert keys(words="quixotic zebras") == [key]


def test_the_same_text_again_makes_no_version(app: Flask) -> None:
    key, before = shelved(), 0
    before = audit_rows()
    assert save(key, 1, what="") == 1
    assert audit_rows() == before


def test_a_version_says_what_changed(app: Flask) -> None:
    with pytest.raises(Invalid) as caught:
        save(shelved(), 1, what=" ", body="Other words")
    assert list(caught.value.problems) == ["what"]


def test_of_two_who_save_the_second_is_shown_the_first(app: Flask) -> None:
    key = shelved()
    save(key, 1, body="First")
    with pytest.raises(Stale) as caught:
        save(key, 1, "eism", body="Second")
    assert caught.value.version == 2
    assert caught.value.current["text"] == text(body="First")
    with pytest.raises(Stale):
        retire_material(actor("lead"), id_of(SUPPLIER), key, 1)


def test_a_material_of_a_file_is_taken_over_with_its_first_text(app: Flask) -> None:
    file = filed()[NOTE]
    assert save(NOTE, file.version, body="Ours") == file.version + 1
    row = row_of(NOTE)
    assert row is not None
    lines = [
        (one.LibraryVersion.what_changed, one.LibraryVersion.body, one.by) for one in versions_of(row.id)
    ]
    assert lines == [("Clearer", "Ours", "Lead Person"), (AS_IT_CAME, file.text.body, None)]
    assert keys(words="diaries of employers", kind=Kind.NOTE) == [NOTE]


def test_nobody_takes_over_what_is_not_there(app: Flask) -> None:
    with pytest.raises(NotFound):
        save("no-such-note", 1)


def test_what_is_retired_is_off_the_shelf_until_it_is_put_back(app: Flask) -> None:
    version = filed()[NOTE].version
    for key, number in ((shelved(), 1), (NOTE, version)):
        retire_material(actor("eism"), id_of(SUPPLIER), key, number)
        retire_material(actor("eism"), id_of(SUPPLIER), key, number)  # once more changes nothing
        assert key not in keys()
        assert key not in [one.key for one in suggested("disclosure", "ips-25", 99)]
        assert keys(states=frozenset({Standing.RETIRED})) == [key]
        with pytest.raises(Refused):
            save(key, number, body="Later")
        put_back(actor("eism"), id_of(SUPPLIER), key)
        put_back(actor("eism"), id_of(SUPPLIER), key)
        assert key in keys()


def test_a_version_never_changes(app: Flask) -> None:
    shelved()
    for statement in (update(LibraryVersion).values(body="Forged"), db.delete(LibraryVersion)):
        with pytest.raises(DatabaseError, match="never changes"), operational() as session:
            session.execute(statement)


def test_rows_and_files_are_ranked_by_one_rule(app: Flask) -> None:
    in_title = shelved("Zebra crossings", summary="A", body="B")
    in_summary = shelved("Roads", summary="The zebra", body="B")
    in_body = shelved("Paths", summary="A", body="A zebra, and a zebra")
    assert keys(words="zebra") == [in_title, in_summary, in_body]
    assert keys(words="ZÉBRA cross") == [in_title]
    assert keys(words="ebra") == []
    best = found(Asked(words="service pledge"))[0]
    assert (best.key, best.score >= 16) == ("template-service-pledge", True)


def test_signs_of_a_pattern_are_no_pattern(app: Flask) -> None:
    shelved("Plain")
    assert keys(words="%") == keys()  # no letters: nothing was asked for
    assert keys(words="dia%iariesof") == []


def test_the_shelf_is_filtered_by_item_and_kind(app: Flask) -> None:
    mine = shelved(kind=Kind.EXAMPLE, items=("caseload-size", "disclosure"))
    assert keys(item="caseload-size") == ["note-caseload-size", mine]
    assert keys(item="caseload-size", kind=Kind.EXAMPLE) == [mine]
    assert keys(item="caseload-size", kind=Kind.TEMPLATE) == []


def test_materials_whose_review_is_due_are_found(app: Flask) -> None:
    key = shelved()
    assert keys(states=frozenset({Standing.DUE})) == []
    with operational() as session:
        session.execute(update(LibraryMaterial).values(review_on=text().review_on.replace(year=2020)))
    assert keys(states=frozenset({Standing.DUE})) == [key]


def test_suggestions_take_one_statement_notes_first(app: Flask) -> None:
    example = shelved("A story", kind=Kind.EXAMPLE, items=("disclosure",))
    broad = shelved("Broad", items=("disclosure", "caseload-size"))
    suggested("disclosure", "ips-25")  # the files are read once
    with recorded(app) as statements:
        lines = suggested("disclosure", "ips-25", 99)
    assert len(statements) == 1
    assert [one.key for one in lines][:2] == [NOTE, broad]
    assert lines[-1].key == example
    assert [one.kind for one in lines] == sorted((one.kind for one in lines), key=list(Kind).index)
    assert len(suggested("disclosure", "ips-25", 2)) == 2
    with recorded(app) as statements:
        assert suggested("peer-support", "scr") == []
    assert statements == []
    db.session.rollback()
    assert db.session.scalars(select(LibraryMaterial.key)).all()
