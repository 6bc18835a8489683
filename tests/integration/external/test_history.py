"""Past reviews from a spreadsheet: all of them in one verb, or none."""

from __future__ import annotations

from datetime import date, timedelta

import pytest
from flask import Flask
from sqlalchemy import func, select

from portal.accounts.rules.actors import PORTAL
from portal.core import clock
from portal.core.audit.models import AuditPayload, AuditRow
from portal.core.audit.service import verify
from portal.core.db import db
from portal.core.errors import Forbidden
from portal.core.spreadsheets import SheetOut, write_csv, write_xlsx
from portal.directory.models import ServiceLink, ServiceStanding
from portal.reviews.assessment.models import Assessment, FinalRating, PublishedReport
from portal.reviews.assessment.report_queries import published
from portal.reviews.assessment.rules.workflow import Kind, State
from portal.reviews.external.service.history import FileProblems, check, import_history
from tests.support.assessing import SERVICE, actor, audit_rows, fresh, item_key
from tests.support.past_files import HEADINGS, a_file, a_row
from tests.support.racing import race


def _count(model: type) -> int:
    db.session.rollback()
    return db.session.scalars(select(func.count()).select_from(model)).one()


def test_a_file_becomes_final_assessments_with_reports_in_one_verb(app: Flask) -> None:
    before = audit_rows()
    data = a_file(
        a_row(on="27/03/2024", n1=2, reviewers="Ann, Ben", total=98),
        a_row(service="Birch Ips", on="2023-05-01", kind="self-assessment"),
        a_row(on="2022-03-27", kind="guided"),
        a_row(on="2021-03-27", kind="peer"),
    )
    checked = import_history(actor("lead"), "past.csv", data)
    assert len(checked.reviews) == 4
    assert audit_rows() == before + 1
    found = db.session.scalars(select(Assessment).order_by(Assessment.final_at)).all()
    assert [(one.kind, one.state, one.imported, one.total, one.band) for one in found] == [
        (Kind.PEER, State.FINAL, True, 100, "good"),
        (Kind.GUIDED, State.FINAL, True, 100, "good"),
        (Kind.SELF, State.FINAL, True, 100, "good"),
        (Kind.EXTERNAL, State.FINAL, True, 98, "fair"),
    ]
    last = found[-1]
    assert last.final_at
    assert (clock.uk(last.final_at).date(), last.reviewers) == (date(2024, 3, 27), "Ann, Ben")
    ratings = select(FinalRating.rating).where(
        FinalRating.assessment_id == last.id, FinalRating.item_key == item_key(1)
    )
    assert db.session.scalars(ratings).one() == 2
    assert _count(PublishedReport) == 4
    assert db.session.get_one(ServiceStanding, SERVICE).total == 98


def test_each_report_looks_back_at_those_before_it_whatever_the_order_in_the_file(app: Flask) -> None:
    rows = [a_row(on=f"{year}-03-27", n1=rating) for year, rating in ((2024, 5), (2022, 1), (2023, 3))]
    import_history(actor("lead"), "past.csv", a_file(*rows))
    found = db.session.scalars(select(Assessment).order_by(Assessment.final_at)).all()
    reports = [published(one.id) for one in found]
    changes = [one.report.change for one in reports if one]
    assert changes == [None, 2, 2]


def test_the_audit_has_one_row_that_names_the_file_and_holds_every_review(app: Flask) -> None:
    import_history(actor("lead"), "past.csv", a_file(a_row(), a_row(on="2020-01-01")))
    row = db.session.scalars(select(AuditRow).order_by(AuditRow.number.desc()).limit(1)).one()
    body = db.session.get_one(AuditPayload, row.number).body
    assert row.verb == "reviews.import-history"
    assert body
    assert (body["reviews"], body["services"], body["file"]) == (2, 1, "past.csv")
    assert (body["earliest"], body["latest"]) == ("2020-01-01", "2024-03-27")
    assert [one["verb"] for one in body["also"]] == ["assessment.import-past"] * 2
    assert verify(db.session())[1] == []


def test_one_problem_and_nothing_comes_in(app: Flask) -> None:
    before = audit_rows()
    with pytest.raises(FileProblems) as caught:
        import_history(actor("lead"), "past.csv", a_file(a_row(), a_row(on="2020-01-01", n3=9)))
    assert [str(one) for one in caught.value.checked.file.problems] == [
        "row 3, column H (3): 9 is outside 1 to 5"
    ]
    assert (_count(Assessment), audit_rows()) == (0, before)


def test_the_same_file_again_changes_nothing(app: Flask) -> None:
    data = a_file(a_row(), a_row(on="2020-01-01"))
    import_history(actor("lead"), "past.csv", data)
    before = audit_rows()
    assert check(actor("lead"), "past.csv", data).already
    again = import_history(actor("lead"), "other-name.csv", data)
    assert (again.already, len(again.reviews)) == (True, 0)
    assert (_count(Assessment), audit_rows()) == (2, before)


def test_what_is_there_already_is_a_problem_of_a_file_with_more(app: Flask) -> None:
    import_history(actor("lead"), "past.csv", a_file(a_row(), a_row(on="2020-01-01")))
    data = a_file(a_row(), a_row(on="2020-01-01", n1=5), a_row(on="2019-01-01"))
    problems = check(actor("lead"), "past.csv", data).file.problems
    assert [(one.line, "with the same ratings" in one.reason) for one in problems] == [(2, True), (3, False)]
    assert "with other ratings (total 100): take the row out" in problems[1].reason


