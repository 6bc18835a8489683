"""The loader of review processes refuses what does not hold, with the file and the reason in one line."""

from __future__ import annotations

from fractions import Fraction

import pytest

from portal.programmes.rules.definition import DefinitionError
from portal.programmes.rules.review import Anchor, Fact, Step, StepKind, Unit, Who
from portal.programmes.rules.review_loader import load_review

GOOD = """
key = "x"
title = "X"
source = "Source 1"
summary = "What it is."

[[steps]]
key = "call"
title = "Call"
who = "service"
anchor = "fieldwork-start"
offset = -2
unit = "months"
document = "Form"
source = "1.1"

[[steps]]
key = "visit"
title = "Visit"
who = "reviewers"
kind = "span"
anchor = "fieldwork-start"
until = "fieldwork-end"
offset = 0
unit = "days"
source = "1.2"

[[steps]]
key = "present"
title = "Present"
who = "lead-reviewer"
anchor = "fieldwork-end"
offset = 4
unit = "weeks"
fact = "presented"
source = "1.3"

[[steps]]
key = "delete"
title = "Delete"
who = "service-and-reviewers"
anchor = "publication"
offset = 2
unit = "weeks"
fact = "purged"
source = "1.4"

[moderation]
quorum = 1
lean_mean_difference = "1/2"
lean_reviews = 5
edge_points = 1
apart = 2
change = 3
guided_sample_percent = 20
source = "2"
ours = true

[independence]
months = 12
source = "3"

[accreditation]
bands = ["good"]
valid_months = 36
next_accredited_months = 30
next_months = 11
source = "4"

[accuracy]
days = 7
source = "5"

[records]
sample = 10
source = "6"

[purge]
step = "delete"
source = "7"
"""


def test_a_sound_file_is_read() -> None:
    process = load_review(GOOD, "x.toml")
    assert process.steps[0] == Step(
        "call", "Call", Who.SERVICE, Anchor.FIELDWORK_START, -2, Unit.MONTHS, "1.1", document="Form"
    )
    assert (process.steps[1].kind, process.steps[1].until) == (StepKind.SPAN, Anchor.FIELDWORK_END)
    assert process.by_key["present"].fact is Fact.PRESENTED
    assert process.lean_mean_difference == Fraction(1, 2)
    assert (process.change, process.apart, process.accuracy_days) == (3, 2, 7)
    assert (process.basis["moderation"].ours, process.basis["purge"].source) == (True, "7")


def test_the_next_review_is_due_by_the_band() -> None:
    process = load_review(GOOD, "x.toml")
    assert [process.next_due_months(band) for band in ("good", "fair", None)] == [30, 11, 11]
    assert [process.accredits(band) for band in ("good", "fair", None)] == [True, False, False]


def test_offsets_are_worded() -> None:
    steps = load_review(GOOD, "x.toml").by_key
    assert steps["call"].words == "2 months before the first day of fieldwork"
    assert steps["visit"].words == "From the first day of fieldwork to the last day of fieldwork"
    assert steps["present"].words == "Within 4 weeks of the last day of fieldwork"
    one = load_review(GOOD.replace("offset = -2", "offset = -1"), "x.toml").by_key["call"]
    assert one.words == "1 month before the first day of fieldwork"
    same = load_review(GOOD.replace("offset = -2", "offset = 0"), "x.toml").by_key["call"]
    assert same.words == "On the first day of fieldwork"


@pytest.mark.parametrize(
    ("old", "new", "reason"),
    [
        ('summary = "What it is."', 'summary = "S"\ncolour = "red"', "“colour” that is not known here"),
        ('document = "Form"', 'form = "Form"', "“form” that is not known here"),
        ('who = "service"\n', 'who = "somebody"\n', "“somebody” in “who”"),
        ('who = "reviewers"', "", "step visit needs words in “who”"),
        (
            'anchor = "publication"',
            'anchor = "christmas"',
            "“christmas” in “anchor”; there are fieldwork-start",
        ),
        ('unit = "months"', 'unit = "years"', "“years” in “unit”"),
        ("offset = -2", "offset = -25", "from -24 to 24 in “offset”"),
        ("offset = 4", "offset = 105", "from -104 to 104 in “offset”"),
        ("offset = 0", "offset = 731", "from -730 to 730 in “offset”"),
        ("offset = 0", "offset = 0.5", "whole number"),
        ("offset = 0", "offset = true", "whole number"),
        ("offset = 0", 'offset = "0"', "whole number"),
        ("offset = 0\n", "", "whole number"),
        ('kind = "span"\n', "", "if it is a span"),
        ('until = "fieldwork-end"\n', "", "if it is a span"),
        ('until = "fieldwork-end"', 'until = "fieldwork-start"', "comes after its “anchor”"),
        ('fact = "presented"', 'fact = "wished"', "“wished” in “fact”"),
        ('fact = "presented"', 'fact = "purged"', "two steps are completed by “purged”"),
        ('fact = "presented"', "", "a step with the fact “presented”"),
        ('key = "visit"', 'key = "call"', "two steps have the key “call”"),
        ('source = "1.1"', "", "step call needs words in “source”"),
        ('source = "1.1"', 'source = "1.1"\nvirtual = 1', "true or false in “virtual”"),
        ('step = "delete"', 'step = "burn"', "“burn”, which is not there"),
        ('step = "delete"', 'step = "present"', "must count from publication"),
        ('lean_mean_difference = "1/2"', "lean_mean_difference = 0.5", "fraction in quotes"),
        ('lean_mean_difference = "1/2"', 'lean_mean_difference = "0.5"', "fraction in quotes"),
        ('lean_mean_difference = "1/2"', 'lean_mean_difference = "1/0"', "no figure above 0"),
        ('lean_mean_difference = "1/2"', 'lean_mean_difference = "0/2"', "no figure above 0"),
        ("quorum = 1", "quorum = 0", "from 1 to 20 in “quorum”"),
        ("apart = 2", "apart = 5", "from 1 to 4 in “apart”"),
        ("guided_sample_percent = 20", "guided_sample_percent = 101", "from 0 to 100"),
        ('bands = ["good"]', "bands = []", "at least one key in “bands”"),
        ('[records]\nsample = 10\nsource = "6"\n', "", "needs a table “records”"),
        ("days = 7", "days = 0", "from 1 to 90 in “days”"),
        ("[[steps]]", "[[steps", "not TOML"),
    ],
)
def test_what_does_not_hold_is_refused_in_one_line(old: str, new: str, reason: str) -> None:
    assert old in GOOD
    with pytest.raises(DefinitionError) as refusal:
        load_review(GOOD.replace(old, new, 1), "x.toml")
    assert str(refusal.value).startswith("x.toml: ")
    assert reason in str(refusal.value)
    assert "\n" not in str(refusal.value)


def test_a_process_without_steps_is_refused() -> None:
    text = GOOD[: GOOD.index("[[steps]]")] + GOOD[GOOD.index("[moderation]") :]
    with pytest.raises(DefinitionError, match="at least one step"):
        load_review(text, "x.toml")


@pytest.mark.parametrize(("offset", "sound"), [(-24, True), (-25, False), (24, True), (25, False)])
def test_the_largest_offset_is_two_years(offset: int, sound: bool) -> None:
    text = GOOD.replace("offset = -2", f"offset = {offset}")
    if sound:
        assert load_review(text, "x.toml").steps[0].offset == offset
    else:
        with pytest.raises(DefinitionError):
            load_review(text, "x.toml")
