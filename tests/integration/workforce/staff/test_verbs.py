"""People, funded posts, entries and actions: the verbs, on both engines."""

from __future__ import annotations

import uuid
from dataclasses import replace
from datetime import date
from decimal import Decimal

import pytest
from flask import Flask
from sqlalchemy import func, select

from portal.accounts.models import Membership
from portal.core.act import operational
from portal.core.audit.models import AuditPayload
from portal.core.db import db
from portal.core.errors import Forbidden, Invalid, NotFound, Stale
from portal.workforce.staff.models import FundedPosts, StaffEntry, StaffMember, StrategyAction
from portal.workforce.staff.rules.checking import ActionDetails, EntryDetails
from portal.workforce.staff.rules.words import ActionState, EntryKind, Honorary, StaffRole
from portal.workforce.staff.service import (
    add_action,
    add_member,
    count_caseloads,
    edit_action,
    edit_member,
    end_member,
    fund_posts,
    log_entry,
    put_back,
    remove_entry,
    remove_funding,
    remove_member,
)
from tests.support.assessing import OTHER_SERVICE, SERVICE, actor, audit_rows, id_of
from tests.support.staffing import day, details, logged, member


def entries() -> int:
    return db.session.scalars(select(func.count()).select_from(StaffEntry)).one()


def test_somebody_is_added_changed_ended_and_put_back_with_one_row_each(app: Flask) -> None:
    before = audit_rows()
    ann, manager = member(), actor("manager")
    for _ in range(2):  # the same again changes nothing
        edit_member(manager, ann, details("Ann", fte="0.6"), 1 if _ == 0 else 2)
    end_member(manager, ann, day(-3), 2)
    end_member(manager, ann, day(-3), 3)
    put_back(manager, ann, 3)
    row = db.session.get_one(StaffMember, ann)
    assert (row.fte, row.ends, row.version) == (Decimal("0.60"), None, 4)
    assert audit_rows() == before + 4


def test_the_audit_names_nobody(app: Flask) -> None:
    remove_member(actor("manager"), member("Zebedee Quill"), 1)
    payloads = db.session.scalars(select(AuditPayload.body)).all()
    assert "Quill" not in str(payloads)


def test_a_person_whom_somebody_else_changed_is_shown_as_they_stand(app: Flask) -> None:
    ann, manager = member(), actor("manager")
    edit_member(manager, ann, details("Ann", fte="0.6"), 1)
    with pytest.raises(Stale) as caught:
        edit_member(manager, ann, details("Ann", fte="0.8"), 1)
    assert caught.value.current["fte"] == Decimal("0.60")
    for verb in (lambda: end_member(manager, ann, day(0), 1), lambda: put_back(manager, ann, 1)):
        with pytest.raises(Stale):
            verb()
    with pytest.raises(Stale):
        remove_member(manager, ann, 1)


@pytest.mark.parametrize("shift, sound", [(-1, False), (0, True), (1, True)])
def test_the_last_day_is_no_earlier_than_the_first(app: Flask, shift: int, sound: bool) -> None:
    ann = member(first=-10)
    if sound:
        end_member(actor("manager"), ann, day(-10 + shift), 1)
        assert db.session.get_one(StaffMember, ann).ends == day(-10 + shift)
    else:
        with pytest.raises(Invalid, match="They began on"):
            end_member(actor("manager"), ann, day(-10 + shift), 1)


def test_an_honorary_contract_has_a_date_and_none_has_none(app: Flask) -> None:
    held = replace(details(), honorary=Honorary.HELD, honorary_on=day(-5))
    ann = add_member(actor("manager"), SERVICE, held)
    assert db.session.get_one(StaffMember, ann).honorary_on == day(-5)
    edit_member(actor("manager"), ann, replace(held, honorary=Honorary.ASKED), 1)
    assert db.session.get_one(StaffMember, ann).honorary_on is None


def test_an_account_is_one_of_the_provider_and_stays_linked_when_its_person_leaves(app: Flask) -> None:
    manager, own = actor("manager"), details()
    ann = add_member(manager, SERVICE, replace(own, person_id=id_of("staff"), first_client_on=day(-30)))
    for wrong in ("other-manager", "eism"):
        with pytest.raises(Invalid, match="Choose an account"):
            edit_member(manager, ann, replace(own, person_id=id_of(wrong)), 1)
    membership = db.session.scalars(select(Membership).where(Membership.person_id == id_of("staff"))).one()
    with operational():
        db.session.get_one(Membership, membership.id).ends = day(-1)
    edit_member(manager, ann, replace(own, person_id=id_of("staff"), pay_band="Band 6"), 1)
    row = db.session.get_one(StaffMember, ann)
    assert (row.person_id, row.pay_band, row.first_client_on) == (id_of("staff"), "Band 6", None)


