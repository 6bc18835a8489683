"""Surveys on their pages: written, sent, answered page by page, read; and what goes wrong is said."""

from __future__ import annotations

from datetime import timedelta
from uuid import UUID

import pytest
from flask import Flask
from sqlalchemy import select

from portal.core import clock
from portal.core.db import db
from portal.core.rules.paging import SIZE
from portal.surveys.models import FocusGroup, Survey, SurveyCode, SurveyTheme
from portal.surveys.rules.codes import TRIES, written
from portal.surveys.rules.draft import SurveyState, Way
from portal.surveys.service.answering import answer_by_link
from tests.support.asking import answered, closed, fresh, survey
from tests.support.assessing import email
from tests.support.page_client import PageClient

RATED = {"overall": "good", "role": "employment-specialist"}


def link(made: UUID) -> str:
    return f"/surveys/open/{fresh(made).link_token}"


def test_a_survey_is_written_edited_sent_reminded_of_and_closed(app: Flask, client: PageClient) -> None:
    client.sign_in(email("lead"))
    client.get("/surveys/new")
    page = client.submit(questionnaire="yearly-satisfaction", title="Our support", roles=["provider-staff"])
    assert "saved as a draft" in page.text
    assert "Would reach" in page.text
    assert "this survey would get 1 answer at most" in page.text
    assert "1 person" in page.text
    client.click("Edit")
    client.submit(title="Our support in 2026")
    made = db.session.scalars(select(Survey.id)).one()
    client.get(f"/surveys/{made}")
    assert "1 person invited by mail" in client.submit(f"/surveys/{made}/send").text
    assert "written to today" in client.submit(f"/surveys/{made}/remind", expect=409).text
    client.get(f"/surveys/{made}")
    page = client.click("Close the survey")
    assert "0 of 1 person answered so far" in page.text
    assert "cannot be opened again" in page.text
    page = client.submit(f"/surveys/{made}/close")
    assert fresh(made).state is SurveyState.CLOSED
    assert "Results" in page.text


def test_a_form_with_faults_says_them_and_keeps_what_was_typed(app: Flask, client: PageClient) -> None:
    client.sign_in(email("lead"))
    client.get("/surveys/new")
    page = client.submit(title="Kept title", way="codes", anonymous="no", codes="0", expect=400)
    assert "Choose the questionnaire" in page.text
    page = client.submit(questionnaire="data-tool-feedback", expect=400)
    assert "from 1 to 1,000" in page.text
    assert "A survey by open link is anonymous" in page.text
    assert "Kept title" in page.response.text


def test_a_draft_that_somebody_saved_first_shows_both(app: Flask, client: PageClient) -> None:
    made = survey(sent=False)
    client.sign_in(email("lead"))
    client.get(f"/surveys/{made}/edit")
    other = PageClient(app)
    other.sign_in(email("eism"))
    other.get(f"/surveys/{made}/edit")
    other.submit(title="Theirs")
    page = client.submit(title="Mine", expect=409)
    assert "Both versions" in page.text
    assert "Theirs" in page.text


def test_a_draft_is_discarded(app: Flask, client: PageClient) -> None:
    made = survey(sent=False)
    client.sign_in(email("lead"))
    client.get(f"/surveys/{made}")
    client.click("Discard the draft")
    assert "The draft is gone" in client.submit(f"/surveys/{made}/discard").text


def test_somebody_answers_page_by_page_goes_back_and_is_thanked(app: Flask, client: PageClient) -> None:
    made = survey()
    client.sign_in(email("staff"))
    client.get("/surveys")
    page = client.click("Answer Yearly survey")
    assert "page 1 of 4" in page.text
    assert "It is anonymous" in page.text
    client.submit(role="employment-specialist")
    page = client.submit(button="Back")
    assert page.soup.select("input[name=role][value=employment-specialist][checked]")
    client.submit()
    client.submit(overall="good", had=["training", "community"])
    client.submit(reviews="fair")
    page = client.submit(helped="We meet employers sooner")
    assert page.heading == "Thank you"
    assert fresh(made).answers == 1
    assert client.get(f"/surveys/{made}/answer").heading == "Thank you"
    assert "Sent, thank you" in client.get("/surveys").text


def test_an_empty_answer_is_refused_on_the_last_page(app: Flask, client: PageClient) -> None:
    made = survey()
    client.sign_in(email("staff"))
    client.get(f"/surveys/{made}/answer")
    for _ in range(3):
        client.submit()
    assert "Answer at least one question" in client.submit(expect=400).text