def test_another_kind_scale_or_day_is_another_review(app: Flask) -> None:
    import_history(actor("lead"), "past.csv", a_file(a_row()))
    others = a_row(kind="guided"), a_row(scale="ips-25-ad"), a_row(on="2024-03-28")
    assert len(import_history(actor("lead"), "past.csv", a_file(*others)).reviews) == 3


def test_the_day_is_the_uk_day(app: Flask) -> None:
    """A past result stands at noon: the same file is known again in summer time too."""
    data = a_file(a_row(on="2024-07-01"), a_row(on="2024-01-01"))
    import_history(actor("lead"), "past.csv", data)
    assert check(actor("lead"), "past.csv", data).already


@pytest.mark.parametrize("name", ["manager", "staff", "buyer", "commissioner", "administrator", "peer"])
def test_only_lead_managers_and_eisms_bring_in(app: Flask, name: str) -> None:
    before = audit_rows()
    for verb in (check, import_history):
        with pytest.raises(Forbidden):
            verb(actor(name), "past.csv", a_file(a_row()))
    assert audit_rows() == before


def test_a_service_out_of_reach_is_as_one_that_is_not_there(app: Flask) -> None:
    reasons = {
        name: check(actor("far-eism"), "past.csv", a_file(a_row(service=name))).file.problems[0].reason
        for name in ("alder-ips", "nowhere-ips")
    }
    assert reasons == {
        name: f"there is no service “{name}” that you may bring reviews in for" for name in reasons
    }
    assert check(actor("eism"), "past.csv", a_file(a_row())).file.problems == []


def test_the_portal_itself_brings_in_all_but_peer_assessments(app: Flask) -> None:
    assert len(import_history(PORTAL, "past.csv", a_file(a_row())).reviews) == 1
    (problem,) = check(PORTAL, "past.csv", a_file(a_row(kind="peer"))).file.problems
    assert "a peer assessment is brought in by a person" in problem.reason


def test_the_scale_of_the_programme_serves_where_none_is_given(app: Flask) -> None:
    data = a_file(a_row(scale=""))
    (problem,) = check(actor("lead"), "past.csv", data).file.problems
    assert problem.reason == "no scale is given, and the service’s programme names none"
    _link_programme("thrive-into-work")
    (wrong, *_) = check(actor("lead"), "past.csv", data).file.problems
    assert "THRIVE" in wrong.reason.upper()


def _link_programme(key: str) -> None:
    from portal.core.act import operational
    from portal.directory.rules.settings import LinkKind
    from portal.programmes.registry import registry

    wanted = key if key in registry() else next(one for one in registry() if "thrive" in one)
    with operational() as session:
        starts = clock.today() - timedelta(days=10)
        link = ServiceLink(kind=LinkKind.PROGRAMME, programme_key=wanted, starts=starts)
        link.service_id = SERVICE
        session.add(link)


@pytest.mark.parametrize("encoding", ["utf-8", "utf-8-sig", "cp1252"])
def test_a_file_of_any_usual_encoding_is_read(app: Flask, encoding: str) -> None:
    text = "\r\n".join([",".join(HEADINGS), ",".join(a_row(reviewers="Zoë O’Hara"))])
    checked = check(actor("lead"), "past.csv", text.encode(encoding))
    assert [one.reviewers for one in checked.reviews] == ["Zoë O’Hara"]


def test_semicolons_and_merged_headings_and_blank_rows_are_read(app: Flask) -> None:
    rows = [["Past reviews"], [], [*[""] * 5, "Ratings"], HEADINGS, [""] * 31, a_row()]
    text = "\n".join(";".join(row) for row in rows)
    text = text.replace("Past reviews", "Past reviews;;;;;;")  # the first line tells what parts the cells
    assert len(check(actor("lead"), "past.csv", text.encode()).reviews) == 1


def test_a_workbook_with_real_dates_and_numbers_is_read(app: Flask) -> None:
    row = ["alder-ips", date(2024, 3, 27), "External", "IPS-25", "Ann", *[4] * 25, 100]
    data = write_xlsx([SheetOut("Past", HEADINGS, [row]), SheetOut("More", ["x"], [])])
    (review,) = check(actor("lead"), "past.xlsx", data).reviews
    assert (review.on, review.result.total) == (date(2024, 3, 27), 100)


def test_a_file_that_is_no_sheet_is_a_problem(app: Flask) -> None:
    for name, data in (("past.pdf", b"%PDF-"), ("past.xlsx", b"PK\x03\x04 no"), ("past.csv", b"")):
        (problem,) = check(actor("lead"), name, data).file.problems
        assert problem.line == 1


def test_names_that_look_like_formulas_come_back_as_they_were(app: Flask) -> None:
    data = write_csv(HEADINGS, [a_row(reviewers="=cmd|' /C calc'!A0")])
    assert b"'=cmd" in data
    import_history(actor("lead"), "past.csv", data)
    assert fresh(db.session.scalars(select(Assessment.id)).one()).reviewers == "=cmd|' /C calc'!A0"


def test_of_two_who_bring_in_the_same_file_one_does(app: Flask) -> None:
    data = a_file(*[a_row(on=f"20{year}-03-27") for year in range(10, 16)])
    lead, before = actor("lead"), audit_rows()
    ends = race(app, *[lambda: import_history(lead, "past.csv", data).already] * 4)
    assert sorted(map(str, ends)) == ["False", "True", "True", "True"]
    assert (_count(Assessment), audit_rows()) == (6, before + 1)
