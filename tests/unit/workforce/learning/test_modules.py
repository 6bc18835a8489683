"""The modules and required sets that come with the portal, and how strictly their files are read."""

import re
from pathlib import Path

import pytest

from portal.accounts.rules.roles import Role
from portal.scales.rules.errors import DefinitionError
from portal.workforce.learning.registry import DATA, catalogue, read_catalogue
from portal.workforce.learning.rules.module import Module
from portal.workforce.learning.rules.reading import load_external, load_module, load_required

MODULES = tuple(catalogue().modules.values())
GOOD = """
key = "a-module"
version = 1
title = "A module"
summary = "What it is about."
audiences = ["reviewer"]
minutes = 10
aims = ["know it"]
pass = { right = 3, of = 4 }
expires_months = 12
sources = [{ document = "A document", section = "1.1" }]
"""
PAGE = '[[pages]]\ntitle = "Page {0}"\ntext = "Some words."\n'
QUESTION = """[[questions]]
text = "Question {0}?"
answers = [
  {{ text = "Yes", why = "Because.", right = true }},
  {{ text = "No", why = "It is not." }},
  {{ text = "Perhaps", why = "It is certain." }},
]
"""


def text(pages: int = 3, questions: int = 4, old: str = "", new: str = "") -> str:
    parts = [GOOD, *(PAGE.format(n) for n in range(pages)), *(QUESTION.format(n) for n in range(questions))]
    whole = "\n".join(parts)
    assert old in whole
    return whole.replace(old, new, 1) if old else whole


def test_there_are_at_least_ten_modules() -> None:
    assert len(MODULES) >= 10


@pytest.mark.parametrize("module", MODULES, ids=lambda module: module.key)
def test_each_module_has_substance(module: Module) -> None:
    assert 600 <= module.words <= 1200, module.words
    for page in module.pages:
        assert page.words >= 100, page.title
    for question in module.questions:
        assert question.text.endswith("?")
        for answer in question.answers:
            assert not answer.text.endswith("."), answer.text
            assert answer.why.endswith("."), answer.why


@pytest.mark.parametrize("module", MODULES, ids=lambda module: module.key)
def test_the_right_answer_is_not_always_in_one_place(module: Module) -> None:
    assert len({question.right for question in module.questions}) > 1


@pytest.mark.parametrize("path", sorted(DATA.rglob("*.toml")), ids=lambda path: path.stem)
def test_our_texts_use_curly_marks(path: Path) -> None:
    words = re.sub(r"'''", "", path.read_text(encoding="utf-8"))
    assert "'" not in words
    assert not re.search(r'\w" \w|(?<=\w) - (?=\w)', words)


def test_every_module_is_in_a_required_set_of_each_role_it_is_written_for() -> None:
    sets = catalogue().sets
    for module in MODULES:
        wanted = [
            one.key for one in sets.values() if module.key in {each.course for each in one.requirements}
        ]
        assert wanted, module.key
        assert set(wanted) <= set(module.audiences), module.key


def test_the_lists_of_both_programmes_are_all_required_of_an_employment_specialist() -> None:
    known = catalogue()
    wanted = {one.course for one in known.sets["employment-specialist"].requirements}
    sheffield = {
        "programme-training", "profile-and-disclosure", "equality-diversity", "vulnerable-adults",
        "complaints", "data-protection", "safeguarding-lone-working", "advice-and-guidance",
        "health-and-safety", "mental-health-first-aid", "safeguarding", "employer-engagement",
        "in-work-support", "benefits-basics",
    }  # fmt: skip
    assert sheffield <= wanted
    west_midlands = {
        one.course
        for one in known.sets["employment-specialist"].requirements
        if any(source.document.startswith("West Midlands") for source in one.sources)
    }
    assert west_midlands == {
        "equality-diversity", "complaints", "data-protection", "safeguarding-lone-working",
        "advice-and-guidance", "health-and-safety", "mental-health-first-aid", "safeguarding",
    }  # fmt: skip


def test_every_role_that_works_with_services_has_a_set_of_its_own() -> None:
    defaults = {role for one in catalogue().sets.values() for role in one.default_for}
    assert {"provider-staff", "provider-manager", "eism", "lead-manager", "peer-reviewer"} == defaults


def test_a_module_is_read_whole() -> None:
    module = load_module(text(), "a-module.toml")
    assert (module.key, module.pass_right, module.pass_of, module.expires_months) == ("a-module", 3, 4, 12)
    assert [page.title for page in module.pages] == ["Page 0", "Page 1", "Page 2"]
    assert module.questions[0].right == 0