def test_a_needed_answer_is_asked_for_at_its_field(app: Flask, client: PageClient) -> None:
    made = survey(way=Way.LINK, questionnaire="data-tool-feedback")
    page = client.get(link(made))
    assert "nothing keeps somebody from answering twice" in page.text
    page = client.submit(fields={"how-often": "daily"}, expect=400)
    assert "Choose an answer" in page.text
    assert [one["value"] for one in page.soup.select("input[name=how-often][checked]")] == ["daily"]
    client.submit(use="record")
    client.submit(ease="good")
    assert client.submit(missing="Time to first contact").heading == "Thank you"
    assert fresh(made).answers == 1


def test_a_wrong_code_leads_back_to_its_field_with_everything_kept(app: Flask, client: PageClient) -> None:
    made = survey(way=Way.CODES, codes=1, questionnaire="data-tool-feedback")
    code = db.session.scalars(select(SurveyCode.code)).one()
    assert "Each code is good for one answer" in client.get(link(made)).text
    page = client.submit(use="record", code="AAAAA", expect=400)  # no code at all: said at once
    assert "Enter your invitation code" in page.text
    client.submit(code="AAAAA-AAAAA")
    client.submit(ease="good")
    page = client.submit(missing="Kept words", expect=400)
    assert "Enter a code that has not been used" in page.text
    client.submit(code=written(code))
    client.submit()
    assert client.page is not None
    assert "Kept words" in client.page.response.text
    assert client.submit().heading == "Thank you"
    assert fresh(made).answers == 1


def test_a_program_that_fills_in_every_field_is_thanked_and_nothing_is_kept(
    app: Flask, client: PageClient
) -> None:
    made = survey(way=Way.LINK, questionnaire="data-tool-feedback")
    client.get(link(made))
    client.submit(use="record")
    client.submit()
    assert client.submit(website="https://example.org").heading == "Thank you"
    assert fresh(made).answers == 0


def test_too_much_from_one_computer_is_refused_on_the_page(app: Flask, client: PageClient) -> None:
    made = survey(way=Way.LINK, questionnaire="data-tool-feedback")
    for _ in range(TRIES):
        answer_by_link(made, {"use": "read"}, "", "127.0.0.1")
    client.get(link(made))
    client.submit(use="record")
    client.submit()
    assert "Try again later" in client.submit(expect=429).text


def test_a_closed_survey_says_so_and_a_draft_or_a_guessed_link_is_not_found(
    app: Flask, client: PageClient
) -> None:
    made = survey(way=Way.LINK, closes_on=clock.today() + timedelta(days=1))
    address = link(made)
    with clock.at(clock.now() + timedelta(days=2)):
        assert client.get(address).heading == "This survey has closed"
    client.get("/surveys/open/guessed", expect=404)
    client.get(link(survey(sent=False, way=Way.LINK)), expect=404)


def test_results_wait_until_the_survey_is_closed(app: Flask, client: PageClient) -> None:
    made = answered([RATED] * 6)
    client.sign_in(email("lead"))
    page = client.get(f"/surveys/{made}/results")
    assert "once the survey is closed" in page.text
    assert client.get(f"/surveys/{made}/results.csv").response.text.count("\n") == 1


def test_readers_see_counts_and_managers_see_what_was_written_too(app: Flask, client: PageClient) -> None:
    given = [{**RATED, "helped": f"Cornflower {n}", "different": "Rosemary" if n else ""} for n in range(5)]
    made = closed(given)
    client.sign_in(email("lead"))
    page = client.get(f"/surveys/{made}/results")
    assert "Cornflower 3" in page.text
    assert "Rosemary" not in page.response.text
    assert "Fewer than five people wrote something here" in page.text
    client.sign_in(email("buyer"))
    page = client.get(f"/surveys/{made}/results")
    assert "Cornflower" not in page.response.text
    assert "5 answers" in page.text
    assert "100% · 5 of 5 answers" in client.get("/surveys/results").text
    assert b"Employment specialist" in client.get(f"/surveys/{made}/results.csv").response.data


def test_small_groups_are_neither_on_the_page_nor_in_the_file(app: Flask, client: PageClient) -> None:
    small = [{"overall": "very-poor", "role": "service-manager"}] * 2
    made = closed([RATED] * 9 + small + [{"overall": "fair", "role": "other"}] * 6)
    client.sign_in(email("buyer"))
    page = client.get(f"/surveys/{made}/results")
    assert "not shown" in page.text
    lines = client.get(f"/surveys/{made}/results.csv").response.text.splitlines()
    own = [line for line in lines if ",Manager of the service," in line or ",Another role," in line]
    assert own
    assert all(line.endswith("not shown") for line in own)


