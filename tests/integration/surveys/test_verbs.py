"""Surveys are written, sent, answered once each, reminded of and closed."""

from __future__ import annotations

from datetime import timedelta

import pytest
from flask import Flask
from sqlalchemy import func, select

from portal.accounts.rules.roles import Role
from portal.accounts.service.throttling import TooManyTries
from portal.core import clock
from portal.core.db import db
from portal.core.errors import Forbidden, Invalid, NotFound, Refused, Stale
from portal.core.jobs.models import Mail
from portal.features import job_handlers
from portal.surveys.models import NamedSheet, SurveyCode, SurveyInvitation, SurveyText, SurveyTry
from portal.surveys.queries import counts, results, satisfaction
from portal.surveys.rules.codes import TRIES, written
from portal.surveys.rules.draft import SurveyState, Way
from portal.surveys.rules.rating import year_of
from portal.surveys.service.answering import answer, answer_by_link
from portal.surveys.service.daily import JOB, close_passed, remind
from portal.surveys.service.learning_from import add_theme, remove_theme
from portal.surveys.service.sending import (
    change_survey,
    close_survey,
    discard_survey,
    remind_survey,
    send_survey,
)
from tests.support.asking import answered, closed, draft, fresh, staff, survey
from tests.support.assessing import actor, audit_rows, email, id_of

GOOD = {"overall": "good"}


def mails() -> list[Mail]:
    db.session.rollback()
    return list(db.session.scalars(select(Mail).order_by(Mail.created_at)))


def test_those_with_the_roles_chosen_are_invited_by_mail(app: Flask) -> None:
    made = survey(roles=(Role.PROVIDER_STAFF, Role.PROVIDER_MANAGER), organisations=(id_of("alder"),))
    assert sorted(mail.recipient for mail in mails()) == [email("manager"), email("staff")]
    assert f"/surveys/{made}/answer" in mails()[0].text
    assert "It is anonymous" in mails()[0].text
    assert counts([made])[made].asked == 2


def test_with_nothing_chosen_everybody_of_the_contract_is_invited_once(app: Flask) -> None:
    made = survey(roles=())
    asked = db.session.scalars(select(SurveyInvitation.person_id).where(SurveyInvitation.survey_id == made))
    everybody = ("manager", "staff", "own-peer", "other-manager", "peer", "other-peer", "commissioner")
    assert set(asked) == {id_of(name) for name in (*everybody, "eism", "stand-in", "far-eism")}


def test_nobody_to_invite_is_said_and_nothing_is_sent(app: Flask) -> None:
    made = survey(sent=False, roles=(Role.PROGRAMME_TEAM,))
    with pytest.raises(Refused, match="Nobody holds these roles"):
        send_survey(actor("lead"), made, 1)
    assert (fresh(made).state, mails()) == (SurveyState.DRAFT, [])


def test_only_a_draft_is_changed_or_discarded(app: Flask) -> None:
    made = survey(sent=False)
    change_survey(actor("eism"), made, draft(title="Another"), 1)
    with pytest.raises(Stale):
        change_survey(actor("lead"), made, draft(), 1)
    send_survey(actor("lead"), made, 2)
    for verb in (
        lambda: change_survey(actor("lead"), made, draft(), 3),
        lambda: discard_survey(actor("lead"), made, 3),
    ):
        with pytest.raises(Refused, match="no longer changes"):
            verb()
    other = survey(sent=False)
    discard_survey(actor("lead"), other, 1)
    with pytest.raises(NotFound):
        send_survey(actor("lead"), other, 1)


def test_a_person_answers_once_and_only_when_invited(app: Flask) -> None:
    made = survey()
    before = audit_rows()
    answer(actor("staff"), made, GOOD)
    assert audit_rows() == before + 1
    with pytest.raises(Refused, match="once"):
        answer(actor("staff"), made, GOOD)
    with pytest.raises(NotFound):
        answer(actor("manager"), made, GOOD)
    assert fresh(made).answers == 1


@pytest.mark.parametrize("given", [{}, {"overall": ""}, {"overall": "superb"}, {"helped": "x" * 4001}])
def test_what_is_no_answer_is_refused_and_may_be_sent_again(app: Flask, given: dict[str, object]) -> None:
    made = survey()
    with pytest.raises(Invalid):
        answer(actor("staff"), made, given)
    answer(actor("staff"), made, GOOD)
    assert fresh(made).answers == 1


def test_the_last_day_is_the_last(app: Flask) -> None:
    made = survey(closes_on=clock.today() + timedelta(days=2))
    with clock.at(clock.now() + timedelta(days=2)):
        assert close_passed() == 0
        answer(actor("staff"), made, GOOD)
    with clock.at(clock.now() + timedelta(days=3)):
        with pytest.raises(Refused, match="has closed"):
            answer(staff(1)[0], made, GOOD)
        assert (close_passed(), close_passed()) == (1, 0)
    assert fresh(made).state is SurveyState.CLOSED


def test_whoever_has_not_answered_is_reminded_once_at_each_moment(app: Flask) -> None:
    people = staff(2)
    made = survey()
    answer(people[0], made, GOOD)
    sent = len(mails())
    handler = job_handlers()[JOB]
    for days, more in ((13, 0), (14, 2), (15, 0), (19, 2), (20, 0)):
        with clock.at(clock.now() + timedelta(days=days)):
            handler({})
            handler({})
        assert len(mails()) == sent + more, days
        sent += more
    assert fresh(made).state is SurveyState.OPEN
    assert remind() == 0