def test_one_that_never_expires_says_nothing_of_months() -> None:
    assert load_module(text(old="expires_months = 12\n"), "x.toml").expires_months is None


@pytest.mark.parametrize(
    ("made", "reason"),
    [
        (text(pages=2), "“pages” has 2; it must have 3 to 6"),
        (text(pages=7), "“pages” has 7; it must have 3 to 6"),
        (text(questions=3), "“questions” has 3; it must have 4 to 8"),
        (text(questions=9), "“questions” has 9; it must have 4 to 8"),
        (text(questions=5), "“pass.of” is 4, but there are 5 questions"),
        (text(old="right = 3", new="right = 5"), "“pass.right” is 5, which is not from 1 to 4"),
        (text(old="right = 3", new="right = 0"), "“pass.right” is 0, which is not from 1 to 4"),
        (text(old=", right = true"), "“questions[1].answers” has 0 right answers; it must have one"),
        (text(old="It is not.", new='x", right = true, why2 = "'), "is not a known field"),
        (text(old='"No"', new='"Yes"'), "“questions[1].answers” has “Yes” twice"),
        (text(old='["reviewer"]', new='["boss"]'), "“audiences” has “boss”, not one of"),
        (text(old='"a-module"', new='"people"'), "“key” is “people”, which is the address of another page"),
        (text(old='"A module"', new='"TODO"'), "“title” is a placeholder"),
        (text(old="minutes = 10", new="minutes = 0"), "“minutes” is 0; it must be from 1 to 180"),
        (text(old="expires_months = 12", new="expires_months = 61"), "“expires_months” is 61"),
        (text(old="Some words.", new="Some **words."), "“**” is not closed"),
        (text(old="version = 1", new="version = 1\nnote = 1"), "“note” is not a known field"),
        ("key = ", "not readable as TOML"),
    ],
)
def test_what_does_not_hold_is_refused_in_one_line(made: str, reason: str) -> None:
    with pytest.raises(DefinitionError) as refused:
        load_module(made, "file.toml")
    assert str(refused.value).startswith("file.toml: ")
    assert reason in str(refused.value)
    assert "\n" not in str(refused.value)


@pytest.mark.parametrize(("pages", "questions"), [(3, 4), (6, 4)])
def test_the_fewest_and_the_most_pages_are_taken(pages: int, questions: int) -> None:
    assert len(load_module(text(pages, questions), "x.toml").pages) == pages


def test_an_external_course_has_a_safe_link_or_none() -> None:
    course = '[[courses]]\nkey = "first-aid"\ntitle = "First aid"\nabout = "Help."\nprovider = "Employer"\n'
    assert load_external(course, "x.toml")[0].link == ""
    with pytest.raises(DefinitionError, match="must begin with https://"):
        load_external(course + 'link = "http://example.org"\n', "x.toml")
    with pytest.raises(DefinitionError, match="“courses” has “first-aid” twice"):
        load_external(course + course, "x.toml")


REQUIRED = """
key = "reviewer"
title = "Reviewer"
about = "Reviews."
roles = ["eism"]
default_for = ["eism"]
[[courses]]
course = "known"
weeks = 4
sources = [{ document = "A document", section = "1" }]
"""


@pytest.mark.parametrize(
    ("old", "new", "reason"),
    [
        ('"known"', '"unknown"', "“courses[1].course” is “unknown”, which is no module or external course"),
        ("weeks = 4", "weeks = 0", "is 0; it must be from 1 to 104"),
        ("weeks = 4", "weeks = 105", "is 105; it must be from 1 to 104"),
        ('roles = ["eism"]', 'roles = ["chef"]', "“roles” has “chef”"),
        ('default_for = ["eism"]', 'default_for = ["buyer"]', "“default_for” has “buyer”"),
        ('key = "reviewer"', 'key = "chef"', "“key” is “chef”"),
    ],
)
def test_a_required_set_names_what_there_is(old: str, new: str, reason: str) -> None:
    roles = [role.value for role in Role]
    assert load_required(REQUIRED, "x.toml", roles, ["known"]).requirements[0].weeks == 4
    with pytest.raises(DefinitionError) as refused:
        load_required(REQUIRED.replace(old, new), "x.toml", roles, ["known"])
    assert reason in str(refused.value)


def test_a_file_is_named_after_its_key(tmp_path: Path) -> None:
    (tmp_path / "modules").mkdir()
    (tmp_path / "modules" / "other.toml").write_text(text(), encoding="utf-8")
    with pytest.raises(DefinitionError, match=r"other\.toml: “key” is “a-module”"):
        read_catalogue(tmp_path)