@pytest.mark.parametrize("shift, sound", [(-1, False), (0, True), (1, True)])
def test_the_last_day_is_no_earlier_than_the_first_with_a_client(app: Flask, shift: int, sound: bool) -> None:
    ann = add_member(actor("manager"), SERVICE, replace(details(), first_client_on=day(-20)))
    if sound:
        end_member(actor("manager"), ann, day(-20 + shift), 1)
    else:
        with pytest.raises(Invalid, match="They had a client on"):
            end_member(actor("manager"), ann, day(-20 + shift), 1)


def test_whoever_becomes_a_team_leader_has_no_first_client(app: Flask) -> None:
    ann = add_member(actor("manager"), SERVICE, replace(details(), first_client_on=day(-20)))
    leader = replace(details(role=StaffRole.TEAM_LEADER), first_client_on=day(-20))
    edit_member(actor("manager"), ann, leader, 1)
    assert db.session.get_one(StaffMember, ann).first_client_on is None


def test_somebody_entered_by_mistake_goes_with_what_was_logged(app: Flask) -> None:
    ann, bob = member(), member("Bob")
    logged(EntryKind.INDIVIDUAL, -3, ann)
    kept = logged(EntryKind.INDIVIDUAL, -3, bob)
    remove_member(actor("manager"), ann, 1)
    assert db.session.scalars(select(StaffEntry.id)).all() == [kept]
    with pytest.raises(NotFound):
        remove_member(actor("manager"), ann, 1)


@pytest.mark.parametrize(
    "who", ["staff", "own-peer", "other-manager", "eism", "lead", "buyer", "commissioner", "administrator"]
)
def test_only_the_services_manager_changes_anything(app: Flask, who: str) -> None:
    ann, manager = member(), actor("manager")
    entry = logged(EntryKind.TEAM, -1)
    funding = fund_posts(manager, SERVICE, StaffRole.SPECIALIST, Decimal(2), day(-10))
    before = audit_rows()
    for verb in (
        lambda: add_member(actor(who), SERVICE, details()),
        lambda: edit_member(actor(who), ann, details("Eve"), 1),
        lambda: end_member(actor(who), ann, day(0), 1),
        lambda: put_back(actor(who), ann, 1),
        lambda: remove_member(actor(who), ann, 1),
        lambda: fund_posts(actor(who), SERVICE, StaffRole.SENIOR, Decimal(2), day(-10)),
        lambda: remove_funding(actor(who), funding),
        lambda: log_entry(actor(who), SERVICE, EntryDetails(EntryKind.TEAM, day(-2))),
        lambda: count_caseloads(actor(who), SERVICE, day(0), {ann: 3}),
        lambda: remove_entry(actor(who), entry),
    ):
        with pytest.raises(Forbidden):
            verb()
    assert audit_rows() == before


def test_the_same_day_again_puts_the_funded_posts_right(app: Flask) -> None:
    manager, before = actor("manager"), audit_rows()
    first = fund_posts(manager, SERVICE, StaffRole.SPECIALIST, Decimal(2), day(-10))
    assert fund_posts(manager, SERVICE, StaffRole.SPECIALIST, Decimal("2.5"), day(-10)) == first
    fund_posts(manager, SERVICE, StaffRole.SPECIALIST, Decimal("2.5"), day(-10))  # nothing new
    assert db.session.scalars(select(FundedPosts.fte)).all() == [Decimal("2.50")]
    assert audit_rows() == before + 2
    remove_funding(manager, first)
    assert db.session.scalars(select(FundedPosts.id)).all() == []
    with pytest.raises(NotFound):
        remove_funding(manager, first)


def test_the_same_entry_twice_is_one_and_a_new_count_replaces_the_old(app: Flask) -> None:
    ann = member()
    assert logged(EntryKind.TEAM, -1) == logged(EntryKind.TEAM, -1)
    first = logged(EntryKind.CASELOAD, -1, ann, 18)
    assert logged(EntryKind.CASELOAD, -1, ann, 19) == first
    assert db.session.get_one(StaffEntry, first).count == 19
    assert entries() == 2


def test_what_does_not_belong_to_a_kind_is_left_out(app: Flask) -> None:
    ann = member()
    row = db.session.get_one(StaffEntry, logged(EntryKind.TEAM, -1, ann, 3, 4))
    assert (row.member_id, row.count, row.out_of) == (None, None, None)


