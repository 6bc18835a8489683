"""Materials as files that a word processor edits."""

import re

from portal.core.rules.blocks import read_blocks
from portal.library.rules.rtf import rtf

BODY = "First **strong** words.\n\n## A heading\n\n- one\n- two\n\n1. step\n2. next"


def test_blocks_become_paragraphs_headings_points_and_steps() -> None:
    text = rtf("Title", read_blocks(BODY), ["Foot"]).decode("ascii")
    assert text.startswith("{\\rtf1\\ansi")
    assert "First {\\b strong} words.\\par}" in text
    assert "\\outlinelevel1\\b\\fs28 A heading\\par}" in text
    assert text.count("\\bullet\\tab") == 2
    assert "1.\\tab step" in text
    assert "2.\\tab next" in text
    assert "Foot\\par}" in text


def test_signs_of_rtf_itself_are_escaped() -> None:
    text = rtf("A {brace} and a \\slash", read_blocks("x"), []).decode("ascii")
    assert "A \\{brace\\} and a \\\\slash" in text
    plain = re.sub(r"\\[\\{}]", "", text)
    assert plain.count("{") == plain.count("}")


def test_other_signs_are_written_by_number() -> None:
    text = rtf("“£5” – 𝄞", read_blocks("x"), []).decode("ascii")
    assert "\\u8220?\\u163?5\\u8221? \\u8211? \\u-10188?\\u-8930?" in text
