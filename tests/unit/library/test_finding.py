"""Searching materials by words."""

import pytest

from portal.library.rules.finding import folded, score, vocabulary, words_of

TITLE, SUMMARY, BODY = (
    folded("Employers’ diary"),
    folded("For team leaders"),
    folded("Meet an employer weekly."),
)


@pytest.mark.parametrize(
    "text, words",
    [
        ("Café, Re-opened!", " cafe re opened"),
        ("the employer’s log", " the employers log"),
        ("", ""),
        ("  – ", ""),
        ("20.4 clients", " 20 4 clients"),
    ],
)
def test_texts_are_folded_to_their_words(text: str, words: str) -> None:
    assert folded(text) == words


@pytest.mark.parametrize(
    "asked, points",
    [
        ("", 0),
        ("employer", 8),  # in the title, and the text adds nothing
        ("DIARY", 8),
        ("leader", 3),
        ("weekly", 1),
        ("diary weekly", 9),
        ("diary monthly", 0),  # every word must be somewhere
        ("mployer", 0),  # a word is found from its beginning
        ("employer employer", 8),  # said twice counts once
    ],
)
def test_a_word_counts_most_in_the_title(asked: str, points: int) -> None:
    assert score(words_of(asked), TITLE, SUMMARY, BODY) == points


def test_a_search_has_at_most_eight_words() -> None:
    assert words_of("a b c d e f g h i") == tuple("abcdefgh")


def test_a_long_text_is_kept_as_its_words() -> None:
    assert vocabulary("To meet, and to meet again") == " again and meet to"