def test_of_four_answers_nothing_is_shown(app: Flask, client: PageClient) -> None:
    made = closed([{**RATED, "helped": "Cornflower"}] * 4)
    client.sign_in(email("lead"))
    page = client.get(f"/surveys/{made}/results")
    assert "Fewer than five people answered" in page.text
    assert "Cornflower" not in page.response.text


def test_what_many_wrote_is_read_page_by_page(app: Flask, client: PageClient) -> None:
    made = closed([{"helped": f"Text {n}", "different": "Few" if n < 4 else ""} for n in range(SIZE + 1)])
    client.sign_in(email("lead"))
    page = client.get(f"/surveys/{made}/results")
    assert page.text.count("Text ") == SIZE
    page = client.click(f"Read all {SIZE + 1} answers : What did the support help you to change?")
    assert "1 to 50 of 51 answers" in page.text
    assert client.get(f"/surveys/{made}/written/helped?page=2").text.count("Text ") == 1
    for key in ("different", "overall", "none"):  # fewer than five, no text, no question
        client.get(f"/surveys/{made}/written/{key}", expect=404)
    other = answered([{"helped": "Text"}] * 5)
    client.get(f"/surveys/{other}/written/helped", expect=404)  # open


def test_a_theme_is_recorded_with_its_answers_and_taken_away(app: Flask, client: PageClient) -> None:
    made = closed([{"helped": f"Text {n}"} for n in range(5)])
    client.sign_in(email("eism"))
    page = client.get(f"/surveys/{made}/themes")
    texts = [str(tag["value"]) for tag in page.soup.select("input[name=texts]")]
    assert "Choose the answers" in client.submit(name="Employers", expect=400).text
    client.submit(name="Employers", texts=texts[:2])
    assert "Employers" in client.get(f"/surveys/{made}/results").text
    page = client.get(f"/surveys/{made}/themes")
    theme = db.session.scalars(select(SurveyTheme.id)).one()
    client.submit(f"/surveys/{made}/themes/{theme}/remove")
    assert db.session.scalars(select(SurveyTheme.id)).all() == []


def test_codes_are_downloaded_without_saying_which_were_used(app: Flask, client: PageClient) -> None:
    made = survey(way=Way.CODES, codes=3)
    client.sign_in(email("lead"))
    lines = client.get(f"/surveys/{made}/codes.csv").response.text.splitlines()
    assert len(lines) == 4
    assert lines[0].endswith("Link,Code")
    client.get(f"/surveys/{survey()}/codes.csv", expect=404)


def test_a_focus_group_is_recorded_and_changed(app: Flask, client: PageClient) -> None:
    made = closed([RATED] * 5)
    today = clock.today()
    client.sign_in(email("eism"))
    client.get("/surveys/focus-groups/new")
    on = [str(today.day), str(today.month), str(today.year)]
    page = client.submit(topic="Data tool", held_on=on, place="Online", people="0", notes="Said", expect=400)
    assert "from 1 to 100" in page.text
    client.submit(people="7", themes="Too many fields\nGood figures\n", survey_id=str(made))
    page = client.click("Data tool")
    other = PageClient(app)
    other.sign_in(email("lead"))
    group = db.session.scalars(select(FocusGroup)).one()
    assert (group.themes, group.survey_id) == (["Too many fields", "Good figures"], made)
    other.get(f"/surveys/focus-groups/{group.id}")
    other.submit(place="Leeds")
    assert "Leeds" in client.submit(place="York", expect=409).text
    assert "The record has been saved" in client.submit(place="York").text


def test_names_stand_beside_texts_only_where_nothing_was_promised(app: Flask, client: PageClient) -> None:
    client.sign_in(email("lead"))
    for anonymous in (True, False):
        made = closed([{"helped": f"Text {n}"} for n in range(5)], anonymous=anonymous)
        assert ("(Staff 3)" in client.get(f"/surveys/{made}/results").text) is not anonymous


@pytest.mark.parametrize("who", ["staff", "buyer"])
def test_who_does_not_manage_is_kept_out_of_managing(app: Flask, client: PageClient, who: str) -> None:
    client.sign_in(email(who))
    client.get("/surveys/manage", expect=403)
    client.get("/surveys/new", expect=403)


def test_empty_pages_say_what_will_appear(app: Flask, client: PageClient) -> None:
    client.sign_in(email("lead"))
    assert "When you are invited" in client.get("/surveys").text
    assert "No surveys yet" in client.get("/surveys/manage").text
    assert "once it has closed" in client.get("/surveys/results").text
    assert "record it here" in client.get("/surveys/focus-groups").text