def test_meetings_are_of_the_month(app: Flask) -> None:
    ann = member()
    row = db.session.get_one(StaffEntry, logged(EntryKind.MEETINGS, -40, ann, 3, 4))
    assert (row.on, row.count, row.out_of) == (day(-40).replace(day=1), 3, 4)


@pytest.mark.parametrize("shift, sound", [(-1, False), (0, True), (1, True)])
def test_nobody_is_supervised_before_they_began(app: Flask, shift: int, sound: bool) -> None:
    ann = member(first=-10)
    if sound:
        assert logged(EntryKind.INDIVIDUAL, -10 + shift, ann)
    else:
        with pytest.raises(Invalid, match="They began on"):
            logged(EntryKind.INDIVIDUAL, -10 + shift, ann)


@pytest.mark.parametrize("shift, sound", [(-1, True), (0, True), (1, False)])
def test_nobody_is_supervised_after_they_left(app: Flask, shift: int, sound: bool) -> None:
    ann = member()
    end_member(actor("manager"), ann, day(-10), 1)
    if sound:
        assert logged(EntryKind.INDIVIDUAL, -10 + shift, ann)
    else:
        with pytest.raises(Invalid, match="They left on"):
            logged(EntryKind.INDIVIDUAL, -10 + shift, ann)


def test_an_entry_is_about_somebody_of_the_service(app: Flask) -> None:
    other = add_member(actor("other-manager"), OTHER_SERVICE, details("Una"))
    for nobody in (other, uuid.uuid4()):
        with pytest.raises(Invalid, match="from the list"):
            logged(EntryKind.INDIVIDUAL, -1, nobody)
    with pytest.raises(Invalid, match="team leader"):
        logged(EntryKind.CASELOAD, -1, member("Lea", StaffRole.TEAM_LEADER), 4)


def test_caseloads_are_counted_together_or_not_at_all(app: Flask) -> None:
    ann, bob = member(), member("Bob")
    before = audit_rows()
    count_caseloads(actor("manager"), SERVICE, day(0), {ann: 20, bob: 0})
    assert (entries(), audit_rows()) == (2, before + 1)
    with pytest.raises(Invalid) as caught:
        count_caseloads(actor("manager"), SERVICE, day(-1), {ann: 20, bob: 201})
    assert set(caught.value.problems) == {f"m_{bob.hex}"}
    with pytest.raises(Invalid):
        count_caseloads(actor("manager"), SERVICE, day(-1), {})
    assert entries() == 2


def test_an_entry_is_taken_back(app: Flask) -> None:
    entry = logged(EntryKind.REVIEW, -1)
    remove_entry(actor("manager"), entry)
    assert entries() == 0
    with pytest.raises(NotFound):
        remove_entry(actor("manager"), entry)


ACTION = ActionDetails("Open two recruitment days", "OHID workforce lead", date(2027, 3, 31))


def test_lead_manager_and_buyer_both_keep_the_strategy(app: Flask) -> None:
    before, supplier = audit_rows(), id_of("support")
    action = add_action(actor("lead"), supplier, ACTION)
    edit_action(actor("buyer"), action, replace(ACTION, state=ActionState.DONE), 1)
    edit_action(actor("buyer"), action, replace(ACTION, state=ActionState.DONE), 2)  # nothing new
    row = db.session.get_one(StrategyAction, action)
    assert (row.state, row.version) == (ActionState.DONE, 2)
    assert audit_rows() == before + 2
    with pytest.raises(Stale) as caught:
        edit_action(actor("lead"), action, ACTION, 1)
    assert caught.value.current["state"] is ActionState.DONE
    with pytest.raises(Invalid):
        add_action(actor("buyer"), supplier, replace(ACTION, text=""))


def test_nobody_else_keeps_the_strategy(app: Flask) -> None:
    action = add_action(actor("buyer"), id_of("support"), ACTION)
    for who in ("manager", "staff", "eism", "commissioner", "administrator"):
        with pytest.raises(Forbidden):
            add_action(actor(who), id_of("support"), ACTION)
        with pytest.raises(Forbidden):
            edit_action(actor(who), action, ACTION, 1)
    with pytest.raises(NotFound):
        add_action(actor("buyer"), id_of("alder"), ACTION)  # no supplier
    with pytest.raises(NotFound):
        edit_action(actor("buyer"), uuid.uuid4(), ACTION, 1)