def test_reminding_by_hand_waits_for_the_next_day(app: Flask) -> None:
    made = survey()
    with pytest.raises(Refused, match="today"):
        remind_survey(actor("lead"), made)
    with clock.at(clock.now() + timedelta(days=1)):
        assert remind_survey(actor("lead"), made) == 1
        with pytest.raises(Refused, match="today"):
            remind_survey(actor("lead"), made)


def test_a_code_is_good_for_one_answer(app: Flask) -> None:
    made = survey(way=Way.CODES, codes=3)
    code = db.session.scalars(select(SurveyCode.code).where(SurveyCode.survey_id == made)).first()
    assert code is not None
    with pytest.raises(Invalid, match="code"):
        answer_by_link(made, GOOD, "guess", "192.0.2.1")
    answer_by_link(made, GOOD, written(code).lower(), "192.0.2.1")
    with pytest.raises(Invalid, match="code"):
        answer_by_link(made, GOOD, code, "192.0.2.1")
    assert (fresh(made).answers, counts([made])[made].answered) == (1, 1)


def test_an_answer_that_is_refused_does_not_use_up_the_code(app: Flask) -> None:
    made = survey(way=Way.CODES, codes=1)
    code = db.session.scalars(select(SurveyCode.code)).one()
    with pytest.raises(Invalid):
        answer_by_link(made, {}, code, "192.0.2.1")
    answer_by_link(made, GOOD, code, "192.0.2.1")


def test_a_computer_sends_only_so_much_and_its_address_is_not_kept(app: Flask) -> None:
    made = survey(way=Way.LINK)
    for _ in range(TRIES):
        answer_by_link(made, GOOD, "", "192.0.2.1")
    with pytest.raises(TooManyTries):
        answer_by_link(made, GOOD, "", "192.0.2.1")
    answer_by_link(made, GOOD, "", "192.0.2.2")
    digests = set(db.session.scalars(select(SurveyTry.client_digest)))
    assert len(digests) == 2
    assert not any("192.0.2" in digest for digest in digests)


def test_a_named_survey_keeps_names_and_its_texts_are_in_the_results(app: Flask) -> None:
    made = closed([{"overall": "good", "helped": f"Text {n}"} for n in range(5)], anonymous=False)
    assert db.session.execute(select(func.count()).select_from(NamedSheet)).scalar_one() == 5
    found = results(fresh(made))
    assert sorted(text.text for text in found.written[0].texts) == [f"Text {n}" for n in range(5)]


def test_an_open_link_is_always_anonymous(app: Flask) -> None:
    with pytest.raises(Invalid, match="anonymous"):
        survey(way=Way.LINK, anonymous=False)


def test_satisfaction_is_good_or_excellent_of_those_who_rated(app: Flask) -> None:
    given = ["good", "excellent", "fair", "poor", "good", "very-poor"]
    closed([{"overall": one, "reachable": "poor"} for one in given] + [{"reachable": "good"}])
    year = year_of(clock.today())
    found = satisfaction(id_of("support"), year)
    assert (found.numerator, found.denominator) == (3, 6)
    assert satisfaction(id_of("support"), year - 1).value is None
    assert satisfaction(id_of("alder"), year).value is None


def test_a_survey_with_fewer_than_five_ratings_is_left_out_of_the_year(app: Flask) -> None:
    closed([GOOD] * 4)
    assert satisfaction(id_of("support"), year_of(clock.today())).denominator == 0
    closed([{"overall": "poor"}] * 5)
    found = satisfaction(id_of("support"), year_of(clock.today()))
    assert (found.numerator, found.denominator) == (0, 5)


def test_an_open_survey_does_not_count_yet(app: Flask) -> None:
    made = answered([GOOD] * 5)
    assert satisfaction(id_of("support"), year_of(clock.today())).denominator == 0
    close_survey(actor("lead"), made, 2)
    assert satisfaction(id_of("support"), year_of(clock.today())).denominator == 5


def test_themes_are_recorded_of_a_closed_survey_and_taken_away(app: Flask) -> None:
    made = answered([{"helped": f"Text {n}"} for n in range(6)])
    keys = list(db.session.scalars(select(SurveyText.id)))
    with pytest.raises(Refused, match="closed"):
        add_theme(actor("lead"), made, "Employers", keys[:2])
    close_survey(actor("lead"), made)
    keys = list(db.session.scalars(select(SurveyText.id)))
    theme = add_theme(actor("eism"), made, "Employers", keys[:2])
    for name, texts in (("", keys[:1]), ("Employers", []), ("Employers", [made])):
        with pytest.raises(Invalid):
            add_theme(actor("lead"), made, name, texts)
    remove_theme(actor("lead"), made, theme)
    assert len(results(fresh(made)).written[0].texts) == 6


@pytest.mark.parametrize("who", ["staff", "manager", "buyer", "commissioner", "administrator"])
def test_who_does_not_manage_surveys_does_nothing_to_them(app: Flask, who: str) -> None:
    made = survey()
    for verb in (
        lambda: close_survey(actor(who), made),
        lambda: remind_survey(actor(who), made),
        lambda: survey(by=who),
    ):
        with pytest.raises(Forbidden):
            verb()
